"""Đối chiếu cuối ngày: whether the numbers, papers, register and central record of a day agree, line by line."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clerk_app.errors import Notice


class Agreement(StrEnum):
    """How a line stands, the worst last."""

    AGREES = "agrees"
    OPEN = "open"  # something is still to be done
    DIFFERS = "differs"  # two books say different things of the same


_WORST_LAST = tuple(Agreement)


@dataclass(frozen=True, slots=True)
class DayFinding:
    """One thing that is open or differs."""

    agreement: Agreement
    what: str  # Vietnamese sentence
    next_step: str  # Vietnamese sentence
    owner: str = ""  # who has to act; "": it goes by itself


@dataclass(frozen=True, slots=True)
class DayLine:
    """One dossier of the day. Without a dossier: what concerns the counter as a whole."""

    dossier: str = ""  # id
    code: str = ""
    person: str = ""
    findings: tuple[DayFinding, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """The worst of its findings."""
        return max(
            (each.agreement for each in self.findings), key=_WORST_LAST.index, default=Agreement.AGREES
        )


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The books of one day in figures. `at_central`: None when central was not asked."""

    numbers: int = 0  # codes of the leased series that were used
    provisional: int = 0  # TAM-…
    codes_given: int = 0  # codes of the leased series that were given to what had a provisional number
    leased: int = 0  # for this day; each of these is one of the four that follow
    taken: int = 0  # used by an entry
    void: int = 0  # nobody took them, and an entry says so
    apart: int = 0  # leased to an older life of this counter, which may have used them
    unused: int = 0  # still free, or not called void yet
    leased_at_central: tuple[int, int, int, int] | None = (
        None  # there: all, used, void, apart; None: not asked
    )
    received: int = 0  # acts of acceptance
    in_register: int = 0  # of those, in the register under the same code and entry
    slips_signed: int = 0  # of those, with a slip that an officer signed by token
    slips_by_pen: int = 0
    returned_at_once: int = 0  # of those, without a slip because the result was given
    without_slip: int = 0
    numbers_at_central: int | None = None  # numbers known there as used by the same entry
    supplements: int = 0  # Mẫu 02 issued
    refusals: int = 0  # Mẫu 03 issued
    replaced: int = 0  # slips that no longer count
    prints: int = 0  # copies that came out
    reprints: int = 0  # of those, beyond the first of a paper
    prints_unknown: int = 0  # nobody knows whether they came out, or they did not
    extended: int = 0  # times somebody was given further days without a sign-in
    entries: int = 0  # of this counter's journal
    at_central: int | None = None

    @property
    def used(self) -> int:
        """Numbers that were given out, of either kind."""
        return self.numbers + self.provisional

    @property
    def with_paper(self) -> int:
        """Acceptances for which the citizen has a slip, or the result itself."""
        return self.slips_signed + self.slips_by_pen + self.returned_at_once


@dataclass(frozen=True, slots=True)
class DayReport:
    """What was found. `asked_at`: UTC, by central's clock; None: not asked, and `not_asked` says why."""

    day: date
    counts: DayCounts
    lines: tuple[DayLine, ...]  # the worst first, then by code
    asked_at: datetime | None = None
    not_asked: Notice | None = None

    @property
    def agrees(self) -> bool:
        """Whether central was asked and no line is open or differs."""
        return self.asked_at is not None and all(each.agreement is Agreement.AGREES for each in self.lines)

    def count(self, agreement: Agreement) -> int:
        """Return how many lines stand so."""
        return sum(each.agreement is agreement for each in self.lines)


def in_order(lines: list[DayLine]) -> tuple[DayLine, ...]:
    """Return lines as they are shown: what differs, what is open, what agrees; by code, the counter's own first."""
    return tuple(sorted(lines, key=lambda each: (-_WORST_LAST.index(each.agreement), each.code)))
