"""The window's part of the exchange with central: when the next round starts, and how the last one ended.

Rounds run on their own lane and stop nobody. Delays carry full jitter, the first one after a return too, so
that the counters of a city do not come back all at once.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_app.domain.sending import Sending
from clerk_app.errors import CentralOffline, Notice
from clerk_app.progress import Progress
from ui.tasks import Lane, Task, Tasks

_LONGEST = 300.0  # seconds between two tries, however long central is away
_NUDGE = 2.0  # seconds at most until what was just done is offered


@dataclass(frozen=True, slots=True)
class RoundCalls:
    """The part of the desk that rounds need."""

    exchange: Callable[[Progress], Sending]
    sending: Callable[[], Sending]
    standing: Callable[[], None]  # raises for an officer who may not stay


class Rounds(QObject):
    """`changed` whenever `sending`, `busy` or `trouble` did; `exchanged` after a round that reached central.

    `barred` when a round, also one that broke off, brought the news that who sits here may not stay.
    """

    changed = Signal()
    exchanged = Signal()
    barred = Signal(object)  # Notice

    def __init__(
        self, calls: RoundCalls, tasks: Tasks, every: float = 20.0, chance: random.Random | None = None
    ) -> None:
        super().__init__()
        self._calls, self._tasks, self._every = calls, tasks, every
        self._chance = chance or random.Random()  # noqa: S311 - spreads load, guards nothing
        self._missed = 0
        self._running: Task | None = None
        self._ended = False
        self.stepping = False  # `changed` tells only how far the round is
        self.doing = (0, 0, "")  # done, of how many, what: of the round under way
        self.sending: Sending | None = None
        self.trouble: Notice | None = None  # of the last round, unless central was merely away
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.send_now)

    @property
    def busy(self) -> bool:
        """Whether a round is under way."""
        return self._running is not None

    def start(self) -> None:
        """Read how things stand, then begin the rounds."""
        self.refresh()
        self._wait(self._chance.uniform(0, _NUDGE))

    def stop(self) -> None:
        """Begin no further round, ask the running one to end, and tell nothing more: the window may be gone by then."""
        self._ended = True
        self.blockSignals(True)
        self._timer.stop()
        if self._running is not None:
            self._running.cancel()

    def send_now(self) -> None:
        """Begin a round, unless one is under way."""
        if self.busy:
            return
        self._timer.stop()
        self.doing = (0, 0, "")
        self._running = task = self._tasks.start(Lane.NETWORK, self._calls.exchange)
        task.progressed.connect(self._on_step)
        task.succeeded.connect(self._on_exchanged)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self.changed.emit()

    def soon(self) -> None:
        """Something was just done: offer it within two seconds, unless central is away."""
        self.refresh()
        if not self.busy and not self._missed:
            self._wait(self._chance.uniform(0, _NUDGE))

    def refresh(self) -> None:
        """Read anew how much waits."""
        task = self._tasks.start(Lane.READING, lambda _: self._calls.sending())
        task.succeeded.connect(self._on_read)

    def delay(self) -> float:
        """Draw the seconds until the next round: around `every`, and spread ever wider while central is away."""
        if not self._missed:
            return self._chance.uniform(0.5, 1.5) * self._every
        return max(1.0, self._chance.uniform(0, min(_LONGEST, self._every * 2**self._missed)))

    def _on_step(self, done: int, total: int, doing: str) -> None:
        self.doing, self.stepping = (done, total, doing), True
        self.changed.emit()
        self.stepping = False

    def _on_read(self, sending: Sending) -> None:
        self.sending = sending
        self.changed.emit()

    def _look_who_sits(self) -> None:
        task = self._tasks.start(Lane.READING, lambda _: self._calls.standing())
        task.failed.connect(self.barred)

    def _on_exchanged(self, sending: Sending) -> None:
        self._running, self._missed = None, 0
        self._look_who_sits()
        self.trouble = next(iter(sending.problems), None)
        self.sending = sending
        self._wait(self.delay())
        self.changed.emit()
        self.exchanged.emit()

    def _on_failed(self, notice: Notice) -> None:
        self._running = None
        self._missed += 1
        self._look_who_sits()
        self.trouble = None if isinstance(notice, CentralOffline) else notice
        self._wait(self.delay() + _asked_to_wait(notice))
        self.refresh()
        self.changed.emit()

    def _on_cancelled(self) -> None:
        self._running = None
        self.changed.emit()

    def _wait(self, seconds: float) -> None:
        if self._ended:
            return
        self._timer.start(round(seconds * 1000))


def _asked_to_wait(notice: Notice) -> float:
    """Return the seconds that a busy central asked for; they are waited first."""
    told = notice.facts.get("retry_after", 0.0)
    return min(float(told), _LONGEST) if isinstance(told, (int, float)) else 0.0
