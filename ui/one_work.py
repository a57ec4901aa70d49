"""What a model with one piece of work at a time has in common: begun unless one is under way, watched, stopped, ended."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from clerk_app.errors import Notice
from ui.tasks import Lane, Task, Tasks, Work


class OneWork(QObject):
    """`done` of `total` of the work, `doing` what of it; `notice`: why the last one failed."""

    changed = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._running: Task | None = None
        self.done, self.total, self.doing = 0, 0, ""
        self.notice: Notice | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._running is not None

    def cancel(self) -> None:
        """Stop after the step that is under way; what was found before stays."""
        if self._running is not None:
            self._running.cancel()

    def _start(self, work: Work, then: Callable[[Any], None]) -> None:
        """Begin it, unless something is under way; `then` takes its result."""
        if self.busy:
            return
        self.done, self.total, self.doing, self.notice = 0, 0, "", None
        self._running = task = self._tasks.start(Lane.CHECKS, work)
        task.progressed.connect(self._on_step)
        task.succeeded.connect(lambda result: self._end(lambda: then(result)))
        task.failed.connect(lambda notice: self._end(lambda: self._on_failed(notice)))
        task.cancelled.connect(lambda: self._end(lambda: None))
        self.changed.emit()

    def _end(self, then: Callable[[], None]) -> None:
        self._running = None
        then()
        self.changed.emit()

    def _on_step(self, done: int, total: int, doing: str) -> None:
        self.done, self.total, self.doing = done, total, doing
        self.changed.emit()

    def _on_failed(self, notice: Notice) -> None:
        self.notice = notice
