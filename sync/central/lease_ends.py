"""Ranges whose day is over: what their counter called void is used by nobody, and each number of a range has its place."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Row, func, insert, or_, select

from sync.body import Span, Voided, voided_by
from sync.central import chains
from sync.central.accounts import Device
from sync.central.numbers import Use
from sync.central.schema import lease_ends, leases, number_uses
from sync.contract.messages import DayRange
from sync.entry import Entry

VOID = "number_void"


def flags_of(tx: Connection, entry: Entry) -> tuple[str, ...]:
    """Say what is wrong with calling numbers void: one of them is used, or the range is another chain's."""
    found = []
    for each in voided_by(entry.body):
        if not _may_call_void(tx, entry, each):
            found.append("number_outside_lease")
        elif each.unused and _used(tx, each.series, each.day, each.unused):
            found.append(VOID)
    return tuple(dict.fromkeys(found))


def flags_of_use(tx: Connection, use: Use) -> tuple[str, ...]:
    """Say whether a number was called void by the counter to which it was leased."""
    ended = select(lease_ends.c.unused).where(lease_ends.c.series == use.series, lease_ends.c.day == use.day)
    for unused in tx.execute(ended).scalars():
        if any(first <= use.number.value <= last for first, last in json.loads(unused) or ()):
            return (VOID,)
    return ()


def record(tx: Connection, entry: Entry) -> None:
    """Note what an accepted entry called void; of two that say so of one range the first counts."""
    for each in voided_by(entry.body):
        known = select(lease_ends.c.entry).where(lease_ends.c.request_id == each.request_id)
        if tx.execute(known).first() is None and _may_call_void(tx, entry, each):
            told = {"request_id": each.request_id, "series": each.series, "day": each.day}
            tx.execute(insert(lease_ends).values(unused=json.dumps(each.unused), entry=entry.hash, **told))


def _may_call_void(tx: Connection, entry: Entry, voided: Voided) -> bool:
    """Whether a range was leased to the chain that calls it void; of one that we don't know nothing speaks against it."""
    leased = select(leases.c.chain, leases.c.series, leases.c.day)
    lease = tx.execute(leased.where(leases.c.request_id == voided.request_id)).one_or_none()
    return lease is None or tuple(lease) == (entry.chain, voided.series, voided.day)


def account(tx: Connection, device: Device, day: str) -> Iterator[DayRange]:
    """Yield what became of each range that this device was granted for a day, by series and first number."""
    ended = select(lease_ends.c.request_id, lease_ends.c.unused).subquery()
    mine = (leases.c.device == device.id) & (leases.c.day == day)
    found = select(leases, ended.c.unused).outerjoin(ended, ended.c.request_id == leases.c.request_id)
    for row in tx.execute(found.where(mine).order_by(leases.c.series, leases.c.first)).all():
        yield _account(tx, row)


def _account(tx: Connection, row: Row[tuple[object, ...]]) -> DayRange:
    whole: tuple[Span, ...] = ((row.first, row.last),)
    used, size = _used(tx, row.series, row.day, whole), row.last - row.first + 1
    void = apart = 0
    if row.unused is not None:
        told = json.loads(row.unused)
        called = whole if told is None else tuple((first, last) for first, last in told)
        void = sum(last - first + 1 for first, last in called) - _used(tx, row.series, row.day, called)
    elif chains.is_closed(tx, row.chain):
        apart = size - used
    return DayRange(row.request_id, row.chain, row.series, row.first, row.last, used, void, apart)


def _used(tx: Connection, series: str, day: str, spans: tuple[Span, ...]) -> int:
    if not spans:
        return 0
    inside = or_(*(number_uses.c.value.between(first, last) for first, last in spans))
    mine = (number_uses.c.series == series) & (number_uses.c.day == day)
    return int(tx.execute(select(func.count()).select_from(number_uses).where(mine, inside)).scalar_one())
