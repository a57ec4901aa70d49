"""Tells that the program itself made a mistake, with a report that holds no personal data."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import GUTTER, UNIT
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class CrashDialog(QDialog):
    """Opens without stopping anything; a second bug while it is open is added to the report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Lỗi của chương trình"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Báo cáo lỗi"))
        self._copy = KeyButton(self.tr("Sao chép báo cáo"), "Ctrl+C", "copy")
        self._close = KeyButton(self.tr("Đóng và làm tiếp"), "Esc", "", "primary")
        self._copy.clicked.connect(self._copy_report)
        self._close.clicked.connect(self.hide)
        self._lay_out()

    def add(self, report: str) -> None:
        """Show a report, below those that nobody has closed yet."""
        if not self.isVisible():
            self.report.clear()
        self.report.appendPlainText(report + "\n")
        self.open()

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self._copy.set_words(self.tr("Đã sao chép"), "check")

    def _lay_out(self) -> None:
        explain = self.tr(
            "Việc vừa rồi chưa xong; những gì đã lưu vẫn còn nguyên. Báo cáo dưới đây không có dữ liệu "
            "của người dân: sao chép rồi gửi cho người quản trị."
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self._copy)
        buttons.addStretch()
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GUTTER)
        column.addWidget(label(self.tr("Chương trình gặp lỗi"), "title"))
        column.addWidget(label(explain, wrap=True))
        column.addWidget(self.report, 1)
        column.addLayout(buttons)
        self.resize(620, 420)
