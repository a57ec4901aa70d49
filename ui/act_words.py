"""The acts on a dossier in the counter's words: entry kinds, statuses, how far central knows."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Dossier, GoneBy, SendState, Status
from clerk_app.domain.kinds import TITLES
from ui.language import told
from ui.theme import Tone

translate = QCoreApplication.translate


def act(kind: str) -> str:
    """Return what an entry kind is called at the counter; a kind of a newer version stays as it is."""
    return told(TITLES[kind]) if kind in TITLES else kind


def short_code(dossier: Dossier) -> str:
    """Return the code; of a dossier that is not accepted the number of its paper, without the agency."""
    if dossier.status.is_accepted:
        return dossier.code
    mark, _, rest = dossier.code.partition("-")
    return f"{mark}-{rest.partition('-')[2] or rest}"


def owner(dossier: Dossier) -> str:
    """Return whose dossier it is; of one whose content is gone, why nobody is named."""
    if dossier.gone is None:
        return dossier.applicant.owner.name
    if dossier.gone.by is GoneBy.AGE:
        return translate("Acts", "Hồ sơ đã chuyển lưu trữ")
    return translate("Acts", "Đã xóa theo {ground}").format(ground=dossier.gone.ground)


def codes(dossier: Dossier) -> str:
    """Return the code as it is printed on the slip, and the one that was given later beside it."""
    return " · ".join(each for each in (dossier.code, dossier.legal_code) if each)


def status(dossier: Dossier) -> tuple[str, Tone]:
    """Return where a dossier stands: words and tone."""
    if dossier.status is not Status.SLIP_ISSUED:
        return state(dossier.status)
    slips = (document for document in dossier.documents if document.kind is DocumentKind.SLIP)
    valid = [slip for slip in slips if slip.valid]
    if any(document.print_unfinished for document in valid):
        return translate("Acts", "Chưa rõ đã in"), Tone.WARN
    if any(document.sent_back for document in valid):
        return translate("Acts", "Bị trả lại"), Tone.WARN
    if any(document.by_pen for document in valid):
        return translate("Acts", "Giấy hẹn ký tay"), Tone.OK
    return state(dossier.status)


def state(status: Status) -> tuple[str, Tone]:
    """Return what the one word shared with central is called at the counter, with its tone."""
    return {
        Status.SUPPLEMENT_ASKED: (translate("Acts", "Chờ bổ sung"), Tone.WARN),
        Status.REFUSED: (translate("Acts", "Từ chối tiếp nhận"), Tone.NEUTRAL),
        Status.RECEIVED: (translate("Acts", "Chưa ký giấy hẹn"), Tone.WARN),
        Status.SLIP_ISSUED: (translate("Acts", "Đã cấp giấy hẹn"), Tone.OK),
        Status.RETURNED: (translate("Acts", "Đã trả kết quả"), Tone.OK),
    }[status]


def document(kind: DocumentKind) -> str:
    """Return what a kind of document is called at the counter."""
    return {
        DocumentKind.SLIP: translate("Acts", "Giấy hẹn"),
        DocumentKind.SUPPLEMENT: translate("Acts", "Phiếu yêu cầu bổ sung"),
        DocumentKind.REFUSAL: translate("Acts", "Phiếu từ chối"),
        DocumentKind.CODE_NOTICE: translate("Acts", "Thông báo mã hồ sơ"),
    }[kind]


def sending(state: SendState) -> tuple[str, Tone]:
    """Return how far central knows of a dossier: words and tone."""
    return {
        SendState.SENT: (translate("Acts", "Đã gửi"), Tone.OK),
        SendState.WAITING: (translate("Acts", "Chờ gửi"), Tone.INFO),
        SendState.HELD: (translate("Acts", "Chờ thành phố"), Tone.INFO),
        SendState.PARKED: (translate("Acts", "Gửi lỗi"), Tone.BAD),
    }[state]
