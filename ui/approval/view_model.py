"""A list of documents that wait for one signature each, without its window: looked at, chosen, signed under one PIN."""

from collections.abc import Mapping
from enum import Enum, auto

from PySide6.QtCore import Signal

from clerk_app.domain.approval import Batch, Elsewhere, ToSign
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import Notice, PinWrong
from clerk_app.progress import Progress
from ui.approval.calls import ApprovalCalls, Seen
from ui.pin_turn import PinTurn, one_try
from ui.tasks import Lane, Task, Tasks

Read = tuple[tuple[ToSign, ...], tuple[Elsewhere, ...]]
PAGE_WIDTH = 900  # pixels of a page's picture


class Step(Enum):
    """How far the signing is."""

    CHOOSING = auto()
    LOOKING = auto()  # for the token
    ASKING_PIN = auto()
    SIGNING = auto()


class ApprovalViewModel(PinTurn):
    """`look` at items as one walks; `sign` once everything that policy wants opened was; `stop` keeps what is signed."""

    changed = Signal()
    seen = Signal()  # other pages are shown
    signed = Signal(int)  # so many documents carry one more signature
    sent_back = Signal(str)  # code of the dossier
    asked = Signal(int)  # for so many turns; the next exchange brings the answer

    def __init__(self, calls: ApprovalCalls, tasks: Tasks, owner: str) -> None:
        super().__init__(owner)
        self._calls, self._tasks = calls, tasks
        self._looking: Task | None = None
        self._watch: Progress | None = None
        self._opened: set[str] = set()  # hashes that were on the screen
        self._left_out: set[str] = set()  # document ids
        self.items: tuple[ToSign, ...] = ()
        self.elsewhere: tuple[Elsewhere, ...] = ()
        self.alone = False  # central is away: nothing can be asked for
        self.current = ""  # document id
        self.pages: tuple[bytes, ...] = ()  # of `current`, PNG
        self.step = Step.CHOOSING
        self.doing = (0, 0)  # signed, of how many
        self.outcome: Batch | None = None  # of the last signing
        self.notice: Notice | None = None

    @property
    def chosen(self) -> tuple[ToSign, ...]:
        """What would be signed now."""
        return tuple(item for item in self.items if item.barred is None and item.id not in self._left_out)

    @property
    def unopened(self) -> tuple[ToSign, ...]:
        """What of it policy wants opened first."""
        return tuple(item for item in self.chosen if item.must_be_opened and not self.is_opened(item))

    @property
    def busy(self) -> bool:
        """Whether a token or a PIN is being waited for."""
        return self.step is not Step.CHOOSING

    @property
    def can_sign(self) -> bool:
        """Whether a PIN may be asked for."""
        return not self.busy and bool(self.chosen) and not self.unopened

    @property
    def free(self) -> tuple[Elsewhere, ...]:
        """What waits at other counters and may be taken by whoever asks first."""
        return tuple(each for each in self.elsewhere if each.is_free)

    @property
    def open_item(self) -> ToSign | None:
        """The item that lies open."""
        return next((item for item in self.items if item.id == self.current), None)

    @property
    def can_send_back(self) -> bool:
        """Whether a document that was looked at lies open, and nothing is being signed."""
        item = self.open_item
        return not self.busy and item is not None and self.is_opened(item)

    @property
    def refused(self) -> Mapping[str, Notice]:
        """What the last signing could not sign, and why."""
        return self.outcome.refused if self.outcome else {}

    def is_opened(self, item: ToSign) -> bool:
        """Whether these very bytes were on the screen."""
        return item.shown.sha256 in self._opened

    def is_left_out(self, item: ToSign) -> bool:
        """Whether the item stays unsigned this time."""
        return item.id in self._left_out

    def refresh(self) -> None:
        """Read the list anew; what was opened stays opened as long as it is the same bytes."""
        if self.busy:
            return
        task = self._tasks.start(Lane.READING, self._read)
        task.succeeded.connect(self._on_list)
        task.failed.connect(self._tell)

    def hear(self, *, alone: bool) -> None:
        """Learn whether central is away."""
        if alone != self.alone:
            self.alone = alone
            self.changed.emit()

    def take(self) -> None:
        """Ask for the turn of everything that waits at other counters and is nobody's."""
        wanted = [each.document for each in self.free]
        if wanted and not self.busy:
            task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.take(wanted))
            task.succeeded.connect(self._on_asked)
            task.failed.connect(self._tell)

    def look(self, id: str) -> None:
        """Show a document: what is painted is what would be signed."""
        if not id or id == self.current:
            return
        self.current = id
        if self._looking is not None:
            self._looking.cancel()

        def work(progress: Progress) -> Seen:
            progress.step(0, 1)  # another one is wanted meanwhile
            return self._calls.look(id, PAGE_WIDTH)

        self._looking = task = self._tasks.start(Lane.PICTURE, work)
        task.succeeded.connect(lambda seen: self._on_seen(id, seen))
        task.failed.connect(self._tell)

    def leave_out(self, id: str) -> None:
        """Leave an item out of this signing, or take it in again."""
        if not self.busy:
            self._left_out ^= {id}
            self.changed.emit()

    def sign(self) -> None:
        """Look for the token, then ask for its PIN."""
        if self.can_sign:
            self.notice = self.pin_notice = self.outcome = None
            self._look_for_token()

    def cancel(self) -> None:
        """Leave the PIN; nothing was signed."""
        if self.step is Step.ASKING_PIN:
            self._to(Step.CHOOSING)

    def enter_pin(self, typed: TypedPin) -> None:
        """Sign the list as it was shown, with this PIN, once. The bytes are wiped whatever happens."""
        if self.step is not Step.ASKING_PIN:
            typed.wipe()
            return
        frozen = [item.shown for item in self.chosen]
        self.pin_notice, self.doing = None, (0, len(frozen))
        sign = one_try(typed, lambda watch: self._calls.sign(frozen, typed, watch))
        task = self._tasks.start(Lane.TOKEN, sign)
        self._watch = task.progress
        task.progressed.connect(self._on_progress)
        task.succeeded.connect(self._on_signed)
        task.failed.connect(self._on_refused)
        task.cancelled.connect(lambda: self._on_signed(Batch()))
        self._to(Step.SIGNING)

    def send_back(self, reason: str) -> None:
        """Give the open document back unsigned, with the reason."""
        item = self.open_item
        if item is None or not self.can_send_back:
            return
        self.notice = self.outcome = None
        task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.send_back(item.shown, reason))
        task.succeeded.connect(lambda _: self._on_sent_back(item.code))
        task.failed.connect(self._tell)

    def stop(self) -> None:
        """Sign no more of the list; what is signed stays signed."""
        if self._watch is not None:
            self._watch.cancel()

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

    def _on_progress(self, done: int, total: int, _: str) -> None:
        self.doing = (done, total)
        self.changed.emit()

    def _on_signed(self, batch: Batch) -> None:
        self._watch = None
        if isinstance(batch.stopped, PinWrong) and not batch.signed:
            self._on_refused(batch.stopped)
            return
        self.outcome, self.notice = batch, batch.stopped
        self._to(Step.CHOOSING)
        if batch.signed:
            self.signed.emit(len(batch.signed))
        self.refresh()

    def _on_sent_back(self, code: str) -> None:
        self.sent_back.emit(code)
        self.refresh()

    def _on_asked(self, count: int) -> None:
        self.asked.emit(count)
        self.refresh()

    def _read(self, _: Progress) -> Read:
        calls = self._calls
        return calls.list(), calls.elsewhere()

    def _on_list(self, read: Read) -> None:
        self.items, self.elsewhere = read
        items = self.items
        self._left_out &= {item.id for item in items}
        if self.current not in {item.id for item in items}:
            self.current, self.pages = "", ()
            self.seen.emit()
        self.changed.emit()

    def _on_seen(self, id: str, seen: Seen) -> None:
        if id != self.current:
            return
        shown, self.pages = seen
        item = next((item for item in self.items if item.id == id), None)
        if item is not None and item.shown == shown:
            self._opened.add(shown.sha256)
        else:
            self.refresh()  # it has moved since the list was read
        self.seen.emit()
        self.changed.emit()

    def _tell(self, notice: Notice) -> None:
        self.notice = notice
        self.changed.emit()

    def _to(self, step: Step) -> None:
        self.step = step
        self.changed.emit()
