"""One scanned page, large, over the register: arrows push and turn over, plus and minus zoom, Esc goes back."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.errors import Notice
from ui.notices import in_words
from ui.register.sheet import Picture, Sheet
from ui.tasks import Task
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.page_sheet import PUSH, Fit, PageSheet

_Key = Qt.Key
_PUSHES = {
    _Key.Key_Left: (-PUSH, 0),
    _Key.Key_Right: (PUSH, 0),
    _Key.Key_Up: (0, -PUSH),
    _Key.Key_Down: (0, PUSH),
}
_ON = {_Key.Key_Right, _Key.Key_Down, _Key.Key_PageDown, _Key.Key_Space}
_BACK = {_Key.Key_Left, _Key.Key_Up, _Key.Key_PageUp, _Key.Key_Backspace}

Draw = Callable[[Sheet, int], Task]  # width in px; the task brings a Picture


class PageDialog(QDialog):
    """Opens without stopping anything."""

    def __init__(self, draw: Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Trang giấy"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._draw = draw
        self._sheets: Sequence[Sheet] = ()
        self._at = 0
        self._title, self._notice, self.sheet = ElidedLabel(role="heading"), Banner(rounded=True), PageSheet()
        self._close = KeyButton(self.tr("Đóng"), "Esc", "", "primary")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.reject)
        self.sheet.wanted.connect(self._ask)
        self.finished.connect(lambda _: self.sheet.put_away())
        self._lay_out()

    @property
    def words(self) -> str:
        """Which page is shown."""
        return self._title.words

    def show_page(self, sheets: Sequence[Sheet], at: int) -> None:
        """Show one of these pages."""
        self._sheets = sheets
        screen = self.screen().availableGeometry()
        self.resize(min(980, screen.width() - 80), min(1200, screen.height() - 80))
        self.open()
        self.setFocus()
        self.sheet.fit(Fit.PAGE)
        self._turn_to(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows push an enlarged page, and turn over one that is seen whole."""
        key = _Key(event.key())
        if key in _PUSHES and self.sheet.push(*_PUSHES[key]):
            return
        match key:
            case _ if key in _ON:
                self._turn_to(self._at + 1)
            case _ if key in _BACK:
                self._turn_to(self._at - 1)
            case _Key.Key_Plus | _Key.Key_Equal:
                self.sheet.zoom_by(1)
            case _Key.Key_Minus:
                self.sheet.zoom_by(-1)
            case _Key.Key_Return | _Key.Key_Enter:
                self.reject()
            case _:
                super().keyPressEvent(event)

    def _turn_to(self, at: int) -> None:
        if not 0 <= at < len(self._sheets):
            return
        self._at = at
        sheet = self._sheets[at]
        words = self.tr("Trang {number}/{all} · {title}")
        self._title.set_words(words.format(number=at + 1, all=len(self._sheets), title=sheet.title))
        self._notice.hide()
        self.sheet.show_page(sheet.turned)

    def _ask(self, width: int) -> None:
        if not self.isVisible():  # the empty sheet takes the size of its window before it is first opened
            return
        task = self._draw(self._sheets[self._at], width)
        task.succeeded.connect(self._show)
        task.failed.connect(self._say)

    def _show(self, drawn: Picture) -> None:
        """Show what was drawn, unless another page is looked at by now."""
        if self.isVisible() and drawn.sheet == self._sheets[self._at]:
            self.sheet.take(drawn.png)

    def _say(self, notice: Notice) -> None:
        said = in_words(notice)
        self._notice.say(said.message, said.remedy, Tone.BAD)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self._title, 1)
        head.addWidget(label(self.tr("mũi tên lật trang · + − phóng to, thu nhỏ"), "small"))
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self.sheet, 1)
