"""The pictures on signatures as the screen shows them, without their window."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from clerk_app.errors import Notice
from clerk_app.picture_settings import SEAL
from clerk_app.progress import Progress
from clerk_app.services.sign_pictures import SignPicture
from ui.tasks import Lane, Task, Tasks

PREVIEW_WIDTH = 480  # pixels


@dataclass(frozen=True, slots=True)
class PictureCalls:
    """The part of the desk that the card needs; all block."""

    list: Callable[[], tuple[SignPicture, ...]]
    keep: Callable[[str, str, int], None]  # whose, path, millimetres across (of the seal)
    drop: Callable[[str], None]
    preview: Callable[[str, int], bytes]  # whose, width in px


@dataclass(frozen=True, slots=True)
class _Read:
    pictures: tuple[SignPicture, ...]
    shown: str
    preview: bytes


class PicturesModel(QObject):
    """`chosen` is whose picture is looked at; `kept` comes after a change."""

    changed = Signal()
    kept = Signal()

    def __init__(self, calls: PictureCalls, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._tasks = calls, tasks
        self._running: Task | None = None
        self.pictures: tuple[SignPicture, ...] = ()
        self.chosen = ""
        self.preview = b""  # PNG
        self.notice: Notice | None = None

    @property
    def busy(self) -> bool:
        """Whether something is read or written."""
        return self._running is not None

    @property
    def picture(self) -> SignPicture | None:
        """The one that is looked at."""
        return next((each for each in self.pictures if each.whose == self.chosen), None)

    @property
    def is_seal(self) -> bool:
        """Whether the agency's is looked at: its real size is needed."""
        return self.chosen == SEAL

    def refresh(self) -> None:
        """Read who has a picture."""
        if not self.busy:
            self._start(lambda: None)

    def choose(self, whose: str) -> None:
        """Look at somebody's."""
        if whose and whose != self.chosen and not self.busy:
            self.chosen = whose
            self._start(lambda: None)

    def keep(self, path: str, mm: int) -> None:
        """Take the file as the picture of who is chosen."""
        whose = self.chosen
        if path and whose and not self.busy:
            task = self._start(lambda: self._calls.keep(whose, path, mm))
            task.succeeded.connect(lambda _: self.kept.emit())

    def drop(self) -> None:
        """Let the picture go."""
        whose = self.chosen
        if whose and not self.busy:
            task = self._start(lambda: self._calls.drop(whose))
            task.succeeded.connect(lambda _: self.kept.emit())

    def _start(self, act: Callable[[], None]) -> Task:
        self.notice = None

        def work(_: Progress) -> _Read:
            act()
            pictures = self._calls.list()
            known = [each.whose for each in pictures]
            shown = self.chosen if self.chosen in known else known[0]
            return _Read(pictures, shown, self._calls.preview(shown, PREVIEW_WIDTH))

        self._running = task = self._tasks.start(Lane.PAPER, work)
        task.succeeded.connect(self._on_read)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._end)
        self.changed.emit()
        return task

    def _on_read(self, read: _Read) -> None:
        self.pictures, self.chosen, self.preview = read.pictures, read.shown, read.preview
        self._end()

    def _on_failed(self, notice: Notice) -> None:
        self.notice = notice
        self._end()

    def _end(self) -> None:
        self._running = None
        self.changed.emit()
