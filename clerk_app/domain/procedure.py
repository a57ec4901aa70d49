"""A procedure: what a citizen may ask for, what must be laid on the counter, how long it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from clerk_app.domain.paper import LaidPaper, PaperKind, PaperState


class TimeUnit(StrEnum):
    """What a time limit is counted in."""

    SAME_DAY = "same_day"  # ngay trong ngày làm việc
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"


_UNIT_WORDS = {
    TimeUnit.WORKING_HOURS: "giờ làm việc",
    TimeUnit.WORKING_DAYS: "ngày làm việc",
    TimeUnit.DAYS: "ngày",
}


class ReturnMode(StrEnum):
    """How a visit ends by default (cách trả)."""

    AT_ONCE = "at_once"  # trả ngay
    BY_APPOINTMENT = "by_appointment"  # hẹn trả


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A legal time limit and the hour after which it starts on the next working day."""

    amount: int
    unit: TimeUnit
    cut_off: time | None = None  # e.g. 15:00 for same-day civil status acts
    note: str = ""  # what may lengthen it, in words
    source: str = ""
    confirmed: bool = False

    @property
    def in_words(self) -> str:
        """As printed after "Thời gian giải quyết hồ sơ theo quy định là:", e.g. "07 ngày làm việc"."""
        if self.unit is TimeUnit.SAME_DAY:
            return "trong ngày làm việc"
        return f"{self.amount:02d} {_UNIT_WORDS[self.unit]}"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee line. Money is integer đồng; `amount` None means set by the province, ask."""

    title: str
    amount: int | None
    per: str = ""  # "bản", "trang", "hồ sơ"
    note: str = ""
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of one procedure of the catalogue; a dossier pins the version it was received under."""

    code: str  # e.g. "1.001193"
    version: str  # e.g. "2026-07-01"
    title: str
    field: str  # lĩnh vực
    time_limit: TimeLimit
    papers: tuple[PaperKind, ...]
    fees: tuple[Fee, ...] = ()
    return_mode: ReturnMode = ReturnMode.BY_APPOINTMENT
    online_only: bool = False  # chi_nhan_truc_tuyen
    outside_system: str = ""  # where the dossier is resolved, if elsewhere
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    confirmed: bool = False


def missing_papers(procedure: Procedure, laid: Iterable[LaidPaper]) -> tuple[PaperKind, ...]:
    """Return what the citizen still has to bring, in the order of the checklist.

    Only the paper counts, never its scan: a dead scanner stops no acceptance. A conditional line counts once
    it has been laid, since laying it says that its condition holds. "Không phải nộp" needs a reason.
    """
    found = {paper.key: paper for paper in laid}
    return tuple(
        kind for kind in procedure.papers if kind.required and _is_missing(kind, found.get(kind.key))
    )


def _is_missing(kind: PaperKind, paper: LaidPaper | None) -> bool:
    if paper is None:
        return not kind.condition
    if paper.state is PaperState.NOT_NEEDED:
        return not paper.reason.strip()
    return paper.state in (PaperState.MISSING, PaperState.ILLEGIBLE)
