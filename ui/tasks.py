"""Long work, away from the window.

A task runs on one lane; work on the same lane is done one piece after another.
Its signals always arrive in the window's own thread. A task never asks the
clerk anything: whoever starts it has asked first.
"""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from clerk_app.errors import Notice
from clerk_app.progress import Cancelled, Progress

Work = Callable[[Progress], object]


class Lane(Enum):
    """Where a piece of work queues; each lane does one thing at a time."""

    ARCHIVE = auto()  # writes
    READING = auto()  # a newer search interrupts the older
    TOKEN = auto()
    NETWORK = auto()
    PAPER = auto()


class Task(QObject):
    """One piece of work on its way. Ends with exactly one of three signals."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)  # a Notice
    cancelled = Signal()
    _stepped = Signal(int, int, str)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.progress = Progress(self._stepped.emit)
        queued = Qt.ConnectionType.QueuedConnection
        self._stepped.connect(self._tell_progress, queued)
        self._ended.connect(self._tell_end, queued)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; it then ends as cancelled, or as it would have."""
        self.progress.cancel()

    def run(self, work: Work) -> None:
        """Do the work. Called on the lane, never on the window's thread."""
        result: object = None
        error: Exception | None = None
        try:
            result = work(self.progress)
        except Exception as raised:  # noqa: BLE001 - every end is told to the window's thread, bugs included
            error = raised
        self._ended.emit(result, error)

    @Slot(int, int, str)
    def _tell_progress(self, done: int, total: int, doing: str) -> None:
        self.progressed.emit(done, total, doing)

    @Slot(object, object)
    def _tell_end(self, result: object, error: Exception | None) -> None:
        self.deleteLater()
        match error:
            case None:
                self.succeeded.emit(result)
            case Cancelled():
                self.cancelled.emit()
            case Notice():
                self.failed.emit(error)
            case bug:
                raise bug  # the window's excepthook shows the crash report


class Tasks(QObject):
    """The lanes. Start tasks from the window's thread, then connect: nothing is delivered before the loop turns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {lane: self._pool() for lane in Lane}

    def start(self, lane: Lane, work: Work) -> Task:
        """Queue `work` on `lane` and return the task that will tell how it ended."""
        task = Task(self)
        self._pools[lane].start(QRunnable.create(lambda: task.run(work)))
        return task

    def finish(self) -> None:
        """Stop everything that listens and wait for the rest: the clerk is leaving."""
        for task in self.findChildren(Task):
            task.cancel()
        for pool in self._pools.values():
            pool.waitForDone()

    def _pool(self) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(1)
        return pool
