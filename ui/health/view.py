"""Kiểm tra thiết bị: each part of this counter with what was found, and what to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.domain.verdict import Health
from ui.health import words
from ui.health.view_model import HealthViewModel
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.card import Card
from ui.widgets.findings import Findings
from ui.widgets.key_button import KeyButton
from ui.widgets.stat import Stat
from ui.widgets.under_way import UnderWay


class HealthView(QWidget):
    """`copied` comes once the report lies on the clipboard; `tokens_asked` leads to Kiểm tra thẻ."""

    copied = Signal()
    tokens_asked = Signal()

    def __init__(self, model: HealthViewModel) -> None:
        super().__init__()
        self._model = model
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.look = KeyButton(self.tr("Kiểm tra lại"), "F5", "refresh-cw", "primary")
        self.copy = KeyButton(self.tr("Chép báo cáo"), "Ctrl+Shift+C", "copy")
        self.to_tokens = KeyButton(self.tr("Kiểm tra thẻ"), "F7", "usb")
        empty = self.tr("Chưa kiểm tra"), self.tr("Bấm F5 để kiểm tra từng phần của máy này.")
        self.findings = Findings(self.tr("Kiểm tra thiết bị"), self.tr("Kết quả kiểm tra"), empty)
        self.setFocusProxy(self.findings)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self._figures())
        column.addWidget(self.findings, 1)

    def _figures(self) -> Card:
        self.good = Stat(words.badge(Health.OK))
        self.odd = Stat(words.badge(Health.WARN))
        self.broken = Stat(words.badge(Health.FAIL))
        self.doing = Stat(self.tr("Đang kiểm tra"))
        self.under_way = UnderWay(self.tr("Tiến độ kiểm tra"), self.tr("Dừng"), 160)
        self.stop = self.under_way.stop
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(40)
        for shown in (self.good, self.odd, self.broken, self.doing):
            row.addWidget(shown)
        row.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self.under_way, self.to_tokens, self.copy, self.look):
            buttons.addWidget(button)
        row.addLayout(buttons)
        card.column.addLayout(row)
        return card

    def _bind(self) -> None:
        self.look.clicked.connect(self._model.look)
        self.stop.clicked.connect(self._model.cancel)
        self.copy.clicked.connect(self._copy)
        self.to_tokens.clicked.connect(self.tokens_asked)
        self._model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        for stat, health in ((self.good, Health.OK), (self.odd, Health.WARN), (self.broken, Health.FAIL)):
            count = model.count(health)
            stat.say(str(count), words.TONES[health] if count else Tone.NEUTRAL)
        self.look.setVisible(not model.busy)
        self.copy.setEnabled(bool(model.checks) and not model.busy)
        self.doing.setVisible(model.busy)
        self.doing.say(words.title(model.doing))
        self.under_way.show_work(busy=model.busy, done=model.done, total=model.total)
        self.findings.set_findings([words.finding(each) for each in model.checks])

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(words.report(self._model.checks))
        self.copied.emit()
