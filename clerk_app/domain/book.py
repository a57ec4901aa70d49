"""A book of numbers that has no gaps (sổ văn bản đi, sổ chứng thực): one holder, who takes its numbers in order.

Each number is an entry on the book, set against the number that was next: whoever comes second changes nothing and is
flagged. So the order of entries is the proof that no number is missing and none is there twice.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError

BOOK = "book"
"""The group of a book: its name and year, who holds it, the number that is next."""

HIGHEST = 9_999_999


class NoSuchBook(OfficeError):
    message = "Chưa mở sổ “{name}” của năm {year}."
    remedy = "Mở sổ ở máy giữ sổ (Ctrl+0 rồi F7, hoặc clerk-app books --open), rồi gửi, nhận dữ liệu."


class BookElsewhere(OfficeError):
    message = "Sổ “{name}” năm {year} đang do máy khác giữ ({holder})."
    remedy = "Nhờ máy đó lấy số hoặc chuyển sổ sang máy này; chưa có số nào được lấy."


class BookNotSettled(OfficeError):
    message = "Máy chủ chưa xác nhận máy này giữ sổ “{name}” năm {year}."
    remedy = "Gửi, nhận dữ liệu rồi làm lại; chưa có số nào được lấy."


class BookOfOlderLife(OfficeError):
    message = "Máy này đã khôi phục hoặc cài lại từ khi nhận sổ “{name}” năm {year}: có thể còn số đã in mà máy không biết."
    remedy = "Đối chiếu sổ giấy, rồi lãnh đạo nhận lại sổ (Ctrl+0, F7, F6, hoặc clerk-app books --take-over); chưa có số nào được lấy."


class NoSuchCounter(OfficeError):
    message = "Không biết máy {device} trong đơn vị; chưa có gì thay đổi, sổ vẫn ở máy này."
    remedy = (
        "Ghi đúng mã một máy của đơn vị: {known}. Máy mới đăng ký thì gửi, nhận dữ liệu một lần rồi làm lại."
    )


class BookOpened(OfficeError):
    message = "Sổ “{name}” của năm {year} đã được mở."
    remedy = "Xem ai đang giữ sổ (Ctrl+0 rồi F7, hoặc clerk-app books), rồi nhờ chuyển sổ."


class NotInBook(OfficeError):
    message = "Số {value} chưa được lấy trong sổ này, hoặc đã ghi bỏ."
    remedy = "Xem lại các số trong sổ (Ctrl+0 rồi F7, hoặc clerk-app books)."


class Standing(StrEnum):
    """How a book stands at this counter."""

    HELD = "held"  # it takes numbers here
    ASKED = "asked"  # ours by our own acts, central has not said so yet
    OLDER = "older"  # ours, but this counter was restored or set up anew since
    GOING = "going"  # another's by our own acts, central has not said so yet
    ELSEWHERE = "elsewhere"

    @property
    def is_ours(self) -> bool:
        """Whether this counter's last word on the book is that it holds it."""
        return self in (Standing.HELD, Standing.ASKED, Standing.OLDER)


@dataclass(frozen=True, slots=True)
class BookNumber:
    """One number of a book: for what it was taken, and why it counts no more."""

    value: int
    purpose: str  # what was taken for, e.g. a document's kind
    subject: str  # dossier id; "" for none
    void: str = ""  # reason


@dataclass(frozen=True, slots=True)
class Book:
    """A book as entries tell it."""

    id: str  # subject
    name: str
    year: int
    holder: str  # author of a device
    first: int
    next: int
    numbers: tuple[BookNumber, ...] = ()
    late: tuple[
        int, ...
    ] = ()  # taken when the number or the book was another's already: a person has to look

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers before the next one that no entry took: none, unless an entry was lost."""
        taken = {each.value for each in self.numbers}
        return tuple(value for value in range(self.first, self.next) if value not in taken)


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number as it is shown: with the dossier that it belongs to, as far as this counter knows it."""

    value: int
    purpose: str
    at: datetime  # UTC
    dossier: Dossier | None = None
    void: str = ""  # reason
    late: bool = False  # another's already when it was taken


@dataclass(frozen=True, slots=True)
class BookPage:
    """A book as it is shown: how it stands here, and its last numbers, the newest first."""

    book: Book
    holder: str  # how people call the device
    standing: Standing
    lines: tuple[NumberLine, ...] = ()


def book_id(unit: str, name: str, year: int) -> str:
    """Return the subject of a unit's book: the same at every counter."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"book|{unit}|{tidy(name)}|{year}"))


def tidy(name: str) -> str:
    """Return a book's name as it is compared."""
    return nfc(" ".join(name.split()))


def opened_body(name: str, year: int, holder: str, first: int) -> dict[str, Any]:
    """Return the body of `book_opened`: the first that reaches central opens it."""
    told = {"name": tidy(name), "year": year, "holder": holder, "first": first, "next": first}
    return {"v": 1, "set": {BOOK: told}, "base_values": {BOOK: {"holder": None}}}


def handed_body(book: Book, holder: str, reason: str) -> dict[str, Any]:
    """Return the body of `book_handed` and `book_taken`: if the book stands as it was seen, it has another holder."""
    seen = {"holder": book.holder, "next": book.next}
    return {"v": 1, "set": {BOOK: {"holder": holder}}, "base_values": {BOOK: seen}, "reason": reason}


def number_body(book: Book, purpose: str, subject: str) -> dict[str, Any]:
    """Return the body of `book_number`: the next number, by its holder."""
    return {
        "v": 1,
        "set": {BOOK: {"next": book.next + 1}},
        "base_values": {BOOK: {"holder": book.holder, "next": book.next}},
        "value": book.next,
        "purpose": purpose,
        "for": subject,
    }


def void_body(value: int, reason: str) -> dict[str, Any]:
    """Return the body of `book_number_void`: the number stays in the book, with the reason."""
    return {"v": 1, "value": value, "reason": reason}


def book_of(
    id: str,
    fields: Mapping[str, Any],
    taken: Iterable[Mapping[str, Any]],
    late: Iterable[Mapping[str, Any]],
    voided: Iterable[Mapping[str, Any]],
) -> Book | None:
    """Return the book that its group and the bodies of its entries tell; None where it was not opened.

    `taken`: numbers that counted, in order; `late`: those that came second.
    """
    try:
        reasons = {int(each["value"]): str(each["reason"]) for each in voided}
        numbers = tuple(
            BookNumber(
                int(each["value"]),
                str(each["purpose"]),
                str(each["for"]),
                reasons.get(int(each["value"]), ""),
            )
            for each in taken
        )
        return Book(
            id,
            str(fields["name"]),
            int(fields["year"]),
            str(fields["holder"]),
            int(fields["first"]),
            int(fields["next"]),
            numbers,
            tuple(int(each["value"]) for each in late),
        )
    except (KeyError, TypeError, ValueError):
        return None
