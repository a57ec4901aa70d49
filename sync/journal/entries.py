"""Entries in the journal: rows on one side, the very bytes first written on the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, insert, select

from sync.body import resolved_by
from sync.clock import read_time, rfc3339
from sync.entry import Entry, new_id, parse
from sync.journal.schema import bodies, chains, changes, deliveries, entries

TO_SEND = ("none", "waits")
"""Verdicts of what is offered: no answer yet, or an earlier one has to be settled."""
HELD, HELD_BACK = "held", ("held_conflict", "held_refused")
"""What only a hub has: taken so far, or not taken so far. The hub sends it on; final is the word of the system above it."""
OPEN = (*TO_SEND, HELD, *HELD_BACK)
"""Verdicts of the outbox: what is not settled."""
PARKED = ("conflict", "refused")
NOT_TAKEN = PARKED + HELD_BACK
"""A mark on its subject, and no part of its state: for good, or so far."""
FINAL = ("accepted",)


AGAIN = "again"
"""Member of a delivery's answer that central may have lost: its old place, or null."""

OLD_PLACE = func.json_extract(deliveries.c.answer, f"$.{AGAIN}")

UNKNOWN_HASH = ""
"""`prev_hash` of a chain of ours of which only parts came back."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain goes on: its last entry. `seq` 0: none yet, `hash` then names the chain before."""

    chain: str
    seq: int
    hash: str
    occurred_at: datetime | None


def entry_rows() -> Select[Any]:
    """Select whole entries; each row is read by `as_entry`. For the rooms of this folder."""
    columns = (entries.c.header, entries.c.sig, bodies.c.salt, bodies.c.body)
    return select(*columns).select_from(entries.outerjoin(bodies).outerjoin(deliveries))


def as_entry(row: Row[Any]) -> Entry:
    """Read the stored bytes; raises `EntryMalformed` when they are damaged."""
    return parse(row.header, row.sig, row.salt, row.body)


def get(tx: Connection, id: str) -> Entry | None:
    """Return an entry by its id, or None."""
    row = tx.execute(entry_rows().where(entries.c.id == id)).one_or_none()
    return None if row is None else as_entry(row)


def of_subject(tx: Connection, subject: str) -> tuple[Entry, ...]:
    """Return the entries that count, in view order.

    Final ones in feed order, then those that only a hub has in its order, then own open ones in chain order.
    """
    counted = deliveries.c.verdict.in_((*FINAL, HELD, *TO_SEND))
    found = entry_rows().where(entries.c.subject == subject, counted).order_by(*view_order())
    return tuple(map(as_entry, tx.execute(found)))


def final_of_subject(tx: Connection, subject: str) -> tuple[Entry, ...]:
    """Return the entries that central has taken, in feed order: what is so for everybody."""
    final = deliveries.c.verdict.in_(FINAL)
    found = entry_rows().where(entries.c.subject == subject, final).order_by(*view_order())
    return tuple(map(as_entry, tx.execute(found)))


def ordered_of_subject(tx: Connection, subject: str) -> tuple[Entry, ...]:
    """Return what central has taken, in feed order, then what our hub has, in its order: so for everybody it speaks to."""
    ordered = deliveries.c.verdict.in_((*FINAL, HELD))
    found = entry_rows().where(entries.c.subject == subject, ordered).order_by(*view_order())
    return tuple(map(as_entry, tx.execute(found)))


def marks(tx: Connection, subject: str) -> tuple[Entry, ...]:
    """Return the subject's entries that were not taken: marks on it, no part of its state."""
    parked = deliveries.c.verdict.in_(NOT_TAKEN)
    found = entry_rows().where(entries.c.subject == subject, parked).order_by(entries.c.n)
    return tuple(map(as_entry, tx.execute(found)))


def history(tx: Connection, subject: str) -> tuple[Entry, ...]:
    """Return all entries of a subject, parked ones too, in the order in which they came here."""
    found = entry_rows().where(entries.c.subject == subject).order_by(entries.c.n)
    return tuple(map(as_entry, tx.execute(found)))


