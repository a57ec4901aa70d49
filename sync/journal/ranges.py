"""Ranges of a day and what became of them: each number is used, void, set apart with a chain that ended, or still free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, func, select, update

from sync.body import Span, Voided
from sync.journal.entries import FINAL
from sync.journal.schema import deliveries, leases, number_uses

_ASKED, _HELD, _OVER, _VOID = "asked", "held", "over", "void"


@dataclass(frozen=True, slots=True)
class Range:
    """A range as this journal knows it; `first` None: asked for, and the answer never came."""

    request_id: str
    chain: str
    series: str
    day: str
    first: int | None
    last: int | None
    state: (
        str  # asked | held | over (its day is, and an entry says what is void) | void (its chain has ended)
    )
    used: tuple[int, ...] = ()
    settled: int = 0  # how many of these by entries that central has taken

    @property
    def size(self) -> int:
        return 0 if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def unused(self) -> int:
        return self.size - len(self.used)

    @property
    def void(self) -> int:
        """How many are void: nobody took them on their day, and an entry says so."""
        return self.unused if self.state == _OVER else 0

    @property
    def is_apart(self) -> bool:
        """Whether its chain ended before its day was told: an older life of this journal may have used it."""
        return self.state == _VOID

    @property
    def apart(self) -> int:
        """How many are set apart: nobody uses them any more."""
        return self.unused if self.is_apart else 0

    @property
    def free(self) -> int:
        """How many may still be taken, or are to be called void."""
        return self.unused if self.state == _HELD else 0


def of_day(tx: Connection, series: str, day: date) -> tuple[Range, ...]:
    """Return the ranges of a series and day that any of our chains asked for, by their first number."""
    mine = (leases.c.series == series) & (leases.c.day == day.isoformat())
    rows = tx.execute(select(leases).where(mine).order_by(leases.c.first, leases.c.request_id)).all()
    return tuple(_range(tx, row) for row in rows)


def to_void(tx: Connection, chain: str, before: date) -> tuple[Voided, ...]:
    """Return what a chain has to call void of the ranges of earlier days, also of those whose answer never came."""
    past = (
        (leases.c.chain == chain) & (leases.c.day < before.isoformat()) & leases.c.state.in_((_ASKED, _HELD))
    )
    rows = tx.execute(select(leases).where(past).order_by(leases.c.day, leases.c.request_id)).all()
    return tuple(_voided(_range(tx, row)) for row in rows)


def end(tx: Connection, chain: str, voided: Iterable[Voided]) -> bool:
    """Let no number of these ranges be taken any more; False unless each is the chain's. For the rooms of this folder."""
    for each in voided:
        mine = (leases.c.request_id == each.request_id) & (leases.c.chain == chain)
        open_ones = update(leases).where(mine, leases.c.state.in_((_ASKED, _HELD)))
        if tx.execute(open_ones.values(state=_OVER)).rowcount != 1:
            return False
    return True


def _range(tx: Connection, row: Row[tuple[object, ...]]) -> Range:
    told = {
        name: getattr(row, name)
        for name in ("request_id", "chain", "series", "day", "first", "last", "state")
    }
    if row.first is None:
        return Range(**told)
    inside = (
        number_uses.c.series == row.series,
        number_uses.c.day == row.day,
        number_uses.c.value.between(row.first, row.last),
    )
    used = tx.execute(select(number_uses.c.value).where(*inside).order_by(number_uses.c.value)).scalars()
    taken = select(func.count()).select_from(
        number_uses.join(deliveries, deliveries.c.entry == number_uses.c.entry)
    )
    settled = tx.execute(taken.where(*inside, deliveries.c.verdict.in_(FINAL))).scalar_one()
    return Range(**told, used=tuple(used), settled=settled)


def _voided(each: Range) -> Voided:
    unused = None if each.first is None or each.last is None else spans(each.first, each.last, each.used)
    return Voided(each.request_id, each.series, each.day, unused)


def spans(first: int, last: int, but: Sequence[int]) -> tuple[Span, ...]:
    """Return the stretches of a range that hold none of these numbers (ascending), both ends included."""
    found: list[Span] = []
    for value in (*but, last + 1):
        if first < value:
            found.append((first, value - 1))
        first = value + 1
    return tuple(found)
