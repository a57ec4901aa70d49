"""Named pipes that stand where `scanimage --batch` would make its files, so that no page is ever written to the disk.

scanimage writes page n to `n.pnm.part` and renames it when it is complete: a pipe of that name takes the page and
ends with it. The pipe of page n+1 is made before that of page n is opened, and opening one to write waits for its
reader: scanimage can never run ahead and make a file of its own.
"""

import os
import select
import subprocess
from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from clerk_app.papers.scanner import ScannerSilent
from clerk_app.progress import Progress

_TICK = 0.1  # seconds between two looks at the watcher
_BLOCK = 1 << 20
_PARTING = 1.0  # seconds without a byte before it is asked whether all is over
_CLOSED = -1


class _Heard(Enum):
    NOTHING = auto()
    MORE = auto()
    END = auto()  # the writer is gone


class PagePipes:
    """The pipes of one scan, in a private folder; closes what it opened."""

    NAMES = "%d.pnm"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.done = 0  # pages that came through
        self._make(1)
        self._pipe = self._open_next()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the pipes: a child that still writes is told by it to stop."""
        if self._pipe != _CLOSED:
            os.close(self._pipe)
            self._pipe = _CLOSED

    def pages(
        self,
        child: subprocess.Popen[bytes],
        progress: Progress,
        silence: float,
        is_over: Callable[[], bool],
    ) -> Iterator[bytearray]:
        """Yield what came through each pipe until the child ends; looks at `progress` about ten times a second.

        A child that `is_over`, having told its end, and does not go is not waited for. Raises `ScannerSilent` after `silence` seconds without a byte, and `Cancelled`.
        """
        page = bytearray()
        looked, heard = 0.0, monotonic()
        while True:
            now = monotonic()
            if now - looked > _TICK:
                progress.step(self.done, self.done + 1, "Đang quét")
                looked = now
            ended = child.poll() is not None  # asked first: what it wrote before its end is still in the pipe
            state = self._listen(page)
            if state is not _Heard.NOTHING:
                heard = monotonic()
            elif ended or (now - heard > _PARTING and is_over()):
                return
            elif now - heard > silence:
                raise ScannerSilent(seconds=round(silence))
            if state is _Heard.END:
                self.close()
                self.done += 1
                self._pipe = self._open_next()
                yield page
                page, heard = bytearray(), monotonic()

    def _listen(self, page: bytearray) -> _Heard:
        """Take what is there into `page`; waits a tenth of a second at most."""
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        events = poll.poll(_TICK * 1000)
        if not events:
            return _Heard.NOTHING
        if events[0][1] & select.POLLIN:
            page += os.read(self._pipe, _BLOCK)
            return _Heard.MORE
        return _Heard.END

    def _open_next(self) -> int:
        """Open the pipe of the page to come; the one after it is made first."""
        self._make(self.done + 2)
        return os.open(self._path(self.done + 1), os.O_RDONLY | os.O_NONBLOCK)

    def _make(self, number: int) -> None:
        os.mkfifo(self._path(number), 0o600)

    def _path(self, number: int) -> Path:
        return self._folder / f"{self.NAMES % number}.part"