def of_kinds(tx: Connection, subject: str, kinds: Iterable[str]) -> tuple[Entry, ...]:
    """Return the entries of a subject with one of these kinds, in the order in which they came here."""
    found = entry_rows().where(entries.c.subject == subject, entries.c.kind.in_(tuple(kinds)))
    return tuple(map(as_entry, tx.execute(found.order_by(entries.c.n))))


def open_of_kinds(tx: Connection, subject: str, kinds: Iterable[str]) -> tuple[Entry, ...]:
    """Return those of them that nobody has answered yet, central or our hub."""
    found = entry_rows().where(entries.c.subject == subject, entries.c.kind.in_(tuple(kinds)))
    waiting = found.where(deliveries.c.verdict.in_(TO_SEND))
    return tuple(map(as_entry, tx.execute(waiting.order_by(entries.c.n))))


def subjects_with(tx: Connection, kind: str) -> tuple[str, ...]:
    """Return the subjects that have an entry of this kind, in the order in which they came here."""
    found = select(entries.c.subject).where(entries.c.kind == kind).group_by(entries.c.subject)
    return tuple(tx.execute(found.order_by(func.min(entries.c.n))).scalars())


def counted_of_kinds(tx: Connection, subject: str, kinds: Iterable[str]) -> tuple[Entry, ...]:
    """Return those of one of these kinds that count, in view order."""
    counted = deliveries.c.verdict.in_(FINAL + OPEN)
    found = entry_rows().where(entries.c.subject == subject, counted, entries.c.kind.in_(tuple(kinds)))
    return tuple(map(as_entry, tx.execute(found.order_by(*view_order()))))


def of_chain(tx: Connection, chain: str, first: int, last: int | None = None) -> tuple[Entry, ...]:
    """Return the entries of a chain from one place to another (None: to its end), both included."""
    found = entry_rows().where(entries.c.chain == chain, entries.c.seq >= first)
    if last is not None:
        found = found.where(entries.c.seq <= last)
    return tuple(map(as_entry, tx.execute(found.order_by(entries.c.seq))))


def resolved(tx: Connection, subjects: Iterable[str], verdicts: Iterable[str]) -> frozenset[str]:
    """Return what entries of these subjects name under `resolves`, those with one of these verdicts."""
    those = entries.c.subject.in_(tuple(subjects)) & deliveries.c.verdict.in_(tuple(verdicts))
    found = tx.execute(entry_rows().where(those))
    return frozenset(named for row in found for named in resolved_by(row.body))


def last_final(tx: Connection, subject: str) -> str | None:
    """Return the id of the subject's last final entry, or None: the `base` of the next one."""
    final = select(entries.c.id).join(deliveries)
    final = final.where(entries.c.subject == subject, deliveries.c.verdict.in_(FINAL))
    place, came = _place(), entries.c.n
    return tx.execute(final.order_by(place.is_(None).desc(), place.desc(), came.desc()).limit(1)).scalar()


def changes_since(tx: Connection, n: int, limit: int | None = None) -> Sequence[tuple[int, str]]:
    """Return `(n, subject)` for every entry added and every verdict changed after change `n`, in order."""
    found = select(changes.c.n, changes.c.subject).where(changes.c.n > n).order_by(changes.c.n)
    return [(row.n, row.subject) for row in tx.execute(found.limit(limit))]


def last_change(tx: Connection) -> int:
    """Return the number of the newest change, 0 when there is none."""
    return tx.execute(select(func.max(changes.c.n))).scalar() or 0


def last_at(tx: Connection, subject: str) -> datetime | None:
    """Return when the last act on a subject was done, by the entries' own time; None for an unknown one."""
    told = tx.execute(select(func.max(entries.c.occurred_at)).where(entries.c.subject == subject)).scalar()
    return read_time(told) if told else None


