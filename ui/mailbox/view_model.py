"""What waits for central, dossier by dossier, without its window."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.conflict import Choice
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import Sending, Waiting, WaitingFiles
from clerk_app.errors import Notice
from ui.mailbox.calls import MailboxCalls
from ui.mailbox.rounds import Rounds
from ui.tasks import Lane, Task, Tasks

Read = tuple[tuple[Waiting, ...], tuple[WaitingFiles, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one dossier that is on its way."""

    dossier: str  # id, or the unit's for acts of the counter itself
    code: str  # "" for those
    person: str
    acts: tuple[Waiting, ...]  # oldest first
    files: int = 0
    size: int = 0  # bytes

    @property
    def since(self) -> datetime | None:
        """Since when the oldest of its acts waits; None for files alone."""
        return next((each.occurred_at for each in self.acts), None)


class MailboxViewModel(QObject):
    """`groups` holds what is on its way, `parked` what somebody has to mend or look at; both oldest first."""

    changed = Signal()
    settled = Signal()  # something was journaled here
    decided = Signal(object, object)  # Choice, Dossier: what is left is to sign the slip that says so

    def __init__(self, calls: MailboxCalls, rounds: Rounds, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._rounds, self._tasks = calls, rounds, tasks
        self._reading: Task | None = None
        self._stale = False
        self.groups: tuple[Group, ...] = ()
        self.parked: tuple[Waiting, ...] = ()
        self.settling = False
        self.notice: Notice | None = None  # why the last settling failed
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
    def doing(self) -> tuple[int, int, str]:
        """How far the round is: done, of how many, what."""
        return self._rounds.doing

    @property
    def trouble(self) -> Notice | None:
        """Why the last settling or the last round failed, unless central was merely away."""
        return self.notice or self._rounds.trouble

    @property
    def size(self) -> int:
        """Bytes of files that wait."""
        return sum(group.size for group in self.groups)

    def send_now(self) -> None:
        """Begin a round."""
        self._rounds.send_now()

    def pause_files(self) -> None:
        """Let large files wait; where they do, let them go on."""
        if self.sending is None:
            return
        paused = not self.sending.files.paused
        task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.pause_files(paused))
        task.succeeded.connect(lambda _: self._rounds.soon())
        task.failed.connect(self._on_unsettled)

    @property
    def acts(self) -> frozenset[Kind]:
        """What who sits here may do."""
        return self._calls.acts

    def settle(self, entry: str, how: str) -> None:
        """Journal that one of `parked` is settled: looked at, or given up with a word."""
        if self.settling:
            return
        self.settling, self.notice = True, None
        task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.settle(entry, how))
        task.succeeded.connect(self._on_settled)
        task.failed.connect(self._on_unsettled)
        self.changed.emit()

    def decide(self, choice: Choice, dossier: str) -> None:
        """Lead on to the slip that a choice between two corrections comes to."""
        if self.settling:
            return
        self.settling, self.notice = True, None
        task = self._tasks.start(Lane.READING, lambda _: self._calls.dossier(dossier))
        task.succeeded.connect(lambda found: self._on_decided(choice, found))
        task.failed.connect(self._on_unsettled)
        self.changed.emit()

    def refresh(self) -> None:
        """Read the lists anew; a reading that is under way is not doubled, but done once more."""
        if self._reading is not None:
            self._stale = True
            return
        self._stale = False
        self._reading = self._tasks.start(
            Lane.READING, lambda _: (self._calls.waiting(), self._calls.files())
        )
        self._reading.succeeded.connect(self._on_read)
        self._reading.failed.connect(self._on_unread)

    def _on_round(self) -> None:
        if not self._rounds.stepping:
            self.refresh()
        self.changed.emit()

    def _on_read(self, read: Read) -> None:
        self._reading = None
        waiting, files = read
        self.groups = grouped([each for each in waiting if not (each.parked or each.flagged)], files)
        self.parked = tuple(each for each in waiting if each.parked or each.flagged)
        self.changed.emit()
        if self._stale:
            self.refresh()

    def _on_unread(self, _: Notice) -> None:
        self._reading = None

    def _on_decided(self, choice: Choice, dossier: Dossier) -> None:
        self.settling = False
        self.changed.emit()
        self.decided.emit(choice, dossier)

    def _on_settled(self, _: object) -> None:
        self.settling = False
        self.settled.emit()
        self.refresh()

    def _on_unsettled(self, notice: Notice) -> None:
        self.settling, self.notice = False, notice
        self.refresh()
        self.changed.emit()


def grouped(waiting: list[Waiting], files: tuple[WaitingFiles, ...]) -> tuple[Group, ...]:
    """Put acts and files of one dossier together, in the order of their oldest act; files alone come last."""
    of_dossier = {each.dossier: each for each in files}
    acts: dict[str, list[Waiting]] = {}
    for each in waiting:
        acts.setdefault(each.dossier, []).append(each)
    groups = [
        Group(dossier, those[0].code, those[0].person, tuple(those), *_amount(of_dossier.pop(dossier, None)))
        for dossier, those in acts.items()
    ]
    alone = [Group(each.dossier, each.code, each.person, (), *_amount(each)) for each in of_dossier.values()]
    return (*groups, *alone)


def _amount(files: WaitingFiles | None) -> tuple[int, int]:
    return (files.count, files.size) if files else (0, 0)
