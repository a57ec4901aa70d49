"""A page under the magnifying glass: sharp, bounded, and asked for no more often than it helps."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.samples import a_page
from ui.widgets.page_sheet import WIDEST, Fit, PageSheet


def a_sheet(qtbot: QtBot, best: int) -> tuple[PageSheet, list[int]]:
    """A sheet whose pictures come at once, never wider than `best`; and the widths it asked for."""
    sheet, asked = PageSheet(), list[int]()
    qtbot.addWidget(sheet)
    sheet.resize(800, 600)
    sheet.show()

    def answer(width: int) -> None:
        asked.append(width)
        sheet.take(a_page(min(width, best)))

    sheet.wanted.connect(answer)
    sheet.show_page(0)
    return sheet, asked


def settle(sheet: PageSheet, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not sheet._pause.isActive(), timeout=10_000)


def test_a_picture_is_never_asked_for_wider_than_an_old_pc_bears(qtbot: QtBot) -> None:
    sheet, asked = a_sheet(qtbot, WIDEST)
    sheet.zoom_to(400.0)
    settle(sheet, qtbot)

    assert sheet.zoom == 4.0
    assert max(asked) <= WIDEST


def test_many_steps_in_a_row_ask_for_one_picture(qtbot: QtBot) -> None:
    sheet, asked = a_sheet(qtbot, WIDEST)
    settle(sheet, qtbot)
    before = len(asked)
    for _ in range(6):
        sheet.zoom_by(1)
    settle(sheet, qtbot)

    assert len(asked) == before + 1


def test_a_small_photograph_is_not_asked_for_again_and_again(qtbot: QtBot) -> None:
    sheet, asked = a_sheet(qtbot, 200)
    sheet.zoom_to(2.0)
    settle(sheet, qtbot)
    sheet.zoom_to(2.0)
    settle(sheet, qtbot)

    assert len(asked) == len(set(asked)) == 2
    assert sheet.seen.width() == 200


def test_a_page_that_became_small_gets_a_smaller_picture(qtbot: QtBot) -> None:
    sheet, asked = a_sheet(qtbot, WIDEST)
    sheet.zoom_to(4.0)
    settle(sheet, qtbot)
    sheet.fit(Fit.PAGE)
    settle(sheet, qtbot)

    assert asked[-1] < 1000
    assert sheet.seen.width() == asked[-1]


def test_a_turned_page_fits_lying(qtbot: QtBot) -> None:
    sheet, _ = a_sheet(qtbot, WIDEST)
    standing = sheet.widget().size()
    sheet.turn(90)

    assert standing.height() > standing.width()
    assert sheet.widget().width() > sheet.widget().height()
    assert sheet.widget().width() <= sheet.viewport().width()
    assert sheet.seen.width() > sheet.seen.height()


def test_what_lies_under_the_mouse_stays_there(qtbot: QtBot) -> None:
    sheet, _ = a_sheet(qtbot, WIDEST)
    sheet.zoom_to(2.0)
    sheet.push(200, 300)
    at = QPoint(500, 400)
    before = sheet.widget().mapFrom(sheet.viewport(), at)
    sheet.zoom_to(4.0, at.toPointF())
    after = sheet.widget().mapFrom(sheet.viewport(), at)

    assert (after - before * 2).manhattanLength() <= 4


def test_the_hand_shows_that_a_page_can_be_dragged(qtbot: QtBot) -> None:
    sheet, _ = a_sheet(qtbot, WIDEST)
    assert sheet.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    sheet.zoom_to(3.0)
    assert sheet.viewport().cursor().shape() is Qt.CursorShape.OpenHandCursor
