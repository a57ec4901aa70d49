"""Whether this counter is well, without its window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.verdict import Check, Health
from clerk_app.progress import Progress
from ui.tasks import Lane, Task, Tasks

Diagnose = Callable[[Progress], tuple[Check, ...]]


class HealthViewModel(QObject):
    """`checks` holds what the last look found, what is worst first; `doing` names what is looked at now."""

    changed = Signal()

    def __init__(self, diagnose: Diagnose, tasks: Tasks) -> None:
        super().__init__()
        self._diagnose, self._tasks = diagnose, tasks
        self._running: Task | None = None
        self.checks: tuple[Check, ...] = ()
        self.done, self.total, self.doing = 0, 0, ""

    @property
    def busy(self) -> bool:
        """Whether a look is under way."""
        return self._running is not None

    def count(self, health: Health) -> int:
        """How many checks ended so."""
        return sum(each.health is health for each in self.checks)

    def look(self) -> None:
        """Look at everything, unless that is under way."""
        if self.busy:
            return
        self.done, self.total, self.doing = 0, 0, ""
        self._running = task = self._tasks.start(Lane.CHECKS, self._diagnose)
        task.progressed.connect(self._on_step)
        task.succeeded.connect(self._on_found)
        task.failed.connect(self._on_stopped)
        task.cancelled.connect(self._on_stopped)
        self.changed.emit()

    def look_once(self) -> None:
        """Look at everything when nobody has yet."""
        if not self.checks:
            self.look()

    def cancel(self) -> None:
        """Stop after the check that is under way; what was found before stays."""
        if self._running is not None:
            self._running.cancel()

    def _on_step(self, done: int, total: int, doing: str) -> None:
        self.done, self.total, self.doing = done, total, doing
        self.changed.emit()

    def _on_found(self, checks: tuple[Check, ...]) -> None:
        worst_first = [Health.FAIL, Health.WARN, Health.OK]
        self.checks = tuple(sorted(checks, key=lambda each: worst_first.index(each.health)))
        self._running = None
        self.changed.emit()

    def _on_stopped(self, _: object = None) -> None:
        self._running = None
        self.changed.emit()
