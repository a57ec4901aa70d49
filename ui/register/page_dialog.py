"""One scanned page, large, over the register: arrows turn, plus and minus zoom, Esc goes back."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from clerk_app.errors import Notice
from ui.notices import in_words
from ui.register.sheet import Picture, Sheet
from ui.tasks import Task
from ui.theme import GUTTER, UNIT
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label

_STEP, _LEAST, _MOST = 1.25, 0.5, 4.0
_ON = {Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space}
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_PageUp}
_SHAPE = 1.414  # height of a sheet to its width


Draw = Callable[[Sheet, int], Task]  # width in px; the task brings a Picture


class PageDialog(QDialog):
    """Opens without stopping anything."""

    def __init__(self, draw: Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Trang giấy"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._draw = draw
        self._sheets: Sequence[Sheet] = ()
        self._at, self._zoom, self._width = 0, 1.0, 0
        self._title, self.sheet = label(role="heading"), QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._close = KeyButton(self.tr("Đóng"), "Esc", "", "primary")
        self._close.clicked.connect(self.hide)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()

    @property
    def words(self) -> str:
        """Which page is shown."""
        return self._title.text()

    def show_page(self, sheets: Sequence[Sheet], at: int) -> None:
        """Show one of these pages."""
        self._sheets, self._at, self._zoom = sheets, at, 1.0
        screen = self.screen().availableGeometry()
        self.resize(min(980, screen.width() - 80), min(1200, screen.height() - 80))
        self.open()
        self.setFocus()
        self._turn_to(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, zoom and leave; Up and Down scroll."""
        bar = self._area.verticalScrollBar()
        match event.key():
            case key if key in _ON:
                self._turn_to(self._at + 1)
            case key if key in _BACK:
                self._turn_to(self._at - 1)
            case Qt.Key.Key_Down:
                bar.setValue(bar.value() + 60)
            case Qt.Key.Key_Up:
                bar.setValue(bar.value() - 60)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom_to(self._zoom * _STEP)
            case Qt.Key.Key_Minus:
                self._zoom_to(self._zoom / _STEP)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.hide()
            case _:
                super().keyPressEvent(event)

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(_MOST, max(_LEAST, zoom))
        self._turn_to(self._at)

    def _turn_to(self, at: int) -> None:
        if not 0 <= at < len(self._sheets):
            return
        self._at = at
        sheet = self._sheets[at]
        words = self.tr("Trang {number}/{all} · {title}")
        self._title.setText(words.format(number=at + 1, all=len(self._sheets), title=sheet.title))
        fitting = max(320.0, (self._area.viewport().height() - UNIT) / _SHAPE)
        self._width = round(fitting * self._zoom * self.devicePixelRatioF())
        task = self._draw(sheet, self._width)
        task.succeeded.connect(self._show)
        task.failed.connect(self._say)

    def _show(self, drawn: Picture) -> None:
        """Show what was drawn, unless another page or size is wanted by now."""
        picture = QPixmap()
        wanted = self._sheets[self._at], self._width
        if (drawn.sheet, drawn.width) == wanted and picture.loadFromData(drawn.png):
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self.sheet.setPixmap(picture)

    def _say(self, notice: Notice) -> None:
        words = in_words(notice)
        self.sheet.setText(f"{words.message}\n{words.remedy}")

    def _lay_out(self) -> None:
        self._area = QScrollArea()
        self._area.setProperty("desk", True)
        self._area.setWidget(self.sheet)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self._title, 1)
        head.addWidget(label(self.tr("← → lật trang · + − phóng to, thu nhỏ"), "small"))
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._area, 1)
