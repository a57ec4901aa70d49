"""Ranges of numbers: each wish gets one signed range, and the same one whenever it is repeated."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from sync.central import chains, new_life, numbers
from sync.central.accounts import Device
from sync.central.database import hold
from sync.central.refusal import Refusal
from sync.central.schema import leases, number_counters
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import Lease, LeaseRequest, Signed
from sync.contract.wire import lease_as_json
from sync.keys import Ed25519Signer

MOST = 1000  # numbers in one range


def grant(tx: Connection, device: Device, wish: LeaseRequest, signer: Ed25519Signer, now: datetime) -> Signed:
    """Return the signed range of a wish; raises `Refusal` 400 for an impossible one, 409 for a reused id or a closed chain.

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
    last = _count_on(tx, wish)
    told = (wish.request_id, wish.chain, wish.series, wish.day)
    lease = Lease(*told, first=last - wish.count + 1, last=last, granted_at=rfc3339(now))
    signed = seals.seal(as_json(lease_as_json(lease)), seals.LEASE, signer)
    row = dict(zip(("request_id", "chain", "series", "day"), told, strict=True))
    place = {"unit": device.unit, "device": device.id, "first": lease.first, "last": lease.last}
    tx.execute(insert(leases).values(data=signed.data, sig=signed.sig, **row, **place))
    return signed


def _check(wish: LeaseRequest) -> None:
    try:
        proper_day = date.fromisoformat(wish.day).isoformat() == wish.day
    except ValueError:
        proper_day = False
    proper = 8 <= len(wish.request_id) <= 64 and 0 < len(wish.chain) <= 64 and 0 < len(wish.series) <= 100
    if not (proper_day and proper and 1 <= wish.count <= MOST):
        raise Refusal(400, "lease_request")


def _count_on(tx: Connection, wish: LeaseRequest) -> int:
    """Move the counter of a series and day on, and return the last number of the new range."""
    mine = (number_counters.c.series == wish.series) & (number_counters.c.day == wish.day)
    counted = tx.execute(select(number_counters.c.last).where(mine)).scalar_one_or_none()
    last = max(counted or 0, numbers.highest(tx, wish.series, wish.day)) + wish.count
    if counted is None:
        tx.execute(insert(number_counters).values(series=wish.series, day=wish.day, last=last))
    else:
        tx.execute(update(number_counters).where(mine).values(last=last))
    return last
