"""The window's part of proof: when the authority is asked again for the papers that nothing proves the time of."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_app.domain.proving import Proving as Found
from clerk_app.progress import Progress
from ui.tasks import Lane, Task, Tasks

_FIRST = 60.0  # seconds until the first look, and between two that went well
_LONGEST = 1800.0  # between two while the authority is away


class Proving(QObject):
    """`proven` when papers got their proof. Says nothing else: nobody at the counter can do anything about it."""

    proven = Signal(int)

    def __init__(self, prove: Callable[[Progress], Found], tasks: Tasks, first: float = _FIRST) -> None:
        super().__init__()
        self._prove, self._tasks, self._first = prove, tasks, first
        self._pause = first
        self._task: Task | None = None
        self._going = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Look after a while, and from then on."""
        self._going = True
        self._wait()

    def stop(self) -> None:
        """Look no more, and wait for no authority."""
        self._going = False
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    def _look(self) -> None:
        self._task = task = self._tasks.start(Lane.PROOF, self._prove)
        task.succeeded.connect(self._on_done)
        task.failed.connect(self._on_failed)
        task.destroyed.connect(self._on_ended)

    def _on_done(self, found: Found) -> None:
        if found.trouble is None:
            self._pause = self._first
        else:
            self._on_failed(found.trouble)
        if found.done:
            self.proven.emit(found.done)
        self._wait()

    def _on_failed(self, _: object) -> None:
        self._pause = min(self._pause * 2, _LONGEST)
        self._wait()

    def _on_ended(self) -> None:
        self._task = None

    def _wait(self) -> None:
        if self._going:
            self._timer.start(round(self._pause * 1000))
