"""The scanner beside the counter: one stack of sheets at a time; a page shows as soon as it is safe on the disk."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import PaperFile
from clerk_app.domain.stack import ScanStack
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from clerk_app.services.lay_papers import laid
from ui.intake.calls import IntakeCalls
from ui.tasks import Lane, Task, Tasks

LOOK_MS = 3000  # between two looks into the folder of the network scanner


class ScanDesk(QObject):
    """Scans for a line of the checklist. A stack that a jam or a stop cut off stays open until it is said to be whole."""

    edited = Signal(object)  # Papers
    changed = Signal()
    filed = Signal(str)  # key of the line whose pages are safe now
    failed = Signal(object)  # a Notice
    whole = Signal()  # a stack came to its end, and the stored draft says so
    _came = Signal(str, object)  # key of the line, PaperFile: told by the lane

    def __init__(
        self,
        calls: IntakeCalls,
        tasks: Tasks,
        parent: QObject,
        draft: Callable[[], Draft],
        line_of: Callable[[str], str],
    ) -> None:
        """`line_of` answers the question that a line may be, and returns the line of its paper."""
        super().__init__(parent)
        self._calls, self._tasks, self._draft, self._line_of = calls, tasks, draft, line_of
        self._scan: Task | None = None
        self.way = next(iter(calls.scan_ways), "")  # how the next stack is scanned
        self.scanning = ""  # key of the line being scanned
        self.doing = ""  # what the scanner says it does
        self.stack: ScanStack | None = None  # lần quét dở: open, and nobody scans
        self.waiting = 0  # files in the folder of a network scanner
        self.folder_trouble: Notice | None = None
        self._looking = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._came.connect(self._on_page, Qt.ConnectionType.QueuedConnection)

    @property
    def ways(self) -> tuple[str, ...]:
        """The names of the ways of scanning."""
        return self._calls.scan_ways

    @property
    def at_work(self) -> bool:
        """Whether pages are on their way to the disk: the draft stays on the counter until they are safe."""
        return bool(self.scanning)

    def open(self, stack: ScanStack | None) -> None:
        """Take over what the draft that came to the counter remembers of its stack."""
        self.stack = stack if stack and stack.open else None

    def scan(self, key: str, way: str = "") -> None:
        """Scan pages for one line, or go on with the open stack; a second call while the scanner runs does nothing."""
        self.way = way or self.way
        self._begin(key, partial(self._work, self.way))

    def take(self, key: str) -> None:
        """Lay on one line what lies in the folder of the network scanner."""
        if self.waiting:
            self._begin(key, self._take)

    def watch(self) -> None:
        """Look into the folder of the network scanner from now on."""
        self._look.start()
        self.look()

    def unwatch(self) -> None:
        """Look no more: the officer leaves."""
        self._look.stop()

    def look(self) -> None:
        """Count the whole files there, away from the window: a folder in the network may take its time."""
        if self._looking or self.scanning:
            return
        self._looking = True
        task = self._tasks.start(Lane.CHECKS, lambda _: self._calls.arrivals())
        task.succeeded.connect(self._on_looked)
        task.failed.connect(self._on_not_looked)
        task.cancelled.connect(partial(self._on_looked, None))

    def stop(self) -> None:
        """Ask the scanner to stop; pages already filed stay."""
        if self._scan is not None:
            self._scan.cancel()

    def end_stack(self) -> None:
        """Say that what came of the stack is all of it."""
        if self.stack is None or self.scanning:
            return
        ended, self.stack = self.stack, None
        task = self._tasks.start(Lane.ARCHIVE, partial(self._end, self._draft()))
        task.succeeded.connect(lambda _: self.whole.emit())
        task.failed.connect(partial(self._on_not_ended, ended))
        self.changed.emit()

    def _begin(self, key: str, work: Callable[[Draft, str, Progress], object]) -> None:
        if self.scanning or not self._draft().id or not (self.stack or key):
            return
        key = self.stack.paper if self.stack else self._line_of(key)
        draft = self._draft()
        before = self.stack.pages if self.stack else 0
        self.stack, self.scanning, self.doing = ScanStack(key, before), key, ""
        self._scan = self._tasks.start(Lane.PAPER, partial(work, draft, key))
        self._scan.progressed.connect(self._on_step)
        self._scan.succeeded.connect(self._on_scanned)
        self._scan.failed.connect(self._on_not_scanned)
        self._scan.cancelled.connect(self._on_over)
        self.changed.emit()

    def _work(self, way: str, draft: Draft, key: str, progress: Progress) -> None:
        self._calls.scan_papers(draft, key, progress, way, partial(self._came.emit, key))

    def _take(self, draft: Draft, key: str, progress: Progress) -> Notice | None:
        return self._calls.take_arrivals(draft, key, progress, partial(self._came.emit, key)).notice

    def _end(self, draft: Draft, _: Progress) -> None:
        self._calls.end_stack(draft)

    def _on_page(self, key: str, file: PaperFile) -> None:
        if self.stack is not None:
            self.stack = self.stack.with_page(file)
        self.edited.emit(laid(self._draft(), key, file).papers)
        self.filed.emit(key)

    def _on_step(self, _done: int, _total: int, doing: str) -> None:
        self.doing = doing
        self.changed.emit()

    def _on_scanned(self, notice: Notice | None) -> None:
        self.stack = None
        self._on_over()
        self.whole.emit()
        if notice is not None:
            self.failed.emit(notice)

    def _on_not_scanned(self, notice: object) -> None:
        self._on_over()
        self.failed.emit(notice)

    def _on_over(self) -> None:
        """The scanner is free again; a stack of which nothing came is none."""
        self.scanning, self.doing, self._scan = "", "", None
        if self._look.isActive():
            self.look()
        if self.stack is not None and not self.stack.pages:
            self.stack = None
        self.changed.emit()

    def _on_looked(self, waiting: int | None) -> None:
        self._looking = False
        if waiting is None:  # none is set up, or the clerk is leaving
            self._look.stop()
        if (self.waiting, self.folder_trouble) != (waiting or 0, None):
            self.waiting, self.folder_trouble = waiting or 0, None
            self.changed.emit()

    def _on_not_looked(self, notice: Notice) -> None:
        self._looking = False
        if self.folder_trouble is None:
            self.waiting, self.folder_trouble = 0, notice
            self.changed.emit()

    def _on_not_ended(self, stack: ScanStack, notice: object) -> None:
        self.stack = stack
        self.failed.emit(notice)
        self.changed.emit()
