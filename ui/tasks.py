"""Long work, away from the window.

A task runs on one lane; work on the same lane is done one piece after another.
Its signals always arrive in the window's own thread. A task never asks the
clerk anything: whoever starts it has asked first.
"""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot

from clerk_app.errors import Notice
from clerk_app.progress import Cancelled, Progress

Work = Callable[[Progress], object]


class Lane(Enum):
    """Where a piece of work queues; each lane does one thing at a time, pictures two."""

    ARCHIVE = auto()  # writes
    READING = auto()  # a newer search interrupts the older
    TOKEN = auto()
    NETWORK = auto()
    PAPER = auto()
    PICTURE = auto()  # pages painted: one that takes long does not hold up the next
    UPKEEP = auto()  # snapshots, the second place: slow, and nobody waits for it
    PROOF = auto()  # asks authorities that may take minutes
    JUDGING = auto()  # signed files from anywhere, each up to two minutes
    SIGN_IN = auto()  # waits for a person at the browser
    CHECKS = auto()  # looks at the whole computer, and takes its time


class Task(QObject):
    """One piece of work on its way. Ends with exactly one of three signals.

    Only the window's thread ever touches it: a wrapper let go on another thread while Qt deletes it is a crash.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)  # a Notice
    cancelled = Signal()

    def __init__(self, parent: QObject | None, progress: Progress) -> None:
        super().__init__(parent)
        self.progress = progress

    def cancel(self) -> None:
        """Ask the work to stop at its next step; it then ends as cancelled, or as it would have."""
        self.progress.cancel()

    def end(self, result: object, error: Exception | None) -> None:
        """Tell how the work ended, then go."""
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

    _stepped = Signal(int, int, int, str)  # number of the task, done, total, doing
    _ended = Signal(int, object, object)  # number of the task, result, error

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {lane: self._pool(2 if lane is Lane.PICTURE else 1) for lane in Lane}
        self._numbers = count()
        self._running: dict[int, Task] = {}
        self._finished = False
        queued = Qt.ConnectionType.QueuedConnection
        self._stepped.connect(self._tell_step, queued)
        self._ended.connect(self._tell_end, queued)

    def start(self, lane: Lane, work: Work) -> Task:
        """Queue `work` on `lane` and return the task that will tell how it ended; after `finish` it is cancelled."""
        if self._finished:
            return _too_late()
        number = next(self._numbers)
        progress = Progress(partial(self._stepped.emit, number))
        task = self._running[number] = Task(self, progress)
        ended = partial(self._ended.emit, number)
        if self._finished:
            ended(None, Cancelled())
            return task
        self._pools[lane].start(
            lambda: _run(work, progress, ended)
        )  # QRunnable.create leaves a stale wrapper
        return task

    def finish(self) -> None:
        """Stop everything that listens and wait for the rest: the clerk is leaving."""
        self._finished = True
        for task in self.findChildren(Task):
            task.cancel()
        for pool in self._pools.values():
            pool.waitForDone()

    @Slot(int, int, int, str)
    def _tell_step(self, number: int, done: int, total: int, doing: str) -> None:
        self._running[number].progressed.emit(done, total, doing)

    @Slot(int, object, object)
    def _tell_end(self, number: int, result: object, error: Exception | None) -> None:
        self._running.pop(number).end(result, error)

    def _pool(self, threads: int) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(threads)
        return pool


def _too_late() -> Task:
    """Return a task of nobody's that ends as cancelled: a late timer may outlive the lanes themselves."""
    task = Task(None, Progress())
    QTimer.singleShot(0, task, partial(task.end, None, Cancelled()))
    return task


def _run(work: Work, progress: Progress, ended: Callable[[object, Exception | None], None]) -> None:
    """Do the work. Called on the lane, never on the window's thread."""
    result: object = None
    error: Exception | None = None
    try:
        result = work(progress)
    except Exception as raised:  # noqa: BLE001 - every end is told to the window's thread, bugs included
        error = raised
    ended(result, error)
