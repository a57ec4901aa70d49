"""A procedure: what a citizen may ask for, what must be laid on the counter, how long it takes."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from clerk_app.domain.paper import PaperKind


class TimeUnit(StrEnum):
    """What a time limit is counted in."""

    SAME_DAY = "same_day"  # ngay trong ngày làm việc
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"


class ReturnWay(StrEnum):
    """How a visit ends by default (cach_tra)."""

    AT_ONCE = "at_once"  # trả ngay
    BY_APPOINTMENT = "by_appointment"  # hẹn trả


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A legal time limit and the hour after which it starts on the next working day."""

    amount: int
    unit: TimeUnit
    cut_off: time | None = None  # e.g. 15:00 for same-day civil status acts


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee line. Money is integer đồng; `amount` None means set by the province, ask."""

    title: str
    amount: int | None
    per: str = ""  # "bản", "trang", "hồ sơ"
    note: str = ""


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
    return_way: ReturnWay = ReturnWay.BY_APPOINTMENT
    online_only: bool = False  # chi_nhan_truc_tuyen
    outside_system: str = ""  # where the dossier is resolved, if elsewhere
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    confirmed: bool = False
