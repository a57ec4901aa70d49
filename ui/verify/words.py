"""How a signed file stands, in the window's words and colours."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.signed_paper import DocumentVerdict, SignatureVerdict, Standing
from ui.theme import Tone

translate = QCoreApplication.translate
TONES = {
    Standing.VALID: Tone.OK,
    Standing.CAUTION: Tone.WARN,
    Standing.INVALID: Tone.BAD,
    Standing.UNSIGNED: Tone.NEUTRAL,
}


def standing_of(verdict: DocumentVerdict, signature: SignatureVerdict) -> Standing:
    """How one signature stands."""
    if not signature.valid:
        return Standing.INVALID
    return Standing.CAUTION if verdict.is_odd(signature) else Standing.VALID


def badge(standing: Standing) -> str:
    """Return how one signature stands in a word or two."""
    return {
        Standing.VALID: translate("Verify", "Hợp lệ"),
        Standing.CAUTION: translate("Verify", "Hợp lệ, cần xem"),
        Standing.INVALID: translate("Verify", "KHÔNG hợp lệ"),
        Standing.UNSIGNED: translate("Verify", "Không có chữ ký"),
    }[standing]


def aloud(standing: Standing) -> str:
    """Return what a line's sign means, for whoever cannot see it."""
    return {
        Standing.VALID: translate("Verify", "đúng"),
        Standing.CAUTION: translate("Verify", "cần xem"),
        Standing.INVALID: translate("Verify", "sai"),
        Standing.UNSIGNED: translate("Verify", "để biết"),
    }[standing]
