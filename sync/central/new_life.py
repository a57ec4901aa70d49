"""A new life of the server: put back from a backup, it gives out no numbers until it knows which are out.

What it had recorded after the backup is offered again by the counters. Ranges granted after the backup are known only to
who holds them: as long as one device of a unit has not shown its own, a new range might hold the same numbers.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.central.accounts import DEVICE_ROLE, Device
from sync.central.database import hold
from sync.central.files import FileRoom, forget_missing
from sync.central.schema import devices, entries, leases, number_counters, server, units
from sync.clock import read_time, rfc3339
from sync.contract import seals
from sync.contract.messages import Lease, Malformed, Signed
from sync.contract.wire import lease_from
from sync.keys import Ed25519Signer


def begin(tx: Connection, room: FileRoom, now: datetime) -> str:
    """Begin a life after a backup was put back, before anybody is answered; returns its epoch.

    Files that the database knows and that are not here are asked for again.
    """
    epoch = secrets.token_hex(8)
    forget_missing(tx, room)
    tx.execute(update(server).values(epoch=epoch, restored_at=rfc3339(now)))
    tx.execute(update(units).values(durable_to=0))
    return epoch


def take_in(tx: Connection, device: Device, held: Sequence[Signed], signer: Ed25519Signer) -> int:
    """Take in ranges that a device holds by our own signature; returns how many we never signed: those give it nothing.

    What is known already changes nothing. The counter of each series and day goes on after the highest of them.
    """
    leases_held = [_read(signed, signer) for signed in held]
    for lease, signed in zip(leases_held, held, strict=True):
        if lease is not None:
            _take_in(tx, device, lease, signed)
    return leases_held.count(None)


def all_shown_by(tx: Connection, device: Device) -> None:
    """Note that a device has shown every range that it holds."""
    told = select(server.c.epoch).scalar_subquery()
    tx.execute(update(devices).where(devices.c.id == device.id).values(shown_epoch=told))


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
    device = entries.c.author.like(f"{DEVICE_ROLE}:%") & (entries.c.reason == "author_unknown")
    found = select(entries.c.author).where(entries.c.unit == unit, device).distinct()
    for author in tx.execute(found).scalars():
        yield str(author).removeprefix(f"{DEVICE_ROLE}:")


def _take_in(tx: Connection, device: Device, lease: Lease, signed: Signed) -> None:
    hold(tx, f"series:{lease.series}")
    known = select(leases.c.request_id).where(leases.c.request_id == lease.request_id)
    if tx.execute(known).first() is not None:
        return
    tx.execute(
        insert(leases).values(
            request_id=lease.request_id,
            unit=device.unit,
            device=device.id,
            chain=lease.chain,
            series=lease.series,
            day=lease.day,
            first=lease.first,
            last=lease.last,
            data=signed.data,
            sig=signed.sig,
        )
    )
    _count_up_to(tx, lease)


def _read(signed: Signed, signer: Ed25519Signer) -> Lease | None:
    if not seals.holds(signed, seals.LEASE, signer.public_bytes):
        return None
    try:
        return lease_from(signed.data)
    except Malformed:
        return None


def _count_up_to(tx: Connection, lease: Lease) -> None:
    mine = (number_counters.c.series == lease.series) & (number_counters.c.day == lease.day)
    last = tx.execute(select(number_counters.c.last).where(mine)).scalar_one_or_none()
    if last is None:
        row = {"series": lease.series, "day": lease.day, "last": lease.last}
        tx.execute(insert(number_counters).values(row))
    elif last < lease.last:
        tx.execute(update(number_counters).where(mine).values(last=lease.last))
