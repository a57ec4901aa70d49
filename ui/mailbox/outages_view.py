"""Nhật ký mất kết nối: each outage with its cause, how long it lasted and what was done meanwhile; saved as evidence."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from ui.mailbox import outages_words as words
from ui.mailbox.outages_view_model import OutagesViewModel
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.findings import Findings
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class OutagesView(QWidget):
    """`back_asked` leads to what waits; `dossier_asked(code)`: the clerk wants to see the first dossier of a line."""

    back_asked = Signal()
    dossier_asked = Signal(str)

    def __init__(self, model: OutagesViewModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Read the log anew."""
        self._model.refresh()

    def _build(self) -> None:
        self.back = KeyButton(self.tr("Gửi, nhận dữ liệu"), "Esc", "arrow-left-right")
        self.save = KeyButton(self.tr("Xuất bảng tính…"), "F4", "save", "primary")
        self.trouble = Banner(rounded=True)
        empty = (
            self.tr("Chưa có lần mất kết nối nào"),
            self.tr(
                "Máy hỏi hai lần liền không được thì ghi vào đây; hỏng một lần rồi nối lại được thì không ghi."
            ),
        )
        self.findings = Findings(
            self.tr("Nhật ký mất kết nối"), self.tr("Những lần mất kết nối máy chủ trung tâm"), empty
        )
        self.setFocusProxy(self.findings)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self._head())
        column.addWidget(self.trouble)
        column.addWidget(self.findings, 1)

    def _head(self) -> Card:
        told = self.tr(
            "Ghi trong nhật ký có chữ ký của quầy và gửi lên máy chủ, làm bằng chứng khi hồ sơ trễ hẹn. "
            "Bảng tính có đủ hồ sơ, giờ hẹn trả và mã để tìm lại trên máy chủ."
        )
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(label(told, "muted", wrap=True), 1)
        row.addSpacing(GUTTER)
        row.addWidget(self.back)
        row.addWidget(self.save)
        card.column.addLayout(row)
        return card

    def _bind(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.save.clicked.connect(self._save)
        self.findings.opened.connect(self._open)
        self._model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        self.save.setEnabled(bool(model.outages) and not model.busy)
        if model.notice is None:
            self.trouble.hide()
        else:
            said = in_words(model.notice)
            self.trouble.say(said.message, said.remedy, Tone.BAD)
        self.findings.set_findings([words.finding(each, self._now()) for each in model.outages])

    def _open(self, begun: str) -> None:
        if code := self._model.dossier(begun):
            self.dossier_asked.emit(code)

    def _save(self) -> None:
        title, kinds = self.tr("Xuất nhật ký mất kết nối"), self.tr("Bảng tính (*.xlsx)")
        path, _ = QFileDialog.getSaveFileName(self, title, "mat-ket-noi.xlsx", kinds)
        self._model.save(path)
