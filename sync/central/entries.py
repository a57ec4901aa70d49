"""Entries on their way in: every header is recorded with its answer, and answered the same for ever after."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, insert, select, update

from sync import grants
from sync.body import resolved_by
from sync.central import alarms, chains, feed, lease_ends, new_life, numbers, redactions
from sync.central.accounts import Device, authors_of, owner_of
from sync.central.alarms import Alarm
from sync.central.chains import Place
from sync.central.database import hold
from sync.central.judging import Judgement, authentic, author_flags, judge, lacks_role, own_work
from sync.central.numbers import Use
from sync.central.schema import entries, hub_entries
from sync.clock import rfc3339
from sync.contract.messages import Answer, AuthorKey, Carried, Verdict, Was
from sync.entry import Entry, commit, parse
from sync.errors import EntryMalformed, EntryTooNew
from sync.fold import fold
from sync.redaction import GRAVE
from sync.rules import Rules

_REFUSED = (Verdict.REFUSED, Verdict.CONFLICT)


@dataclass(frozen=True, slots=True)
class Taking:
    """One batch on its way in, inside one transaction."""

    tx: Connection
    device: Device
    rules: Rules
    now: datetime  # UTC
    owner: str  # who answers for the unit's alarms
    authors: Sequence[AuthorKey]  # whose signature counts in the unit
    all_shown: bool  # whether every range of numbers that is out is known here
    restored_at: datetime | None  # until then we may have given answers that we no longer know of


@dataclass(frozen=True, slots=True)
class Decided:
    """What was made of one entry. `place` None: nothing of it is believed, and it holds no place in its chain."""

    entry: Entry
    judgement: Judgement
    place: Place | None = None
    use: Use | None = None


def take(
    tx: Connection, device: Device, offered: Sequence[Carried], rules: Rules, now: datetime
) -> tuple[Answer, ...]:
    """Record a batch and answer each entry, in the order of the offer.

    Nobody else settles anything of this unit until the transaction ends, so its feed is in commit order.
    """
    taking = begin(tx, device, rules, now)
    return tuple(_take_one(taking, carried) for carried in offered)


def begin(tx: Connection, device: Device, rules: Rules, now: datetime) -> Taking:
    """Hold the unit of a device until the transaction ends, and know what its entries are judged by."""
    hold(tx, device.unit)
    owner, authors = owner_of(tx, device.unit), authors_of(tx, device.unit)
    all_shown = not new_life.awaited(tx, device.unit)
    return Taking(tx, device, rules, now, owner, authors, all_shown, new_life.restored_at(tx))


def settle(taking: Taking, entry: Entry, judgement: Judgement) -> None:
    """Record what the system above us says of an entry, whatever we said of it, at the next place of our feed."""
    known = _known(taking.tx, entry.hash)
    place = chains.place_of(taking.tx, entry, told_again=True)
    if _id_taken(taking.tx, entry):  # another here has it; the system above decided otherwise
        place = replace(place, free=False)
    taken = judgement.verdict is Verdict.ACCEPTED
    use = numbers.use_of(taking.tx, entry) if taken else None
    _record(taking, Decided(entry, judgement, place, use), is_new=known is None)
    if taken:
        redactions.follow(taking.tx, taking.device.unit, entry, judgement.flags)
    else:  # what it was to settle is not settled
        settled_by = entries.c.resolved_by == entry.id
        taking.tx.execute(update(entries).where(settled_by).values(resolved_by=None))
    if not (taken and _counts(judgement)):
        alarms.reopen(taking.tx, taking.device.unit, entry.id)


def _take_one(taking: Taking, carried: Carried) -> Answer:
    try:
        entry = parse(carried.header, carried.sig, carried.salt, carried.body)
    except EntryTooNew:
        return _unread(taking, carried, Verdict.WAITS, "too_new")
    except EntryMalformed:
        return _unread(taking, carried, Verdict.REFUSED, "malformed")
    known = _known(taking.tx, entry.hash)
    if known is not None and known.authentic and known.verdict != Verdict.WAITS:
        if known.body is None:
            _complete(taking, entry, Verdict(known.verdict))
        return _repeated(known)
    return _record(taking, _decide(taking, entry, carried.was), is_new=known is None)


def _complete(taking: Taking, entry: Entry, verdict: Verdict) -> None:
    """Keep the body of an entry that somebody told of without it: who brings it now may be the last to have it."""
    tx = taking.tx
    if entry.salt is None or entry.body is None or commit(entry.salt, entry.body) != entry.body_commit:
        return
    if redactions.names(tx, taking.device.unit, entry):
        return
    tx.execute(update(entries).where(entries.c.hash == entry.hash).values(salt=entry.salt, body=entry.body))
    alarms.settle(tx, "body_gone", entry.hash, taking.now)
    _follow(taking, Decided(entry, Judgement(verdict), use=numbers.use_of(tx, entry)))


def _unread(taking: Taking, carried: Carried, verdict: Verdict, reason: str) -> Answer:
    """Answer bytes that are no entry of ours; the alarm keeps them."""
    digest = hashlib.sha256(carried.header).hexdigest()
    alarm = Alarm(
        reason, digest, taking.device.unit, taking.owner, carried.header, f"device {taking.device.id}"
    )
    alarms.raise_alarm(taking.tx, alarm, taking.now)
    return Answer("", digest, verdict, reason, owner=taking.owner)


def _decide(taking: Taking, entry: Entry, told: Was | None = None) -> Decided:
    """Judge an entry; one that we refused in an older life (`told`, by who brings it) is refused again."""
    was = told if taking.restored_at is not None and entry.occurred_at <= taking.restored_at else None
    place = chains.place_of(taking.tx, entry, told_again=was is not None)
    if _id_taken(taking.tx, entry):
        return Decided(entry, Judgement(Verdict.REFUSED, "id_reused"))
    redacted = redactions.names(taking.tx, taking.device.unit, entry)
    keys = [key for key in taking.authors if key.author == entry.author]
    key = authentic(entry, keys, bare=redacted or was is not None)
    if isinstance(key, Judgement):
        return Decided(entry, key)
    if _held_back(taking, entry):
        return Decided(entry, Judgement(Verdict.WAITS, "waits"), place)
    if was is not None and was.verdict in _REFUSED:
        return Decided(entry, Judgement(was.verdict, was.reason), place)
    use = numbers.use_of(taking.tx, entry)
    subject = fold(_accepted(taking, entry.subject), taking.rules)
    oddities = (
        *author_flags(entry, key, taking.rules, taking.now, granted=_granted(taking, entry, key)),
        *own_work(entry, subject, taking.rules),
        *place.flags,
        *(("body_gone",) if entry.body is None and not redacted else ()),
        *(() if use is None else numbers.flags_of(taking.tx, use, entry, all_shown=taking.all_shown)),
        *(() if use is None else lease_ends.flags_of_use(taking.tx, use)),
        *lease_ends.flags_of(taking.tx, entry),
    )
    return Decided(entry, judge(entry, subject, taking.rules, oddities), place, use)


def _record(taking: Taking, decided: Decided, is_new: bool) -> Answer:
    """Write the header with its answer; what is final goes down the feed, what is odd goes to a person."""
    tx, unit, entry, judgement = taking.tx, taking.device.unit, decided.entry, decided.judgement
    believed = decided.place is not None
    final = believed and judgement.verdict is not Verdict.WAITS
    reasons = [*judgement.flags, *([judgement.reason] if judgement.reason not in {"", "waits"} else [])]
    owner = taking.owner if reasons else ""
    row = {
        **_columns(taking, entry, believed=believed),
        "authentic": believed,
        "placed": decided.place is not None and decided.place.free,
        "verdict": judgement.verdict.value,
        "reason": judgement.reason,
        "flags": json.dumps(judgement.flags),
        "owner": owner,
        "position": feed.next_position(tx, unit) if final else None,
    }
    if is_new:
        tx.execute(insert(entries).values(received_at=rfc3339(taking.now), **row))
    else:
        tx.execute(update(entries).where(entries.c.hash == entry.hash).values(row))
        if judgement.reason != "author_unknown":  # what it waited for has come
            alarms.settle(tx, "author_unknown", entry.hash, taking.now)
    for reason in dict.fromkeys(reasons):
        alarms.raise_alarm(tx, Alarm(reason, entry.hash, unit, owner, entry.header), taking.now)
    _follow(taking, decided)
    if judgement.verdict is Verdict.ACCEPTED:
        if feed.is_of_a_hub(tx):  # what it only holds deletes nothing, but its files have to come
            redactions.want_again(tx, unit, entry)
        else:
            redactions.follow(tx, unit, entry, judgement.flags)
    return Answer(entry.id, entry.hash, judgement.verdict, judgement.reason, judgement.flags, owner)


def _follow(taking: Taking, decided: Decided) -> None:
    """Do what follows from an answer: a gap closes, a number is used, what waited behind a refusal is let go."""
    if decided.place is not None:
        chains.close_gap(taking.tx, decided.entry, taking.owner, taking.now)
    if decided.judgement.verdict is Verdict.ACCEPTED:
        _resolve(taking, decided)
        if decided.use is not None:
            numbers.record(taking.tx, decided.use, decided.entry)
        lease_ends.record(taking.tx, decided.entry)
        if _opens_chain(decided):
            chains.belongs_to_opener(taking.tx, taking.device.unit, decided.entry)
            chains.close(taking.tx, taking.device.unit, decided.entry)


def _opens_chain(decided: Decided) -> bool:
    """Whether a device says that this chain begins, in the first place of it; whoever brings its word."""
    place = decided.place
    return place is not None and place.free and chains.opener(decided.entry) is not None


def _columns(taking: Taking, entry: Entry, *, believed: bool) -> dict[str, object]:
    """Return what is copied. The device is the one whose chain it is: another may bring its work back."""
    if redactions.names(taking.tx, taking.device.unit, entry):
        entry = replace(entry, salt=None, body=None)
    copied = ("hash", "id", "chain", "seq", "subject", "kind", "author", "header", "sig", "salt", "body")
    return {
        "unit": taking.device.unit,
        "device": (chains.device_of(taking.tx, entry) if believed else None) or taking.device.id,
        "occurred_at": rfc3339(entry.occurred_at),
        **{name: getattr(entry, name) for name in copied},
    }


def _held_back(taking: Taking, entry: Entry) -> bool:
    """Whether an earlier entry of this subject in this chain is refused and unresolved, or waits itself.

    One that resolves what others wait for does not wait behind them. What its author never signed holds
    back only the counter that brought it.
    """
    if entry.subject == taking.device.unit:
        return False
    settles = resolved_by(entry.body)
    holding = _REFUSED if settles else (*_REFUSED, Verdict.WAITS)
    behind = select(entries.c.id).where(
        entries.c.unit == taking.device.unit,
        entries.c.authentic | (entries.c.device == taking.device.id),
        entries.c.chain == entry.chain,
        entries.c.subject == entry.subject,
        entries.c.seq < entry.seq,
        entries.c.verdict.in_([verdict.value for verdict in holding]),
        entries.c.resolved_by.is_(None),
        entries.c.id.not_in(settles),
    )
    return taking.tx.execute(behind).first() is not None


def _counts(judgement: Judgement) -> bool:
    """Whether a person's word settles alarms: not where it is in doubt itself."""
    return not set(judgement.flags).intersection(GRAVE)


