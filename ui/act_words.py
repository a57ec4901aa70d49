"""The acts on a dossier in the counter's words: entry kinds, statuses, how far central knows."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.dossier import Dossier, SendState, Status
from ui.theme import Tone

translate = QCoreApplication.translate


def act(kind: str) -> str:
    """Return what an entry kind is called at the counter; a kind of a newer version stays as it is."""
    words = {
        "received": translate("Acts", "Tiếp nhận hồ sơ"),
        "slip_signed": translate("Acts", "Cán bộ ký giấy hẹn"),
        "slip_for_pen": translate("Acts", "Lập giấy hẹn để ký tay"),
        "slip_approved": translate("Acts", "Lãnh đạo ký giấy hẹn"),
        "slip_sealed": translate("Acts", "Ký số cơ quan"),
        "print_started": translate("Acts", "Bắt đầu in giấy hẹn"),
        "print_ended": translate("Acts", "In xong giấy hẹn"),
        "print_unknown": translate("Acts", "Chưa rõ đã in xong hay chưa"),
        "corrected": translate("Acts", "Cấp lại do sai sót"),
        "chain_opened": translate("Acts", "Mở sổ ghi việc của quầy"),
    }
    return words.get(kind, kind)


def status(dossier: Dossier) -> tuple[str, Tone]:
    """Return where a dossier stands: words and tone."""
    if dossier.status is Status.RECEIVED:
        return translate("Acts", "Chưa ký giấy hẹn"), Tone.WARN
    valid = [document for document in dossier.documents if document.valid]
    if any(document.print_unfinished for document in valid):
        return translate("Acts", "Chưa rõ đã in"), Tone.WARN
    if any(document.by_pen for document in valid):
        return translate("Acts", "Giấy hẹn ký tay"), Tone.OK
    return translate("Acts", "Đã cấp giấy hẹn"), Tone.OK


def sending(state: SendState) -> tuple[str, Tone]:
    """Return how far central knows of a dossier: words and tone."""
    return {
        SendState.SENT: (translate("Acts", "Đã gửi"), Tone.OK),
        SendState.WAITING: (translate("Acts", "Chờ gửi"), Tone.INFO),
        SendState.PARKED: (translate("Acts", "Gửi lỗi"), Tone.BAD),
    }[state]
