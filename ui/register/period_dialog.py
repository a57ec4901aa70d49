"""From which day to which: the days of receipt that the register shows."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import GUTTER, UNIT
from ui.widgets.date_field import DateField
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class PeriodDialog(QDialog):
    """`chosen(date | None, date | None)`; an empty field leaves that end open."""

    chosen = Signal(object, object)

    def __init__(self, since: date | None, until: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Ngày nhận hồ sơ"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.since, self.until = DateField(), DateField()
        self.since.set_date(since)
        self.until.set_date(until)
        self._wrong = label(role="small", wrap=True)
        self._done = KeyButton(self.tr("Lọc"), "Return", "search", "primary")
        self._leave = KeyButton(self.tr("Thôi"), "Esc")
        self._done.clicked.connect(self._choose)
        self._leave.clicked.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(UNIT)
        fields.addWidget(FormField(self.tr("Từ ngày"), self.since))
        fields.addWidget(FormField(self.tr("Đến ngày"), self.until))
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addStretch()
        buttons.addWidget(self._leave)
        buttons.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(12)
        column.addLayout(fields)
        column.addWidget(self._wrong)
        column.addLayout(buttons)

    def _choose(self) -> None:
        since, until = self.since.day, self.until.day
        if self.since.is_wrong or self.until.is_wrong:
            self._wrong.setText(self.tr("Ngày chưa đúng. Gõ như 23/11/2026, hoặc để trống."))
        elif since and until and since > until:
            self._wrong.setText(self.tr("Ngày đầu sau ngày cuối. Đổi lại hai ngày."))
        else:
            self.accept()
            self.chosen.emit(since, until)
