"""The window's part of the upkeep: when the counter looks after itself next, and what the officer must know of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_app.errors import Notice
from ui.tasks import Lane, Tasks

_SECONDS = 5.0  # between two looks: unsent work is a second time elsewhere by then


class Upkeeping(QObject):
    """`changed` whenever `notices`, the gravest first and without those that were read, became others."""

    changed = Signal()

    def __init__(
        self, upkeep: Callable[[], tuple[Notice, ...]], tasks: Tasks, every: float = _SECONDS
    ) -> None:
        super().__init__()
        self._upkeep, self._tasks = upkeep, tasks
        self._running = False
        self._read: set[tuple[str, str]] = set()
        self.notices: tuple[Notice, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(round(every * 1000))
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now and from then on."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Look no more; a look under way ends by itself."""
        self._timer.stop()

    def look(self) -> None:
        """Do what is due, unless that is under way."""
        if self._running:
            return
        self._running = True
        task = self._tasks.start(Lane.UPKEEP, lambda _: self._upkeep())
        task.succeeded.connect(self._on_done)
        task.failed.connect(self._on_failed)
        task.destroyed.connect(self._on_ended)  # however it ended, a bug or the leaving included

    def read(self) -> None:
        """The officer has read the first one: it comes back only after it was gone."""
        self._read.update(map(_told, self.notices[:1]))
        self._show(self.notices[1:])

    def _on_done(self, notices: tuple[Notice, ...]) -> None:
        self._running = False
        self._read.intersection_update(map(_told, notices))
        self._show(tuple(notice for notice in notices if _told(notice) not in self._read))

    def _show(self, notices: tuple[Notice, ...]) -> None:
        if list(map(_told, notices)) != list(map(_told, self.notices)):
            self.notices = notices
            self.changed.emit()

    def _on_ended(self) -> None:
        self._running = False

    def _on_failed(self, notice: Notice) -> None:
        self._on_done((notice,))


def _told(notice: Notice) -> tuple[str, str]:
    return type(notice).__name__, str(notice)
