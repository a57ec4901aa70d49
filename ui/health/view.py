"""Kiểm tra thiết bị: each part of this counter with what was found, and what to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from clerk_app.domain.verdict import Check, Health
from ui.health import words
from ui.health.view_model import HealthViewModel
from ui.language import told
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.stat import Stat
from ui.widgets.status_badge import StatusBadge


class HealthView(QWidget):
    """`copied` comes once the report lies on the clipboard."""

    copied = Signal()

    def __init__(self, model: HealthViewModel) -> None:
        super().__init__()
        self._model = model
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.look = KeyButton(self.tr("Kiểm tra lại"), "F5", "refresh-cw", "primary")
        self.stop = KeyButton(self.tr("Dừng"), "Esc", "x")
        self.copy = KeyButton(self.tr("Chép báo cáo"), "Ctrl+Shift+C", "copy")
        self.checks = Checklist(self.tr("Kiểm tra thiết bị"))
        self.setFocusProxy(self.checks)
        body = QHBoxLayout()
        body.setSpacing(GUTTER)
        listed = Card(padding=GUTTER)
        listed.column.addWidget(label(self.tr("Kết quả kiểm tra"), "heading"))
        listed.column.addWidget(self.checks, 1)
        body.addWidget(listed, 3)
        body.addWidget(self._detail_card(), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self._figures())
        column.addLayout(body, 1)

    def _figures(self) -> Card:
        self.good = Stat(words.badge(Health.OK))
        self.odd = Stat(words.badge(Health.WARN))
        self.broken = Stat(words.badge(Health.FAIL))
        self.doing = Stat(self.tr("Đang kiểm tra"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(self.tr("Tiến độ kiểm tra"))
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(40)
        for shown in (self.good, self.odd, self.broken, self.doing, self.bar):
            row.addWidget(shown)
        row.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self.copy, self.stop, self.look):
            buttons.addWidget(button)
        row.addLayout(buttons)
        card.column.addLayout(row)
        return card

    def _detail_card(self) -> Card:
        self._name, self._badge = label(role="heading", wrap=True), StatusBadge()
        self._found, self._todo = label(wrap=True), label(wrap=True)
        self._todo_head = label(self.tr("Việc cần làm"), "small")
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._badge)
        card.column.addLayout(head)
        for shown in (self._found, self._todo_head, self._todo):
            card.column.addWidget(shown)
        card.column.addStretch()
        return card

    def _bind(self) -> None:
        self.look.clicked.connect(self._model.look)
        self.stop.clicked.connect(self._model.cancel)
        self.copy.clicked.connect(self._copy)
        self.checks.current_changed.connect(self._show_detail)
        self._model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        for stat, health in ((self.good, Health.OK), (self.odd, Health.WARN), (self.broken, Health.FAIL)):
            count = model.count(health)
            stat.say(str(count), words.TONES[health] if count else Tone.NEUTRAL)
        self.look.setVisible(not model.busy)
        self.stop.setVisible(model.busy)
        self.copy.setEnabled(bool(model.checks) and not model.busy)
        self.doing.setVisible(model.busy)
        self.bar.setVisible(model.busy)
        self.doing.say(words.title(model.doing))
        self.bar.setRange(0, model.total)
        self.bar.setValue(model.done)
        self.checks.set_rows([_row(each) for each in model.checks])
        self._show_detail(self.checks.current_key)

    def _show_detail(self, key: str) -> None:
        check = next((each for each in self._model.checks if each.name == key), None)
        self._badge.setVisible(check is not None)
        if check is None:
            self._name.setText(self.tr("Chưa kiểm tra"))
            self._found.setText(self.tr("Bấm F5 để kiểm tra từng phần của máy này."))
        else:
            self._name.setText(words.title(check.name))
            self._found.setText(told(check.sentence))
            self._badge.set_status(words.badge(check.health), words.TONES[check.health])
        remedy = told(check.remedy) if check is not None else ""
        self._todo.setText(remedy)
        self._todo.setVisible(bool(remedy))
        self._todo_head.setVisible(bool(remedy))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(words.report(self._model.checks))
        self.copied.emit()


def _row(check: Check) -> Row:
    tone = words.TONES[check.health]
    return Row(check.name, words.title(check.name), told(check.sentence), words.badge(check.health), tone)
