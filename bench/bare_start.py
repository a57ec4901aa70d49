"""The yardstick of `start.*`: a QApplication, a QMainWindow, a label. `python -m bench.bare_start`."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from bench.first_paint import report


class _Label(QLabel):
    def paintEvent(self, event: QPaintEvent) -> None:
        """End once the label has been painted."""
        super().paintEvent(event)
        QTimer.singleShot(0, report)


def main() -> int:
    """Show the bare window, as large as ours."""
    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(_Label("Quầy Một Cửa"))
    window.resize(1366, 768)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
