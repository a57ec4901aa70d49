"""Turns that go by hand, without their window: what may go, what is out, a bundle written, one taken in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal

from clerk_app.domain.handing import HandedOut, ToHand
from clerk_app.errors import Notice
from clerk_app.services.hand_over_bundle import HandedOver
from clerk_app.services.take_in_bundle import TakenIn
from ui.bundle.calls import BundleCalls
from ui.one_work import OneWork
from ui.tasks import Lane, Tasks, Work

Read = tuple[tuple[ToHand, ...], tuple[HandedOut, ...], dict[str, str], tuple[str, ...]]


class BundleViewModel(OneWork):
    """One act at a time. `told` is how the last one ended."""

    moved = Signal()  # turns or papers stand elsewhere than before

    def __init__(self, calls: BundleCalls, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._calls = calls
        self._left_out: set[str] = set()  # document ids
        self.waiting: tuple[ToHand, ...] = ()
        self.out: tuple[HandedOut, ...] = ()
        self.counters: tuple[str, ...] = ()
        self.names: dict[str, str] = {}  # of counters, by the authors of their devices
        self.receiver = ""
        self.told: HandedOver | TakenIn | tuple[HandedOut, ...] | None = None

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
        task.failed.connect(self._tell)

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
            self._act(lambda watch: self._calls.hand_over(Path(folder), receiver, wanted, watch))

    def again(self, bundle: str, folder: str) -> None:
        """Write a bundle once more."""
        if folder:
            self._act(lambda _: self._calls.again(bundle, Path(folder)))

    def take_in(self, file: str) -> None:
        """Take in a bundle."""
        if file:
            self._act(lambda watch: self._calls.take_in(Path(file), watch))

    def recall(self, document: str, reason: str) -> None:
        """Take the turn of a document back, with the reason."""
        self._act(lambda _: self._calls.recall([document], reason))

    def _act(self, work: Work) -> None:
        if not self.busy:
            self.told = None
            self._start(work, self._on_done)

    def _end(self, then: Callable[[], None]) -> None:
        super()._end(then)
        self.moved.emit()  # a hand-over is recorded also where its file failed
        self.refresh()

    def _on_done(self, done: HandedOver | TakenIn | tuple[HandedOut, ...]) -> None:
        self.told = done
        if isinstance(done, TakenIn):
            back = next((each for each in self.counters if self.names[each] == done.sender), "")
            self.receiver = back or self.receiver

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

    def _tell(self, notice: Notice) -> None:
        self.notice = notice
        self.changed.emit()
