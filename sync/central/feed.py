"""What was settled in a unit, in the order of its commits."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from sync.central.chains import epoch
from sync.central.refusal import Refusal
from sync.central.schema import entries, hub, hub_entries, units
from sync.clock import rfc3339
from sync.contract.messages import GAP, Answer, Carried, FeedItem, Page, Verdict

PAGE_BYTES = 4 * 1024 * 1024  # a page ends early rather than grow beyond this

_BEGINNING = ("", "0")
_LONGEST = 18  # digits of a position that the database can hold


def next_position(tx: Connection, unit: str) -> int:
    """Take the next position of a unit's feed; the caller holds the unit (see `database.hold`)."""
    tx.execute(update(units).where(units.c.id == unit).values(position=units.c.position + 1))
    return int(tx.execute(select(units.c.position).where(units.c.id == unit)).scalar_one())


def page(tx: Connection, unit: str, since: str, limit: int, now: datetime) -> Page:
    """Return what was settled after a cursor. A cursor of another life of the server starts from the beginning.

    Raises `Refusal` 409 for one that lies ahead in this very life: our database was put back, and nobody said so.
    """
    life = epoch(tx)
    after = _position(since, life)
    last = tx.execute(select(units.c.position).where(units.c.id == unit)).scalar_one()
    if after > last:
        raise Refusal(409, "cursor_ahead")
    rows = select(entries, hub_entries.c.final, hub_entries.c.n).outerjoin(hub_entries)
    rows = rows.where(entries.c.unit == unit, entries.c.position > after)
    found = tx.execute(rows.order_by(entries.c.position).limit(limit + 1)).all()
    kept = _within_size(found[:limit])
    last = kept[-1].position if kept else after
    durable = tx.execute(select(units.c.durable_to).where(units.c.id == unit)).scalar_one()
    items = tuple(_item(row) for row in kept)
    return Page(items, f"{life}.{last}", len(found) > len(kept), life, int(durable), rfc3339(now))


def one(tx: Connection, unit: str, id: str) -> Carried:
    """Return an entry of a unit that stands in its feed, as we keep it; raises `Refusal` 404."""
    mine = (entries.c.id == id) & (entries.c.unit == unit) & entries.c.position.is_not(None)
    row = tx.execute(select(entries).where(mine)).one_or_none()
    if row is None:
        raise Refusal(404, "entry_missing")
    return Carried(row.header, row.sig, row.salt, row.body)


def end(tx: Connection, unit: str) -> tuple[str, int]:
    """Return the cursor of whoever has read a unit's feed to its end, and how far the backup reaches."""
    row = tx.execute(select(units.c.position, units.c.durable_to).where(units.c.id == unit)).one()
    return f"{epoch(tx)}.{row.position}", int(row.durable_to)


def reached(tx: Connection) -> Mapping[str, int]:
    """Return the last position of each unit's feed; asked before a backup is made, it lies within."""
    return {row.id: int(row.position) for row in tx.execute(select(units.c.id, units.c.position))}


def note_backup(tx: Connection, reaching: Mapping[str, int]) -> None:
    """Note that a backup holds each unit's feed up to a position (see `reached`); counters may then let go.

    Not of what lies at a hub: the backup of the system above it counts.
    """
    if is_of_a_hub(tx):
        return
    for unit, position in reaching.items():
        tx.execute(update(units).where(units.c.id == unit).values(durable_to=position))


def is_of_a_hub(tx: Connection) -> bool:
    """Whether this feed is a hub's: what comes to stand there is not settled yet."""
    return tx.execute(select(hub.c.id)).first() is not None


def answer_of(row: Row[Any]) -> Answer:
    """Return the answer that a stored entry was given."""
    return Answer(row.id, row.hash, Verdict(row.verdict), row.reason, tuple(json.loads(row.flags)), row.owner)


def _position(cursor: str, life: str) -> int:
    if cursor in _BEGINNING:
        return 0
    named, _, position = cursor.rpartition(".")
    if not (named and position.isascii() and position.isdigit() and len(position) <= _LONGEST):
        raise Refusal(400, "cursor")
    return int(position) if named == life else 0


def _within_size(rows: Any) -> list[Row[Any]]:
    kept: list[Row[Any]] = []
    size = 0
    for row in rows:
        size += len(row.header) + len(row.body or b"")
        if kept and size > PAGE_BYTES:
            break
        kept.append(row)
    return kept


def _item(row: Row[Any]) -> FeedItem:
    answer = answer_of(row)
    if row.final is False:
        answer = replace(answer, verdict=Verdict.HELD, first=answer.verdict)
        if row.n < 0:  # flagged in a life of the system above that is over, in an order that is not ours
            answer = replace(answer, flags=tuple(flag for flag in answer.flags if flag != GAP))
    return FeedItem(row.position, answer, Carried(row.header, row.sig, row.salt, row.body))
