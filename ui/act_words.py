"""The acts on a dossier in the counter's words: entry kinds, statuses, how far central knows."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.dossier import Dossier, SendState, Status
from clerk_app.domain.kinds import TITLES
from ui.language import told
from ui.theme import Tone

translate = QCoreApplication.translate


def act(kind: str) -> str:
    """Return what an entry kind is called at the counter; a kind of a newer version stays as it is."""
    return told(TITLES[kind]) if kind in TITLES else kind


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
