"""The first thing one sees: choose the name, type the passphrase, Enter."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from clerk_app.clock import format_moment, now
from ui.icon import pixmap
from ui.notices import in_words
from ui.theme import UNIT, Tone, current
from ui.unlock.sign_in_model import SignInViewModel
from ui.unlock.view_model import UnlockViewModel
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label

_WIDTH = 440


class UnlockView(QWidget):
    """`painted` once, after the first time it stood on the screen. `practice` is the passphrase to offer.

    `sign_in` where this counter names a provider: its button stands below, and whose days are nearly over is told.
    """

    painted = Signal()

    def __init__(
        self,
        model: UnlockViewModel,
        unit: str = "",
        practice: str = "",
        sign_in: SignInViewModel | None = None,
    ) -> None:
        super().__init__()
        self._model, self._unit, self._practice, self._sign_in = model, unit, practice, sign_in
        self._seen = False
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Offer the field anew: at the start, and after the counter was locked."""
        self.passphrase.setText(self._practice)
        self.passphrase.selectAll()
        if self._sign_in is not None:
            self._sign_in.forget()
            if self._seen:  # the first look waits until the page is painted
                self._sign_in.look()
        QTimer.singleShot(
            0, self.passphrase, self.passphrase.setFocus
        )  # after the page has settled in the window

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, after the first paint, that heavy work may begin."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the passphrase."""
        super().showEvent(event)
        self.begin()

    def _build(self) -> None:
        self.officer, self.passphrase = QComboBox(), QLineEdit()
        for officer in self._model.officers:
            place = f" – {officer.position}" if officer.position else ""
            self.officer.addItem(f"{officer.name}{place}", officer.id)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = KeyButton(self.tr("Mở quầy"), "Return", "log-in", "primary")
        self.trouble = Banner(rounded=True)
        note = Banner(rounded=True)
        if self._practice:
            note.say(
                self.tr("Chế độ luyện tập"),
                self.tr("Mật khẩu đã điền sẵn, bấm Enter để vào."),
                Tone.INFO,
            )
        card = Card(padding=32)
        card.setFixedWidth(_WIDTH)
        self._head(card)
        card.column.addSpacing(UNIT)
        for widget in (
            note,
            FormField(self.tr("&Cán bộ"), self.officer),
            FormField(self.tr("&Mật khẩu"), self.passphrase),
            self.trouble,
        ):
            card.column.addWidget(widget)
        card.column.addSpacing(UNIT)
        card.column.addWidget(self.enter)
        self._build_sign_in(card)
        middle = QGridLayout(self)
        middle.addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)

    def _build_sign_in(self, card: Card) -> None:
        self.sign_in = KeyButton(self.tr("Đăng nhập hệ thống"), "F2", "key-round")
        self.cancel = KeyButton(self.tr("Thôi, không đăng nhập nữa"), "Esc", "x", "quiet")
        self.standing = Banner(rounded=True)
        for widget in (self.standing, self.sign_in, self.cancel):
            card.column.addWidget(widget)
            widget.setVisible(False)

    def _head(self, card: Card) -> None:
        sign = QLabel()
        sign.setPixmap(pixmap("landmark", current().primary, 40))
        card.column.addWidget(sign)
        card.column.addWidget(label(self.tr("Quầy Một Cửa"), "title"))
        card.column.addWidget(label(self._unit, "muted", wrap=True))

    def _bind(self) -> None:
        self.enter.clicked.connect(self._submit)
        self.passphrase.returnPressed.connect(self._submit)  # the Enter of the number pad
        self.passphrase.textChanged.connect(self._render)
        self._model.changed.connect(self._render)
        if self._sign_in is not None:
            self.painted.connect(self._sign_in.look)
            self._sign_in.changed.connect(self._render)
            self._sign_in.signed_in.connect(self._on_signed_in)
            self._sign_in.given_up.connect(self.passphrase.setFocus)  # it was shut while the browser was open
            self._sign_in.browser_wanted.connect(self._open_browser)
            self.sign_in.clicked.connect(self._begin_sign_in)
            self.cancel.clicked.connect(self._sign_in.cancel)
            self.officer.currentIndexChanged.connect(self._render)

    def _render(self) -> None:
        model = self._model
        signing_in = self._sign_in is not None and self._sign_in.busy
        can = bool(model.officers) and not model.busy and not signing_in
        self.officer.setEnabled(can)
        self.passphrase.setEnabled(can)
        self.enter.setEnabled(can and bool(self.passphrase.text()))
        opening = model.doing or self.tr("Đang mở quầy…")
        self.enter.set_words(opening if model.busy else self.tr("Mở quầy"))
        if self._sign_in is not None:
            self._render_sign_in(self._sign_in, can=can)
        if model.notice is None:
            self.trouble.hide()
        else:
            words = in_words(model.notice)
            self.trouble.say(words.message, words.remedy, Tone.BAD)
            self.passphrase.setFocus()

    def _render_sign_in(self, model: SignInViewModel, *, can: bool) -> None:
        chosen = str(self.officer.currentData() or "")
        self.sign_in.setVisible(not model.busy)
        self.sign_in.setEnabled(can)
        self.cancel.setVisible(model.busy)
        end = model.due.get(chosen) if self._model.notice is None else None
        if model.busy:
            text = self.tr("Đăng nhập ở cửa sổ trình duyệt vừa mở, rồi quay lại đây.")
            self.standing.say(self.tr("Đang chờ trình duyệt"), text, Tone.INFO)
        elif model.notice is not None:
            words = in_words(model.notice)
            self.standing.say(words.message, words.remedy, Tone.BAD)
        elif model.proof is not None and model.officer == chosen:
            text = self.tr("Nhập mật khẩu của quầy để mở.")
            self.standing.say(self.tr("Đã đăng nhập hệ thống"), text, Tone.OK)
        elif end is not None and end > now():
            text = self.tr("Hạn mở quầy không cần đăng nhập: {time}.").format(time=format_moment(end))
            self.standing.say(self.tr("Sắp phải đăng nhập hệ thống"), text, Tone.WARN)
        elif end is not None:
            text = self.tr("Hạn mở quầy không cần đăng nhập đã hết lúc {time}.").format(
                time=format_moment(end)
            )
            self.standing.say(self.tr("Cần đăng nhập hệ thống"), text, Tone.WARN)
        else:
            self.standing.hide()

    def _open_browser(self, address: str) -> None:
        if self._sign_in is not None and not QDesktopServices.openUrl(QUrl(address)):
            self._sign_in.no_browser()

    def _on_signed_in(self) -> None:
        self._model.calm()
        self.passphrase.setFocus()

    def _begin_sign_in(self) -> None:
        if self._sign_in is not None:
            self._sign_in.begin(str(self.officer.currentData()))

    def _submit(self) -> None:
        if not self.enter.isEnabled():
            return
        passphrase = bytearray(self.passphrase.text().encode())
        self.passphrase.clear()
        self._model.enter(self.officer.currentData(), passphrase)
