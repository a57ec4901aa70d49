"""What waits for its code, without its window: one act gives all of them codes, signs the notices and prints them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Signal

from clerk_app.domain.approval import Batch
from clerk_app.domain.legal_code import CodeWaiting
from clerk_app.domain.reply import Pen
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.pin_turn import PinTurn, one_try
from ui.tasks import Lane, Tasks


@dataclass(frozen=True, slots=True)
class CodeCalls:
    """What this page asks of the desk; every call blocks."""

    list: Callable[[], tuple[CodeWaiting, ...]]  # oldest first
    cards: Callable[[], tuple[TokenCard, ...]]
    give: Callable[[Sequence[str], TypedPin | Pen, Progress], Batch]  # dossier ids
    print_slip: Callable[[str], int]  # document id -> copy number


class Step(Enum):
    """How far the act is."""

    CHOOSING = auto()
    LOOKING = auto()  # for the token
    ASKING_PIN = auto()
    GIVING = auto()


class CodesViewModel(PinTurn):
    """`give` for all that is not left out; what was signed is printed at once."""

    changed = Signal()
    given = Signal(int)  # so many codes are on paper

    def __init__(self, calls: CodeCalls, tasks: Tasks, owner: str) -> None:
        super().__init__(owner)
        self._calls, self._tasks = calls, tasks
        self._left_out: set[str] = set()  # dossier ids
        self.items: tuple[CodeWaiting, ...] = ()
        self.step = Step.CHOOSING
        self.notice: Notice | None = None
        self.doing = (0, 0)

    @property
    def busy(self) -> bool:
        """Whether a token, a PIN or the codes are being waited for."""
        return self.step is not Step.CHOOSING

    @property
    def chosen(self) -> tuple[CodeWaiting, ...]:
        """What would get its code now."""
        return tuple(each for each in self.items if each.dossier not in self._left_out)

    def is_left_out(self, item: CodeWaiting) -> bool:
        """Whether it waits on this time."""
        return item.dossier in self._left_out

    def leave_out(self, dossier: str) -> None:
        """Leave one out, or take it in again."""
        if not self.busy:
            self._left_out ^= {dossier}
            self.changed.emit()

    def refresh(self) -> None:
        """Read the list anew."""
        if not self.busy:
            task = self._tasks.start(Lane.READING, lambda _: self._calls.list())
            task.succeeded.connect(self._on_list)
            task.failed.connect(self._tell)

    def give(self) -> None:
        """Look for the token, then ask for its PIN."""
        if not self.busy and self.chosen:
            self.notice = self.pin_notice = None
            self._look_for_token()

    def cancel(self) -> None:
        """Leave the PIN; nothing was given."""
        if self.step is Step.ASKING_PIN:
            self._to(Step.CHOOSING)

    def enter_pin(self, typed: TypedPin) -> None:
        """Give the codes and sign the notices with this PIN, once. The bytes are wiped whatever happens."""
        if self.step is not Step.ASKING_PIN:
            typed.wipe()
            return
        self.pin_notice = None
        self._give(Lane.TOKEN, typed)

    def give_by_pen(self, reason: str) -> None:
        """Give the codes and print the notices for a hand signature."""
        if reason.strip() and self.chosen and self.step in {Step.CHOOSING, Step.ASKING_PIN}:
            self.notice = None
            self._give(Lane.TOKEN, Pen(reason.strip()))

    def _give(self, lane: Lane, by: TypedPin | Pen) -> None:
        wanted = [each.dossier for each in self.chosen]
        self.doing = (0, len(wanted))
        task = self._tasks.start(lane, one_try(by, lambda watch: self._calls.give(wanted, by, watch)))
        task.progressed.connect(self._on_step)
        task.succeeded.connect(self._on_given)
        task.failed.connect(self._on_refused)
        self._to(Step.GIVING)

    def _look_for_token(self) -> None:
        self._to(Step.LOOKING)
        task = self._tasks.start(Lane.TOKEN, lambda _: self._calls.cards())
        task.succeeded.connect(self._on_cards)
        task.failed.connect(self._on_refused)

    def _ask_pin(self) -> None:
        self._to(Step.ASKING_PIN)

    def _give_up(self, notice: Notice) -> None:
        self.notice = notice
        self._to(Step.CHOOSING)
        self.refresh()

    def _on_step(self, done: int, total: int, _: str) -> None:
        self.doing = (done, total)
        self.changed.emit()

    def _on_given(self, batch: Batch) -> None:
        self.notice = batch.stopped or next(iter(batch.refused.values()), None)
        self._to(Step.CHOOSING)
        for document in batch.signed:
            self._print(document.id)
        if batch.signed:
            self.given.emit(len(batch.signed))
        self.refresh()

    def _print(self, document: str) -> None:
        task = self._tasks.start(Lane.PAPER, lambda _: self._calls.print_slip(document))
        task.failed.connect(self._tell)

    def _on_list(self, items: tuple[CodeWaiting, ...]) -> None:
        self.items = items
        self._left_out &= {each.dossier for each in items}
        self.changed.emit()

    def _tell(self, notice: Notice) -> None:
        self.notice = notice
        self.changed.emit()

    def _to(self, step: Step) -> None:
        self.step = step
        self.changed.emit()
