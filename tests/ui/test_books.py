"""Sổ số on the screen: who holds which book, its last numbers, and what each role may do with them by keys."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.domain.book import (
    Book,
    BookElsewhere,
    BookNumber,
    BookPage,
    NumberLine,
    Standing,
)
from clerk_app.domain.kinds import Kind
from tests.ui.samples import NOW, a_day, some_dossiers
from ui.books.view import BooksView
from ui.books.view_model import BookCalls, BooksModel
from ui.reconcile.pages import DayPages
from ui.reconcile.view import ReconcileView
from ui.reconcile.view_model import ReconcileViewModel
from ui.tasks import Tasks

OFFICERS = frozenset({Kind.BOOK_OPENED, Kind.BOOK_HANDED, Kind.BOOK_NUMBER_VOID})
LEADERS = frozenset({Kind.BOOK_TAKEN})


def some_books() -> tuple[BookPage, ...]:
    """A book held here with a void number, one that another counter holds, and one that is not whole."""
    numbers = tuple(BookNumber(value, "refusal", f"d-{value}") for value in range(1, 44))
    numbers = (*numbers[:40], replace(numbers[40], void="in sai, đã hủy giấy"), *numbers[41:])
    dossiers = some_dossiers()
    lines = tuple(
        NumberLine(
            each.value,
            ("refusal", "supplement", "code_notice")[each.value % 3],
            NOW - timedelta(minutes=25 * (43 - each.value)),
            dossiers[(43 - each.value) % len(dossiers)],
            each.void,
        )
        for each in reversed(numbers)
    )
    held = Book("b-1", "Văn bản đi", 2026, "device:quay-03", 1, 44, numbers)
    theirs = replace(
        held, id="b-2", name="Chứng thực", holder="device:quay-05", next=218, first=218, numbers=()
    )
    broken = replace(held, id="b-3", year=2025, next=3, numbers=numbers[:1], late=(1,))
    twice = (lines[-1], replace(lines[-1], late=True))
    return (
        BookPage(held, "Quầy 1", Standing.HELD, lines),
        BookPage(theirs, "Quầy 5", Standing.ELSEWHERE),
        BookPage(broken, "Quầy 1", Standing.HELD, tuple(replace(each, late=True) for each in twice)),
    )


@dataclass
class FakeBooks:
    """Answers like the room of books, and remembers what it was asked."""

    pages: tuple[BookPage, ...] = field(default_factory=some_books)
    acts: frozenset[Kind] = OFFICERS
    asked: list[tuple[object, ...]] = field(default_factory=list)
    fails: Exception | None = None

    def calls(self) -> BookCalls:
        def act(name: str) -> object:
            def asked(*told: object) -> Book:
                if self.fails is not None:
                    raise self.fails
                self.asked.append((name, *told))
                book = self.pages[0].book
                return replace(book, holder=f"device:{told[2]}") if name == "hand_over" else book

            return asked

        acts = [act(name) for name in ("open", "hand_over", "take_over", "void")]
        counters = {"quay-05": "Quầy 5", "quay-07": "Quầy 7"}
        return BookCalls(lambda: self.pages, lambda: counters, *acts, self.acts, "Văn bản đi")  # type: ignore[arg-type]


@pytest.fixture
def room() -> FakeBooks:
    return FakeBooks()


@pytest.fixture
def pages(room: FakeBooks, tasks: Tasks, qtbot: QtBot) -> DayPages:
    day = ReconcileView(ReconcileViewModel(lambda *_: a_day(), tasks, NOW.date))
    made = DayPages(day, BooksView(BooksModel(room.calls(), tasks, NOW.date), lambda: NOW))
    qtbot.addWidget(made)
    made.resize(1280, 660)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.keyClick(made, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(made.books.receiver.count() or made.books.books.rows))
    return made


def ended(view: BooksView, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not view._model.busy and view.news.isVisible())
    return view.news.words


def test_f7_leads_from_the_day_to_its_books_and_esc_back(pages: DayPages, qtbot: QtBot) -> None:
    view = pages.books
    assert [row.badge for row in view.books.rows] == ["Máy này giữ", "Máy khác giữ", "Không liền số"]
    assert view.books.rows[0].detail == "số tiếp theo 44 · máy này giữ sổ"
    assert view.numbers.rows[0].title == "Số 43"
    assert "Đã bỏ" in [row.badge for row in view.numbers.rows]
    assert "Liền từ số 1 đến số 43, trong đó bỏ 1 số." in view._summary.text()

    assert view.books.rows[1].detail == "số tiếp theo 218 · máy giữ sổ: Quầy 5"

    qtbot.keyClick(view.books, Qt.Key.Key_Down)
    assert view.numbers.rows == ()
    assert "Máy khác giữ sổ" in view._standing.text()
    qtbot.keyClick(view.books, Qt.Key.Key_Down)
    assert [row.badge for row in view.numbers.rows] == ["Lấy trùng", "Lấy trùng"]
    assert "thiếu số 2; lấy trùng số 1" in view._summary.text()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert pages.currentWidget() is pages.day


def test_a_book_is_opened_and_handed_over_by_keys(pages: DayPages, room: FakeBooks, qtbot: QtBot) -> None:
    view = pages.books
    view.first.setText("")
    qtbot.keyClick(view, Qt.Key.Key_F9)
    assert view.first.hasFocus()
    qtbot.keyClicks(view.first, "44")
    qtbot.keyClick(view, Qt.Key.Key_F9)
    assert "Đã mở sổ Văn bản đi năm 2026" in ended(view, qtbot)

    view.receiver.setCurrentIndex(1)
    view.receiver.activated.emit(1)
    view.reason.setText("đổi ca")
    qtbot.keyClick(view, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: len(room.asked) == 2)
    assert "cho Quầy 7; máy này không lấy số của sổ nữa" in ended(view, qtbot)
    assert room.asked == [
        ("open", "Văn bản đi", 2026, 44),
        ("hand_over", "Văn bản đi", 2026, "quay-07", "đổi ca"),
    ]
    assert view.reason.text() == ""

    view._model.choose("b-2")  # another counter's
    assert not view.hand_over.isEnabled()
    assert not view.take_over.isVisible()  # a leader's to do


def test_a_number_is_void_only_with_a_reason_and_only_once(
    pages: DayPages, room: FakeBooks, qtbot: QtBot
) -> None:
    view = pages.books
    view.numbers.choose(view.numbers.rows[1].key)
    assert view.void.words == "Bỏ số 42"
    qtbot.keyClick(view, Qt.Key.Key_F4)
    assert view.void_reason.hasFocus()
    assert room.asked == []
    qtbot.keyClicks(view.void_reason, "in sai")
    qtbot.keyClick(view, Qt.Key.Key_F4)
    assert "Đã ghi bỏ số 42" in ended(view, qtbot)
    assert room.asked == [("void", "Văn bản đi", 2026, 42, "in sai")]
    view.numbers.choose(next(row.key for row in view.numbers.rows if row.badge == "Đã bỏ"))
    assert not view.void.isEnabled()


def test_enter_on_a_number_leads_to_its_dossier(pages: DayPages, qtbot: QtBot) -> None:
    view = pages.books
    view.numbers.setFocus()
    with qtbot.waitSignal(view.dossier_asked) as asked:
        qtbot.keyClick(view.numbers, Qt.Key.Key_Return)
    assert asked.args == [some_dossiers()[0].code]


@pytest.mark.parametrize("room", [FakeBooks(acts=LEADERS)])
def test_a_leader_takes_a_book_over_with_a_reason_and_is_told_why_it_failed(
    pages: DayPages, room: FakeBooks, qtbot: QtBot
) -> None:
    view = pages.books
    shown = (view.hand_over, view.receiver_field, view.void_panel, view.new_book)
    assert not any(each.isVisible() for each in shown)
    assert not view.take_over.isEnabled()  # it is held here
    qtbot.keyClick(view.books, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_F6)
    assert view.reason.hasFocus()
    view.reason.setText("máy hỏng")
    room.fails = BookElsewhere(name="Chứng thực", year=2026, holder="quay-07")
    qtbot.keyClick(view, Qt.Key.Key_F6)
    assert "đang do máy khác giữ (quay-07)" in ended(view, qtbot)
    assert view.reason.text() == "máy hỏng"
    room.fails = None
    qtbot.keyClick(view, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: room.asked == [("take_over", "Chứng thực", 2026, "máy hỏng")])


@pytest.mark.parametrize("room", [FakeBooks(pages=())])
def test_where_no_book_is_there_is_how_to_open_one(pages: DayPages, qtbot: QtBot) -> None:
    view = pages.books
    assert view._no_books.isVisible()
    assert not view.panel.isVisible()
    assert view.open.isEnabled()
    assert view.name.text() == "Văn bản đi"
