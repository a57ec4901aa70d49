"""One file on its way to be signed, without its window: opened, a sign put on a page, signed once, the next."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import Signal

from clerk_app.domain.file_act import A_MM, CopyForm, FileAct, FileOrder, Place, inside
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from clerk_app.services.sign_file import FileLook, FileSigned
from ui.pin_turn import PinTurn, one_try
from ui.signfile.calls import SignFileCalls
from ui.tasks import Lane, Task, Tasks

PAGE_WIDTH = 1000  # pixels of a page's picture


class Step(Enum):
    """How far the file is."""

    WAITING = auto()
    OPENING = auto()
    READY = auto()
    CHECKING = auto()  # the file, then the token
    ASKING_PIN = auto()
    SIGNING = auto()


class SignFileViewModel(PinTurn):
    """`changed` whenever something on the screen did; `signed` once a file lies signed on the disk."""

    changed = Signal()
    signed = Signal(str)  # path

    def __init__(self, calls: SignFileCalls, tasks: Tasks, owner: str) -> None:
        super().__init__(owner)
        self._calls, self._tasks = calls, tasks
        self._running: Task | None = None
        self.acts = calls.acts
        self.order = FileOrder(calls.acts[0])
        self.step = Step.WAITING
        self.look: FileLook | None = None
        self.place: Place | None = None
        self.page = (595.0, 842.0)  # points
        self.picture = b""  # PNG of the page
        self.outcome: FileSigned | None = None
        self.notice: Notice | None = None

    @property
    def busy(self) -> bool:
        """Whether something is waited for."""
        return self.step in {Step.OPENING, Step.CHECKING, Step.ASKING_PIN, Step.SIGNING}

    @property
    def sign_size(self) -> tuple[float, float]:
        """Points that the sign takes."""
        return self._calls.size(self.order.act)

    def open(self, path: str) -> None:
        """Open a file that somebody chose; a newer one takes the place of the one before."""
        if self.step in {Step.ASKING_PIN, Step.SIGNING} or not path:
            return
        self._leave()
        self.look, self.place, self.picture, self.outcome = None, None, b"", None
        self._run(Lane.JUDGING, lambda watch: self._calls.look(path, watch), self._on_look, Step.OPENING)

    def choose_act(self, act: FileAct) -> None:
        """Do something else with the file: its sign stands where that is usual."""
        if act != self.order.act and not self.busy:
            self.order = replace(self.order, act=act, place=None)
            self._show_page(None)

    def put_number(self, number: str) -> None:
        """Take what was typed as the number of an incoming document."""
        self.order = replace(self.order, number=number)

    def choose_copy(self, form: CopyForm) -> None:
        """Take the kind of copy."""
        self.order = replace(self.order, copy=form)

    def move(self, right: float, up: float) -> None:
        """Move the sign by millimetres; it stays on the page."""
        if self.place is None or self.busy:
            return
        moved = Place(self.place.page, self.place.x + right * A_MM, self.place.y + up * A_MM)
        if inside((moved.x, moved.y), self.sign_size, self.page):
            self.place = moved
            self.order = replace(self.order, place=moved)
            self.changed.emit()

    def turn(self, pages: int) -> None:
        """Put the sign on another page, where it stands on this one."""
        if self.look is None or self.place is None or self.busy:
            return
        number = min(max(0, self.place.page + pages), self.look.pages - 1)
        if number != self.place.page:
            self._show_page(replace(self.place, page=number))

    def sign(self) -> None:
        """Look at the file once more and for the token, then ask for its PIN."""
        look, order = self.look, self.order
        if look is None or self.step is not Step.READY:
            return
        self.outcome = self.pin_notice = None

        def work(watch: Progress) -> tuple[TokenCard, ...]:
            self._calls.check(look, order, watch)
            return self._calls.cards(order.act)

        self._run(Lane.TOKEN, work, self._on_cards, Step.CHECKING)

    def enter_pin(self, typed: TypedPin) -> None:
        """Sign the file as it was shown, once. The bytes are wiped whatever happens."""
        look, order = self.look, self.order
        if self.step is not Step.ASKING_PIN or look is None:
            typed.wipe()
            return
        self.pin_notice = None
        sign = one_try(typed, lambda watch: self._calls.sign(look, order, typed, watch))
        self._run(Lane.TOKEN, sign, self._on_signed, Step.SIGNING)

    def cancel(self) -> None:
        """Leave the PIN, or stop opening; nothing was signed."""
        if self.step is Step.ASKING_PIN:
            self._to(Step.READY)
        elif self.step in {Step.OPENING, Step.CHECKING} and self._running is not None:
            self._running.cancel()

    def _show_page(self, wanted: Place | None) -> None:
        look, order = self.look, replace(self.order, place=wanted)
        if look is None:
            self.changed.emit()
            return

        def work(watch: Progress) -> tuple[Place, tuple[float, float], bytes]:
            place, page = self._calls.place(look, order)
            return place, page, self._calls.picture(look.path, place.page, PAGE_WIDTH, watch)

        self._run(Lane.JUDGING, work, lambda shown: self._on_page(order, *shown), Step.OPENING)

    def _run(
        self, lane: Lane, work: Callable[[Progress], object], done: Callable[..., None], step: Step
    ) -> None:
        self.notice = None
        self._running = task = self._tasks.start(lane, work)
        task.succeeded.connect(lambda told: self._end(task, lambda: done(told)))
        task.failed.connect(lambda notice: self._end(task, lambda: self._on_refused(notice)))
        task.cancelled.connect(lambda: self._end(task, self._rest))
        self._to(step)

    def _end(self, task: Task, then: Callable[[], None]) -> None:
        if task is self._running:  # else a newer file took its place
            self._running = None
            then()

    def _leave(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _on_look(self, look: FileLook) -> None:
        self.look = look
        self.order = replace(self.order, place=None)
        self._show_page(None)

    def _on_page(self, order: FileOrder, place: Place, page: tuple[float, float], picture: bytes) -> None:
        self.order, self.place, self.page, self.picture = replace(order, place=place), place, page, picture
        self._to(Step.READY)

    def _look_for_token(self) -> None:
        act = self.order.act
        self._run(Lane.TOKEN, lambda _: self._calls.cards(act), self._on_cards, Step.CHECKING)

    def _ask_pin(self) -> None:
        self._to(Step.ASKING_PIN)

    def _give_up(self, notice: Notice) -> None:
        self.notice = notice
        self._rest()

    def _on_signed(self, outcome: FileSigned) -> None:
        self.outcome = outcome
        self.look, self.place, self.picture = None, None, b""
        self._to(Step.WAITING)
        self.signed.emit(outcome.path)

    def _rest(self) -> None:
        self._to(Step.READY if self.place is not None else Step.WAITING)

    def _to(self, step: Step) -> None:
        self.step = step
        self.changed.emit()
