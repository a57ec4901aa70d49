"""Words of one line that give way: too long ones end in "…" and stand whole in the tooltip."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Never asks for the width of its words."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words = ""
        self._more = ""
        self.set_words(text)

    def set_words(self, words: str) -> None:
        """Say other words."""
        if words != self.words:
            self.words = words
            self.setAccessibleName(words)
            self._fit()

    def explain(self, more: str) -> None:
        """Say more in the tooltip, whether or not the words fit."""
        if more != self._more:
            self._more = more
            self.setAccessibleDescription(more)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """One line, as narrow as it must be."""
        return QSize(40, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._more or (self.words if shown != self.words else ""))


class ElidedButton(QPushButton):
    """A quiet button whose words begin at its left edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setStyleSheet("text-align: left; font-weight: 400;")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words = ""

    def set_words(self, words: str) -> None:
        """Say other words."""
        self.words = words
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 24
        shown = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
