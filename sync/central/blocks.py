"""A hub's stock of numbers: ranges that the system above leased to it, out of which it leases to its counters."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from sync.central import new_life, numbers
from sync.central.refusal import Refusal
from sync.central.schema import hub_blocks as blocks
from sync.contract.messages import Lease, LeaseRequest, Signed

_TIMES = 4  # a block is so many times what a counter asks for
_MOST = 1000  # numbers in one range
OUT_OF_NUMBERS = "out_of_numbers"


def count_on(tx: Connection, wish: LeaseRequest) -> int:
    """Give the next numbers of a block to a counter, and return the last; ask for more before the stock ends.

    Raises `Refusal` 409 when no block has as many.
    """
    if new_life.restored_at(tx) is not None:
        _skip_used(tx, wish)
    fitting = select(blocks).where(
        _of(wish.series, wish.day), blocks.c.last - blocks.c.next + 1 >= wish.count
    )
    block = tx.execute(fitting.order_by(blocks.c.first).limit(1)).one_or_none()
    if block is None:
        raise Refusal(409, OUT_OF_NUMBERS)
    after = block.next + wish.count
    tx.execute(update(blocks).where(blocks.c.request_id == block.request_id).values(next=after))
    left = select(func.max(blocks.c.last - blocks.c.next + 1)).where(_of(wish.series, wish.day))
    if int(tx.execute(left).scalar() or 0) < wish.count:
        want(tx, wish)
    return int(after) - 1


def count_to(tx: Connection, lease: Lease) -> None:
    """Know that a counter holds a range of which a restored hub has forgotten; it is not given again."""
    inside = (blocks.c.first <= lease.last) & (blocks.c.last >= lease.last) & (blocks.c.next <= lease.last)
    tx.execute(update(blocks).where(_of(lease.series, lease.day), inside).values(next=lease.last + 1))


def want(tx: Connection, wish: LeaseRequest) -> None:
    """Note that numbers of a series and day are wanted here; asked for once until they come."""
    mine = (blocks.c.series == wish.series) & (blocks.c.day == wish.day) & (blocks.c.state == "asked")
    if tx.execute(select(blocks.c.request_id).where(mine)).first() is None:
        wanted = min(_MOST, wish.count * _TIMES)
        row = {"request_id": str(uuid.uuid4()), "series": wish.series, "day": wish.day, "wanted": wanted}
        tx.execute(insert(blocks).values(state="asked", **row))


def forget_before(tx: Connection, day: str) -> None:
    """Give up what was wanted for days that are over."""
    tx.execute(update(blocks).where(blocks.c.state == "asked", blocks.c.day < day).values(state="void"))


def asked(tx: Connection, chain: str) -> Sequence[LeaseRequest]:
    """Return what has no answer yet, the nearest day first; it is asked again with the same id."""
    rows = tx.execute(select(blocks).where(blocks.c.state == "asked").order_by(blocks.c.day))
    return [LeaseRequest(row.request_id, chain, row.series, row.day, int(row.wanted)) for row in rows]


def hold(tx: Connection, lease: Lease, signed: Signed) -> None:
    """Keep a range that was leased to us; the caller has verified the signature."""
    told = {
        "first": lease.first,
        "last": lease.last,
        "next": lease.first,
        "data": signed.data,
        "sig": signed.sig,
    }
    mine = (blocks.c.request_id == lease.request_id) & (blocks.c.state == "asked")
    tx.execute(update(blocks).where(mine).values(state="held", **told))


def void(tx: Connection, request_id: str) -> None:
    """Give a wish up."""
    tx.execute(update(blocks).where(blocks.c.request_id == request_id).values(state="void"))


def held(tx: Connection) -> tuple[Signed, ...]:
    """Return every range that was ever leased to us, as it was signed."""
    rows = tx.execute(select(blocks.c.data, blocks.c.sig).where(blocks.c.data.is_not(None)))
    return tuple(Signed(row.data, row.sig) for row in rows)


def _skip_used(tx: Connection, wish: LeaseRequest) -> None:
    """After a restore: numbers may be on paper whose ranges nobody has shown."""
    for block in tx.execute(select(blocks).where(_of(wish.series, wish.day))).all():
        used = numbers.highest_within(tx, wish.series, wish.day, block.first, block.last)
        if used >= block.next:
            mine = blocks.c.request_id == block.request_id
            tx.execute(update(blocks).where(mine).values(next=used + 1))


def _of(series: str, day: str) -> ColumnElement[bool]:
    return (blocks.c.series == series) & (blocks.c.day == day) & (blocks.c.state == "held")
