"""Turns that go by hand, without their window: what may go, what is out, a bundle written, one taken in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.handing import HandedOut, ToHand
from clerk_app.errors import Notice
from clerk_app.services.hand_over_bundle import HandedOver
from clerk_app.services.take_in_bundle import TakenIn
from ui.bundle.calls import BundleCalls
from ui.tasks import Lane, Tasks, Work

Read = tuple[tuple[ToHand, ...], tuple[HandedOut, ...], dict[str, str], tuple[str, ...]]


class BundleViewModel(QObject):
    """One act at a time. `told` is how the last one ended, `notice` why it failed."""

    changed = Signal()
    moved = Signal()  # turns or papers stand elsewhere than before

    def __init__(self, calls: BundleCalls, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._tasks = calls, tasks
        self._left_out: set[str] = set()  # document ids
        self.waiting: tuple[ToHand, ...] = ()
        self.out: tuple[HandedOut, ...] = ()
        self.counters: tuple[str, ...] = ()
        self.names: dict[str, str] = {}  # of counters, by the authors of their devices
        self.receiver = ""
        self.busy = False
        self.doing = (0, 0, "")  # done, of how many, what
        self.told: HandedOver | TakenIn | tuple[HandedOut, ...] | None = None
        self.notice: Notice | None = None

    @property
    def chosen(self) -> tuple[ToHand, ...]:
        """What would go now."""
        return tuple(each for each in self.waiting if each.document not in self._left_out)

    @property
    def can_export(self) -> bool:
        """Whether a bundle may be written: also one without turns, which tells what was done here."""
        return not self.busy and bool(self.receiver)

    def is_left_out(self, document: str) -> bool:
        """Whether a document stays here this time."""
        return document in self._left_out

    def refresh(self) -> None:
        """Read the lists anew."""
        task = self._tasks.start(Lane.READING, lambda _: self._read())
        task.succeeded.connect(self._on_read)
        task.failed.connect(self._on_failed)

    def leave_out(self, document: str) -> None:
        """Let a document stay here this time, or go after all."""
        if not self.busy:
            self._left_out ^= {document}
            self.changed.emit()

    def choose(self, receiver: str) -> None:
        """Choose the counter that a bundle goes to."""
        if receiver in self.counters and receiver != self.receiver:
            self.receiver = receiver
            self.changed.emit()

    def export(self, folder: str) -> None:
        """Hand the chosen turns over and write their bundle into a folder."""
        if folder and self.can_export:
            wanted, receiver = [each.document for each in self.chosen], self.receiver
            self._start(lambda watch: self._calls.hand_over(Path(folder), receiver, wanted, watch))

    def again(self, bundle: str, folder: str) -> None:
        """Write a bundle once more."""
        if folder:
            self._start(lambda _: self._calls.again(bundle, Path(folder)))

    def take_in(self, file: str) -> None:
        """Take in a bundle."""
        if file:
            self._start(lambda watch: self._calls.take_in(Path(file), watch))

    def recall(self, document: str, reason: str) -> None:
        """Take the turn of a document back, with the reason."""
        self._start(lambda _: self._calls.recall([document], reason))

    def _start(self, work: Work) -> None:
        if self.busy:
            return
        self.busy, self.notice, self.told, self.doing = True, None, None, (0, 0, "")
        task = self._tasks.start(Lane.CHECKS, work)  # a stick is slow: nothing else waits for it
        task.progressed.connect(self._on_progress)
        task.succeeded.connect(lambda done: self._end(lambda: self._on_done(done)))
        task.failed.connect(lambda notice: self._end(lambda: self._on_failed(notice)))
        task.cancelled.connect(lambda: self._end(lambda: None))
        self.changed.emit()

    def _end(self, then: Callable[[], Any]) -> None:
        self.busy = False
        then()
        self.changed.emit()
        self.moved.emit()  # a hand-over is recorded also where its file failed
        self.refresh()

    def _on_done(self, done: HandedOver | TakenIn | tuple[HandedOut, ...]) -> None:
        self.told = done
        if isinstance(done, TakenIn):
            back = next((each for each in self.counters if self.names[each] == done.sender), "")
            self.receiver = back or self.receiver

    def _on_progress(self, done: int, total: int, doing: str) -> None:
        self.doing = (done, total, doing)
        self.changed.emit()

    def _read(self) -> Read:
        calls = self._calls
        waiting, out, receivers = calls.waiting(), calls.out(), calls.receivers()
        names = {each: calls.called(each) for each in (*receivers, *(gone.receiver for gone in out))}
        return waiting, out, names, receivers

    def _on_read(self, read: Read) -> None:
        self.waiting, self.out, self.names, self.counters = read
        self._left_out &= {each.document for each in self.waiting}
        if self.receiver not in self.counters:
            self.receiver = next(iter(self.counters), "")
        self.changed.emit()

    def _on_failed(self, notice: Notice) -> None:
        self.notice = notice
        self.changed.emit()
