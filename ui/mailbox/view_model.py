"""What waits for central, without its window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.sending import Sending, Waiting
from clerk_app.errors import Notice
from ui.mailbox.rounds import Rounds
from ui.tasks import Lane, Task, Tasks


class MailboxViewModel(QObject):
    """`waiting` holds what is on its way, `parked` what somebody has to mend or look at; both oldest first."""

    changed = Signal()

    def __init__(self, waiting: Callable[[], tuple[Waiting, ...]], rounds: Rounds, tasks: Tasks) -> None:
        super().__init__()
        self._read, self._rounds, self._tasks = waiting, rounds, tasks
        self._reading: Task | None = None
        self.waiting: tuple[Waiting, ...] = ()
        self.parked: tuple[Waiting, ...] = ()
        rounds.changed.connect(self._on_round)

    @property
    def sending(self) -> Sending | None:
        """How things stand; None until they have been read."""
        return self._rounds.sending

    @property
    def busy(self) -> bool:
        """Whether a round is under way."""
        return self._rounds.busy

    @property
    def trouble(self) -> Notice | None:
        """Why the last round failed, unless central was merely away."""
        return self._rounds.trouble

    def send_now(self) -> None:
        """Begin a round."""
        self._rounds.send_now()

    def refresh(self) -> None:
        """Read the list anew; a reading that is under way is not doubled."""
        if self._reading is not None:
            return
        self._reading = self._tasks.start(Lane.READING, lambda _: self._read())
        self._reading.succeeded.connect(self._on_read)
        self._reading.failed.connect(self._on_unread)

    def _on_round(self) -> None:
        self.refresh()
        self.changed.emit()

    def _on_read(self, waiting: tuple[Waiting, ...]) -> None:
        self._reading = None
        self.waiting = tuple(each for each in waiting if not (each.parked or each.flagged))
        self.parked = tuple(each for each in waiting if each.parked or each.flagged)
        self.changed.emit()

    def _on_unread(self, _: Notice) -> None:
        self._reading = None
