"""Who stands at the counter: the two records as they are typed, read from a card, and remarked upon."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.applicant import Applicant, Authorisation, Person, PersonKind, Relation
from clerk_app.domain.country import Countries
from clerk_app.domain.identity import Identity
from clerk_app.domain.identity_card import IdentityCard
from clerk_app.domain.scanner_keys import Keyed
from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError
from clerk_app.progress import Progress
from ui.intake.calls import IntakeCalls
from ui.intake.identity_model import expiry_remarks, filled, nationality_remarks, remarks_on
from ui.intake.people_model import (
    Gravity,
    Remark,
    Who,
    number_remarks,
    organisation_remarks,
    paper_remark,
    person_of,
    phone_remarks,
    with_person,
    with_relation,
)
from ui.tasks import Lane, Tasks

FULL_NUMBER = 12  # digits; a shorter number is judged once its field is left


class PictureNotRead(OfficeError):
    message = "Không mở được ảnh {name}."
    remedy = "Kiểm tra đường dẫn và thẻ nhớ, rồi chọn lại ảnh."


class PeopleDesk(QObject):
    """Takes what is typed about people and says what is odd about it."""

    edited = Signal(object)  # Applicant
    changed = Signal()  # remarks only
    card_read = Signal(object)  # Who
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject, today: Callable[[], date]) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self._today = today
        self.applicant = Applicant()
        self.countries = Countries(())
        self.offers: tuple[IdentityCard, ...] = ()  # cards seen on papers or in a picture, not taken yet
        self._looked: set[str] = set()  # files already looked at
        self._visit = 0  # another draft's people: what was asked for the last ones is nobody's now
        self._set_aside: Person | None = None  # a submitter typed before "chính chủ" was chosen
        self._finished: set[Who] = set()  # whose number field has been left
        self._phones: set[Who] = set()  # whose phone field has been left
        self._nationalities: set[Who] = set()  # whose nationality has been left
        self._wrong_dates: set[tuple[Who, str]] = set()
        self._from_card: dict[Who, tuple[Remark, ...]] = {}

    def begin(self) -> None:
        """Learn the nationalities, once."""
        task = self._tasks.start(Lane.READING, lambda _: self._calls.countries())
        task.succeeded.connect(self._on_countries)
        task.failed.connect(self.failed)

    def show(self, applicant: Applicant) -> None:
        """Take over another draft's people; what was remarked about the last one's is forgotten."""
        self.applicant = applicant
        self._visit += 1
        self._set_aside = None
        self._finished.clear()
        self._phones.clear()
        self._nationalities.clear()
        self._looked.clear()
        self.offers = ()
        self._wrong_dates.clear()
        self._from_card.clear()

    def type(self, who: Who, **values: Any) -> None:
        """Take typed fields of one person, by the names of Person's fields."""
        said = self._from_card.get(who, ())
        self._from_card[who] = tuple(remark for remark in said if remark.field not in values)
        self._take(
            with_person(self.applicant, who, replace(person_of(self.applicant, who), **_composed(values)))
        )

    def choose_kind(self, who: Who, kind: PersonKind) -> None:
        """Say what the person is to the office; the number asked for follows from it."""
        self.type(who, kind=kind)

    def choose_relation(self, relation: Relation) -> None:
        """Say why the submitter may hand the dossier in. A submitter once typed comes back."""
        self._set_aside = self.applicant.submitter or self._set_aside
        self._take(with_relation(self.applicant, relation, self._set_aside))

    def type_authorisation(self, **values: Any) -> None:
        """Take typed fields of giấy ủy quyền or giấy giới thiệu."""
        paper = replace(self.applicant.authorisation or Authorisation(), **_composed(values))
        self._take(replace(self.applicant, authorisation=paper))

    def leave(self, who: Who, field: str) -> None:
        """A field was left: a number or phone too short is now remarked upon."""
        fields = {"id_number": self._finished, "phone": self._phones, "nationality": self._nationalities}
        left = fields.get(field)
        if left is not None and who not in left:
            left.add(who)
            self.changed.emit()

    def mark_date(self, who: Who, field: str, wrong: bool) -> None:
        """Note whether a date field holds text that is no date."""
        if wrong != ((who, field) in self._wrong_dates):
            (self._wrong_dates.add if wrong else self._wrong_dates.discard)((who, field))
            self.changed.emit()

    def read_card(self, who: Who, told: str | Keyed) -> None:
        """Read what a scanner typed, a card's code or a passport's zone, and fill what it tells of one person."""
        keyed = told if isinstance(told, Keyed) else Keyed(told)
        task = self._tasks.start(
            Lane.READING, lambda _: (self._calls.read_card(keyed), self._calls.countries())
        )
        task.succeeded.connect(self._for_this_visit(lambda read: self._on_identity(who, *read)))
        task.failed.connect(self.failed)

    def read_picture(self, who: Who, path: Path) -> None:
        """Read the card in a picture and fill what it tells; more than one card is offered, one after another."""
        task = self._tasks.start(Lane.PAPER, partial(self._look_into, path))
        task.succeeded.connect(self._for_this_visit(lambda cards: self._on_pictured(who, cards)))
        task.failed.connect(self.failed)

    def look_for_cards(self, files: Iterable[str]) -> None:
        """Look for cards on papers just filed; what is found is offered, nothing is filled in."""
        for sha256 in files:
            if sha256 not in self._looked:
                self._looked.add(sha256)
                task = self._tasks.start(Lane.PAPER, partial(self._look_at, sha256))
                task.succeeded.connect(self._for_this_visit(self._offer))

    def take_offer(self, who: Who) -> None:
        """Fill one person from the card offered first."""
        if self.offers:
            card, self.offers = self.offers[0], self.offers[1:]
            self._on_identity(who, card, self.countries)

    def drop_offer(self) -> None:
        """The card offered first is nobody's here."""
        self.offers = self.offers[1:]
        self.changed.emit()

    def remarks(self, asked_for_slip: bool = False) -> tuple[Remark, ...]:
        """Everything worth saying about the people now. A number still being typed is left alone."""
        whose = [Who.OWNER] if self.applicant.submitter is None else [Who.OWNER, Who.SUBMITTER]
        found = [remark for who in whose for remark in self._remarks_of(who, asked_for_slip)]
        organisation = organisation_remarks(self.applicant) if asked_for_slip else ()
        return (*found, *organisation, *paper_remark(self.applicant, self._paper_words()))

    def _remarks_of(self, who: Who, asked_for_slip: bool) -> tuple[Remark, ...]:
        person = person_of(self.applicant, who)
        judged = (
            asked_for_slip or who in self._finished or len(person.id_number.replace(" ", "")) >= FULL_NUMBER
        )
        unread = {
            "birth_date": self.tr("Ngày sinh chưa đọc được: ghi ngày/tháng/năm."),
            "id_expires_on": self.tr("Ngày hết hạn chưa đọc được: ghi ngày/tháng/năm."),
        }
        return (
            *(number_remarks(who, person) if judged else ()),
            *(
                Remark(who, field, words, Gravity.STOPS)
                for field, words in unread.items()
                if (who, field) in self._wrong_dates and _asks_for(person, field)
            ),
            *(phone_remarks(who, person) if asked_for_slip or who in self._phones else ()),
            *expiry_remarks(who, person, self._today()),
            *(nationality_remarks(who, person, self.countries) if who in self._nationalities else ()),
            *self._from_card.get(who, ()),
        )

    def _paper_words(self) -> str:
        if self.applicant.relation is Relation.REPRESENTATIVE:
            return self.tr("Chưa ghi đủ số, ngày giấy giới thiệu.")
        return self.tr("Chưa ghi đủ số, ngày giấy ủy quyền.")

    def _for_this_visit(self, take: Callable[[Any], None]) -> Callable[[Any], None]:
        visit = self._visit
        return lambda result: take(result) if visit == self._visit else None

    def _look_into(self, path: Path, _: Progress) -> tuple[IdentityCard, ...]:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PictureNotRead(name=path.name) from error
        return self._calls.card_in_picture(data, path.name)

    def _look_at(self, sha256: str, _: Progress) -> tuple[IdentityCard, ...]:
        try:
            return self._calls.cards_on_paper(sha256)
        except OfficeError:
            return ()  # nobody asked: a page that cannot be looked at offers nothing

    def _on_countries(self, countries: Countries) -> None:
        self.countries = countries
        self.changed.emit()

    def _on_pictured(self, who: Who, cards: tuple[IdentityCard, ...]) -> None:
        if len(cards) == 1:
            self._on_identity(who, cards[0], self.countries)
        else:
            self._offer(cards)

    def _offer(self, cards: tuple[IdentityCard, ...]) -> None:
        people = (self.applicant.owner, self.applicant.at_the_counter)
        known = {person.id_number for person in people} | {card.number for card in self.offers}
        fresh = tuple(card for card in cards if card.number not in known)
        if fresh:
            self.offers = (*self.offers, *fresh)
            self.changed.emit()

    def _on_identity(self, who: Who, told: Identity, countries: Countries) -> None:
        before = person_of(self.applicant, who) if who is Who.OWNER or self.applicant.submitter else Person()
        after = filled(before, told, countries)
        self._from_card[who] = remarks_on(who, before, after, told, countries)
        self._wrong_dates -= {(who, "birth_date"), (who, "id_expires_on")}
        self.offers = tuple(card for card in self.offers if card.number != after.id_number)
        self._take(with_person(self.applicant, who, after))
        self.card_read.emit(who)

    def _take(self, applicant: Applicant) -> None:
        self.applicant = applicant
        self.edited.emit(applicant)


def _asks_for(person: Person, field: str) -> bool:
    return field != "id_expires_on" or person.kind is PersonKind.FOREIGNER


def _composed(values: dict[str, Any]) -> dict[str, Any]:
    return {name: nfc(value) if type(value) is str else value for name, value in values.items()}
