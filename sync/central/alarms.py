"""What a person has to look at: raised once for one header and one reason, with an owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.body import resolved_by
from sync.central.schema import alarms, entries, units
from sync.clock import rfc3339
from sync.entry import Entry


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about one header that is not as it should be."""

    reason: str  # a key of the contract's REASONS
    hash: str
    unit: str
    owner: str
    header: bytes
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An alarm as its owner is told of it; times as RFC 3339, "" for none."""

    alarm: Alarm
    unit_name: str
    entry: str  # id, "" where nothing of it is kept but its header
    raised_at: str
    settled_at: str
    settled_by: (
        str  # id of the entry by which a person settled it; "" where it found its explanation by itself
    )


def raise_alarm(tx: Connection, alarm: Alarm, now: datetime) -> None:
    """Note an alarm; a repeated one is the same one."""
    mine = (alarms.c.reason == alarm.reason) & (alarms.c.hash == alarm.hash)
    if tx.execute(select(alarms.c.hash).where(mine)).first() is None:
        row = {name: getattr(alarm, name) for name in ("reason", "hash", "unit", "owner", "header", "detail")}
        tx.execute(insert(alarms).values(raised_at=rfc3339(now), **row))


def settle(tx: Connection, reason: str, hash: str, now: datetime) -> None:
    """Note that an alarm has found its explanation."""
    mine = (alarms.c.reason == reason) & (alarms.c.hash == hash)
    tx.execute(update(alarms).where(mine, alarms.c.settled_at.is_(None)).values(settled_at=rfc3339(now)))


def settled_by(tx: Connection, unit: str, entry: Entry, now: datetime) -> None:
    """Note that a person has looked at what the entries raised that this one names under `resolves`."""
    raised = (alarms.c.unit == unit) & alarms.c.settled_at.is_(None)
    theirs = select(entries.c.hash).where(entries.c.unit == unit, entries.c.id.in_(resolved_by(entry.body)))
    told = {"settled_at": rfc3339(now), "settled_by": entry.id}
    tx.execute(update(alarms).where(raised, alarms.c.hash.in_(theirs)).values(told))


def reopen(tx: Connection, unit: str, entry: str) -> None:
    """Let a person look again at what this entry (id) was to settle: it is not believed any more."""
    mine = (alarms.c.unit == unit) & (alarms.c.settled_by == entry)
    tx.execute(update(alarms).where(mine).values(settled_at=None, settled_by=None))


def listed(tx: Connection, *, settled: bool = False) -> Sequence[Listed]:
    """Return what waits for a person in any unit, oldest first; what was `settled` as well, if asked for."""
    columns = (alarms, entries.c.id.label("entry"), units.c.name)
    found = select(*columns).join(units, units.c.id == alarms.c.unit)
    found = found.outerjoin(entries, entries.c.hash == alarms.c.hash)
    if not settled:
        found = found.where(alarms.c.settled_at.is_(None))
    return [
        Listed(
            Alarm(row.reason, row.hash, row.unit, row.owner, row.header, row.detail),
            row.name,
            row.entry or "",
            row.raised_at,
            row.settled_at or "",
            row.settled_by or "",
        )
        for row in tx.execute(found.order_by(alarms.c.raised_at, alarms.c.hash, alarms.c.reason))
    ]
