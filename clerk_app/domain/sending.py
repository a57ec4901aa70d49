"""What waits to be sent, what central refused, and since when this counter is alone."""

from dataclasses import dataclass
from datetime import datetime

from clerk_app.errors import Notice


@dataclass(frozen=True, slots=True)
class Waiting:
    """One act that central has not settled yet, or took and shows to a person."""

    entry: str
    dossier: str
    code: str
    kind: str  # entry kind, e.g. "received"
    occurred_at: datetime  # UTC
    parked: bool = False
    reason: str = ""  # central's answer, for a parked or flagged one
    owner: str = ""  # who has to act on it
    flagged: bool = False  # taken, but a person has to look at it


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
