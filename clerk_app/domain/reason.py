"""A reason in an officer's own words: why a pen, why a correction, why a paper is missing or its scan is owed."""

from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError

LONGEST_REASON = 500  # letters; more is a report, and has no room on a slip


class ReasonTooLong(OfficeError):
    message = "Lý do dài {letters} chữ cái, chỉ ghi được {most}."
    remedy = "Ghi gọn lại; phần giải thích dài để ở văn bản khác."


def checked_reason(text: str) -> str:
    """Return the reason without spaces around it, empty when there is none; raises `ReasonTooLong`."""
    reason = nfc(text.strip())
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong(letters=len(reason), most=LONGEST_REASON)
    return reason
