"""Delegations of approval, without their window: the list, a new one, and one taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.delegation import Delegation, DelegationOrder, State
from clerk_app.domain.officer import Officer
from clerk_app.errors import Notice
from ui.tasks import Lane, Tasks


@dataclass(frozen=True, slots=True)
class DelegationCalls:
    """The part of the desk that this page needs; each blocks."""

    list: Callable[[], tuple[Delegation, ...]]  # newest first
    candidates: Callable[[], tuple[Officer, ...]]
    delegate: Callable[[DelegationOrder], Delegation]
    end: Callable[[str], None]


class DelegationsModel(QObject):
    """`refresh` when the page comes up; `delegate` and `end` read the list anew."""

    changed = Signal()
    made = Signal(object)  # Delegation
    ended = Signal()

    def __init__(self, calls: DelegationCalls, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__()
        self._calls, self._tasks, self.today = calls, tasks, today
        self.delegations: tuple[Delegation, ...] = ()
        self.candidates: tuple[Officer, ...] = ()
        self.busy = False
        self.notice: Notice | None = None

    def can_end(self, id: str) -> bool:
        """Tell whether one could still be taken back."""
        states = [each.state(self.today()) for each in self.delegations if each.id == id]
        return not self.busy and states in ([State.COMING], [State.HOLDS])

    def begin(self) -> None:
        """Read anew; what went wrong on an earlier visit is over."""
        self.notice = None
        self.refresh()

    def refresh(self) -> None:
        """Read the list, and to whom approval may be delegated."""
        task = self._tasks.start(Lane.READING, lambda _: (self._calls.list(), self._calls.candidates()))
        task.succeeded.connect(self._on_read)
        task.failed.connect(self._tell)

    def delegate(self, order: DelegationOrder) -> None:
        """Make one."""
        if not self.busy:
            self._begin()
            task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.delegate(order))
            task.succeeded.connect(self._on_made)
            task.failed.connect(self._tell)

    def end(self, id: str) -> None:
        """Take one back."""
        if self.can_end(id):
            self._begin()
            task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.end(id))
            task.succeeded.connect(lambda _: self._on_ended())
            task.failed.connect(self._tell)

    def _begin(self) -> None:
        self.busy, self.notice = True, None
        self.changed.emit()

    def _on_read(self, read: tuple[tuple[Delegation, ...], tuple[Officer, ...]]) -> None:
        self.delegations, self.candidates = read
        self.changed.emit()

    def _on_made(self, made: Delegation) -> None:
        self.busy = False
        self.made.emit(made)
        self.refresh()

    def _on_ended(self) -> None:
        self.busy = False
        self.ended.emit()
        self.refresh()

    def _tell(self, notice: Notice) -> None:
        self.busy, self.notice = False, notice
        self.changed.emit()
