"""The one window: the unlock page before, the workplace after. It knows no screen by name."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from ui.icon import pixmap
from ui.theme import MINIMUM_WINDOW, current
from ui.widgets.crash_dialog import CrashDialog


class MainWindow(QMainWindow):
    """`closing` comes once, while the window can still be seen."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Quầy Một Cửa"))
        self.setWindowIcon(QIcon(pixmap("landmark", current().primary, 64)))
        self.setMinimumSize(*MINIMUM_WINDOW)
        self.resize(1366, 768)
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self._crash: CrashDialog | None = None

    def put(self, page: QWidget) -> None:
        """Show `page`, with the focus where it was wanted there; a page that is new here is taken in first."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._close_questions()
        self._pages.setCurrentWidget(page)
        if (wanted := page.focusWidget()) is not None:
            wanted.setFocus()

    def shows(self, page: QWidget) -> bool:
        """Tell whether `page` is up."""
        return self._pages.currentWidget() is page

    def drop(self, page: QWidget) -> None:
        """Let a page go for good."""
        self._pages.removeWidget(page)
        page.deleteLater()

    def come_up(self) -> None:
        """Stand before all other windows, also when it was made small."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_crash(self, report: str) -> None:
        """Tell of a bug; work goes on."""
        self._crash = self._crash or CrashDialog(self)
        self._crash.add(report)

    def _close_questions(self) -> None:
        """What one page asked, a PIN among it, is not left standing before the next."""
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible() and dialog is not self._crash:
                dialog.reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the desk be put away."""
        self.closing.emit()
        super().closeEvent(event)
