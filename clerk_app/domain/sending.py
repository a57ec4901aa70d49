"""What waits to be sent, what central refused, and since when this counter is alone."""

from dataclasses import dataclass
from datetime import date, datetime

from clerk_app.domain.conflict import Conflict
from clerk_app.domain.kinds import IN_THE_CITIZENS_HANDS
from clerk_app.errors import Notice


@dataclass(frozen=True, slots=True)
class Waiting:
    """One act that central has not settled yet, or took and shows to a person."""

    entry: str
    dossier: str
    code: str
    kind: str  # entry kind, e.g. "received"; "" for an alarm
    occurred_at: datetime | None  # UTC; None: not readable
    parked: bool = False
    reason: str = ""  # central's answer, for a parked or flagged one
    owner: str = ""  # who has to act on it
    flagged: bool = False  # taken, but a person has to look at it
    person: str = ""  # owner of the dossier
    next_step: str = ""  # what the office has to do about a parked or flagged one
    settled: bool = False  # somebody here has settled it, and central does not know it yet
    conflicts: tuple[Conflict, ...] = ()  # of a correction that was not taken, field by field
    to_choose: tuple[str, ...] = ()  # the groups of these of which the office may choose one side
    held: bool = False  # the hub has it, the city has not; what is said of it is the hub's word so far

    @property
    def droppable(self) -> bool:
        """Whether the office may settle it by giving the act up; what the citizen holds never is."""
        return self.parked and not self.settled and self.kind not in IN_THE_CITIZENS_HANDS


@dataclass(frozen=True, slots=True)
class WaitingFiles:
    """The files of one dossier that central does not have yet."""

    dossier: str  # id
    code: str
    person: str
    count: int
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class NumbersOfDay:
    """How many leased numbers are left for one day."""

    day: date
    left: int


@dataclass(frozen=True, slots=True)
class FilesOnTheLine:
    """How much of the files may go, for a line that is paid for by the byte."""

    paused: bool = False  # an officer lets large files wait
    metered: bool | None = None  # None: the system does not say
    sent_today: int = 0  # bytes
    limit: int = 0  # bytes a day; 0: none
    held: int = 0  # files that wait for that reason
    held_size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Sending:
    """The state of the exchange with central, for the banner and the mailbox screen."""

    alone_since: datetime | None  # UTC; None: the last round reached central
    last_round: datetime | None  # UTC, last successful round
    entries_waiting: int
    dossiers_waiting: int
    files_waiting: int
    parked: int
    numbers_left: int  # of today's leased range
    problems: tuple[Notice, ...] = ()  # of the last round; none of them held the rest up
    numbers_next: NumbersOfDay | None = None  # of the next working day
    files: FilesOnTheLine = FilesOnTheLine()
    held: int = 0  # of the entries that wait, those that the hub of the ward has
