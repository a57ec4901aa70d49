"""A procedure: what a citizen may ask for, what must be laid on the counter, how long it takes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from clerk_app.domain.applicant import Applicant, PersonKind, Relation
from clerk_app.domain.paper import KnownBy, LaidPaper, PaperKind, PaperState


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


class FeeChannel(StrEnum):
    """By which way of handing in a fee line is meant."""

    ANY = "any"
    COUNTER = "counter"  # nộp trực tiếp
    ONLINE = "online"  # nộp trực tuyến


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who does not pay a fee, and where that is written."""

    title: str  # "Người thuộc hộ nghèo"
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee line. Money is integer đồng; `amount` None means set by the province, ask."""

    title: str
    amount: int | None
    per: str = ""  # "bản", "trang", "hồ sơ"
    note: str = ""
    source: str = ""
    confirmed: bool = False
    condition: str = ""  # when this line applies, in words: "Đăng ký quá hạn"; empty: always
    channel: FeeChannel = FeeChannel.ANY
    exemptions: tuple[Exemption, ...] = ()


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
    keywords: tuple[str, ...] = ()  # how people call it: "nhập hộ khẩu"


def applies(kind: PaperKind, laid: LaidPaper | None, applicant: Applicant | None = None) -> bool:
    """Return whether a line of the checklist belongs to this dossier.

    What the office can see for itself follows the people; a condition that is asked holds once its line is laid.
    """
    if not kind.condition or laid is not None:
        return True
    return applicant is not None and _is_seen(kind.known_by, applicant)


def missing_papers(
    procedure: Procedure, laid: Iterable[LaidPaper], applicant: Applicant | None = None
) -> tuple[PaperKind, ...]:
    """Return what the citizen still has to bring, in the order of the checklist.

    Only the paper counts, never its scan: a dead scanner stops no acceptance. "Không phải nộp" needs a reason.
    Of papers that stand for each other the first is returned, under all their titles.
    """
    found = {paper.key: paper for paper in laid}
    asked = tuple(kind for kind in procedure.papers if applies(kind, found.get(kind.key), applicant))
    missing = []
    for kind in asked:
        others = tuple(each for each in asked if kind.one_of and each.one_of == kind.one_of)
        if any(not _is_missing(found.get(each.key)) for each in others or (kind,)):
            continue
        if kind.required and (not others or kind is others[0]):
            titles = dict.fromkeys(each.title for each in others or (kind,))
            missing.append(replace(kind, title=" hoặc ".join(titles)))
    return tuple(missing)


def _is_seen(known_by: KnownBy, applicant: Applicant) -> bool:
    match known_by:
        case KnownBy.AUTHORISED:
            return applicant.relation is Relation.AUTHORISED
        case KnownBy.ON_BEHALF:
            return applicant.relation in (Relation.PARENT, Relation.GUARDIAN)
        case KnownBy.ORGANISATION:
            return applicant.owner.kind is PersonKind.ORGANISATION
        case KnownBy.FOREIGNER:
            return applicant.owner.kind is PersonKind.FOREIGNER
    return False


def _is_missing(paper: LaidPaper | None) -> bool:
    if paper is None:
        return True
    if paper.state is PaperState.NOT_NEEDED:
        return not paper.reason.strip()
    return paper.state in (PaperState.MISSING, PaperState.ILLEGIBLE)
