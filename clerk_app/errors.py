"""How this application says that something went wrong.

What fits `Notice` is news for the clerk: what happened, and what to do next.
Any other exception is a bug, and belongs to us. `signing` and `sync` have
root errors of their own that fit it without importing it.
"""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Notice(Protocol):
    """News for the clerk: a sentence, what to do next, and the facts that fill both."""

    message: str  # a Vietnamese template, e.g. "Còn thiếu: {papers}."
    remedy: str
    facts: dict[str, object]


class Said(str):
    """A Vietnamese sentence that remembers how it was put together, to be told in another language."""

    __slots__ = ("facts", "template")
    template: str
    facts: dict[str, object]


def say(template: str, **facts: object) -> Said:
    """Return a sentence with its gaps filled; `template` stands in the catalogue."""
    said = Said(template.format(**facts))
    said.template, said.facts = template, facts
    return said


def in_a_row(*sentences: str) -> Said:
    """Return sentences one after the other; in another language each is told by itself."""
    gaps = {f"part{number}": sentence for number, sentence in enumerate(sentences)}
    return say(" ".join(f"{{{gap}}}" for gap in gaps), **gaps)


class OfficeError(Exception):
    """Something the clerk can understand and act upon."""

    message = "Có lỗi xảy ra."
    remedy = "Thử lại. Nếu còn lỗi, gọi người quản trị."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))


class UnreadableFile(OfficeError):
    """A file that is not what it should be: nothing was done with it."""


class NoToken(OfficeError):
    message = "Không thấy thẻ ký số của {owner}."
    remedy = "Cắm thẻ rồi thử lại, hoặc chọn Ký tay để in giấy hẹn ký bằng bút."


class PinWrong(OfficeError):
    message = "Mã PIN chưa đúng."
    remedy = "Nhập lại mã PIN. Thẻ tự khóa sau nhiều lần sai; hoặc chọn Ký tay."


class PinLocked(OfficeError):
    message = "Thẻ ký số đã bị khóa vì nhập sai mã PIN nhiều lần."
    remedy = "Chọn Ký tay để trả giấy hẹn ngay; nhờ người quản trị mở khóa thẻ."


class CentralOffline(OfficeError):
    message = "Chưa kết nối được máy chủ trung tâm."
    remedy = "Cứ tiếp nhận bình thường; hồ sơ đã lưu trên máy này và sẽ tự gửi khi có mạng."
