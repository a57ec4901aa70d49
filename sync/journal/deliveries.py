"""How far central knows of each entry. The outbox is a question to this table: what is still open."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Text,
    case,
    cast,
    distinct,
    func,
    literal_column,
    select,
    true,
    union,
    update,
)

from sync.clock import bounds_of_day, read_time, rfc3339
from sync.contract.messages import Answer, Verdict
from sync.entry import Entry
from sync.journal import alarms, doubts, gone, meta, retelling
from sync.journal.entries import (
    AGAIN,
    FINAL,
    HELD,
    HELD_BACK,
    NOT_TAKEN,
    OPEN,
    PARKED,
    TO_SEND,
    as_entry,
    changed,
    entry_rows,
    resolved,
)
from sync.journal.schema import bodies, chains, deliveries, entries
from sync.redaction import REDACTED, has_effect

# Of a million entries a handful is not settled: the questions below begin at indexes of just these, whose conditions
# they repeat word for word. By a "+" a column is only looked at, and no way to walk through all entries.
_FLAGGED: ColumnElement[bool] = literal_column("json_array_length(deliveries.answer, '$.flags') > 0")
_UNSETTLED = deliveries.c.verdict != literal_column("'accepted'")
_OURS = literal_column("+entries.chain").in_(select(chains.c.chain))
_IN_ORDER: ColumnElement[int] = literal_column("+entries.n")
_SETTLED = {Verdict.REPLAYED: Verdict.ACCEPTED}  # a repetition that does not say of what
_RAN_AHEAD = timedelta(days=31)  # at most: what such a clock told is found on the day that it told
_HELD = {Verdict.CONFLICT: HELD_BACK[0], Verdict.REFUSED: HELD_BACK[1]}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One entry and what central said of it."""

    entry: Entry
    verdict: str  # none | waits | held | held_conflict | held_refused | accepted | conflict | refused
    tries: int
    reason: str = ""  # a key of sync.contract.messages.REASONS
    flags: tuple[str, ...] = ()
    owner: str = ""  # who has to act on it
    place: int | None = None  # position in central's feed


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, for the banner."""

    entries: int  # open
    subjects: int  # with an open entry, the unit itself not counted
    parked: int  # entries
    oldest: datetime | None  # UTC, when the oldest open entry was written
    held: int = 0  # of the open ones, those that our hub has


def pending(tx: Connection, count: int, after: Entry | None = None) -> tuple[Entry, ...]:
    """Return up to `count` entries that are to be offered in the order in which they came here, those after `after` if given.

    Ours in chain order, and before what we built on it what another counter handed to us (see `handed`). Going on after the last one offered keeps a row of waiting entries from hiding the rest.
    """
    found = entry_rows().where(_is(TO_SEND))
    if after is not None:
        place = select(entries.c.n).where(entries.c.id == after.id).scalar_subquery()
        found = found.where(_IN_ORDER.op(">")(place))
    return tuple(map(as_entry, tx.execute(found.order_by(_IN_ORDER).limit(count))))


def of_day(tx: Connection, day: date) -> tuple[Delivery, ...]:
    """Return what our chains hold of an office day, by the entries' own time, oldest first.

    No more is read than what came some weeks before and after, and that is found by halves: a chain's time goes back when
    a clock that ran ahead is put right, by no more than these weeks.
    """
    began, ended = bounds_of_day(day)
    first, end = rfc3339(began), rfc3339(ended)
    found: list[Row[Any]] = []
    for chain in tx.execute(select(chains.c.chain)).scalars().all():
        from_seq = _first_seq(tx, chain, rfc3339(began - _RAN_AHEAD))
        to_seq = _first_seq(tx, chain, rfc3339(ended + _RAN_AHEAD))
        span = (entries.c.chain == chain) & (entries.c.seq >= from_seq) & (entries.c.seq < to_seq)
        that_day = (entries.c.occurred_at >= first) & (entries.c.occurred_at < end)
        found += tx.execute(_rows().add_columns(entries.c.n).where(span, that_day))
    return tuple(_delivery(row) for row in sorted(found, key=lambda row: row.n))


def only_here(tx: Connection) -> Mapping[str, str]:
    """Return hash and id of every entry of ours that could be lost with this computer, in chain order.

    Open ones, refused ones that nobody has settled, and those that central took after its last backup; where
    central tells of no backup, its word is enough.
    """
    at_risk = union(select(deliveries.c.entry).where(_is(OPEN)), *_answered_and_at_risk(tx))
    found = select(entries.c.hash, entries.c.id).where(entries.c.id.in_(at_risk), _OURS)
    return {row.hash: row.id for row in tx.execute(found.order_by(_IN_ORDER))}


def files_only_here(tx: Connection) -> frozenset[str]:
    """Return the files that such entries name: central may have them, and lose them with the entries."""
    named = func.json_each(cast(bodies.c.body, Text), "$.files").table_valued("value")
    found = select(named.c.value).select_from(entries.join(bodies).join(named, true()))
    at_risk = entries.c.id.in_(union(*_answered_and_at_risk(tx)))
    return frozenset(tx.execute(found.where(at_risk, _OURS)).scalars())


def ours_among(tx: Connection, hashes: Iterable[str]) -> frozenset[str]:
    """Return which of these hashes are entries of ours."""
    found = select(entries.c.hash).where(entries.c.hash.in_(list(hashes)), _OURS)
    return frozenset(tx.execute(found).scalars())


def acknowledge(tx: Connection, answers: Iterable[Answer]) -> int:
    """Note what central said; nothing is deleted, nothing rewritten. Returns how many verdicts changed.

    An answer about another hash than ours is an alarm. An accepted entry stays accepted.
    """
    return sum(_noted(tx, answer) for answer in answers)


def settle(tx: Connection, id: str, answer: Answer, place: int | None, *, bare: bool = False) -> bool:
    """Write one verdict and place; return whether the subject has to be folded again. For the rooms of this folder.

    `bare`: central has it without the body that is here. After a restore it is told again all the same.
    """
    row = tx.execute(_of(id)).one()
    doubts.note(tx, row.chain, *answer.flags, answer.reason)
    verdict = verdict_of(answer)
    told_again, before = retelling.old_place(json.loads(row.answer))
    if row.verdict in FINAL and verdict in PARKED:
        alarms.raise_alarm(tx, "accepted_then_" + verdict, as_entry(row))
    if verdict in TO_SEND if told_again else _speaks_late(row.verdict, verdict):
        return False  # what central has taken stays taken in the same life; in a new one its last word counts
    tries = row.tries + (place is None)  # the feed repeats answers, it is no try of ours
    place = row.place if place is None else place
    told: dict[str, object] = {"reason": answer.reason, "flags": list(answer.flags), "owner": answer.owner}
    if bare and told_again:
        told[AGAIN] = before
    new = {"verdict": verdict, "place": place, "answer": json.dumps(told, ensure_ascii=False), "tries": tries}
    tx.execute(update(deliveries).where(deliveries.c.entry == id).values(new))
    if verdict not in OPEN:
        gone.drop_settled(tx, id)
    if row.kind == REDACTED and verdict in FINAL and has_effect(answer.flags):
        gone.follow(tx, as_entry(row))  # one that another counter handed to us has waited for this word
    if (verdict, place) == (row.verdict, before if told_again else row.place):
        return False
    changed(tx, row.subject)
    return True


def verdict_of(answer: Answer) -> str:
    """Return the word under which an answer is kept."""
    if answer.verdict is Verdict.HELD:
        return _HELD.get(answer.judged, HELD)
    return _SETTLED.get(answer.settled, answer.settled).value


def of_entry(tx: Connection, id: str) -> Delivery | None:
    """Return the delivery of an entry, or None for an unknown one."""
    row = tx.execute(_of(id)).one_or_none()
    return None if row is None else _delivery(row)


def unsettled(tx: Connection) -> tuple[Delivery, ...]:
    """Return everything of ours that is open, or parked and not resolved, oldest first: the mailbox."""
    to_settle = deliveries.c.verdict.in_(PARKED) & deliveries.c.entry.not_in(_resolved(tx))
    found = _rows().where(_is(OPEN + PARKED), deliveries.c.verdict.in_(OPEN) | to_settle, _OURS)
    return tuple(map(_delivery, tx.execute(found.order_by(_IN_ORDER))))


def of_subject(tx: Connection, subject: str) -> tuple[Delivery, ...]:
    """Return what of ours is open on a subject, or parked and not resolved, oldest first."""
    return tuple(each for each in unsettled(tx) if each.entry.subject == subject)


def parked(tx: Connection) -> tuple[Delivery, ...]:
    """Return what central did not take, resolved or not, with its reason and owner; it is not sent again."""
    found = _rows().where(_is(NOT_TAKEN))
    return tuple(map(_delivery, tx.execute(found.order_by(_IN_ORDER))))


def flagged(tx: Connection) -> tuple[Delivery, ...]:
    """Return what of ours central took with a flag and nobody here has looked at yet, oldest first.

    Who looks at it says so by an entry of the same subject that names it under `resolves`.
    """
    odd = _rows().where(deliveries.c.verdict == "accepted", _FLAGGED, _OURS)
    found = tuple(map(_delivery, tx.execute(odd.order_by(_IN_ORDER))))
    seen = resolved(tx, {each.entry.subject for each in found}, FINAL + OPEN) if found else frozenset()
    return tuple(each for each in found if each.entry.id not in seen)


def being_resolved(tx: Connection, subjects: Iterable[str]) -> frozenset[str]:
    """Return which entries of these subjects somebody has resolved and central does not know it yet."""
    return resolved(tx, subjects, OPEN)


def counts(tx: Connection) -> Counts:
    """Return how much waits, and how much is parked and not resolved."""
    is_open = deliveries.c.verdict.in_(OPEN)
    is_parked = deliveries.c.verdict.in_(NOT_TAKEN) & entries.c.id.not_in(_resolved(tx))
    is_held = deliveries.c.verdict.in_((HELD, *HELD_BACK))
    of_a_dossier = is_open & (entries.c.subject != meta.get(tx, meta.UNIT))
    asked = select(
        func.count(case((is_open, 1))).label("open"),
        func.count(distinct(case((of_a_dossier, entries.c.subject)))).label("subjects"),
        func.count(case((is_parked, 1))).label("parked"),
        func.count(case((is_held, 1))).label("held"),
        func.min(case((is_open, entries.c.occurred_at))).label("oldest"),
    )
    found = asked.select_from(entries.join(deliveries)).where(_is(OPEN + PARKED), _OURS)
    row = tx.execute(found).one()
    oldest = read_time(row.oldest) if row.oldest else None
    return Counts(row.open, row.subjects, row.parked, oldest, row.held)


def state_of_subject(tx: Connection, subject: str) -> str:
    """Return "parked", "held" or "sent", by what is ours of it and not resolved; "waiting" while any of it is nowhere else.

    "held": all of it is at our hub, and not all of it at central.
    """
    known = select(entries.c.id, deliveries.c.verdict, _OURS.label("ours")).join(deliveries)
    found = tx.execute(known.where(entries.c.subject == subject)).all()
    refused = {row.id for row in found if row.ours and row.verdict in NOT_TAKEN}
    if refused and not refused <= _resolved(tx):
        return "parked"
    if any(row.verdict in TO_SEND for row in found):
        return "waiting"
    return "held" if any(row.ours and row.verdict in OPEN for row in found) else "sent"


def _is(verdicts: tuple[str, ...]) -> ColumnElement[bool]:
    """Tell whether an entry has one of these verdicts, of which none is final."""
    return _UNSETTLED & deliveries.c.verdict.in_(verdicts)


def _answered_and_at_risk(tx: Connection) -> tuple[Select[Any], ...]:
    """Ask for the ids of what could be lost though it was answered, each question by an index of its own."""
    durable = meta.durable_to(tx)
    there = select(deliveries.c.entry)
    asked = [there.where(_is(PARKED), deliveries.c.entry.not_in(_resolved(tx)))]
    if durable > 0:
        taken = there.where(deliveries.c.verdict.in_(FINAL))
        asked += [taken.where(deliveries.c.place.is_(None)), taken.where(deliveries.c.place > durable)]
    if retelling.under_way(tx):
        asked.append(there.where(retelling.MARKED))
    return tuple(asked)


def _first_seq(tx: Connection, chain: str, moment: str) -> int:
    """Return where in a chain the entries from a moment on begin; where its time goes back, one of these places."""
    mine = entries.c.chain == chain
    low, high = 0, tx.execute(select(func.coalesce(func.max(entries.c.seq), 0)).where(mine)).scalar_one() + 1
    while low < high:
        middle = (low + high) // 2
        at = select(entries.c.seq, entries.c.occurred_at).where(mine, entries.c.seq >= middle)
        row = tx.execute(at.order_by(entries.c.seq).limit(1)).one()
        if row.occurred_at < moment:
            low = row.seq + 1
        else:
            high = middle
    return int(low)


def _resolved(tx: Connection) -> frozenset[str]:
    """Return which of our parked entries a later entry of their subject has resolved, one that central took."""
    ours = select(entries.c.subject).join(deliveries).where(_is(NOT_TAKEN), _OURS)
    return resolved(tx, tx.execute(ours.distinct()).scalars(), FINAL)


def _noted(tx: Connection, answer: Answer) -> bool:
    meant = entries.c.id == answer.id if answer.id else entries.c.hash == answer.hash
    row = tx.execute(select(entries.c.id, entries.c.hash).where(meant)).one_or_none()
    if row is None:
        return False
    if row.hash != answer.hash:
        alarms.raise_alarm(tx, "answer_for_another_hash", as_entry(tx.execute(_of(row.id)).one()))
        return False
    return settle(tx, row.id, answer, place=None)


def _speaks_late(known: str, verdict: str) -> bool:
    return (known in FINAL and verdict not in FINAL) or (known in PARKED and verdict in OPEN)


def _rows() -> Select[Any]:
    return entry_rows().add_columns(entries.c.subject, entries.c.chain, entries.c.kind, deliveries)


def _of(id: str) -> Select[Any]:
    return _rows().where(entries.c.id == id)


def _delivery(row: Row[Any]) -> Delivery:
    told: Mapping[str, Any] = json.loads(row.answer)
    return Delivery(
        entry=as_entry(row),
        verdict=row.verdict,
        tries=row.tries,
        reason=told.get("reason", ""),
        flags=tuple(told.get("flags", ())),
        owner=told.get("owner", ""),
        place=row.place,
    )
