"""Who the dossier belongs to and who hands it in: two records, one open at a time where the screen is low."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

import re
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from clerk_app.domain.applicant import Person, PersonKind, Relation
from clerk_app.domain.dossier import ReturnChannel
from clerk_app.domain.scanner_keys import Keyed
from ui.intake.authorisation_row import AuthorisationRow, show_line
from ui.intake.capture_row import CARD_BARS, CaptureRow
from ui.intake.offer_row import OfferRow
from ui.intake.people_desk import PeopleDesk
from ui.intake.people_model import Remark, Who, person_of
from ui.intake.person_form import PersonForm
from ui.intake.scan_watch import SEPARATOR
from ui.intake.words import kind_words, relation_words
from ui.widgets.card import Card
from ui.widgets.date_field import show_date
from ui.widgets.elided import ElidedButton
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label

CARD_TEXT = re.compile(r"\d{12}\|.*", re.DOTALL)
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
KINDS, RELATIONS = tuple(PersonKind), tuple(Relation)


class PeopleCard(Card):
    """Shows `people`; what is typed goes straight there."""

    channel_typed = Signal(str)  # where to send the result
    last_left = Signal()  # Enter in the last field: on to the papers

    def __init__(self, people: PeopleDesk) -> None:
        super().__init__(padding=12)
        self.column.setContentsMargins(12, 8, 12, 10)
        self._people = people
        self.open_record = Who.OWNER
        self._roomy = False
        self._folded = False  # the officer is at the papers, the records stand back
        self.forms = {who: PersonForm(who) for who in Who}
        self.kinds = {who: QComboBox() for who in Who}
        self.folds = {who: ElidedButton() for who in Who}
        self._heads: dict[Who, QWidget] = {}
        self._build()
        self._bind()

    # build

    def _build(self) -> None:
        self.column.setSpacing(4)
        self.relation = QComboBox()
        self.relation.setAccessibleName(self.tr("Người nộp là"))
        self.relation.addItems([relation_words(each) for each in RELATIONS])
        _let_shrink(self.relation)
        self.read = KeyButton(self.tr("Đọc thẻ căn cước"), "F4", "id-card", "quiet")
        self.read.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._titles = {Who.OWNER: self.tr("Chủ hồ sơ"), Who.SUBMITTER: self.tr("Người nộp")}
        self.capture_row, self.paper = CaptureRow(), AuthorisationRow()
        self.capture, self.paper_number = self.capture_row.line, self.paper.number
        self.head = QStackedWidget()
        self.head.setFixedHeight(36)
        self.head.addWidget(self._build_head(Who.OWNER))
        self.head.addWidget(self.capture_row)
        self.offer = OfferRow()
        self.column.addWidget(self.offer)
        self.column.addWidget(self.head)
        self.column.addWidget(self.forms[Who.OWNER])
        self.column.addWidget(self._build_head(Who.SUBMITTER))
        self.column.addWidget(self.forms[Who.SUBMITTER])
        self.column.addWidget(self.paper)
        self.column.addWidget(self._build_channel())

    def _build_head(self, who: Who) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        kind, fold = self.kinds[who], self.folds[who]
        kind.addItems([kind_words(each) for each in KINDS])
        _let_shrink(kind)
        kind.setAccessibleName(self.tr("{record} là").format(record=self._titles[who]))
        row.addWidget(label(self._titles[who], role="heading"))
        row.addWidget(kind)
        row.addWidget(fold, 1)
        row.addStretch()
        if who is Who.OWNER:
            said = QLabel(self.tr("&Người nộp"))
            said.setProperty("role", "small")
            said.setBuddy(self.relation)
            row.addWidget(said)
            row.addWidget(self.relation)
            row.addWidget(self.read)
        self._heads[who] = head
        return head

    def _build_channel(self) -> QWidget:
        self._channel = QWidget()
        self.channel = QLineEdit()
        self._channel_title = QLabel()
        self._channel_title.setProperty("role", "small")
        self._channel_title.setBuddy(self.channel)
        row = QHBoxLayout(self._channel)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self._channel_title)
        row.addWidget(self.channel, 1)
        return self._channel

    # bind

    def _bind(self) -> None:
        people = self._people
        for who in Who:
            form = self.forms[who]
            form.typed.connect(lambda name, value, who=who: people.type(who, **{name: value}))
            form.left.connect(partial(people.leave, who))
            form.date_wrong.connect(partial(people.mark_date, who))
            self.kinds[who].activated.connect(lambda row, who=who: people.choose_kind(who, KINDS[row]))
            self.folds[who].installEventFilter(self)
            self.folds[who].clicked.connect(partial(self.go_to, who))
        self.relation.activated.connect(lambda row: people.choose_relation(RELATIONS[row]))
        self.paper.typed.connect(lambda name, value: people.type_authorisation(**{name: value}))
        self.channel.textEdited.connect(self.channel_typed)
        self.read.clicked.connect(self.ask_card)
        self.capture_row.begun.connect(self.ask_card)
        self.capture_row.read.connect(self._on_read)
        self.capture_row.given_up.connect(self._end_capture)
        self.offer.take.clicked.connect(lambda: people.take_offer(self.open_record))
        self.offer.drop.clicked.connect(people.drop_offer)
        for widget in self.findChildren(QWidget):
            if isinstance(widget, QLineEdit | QComboBox) and widget is not self.capture:
                widget.installEventFilter(self)
        self.tab_as_they_speak()

    def tab_as_they_speak(self) -> None:
        """Let Tab go through the records in the order in which people say what stands in them."""
        chain: list[QWidget] = []
        for who in Who:
            chain += [self.folds[who], *self.forms[who].chain, self.kinds[who]]
            chain += [self.relation] if who is Who.OWNER else []
        chain += [*self.paper.chain, self.channel]
        for one, next_one in pairwise(chain):
            QWidget.setTabOrder(one, next_one)

    # what the officer may ask of it

    def go_to(self, who: Who, name: str = "name") -> None:
        """Open one record and put the focus into a field of it."""
        self.open_record, self._folded = who, False
        self._show_folds()
        self.forms[who].place(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_card(self) -> None:
        """F4, or a scanner at work: the next line typed is a card's code or a passport's zone."""
        self.head.setCurrentIndex(1)
        self.capture_row.ask(self._titles[self.open_record].lower())

    def set_roomy(self, roomy: bool) -> None:
        """On a high screen both records stand open."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._show_folds()

    def fold(self, folded: bool) -> None:
        """Stand back while the officer is at the papers; only where two records take the room."""
        if folded != self._folded:
            self._folded = folded
            self._show_folds()

    def read_picture(self, path: Path) -> None:
        """Read the card in a picture into the open record."""
        self._end_capture()
        self._people.read_picture(self.open_record, path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab into a folded record opens it; Enter goes on; a card typed into any field is read."""
        if event.type() == QEvent.Type.FocusIn:
            self._on_focus(watched)
        pressed = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER
        )
        if pressed and isinstance(watched, QLineEdit):
            return self._on_enter(watched)
        return super().eventFilter(watched, event)

    def _on_focus(self, watched: QObject) -> None:
        for who in Who:
            if watched is self.folds[who]:
                self.go_to(who)
            elif watched in self.forms[who].chain:
                self.open_record = who

    def _on_enter(self, line: QLineEdit) -> bool:
        text = line.text()
        if text.count(SEPARATOR) >= CARD_BARS and (card := CARD_TEXT.search(text)):
            line.setText(text[: card.start()])
            line.textEdited.emit(line.text())
            self._people.read_card(self.open_record, card[0])
        elif line.nextInFocusChain() is None:
            self.last_left.emit()
        else:
            self.focusNextChild()
        return True

    def _on_read(self, keyed: Keyed) -> None:
        self._end_capture()
        self._people.read_card(self.open_record, keyed)

    def _end_capture(self) -> None:
        self.go_to(self.open_record)  # first, or the focus falls upon the other record's fold and opens it
        self.head.setCurrentIndex(0)

    # render

    def show_people(self, remarks: tuple[Remark, ...], channel: ReturnChannel, whole: bool) -> None:
        """Show the people as they are; `whole` when another dossier lies on the counter."""
        applicant = self._people.applicant
        if whole:
            self.open_record, self._folded = Who.OWNER, False
            self.head.setCurrentIndex(0)
        for who in Who:
            person = person_of(applicant, who) if who is Who.OWNER else applicant.submitter or Person()
            self.forms[who].nationality.countries = self._people.countries
            self.forms[who].show_person(person, whole)
            self.forms[who].show_remarks(tuple(each for each in remarks if each.who is who))
            with QSignalBlocker(self.kinds[who]):
                self.kinds[who].setCurrentIndex(KINDS.index(person.kind))
            self.folds[who].set_words(_summary(person))
            self.folds[who].setAccessibleName(f"{self._titles[who]}: {_summary(person)}")
        with QSignalBlocker(self.relation):
            self.relation.setCurrentIndex(RELATIONS.index(applicant.relation))
        self.paper.show_paper(applicant, whole)
        self.offer.show_offer(self._people.offers, self._titles[self.open_record].lower())
        foreign = person_of(applicant, self.open_record).kind is PersonKind.FOREIGNER
        self.read.set_words(self.tr("Đọc hộ chiếu") if foreign else self.tr("Đọc thẻ căn cước"))
        self._show_channel(channel, whole)
        self._show_folds()

    def _show_channel(self, channel: ReturnChannel, whole: bool) -> None:
        post = channel.way == "post"
        words = (
            self.tr("Gửi kết quả tới địa chỉ") if post else self.tr("Gửi kết quả tới thư điện tử, tài khoản")
        )
        self._channel_title.setText(words)
        self.channel.setAccessibleName(words)
        show_line(self.channel, channel.detail, whole)
        self._channel.setVisible(channel.way != "counter")

    def _show_folds(self) -> None:
        applicant = self._people.applicant
        two = applicant.submitter is not None
        if not two:
            self.open_record = Who.OWNER
        for who in Who:
            there = two or who is Who.OWNER
            opened = there and (not two or self._roomy or (who is self.open_record and not self._folded))
            self.forms[who].setVisible(opened)
            self.kinds[who].setVisible(opened)
            self.folds[who].setVisible(there and not opened)
        self._heads[Who.SUBMITTER].setVisible(two)
        shown = self._roomy or (self.open_record is Who.SUBMITTER and not self._folded)
        self.paper.setVisible(two and applicant.authorisation is not None and shown)


def _summary(person: Person) -> str:
    said = (person.name, person.id_number, show_date(person.birth_date), person.address)
    return " · ".join(each for each in said if each) or "…"


def _let_shrink(combo: QComboBox) -> None:
    combo.setMinimumWidth(120)
    combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
