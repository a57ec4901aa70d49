"""What a check found: the journal's chain, the tools on this computer."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class JournalVerdict:
    """Whether the journal's chain holds from its first entry to its last."""

    valid: bool
    entries: int
    problems: tuple[str, ...]  # Vietnamese sentences
    sentence: str
    retired: int = 0  # entries whose body central alone keeps
    redacted: int = 0  # entries whose body was deleted by an order
    unexplained: int = 0  # entries that came without their body, or lost it with a page
    gone: str = ""  # a sentence on these; "" where every body is here


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
