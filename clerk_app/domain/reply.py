"""What the office answers instead of accepting: Mẫu 02 asks for what is missing, Mẫu 03 refuses.

NothingAsked · SupplementReasonMissing · SupplementAgain · RefusalReasonMissing · RefusalGroundMissing
RequestMissing · DossierRefused
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clerk_app.domain.acceptance import ProcedureNotChosen, check_applicant
from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import LaidPaper, PaperKind, PaperState
from clerk_app.domain.procedure import Procedure, missing_papers
from clerk_app.domain.reason import checked_reason
from clerk_app.errors import OfficeError


class NothingAsked(OfficeError):
    message = "Chưa có nội dung nào cần bổ sung."
    remedy = "Đánh dấu giấy tờ còn thiếu, hoặc ghi nội dung cần hoàn thiện."


class SupplementReasonMissing(OfficeError):
    message = "Chưa ghi lý do yêu cầu bổ sung."
    remedy = "Ghi ngắn gọn vì sao, ví dụ: hồ sơ chưa đủ thành phần theo quy định."


class SupplementAgain(OfficeError):
    """Asked more often than the setting allows by itself."""

    message = "Hồ sơ này đã được yêu cầu bổ sung {count} lần ở bước tiếp nhận."
    remedy = "Ghi lý do yêu cầu thêm lần nữa và tên lãnh đạo đã đồng ý; lần này được báo cáo."


class RefusalReasonMissing(OfficeError):
    message = "Chưa ghi lý do từ chối tiếp nhận."
    remedy = "Ghi rõ lý do để người dân hiểu và thực hiện."


class RefusalGroundMissing(OfficeError):
    message = "Chưa ghi căn cứ từ chối."
    remedy = "Ghi điều, khoản của văn bản quy định; chưa rõ thì hỏi lãnh đạo trước khi từ chối."


class RequestMissing(OfficeError):
    message = "Chưa ghi nội dung yêu cầu giải quyết."
    remedy = "Chọn thủ tục, hoặc ghi việc mà người dân đề nghị."


class DossierRefused(OfficeError):
    message = "Hồ sơ này đã bị từ chối tiếp nhận."
    remedy = "Người dân nộp lại thì tiếp nhận thành hồ sơ mới."


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """What Mẫu 02 asks for, each line as it is printed."""

    items: tuple[str, ...]
    reason: str
    again: str = ""  # why once more at this stage
    consent: str = ""  # the leader who agreed to that


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Mẫu 03 says. `request` is the procedure's title, or what the citizen wants in words."""

    request: str
    reason: str
    ground: str


Reply = SupplementRequest | Refusal


@dataclass(frozen=True, slots=True)
class Pen:
    """Ký tay: the paper is made for a pen, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One line of the checklist as Mẫu 02 may name it; `wanted`: it is missing or cannot be read."""

    key: str
    title: str  # of the line itself
    text: str  # as Mẫu 02 says it: with what may stand for it, how many, in which form
    wanted: bool


def papers_to_ask(
    procedure: Procedure, laid: Iterable[LaidPaper], applicant: Applicant | None = None
) -> tuple[AskedPaper, ...]:
    """Return every line of the checklist in words; what is missing or illegible is wanted."""
    found = {paper.key: paper for paper in laid}
    missing = {kind.key: kind for kind in missing_papers(procedure, found.values(), applicant)}
    return tuple(
        _asked(kind.title, missing.get(kind.key, kind), found.get(kind.key), kind.key in missing)
        for kind in procedure.papers
    )


def check_supplement(draft: Draft, procedure: Procedure | None, request: SupplementRequest) -> None:
    """Refuse a request that a citizen could not act upon."""
    if procedure is None:
        raise ProcedureNotChosen
    check_applicant(draft.applicant)
    if not any(item.strip() for item in request.items):
        raise NothingAsked
    if not checked_reason(request.reason):
        raise SupplementReasonMissing


def check_again(request: SupplementRequest, before: int, allowed: int) -> None:
    """Raise `SupplementAgain` when it was asked `before` times and nobody stands for one more.

    `allowed` 0: as often as one likes.
    """
    again = checked_reason(request.again)
    if allowed and before >= allowed and not (again and request.consent.strip()):
        raise SupplementAgain(count=before)


def check_refusal(draft: Draft, refusal: Refusal) -> None:
    """Refuse a refusal without a name, a request, a reason or a ground."""
    check_applicant(draft.applicant)
    if not refusal.request.strip():
        raise RequestMissing
    if not checked_reason(refusal.reason):
        raise RefusalReasonMissing
    if not checked_reason(refusal.ground):
        raise RefusalGroundMissing


def _asked(title: str, kind: PaperKind, laid: LaidPaper | None, missing: bool) -> AskedPaper:
    illegible = laid is not None and laid.state is PaperState.ILLEGIBLE
    if kind.show_only:
        words = f"{kind.title} (xuất trình để đối chiếu)"
    else:
        words = f"{kind.title} ({kind.count:02d} {kind.form.in_words})"
    if illegible:
        words += ": bản đã nộp mờ, không đọc được, nộp lại bản rõ"
    return AskedPaper(kind.key, title, words, missing or illegible)
