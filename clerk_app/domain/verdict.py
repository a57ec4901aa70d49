"""What a check found: the signatures of a document, the journal's chain, the tools on this computer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature of a document as the clerk may rely on it."""

    field: str  # name of the signature field
    signer: str  # common name in the certificate
    valid: bool  # intact, trusted, and nothing changed since beyond what it allows
    signed_at: datetime | None  # UTC, as the signer claims
    sentence: str  # Vietnamese


@dataclass(frozen=True, slots=True)
class DocumentVerdict:
    """All signatures of a document. `valid` is False for a document without any."""

    valid: bool
    signatures: tuple[SignatureVerdict, ...]
    sentence: str  # Vietnamese


@dataclass(frozen=True, slots=True)
class JournalVerdict:
    """Whether the journal's chain holds from its first entry to its last."""

    valid: bool
    entries: int
    problems: tuple[str, ...]  # Vietnamese sentences
    sentence: str


class Health(StrEnum):
    """How one check of the computer ended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of Kiểm tra thiết bị."""

    name: str  # stable English word, e.g. "journal"
    health: Health
    sentence: str  # Vietnamese: what was found
    remedy: str = ""  # Vietnamese: what to do, when not ok
