"""A day held against central: each entry, number and file of ours is there, or is named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sync.body import Number, read_body
from sync.client import Central
from sync.clock import read_time
from sync.contract import seals
from sync.contract.messages import Day, DayEntry, DayRange
from sync.contract.wire import day_from
from sync.errors import EntryMalformed, StatementForged
from sync.journal import Journal, deliveries, numbers, ranges
from sync.journal.deliveries import Delivery
from sync.journal.entries import FINAL, HELD, NOT_TAKEN, OPEN
from sync.journal.ranges import Range


class Odd(StrEnum):
    """What does not agree about one entry, number or file."""

    NOT_SENT = "not_sent"  # no answer yet
    HELD = "held"  # only the hub of the ward has it
    WAITS = "waits"  # central wants an earlier one to be settled first
    NOT_TAKEN = "not_taken"  # parked: a person has to settle it
    NOT_THERE = "not_there"  # central had taken it and does not have it
    ANSWERED_OTHERWISE = "answered_otherwise"  # central says of it what it did not say to us
    NOT_OURS = "not_ours"  # central has it of this device, and it is not in our journal
    NUMBER_UNUSED = "number_unused"  # the journal does not hold the number as used by the entry that names it
    NUMBER_ELSEWHERE = "number_elsewhere"  # central holds the number as another's, or under another code
    FILE_NOT_THERE = "file_not_there"  # central does not have a file that the entry names
    RANGE_NOT_ENDED = "range_not_ended"  # its day is over, and no entry says what of it is void
    VOID_NOT_SENT = "void_not_sent"  # central does not know yet what of a range is void
    RANGE_DIFFERS = "range_differs"  # central counts a range otherwise, or knows only one of the two


_OPEN = {"waits": Odd.WAITS, HELD: Odd.HELD}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that does not agree. `subject` and `entry`: ids, "" where we do not know it; `owner`: who central names."""

    odd: Odd
    subject: str
    entry: str = ""
    reason: str = ""  # central's, a key of the contract's REASONS
    owner: str = ""
    place: str = ""  # of one that is not ours: "chain:seq"


@dataclass(frozen=True, slots=True)
class Compared:
    """Our day beside central's. `asked_at`: UTC, by central's clock; None: it was not asked, and only our books were read."""

    ours: tuple[Delivery, ...]
    numbers: tuple[tuple[Number, str], ...]  # those that entries of the day use, with the entry's id
    found: tuple[Found, ...]
    asked_at: datetime | None = None
    there: int = 0  # entries of ours that central has, with the answer that we know
    ranges: tuple[Range, ...] = ()  # of the series that was asked for
    ranges_there: tuple[DayRange, ...] = ()


def ask(central: Central, device: str, day: date, central_key: bytes) -> Day:
    """Return central's account of a day; raises `StatementForged` unless it signed it for this device and day."""
    signed = central.day(day.isoformat())
    if not seals.holds(signed, seals.DAY, central_key):
        raise StatementForged(name="day")
    try:
        told = day_from(signed.data)
        read_time(told.at)
    except ValueError as error:  # `Malformed` is one
        raise StatementForged(name="day") from error
    if (told.device, told.day) != (device, day.isoformat()):
        raise StatementForged(name="day")
    return told


def compare(
    journal: Journal, day: date, told: Day | None, series: str = "", today: date | None = None
) -> Compared:
    """Hold the entries of our chains on an office day, their numbers and files against central's account.

    And the ranges of a leased `series`, each number of which is used, void, set apart or free; before `today` none is free.
    """
    beside_ranges = _ranges(journal, day, told, series, today)
    compared = _compare(journal, day, told)
    return replace(
        compared,
        found=(*compared.found, *beside_ranges.found),
        ranges=beside_ranges.ours,
        ranges_there=beside_ranges.there,
    )


