"""The line where anything is looked for: a lens, the words, and the key that leads here."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ui.icon import pixmap
from ui.theme import SMALL, current, font

_DELAY = 100  # milliseconds without a key before the search starts


class SearchField(QLineEdit):
    """`asked(text)` comes once typing pauses (an input method's half-typed letters never count)."""

    asked = Signal(str)
    left = Signal()  # Esc on an empty field
    went_down = Signal()  # Down or Enter: on to the results

    def __init__(self, hint: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", True)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textChanged.connect(self._wait)
        self._furnish(key)

    def _furnish(self, key: str) -> None:
        lens, self._hint = QLabel(), QLabel(key)
        lens.setPixmap(pixmap("search", current().muted, 16))
        self._hint.setFont(font(SMALL))
        self._hint.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(lens)
        row.addStretch()
        row.addWidget(self._hint)
        self.setTextMargins(26, 0, 0, 0)
        self.textChanged.connect(lambda text: self._hint.setVisible(not text))
        if key:
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(self._enter)

    def _wait(self) -> None:
        self._timer.start()

    def _enter(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, then leaves; Down and Enter lead on to the results."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.clear() if self.text() else self.left.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.went_down.emit()
            case _:
                super().keyPressEvent(event)
