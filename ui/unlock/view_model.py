"""Opening the counter, without its window: who, with which passphrase, and what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.officer import Officer
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.tasks import Lane, Tasks

Open = Callable[[str, bytearray, Progress], object]  # officer id, passphrase (wiped) -> what was opened


class UnlockViewModel(QObject):
    """`opened(object)` hands on what `open_counter` returned; the passphrase is wiped either way."""

    changed = Signal()
    opened = Signal(object)

    def __init__(self, officers: tuple[Officer, ...], open_counter: Open, tasks: Tasks) -> None:
        super().__init__()
        self.officers = officers
        self._open, self._tasks = open_counter, tasks
        self.busy = False
        self.doing = ""  # what an opening that takes long is about, with how far it has come
        self.notice: Notice | None = None

    def refuse(self, notice: Notice) -> None:
        """Show why nobody can work here, e.g. that the settings are missing."""
        self.notice = notice
        self.changed.emit()

    def calm(self) -> None:
        """Take back what was told: the reason for it is gone."""
        self.notice = None
        self.changed.emit()

    def enter(self, officer_id: str, passphrase: bytearray) -> None:
        """Open the counter; one try at a time."""
        if self.busy or not passphrase:
            passphrase[:] = bytes(len(passphrase))
            return
        self.busy, self.doing, self.notice = True, "", None
        self.changed.emit()
        task = self._tasks.start(Lane.ARCHIVE, lambda progress: self._enter(officer_id, passphrase, progress))
        task.progressed.connect(self._on_progressed)
        task.succeeded.connect(self._on_opened)
        task.failed.connect(self._on_failed)

    def _enter(self, officer_id: str, passphrase: bytearray, progress: Progress) -> object:
        try:
            return self._open(officer_id, passphrase, progress)
        finally:
            passphrase[:] = bytes(len(passphrase))

    def _on_progressed(self, done: int, total: int, doing: str) -> None:
        self.doing = f"{doing}: {done}/{total}"
        self.changed.emit()

    def _on_opened(self, opened: object) -> None:
        self.busy = False
        self.changed.emit()
        self.opened.emit(opened)

    def _on_failed(self, notice: Notice) -> None:
        self.busy, self.notice = False, notice
        self.changed.emit()
