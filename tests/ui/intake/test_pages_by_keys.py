"""Pages put in order on the screen: by keys, by mouse, in the strip and in the large view."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QListView, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.intake.hands import Hands, Key
from ui.intake.page_acts import PageAct
from ui.intake.view import IntakeView
from ui.intake.view_model import IntakeViewModel
from ui.widgets.page_drag import drag_of
from ui.widgets.page_sheet import WIDEST

Until = Callable[[Callable[[], bool]], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def strip(
    view: IntakeView,
    hands: Hands,
    model: IntakeViewModel,
    desk: Any,
    until: Until,
    settled: Callable[[], None],
) -> IntakeView:
    """The screen with two pages on each of two papers, the keys on the first page."""
    model.choose(desk.procedures[0])
    for key in ("to-khai", "chung-sinh"):
        model.scans.scan(key)
        until(lambda: not model.at_work)
        model.save()  # not after a pause in typing
        settled()
    until(lambda: len(view.pages.strip.pages) == 4)
    hands.press(Key.Key_F5)
    hands.press(Key.Key_F5, held=SHIFT)
    assert view.pages.strip.hasFocus()
    return view


def order(view: IntakeView) -> list[str]:
    """Key of the line and number of the page in its file, as the strip shows them."""
    return [f"{page.key.split('/')[0]}:{page.picture[-1]}" for page in view.pages.strip.pages]


def turns(view: IntakeView) -> list[int]:
    return [page.turned for page in view.pages.strip.pages]


def chosen(view: IntakeView) -> list[int]:
    keys = [page.key for page in view.pages.strip.pages]
    return [keys.index(key) + 1 for key in view.pages.strip.chosen_keys]


def menu(view: IntakeView) -> QMenu:
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    return shown


BEFORE = ["to-khai:0", "to-khai:1", "chung-sinh:0", "chung-sinh:1"]


def test_pages_are_walked_and_chosen_in_ranges(strip: IntakeView, hands: Hands) -> None:
    assert chosen(strip) == [1]
    hands.press(Key.Key_Right, Key.Key_Down)
    assert chosen(strip) == [3]
    hands.press(Key.Key_End)
    assert chosen(strip) == [4]
    hands.press(Key.Key_Left, held=SHIFT)
    hands.press(Key.Key_Left, held=SHIFT)
    assert chosen(strip) == [2, 3, 4]
    hands.press(Key.Key_Home)
    assert chosen(strip) == [1]
    hands.press(Key.Key_End, held=SHIFT)
    assert chosen(strip) == [1, 2, 3, 4]


def test_r_turns_to_the_right_and_shift_to_the_left(strip: IntakeView, hands: Hands) -> None:
    hands.press(Key.Key_R)
    assert turns(strip) == [90, 0, 0, 0]
    hands.press(Key.Key_R, Key.Key_R, held=SHIFT)
    assert turns(strip) == [270, 0, 0, 0]
    index = strip.pages.strip.currentIndex()
    assert "đã xoay 270°" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    hands.hold_ctrl(Key.Key_Z)
    assert turns(strip) == [0, 0, 0, 0]
    hands.hold_ctrl(Key.Key_Y)
    assert turns(strip) == [270, 0, 0, 0]


def test_the_small_picture_is_shown_turned(strip: IntakeView, hands: Hands, until: Until) -> None:
    pages = strip.pages.strip
    until(lambda: len(pages._pages.pictures) == 4)
    upright: QPixmap = pages.currentIndex().data(Qt.ItemDataRole.DecorationRole)
    hands.press(Key.Key_R)
    lying: QPixmap = pages.currentIndex().data(Qt.ItemDataRole.DecorationRole)

    assert lying.size() == upright.size().transposed()
    assert len(pages._pages.pictures) == 4


def test_ctrl_and_an_arrow_move_a_page_that_stays_chosen(strip: IntakeView, hands: Hands) -> None:
    hands.hold_ctrl(Key.Key_Right)
    assert order(strip)[:2] == ["to-khai:1", "to-khai:0"]
    assert chosen(strip) == [2]
    hands.hold_ctrl(Key.Key_Right)
    assert order(strip)[:2] == ["to-khai:1", "to-khai:0"]
    hands.hold_ctrl(Key.Key_Up)
    assert order(strip) == BEFORE


def test_delete_takes_pages_away_and_ctrl_z_brings_them_back_chosen(
    strip: IntakeView, hands: Hands, model: IntakeViewModel
) -> None:
    said: list[str] = []
    model.said.connect(said.append)
    hands.press(Key.Key_Right, held=SHIFT)
    hands.press(Key.Key_Delete)
    assert order(strip) == BEFORE[2:]
    assert chosen(strip) == [1]
    assert said == ["Đã xóa 2 trang – Ctrl+Z để lấy lại"]
    assert strip.pages.strip.hasFocus()
    assert strip.papers.list.rows[0].detail == "Bản chính · chưa quét"

    hands.hold_ctrl(Key.Key_Z)
    assert order(strip) == BEFORE
    assert chosen(strip) == [1, 2]


def test_every_page_can_go_and_come_back(strip: IntakeView, hands: Hands) -> None:
    hands.hold_ctrl(Key.Key_A)
    hands.press(Key.Key_Delete)
    assert order(strip) == []
    assert strip.pages.nothing.isVisible()
    assert strip.pages.buttons[PageAct.UNDO].isVisible()

    hands.hold_ctrl(Key.Key_Z)
    assert order(strip) == BEFORE


def test_m_and_a_digit_move_pages_to_another_paper(strip: IntakeView, hands: Hands) -> None:
    hands.press(Key.Key_M)
    assert menu(strip).activeAction().text() == "&2  Giấy chứng sinh"
    hands.press(Key.Key_3)

    assert order(strip) == ["to-khai:1", "chung-sinh:0", "chung-sinh:1", "can-cuoc:0"]
    assert chosen(strip) == [4]
    assert strip.papers.list.rows[2].badge == "Đã đủ"
    assert strip.papers.list.rows[0].detail == "Bản chính · đã lưu 1 trang"


def test_s_and_enter_split_the_rest_off_to_the_next_paper(strip: IntakeView, hands: Hands) -> None:
    hands.press(Key.Key_Right, Key.Key_S)
    hands.press(Key.Key_Return)

    assert order(strip) == ["to-khai:0", "chung-sinh:0", "chung-sinh:1", "chung-sinh:1"]
    assert chosen(strip) == [4]


def test_where_pages_can_go_nowhere_it_is_said(
    strip: IntakeView, hands: Hands, model: IntakeViewModel, desk: Any, settled: Callable[[], None]
) -> None:
    said: list[str] = []
    model.said.connect(said.append)
    model.choose(desk.procedures[2])  # one paper
    model.scans.scan("ban-chinh")
    settled()
    strip.pages.strip.setFocus()
    hands.press(Key.Key_M)

    assert said == ["Thủ tục này không có giấy nào khác để chuyển trang sang."]


def test_a_menu_left_by_escape_moves_nothing(strip: IntakeView, hands: Hands) -> None:
    hands.press(Key.Key_S, held=CTRL | SHIFT)
    hands.press(Key.Key_Escape)

    assert order(strip) == BEFORE
    assert strip.pages.strip.hasFocus()


def test_the_menu_tells_every_act_with_its_key(strip: IntakeView, hands: Hands) -> None:
    pages = strip.pages.strip
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), pages.mapToGlobal(QPoint()))
    QApplication.sendEvent(pages, event)
    told = dict(entry.text().split("\t") for entry in menu(strip).actions() if entry.text())

    assert told == {
        "Xem lớn": "Enter",
        "Xoay phải": "R",
        "Xoay trái": "Shift+R",
        "Đưa lên trước": "Ctrl+←",
        "Đưa ra sau": "Ctrl+→",
        "Chuyển sang giấy khác…": "M",
        "Tách từ trang này…": "S",
        "Xóa trang": "Delete",
        "Xóa cả tệp": "Shift+Delete",
        "Hoàn tác": "Ctrl+Z",
        "Làm lại": "Ctrl+Y",
    }
    enabled = {entry.text().split("\t")[0]: entry.isEnabled() for entry in menu(strip).actions()}
    assert not enabled["Hoàn tác"]
    next(entry for entry in menu(strip).actions() if "Xóa cả tệp" in entry.text()).trigger()
    menu(strip).close()
    assert order(strip) == BEFORE[2:]


def test_buttons_say_their_act_and_key_and_leave_the_keys_where_they_are(
    strip: IntakeView, qtbot: QtBot
) -> None:
    buttons = strip.pages.buttons
    assert {act: (each.accessibleName(), each.toolTip()) for act, each in buttons.items()}[PageAct.SPLIT] == (
        "Tách từ trang này…",
        "Tách từ trang này… (S)",
    )
    assert not buttons[PageAct.UNDO].isEnabled()
    qtbot.mouseClick(buttons[PageAct.TURN_LEFT], Qt.MouseButton.LeftButton)
    assert turns(strip) == [270, 0, 0, 0]
    assert strip.pages.strip.hasFocus()
    qtbot.mouseClick(buttons[PageAct.UNDO], Qt.MouseButton.LeftButton)
    assert turns(strip) == [0, 0, 0, 0]


def drop(on: QListView, data: QMimeData, at: QPoint, source: QListView) -> None:
    """Let go of what the mouse holds: the drop as Qt tells it, but for who holds it."""

    class Drop(QDropEvent):
        def source(self) -> QListView:  # type: ignore[override]
            return source

    on.dropEvent(
        Drop(
            QPointF(at),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def held(view: IntakeView, *numbers: int) -> QMimeData:
    pages = view.pages.strip
    keys = [pages.pages[number - 1].key for number in numbers]
    return drag_of(pages, keys, None).mimeData()


def test_a_page_is_dragged_between_others(strip: IntakeView) -> None:
    pages = strip.pages.strip
    tile = pages.visualRect(pages.model().index(1, 0))

    drop(pages, held(strip, 1), tile.center() + QPoint(0, 20), pages)
    assert order(strip) == ["to-khai:1", "to-khai:0", *BEFORE[2:]]

    drop(pages, held(strip, 1, 3), QPoint(5, 5000), pages)
    assert order(strip) == ["to-khai:0", "chung-sinh:1", "chung-sinh:1", "chung-sinh:0"]


def test_files_dragged_over_the_pages_go_to_whoever_is_below(strip: IntakeView) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/khong-co.pdf")])
    for part in (strip.pages.strip, strip.papers.list):
        event = QDragEnterEvent(
            QPoint(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        part.dragEnterEvent(event)
        assert not event.isAccepted()


def test_a_page_is_dragged_onto_a_line_of_the_checklist(strip: IntakeView) -> None:
    rows = strip.papers.list
    line = rows.visualRect(rows.model().index(2, 0))

    drop(rows, held(strip, 2), line.center(), strip.pages.strip)

    assert order(strip)[-1] == "can-cuoc:1"


# the large view


@pytest.fixture
def large(strip: IntakeView, hands: Hands, until: Until) -> IntakeView:
    hands.press(Key.Key_Space)
    until(lambda: strip.page.isVisible() and not strip.page.sheet.seen.isNull())
    return strip


def test_the_whole_page_is_seen_first_and_keys_zoom(large: IntakeView, hands: Hands) -> None:
    sheet = large.page.sheet
    whole = sheet.zoom
    assert sheet.verticalScrollBar().maximum() == 0
    hands.press(Key.Key_1)
    assert sheet.zoom == 1.0
    assert large.page.percent.text() == "100 %"
    hands.hold_ctrl(Key.Key_Plus)
    assert sheet.zoom == 1.25
    hands.hold_ctrl(Key.Key_Minus)
    hands.hold_ctrl(Key.Key_Minus)
    assert sheet.zoom == 0.75
    hands.press(Key.Key_W)
    assert sheet.horizontalScrollBar().maximum() == 0
    assert sheet.widget().width() > sheet.viewport().width() - 24
    hands.hold_ctrl(Key.Key_0)
    assert sheet.zoom == whole


def test_an_enlarged_page_is_drawn_anew_as_sharp_as_it_is_shown(
    large: IntakeView, hands: Hands, until: Until
) -> None:
    sheet = large.page.sheet
    for _ in range(12):
        hands.press(Key.Key_Plus)
    until(lambda: sheet.seen.width() >= sheet.widget().width())

    assert sheet.zoom == 4.0
    assert sheet.seen.width() <= WIDEST


def test_arrows_push_an_enlarged_page_and_turn_over_a_whole_one(large: IntakeView, hands: Hands) -> None:
    sheet = large.page.sheet
    hands.press(Key.Key_Right)
    assert large.page.words.words.startswith("Trang 2/4")
    assert chosen(large) == [2]
    sheet.zoom_to(2.0)
    before = sheet.verticalScrollBar().value()
    hands.press(Key.Key_Down)
    assert sheet.verticalScrollBar().value() > before
    hands.press(Key.Key_PageDown)
    assert large.page.words.words.startswith("Trang 3/4")
    hands.press(Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageUp)
    assert large.page.words.words.startswith("Trang 1/4")


def test_the_mouse_zooms_where_it_points_and_drags_the_page(
    large: IntakeView, hands: Hands, qtbot: QtBot
) -> None:
    sheet = large.page.sheet
    at, none = QPointF(200, 150), QPoint()
    turned = QWheelEvent(
        at, at, none, QPoint(0, 120), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    for _ in range(5):
        sheet.wheelEvent(turned)
    assert sheet.zoom > 1
    port, along = sheet.viewport(), sheet.verticalScrollBar()
    along.setValue(along.maximum() // 2)
    before = along.value()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(port, QPoint(300, 260))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(300, 260))
    assert along.value() == before + 40


def test_a_page_is_turned_and_deleted_in_the_large_view_too(
    large: IntakeView, hands: Hands, until: Until
) -> None:
    tall = large.page.sheet.widget().size()
    hands.press(Key.Key_R)
    assert turns(large)[0] == 90
    until(lambda: large.page.sheet.widget().width() > large.page.sheet.widget().height())
    assert tall.height() > tall.width()
    hands.press(Key.Key_Delete)
    assert len(order(large)) == 3
    assert large.page.words.words.startswith("Trang 1/3")
    hands.hold_ctrl(Key.Key_Z)
    assert large.page.words.words.startswith("Trang 1/4")
    hands.press(Key.Key_S, Key.Key_2)
    assert order(large)[:2] == ["chung-sinh:0", "chung-sinh:1"]
    for _ in range(4):
        hands.press(Key.Key_Delete)
    assert not large.page.isVisible()
    assert order(large) == []


def test_the_large_view_fits_the_smallest_screen(large: IntakeView) -> None:
    assert large.page.layout().minimumSize().width() <= 1290 - 92


def test_while_a_dossier_is_accepted_pages_are_looked_at_and_no_more(
    strip: IntakeView, hands: Hands, model: IntakeViewModel, until: Until
) -> None:
    model.keeper.hold(True)
    model._receiving = True
    model.changed.emit()
    hands.press(Key.Key_Delete, Key.Key_R, Key.Key_M)
    assert order(strip) == BEFORE
    assert turns(strip) == [0, 0, 0, 0]
    assert not strip.pages.buttons[PageAct.DELETE].isVisible()
    hands.press(Key.Key_Return)
    until(strip.page.isVisible)
    assert not any(button.isVisible() for button in strip.page.acts.values())
    model._receiving = False
    model.keeper.hold(False)
