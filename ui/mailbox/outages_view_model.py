"""The outage log without its window: read it, save it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from clerk_app.domain.outage import Outage
from ui.one_work import OneWork
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class OutageCalls:
    """What the counter knows of outages; every call blocks."""

    list: Callable[[], tuple[Outage, ...]]  # newest first
    save: Callable[[Path], None]


class OutagesViewModel(OneWork):
    """One act at a time."""

    saved = Signal(object)  # Path

    def __init__(self, calls: OutageCalls, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._calls = calls
        self.outages: tuple[Outage, ...] = ()

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

    def _on_read(self, outages: tuple[Outage, ...]) -> None:
        self.outages = outages
