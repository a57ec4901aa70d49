"""The register, without its window: what was found, which dossier is open, what may be done with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.dossier import Dossier, GoneBy, Status
from clerk_app.domain.history import HistoryLine
from clerk_app.domain.kinds import Kind
from clerk_app.domain.paper import LaidPage, LaidPaper
from clerk_app.domain.register_filter import RegisterChoices, RegisterFilter
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.register.calls import RegisterCalls
from ui.register.found_list import FoundList
from ui.register.sheet import Picture, Sheet
from ui.tasks import Lane, Task, Tasks


@dataclass(frozen=True, slots=True)
class Detail:
    """What is read when a dossier is opened."""

    lines: tuple[HistoryLine, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()  # paper key, title


class RegisterViewModel(QObject):
    """Look by `search` and `filter`, open by `choose`; the list itself is `list`."""

    changed = Signal()
    printed = Signal(int)  # copy number
    pages_read = Signal(object, object)  # a Document, tuple of PNG bytes
    acted = Signal()  # something was journaled here

    def __init__(self, calls: RegisterCalls, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._tasks = calls, tasks
        self._opened = 0
        self.list = FoundList(calls.find, calls.count, tasks, self)
        self.choices = RegisterChoices()
        self.chosen: Dossier | None = None
        self.brought: Dossier | None = None  # the chosen one as central told it, while it is looked at
        self.detail = Detail()
        self.busy = False
        self.notice: Notice | None = None
        self.list.changed.connect(self._on_found)
        self.list.failed.connect(self._on_failed)

    @property
    def found(self) -> tuple[Dossier, ...]:
        """The rows read so far, newest first."""
        return self.list.dossiers

    @property
    def text(self) -> str:
        """What was typed."""
        return self.list.question.text

    @property
    def wanted(self) -> RegisterFilter:
        """What is filtered."""
        return self.list.question.wanted

    @property
    def pages(self) -> tuple[tuple[LaidPaper, LaidPage], ...]:
        """Every page of the chosen dossier with its paper, as they are read."""
        papers = self.chosen.papers if self.chosen else ()
        return tuple((paper, page) for paper in papers for page in paper.shown)

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
    def can_bring(self) -> bool:
        """The chosen dossier left this counter by age, and central can be asked for it."""
        return self.chosen is not None and self.chosen.gone is not None and self.chosen.gone.by is GoneBy.AGE

    @property
    def can_correct(self) -> bool:
        """There is a slip, its result is not handed over, and nothing is being done."""
        issued = self.chosen is not None and self.chosen.status is Status.SLIP_ISSUED
        return issued and self.slip is not None and not self.busy and self.may(Kind.CORRECTED)

    @property
    def can_sign(self) -> bool:
        """Accepted and unsigned: one key goes on."""
        unsigned = self.chosen is not None and self.chosen.status is Status.RECEIVED
        return unsigned and not self.busy and self.may(Kind.SLIP_SIGNED)

    @property
    def can_print(self) -> bool:
        """There is a slip, and nothing is being printed."""
        return self.slip is not None and not self.busy

    @property
    def may_print(self) -> bool:
        """What central alone still has is looked at, not printed."""
        return self.brought is None and self.may(Kind.PRINT_STARTED)

    @property
    def sent_back(self) -> str:
        """Why the slip was not signed by who was to sign it next; "" where nobody gave it back."""
        return self.slip.sent_back if self.slip else ""

    @property
    def must_settle(self) -> bool:
        """A print was begun and nobody knows whether the paper came out."""
        return self._cut is not None and self.may(Kind.PRINT_ENDED)

    @property
    def _cut(self) -> Document | None:
        """The document whose print was broken off, slip or reply."""
        documents = self.chosen.documents if self.chosen else ()
        return next((each for each in documents if each.valid and each.print_unfinished), None)

    def may(self, act: Kind) -> bool:
        """Tell whether this is an act of who sits here."""
        return act in self._calls.acts

    def search(self, text: str) -> None:
        """Look for `text` among what is filtered; "" shows the newest."""
        self.list.ask(replace(self.list.question, text=text.strip()))

    def filter(self, wanted: RegisterFilter) -> None:
        """Look among these dossiers only."""
        self.list.ask(replace(self.list.question, wanted=wanted))

    def refresh(self) -> None:
        """Look again, and at what there is to filter by."""
        self.list.refresh()
        self._tasks.start(Lane.READING, lambda _: self._calls.choices()).succeeded.connect(self._on_choices)

    def choose(self, id: str) -> None:
        """Open one of the found dossiers."""
        chosen = next((dossier for dossier in self.found if dossier.id == id), None)
        if self.brought is not None and (chosen is None or chosen.id != self.brought.id):
            self.brought = None
        chosen = self.brought or chosen
        if chosen is self.chosen:
            return
        if chosen is None or self.chosen is None or chosen.id != self.chosen.id:
            self.detail, self.notice = Detail(), None
        self.chosen = chosen
        if chosen is not None:
            self._read_detail(chosen)
        self.changed.emit()

    def open_slip(self, width: int, document: Document | None = None) -> None:
        """Have the pages of a slip drawn, of the valid one if none is named; they come by `pages_read`."""
        slip = document or self.slip
        if slip is not None:
            calls, brought = self._calls, self.brought is not None
            self._act(
                Lane.PAPER,
                lambda _: (
                    calls.retired_pages(slip.head, width) if brought else calls.slip_pages(slip.id, width)
                ),
                lambda pages: self.pages_read.emit(slip, pages),
            )

    def bring(self) -> None:
        """Ask central for what this counter let go of the chosen dossier; it is shown, and kept nowhere."""
        chosen = self.chosen
        if chosen is not None and self.can_bring and not self.busy:
            self._act(Lane.NETWORK, lambda _: self._calls.retired(chosen.id), self._on_brought)

    def picture(self, sheet: Sheet, width: int) -> Task:
        """Have one scanned page drawn; the task brings a `Picture`."""
        draw = self._calls.page_picture
        return self._tasks.start(
            Lane.PAPER, lambda _: Picture(sheet, width, draw(sheet.sha256, sheet.page, width))
        )

    def print_again(self) -> None:
        """Print the slip once more."""
        slip = self.slip
        if slip is not None and self.can_print and self.may_print:
            self._act(Lane.PAPER, lambda _: self._calls.print_slip(slip.id), self._on_printed)

    def resubmit(self) -> None:
        """Ask once more for the signature on a slip that was given back, as it is."""
        slip = self.slip
        if slip is not None and self.sent_back and not self.busy:
            self._act(Lane.ARCHIVE, lambda _: self._calls.resubmit(slip.id, ""), self._on_settled)

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

    def _on_found(self) -> None:
        kept = self.chosen.id if self.chosen else ""
        ids = [dossier.id for dossier in self.found]
        first = ids[0] if ids else ""
        self.choose(kept if kept in ids else first)
        self.changed.emit()

    def _on_choices(self, choices: RegisterChoices) -> None:
        if choices != self.choices:
            self.choices = choices
            self.changed.emit()

    def _on_detail(self, opened: int, detail: Detail) -> None:
        if opened == self._opened:
            self.detail = detail
            self.changed.emit()

    def _on_brought(self, dossier: Dossier) -> None:
        if self.chosen is not None and self.chosen.id == dossier.id:
            self.brought = self.chosen = dossier
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
