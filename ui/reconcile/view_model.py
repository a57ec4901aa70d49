"""The books of a day, without their window."""

from collections.abc import Callable
from datetime import date

from clerk_app.domain.reconciling import DayLine, DayReport
from clerk_app.progress import Progress
from ui.one_work import OneWork
from ui.tasks import Tasks

Reconcile = Callable[[date, Progress], DayReport]


class ReconcileViewModel(OneWork):
    """`report` holds what the last look found; `notice` why it found nothing."""

    def __init__(self, reconcile: Reconcile, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__(tasks)
        self._reconcile, self._today = reconcile, today
        self._chosen: date | None = None  # None: today, also when the day changes
        self.report: DayReport | None = None

    @property
    def day(self) -> date:
        """The day that is looked at next: today, unless another was chosen."""
        return self._chosen or self._today()

    def choose(self, day: date) -> None:
        """Look at another day from now on; one that is still to come is not taken."""
        self._chosen = day if day < self._today() else None

    def look(self) -> None:
        """Hold the chosen day against every book, unless that is under way."""
        day = self.day
        self._start(lambda progress: self._reconcile(day, progress), self._on_found)

    def line(self, key: str) -> DayLine | None:
        """Return the line with this key, as `key_of` gives it."""
        lines = self.report.lines if self.report else ()
        return next((each for each in lines if key_of(each) == key), None)

    def _on_found(self, report: DayReport) -> None:
        self.report = report


def key_of(line: DayLine) -> str:
    """Return what a line is known by: its dossier, or that it is the counter's own."""
    return line.dossier or "counter"
