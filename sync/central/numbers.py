"""Numbers that entries use: each once, and out of a range that was leased to the chain for that day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, literal, select

from sync.body import Number, read_body
from sync.central.accounts import DEVICE_ROLE
from sync.central.schema import author_keys, leases, number_uses
from sync.clock import office_day
from sync.contract.messages import HUB_ROLE
from sync.entry import Entry
from sync.errors import EntryMalformed
from sync.plain_json import MAX_INTEGER


@dataclass(frozen=True, slots=True)
class Use:
    """A number in the hands of one entry; a series that central never leased is counted by each chain for itself."""

    series: str
    day: str
    number: Number
    leased: bool


def use_of(tx: Connection, entry: Entry) -> Use | None:
    """Return the number that an entry uses, if it uses one that can be read."""
    try:
        number = read_body(entry.body or b"{}").number
    except EntryMalformed:
        return None
    if number is None:
        return None
    known = select(leases.c.request_id).where(leases.c.series == number.series).limit(1)
    leased = tx.execute(known).first() is not None
    series = number.series if leased else f"{number.series}@{entry.chain}"
    return Use(series, day_of(entry.occurred_at), number, leased)


def flags_of(tx: Connection, use: Use, entry: Entry, *, all_shown: bool = True) -> tuple[str, ...]:
    """Say what is wrong with a use: the number or its code is in another entry, or nobody leased it to this chain.

    What was leased to a hub is given on by the hub, which says so if it was not.

    As long as a restored server does not know all leases (`all_shown`), it says nothing of the latter.
    """
    same = (number_uses.c.series == use.series) & (number_uses.c.day == use.day)
    taken = (same & (number_uses.c.value == use.number.value)) | (number_uses.c.code == use.number.code)
    second = tx.execute(select(number_uses.c.entry).where(taken, number_uses.c.entry != entry.hash)).first()
    flags = () if second is None else ("number_used_twice",)
    inside = not use.leased or not all_shown or _within(tx, use, entry.chain)
    return flags if inside else (*flags, "number_outside_lease")


def record(tx: Connection, use: Use, entry: Entry) -> None:
    """Note the first use of a number; a second one stands in its entry and its alarm only."""
    place = {"series": use.series, "day": use.day, "value": use.number.value}
    mine = [number_uses.c[name] == value for name, value in place.items()]
    if tx.execute(select(number_uses.c.entry).where(*mine)).first() is None:
        tx.execute(insert(number_uses).values(code=use.number.code, entry=entry.hash, **place))


def highest(tx: Connection, series: str, day: str) -> int:
    """Return the highest number of a series that an entry uses on a day, 0 for none.

    Also where its lease was not known when the entry came: a restored server hears of numbers before their ranges.
    """
    return highest_within(tx, series, day, 1, MAX_INTEGER)


def highest_within(tx: Connection, series: str, day: str, first: int, last: int) -> int:
    """Return the highest number of a range that an entry uses on a day, 0 for none; also where its lease was not known."""
    by_chain = func.substr(number_uses.c.series, 1, len(series) + 1) == f"{series}@"
    used = select(func.max(number_uses.c.value)).where(
        (number_uses.c.series == series) | by_chain,
        number_uses.c.day == day,
        number_uses.c.value.between(first, last),
    )
    return int(tx.execute(used).scalar() or 0)


def day_of(moment: datetime) -> str:
    """Return the office's day of a moment, YYYY-MM-DD."""
    return office_day(moment).isoformat()


def _within(tx: Connection, use: Use, chain: str) -> bool:
    by_hub = (
        select(author_keys.c.author)
        .where(
            author_keys.c.author == literal(f"{DEVICE_ROLE}:").concat(leases.c.device),
            author_keys.c.unit == leases.c.unit,
            author_keys.c.roles.contains(f'"{HUB_ROLE}"'),
        )
        .exists()
    )
    held = select(leases.c.request_id).where(
        leases.c.series == use.series,
        (leases.c.chain == chain) | by_hub,
        leases.c.day == use.day,
        leases.c.first <= use.number.value,
        leases.c.last >= use.number.value,
    )
    return tx.execute(held).first() is not None
