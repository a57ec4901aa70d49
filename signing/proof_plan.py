"""What a document's next step of proof is, by what it is for. Pure: a worker in the background asks, and does it.

No statute found names a level; the policy is the house's own. A slip lives for some weeks: when it was signed is enough.
A result is kept for years: it must prove itself when its authorities are gone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from signing.proof import Level

RENEW_BEFORE = timedelta(days=90)  # room for a season without network, ahead of the authority's end


class Keeping(StrEnum):
    """What a document is for."""

    SLIP = "slip"
    RESULT = "result"


class Step(StrEnum):
    """What is to be done next; each is one function of `signing.proof`, `ARCHIVE` a time-stamp over the data."""

    NOTHING = "nothing"
    TIME_STAMP = "time_stamp"
    VALIDATION_DATA = "validation_data"
    ARCHIVE = "archive"
    RENEW = "renew"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step and from when on it is due (UTC); `None` with `NOTHING` when there will never be one."""

    step: Step
    due: datetime | None


def next_step(keeping: Keeping, level: Level | None, ends: datetime | None, now: datetime) -> NextStep:
    """Return what a document needs next, by its level and the end of its last time-stamp's authority (UTC).

    A document whose signatures are not all valid needs a person, no proof: `NOTHING`.
    """
    match keeping, level:
        case (_, None) | (Keeping.SLIP, Level.B_T | Level.B_LT | Level.B_LTA):
            return NextStep(Step.NOTHING, None)
        case _, Level.B_B:
            return NextStep(Step.TIME_STAMP, now)
        case _, Level.B_T:
            return NextStep(Step.VALIDATION_DATA, now)
        case _, Level.B_LT:
            return NextStep(Step.ARCHIVE, now)
    if ends is None or ends - RENEW_BEFORE <= now:
        return NextStep(Step.RENEW, now)
    return NextStep(Step.NOTHING, ends - RENEW_BEFORE)
