"""A person's initials in a disc."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import SMALL, current, font

_SIZE = 34


def initials(name: str) -> str:
    """Return the first letters of the family name and of the given name: "Nguyễn Thị Hạnh" gives "NH"."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class Avatar(QWidget):
    """Stands beside the name, which screen readers say; the disc itself says nothing."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_SIZE, _SIZE)
        self._letters = initials(name)

    def set_name(self, name: str) -> None:
        """Show another person's initials."""
        self._letters = initials(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw disc and letters."""
        now = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.primary))
        painter.drawEllipse(self.rect())
        painter.setPen(QColor(now.on_primary))
        painter.setFont(font(SMALL, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
