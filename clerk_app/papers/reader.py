"""Opens foreign files for the program: checks them and paints their pages, in children that may hang or burst.

Two children at most: while one is busy with a page that takes long, the other goes on with the rest. One is kept
warm; one that hung, crashed or reached its memory limit is replaced at the next question.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from clerk_app.papers.frames import Words
from clerk_app.papers.media import ImportedPaper, Limits, check_size, kind_of
from clerk_app.papers.reading_child import Answer, ChildLost, ChildSilent, ReaderFailed, ReadingChild
from clerk_app.papers.refusals import REFUSALS, PaperBroken, PaperRefused, PaperTooHeavy, PaperTooSlow
from clerk_app.progress import Cancelled, Progress

_MOST = 2  # children at work at the same time
_TICK = 0.1  # seconds between two looks at the watcher


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds until a child counts as hung; generous, for an old computer under load."""

    start: float = 60.0
    read: float = 40.0
    picture: float = 15.0


class PaperReader:
    """Safe to ask from several threads. `close` ends the children; for whoever still waits for one, that is `Cancelled`."""

    def __init__(
        self,
        deadlines: Deadlines | None = None,
        limits: Limits | None = None,
        start: Callable[[], ReadingChild] = ReadingChild,
    ) -> None:
        self.deadlines = deadlines or Deadlines()
        self._limits = limits or Limits()
        self._start = start
        self._turn = threading.Condition()
        self._idle: list[ReadingChild] = []
        self._busy: list[ReadingChild] = []
        self._closed = False

    def read(self, data: bytes, name: str = "", progress: Progress | None = None) -> ImportedPaper:
        """Return the file as a paper; raises a `PaperRefused` whose facts hold the file's `name`, or `Cancelled`."""
        try:
            check_size(data, self._limits)
            kind_of(data)
            words: Words = {"op": "read", **asdict(self._limits)}
            told, _ = self._ask(words, data, self.deadlines.read, progress or Progress())
        except PaperRefused as refusal:
            refusal.facts = {**refusal.facts, "name": name}
            raise
        media_type, pages = told.get("media_type"), told.get("pages")
        if not isinstance(media_type, str) or not isinstance(pages, int):
            raise PaperBroken
        return ImportedPaper(media_type, pages, data)

    def picture(self, data: bytes, page: int, width: int, progress: Progress | None = None) -> bytes:
        """Return page `page` (from 0) as PNG bytes, upright, at most `width` pixels wide.

        Raises a `PaperRefused` for bytes that cannot be shown, `IndexError` for a page that is not there, `Cancelled`.
        """
        words: Words = {"op": "picture", "media_type": kind_of(data), "page": page, "width": width}
        told, png = self._ask(words, data, self.deadlines.picture, progress or Progress())
        if told.get("no_page"):
            raise IndexError(page)
        return png

    def codes(self, data: bytes, page: int, progress: Progress | None = None) -> tuple[str, ...]:
        """Return the text of each QR code on page `page` (from 0); raises as `picture` does."""
        words: Words = {"op": "codes", "media_type": kind_of(data), "page": page}
        told, _ = self._ask(words, data, self.deadlines.read, progress or Progress())
        if told.get("no_page"):
            raise IndexError(page)
        codes = told.get("codes")
        return tuple(str(text) for text in codes) if isinstance(codes, list) else ()

    def pack(self, raw: bytes | bytearray, dpi: int = 0) -> bytes | None:
        """Return a page of the scanner as a picture file, or None if it is cut off; see `page_bytes.as_picture`."""
        told, page = self._ask({"op": "pack", "dpi": dpi}, raw, self.deadlines.read, Progress())
        return page if told.get("whole") else None

    def sign_picture(self, data: bytes) -> bytes:
        """Return a picture for signatures, made small and safe; raises a `PaperRefused`. See `papers.sign_picture`."""
        check_size(data, self._limits)
        _, png = self._ask({"op": "sign_picture"}, data, self.deadlines.picture, Progress())
        return png

    def warm(self) -> None:
        """Start a child, so that the first file does not wait for one."""
        with self._child(Progress()):
            pass

    def close(self) -> None:
        """End all children."""
        with self._turn:
            self._closed = True
            idle, busy = self._idle, list(self._busy)
            self._idle = []
            self._turn.notify_all()
        for child in busy:
            child.kill()
        for child in idle:
            child.end()

    def _ask(self, words: Words, data: bytes | bytearray, seconds: float, progress: Progress) -> Answer:
        try:
            with self._child(progress) as child:
                told, answer = child.ask(words, data, seconds, progress)
        except ChildSilent:
            raise PaperTooSlow(seconds=round(seconds)) from None
        except ChildLost:
            if self._closed:
                raise Cancelled from None
            raise PaperTooHeavy from None
        if (refused := told.get("refused")) is not None:
            facts = told.get("facts")
            raise REFUSALS.get(str(refused), PaperBroken)(**(facts if isinstance(facts, dict) else {}))
        return told, answer

    @contextmanager
    def _child(self, progress: Progress) -> Iterator[ReadingChild]:
        """Lend out an idle child, or a new one once it answers."""
        child, fresh = self._taken(progress)
        try:
            if fresh:
                self._greet(child, progress)
            yield child
        finally:
            self._give_back(child)

    def _taken(self, progress: Progress) -> tuple[ReadingChild, bool]:
        """Return a child that is the caller's now, and whether it is a new one."""
        with self._turn:
            while not self._closed:
                self._idle = [child for child in self._idle if not child.ended]
                if self._idle or len(self._busy) < _MOST:
                    fresh = not self._idle
                    child = self._start() if fresh else self._idle.pop()
                    self._busy.append(child)
                    return child, fresh
                self._turn.wait(_TICK)
                progress.step(0, 1)
        raise Cancelled

    def _greet(self, child: ReadingChild, progress: Progress) -> None:
        try:
            child.ask({"op": "hello"}, b"", self.deadlines.start, progress)
        except (ChildSilent, ChildLost):
            raise Cancelled if self._closed else ReaderFailed from None

    def _give_back(self, child: ReadingChild) -> None:
        """Keep one child warm; a second that was needed for a while may go."""
        with self._turn:
            self._busy.remove(child)
            keep = not (child.ended or self._closed or self._idle)
            if keep:
                self._idle.append(child)
            self._turn.notify_all()
        if not keep:
            child.end()
