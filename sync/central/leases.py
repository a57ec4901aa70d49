"""Ranges of numbers: each wish gets one signed range, and the same one whenever it is repeated."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from sync.central import blocks, chains, new_life, numbers
from sync.central.accounts import Device
from sync.central.database import hold
from sync.central.refusal import Refusal
from sync.central.schema import leases, number_counters
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import Lease, LeaseRequest, Malformed, Signed
from sync.contract.wire import lease_as_json, lease_from
from sync.keys import Ed25519Signer

MOST = 1000  # numbers in one range


CountOn = Callable[[Connection, LeaseRequest], int]
"""Takes the numbers of a wish and returns the last of them."""


def grant(
    tx: Connection,
    device: Device,
    wish: LeaseRequest,
    signer: Ed25519Signer,
    now: datetime,
    count: CountOn | None = None,
) -> Signed:
    """Return the signed range of a wish, each number of a series and day once, unless `count` says otherwise.

    Raises `Refusal` 400 for an impossible one, 409 for a reused id or a closed chain.

    409 also after a restore, as long as it is not known which numbers are out.
    """
    _check(wish)
    hold(tx, f"series:{wish.series}")
    known = tx.execute(select(leases).where(leases.c.request_id == wish.request_id)).one_or_none()
    if known is not None:
        asked = (known.unit, known.chain, known.series, known.day, known.last - known.first + 1)
        if asked != (device.unit, wish.chain, wish.series, wish.day, wish.count):
            raise Refusal(409, "request_id_reused")
        return Signed(known.data, known.sig)
    if chains.is_closed(tx, wish.chain):
        raise Refusal(409, "chain_closed")
    if silent := new_life.awaited(tx, device.unit):
        raise Refusal(409, "leases_not_shown", about=silent)
    last = (count or _count_on)(tx, wish)
    told = (wish.request_id, wish.chain, wish.series, wish.day)
    lease = Lease(*told, first=last - wish.count + 1, last=last, granted_at=rfc3339(now))
    signed = seals.seal(as_json(lease_as_json(lease)), seals.LEASE, signer)
    _keep(tx, device, lease, signed)
    return signed


def take_in(tx: Connection, device: Device, held: Sequence[Signed], keys: Sequence[bytes]) -> int:
    """Take in ranges that a device holds by our signature, or that of a hub or the system above (`keys`).

    Returns how many none of them signed: those give it nothing.

    What is known already changes nothing. What a hub shows of its counters' is theirs. The counter of each series and day goes on after the highest of them.
    """
    strange = 0
    for signed in held:
        lease = _read(signed, keys)
        if lease is None:
            strange += 1
            continue
        hold(tx, f"series:{lease.series}")
        known = select(leases.c.request_id).where(leases.c.request_id == lease.request_id)
        if tx.execute(known).first() is None:
            _keep(tx, chains.owner_of(tx, lease.chain) or device, lease, signed)
            _count_to(tx, lease.series, lease.day, lease.last)
            blocks.count_to(tx, lease)
    return strange


def _check(wish: LeaseRequest) -> None:
    try:
        proper_day = date.fromisoformat(wish.day).isoformat() == wish.day
    except ValueError:
        proper_day = False
    proper = 8 <= len(wish.request_id) <= 64 and 0 < len(wish.chain) <= 64 and 0 < len(wish.series) <= 100
    if not (proper_day and proper and 1 <= wish.count <= MOST):
        raise Refusal(400, "lease_request")


def _read(signed: Signed, keys: Sequence[bytes]) -> Lease | None:
    """Return a range that one of these keys signed, None for any other bytes."""
    if not any(seals.holds(signed, seals.LEASE, key) for key in keys):
        return None
    try:
        return lease_from(signed.data)
    except Malformed:
        return None


def _keep(tx: Connection, device: Device, lease: Lease, signed: Signed) -> None:
    told = {name: getattr(lease, name) for name in ("request_id", "chain", "series", "day", "first", "last")}
    whose = {"unit": device.unit, "device": device.id}
    tx.execute(insert(leases).values(data=signed.data, sig=signed.sig, **told, **whose))


def _count_on(tx: Connection, wish: LeaseRequest) -> int:
    """Move the counter of a series and day on, and return the last number of the new range."""
    last = _counted(tx, wish.series, wish.day)
    if new_life.restored_at(tx) is not None:  # numbers may be on paper whose ranges nobody has shown
        last = max(last, numbers.highest(tx, wish.series, wish.day))
    _count_to(tx, wish.series, wish.day, last + wish.count)
    return last + wish.count


def _count_to(tx: Connection, series: str, day: str, last: int) -> None:
    """Let the counter of a series and day stand at a number, unless it is further on."""
    mine = (number_counters.c.series == series) & (number_counters.c.day == day)
    counted = _counted(tx, series, day)
    if not counted:
        tx.execute(insert(number_counters).values(series=series, day=day, last=last))
    elif counted < last:
        tx.execute(update(number_counters).where(mine).values(last=last))


def _counted(tx: Connection, series: str, day: str) -> int:
    """Return how far the counter of a series and day stands, 0 before its first range."""
    mine = (number_counters.c.series == series) & (number_counters.c.day == day)
    return int(tx.execute(select(number_counters.c.last).where(mine)).scalar_one_or_none() or 0)
