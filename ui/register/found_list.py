"""The dossiers that were found so far: asked for step by step, the newest question counts, older ones break off."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.found_so_far import FoundSoFar
from clerk_app.domain.register_filter import EVERYTHING, RegisterFilter
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.tasks import Lane, Task, Tasks

PAGE = 50  # rows asked for at once
DEEP = 400  # rows that are read again when something may have changed; what lies deeper stays as it was

Find = Callable[[str, int, RegisterFilter, str, Progress], FoundSoFar]
Count = Callable[[str, RegisterFilter, Progress], int]


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for."""

    text: str = ""
    wanted: RegisterFilter = EVERYTHING


@dataclass(frozen=True, slots=True)
class _Look:
    """One look, of one step or several: so many rows of a question, below those that are there already."""

    question: Question
    limit: int
    above: tuple[Dossier, ...] = ()
    rows: tuple[Dossier, ...] = ()
    quiet: bool = False  # asked again: what stands there stays until all of it has come


class FoundList(QObject):
    """`changed` whenever rows or count did. Nothing here waits: questions queue on the reading lane."""

    changed = Signal()
    failed = Signal(object)  # a Notice

    def __init__(self, find: Find, count: Count, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._find, self._count, self._tasks = find, count, tasks
        self._reading: Task | None = None  # of the newest question
        self._counting: Task | None = None
        self._asked = 0
        self._answered: Question | None = None
        self._goes_on = ""  # how to look below the rows read so far
        self.question = Question()
        self.dossiers: tuple[Dossier, ...] = ()
        self.total: int | None = None  # None: not counted yet

    @property
    def busy(self) -> bool:
        """Whether rows are on their way."""
        return self._reading is not None

    @property
    def more(self) -> bool:
        """Whether older dossiers were not looked at yet."""
        return bool(self._goes_on)

    @property
    def is_partial(self) -> bool:
        """Whether less than a page is there while older dossiers are still looked through."""
        return self.busy and self.more and len(self.dossiers) < PAGE

    def ask(self, question: Question) -> None:
        """Look for something, from the newest on."""
        self.question = question
        self.refresh()

    def refresh(self) -> None:
        """Look again, as deep as was scrolled."""
        same = self.question == self._answered
        limit = min(max(PAGE, len(self.dossiers)), DEEP) if same else PAGE
        self._let_go()
        self._start(_Look(self.question, limit, quiet=same), "")

    def load_more(self) -> None:
        """Read the next page, unless rows are on their way or there are none."""
        if self.more and not self.busy and self.dossiers:
            self._start(_Look(self.question, PAGE, self.dossiers), self._goes_on)

    def _let_go(self) -> None:
        """Nobody waits for the older answers any more."""
        self._asked += 1
        for task in (self._reading, self._counting):
            if task is not None:
                task.cancel()
        self._reading = self._counting = None

    def _start(self, look: _Look, goes_on: str) -> None:
        question, asked, limit = look.question, self._asked, look.limit - len(look.rows)

        def work(progress: Progress) -> FoundSoFar:
            progress.step(0, 1)  # a newer search has come: this one need not begin
            return self._find(question.text, limit, question.wanted, goes_on, progress)

        def ended(found: FoundSoFar) -> None:
            if asked == self._asked:
                self._reading = None
                self._on_step(look, found)

        self._reading = task = self._tasks.start(Lane.READING, work)
        task.succeeded.connect(ended)
        task.failed.connect(lambda notice: self._on_failed(asked, notice))

    def _on_step(self, look: _Look, found: FoundSoFar) -> None:
        look = replace(look, rows=look.rows + found.dossiers)
        ended = not found.goes_on or len(look.rows) >= look.limit
        if not ended:
            self._start(look, found.goes_on)
        if ended or not look.quiet:
            self._show(look, found.goes_on)
        if ended and found.goes_on and not look.above:
            self._start_count()

    def _show(self, look: _Look, goes_on: str) -> None:
        deeper = self._deeper(look.rows) if look.quiet and goes_on else ()
        if look.question != self._answered or not goes_on:
            self.total = None if goes_on else len(look.above + look.rows)
        self._answered = look.question
        self.dossiers = look.above + look.rows + deeper
        self._goes_on = self._goes_on if deeper else goes_on
        self.changed.emit()

    def _deeper(self, rows: tuple[Dossier, ...]) -> tuple[Dossier, ...]:
        """Return what was already read below these rows."""
        ids = [dossier.id for dossier in self.dossiers]
        return self.dossiers[ids.index(rows[-1].id) + 1 :] if rows and rows[-1].id in ids else ()

    def _start_count(self) -> None:
        question, asked = self.question, self._asked
        self._counting = task = self._tasks.start(
            Lane.READING, lambda progress: self._count(question.text, question.wanted, progress)
        )
        task.succeeded.connect(lambda total: self._on_counted(asked, total))
        task.failed.connect(lambda notice: self._on_failed(asked, notice))

    def _on_counted(self, asked: int, total: int) -> None:
        if asked == self._asked:
            self._counting = None
            self.total = total
            self.changed.emit()

    def _on_failed(self, asked: int, notice: Notice) -> None:
        if asked == self._asked:
            self._reading = self._counting = None
            self.failed.emit(notice)
