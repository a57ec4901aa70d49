"""The first thing one sees: choose the name, type the passphrase, Enter."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from ui.icon import pixmap
from ui.notices import in_words
from ui.theme import UNIT, Tone, current
from ui.unlock.view_model import UnlockViewModel
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label

_WIDTH = 440


class UnlockView(QWidget):
    """`painted` once, after the first time it stood on the screen. `practice` is the passphrase to offer."""

    painted = Signal()

    def __init__(self, model: UnlockViewModel, unit: str = "", practice: str = "") -> None:
        super().__init__()
        self._model, self._unit, self._practice = model, unit, practice
        self._seen = False
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Offer the field anew: at the start, and after the counter was locked."""
        self.passphrase.setText(self._practice)
        self.passphrase.selectAll()
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
        middle = QGridLayout(self)
        middle.addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)

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

    def _render(self) -> None:
        model = self._model
        can = bool(model.officers) and not model.busy
        self.officer.setEnabled(can)
        self.passphrase.setEnabled(can)
        self.enter.setEnabled(can and bool(self.passphrase.text()))
        opening = model.doing or self.tr("Đang mở quầy…")
        self.enter.set_words(opening if model.busy else self.tr("Mở quầy"))
        if model.notice is None:
            self.trouble.hide()
        else:
            words = in_words(model.notice)
            self.trouble.say(words.message, words.remedy, Tone.BAD)
            self.passphrase.setFocus()

    def _submit(self) -> None:
        if not self.enter.isEnabled():
            return
        passphrase = bytearray(self.passphrase.text().encode())
        self.passphrase.clear()
        self._model.enter(self.officer.currentData(), passphrase)
