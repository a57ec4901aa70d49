"""A new life of the server: put back from a backup, it gives out no numbers until it knows which are out.

What it had recorded after the backup is offered again by the counters. Ranges granted after the backup are known only to
who holds them: as long as one device of a unit has not shown its own, a new range might hold the same numbers.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select, update

from sync.central import redactions
from sync.central.accounts import DEVICE_ROLE, Device, is_hub
from sync.central.chains import new_epoch
from sync.central.files import FileRoom, forget_missing
from sync.central.schema import alarms, devices, entries, server, units
from sync.clock import read_time, rfc3339


def begin(tx: Connection, room: FileRoom, now: datetime) -> str:
    """Begin a life after a backup was put back, before anybody is answered; returns its epoch.

    What was redacted and came back with a copy goes first. Files that the database knows and that are not here are asked for again.
    """
    epoch = new_epoch()
    redactions.clear(tx, room)
    forget_missing(tx, room)
    tx.execute(update(server).values(epoch=epoch, restored_at=rfc3339(now)))
    tx.execute(update(units).values(durable_to=0))
    return epoch


def all_shown_by(tx: Connection, device: Device) -> None:
    """Note that a device has shown every range that it holds; a hub speaks for all counters of its unit."""
    told = select(server.c.epoch).scalar_subquery()
    whose = devices.c.unit == device.unit if is_hub(tx, device) else devices.c.id == device.id
    tx.execute(update(devices).where(whose).values(shown_epoch=told))


def restored_at(tx: Connection) -> datetime | None:
    """Return when this life began, None when it is the first."""
    told = tx.execute(select(server.c.restored_at)).scalar_one()
    return None if told is None else read_time(told)


def awaited(tx: Connection, unit: str) -> tuple[str, ...]:
    """Return the devices of a unit that have not shown what they hold since a restore, by name.

    Among them those that we do not know any more, as far as others brought their work: they may hold numbers too.
    """
    life = tx.execute(select(server)).one()
    if life.restored_at is None:
        return ()
    silent = devices.c.shown_epoch.is_distinct_from(life.epoch) & devices.c.revoked_at.is_(None)
    found = select(devices.c.name).where(devices.c.unit == unit, silent)
    names = set(tx.execute(found).scalars()) | set(_unknown(tx, unit))
    return tuple(sorted(names))


def _unknown(tx: Connection, unit: str) -> Iterator[str]:
    """Name the devices of open alarms: those are few, entries are many, and this is asked with every batch."""
    ours = (alarms.c.unit == unit) & (alarms.c.reason == "author_unknown") & alarms.c.settled_at.is_(None)
    found = select(entries.c.author).join(alarms, alarms.c.hash == entries.c.hash).where(ours)
    for author in tx.execute(found.where(entries.c.author.like(f"{DEVICE_ROLE}:%")).distinct()).scalars():
        yield str(author).removeprefix(f"{DEVICE_ROLE}:")
