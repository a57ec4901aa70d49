"""Darkens a window while a dialog stands before it, so that nothing behind is read as part of the question."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

_INK = QColor(10, 20, 30, 120)


class Veil(QWidget):
    """Lies over the window of a dialog's parent for as long as the dialog is seen. Takes neither keys nor mouse."""

    def __init__(self, dialog: QDialog, over: QWidget) -> None:
        super().__init__(over)
        self._dialog, self._over = dialog, over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the dialog, and be as large as the window."""
        if watched is self._dialog and event.type() == QEvent.Type.Show:
            self._cover()
        elif watched is self._dialog and event.type() == QEvent.Type.Hide:
            self._over.removeEventFilter(self)
            self.hide()
        elif watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def _cover(self) -> None:
        self._over = self._over.window()  # the screen may have been put into it meanwhile
        self.setParent(self._over)
        self._over.installEventFilter(self)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw it."""
        QPainter(self).fillRect(self.rect(), _INK)
