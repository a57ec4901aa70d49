"""The dossiers that were found so far: asked for page by page, the newest question counts, older ones break off."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.register_filter import EVERYTHING, RegisterFilter
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.tasks import Lane, Task, Tasks

PAGE = 50  # rows asked for at once; one more, to know whether there are more
DEEP = 400  # rows that are read again when something may have changed; what lies deeper stays as it was

Find = Callable[[str, int, RegisterFilter, str, Progress], tuple[Dossier, ...]]
Count = Callable[[str, RegisterFilter, Progress], int]


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for."""

    text: str = ""
    wanted: RegisterFilter = EVERYTHING


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
        self.question = Question()
        self.dossiers: tuple[Dossier, ...] = ()
        self.more = False
        self.total: int | None = None  # None: not counted yet

    @property
    def busy(self) -> bool:
        """Whether rows are on their way."""
        return self._reading is not None

    def ask(self, question: Question) -> None:
        """Look for something, from the newest on."""
        self.question = question
        self.refresh()

    def refresh(self) -> None:
        """Look again, as deep as was scrolled."""
        question = self.question
        same = question == self._answered
        limit = min(max(PAGE, len(self.dossiers)), DEEP) if same else PAGE
        self._let_go()
        self._start(limit, "", self._on_found)

    def load_more(self) -> None:
        """Read the next page, unless rows are on their way or there are none."""
        if self.more and not self.busy and self.dossiers:
            self._start(PAGE, self.dossiers[-1].id, self._on_more)

    def _let_go(self) -> None:
        """Nobody waits for the older answers any more."""
        self._asked += 1
        for task in (self._reading, self._counting):
            if task is not None:
                task.cancel()
        self._reading = self._counting = None

    def _start(
        self, limit: int, after: str, done: Callable[[Question, int, tuple[Dossier, ...]], None]
    ) -> None:
        question, asked = self.question, self._asked

        def work(progress: Progress) -> tuple[Dossier, ...]:
            progress.step(0, 1)  # a newer search has come: this one need not begin
            return self._find(question.text, limit + 1, question.wanted, after, progress)

        def ended(found: tuple[Dossier, ...]) -> None:
            if asked == self._asked:
                self._reading = None
                done(question, limit, found)

        self._reading = task = self._tasks.start(Lane.READING, work)
        task.succeeded.connect(ended)
        task.failed.connect(lambda notice: self._on_failed(asked, notice))

    def _start_count(self) -> None:
        question, asked = self.question, self._asked
        self._counting = task = self._tasks.start(
            Lane.READING, lambda progress: self._count(question.text, question.wanted, progress)
        )
        task.succeeded.connect(lambda total: self._on_counted(asked, total))
        task.failed.connect(lambda notice: self._on_failed(asked, notice))

    def _on_found(self, question: Question, limit: int, found: tuple[Dossier, ...]) -> None:
        rows, more = found[:limit], len(found) > limit
        deeper = self._deeper(rows) if more and question == self._answered else ()
        if question != self._answered or not more:
            self.total = None if more else len(rows)
        self._answered = question
        self.dossiers, self.more = rows + deeper, more and (self.more or not deeper)
        self.changed.emit()
        if more:
            self._start_count()

    def _deeper(self, rows: tuple[Dossier, ...]) -> tuple[Dossier, ...]:
        """Return what was already read below these rows."""
        ids = [dossier.id for dossier in self.dossiers]
        return self.dossiers[ids.index(rows[-1].id) + 1 :] if rows and rows[-1].id in ids else ()

    def _on_more(self, _: Question, limit: int, found: tuple[Dossier, ...]) -> None:
        self.dossiers += found[:limit]
        self.more = len(found) > limit
        self.changed.emit()

    def _on_counted(self, asked: int, total: int) -> None:
        if asked == self._asked:
            self._counting = None
            self.total = total
            self.changed.emit()

    def _on_failed(self, asked: int, notice: Notice) -> None:
        if asked == self._asked:
            self._reading = self._counting = None
            self.failed.emit(notice)
