"""Ten fingers on the real window, offscreen, over a real counter: keys go to whatever has the focus."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.furniture import Desk
from ui.main_window import MainWindow
from ui.screens import Screens

PATIENCE_MS = 60_000  # until something that should be seen counts as missing


class Hands:
    """Presses keys, counts them, and waits until the window shows what it should."""

    def __init__(self, qtbot: QtBot, window: MainWindow, screens: Screens, desk: Desk, printed: Path) -> None:
        self._qtbot, self._window = qtbot, window
        self.screens, self.desk, self.printed = screens, desk, printed
        self.keys = 0

    def press(self, *keys: Qt.Key, ctrl: bool = False) -> None:
        """Press keys one after another."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.keys += 1
            self._qtbot.keyClick(self._there(), key, held)

    def type(self, text: str, *, counted: bool = True) -> None:
        """Type a text; what a scanner types, or a PIN, is not counted."""
        self.keys += len(text) if counted else 0
        for letter in text:
            if letter.isascii():
                self._qtbot.keyClick(self._there(), letter)
            else:
                event = QKeyEvent(
                    QEvent.Type.KeyPress, Qt.Key.Key_unknown.value, Qt.KeyboardModifier.NoModifier, letter
                )
                QApplication.sendEvent(self._there(), event)

    def wait(self, holds: Callable[[], object]) -> None:
        """Let the window's loop turn until something holds."""
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)

    def paper(self, part: str) -> str:
        """Return the text of the one printed paper whose name holds `part`, as poppler reads it."""
        (path,) = (each for each in self.printed.iterdir() if part in each.name)
        told = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True)
        return " ".join(told.stdout.split())

    def _there(self) -> object:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window
