"""What the page of books says: a line for each book and each number, and how an act ended."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.book import Book, BookPage, NumberLine, Standing
from clerk_app.domain.document import DocumentKind
from clerk_app.domain.kinds import Kind
from ui import act_words, local_time
from ui.books.view_model import Done
from ui.theme import Tone
from ui.widgets.checklist import Row

translate = QCoreApplication.translate
_SHOWN = 6  # numbers in a sentence


def book_row(page: BookPage) -> Row:
    """Return a book as a line: who holds it, and which number is next."""
    book, (badge, tone, icon) = page.book, _standing(page)
    next_number = translate("Books", "số tiếp theo {number}").format(number=book.next)
    return Row(book.id, _named(book), f"{next_number} · {_holder(page)}", badge, tone, icon)


def _holder(page: BookPage) -> str:
    if page.standing.is_ours:
        return translate("Books", "máy này giữ sổ")
    return translate("Books", "máy giữ sổ: {device}").format(device=page.holder)


def number_row(line: NumberLine, place: int, now: datetime) -> Row:
    """Return a number as a line; `place` tells two with the same value apart."""
    dossier = line.dossier
    parts = [_purpose(line.purpose)]
    if dossier is not None:
        parts += [act_words.short_code(dossier), act_words.owner(dossier)]
    if line.void:
        parts = [translate("Books", "bỏ: {reason}").format(reason=line.void), *parts]
    parts.append(local_time.short(line.at, now))
    badge, tone, icon = "", Tone.NEUTRAL, "file-text"
    if line.late:
        badge, tone, icon = translate("Books", "Lấy trùng"), Tone.BAD, ""
    elif line.void:
        badge, icon = translate("Books", "Đã bỏ"), "circle-x"
    title = translate("Books", "Số {number}").format(number=line.value)
    return Row(f"{line.value}-{place}", title, " · ".join(filter(None, parts)), badge, tone, icon)


def summary(page: BookPage) -> tuple[str, bool]:
    """Return how whole a book is, in one sentence, and whether it is."""
    book = page.book
    parts = []
    if book.missing:
        told = translate("Books", "thiếu số {numbers}")
        parts.append(told.format(numbers=_listed(book.missing)))
    if book.late:
        told = translate("Books", "lấy trùng số {numbers}")
        parts.append(told.format(numbers=_listed(tuple(sorted(set(book.late))))))
    if parts:
        told = translate("Books", "Sổ không liền số: {what}. So với sổ giấy rồi báo người quản trị.")
        return told.format(what="; ".join(parts)), False
    if book.next == book.first:
        return translate("Books", "Chưa lấy số nào."), True
    void = sum(1 for each in book.numbers if each.void)
    told = translate("Books", "Liền từ số {first} đến số {last}, trong đó bỏ {void} số.")
    return told.format(first=book.first, last=book.next - 1, void=void), True


def standing(page: BookPage) -> str:
    """Return what the standing of a book means for whoever sits here."""
    return {
        Standing.HELD: translate("Books", "Máy này giữ sổ và lấy số, kể cả khi mất kết nối."),
        Standing.ASKED: translate(
            "Books", "Máy chủ chưa xác nhận máy này giữ sổ: chưa lấy được số. Gửi, nhận dữ liệu rồi xem lại."
        ),
        Standing.OLDER: translate(
            "Books",
            "Máy này đã khôi phục hoặc cài lại từ khi nhận sổ: chưa lấy được số. Đối chiếu sổ giấy, rồi lãnh đạo nhận sổ.",
        ),
        Standing.GOING: translate(
            "Books", "Đã chuyển, chờ máy chủ xác nhận: không máy nào lấy được số cho đến lúc đó."
        ),
        Standing.ELSEWHERE: translate(
            "Books", "Máy khác giữ sổ: giấy lập ở máy này để trống số. Cần số thì nhờ máy đó chuyển sổ sang."
        ),
    }[page.standing]


def done(told: Done) -> tuple[str, str, Tone]:
    """Return how an act ended: a sentence, what comes next, and how good it is."""
    name, central = (
        _named(told.book),
        translate("Books", "Có hiệu lực khi máy chủ xác nhận, ở lượt gửi, nhận kế tiếp."),
    )
    match told.kind:
        case Kind.BOOK_OPENED:
            words = translate("Books", "Đã mở sổ {book}, máy này giữ.")
        case Kind.BOOK_HANDED:
            words = translate("Books", "Đã chuyển sổ {book} cho {device}; máy này không lấy số của sổ nữa.")
        case Kind.BOOK_TAKEN:
            words = translate("Books", "Đã nhận sổ {book} về máy này.")
        case _:
            words = translate("Books", "Đã ghi bỏ số {number} của sổ {book}.")
            central = translate("Books", "Số này vẫn nằm trong sổ, kèm lý do; không lấy lại.")
    said = words.format(book=name, device=told.receiver, number=told.number)
    return said, central, Tone.OK


def _standing(page: BookPage) -> tuple[str, Tone, str]:
    if page.book.missing or page.book.late:
        return translate("Books", "Không liền số"), Tone.BAD, ""
    return {
        Standing.HELD: (translate("Books", "Máy này giữ"), Tone.OK, ""),
        Standing.ASKED: (translate("Books", "Chờ máy chủ"), Tone.INFO, ""),
        Standing.OLDER: (translate("Books", "Chờ lãnh đạo nhận"), Tone.WARN, ""),
        Standing.GOING: (translate("Books", "Đang chuyển"), Tone.INFO, ""),
        Standing.ELSEWHERE: (translate("Books", "Máy khác giữ"), Tone.NEUTRAL, ""),
    }[page.standing]


def _named(book: Book) -> str:
    return translate("Books", "{name} năm {year}").format(name=book.name, year=book.year)


def _purpose(purpose: str) -> str:
    return act_words.document(DocumentKind(purpose)) if purpose in set(DocumentKind) else purpose


def _listed(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return f"{shown}, …" if len(numbers) > _SHOWN else shown
