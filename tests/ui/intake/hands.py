"""Ten fingers on the intake screen."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.intake.view import IntakeView

Key = Qt.Key


class Hands:
    """Ten fingers: keys go to whatever has the focus."""

    def __init__(self, qtbot: QtBot, view: IntakeView) -> None:
        self._qtbot, self._view = qtbot, view

    def press(self, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self._qtbot.keyClick(self._there(), key, held)

    def hold_ctrl(self, key: Key) -> None:
        self.press(key, held=Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type; letters that no key of its own has come as an input method's or a card reader's driver sends them."""
        for letter in text:
            if letter.isascii():
                self._qtbot.keyClick(self._there(), letter)
                continue
            event = QKeyEvent(
                QEvent.Type.KeyPress, Key.Key_unknown.value, Qt.KeyboardModifier.NoModifier, letter
            )
            QApplication.sendEvent(self._there(), event)

    def _there(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._view
