"""The outage log without its window: read it, save it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.outage import Outage
from clerk_app.errors import Notice
from ui.tasks import Lane, Tasks, Work


@dataclass(frozen=True, slots=True)
class OutageCalls:
    """What the counter knows of outages; every call blocks."""

    list: Callable[[], tuple[Outage, ...]]  # newest first
    save: Callable[[Path], None]


class OutagesViewModel(QObject):
    """`notice`: why the last act failed."""

    changed = Signal()
    saved = Signal(object)  # Path

    def __init__(self, calls: OutageCalls, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._tasks = calls, tasks
        self.busy = False
        self.outages: tuple[Outage, ...] = ()
        self.notice: Notice | None = None

    def refresh(self) -> None:
        """Read the log."""
        self._start(lambda _: self._calls.list(), self._on_read)

    def save(self, path: str) -> None:
        """Write the whole log as a spreadsheet."""
        if path:
            file = Path(path).with_suffix(".xlsx")
            self._start(lambda _: self._calls.save(file), lambda _: self.saved.emit(file))

    def dossier(self, begun: str) -> str:
        """Return the code of the first dossier of an outage, "" when it has none."""
        acts = next((each.acts for each in self.outages if each.begun == begun), ())
        return next((act.code for act in acts if act.code), "")

    def _start(self, work: Work, then: Callable[[Any], None]) -> None:
        if self.busy:
            return
        self.busy, self.notice = True, None
        task = self._tasks.start(Lane.CHECKS, work)
        task.succeeded.connect(lambda result: self._end(lambda: then(result)))
        task.failed.connect(lambda notice: self._end(lambda: self._on_failed(notice)))
        task.cancelled.connect(lambda: self._end(lambda: None))
        self.changed.emit()

    def _end(self, then: Callable[[], None]) -> None:
        self.busy = False
        then()
        self.changed.emit()

    def _on_read(self, outages: tuple[Outage, ...]) -> None:
        self.outages = outages

    def _on_failed(self, notice: Notice) -> None:
        self.notice = notice