def _resolve(taking: Taking, decided: Decided) -> None:
    """Let go what waits behind the refused entries of its own subject that this one settles, and close the alarms that it has looked at."""
    entry = decided.entry
    settled = resolved_by(entry.body)
    if settled:
        if _counts(decided.judgement):
            alarms.settled_by(taking.tx, taking.device.unit, entry, taking.now)
        mine = (entries.c.unit == taking.device.unit) & (entries.c.subject == entry.subject)
        refused = entries.c.verdict.in_([verdict.value for verdict in _REFUSED])
        those = mine & refused & entries.c.id.in_(settled)
        taking.tx.execute(update(entries).where(those).values(resolved_by=entry.id))


def _id_taken(tx: Connection, entry: Entry) -> bool:
    other = select(entries.c.hash).where(entries.c.id == entry.id, entries.c.placed)
    return tx.execute(other.where(entries.c.hash != entry.hash)).first() is not None


def _granted(taking: Taking, entry: Entry, key: AuthorKey) -> bool:
    """Tell whether somebody let the author write what their role does not; asked only where the role is lacking."""
    if not lacks_role(entry, key, taking.rules):
        return False
    roles_at = grants.roles_by(taking.authors)
    told = _accepted(taking, taking.device.unit, grants.granting_kinds(taking.rules))
    found = grants.grants_of(told, taking.rules, roles_at)
    return grants.covering(found, entry, taking.rules, roles_at) is not None


def _accepted(taking: Taking, subject: str, kinds: Collection[str] | None = None) -> list[Entry]:
    """Return what is final of a subject, in feed order, and then what only we have, where we are a hub.

    Of some kinds alone where they are named.
    """
    columns = (entries.c.header, entries.c.sig, entries.c.salt, entries.c.body)
    taken = (
        select(*columns)
        .outerjoin(hub_entries)
        .where(
            entries.c.unit == taking.device.unit,
            entries.c.subject == subject,
            entries.c.verdict == Verdict.ACCEPTED.value,
        )
    )
    if kinds is not None:
        taken = taken.where(entries.c.kind.in_(sorted(kinds)))
    in_order = taken.order_by(case((hub_entries.c.final.is_(False), 1), else_=0), entries.c.position)
    return [parse(*row) for row in taking.tx.execute(in_order)]


def _known(tx: Connection, digest: str) -> Row[Any] | None:
    return tx.execute(select(entries).where(entries.c.hash == digest)).one_or_none()


def _repeated(row: Row[Any]) -> Answer:
    first = feed.answer_of(row)
    return Answer(
        first.id, first.hash, Verdict.REPLAYED, first.reason, first.flags, first.owner, first=first.verdict
    )
