"""Retelling: what a restored central may have lost keeps a mark until central has answered it in its new life.

The mark remembers the place in the old feed, so that what is told again comes in the order in which it once stood, and
what others and we wrote against each other ends as it did.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from sync.contract.messages import Signed, Verdict, Was
from sync.entry import Entry
from sync.journal import feed, meta
from sync.journal.entries import AGAIN, FINAL, HELD, NOT_TAKEN, OLD_PLACE, OPEN, as_entry, entry_rows
from sync.journal.schema import chains, deliveries, entries, files, leases
from sync.redaction import REDACTED

_PATH = f"$.{AGAIN}"
MARKED = func.json_type(deliveries.c.answer, _PATH).is_not(None)
"""In SQL, which deliveries wait to be told again; asked only while `under_way`, for it looks at each."""
_OURS = entries.c.chain.in_(select(chains.c.chain))
_UNDER_WAY, _SHOW = "retelling", "leases_to_show"
_OLDER = 10**12  # what was marked in an older life comes after what was answered in a later one


@dataclass(frozen=True, slots=True)
class Lost:
    """An entry that central answered once and does not know any more, and what it said."""

    entry: Entry
    was: Was


def begin(tx: Connection, epoch: str) -> None:
    """Go over to central's new life: read its feed from the beginning, and ask after everything it ever answered."""
    older = func.json_set(deliveries.c.answer, _PATH, OLD_PLACE + _OLDER)
    tx.execute(update(deliveries).where(MARKED, OLD_PLACE.is_not(None)).values(answer=older))
    tx.execute(update(deliveries).where(MARKED, deliveries.c.place.is_not(None)).values(place=None))
    answered = deliveries.c.verdict.in_((*FINAL, *NOT_TAKEN, HELD)) & ~MARKED
    marked = func.json_set(deliveries.c.answer, _PATH, deliveries.c.place)
    tx.execute(update(deliveries).where(answered).values(answer=marked, place=None))
    tx.execute(update(files).values(uploaded=0))  # it is asked which of them it still has
    feed.begin_anew(tx)
    for name, value in (
        (meta.FEED_EPOCH, epoch),
        (meta.FEED_DURABLE_TO, "0"),
        (_UNDER_WAY, "1"),
        (_SHOW, "1"),
    ):
        meta.put(tx, name, value)


def under_way(tx: Connection) -> bool:
    """Whether something may still have to be told again."""
    return bool(meta.get(tx, _UNDER_WAY))


def lost(tx: Connection) -> tuple[str, ...]:
    """Return the ids of what has to be told again, in the order of the old feed; ask once the new one is read."""
    if not under_way(tx):
        return ()
    found = select(entries.c.id).join(deliveries).where(MARKED)
    first = entries.c.kind != REDACTED  # what must not be kept is told before it could be offered
    in_order = (first, OLD_PLACE.is_(None), OLD_PLACE, entries.c.n)
    return tuple(tx.execute(found.order_by(*in_order)).scalars())


def orders_to_tell(tx: Connection) -> tuple[Entry, ...]:
    """Return our redactions that central has not answered yet: what they name has no body here any more."""
    found = entry_rows().where(entries.c.kind == REDACTED, deliveries.c.verdict.in_(OPEN), _OURS)
    return tuple(map(as_entry, tx.execute(found.order_by(entries.c.n))))


def among(tx: Connection, ids: Sequence[str]) -> tuple[Lost, ...]:
    """Return these entries in this order, those that were answered meanwhile left out."""
    rows = entry_rows().add_columns(entries.c.id, deliveries.c.verdict, deliveries.c.answer)
    known = {row.id: row for row in tx.execute(rows.where(entries.c.id.in_(tuple(ids)), MARKED))}
    return tuple(Lost(as_entry(row), _was(row)) for entry in ids if (row := known.get(entry)) is not None)


def end(tx: Connection) -> None:
    """Note that nothing is left to be told."""
    meta.put(tx, _UNDER_WAY, "")


def old_place(answer: Mapping[str, Any]) -> tuple[bool, int | None]:
    """Return whether an answer is of a life that central has lost, and at which place it stood then."""
    return AGAIN in answer, answer.get(AGAIN)


def to_show(tx: Connection) -> tuple[Signed, ...] | None:
    """Return every range that was ever granted to this counter, by central's signature; None: nobody has to see them.

    Past days too: entries that are told again use their numbers. And those given up: numbers may be on paper.
    """
    if not meta.get(tx, _SHOW):
        return None
    granted = leases.c.grant.is_not(None)
    rows = tx.execute(select(leases.c.grant, leases.c.signature).where(granted).order_by(leases.c.request_id))
    return tuple(Signed(row.grant, row.signature) for row in rows)


def shown(tx: Connection) -> None:
    """Note that central has seen the ranges."""
    meta.put(tx, _SHOW, "")


def subjects_of(tx: Connection) -> frozenset[str]:
    """Return the subjects on which something waits to be told again: nothing new is sent of them before."""
    if not under_way(tx):
        return frozenset()
    return frozenset(tx.execute(select(entries.c.subject).join(deliveries).where(MARKED)).scalars())


def authors_of(tx: Connection) -> tuple[int, tuple[str, ...]]:
    """Return how much waits to be told again, and who wrote it."""
    found = select(entries.c.author, func.count()).join(deliveries).where(MARKED).group_by(entries.c.author)
    rows = tx.execute(found).all() if under_way(tx) else []
    return sum(count for _, count in rows), tuple(sorted(author for author, _ in rows))


def _was(row: Row[Any]) -> Was:
    verdict = Verdict.ACCEPTED if row.verdict == HELD else Verdict(row.verdict.removeprefix("held_"))
    return Was(verdict, str(json.loads(row.answer).get("reason", "")))
