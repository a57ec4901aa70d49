"""The books of a day, without their window."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.reconciling import DayLine, DayReport
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.tasks import Lane, Task, Tasks

Reconcile = Callable[[date, Progress], DayReport]


class ReconcileViewModel(QObject):
    """`report` holds what the last look found; `notice` why it found nothing."""

    changed = Signal()

    def __init__(self, reconcile: Reconcile, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__()
        self._reconcile, self._tasks, self._today = reconcile, tasks, today
        self._running: Task | None = None
        self._chosen: date | None = None  # None: today, also when the day changes
        self.report: DayReport | None = None
        self.notice: Notice | None = None
        self.done, self.total = 0, 0

    @property
    def busy(self) -> bool:
        """Whether a look is under way."""
        return self._running is not None

    @property
    def day(self) -> date:
        """The day that is looked at next: today, unless another was chosen."""
        return self._chosen or self._today()

    def choose(self, day: date) -> None:
        """Look at another day from now on; one that is still to come is not taken."""
        self._chosen = day if day < self._today() else None

    def look(self) -> None:
        """Hold the chosen day against every book, unless that is under way."""
        if self.busy:
            return
        self.done, self.total, self.notice = 0, 0, None
        day = self.day
        self._running = task = self._tasks.start(Lane.CHECKS, lambda progress: self._reconcile(day, progress))
        task.progressed.connect(self._on_step)
        task.succeeded.connect(self._on_found)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_stopped)
        self.changed.emit()

    def line(self, key: str) -> DayLine | None:
        """Return the line with this key, as `key_of` gives it."""
        lines = self.report.lines if self.report else ()
        return next((each for each in lines if key_of(each) == key), None)

    def cancel(self) -> None:
        """Stop a look; what was found before stays."""
        if self._running is not None:
            self._running.cancel()

    def _on_step(self, done: int, total: int, _doing: str) -> None:
        self.done, self.total = done, total
        self.changed.emit()

    def _on_found(self, report: DayReport) -> None:
        self._running, self.report = None, report
        self.changed.emit()

    def _on_failed(self, notice: Notice) -> None:
        self._running, self.notice = None, notice
        self.changed.emit()

    def _on_stopped(self) -> None:
        self._running = None
        self.changed.emit()


def key_of(line: DayLine) -> str:
    """Return what a line is known by: its dossier, or that it is the counter's own."""
    return line.dossier or "counter"
