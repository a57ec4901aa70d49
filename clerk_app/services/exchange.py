"""Exchange with central: one round, then the rows follow; and what still waits."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.sending import NumbersOfDay, Sending
from clerk_app.errors import CentralOffline
from clerk_app.progress import Progress
from clerk_app.services.files_on_line import FilesOnLine
from clerk_app.services.law import Law
from clerk_app.services.numbering import Numbering
from clerk_app.services.outage_log import OutageLog
from clerk_app.store.projection import Projection
from sync.client import Central
from sync.clock import read_time, rfc3339
from sync.engine import NumbersAhead, Parts, exchange
from sync.errors import CentralError, Offline
from sync.files import FileStore
from sync.journal import Journal, deliveries, meta, numbers, references
from sync.leases import Want
from sync.line_errors import LineBlocked

NUMBERS_A_DAY = 75  # a busy counter's day and half as much again
DAYS_AHEAD = 5  # working days after today
_LAST_ROUND, _ALONE_SINCE = "last_round", "alone_since"  # facts of the journal about itself

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """The line to central: when it last worked, since when it does not, and what waits for it."""

    journal: Journal
    numbering: Numbering
    law: Law
    now: Callable[[], datetime]
    files: FilesOnLine

    def __call__(self) -> Sending:
        """Return the state of the exchange; asks nobody outside."""
        day = self.now().astimezone(VIETNAM).date()
        after = self.law.calendar().next_working_day(day)
        series, chain = self.numbering.series, self.journal.chain
        files = self.files()
        with self.journal.reading() as tx:
            counts = deliveries.counts(tx)
            return Sending(
                alone_since=_time(meta.get(tx, _ALONE_SINCE)),
                last_round=_time(meta.get(tx, _LAST_ROUND)),
                entries_waiting=counts.entries,
                dossiers_waiting=counts.subjects,
                files_waiting=len(references.not_uploaded(tx)),
                parked=counts.parked,
                held=counts.held,
                numbers_left=numbers.left(tx, series, day, chain),
                numbers_next=NumbersOfDay(after, numbers.left(tx, series, after, chain)),
                files=files,
            )

    def alone(self) -> bool:
        """Whether the last round did not reach central."""
        with self.journal.reading() as tx:
            return bool(meta.get(tx, _ALONE_SINCE))

    def reached(self) -> None:
        """Note that a round has just gone through."""
        with self.journal.writing() as tx:
            meta.put(tx, _LAST_ROUND, rfc3339(self.now()))
            meta.put(tx, _ALONE_SINCE, "")

    def lost(self) -> None:
        """Note since when the counter is alone; the first failure counts."""
        if not self.alone():
            with self.journal.writing() as tx:
                meta.put(tx, _ALONE_SINCE, rfc3339(self.now()))


@dataclass(frozen=True, slots=True)
class Exchange:
    journal: Journal
    files: FileStore
    projection: Projection
    law: Law
    line: Line
    connect: Callable[[], Central] | None  # None: no central is set up
    central_key: bytes
    outages: OutageLog
    bring: Callable[[Central], None]  # the papers of turns, once the rows stand as central told them
    void_numbers: Callable[[], bool]  # of earlier days; whether there were any

    def __call__(self, progress: Progress) -> Sending:
        """Do one round and return the state after it. Safe to stop: the next round goes on.

        Raises `CentralOffline`, what blocks the line, other `CentralError`, or `Cancelled`; what had arrived by then is kept and shown.
        """
        if self.connect is None:
            self.line.lost()
            raise CentralOffline
        try:
            with closing(self.connect()) as central:
                parts = Parts(self.journal, self.files, central, self.central_key, self.line.files.quota())
                problems = exchange(parts, self._ahead(), progress).problems
                ended, voided = self.outages.answered(), self.void_numbers()
                if ended or voided:  # only a whole round ends an outage and tells the day; both go up at once
                    problems += exchange(parts, self._ahead(), progress).problems
                self.projection.refresh()
                self.bring(central)
        except CentralError as failed:
            self.line.lost()
            self.outages.failed(failed)
            if isinstance(failed, Offline) and not isinstance(failed, LineBlocked):
                raise CentralOffline(retry_after=failed.facts.get("retry_after", 0.0)) from failed
            raise
        finally:
            self.projection.refresh()
        for problem in problems:
            log.warning("exchange_problem", what=type(problem).__name__)
        self.line.reached()
        return replace(self.line(), problems=problems)

    def _ahead(self) -> NumbersAhead:
        return NumbersAhead((Want(self.line.numbering.series, NUMBERS_A_DAY),), self._days())

    def _days(self) -> Sequence[date]:
        """Today, open or not, and the working days that follow."""
        calendar = self.law.calendar()
        days = [self.line.now().astimezone(VIETNAM).date()]
        for _ in range(DAYS_AHEAD):
            days.append(calendar.next_working_day(days[-1]))
        return days


def _time(text: str | None) -> datetime | None:
    return read_time(text) if text else None
