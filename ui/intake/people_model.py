"""The people on the intake screen: what is typed, what a card fills in, and what is odd about it. No window."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from clerk_app.domain.acceptance import number_warnings, organisation_warnings
from clerk_app.domain.applicant import Applicant, Authorisation, Person, PersonKind, Relation
from clerk_app.domain.contact import phone_warnings
from clerk_app.domain.tax_code import plain_tax_code
from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError
from ui.language import told
from ui.notices import in_words


class Who(Enum):
    """Whose record a field belongs to."""

    OWNER = "owner"  # chủ hồ sơ
    SUBMITTER = "submitter"  # người nộp


class Gravity(Enum):
    """How much a remark weighs."""

    STOPS = auto()  # cannot be true; no slip until it is mended or emptied
    WARNS = auto()  # unlikely, the officer decides
    NOTES = auto()  # worth knowing, shown in grey


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about one field of one person, in words."""

    who: Who
    field: str  # name of a field of Person
    text: str
    gravity: Gravity


def person_of(applicant: Applicant, who: Who) -> Person:
    """Return the record of `who`; the owner stands in while there is no submitter."""
    return applicant.owner if who is Who.OWNER else applicant.at_the_counter


def with_person(applicant: Applicant, who: Who, person: Person) -> Applicant:
    """Return the applicant with one record exchanged."""
    if who is Who.OWNER:
        return replace(applicant, owner=person)
    return replace(applicant, submitter=person)


def with_relation(applicant: Applicant, relation: Relation, set_aside: Person | None) -> Applicant:
    """Return the applicant under another relation; `set_aside` is a submitter typed earlier."""
    if relation is Relation.SELF:
        return replace(applicant, relation=relation, submitter=None, authorisation=None)
    paper = applicant.authorisation or Authorisation()
    return replace(
        applicant,
        relation=relation,
        submitter=applicant.submitter or set_aside or Person(),
        authorisation=paper if relation in {Relation.AUTHORISED, Relation.REPRESENTATIVE} else None,
    )


def tidy(applicant: Applicant) -> Applicant:
    """Return the applicant as it goes into the dossier: NFC, without blanks at the ends."""
    paper = applicant.authorisation
    return replace(
        applicant,
        owner=_tidy_person(applicant.owner),
        submitter=applicant.submitter and _tidy_person(applicant.submitter),
        authorisation=paper and replace(paper, number=_clean(paper.number), scope=_clean(paper.scope)),
    )


def _tidy_person(person: Person) -> Person:
    return replace(
        person,
        name=_clean(person.name),
        id_number=_number(person),
        address=_clean(person.address),
        phone=_clean(person.phone),
        email=_clean(person.email),
        nationality=_clean(person.nationality),
        representative=_clean(person.representative),
    )


def _number(person: Person) -> str:
    match person.kind:
        case PersonKind.CITIZEN:
            return "".join(person.id_number.split())
        case PersonKind.ORGANISATION:
            return plain_tax_code(person.id_number)
        case PersonKind.FOREIGNER:
            return _clean(person.id_number).upper()
    return _clean(person.id_number)


def _clean(text: str) -> str:
    return " ".join(nfc(text).split())


def number_remarks(who: Who, person: Person) -> tuple[Remark, ...]:
    """Judge the person's number. An empty one is nobody's business, a passport is taken as written."""
    try:
        unlikely = number_warnings(_tidy_person(person))
    except OfficeError as impossible:
        return (Remark(who, "id_number", in_words(impossible).message, Gravity.STOPS),)
    return tuple(Remark(who, "id_number", told(sentence), Gravity.WARNS) for sentence in unlikely)


def phone_remarks(who: Who, person: Person) -> tuple[Remark, ...]:
    """Judge the phone number; it only ever warns."""
    return tuple(
        Remark(who, "phone", told(sentence), Gravity.WARNS) for sentence in phone_warnings(person.phone)
    )


def paper_remark(applicant: Applicant, text: str) -> tuple[Remark, ...]:
    """Say `text` about the paper that lets the submitter act, while its number or day is not written down."""
    paper = applicant.authorisation
    if paper is None or (paper.number.strip() and paper.signed_on):
        return ()
    return (Remark(Who.SUBMITTER, "authorisation", text, Gravity.WARNS),)


def organisation_remarks(applicant: Applicant) -> tuple[Remark, ...]:
    """Say who has to be named where an organisation is the owner."""
    words = organisation_warnings(applicant)
    return tuple(Remark(Who.OWNER, "representative", told(sentence), Gravity.WARNS) for sentence in words)
