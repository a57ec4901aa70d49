"""Asks for one PIN, for one try. It signs nothing itself and never waits for anything.

Open it with `ask`; it answers with exactly one of `entered`, `by_pen`, `cancelled`. After `entered` it stays,
busy, until the next `ask` (the PIN was wrong) or `leave`. The field is emptied with every answer.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.text import fold
from clerk_app.domain.token_card import TokenCard, TypedPin
from ui import local_time
from ui.icon import pixmap
from ui.notices import Words
from ui.pin_turn import Asked
from ui.theme import GUTTER, UNIT, Tone, current
from ui.widgets.banner import Banner
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label, set_tone
from ui.widgets.status_badge import StatusBadge
from ui.widgets.veil import Veil

_WARN_DAYS = 30  # from here on the end of a certificate is worth a warning


class PinDialog(QDialog):
    """One PIN, one try; the last try before the token locks asks for a typed word first."""

    entered = Signal(object)  # TypedPin: for the token shown here; whoever takes it wipes it
    by_pen = Signal()  # first key of Ký tay
    cancelled = Signal()

    def __init__(
        self, parent: QWidget | None = None, now: Callable[[], datetime] = utc_now, *, pen: bool = True
    ) -> None:
        """`pen`: whether what is signed may be signed by hand instead."""
        super().__init__(parent)
        self._now = now
        self._card: TokenCard | None = None
        self._busy, self._by_hand = False, pen
        self._following = False  # what was asked is being asked still
        self.setWindowTitle(self.tr("Ký số"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._build()
        self._bind()
        if parent is not None:
            Veil(self, parent)

    def ask(self, card: TokenCard, what: str, trouble: Words | None = None) -> None:
        """Ask for the PIN of `card` to sign `what`; `trouble` says why the last try failed."""
        self._card, self._busy = card, False
        self._what.setText(what)
        self._show_card(card)
        self._show_trouble(card, trouble)
        self._final.setVisible(card.final_try)
        self._pin.setVisible(not card.pin_pad)
        self._pad.setVisible(card.pin_pad)
        self._each_time.setVisible(card.pin_each_time)
        self._unsure.setVisible(card.unsure)
        self._empty()
        self.adjustSize()
        self.open()
        (self.sure if card.final_try else self.pin).setFocus()

    def leave(self) -> None:
        """Close without an answer: it was signed, or it can't be."""
        self._busy = False
        self._empty()
        self.hide()

    def follow(self, asked: Asked | None, *, over: bool, back: QWidget) -> None:
        """Go with a model: `ask` once when it begins to ask, and when it is `over` leave and give the keys back."""
        if asked is not None and not self._following:
            self.ask(asked.card, asked.what, asked.trouble)
        elif asked is None and over and self.isVisible():
            self.leave()
            back.window().activateWindow()
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._following = asked is not None

    @property
    def can_sign(self) -> bool:
        """Whether a try may be made now."""
        card = self._card
        if card is None or self._busy:
            return False
        sure = not card.final_try or fold(self.sure.text()).strip() == fold(self._word())
        return sure and (card.pin_pad or bool(self.pin.text()))

    def reject(self) -> None:
        """Esc and the window's own close button; not while a token is at work."""
        if not self._busy:
            self._empty()
            self.hide()
            self.cancelled.emit()

    def _build(self) -> None:
        self._what = label(role="title", wrap=True)
        self._trouble = Banner(rounded=True)
        self.pin, self.sure = QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(64)
        self._pin = FormField(self.tr("&Mã PIN"), self.pin)
        self._final = FormField(self.tr("Gõ chữ {word} để xác nhận").format(word=self._word()), self.sure)
        self._pad = label(self.tr("Nhập mã PIN trên bàn phím của thẻ sau khi bấm Ký."), wrap=True)
        each_time = self.tr("Thẻ này đòi mã PIN cho từng chữ ký: mỗi lần nhập ký một văn bản.")
        self._each_time = label(each_time, wrap=True)
        unsure = self.tr("Nơi cấp chưa cho biết chứng thư số này có bị thu hồi không; vẫn ký được.")
        self._unsure = label(unsure, role="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GUTTER)
        asked = (self._final, self._pin, self._pad)
        for widget in (self._what, self._owner_panel(), self._trouble, self._unsure, self._each_time, *asked):
            column.addWidget(widget)
        column.addLayout(self._buttons())
        self.setFixedWidth(540)

    def _owner_panel(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", True)
        sign = QLabel()
        sign.setPixmap(pixmap("usb", current().primary, 24))
        self._owner, self._validity = label(role="strong"), label(role="small")
        self._practice = StatusBadge(self.tr("Thẻ luyện tập"), Tone.INFO)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._owner)
        words.addWidget(self._validity)
        row = QHBoxLayout(panel)
        row.setContentsMargins(GUTTER, 12, GUTTER, 12)
        row.setSpacing(GUTTER)
        row.addWidget(sign)
        row.addLayout(words, 1)
        row.addWidget(self._practice)
        return panel

    def _buttons(self) -> QHBoxLayout:
        self._pen = KeyButton(self.tr("Ký tay"), "F8", "pen-line")
        self._cancel = KeyButton(self.tr("Hủy"), "Esc")
        self._sign = KeyButton(self.tr("Ký"), "Return", "key-round", "primary")
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self._pen)
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(self._sign)
        return row

    def _bind(self) -> None:
        self.pin.returnPressed.connect(self._submit)  # the Enter of the number pad
        self.pin.textChanged.connect(self._render)
        self.sure.textChanged.connect(self._render)
        self._sign.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.reject)
        self._pen.clicked.connect(self._choose_pen)
        self._pen.setVisible(self._by_hand)

    def _render(self) -> None:
        self._sign.setEnabled(self.can_sign)
        self._pen.setEnabled(not self._busy)
        self._cancel.setEnabled(not self._busy)
        self.pin.setEnabled(not self._busy)
        self.sure.setEnabled(not self._busy)
        self._sign.set_words(self.tr("Đang ký…") if self._busy else self.tr("Ký"))

    def _submit(self) -> None:
        if self._card is None or not self.can_sign:
            return
        typed = TypedPin(self._card, bytearray(self.pin.text().encode()))
        self._busy = True
        self._empty()
        self.entered.emit(typed)

    def _choose_pen(self) -> None:
        self._empty()
        self.hide()
        self.by_pen.emit()

    def _empty(self) -> None:
        self.pin.clear()
        self.sure.clear()
        self._render()

    def _show_card(self, card: TokenCard) -> None:
        days = (card.valid_to - self._now()).days
        until = self.tr("{label} · chứng thư số đến {day}").format(
            label=card.label, day=local_time.day(card.valid_to)
        )
        soon = self.tr(" (còn {days} ngày)").format(days=max(days, 0)) if days <= _WARN_DAYS else ""
        self._owner.setText(card.owner)
        self._validity.setText(until + soon)
        set_tone(self._validity, Tone.WARN if soon else Tone.NEUTRAL)
        self._practice.setVisible(bool(card.practice_pin))
        hint = self.tr("Thẻ luyện tập, mã PIN: {pin}").format(pin=card.practice_pin)
        self._pin.say(hint if card.practice_pin else "", Tone.NEUTRAL)

    def _show_trouble(self, card: TokenCard, trouble: Words | None) -> None:
        if card.final_try:
            bold = self.tr("Chỉ còn một lần thử.")
            self._trouble.say(
                bold, self.tr("Sai lần này thì thẻ bị khóa. Không chắc mã PIN thì chọn Ký tay."), Tone.BAD
            )
        elif trouble is not None:
            self._trouble.say(trouble.message, trouble.remedy, Tone.BAD)
        elif card.tries_low:
            bold = self.tr("Đã có lần nhập sai mã PIN.")
            self._trouble.say(bold, self.tr("Thẻ tự khóa sau nhiều lần sai; nhập cẩn thận."), Tone.WARN)
        else:
            self._trouble.hide()

    def _word(self) -> str:
        return self.tr("LẦN CUỐI")
