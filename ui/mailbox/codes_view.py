"""Chờ cấp mã: what was received under provisional numbers, and the key that gives all of it codes and signed notices."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.legal_code import CodeWaiting
from clerk_app.domain.reason import LONGEST_REASON
from ui import local_time
from ui.mailbox.codes_view_model import CodesViewModel, Step
from ui.notices import in_words
from ui.pin_turn import asked_of
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.pin_dialog import PinDialog


class CodesView(QWidget):
    """F9 gives codes, Space leaves one out, Enter opens its dossier, F8 prints the notices for a hand signature."""

    back_asked = Signal()
    dossier_asked = Signal(str)  # code

    def __init__(self, model: CodesViewModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Read the list anew."""
        self._model.refresh()

    def _build(self) -> None:
        self.back = KeyButton(self.tr("Gửi, nhận dữ liệu"), "Esc", "arrow-left-right")
        self.pen = KeyButton(self.tr("Ký tay"), "F8", "pen-line")
        self.give = KeyButton(self.tr("Cấp mã và ký thông báo"), "F9", "key-round", "primary")
        self.trouble = Banner(rounded=True)
        self.list = Checklist(self.tr("Hồ sơ chờ cấp mã"))
        self.setFocusProxy(self.list)
        self._nothing = label(self.tr("Không có hồ sơ nào còn số tạm mà chưa có mã."), "muted", wrap=True)
        self.reason = QLineEdit(placeholderText=self.tr("Lý do ký tay, rồi Enter"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.hide()
        self.pin = PinDialog(self)
        card = Card(padding=GUTTER)
        card.column.addWidget(label(self.list.accessibleName(), "heading"))
        card.column.addSpacing(UNIT // 2)
        card.column.addWidget(self._nothing)
        card.column.addWidget(self.list, 1)
        card.column.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        for widget in (self._head(), self.trouble, self.reason):
            column.addWidget(widget)
        column.addWidget(card, 1)

    def _head(self) -> Card:
        self._told = label("", "muted", wrap=True)
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self._told, 1)
        row.addSpacing(GUTTER)
        for button in (self.back, self.pen, self.give):
            row.addWidget(button)
        card.column.addLayout(row)
        return card

    def _bind(self) -> None:
        model = self._model
        self.back.clicked.connect(self._leave)
        self.give.clicked.connect(model.give)
        self.pen.clicked.connect(self._ask_pen)
        self.reason.returnPressed.connect(self._by_pen)
        self.list.cycled.connect(model.leave_out)
        self.list.opened.connect(self._open)
        self.pin.entered.connect(model.enter_pin)
        self.pin.cancelled.connect(model.cancel)
        self.pin.by_pen.connect(self._ask_pen)
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        self.list.set_rows([self._row(each) for each in model.items])
        self.list.setVisible(bool(model.items))
        self._nothing.setVisible(not model.items)
        for button in (self.give, self.pen):
            button.setEnabled(bool(model.chosen) and not model.busy)
        done, total = model.doing
        if model.step is Step.GIVING:
            self._told.setText(self.tr("Đang cấp mã {done}/{total}…").format(done=done, total=total))
        else:
            self._told.setText(
                self.tr(
                    "Số tạm trên giấy hẹn vẫn dùng được mãi. Cấp mã: mỗi hồ sơ nhận một mã của hôm nay và một thông báo có "
                    "chữ ký, ghi cả hai số. Dấu cách: để lại, chưa cấp lần này."
                )
            )
        if model.notice is None:
            self.trouble.hide()
        else:
            said = in_words(model.notice)
            self.trouble.say(said.message, said.remedy, Tone.BAD)
        self._follow_pin()

    def _row(self, item: CodeWaiting) -> Row:
        title = f"{item.provisional} · {item.person}"
        received = self.tr("nhận {since}").format(since=local_time.short(item.received_at, self._now()))
        if item.legal_code:
            received += " · " + self.tr("đã có mã {code}, chưa có thông báo").format(code=item.legal_code)
        if self._model.is_left_out(item):
            return Row(item.dossier, title, received, self.tr("Để lại"), Tone.NEUTRAL)
        waits = self.tr("Chờ thông báo") if item.legal_code else self.tr("Chờ cấp mã")
        return Row(item.dossier, title, received, waits, Tone.WARN)

    def _follow_pin(self) -> None:
        model = self._model
        what = self.tr("Ký {count} thông báo mã hồ sơ").format(count=len(model.chosen))
        asked = asked_of(model, what) if model.step is Step.ASKING_PIN else None
        self.pin.follow(asked, over=model.step in {Step.CHOOSING, Step.GIVING}, back=self.list)

    def _leave(self) -> None:
        """Go back: from the reason to the list, from the list to what waits."""
        if self.reason.isVisible():
            self.reason.hide()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back_asked.emit()

    def _ask_pen(self) -> None:
        self._model.cancel()
        self.reason.setText(self.tr("Không dùng được thẻ ký số"))
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()

    def _by_pen(self) -> None:
        if self.reason.text().strip():
            self.reason.hide()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._model.give_by_pen(self.reason.text())

    def _open(self, dossier: str) -> None:
        code = next((each.provisional for each in self._model.items if each.dossier == dossier), "")
        if code:
            self.dossier_asked.emit(code)
