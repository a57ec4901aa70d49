"""Sổ số: the books without gaps on the left, the last numbers of the chosen one on the right, and what may be done with each."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.book import HIGHEST, NumberLine
from clerk_app.domain.kinds import Kind
from ui.books import words
from ui.books.view_model import BooksModel
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label, set_tone
from ui.widgets.list_card import ListCard


class BooksView(QWidget):
    """F9 opens a book, F8 hands the chosen one over, F6 takes it over, F4 calls the chosen number void.

    Up and Down choose a book or a number, Enter on a number opens its dossier. `back_asked` leads to the day,
    `dossier_asked(code)` to the register; `moved`: there is something to tell central.
    """

    back_asked = Signal()
    dossier_asked = Signal(str)
    moved = Signal()

    def __init__(self, model: BooksModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Read anew."""
        self._model.begin()

    def refresh(self) -> None:
        """Read anew; what stands on the page about the last act stays."""
        self._model.refresh()

    def _build(self) -> None:
        self.news = Banner(rounded=True)
        self.books, self.numbers = Checklist(self.tr("Sổ số")), Checklist(self.tr("Các số gần nhất"))
        self.setFocusProxy(self.books)
        self._no_books = label(
            self.tr("Chưa mở sổ nào. Mở sổ ở máy sẽ lấy số; các máy khác biết sau lượt gửi, nhận dữ liệu."),
            "muted",
            wrap=True,
        )
        self._no_numbers = label(self.tr("Chưa lấy số nào."), "muted", wrap=True)
        lists = QHBoxLayout()
        lists.setSpacing(GUTTER)
        lists.addWidget(self._books_card(), 1)
        lists.addWidget(self._numbers_card(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self.news)
        column.addLayout(lists, 1)
        column.addWidget(self._foot())

    def _books_card(self) -> Card:
        self.receiver, self.reason = QComboBox(), QLineEdit()
        self.receiver.setMinimumWidth(130)
        self.receiver_field = FormField(self.tr("Chuyển cho máy"), self.receiver)
        self.reason_field = FormField(self.tr("Lý do chuyển, nhận"), self.reason)
        self.hand_over = KeyButton(self.tr("Chuyển sổ"), "F8", "send", "slim")
        self.take_over = KeyButton(self.tr("Nhận sổ về máy này"), "F6", "inbox", "slim")
        self._standing = label(role="small", wrap=True)
        fields = QHBoxLayout()
        fields.setSpacing(UNIT)
        fields.addWidget(self.receiver_field)
        fields.addWidget(self.reason_field, 1)
        acts = QHBoxLayout()
        acts.setSpacing(UNIT)
        acts.addStretch(1)
        acts.addWidget(self.take_over)
        acts.addWidget(self.hand_over)
        self.panel, column = _panel()
        column.addWidget(self._standing)
        column.addLayout(fields)
        column.addLayout(acts)
        card = ListCard(self.books, self._no_books)
        card.column.addWidget(self.panel)
        return card

    def _numbers_card(self) -> Card:
        self.void_reason = QLineEdit(placeholderText=self.tr("ví dụ: in sai, đã hủy giấy"))
        self.void = KeyButton("", "F4", "circle-x", "slim")
        self._summary = label(role="small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(FormField(self.tr("Lý do bỏ số"), self.void_reason), 1)
        row.addWidget(self.void, 0, Qt.AlignmentFlag.AlignBottom)
        self.void_panel, column = _panel()
        column.addLayout(row)
        card = ListCard(self.numbers, self._no_numbers)
        card.column.addWidget(self._summary)
        card.column.addWidget(self.void_panel)
        return card

    def _foot(self) -> Card:
        self.back = KeyButton(self.tr("Đối chiếu cuối ngày"), "Esc", "list-checks")
        self.name, self.first = QLineEdit(self._model.usual), QLineEdit("1")
        self.name.setMinimumWidth(240)
        self.first.setFixedWidth(90)
        self.first.setValidator(QIntValidator(1, HIGHEST, self.first))
        self.open = KeyButton(self.tr("Mở sổ năm nay"), "F9", "plus", "primary")
        self.new_book = QWidget()
        fields = QHBoxLayout(self.new_book)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(UNIT)
        fields.addWidget(FormField(self.tr("Tên sổ"), self.name))
        fields.addWidget(FormField(self.tr("Số đầu"), self.first))
        fields.addWidget(self.open, 0, Qt.AlignmentFlag.AlignBottom)
        card = Card()
        row = QHBoxLayout()
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.new_book)
        card.column.addLayout(row)
        return card

    def _bind(self) -> None:
        model = self._model
        self.back.clicked.connect(self.back_asked)
        self.open.clicked.connect(self._open)
        self.hand_over.clicked.connect(lambda: model.hand_over(self.reason.text().strip()))
        self.take_over.clicked.connect(self._take_over)
        self.void.clicked.connect(self._void)
        self.receiver.activated.connect(
            lambda place: model.choose_receiver(str(self.receiver.itemData(place)))
        )
        self.books.current_changed.connect(model.choose)
        self.numbers.current_changed.connect(lambda _: self._render_keys())
        self.numbers.opened.connect(self._open_dossier)
        model.changed.connect(self._render)
        model.moved.connect(self._clear)
        model.moved.connect(self.moved)

    def _open(self) -> None:
        """Hand the form on; what is missing gets the focus."""
        if not self.name.text().strip():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.first.hasAcceptableInput():
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._model.open(self.name.text(), int(self.first.text()))

    def _take_over(self) -> None:
        """Ask for the book; a reason is asked for first."""
        if self.reason.text().strip():
            self._model.take_over(self.reason.text())
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _void(self) -> None:
        """Call the number void; a reason is asked for first."""
        if self.void_reason.text().strip():
            self._model.void(self._line(self.numbers.current_key), self.void_reason.text())
        else:
            self.void_reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_dossier(self, key: str) -> None:
        line = self._line(key)
        if line is not None and line.dossier is not None:
            self.dossier_asked.emit(line.dossier.code)

    def _clear(self) -> None:
        """What was written was for the act that is done."""
        for field in (self.reason, self.void_reason):
            field.clear()

    def _line(self, key: str) -> NumberLine | None:
        lines = self._model.page.lines if self._model.page else ()
        keyed = zip(self.numbers.rows, lines, strict=False)
        return next((line for row, line in keyed if row.key == key), None)

    def _render(self) -> None:
        model, page = self._model, self._model.page
        self.books.set_rows([words.book_row(each) for each in model.pages])
        if page is not None and self.books.current_key != page.book.id:
            self.books.choose(page.book.id)
        lines = page.lines if page else ()
        self.numbers.set_rows(
            [words.number_row(each, n, self._now()) for n, each in enumerate(reversed(lines))][::-1]
        )
        self.books.setVisible(bool(model.pages))
        self._no_books.setVisible(not model.pages)
        self.numbers.setVisible(bool(lines))
        self._no_numbers.setVisible(not lines)
        if page is not None:
            self._standing.setText(words.standing(page))
            told, is_whole = words.summary(page)
            self._summary.setText(told)
            set_tone(self._summary, Tone.NEUTRAL if is_whole else Tone.BAD)
        self._summary.setVisible(bool(lines))
        self._render_receivers()
        self._render_news()
        self._render_keys()

    def _render_receivers(self) -> None:
        model = self._model
        known = tuple(str(self.receiver.itemData(place)) for place in range(self.receiver.count()))
        if known != tuple(model.counters):
            self.receiver.clear()
            for device, name in model.counters.items():
                self.receiver.addItem(name, device)
        self.receiver.setCurrentIndex(self.receiver.findData(model.receiver))

    def _render_news(self) -> None:
        model = self._model
        if model.notice is not None:
            said = in_words(model.notice)
            self.news.say(said.message, said.remedy, Tone.BAD)
        elif model.done is not None:
            self.news.say(*words.done(model.done))
        else:
            self.news.hide()

    def _render_keys(self) -> None:
        model, page = self._model, self._model.page
        hands, takes = model.may(Kind.BOOK_HANDED), model.may(Kind.BOOK_TAKEN)
        self.receiver_field.setVisible(hands)
        self.hand_over.setVisible(hands)
        self.take_over.setVisible(takes)
        self.panel.setVisible(page is not None)
        self.reason_field.setVisible(hands or takes)
        self.void_panel.setVisible(model.may(Kind.BOOK_NUMBER_VOID) and page is not None and bool(page.lines))
        self.new_book.setVisible(model.may(Kind.BOOK_OPENED))
        self.hand_over.setEnabled(model.can_hand_over)
        self.take_over.setEnabled(model.can_take_over)
        line = self._line(self.numbers.current_key)
        self.void.setEnabled(model.can_void(line))
        if line is not None:
            self.void.set_words(self.tr("Bỏ số {number}").format(number=line.value), "circle-x")
        self.open.setEnabled(model.can_open)


def _panel() -> tuple[QFrame, QVBoxLayout]:
    """Return a frame for what may be done with the line above it, and its column."""
    panel = QFrame()
    panel.setProperty("panel", True)
    column = QVBoxLayout(panel)
    column.setContentsMargins(GUTTER, 12, GUTTER, 12)
    column.setSpacing(UNIT)
    return panel, column
