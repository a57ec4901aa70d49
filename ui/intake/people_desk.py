"""Who stands at the counter: the two records as they are typed, read from a card, and remarked upon."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.applicant import Applicant, Authorisation, Person, PersonKind, Relation
from clerk_app.domain.identity_card import IdentityCard
from clerk_app.domain.text import NameMatch, nfc
from ui.intake.calls import IntakeCalls
from ui.intake.people_model import (
    Gravity,
    Remark,
    Who,
    compared_with_card,
    filled_from_card,
    number_remarks,
    paper_remark,
    person_of,
    phone_remarks,
    with_person,
    with_relation,
)
from ui.tasks import Lane, Tasks

FULL_NUMBER = 12  # digits; a shorter number is judged once its field is left


class PeopleDesk(QObject):
    """Takes what is typed about people and says what is odd about it."""

    edited = Signal(object)  # Applicant
    changed = Signal()  # remarks only
    card_read = Signal(object)  # Who
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self.applicant = Applicant()
        self._set_aside: Person | None = None  # a submitter typed before "chính chủ" was chosen
        self._finished: set[Who] = set()  # whose number field has been left
        self._phones: set[Who] = set()  # whose phone field has been left
        self._wrong_dates: set[Who] = set()
        self._from_card: dict[Who, tuple[Remark, ...]] = {}

    def show(self, applicant: Applicant) -> None:
        """Take over another draft's people; what was remarked about the last one's is forgotten."""
        self.applicant = applicant
        self._set_aside = None
        self._finished.clear()
        self._phones.clear()
        self._wrong_dates.clear()
        self._from_card.clear()

    def type(self, who: Who, **values: Any) -> None:
        """Take typed fields of one person, by the names of Person's fields."""
        texts: dict[str, Any] = {
            name: nfc(value) if type(value) is str else value for name, value in values.items()
        }
        self._take(with_person(self.applicant, who, replace(person_of(self.applicant, who), **texts)))

    def choose_kind(self, who: Who, kind: PersonKind) -> None:
        """Say what the person is to the office; the number asked for follows from it."""
        self.type(who, kind=kind)

    def choose_relation(self, relation: Relation) -> None:
        """Say why the submitter may hand the dossier in. A submitter once typed comes back."""
        self._set_aside = self.applicant.submitter or self._set_aside
        self._take(with_relation(self.applicant, relation, self._set_aside))

    def type_authorisation(self, **values: Any) -> None:
        """Take typed fields of giấy ủy quyền or giấy giới thiệu."""
        paper = replace(self.applicant.authorisation or Authorisation(), **values)
        self._take(replace(self.applicant, authorisation=paper))

    def leave(self, who: Who, field: str) -> None:
        """A field was left: a number or phone too short is now remarked upon."""
        left = {"id_number": self._finished, "phone": self._phones}.get(field)
        if left is not None and who not in left:
            left.add(who)
            self.changed.emit()

    def mark_date(self, who: Who, wrong: bool) -> None:
        """Note whether the birth date field holds text that is no date."""
        if wrong != (who in self._wrong_dates):
            (self._wrong_dates.add if wrong else self._wrong_dates.discard)(who)
            self.changed.emit()

    def read_card(self, who: Who, text: str) -> None:
        """Read the QR text of an identity card and fill the six fields of one person."""
        task = self._tasks.start(Lane.READING, lambda _: self._calls.read_card(text.strip()))
        task.succeeded.connect(lambda card: self._on_card(who, card))
        task.failed.connect(self.failed)

    def remarks(self, asked_for_slip: bool = False) -> tuple[Remark, ...]:
        """Everything worth saying about the people now. A number still being typed is left alone."""
        whose = [Who.OWNER] if self.applicant.submitter is None else [Who.OWNER, Who.SUBMITTER]
        found = [remark for who in whose for remark in self._remarks_of(who, asked_for_slip)]
        return (*found, *paper_remark(self.applicant, self._paper_words()))

    def _remarks_of(self, who: Who, asked_for_slip: bool) -> tuple[Remark, ...]:
        person = person_of(self.applicant, who)
        judged = (
            asked_for_slip or who in self._finished or len(person.id_number.replace(" ", "")) >= FULL_NUMBER
        )
        wrong_date = Remark(
            who, "birth_date", self.tr("Ngày sinh chưa đọc được: ghi ngày/tháng/năm."), Gravity.STOPS
        )
        return (
            *(number_remarks(who, person) if judged else ()),
            *((wrong_date,) if who in self._wrong_dates else ()),
            *(phone_remarks(who, person) if asked_for_slip or who in self._phones else ()),
            *self._from_card.get(who, ()),
        )

    def _paper_words(self) -> str:
        if self.applicant.relation is Relation.REPRESENTATIVE:
            return self.tr("Chưa ghi đủ số, ngày giấy giới thiệu.")
        return self.tr("Chưa ghi đủ số, ngày giấy ủy quyền.")

    def _on_card(self, who: Who, card: IdentityCard) -> None:
        before = person_of(self.applicant, who) if who is Who.OWNER or self.applicant.submitter else Person()
        filled = filled_from_card(before, card)
        known = {remark.text for remark in number_remarks(who, filled)}
        said = [Remark(who, "name", text, Gravity.WARNS) for text in card.warnings if text not in known]
        said += self._name_remark(who, before.name, card.name)
        self._from_card[who] = tuple(said)
        self._wrong_dates.discard(who)
        self._take(with_person(self.applicant, who, filled))
        self.card_read.emit(who)

    def _name_remark(self, who: Who, typed: str, on_card: str) -> list[Remark]:
        match compared_with_card(typed, on_card):
            case NameMatch.OTHER_TONE_PLACEMENT:
                words = self.tr("Tên đã nhập “{name}”: khác cách đặt dấu.").format(name=typed.strip())
                return [Remark(who, "name", words, Gravity.NOTES)]
            case NameMatch.DIFFERENT:
                words = self.tr("Tên đã nhập “{name}” khác tên trên thẻ.").format(name=typed.strip())
                return [Remark(who, "name", words, Gravity.WARNS)]
        return []

    def _take(self, applicant: Applicant) -> None:
        self.applicant = applicant
        self.edited.emit(applicant)
