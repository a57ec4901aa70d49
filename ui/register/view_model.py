"""The register, without its window: what was found, which dossier is open, what may be done with it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.history import HistoryLine
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.register.calls import RegisterCalls
from ui.tasks import Lane, Task, Tasks

LIMIT = 200  # rows shown; one more is asked for, to know whether there are more


@dataclass(frozen=True, slots=True)
class Detail:
    """What is read when a dossier is opened."""

    lines: tuple[HistoryLine, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()  # paper key, title


class RegisterViewModel(QObject):
    """Search by `search`, open by `choose`; the newest search counts, older ones are dropped."""

    changed = Signal()
    printed = Signal(int)  # copy number
    pages_read = Signal(object)  # tuple of PNG bytes
    acted = Signal()  # something was journaled here

    def __init__(self, calls: RegisterCalls, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._tasks = calls, tasks
        self._search: Task | None = None
        self._asked = self._opened = 0
        self.text = ""
        self.found: tuple[Dossier, ...] = ()
        self.more = False
        self.chosen: Dossier | None = None
        self.detail = Detail()
        self.busy = False
        self.notice: Notice | None = None

    @property
    def slip(self) -> Document | None:
        """The paper that stands for the chosen dossier: its valid slip, else what was given instead of one."""
        documents = self.chosen.documents if self.chosen else ()
        accepted = self.chosen is not None and self.chosen.status.is_accepted
        return next(
            (
                document
                for document in reversed(documents)
                if document.valid and (document.kind is DocumentKind.SLIP or not accepted)
            ),
            None,
        )

    @property
    def can_correct(self) -> bool:
        """There is a slip, its result is not handed over, and nothing is being done."""
        return self.chosen is not None and self.chosen.status is Status.SLIP_ISSUED and self.can_print

    @property
    def can_sign(self) -> bool:
        """Accepted and unsigned: one key goes on."""
        return self.chosen is not None and self.chosen.status is Status.RECEIVED and not self.busy

    @property
    def can_print(self) -> bool:
        """There is a slip, and nothing is being printed."""
        return self.slip is not None and not self.busy

    @property
    def must_settle(self) -> bool:
        """A print was begun and nobody knows whether the paper came out."""
        return self._cut is not None

    @property
    def _cut(self) -> Document | None:
        """The document whose print was broken off, slip or reply."""
        documents = self.chosen.documents if self.chosen else ()
        return next((each for each in documents if each.valid and each.print_unfinished), None)

    def search(self, text: str) -> None:
        """Look for `text`; "" shows the newest."""
        self.text = text.strip()
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        self._asked += 1
        asked, text = self._asked, self.text
        if self._search is not None:
            self._search.cancel()

        def work(progress: Progress) -> tuple[Dossier, ...]:
            progress.step(0, 1)  # a newer search has come: this one need not begin
            return self._calls.find(text, LIMIT + 1)

        self._search = task = self._tasks.start(Lane.READING, work)
        task.succeeded.connect(lambda found: self._on_found(asked, found))
        task.failed.connect(self._on_failed)

    def choose(self, id: str) -> None:
        """Open one of the found dossiers."""
        chosen = next((dossier for dossier in self.found if dossier.id == id), None)
        if chosen is self.chosen:
            return
        if chosen is None or self.chosen is None or chosen.id != self.chosen.id:
            self.detail, self.notice = Detail(), None
        self.chosen = chosen
        if chosen is not None:
            self._read_detail(chosen)
        self.changed.emit()

    def open_slip(self, width: int) -> None:
        """Have the pages of the slip drawn, `width` pixels wide; they come by `pages_read`."""
        slip = self.slip
        if slip is not None:
            self._act(Lane.PAPER, lambda _: self._calls.slip_pages(slip.id, width), self.pages_read.emit)

    def print_again(self) -> None:
        """Print the slip once more."""
        slip = self.slip
        if slip is not None and self.can_print:
            self._act(Lane.PAPER, lambda _: self._calls.print_slip(slip.id), self._on_printed)

    def settle(self, came_out: bool) -> None:
        """Say whether the paper of a broken-off print came out."""
        cut = self._cut
        if cut is not None:
            self._act(Lane.ARCHIVE, lambda _: self._calls.settle_print(cut.id, came_out), self._on_settled)

    def _read_detail(self, dossier: Dossier) -> None:
        self._opened += 1
        opened = self._opened
        task = self._tasks.start(Lane.READING, lambda _: self._detail_of(dossier))
        task.succeeded.connect(lambda detail: self._on_detail(opened, detail))
        task.failed.connect(self._on_failed)

    def _detail_of(self, dossier: Dossier) -> Detail:
        procedures = self._calls.find_procedures(dossier.procedure)
        papers = next((found.papers for found in procedures if found.code == dossier.procedure), ())
        return Detail(self._calls.history(dossier.id), tuple((paper.key, paper.title) for paper in papers))

    def _act(self, lane: Lane, work: Callable[[Progress], object], done: Callable[..., None]) -> None:
        self.busy, self.notice = True, None
        task = self._tasks.start(lane, work)
        task.succeeded.connect(self._on_idle)
        task.succeeded.connect(done)
        task.failed.connect(self._on_failed)
        self.changed.emit()

    def _on_idle(self, _: object) -> None:
        self.busy = False
        self.changed.emit()

    def _on_found(self, asked: int, found: tuple[Dossier, ...]) -> None:
        if asked != self._asked:
            return
        self._search = None
        self.found, self.more = found[:LIMIT], len(found) > LIMIT
        kept = self.chosen.id if self.chosen else ""
        ids = [dossier.id for dossier in self.found]
        first = ids[0] if ids else ""
        self.choose(kept if kept in ids else first)
        self.changed.emit()

    def _on_detail(self, opened: int, detail: Detail) -> None:
        if opened == self._opened:
            self.detail = detail
            self.changed.emit()

    def _on_printed(self, copy: int) -> None:
        self.printed.emit(copy)
        self._on_settled(None)

    def _on_settled(self, _: object) -> None:
        self.acted.emit()
        self.refresh()

    def _on_failed(self, notice: Notice) -> None:
        self.busy, self.notice = False, notice
        self.changed.emit()