def current_chain(tx: Connection) -> str | None:
    """Return the chain that is written to, or None in a journal just made."""
    return tx.execute(select(chains.c.chain).order_by(chains.c.n.desc()).limit(1)).scalar()


def new_chain(tx: Connection, prev_hash: str) -> str:
    """Begin a chain of ours after another (`NO_HASH`: after none) and return its id. For the rooms of this folder."""
    chain = new_id()
    tx.execute(insert(chains).values(chain=chain, prev_hash=prev_hash))
    return chain


def adopt_chain(tx: Connection, chain: str) -> None:
    """Know a chain as an older one of ours, whose beginning may not be here. For the rooms of this folder."""
    if not is_ours(tx, chain):
        before_all = select(func.min(chains.c.n) - 1).scalar_subquery()
        tx.execute(insert(chains).values(n=before_all, chain=chain, prev_hash=UNKNOWN_HASH))


def is_ours(tx: Connection, chain: str) -> bool:
    """Whether this counter writes or wrote that chain."""
    return tx.execute(select(chains.c.n).where(chains.c.chain == chain)).first() is not None


def hash_at(tx: Connection, chain: str, seq: int) -> str | None:
    """Return the hash that stands at a place of a chain, None when nothing is there."""
    return tx.execute(select(entries.c.hash).where(entries.c.chain == chain, entries.c.seq == seq)).scalar()


def chain_head(tx: Connection, chain: str) -> Head:
    """Return where a chain of ours goes on; one that is still empty goes on in time where the one before ended."""
    last = select(entries.c.seq, entries.c.hash, entries.c.occurred_at).where(entries.c.chain == chain)
    row = tx.execute(last.order_by(entries.c.seq.desc()).limit(1)).one_or_none()
    if row is not None:
        return Head(chain, row.seq, row.hash, read_time(row.occurred_at))
    before = tx.execute(select(chains.c.prev_hash).where(chains.c.chain == chain)).scalar_one()
    ended = tx.execute(select(entries.c.occurred_at).where(entries.c.hash == before)).scalar()
    return Head(chain, 0, before, read_time(ended) if ended else None)


def append(tx: Connection, entry: Entry, verdict: str = "none", place: int | None = None) -> None:
    """Add an entry with its delivery and its change. For the rooms of this folder: others use `Journal.act`.

    One that may be redacted goes through `gone.stripped` before.
    """
    tx.execute(insert(entries).values(columns_of(entry)))
    if entry.body is not None:
        tx.execute(insert(bodies).values(entry=entry.id, salt=entry.salt, body=entry.body))
    tx.execute(insert(deliveries).values(entry=entry.id, verdict=verdict, place=place))
    changed(tx, entry.subject)


def changed(tx: Connection, subject: str) -> None:
    """Note that a subject has to be folded again."""
    tx.execute(insert(changes).values(subject=subject))


def columns_of(entry: Entry) -> dict[str, object]:
    """Return the row that belongs to these bytes."""
    fields = entry.fields
    return {
        "id": fields.id,
        "chain": fields.chain,
        "seq": fields.seq,
        "subject": fields.subject,
        "kind": fields.kind,
        "base": fields.base,
        "author": fields.author,
        "occurred_at": rfc3339(fields.occurred_at),
        "body_commit": entry.body_commit,
        "prev_hash": fields.prev_hash,
        "hash": entry.hash,
        "header": entry.header,
        "sig": entry.sig,
    }


def view_order() -> tuple[Any, ...]:
    """Say in SQL in which order entries count. For the rooms of this folder."""
    final, held = deliveries.c.verdict.in_(FINAL), deliveries.c.verdict == HELD
    place = _place()
    known = place.is_not(None)
    rank = case((final & known, 0), (final, 1), (held & known, 2), (held, 3), else_=4)
    return rank, case((final | held, place)), entries.c.n


def _place() -> Any:
    """The place in the feed; after a restore of central the old one, until the new one is known (see `retelling`)."""
    return func.coalesce(deliveries.c.place, OLD_PLACE)
