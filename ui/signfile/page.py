"""The page that a sign is put on: painted as large as there is room, the sign as a frame that the arrow keys move."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import LIGHT, current

_STEP, _SMALL = 5.0, 1.0  # millimetres


class SignPage(QWidget):
    """`moved(right, up)` in millimetres; `turned(pages)`. Shift moves by little."""

    moved = Signal(float, float)
    turned = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setMinimumSize(260, 300)
        self._page, self._sign = QPixmap(), QRectF()
        self._size = (595.0, 842.0)
        self._words = ""

    def sizeHint(self) -> QSize:
        """As large as a page of office paper on a small screen."""
        return QSize(420, 594)

    def show_page(self, png: bytes, size: tuple[float, float], sign: QRectF, words: str) -> None:
        """Show a page of `size` points; `sign` in points from its lower left corner; `words` inside the sign."""
        if not self._page.loadFromData(png):
            self._page = QPixmap()
        self._size, self._sign, self._words = size, sign, words
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the sign, or turn the page."""
        step = _SMALL if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        match event.key():
            case Qt.Key.Key_Left:
                self.moved.emit(-step, 0)
            case Qt.Key.Key_Right:
                self.moved.emit(step, 0)
            case Qt.Key.Key_Up:
                self.moved.emit(0, step)
            case Qt.Key.Key_Down:
                self.moved.emit(0, -step)
            case Qt.Key.Key_PageUp:
                self.turned.emit(-1)
            case Qt.Key.Key_PageDown:
                self.turned.emit(1)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint page and sign."""
        if self._page.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        wide, high = self._size
        scale = min(self.width() / wide, self.height() / high)
        left, top = (self.width() - wide * scale) / 2, (self.height() - high * scale) / 2
        whole = QRectF(left, top, wide * scale, high * scale)
        painter.fillRect(self.rect(), QColor(current().sunken))
        painter.drawPixmap(whole, self._page, QRectF(self._page.rect()))
        painter.setPen(QPen(QColor(current().hairline), 1))
        painter.drawRect(whole)
        colour = QColor(LIGHT.primary)  # paper is white, whatever the colours of the window
        sign = QRectF(
            left + self._sign.x() * scale,
            top + (high - self._sign.y() - self._sign.height()) * scale,
            self._sign.width() * scale,
            self._sign.height() * scale,
        )
        inside = QColor(colour)
        inside.setAlpha(40)
        painter.fillRect(sign, inside)
        painter.setPen(QPen(colour, 3 if self.hasFocus() else 2))
        painter.drawRect(sign)
        painter.drawText(
            sign.adjusted(4, 2, -4, -2), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words
        )