def _compare(journal: Journal, day: date, told: Day | None) -> Compared:
    with journal.reading() as tx:
        ours = deliveries.of_day(tx, day)
        used = {each.entry.id: numbers.use_of(tx, each.entry.id) for each in ours if _number(each)}
        known = deliveries.ours_among(tx, () if told is None else [each.hash for each in told.entries])
    named = tuple((number, each.entry.id) for each in ours if (number := _number(each)) is not None)
    found = [*(_of_delivery(each) for each in ours if each.verdict not in FINAL)]
    subjects = {each.entry.id: each.entry.subject for each in ours}
    found += [
        Found(Odd.NUMBER_UNUSED, subjects[entry], entry)
        for number, entry in named
        if (use := used[entry]) is None or use.value != number.value
    ]
    if told is None:
        return Compared(ours, named, tuple(found))
    beside = list(_beside(ours, told))
    odd = {each.entry for each in beside if each.odd in (Odd.NOT_THERE, Odd.ANSWERED_OTHERWISE)}
    there = sum(each.verdict in FINAL and each.entry.id not in odd for each in ours)
    strangers = (
        Found(Odd.NOT_OURS, "", place=f"{each.chain}:{each.seq}")
        for each in told.entries
        if each.hash not in known
    )
    return Compared(ours, named, (*found, *beside, *strangers), read_time(told.at), there)


@dataclass(frozen=True, slots=True)
class _Ranges:
    ours: tuple[Range, ...]
    there: tuple[DayRange, ...]
    found: tuple[Found, ...]


def _ranges(journal: Journal, day: date, told: Day | None, series: str, today: date | None) -> _Ranges:
    with journal.reading() as tx:
        ours = ranges.of_day(tx, series, day)
        unsent = deliveries.state_of_subject(tx, journal.unit) != "sent"
    there = {} if told is None else {each.request_id: each for each in told.ranges if each.series == series}
    unended = [each for each in ours if each.state in ("asked", "held") and today is not None and day < today]
    odds = [Odd.RANGE_NOT_ENDED] if any(each.size for each in unended) else []
    if told is not None:
        odds += [
            odd
            for each in ours
            if each.size and (odd := _range_odd(each, there.get(each.request_id), unsent))
        ]
        known = {each.request_id for each in ours}
        odds += [
            Odd.RANGE_DIFFERS
            for each in there.values()
            if each.request_id not in known and each.chain == journal.chain
        ]
    return _Ranges(
        ours, tuple(there.values()), tuple(Found(odd, journal.unit) for odd in dict.fromkeys(odds))
    )


def _range_odd(ours: Range, there: DayRange | None, unsent: bool) -> Odd | None:
    """Say how the two sides differ about a range; what is on its way to central is no difference."""
    if there is None or (there.first, there.last) != (ours.first, ours.last):
        return Odd.RANGE_DIFFERS
    if ours.is_apart or there.apart:
        return None  # its chain has ended: what that life used, or called void, is not all in this journal
    if there.void != ours.void:
        return Odd.VOID_NOT_SENT if unsent and not there.void else Odd.RANGE_DIFFERS
    return None if there.used == ours.settled else Odd.RANGE_DIFFERS


def _of_delivery(each: Delivery) -> Found:
    odd = Odd.NOT_TAKEN if each.verdict in NOT_TAKEN else _OPEN.get(each.verdict, Odd.NOT_SENT)
    return Found(odd, each.entry.subject, each.entry.id, each.reason, each.owner)


def _beside(ours: Sequence[Delivery], told: Day) -> Iterator[Found]:
    """What of ours that was answered is not at central as it was answered."""
    there: Mapping[str, DayEntry] = {each.hash: each for each in told.entries}
    taken = {(each.entry, each.value, each.code) for each in told.numbers}
    missing = frozenset(told.missing)
    for each in ours:
        entry = each.entry
        if each.verdict in OPEN:
            continue
        beside = there.get(entry.hash)
        if beside is None:
            yield Found(Odd.NOT_THERE, entry.subject, entry.id)
            continue
        if beside.verdict.value != each.verdict:
            yield Found(Odd.ANSWERED_OTHERWISE, entry.subject, entry.id)
        number = _number(each)
        if number is not None and (entry.hash, number.value, number.code) not in taken:
            yield Found(Odd.NUMBER_ELSEWHERE, entry.subject, entry.id)
        if missing.intersection(_files(each)):
            yield Found(Odd.FILE_NOT_THERE, entry.subject, entry.id)


def _number(each: Delivery) -> Number | None:
    try:
        return read_body(each.entry.body or b"{}").number
    except EntryMalformed:
        return None


def _files(each: Delivery) -> tuple[str, ...]:
    try:
        return read_body(each.entry.body or b"{}").files
    except EntryMalformed:
        return ()
