"""One readers' process at the other end of two pipes: asked with a deadline, ended when it does not answer."""

import os
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import IO

from clerk_app.errors import OfficeError
from clerk_app.papers.frames import Garbled, Words, read_frame, write_frame
from clerk_app.progress import Cancelled, Progress
from signing.child import own_program

PROGRAM = own_program("clerk_app.papers.reading_process")
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")
_TICK = 0.05  # seconds between two looks at the watcher
_PARTING = 1.0  # seconds: who stops waiting gives a child about to answer the time to do so
_LAST_RESORT = 5  # seconds after our own deadline at which a child without a parent ends itself

Answer = tuple[Words, bytes]


class ReaderFailed(OfficeError):
    message = "Chương trình mở giấy tờ không khởi động được."
    remedy = "Đóng bớt chương trình khác rồi thử lại; nếu vẫn lỗi, khởi động lại máy tính."


class ChildLost(Exception):
    """The child ended without an answer: a crash, or the memory limit."""


class ChildSilent(Exception):
    """No answer by the deadline."""


class ReadingChild:
    """One running child, asked by one thread at a time."""

    def __init__(self, command: Sequence[str] = PROGRAM) -> None:
        """Start it. Raises `ReaderFailed` when the system cannot."""
        house = str(Path(__file__).resolve().parents[2])
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**passed, "PYTHONPATH": house, "PYTHONDONTWRITEBYTECODE": "1"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise ReaderFailed from error
        if process.stdin is None or process.stdout is None:
            raise ReaderFailed
        self._process, self._requests, self._replies = process, process.stdin, process.stdout
        self._answers: SimpleQueue[Answer | None] = SimpleQueue()

    @property
    def ended(self) -> bool:
        """True once nothing more can be asked."""
        return self._process.poll() is not None

    def ask(self, words: Words, data: bytes | bytearray, seconds: float, progress: Progress) -> Answer:
        """Ask once. Raises `ChildSilent`, `ChildLost` or `Cancelled`; after these three the child is gone.

        Only a `Cancelled` that came while an answer was near leaves it alive.
        """
        request = {**words, "seconds": int(seconds) + _LAST_RESORT}
        threading.Thread(target=self._exchange, args=(request, data), name="reading", daemon=True).start()
        try:
            answer = self._wait(seconds, progress)
        except Empty:
            self.kill()
            raise ChildSilent from None
        except Cancelled:
            self._part()
            raise
        if answer is None:
            self.kill()
            raise ChildLost
        return answer

    def end(self) -> None:
        """End a child that is not being asked: its pipe closes, and it goes."""
        with suppress(OSError):
            self._requests.close()
        try:
            self._process.wait(_PARTING)
        except subprocess.TimeoutExpired:
            self.kill()
        self._replies.close()

    def kill(self) -> None:
        """End it at once, whatever it does; who waits for its answer is told."""
        self._process.kill()
        self._process.wait()

    def _wait(self, seconds: float, progress: Progress) -> Answer | None:
        end = monotonic() + seconds
        while True:
            with suppress(Empty):
                return self._answers.get(timeout=_TICK)
            progress.step(0, 1)
            if monotonic() > end:
                raise Empty

    def _part(self) -> None:
        try:
            answer = self._answers.get(timeout=_PARTING)
        except Empty:
            answer = None
        if answer is None:
            self.kill()

    def _exchange(self, request: Words, data: bytes | bytearray) -> None:
        """Write the question and read the answer, on a thread of its own: neither may hold up who waits."""
        self._answers.put(_exchanged(self._requests, self._replies, request, data))


def _exchanged(
    requests: IO[bytes], replies: IO[bytes], request: Words, data: bytes | bytearray
) -> Answer | None:
    try:
        write_frame(requests, request, data)
        return read_frame(replies)
    except (OSError, ValueError, Garbled):  # ValueError: the pipe was closed under it
        return None
