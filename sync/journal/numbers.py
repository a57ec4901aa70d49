"""Numbers: ranges leased for one day, and which of them are used. A number is used once, ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from sync.contract.messages import Lease, LeaseRequest, Signed
from sync.journal.schema import leases, number_uses

_NO_DAY = ""  # of provisional numbers, whose series says the day


@dataclass(frozen=True, slots=True)
class Use:
    """A number and the entry that used it."""

    series: str
    day: str
    value: int
    entry: str


def take(tx: Connection, series: str, day: date, chain: str) -> int | None:
    """Use the lowest free number leased to this chain for that day; None when there is none left.

    The entry added next in this transaction must name it in its `number`, else the act is not kept.
    """
    free = _free(tx, series, day, chain)
    if not free:
        return None
    _use(tx, series, day.isoformat(), free[0], chain)
    return free[0]


def provisional(tx: Connection, series: str, chain: str) -> int:
    """Use the next number of a provisional series, from 1; there is always one."""
    value = upcoming(tx, series)
    _use(tx, series, _NO_DAY, value, chain)
    return value


def upcoming(tx: Connection, series: str) -> int:
    """Return the number that a provisional series gives next, without using it."""
    used = select(func.max(number_uses.c.value))
    used = used.where(number_uses.c.series == series, number_uses.c.day == _NO_DAY)
    return (tx.execute(used).scalar() or 0) + 1


def left(tx: Connection, series: str, day: date, chain: str) -> int:
    """Return how many numbers this chain may still take on that day."""
    return len(_free(tx, series, day, chain))


def bind(tx: Connection, series: str, value: int, entry: str) -> bool:
    """Write the entry beside the number taken for it; return whether one was. For the rooms of this folder."""
    taken = update(number_uses).where(
        number_uses.c.series == series, number_uses.c.value == value, number_uses.c.entry.is_(None)
    )
    return tx.execute(taken.values(entry=entry)).rowcount == 1


def unbound(tx: Connection) -> int:
    """Return how many numbers were taken and named by no entry; more than none is a bug of the act."""
    found = select(func.count()).select_from(number_uses).where(number_uses.c.entry.is_(None))
    return tx.execute(found).scalar_one()


def use_of(tx: Connection, entry: str) -> Use | None:
    """Return the number that an entry of ours used, or None."""
    row = tx.execute(select(number_uses).where(number_uses.c.entry == entry)).one_or_none()
    return None if row is None else Use(row.series, row.day, row.value, row.entry)


def ask(tx: Connection, request: LeaseRequest) -> None:
    """Persist a request before it is sent, so that a lost answer burns no range."""
    row = {
        "request_id": request.request_id,
        "chain": request.chain,
        "series": request.series,
        "day": request.day,
        "wanted": request.count,
        "state": "asked",
    }
    tx.execute(insert_new(leases).values(row).on_conflict_do_nothing())


def asked(tx: Connection, chain: str) -> Sequence[LeaseRequest]:
    """Return the requests of this chain that have no answer yet; they are asked again with the same id."""
    rows = tx.execute(_leases(chain, "asked"))
    return [LeaseRequest(r.request_id, r.chain, r.series, r.day, r.wanted) for r in rows]


def hold(tx: Connection, lease: Lease, signed: Signed) -> bool:
    """Keep a granted range; False when it answers no open request of ours. The caller has verified the signature."""
    ours = update(leases).where(
        leases.c.request_id == lease.request_id,
        leases.c.chain == lease.chain,
        leases.c.series == lease.series,
        leases.c.day == lease.day,
        leases.c.state == "asked",
    )
    told = {"first": lease.first, "last": lease.last, "grant": signed.data, "signature": signed.sig}
    return tx.execute(ours.values(state="held", **told)).rowcount == 1


def void(tx: Connection, request_id: str) -> None:
    """Give a request or a range up; its free numbers are not taken any more."""
    tx.execute(update(leases).where(leases.c.request_id == request_id).values(state="void"))


def held(tx: Connection, chain: str) -> Sequence[tuple[Lease, Signed]]:
    """Return the ranges that this chain holds, with central's signature."""
    return [(_lease(row), Signed(row.grant, row.signature)) for row in tx.execute(_leases(chain, "held"))]


def _free(tx: Connection, series: str, day: date, chain: str) -> list[int]:
    of_day = (leases.c.series == series, leases.c.day == day.isoformat())
    ranges = tx.execute(_leases(chain, "held").where(*of_day)).all()
    if not ranges:
        return []
    used = select(number_uses.c.value)
    used = used.where(number_uses.c.series == series, number_uses.c.day == day.isoformat())
    taken = set(tx.execute(used).scalars())
    return sorted({value for row in ranges for value in range(row.first, row.last + 1)} - taken)


def _use(tx: Connection, series: str, day: str, value: int, chain: str) -> None:
    tx.execute(insert(number_uses).values(series=series, day=day, value=value, chain=chain))


def _leases(chain: str, state: str) -> Select[Any]:
    found = select(leases).where(leases.c.chain == chain, leases.c.state == state)
    return found.order_by(leases.c.day, leases.c.series, leases.c.first)


def _lease(row: Row[Any]) -> Lease:
    return Lease(row.request_id, row.chain, row.series, row.day, row.first, row.last, "")
