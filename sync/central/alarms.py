"""What a person has to look at: raised once for one header and one reason, with an owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.central.schema import alarms
from sync.clock import rfc3339


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about one header that is not as it should be."""

    reason: str  # a key of the contract's REASONS
    hash: str
    unit: str
    owner: str
    header: bytes
    detail: str = ""


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


def open_alarms(tx: Connection, unit: str) -> Sequence[Alarm]:
    """Return what still waits for a person, oldest first."""
    waiting = select(alarms).where(alarms.c.unit == unit, alarms.c.settled_at.is_(None))
    return [
        Alarm(row.reason, row.hash, row.unit, row.owner, row.header, row.detail)
        for row in tx.execute(waiting.order_by(alarms.c.raised_at, alarms.c.hash))
    ]
