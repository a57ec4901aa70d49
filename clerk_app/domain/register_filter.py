"""Which dossiers of the register are wanted, beside what was typed: state, due time, day of receipt, procedure, officer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.dossier import Status


class Due(StrEnum):
    """When the result is promised, seen from now."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    OVERDUE = "overdue"  # promised for a time that has passed, and not ended


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Everything that is set has to hold. Days are those of Việt Nam, both ends included."""

    status: Status | None = None
    due: Due | None = None
    received_from: date | None = None
    received_to: date | None = None
    procedure: str = ""  # code
    officer: str = ""  # name, as on the dossier
    unsent: bool = False  # central does not have all of it yet

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return self != EVERYTHING


EVERYTHING = RegisterFilter()


@dataclass(frozen=True, slots=True)
class RegisterChoices:
    """What the dossiers on this machine can be filtered by."""

    procedures: tuple[tuple[str, str], ...] = ()  # code, title; by title
    officers: tuple[str, ...] = ()


def day_begins(day: date) -> datetime:
    """Return the first moment of a day in Việt Nam."""
    return datetime.combine(day, time.min, VIETNAM)


def day_ends(day: date) -> datetime:
    """Return the first moment after a day in Việt Nam."""
    return day_begins(day + timedelta(days=1))
