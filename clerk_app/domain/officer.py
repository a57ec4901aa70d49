"""An officer and the unit: who acts, in which role, and what stands in the header of papers."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do here."""

    OFFICER = "officer"  # người tiếp nhận
    LEADER = "leader"  # lãnh đạo chi nhánh
    REGISTRAR = "registrar"  # văn thư, holds the agency seal
    RECEIVER = "receiver"  # người hướng dẫn, tiếp nhận: accepts and scans, signs nothing
    ADMINISTRATOR = "administrator"  # quản trị: settings, devices, recovery; sees no dossier
    AUDITOR = "auditor"  # kiểm tra: reads everything, writes nothing


ROLE_TITLES = {
    Role.OFFICER: "người tiếp nhận",
    Role.LEADER: "lãnh đạo",
    Role.REGISTRAR: "văn thư",
    Role.RECEIVER: "người hướng dẫn",
    Role.ADMINISTRATOR: "quản trị",
    Role.AUDITOR: "kiểm tra",
}
"""As people call them."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody with an account at this counter."""

    id: str
    name: str
    roles: frozenset[Role]
    position: str = ""  # chức vụ, for the signature block


@dataclass(frozen=True, slots=True)
class Unit:
    """The office as its papers name it; each line is an editable setting."""

    id: str  # uuid, subject of acts on no dossier
    agency_code: str  # mã định danh cơ quan, first part of a dossier code, e.g. "H26.99.01"
    superior: str  # ĐƠN VỊ CHỦ QUẢN
    name: str  # as in the header
    place: str  # địa danh before the date
    address: str
    phone: str
    counter: str  # e.g. "Q3"
    practice: bool = False  # papers of practice say so on the page
