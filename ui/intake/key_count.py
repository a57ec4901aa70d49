"""Counts the keys from the first one of a dossier to its printed slip: what an officer's hands feel."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

_HELD = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


class KeyCount(QObject):
    """Hears each key once, where the focus is (or in a menu); keys held for another one do not count."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.presses = 0
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def begin(self) -> None:
        """Another dossier: count anew."""
        self.presses = 0

    def forgive(self, keys: int) -> None:
        """So many of the last keys were a scanner's."""
        self.presses = max(0, self.presses - keys)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count; a key always asks first whether it is a shortcut, so that every one passes here.

        The letters of a card are typed by its scanner, and taken back by an input method: they count for nothing.
        """
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and watched in {QApplication.focusWidget(), QApplication.activePopupWidget()}
            and isinstance(event, QKeyEvent)
            and event.key() not in _HELD
            and not (watched.property("scanned") and _is_scanners(event))
        ):
            self.presses += 1
        return False


def _is_scanners(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Backspace or (event.text() != "" and event.text().isprintable())
