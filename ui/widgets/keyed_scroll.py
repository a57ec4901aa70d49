"""A part that scrolls, by keys too: it takes the focus, shows it, and keeps what has the focus inside in sight."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import current


class KeyedScroll(QScrollArea):
    """Up, Down, Page Up and Page Down scroll it."""

    def __init__(self, inside: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring of the focus at the inner edge."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(current().primary), 2))
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), 6, 6)
