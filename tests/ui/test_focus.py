"""Whoever works with keys alone always sees where they are."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.samples import NOW, some_dossiers
from ui.register.table import DossierTable
from ui.theme import Tone
from ui.widgets.checklist import Checklist, Row
from ui.widgets.key_button import KeyButton
from ui.widgets.navigation import RailButton
from ui.widgets.page_strip import PageStrip
from ui.widgets.page_tiles import Page
from ui.widgets.search_field import SearchField


def _checklist() -> QWidget:
    made = Checklist("Thành phần hồ sơ")
    made.set_rows([Row("a", "Tờ khai", tone=Tone.OK)])
    return made


def _strip() -> QWidget:
    made = PageStrip("Trang đã quét")
    made.set_pages([Page("a", "Tờ khai")])
    made.choose("a")
    return made


def _table() -> QWidget:
    made = DossierTable(lambda: NOW)
    made.show_dossiers(some_dossiers(8), "d-46")
    return made


PIECES: dict[str, Callable[[], QWidget]] = {
    "button": lambda: KeyButton("Lưu tạm", "Ctrl+S", "save"),
    "primary button": lambda: KeyButton("Ký và in giấy hẹn", "F9", "pen-line", "primary"),
    "quiet button": lambda: KeyButton("Đọc thẻ", "F4", "id-card", "quiet"),
    "link": lambda: KeyButton("Đối chiếu", kind="link"),
    "rail": lambda: RailButton("Tiếp nhận hồ sơ", "file-plus", "Ctrl+1"),
    "field": QLineEdit,
    "search": lambda: SearchField("Tìm", "Ctrl+K"),
    "long field": QPlainTextEdit,
    "combo": QComboBox,
    "check": lambda: QCheckBox("Đã đọc lại"),
    "radio": lambda: QRadioButton("Bưu chính"),
    "checklist": _checklist,
    "pages": _strip,
    "table": _table,
}


@pytest.mark.parametrize("name", PIECES)
def test_the_focus_can_be_seen(name: str, qtbot: QtBot) -> None:
    window, other, piece = QWidget(), QLineEdit(), PIECES[name]()
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(piece)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    other.setFocus(Qt.FocusReason.TabFocusReason)
    without = piece.grab().toImage()
    piece.setFocus(Qt.FocusReason.TabFocusReason)

    assert piece.grab().toImage() != without
