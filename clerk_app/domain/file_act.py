"""The four acts on a file from anywhere: who does them, where the sign stands, what has to be in the file before."""

from dataclasses import dataclass
from enum import StrEnum

from clerk_app.domain.officer import Role
from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError

A_MM = 72 / 25.4  # points
MARGIN = (
    20 * A_MM
)  # of a page of an office (NĐ 30/2020/NĐ-CP, Phụ lục I: 20 to 25 mm above, 15 to 20 at the right)


class FileAct(StrEnum):
    """What is done with a file (services of the Ban Cơ yếu know the same four)."""

    APPROVE = "approve"  # ký phê duyệt: the competent person
    ISSUE = "issue"  # phát hành: the agency's seal, over that person's signature (NĐ 30/2020/NĐ-CP, Điều 32)
    INCOMING = "incoming"  # văn bản đến: its number and day of arrival
    COPY = "copy"  # sao y, sao lục, trích sao (NĐ 30/2020/NĐ-CP, Điều 25)


class CopyForm(StrEnum):
    """What kind of copy it is, as the sign says it."""

    WHOLE = "SAO Y"
    AGAIN = "SAO LỤC"
    PART = "TRÍCH SAO"


ROLE_OF = {
    FileAct.APPROVE: Role.LEADER,
    FileAct.ISSUE: Role.REGISTRAR,
    FileAct.INCOMING: Role.REGISTRAR,
    FileAct.COPY: Role.REGISTRAR,
}
"""Who does each: the leader with a token of their own, the registrar with the agency's."""

SIZES = {
    FileAct.APPROVE: (150.0, 60.0),
    FileAct.ISSUE: (102.0, 102.0),
    FileAct.INCOMING: (190.0, 46.0),
    FileAct.COPY: (190.0, 46.0),
}
"""Points that each sign takes; a seal with a picture has its own."""


class NumberMissing(OfficeError):
    message = "Chưa ghi số đến của văn bản."
    remedy = "Ghi số trong sổ văn bản đến, ví dụ 305."


class PlaceOutside(OfficeError):
    message = "Chỗ ký nằm ngoài trang giấy."
    remedy = "Dời chỗ ký vào trong trang."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sign stands: page from 0, its lower left corner in points from the page's, as it is shown."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class FileOrder:
    """What is to be done with one file. `place` None: the usual one."""

    act: FileAct
    place: Place | None = None
    number: str = ""  # of an incoming document
    copy: CopyForm = CopyForm.WHOLE


def check_order(order: FileOrder) -> FileOrder:
    """Return the order with its text tidied; raises `NumberMissing`."""
    number = nfc(" ".join(order.number.split()))
    if order.act is FileAct.INCOMING and not number:
        raise NumberMissing
    return FileOrder(order.act, order.place, number, order.copy)


def usual_page(act: FileAct, pages: int) -> int:
    """Return on which page an act signs: the last for who answers for the text, the first for who receives or copies it."""
    return pages - 1 if act in (FileAct.APPROVE, FileAct.ISSUE) else 0


def usual_corner(act: FileAct, page: tuple[float, float], sign: tuple[float, float]) -> tuple[float, float]:
    """Return the lower left corner of a sign of this size on a page of this one, in points.

    A copy's stands at the top right of the first page (Phụ lục I), an incoming document's at the top left.
    """
    width, height = page
    right, top = width - MARGIN - sign[0], height - MARGIN / 2 - sign[1]
    match act:
        case FileAct.APPROVE:
            return right, MARGIN * 2
        case FileAct.ISSUE:
            return right - sign[0] * 0.7, MARGIN * 2
        case FileAct.COPY:
            return right, top
        case FileAct.INCOMING:
            return MARGIN, top


def inside(corner: tuple[float, float], sign: tuple[float, float], page: tuple[float, float]) -> bool:
    """Whether a sign at this corner stands on the page, whole."""
    x, y = corner
    return x >= 0 and y >= 0 and x + sign[0] <= page[0] and y + sign[1] <= page[1]
