"""An outage: since when central did not answer, why, until when, and what was worked on meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Cause(StrEnum):
    """How far the counter came when it asked central."""

    NAME = "name"  # the address was not found: no network, or its name service is down
    CONNECTION = "connection"  # nobody took the call, or it broke off
    TIME_OUT = "time_out"
    CERTIFICATE = "certificate"
    PROXY = "proxy"
    BUSY = "busy"  # central answers that it takes nothing now
    FAILED = "failed"  # central answers with an error
    REFUSED = "refused"  # central does not know this computer
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OutageAct:
    """One thing done during an outage, as the counter's journal holds it."""

    dossier: str  # id
    code: str  # "" when its dossier is not in the register
    person: str
    kind: str  # entry kind
    occurred_at: datetime  # UTC
    entry_hash: str  # by which central finds it again
    due: datetime | None = None  # UTC: what the citizen was promised

    @property
    def who(self) -> str:
        """Return the dossier as a line names it: its code and its owner, as far as they are known."""
        return " · ".join(filter(None, (self.code, self.person)))


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage of one counter. Begun and ended by entries of its journal, so nothing between can be moved."""

    counter: str  # as people call it; by its id where it has no name
    since: datetime  # UTC: the first time that central was not reached
    last_failed: datetime  # UTC: the last time
    until: datetime | None  # UTC: central answered again; None: it lasts, or nobody here knows its end
    lasts: bool
    cause: Cause
    rounds: int  # asked in vain
    begun: str  # hash of the entry that noted it
    ended: str  # hash of the entry that noted the end; "": there is none
    acts: tuple[OutageAct, ...] = ()

    @property
    def dossiers(self) -> tuple[str, ...]:
        """Return the ids of the dossiers that were worked on, in order of time."""
        return tuple(dict.fromkeys(act.dossier for act in self.acts))

    def lasted(self, now: datetime) -> timedelta:
        """Return for how long central is known not to have answered, or to have stayed unasked."""
        return (self.until or (now if self.lasts else self.last_failed)) - self.since
