"""The people at the counter: whose dossier it is (chủ hồ sơ) and who hands it in (người nộp)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PersonKind(StrEnum):
    """What a person is to the office, which decides the number asked for."""

    CITIZEN = "citizen"  # 12-digit personal number
    FOREIGNER = "foreigner"  # passport or residence card, nationality
    ORGANISATION = "organisation"  # tax code, representative
    NO_PAPERS = "no_papers"  # name only, or "xuất trình trên VNeID – đã kiểm tra"


class Relation(StrEnum):
    """Why the person at the counter may hand in somebody's dossier."""

    SELF = "self"
    AUTHORISED = "authorised"  # giấy ủy quyền
    PARENT = "parent"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"  # of an organisation, with giấy giới thiệu


@dataclass(frozen=True, slots=True)
class Person:
    """One person or organisation, as written on the papers. Text is NFC; empty means not known."""

    name: str = ""
    kind: PersonKind = PersonKind.CITIZEN
    id_number: str = ""  # personal number, passport number or tax code
    birth_date: date | None = None
    sex: str = ""  # "Nam", "Nữ" or empty
    address: str = ""
    phone: str = ""
    email: str = ""
    nationality: str = ""  # of a foreigner, by its Vietnamese name
    representative: str = ""
    checked_on_vneid: bool = False
    id_expires_on: date | None = None  # last day of a foreigner's passport or card


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The paper that lets the submitter act for the owner."""

    number: str = ""
    signed_on: date | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Owner and submitter of one dossier, two records from the first day on."""

    owner: Person = Person()
    submitter: Person | None = None  # None: the owner stands at the counter
    relation: Relation = Relation.SELF
    authorisation: Authorisation | None = None

    @property
    def at_the_counter(self) -> Person:
        """The person who hands the papers in."""
        return self.submitter or self.owner
