"""The narrow window between long work and whoever watches it."""

from collections.abc import Callable
from threading import Event


class Cancelled(Exception):
    """The watcher asked the work to stop. Not an error."""


def _nobody(done: int, total: int, doing: str) -> None:
    """Watch nothing: the default for tests and scripts."""


class Progress:
    """Told of each step by the work; can ask the work to stop between two steps."""

    def __init__(self, report: Callable[[int, int, str], None] = _nobody) -> None:
        self._report = report
        self._stop = Event()

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Report one step, or raise `Cancelled` if the watcher has had enough."""
        if self._stop.is_set():
            raise Cancelled
        self._report(done, total, doing)

    @property
    def stopped(self) -> bool:
        """Whether the watcher has had enough; for work that is asked from within, between no two steps."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()
