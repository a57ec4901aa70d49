"""Keeps what is being typed: every draft of this counter, saved in order while the officer goes on typing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.procedure import Procedure
from clerk_app.progress import Progress
from ui.intake.calls import IntakeCalls
from ui.tasks import Lane, Task, Tasks

PAUSE_MS = 400  # a pause in typing after which the draft is saved


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """One draft on the shelf, with the procedure that its code names today."""

    draft: Draft
    procedure: Procedure | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies unfinished at this counter: drafts, dossiers that wait for their slip, slips that nobody would sign."""

    lines: tuple[ShelfLine, ...] = ()
    unsigned: tuple[Dossier, ...] = ()
    sent_back: tuple[Dossier, ...] = ()


def is_blank(draft: Draft) -> bool:
    """Tell whether nothing was entered yet, so that leaving the draft loses nothing."""
    return not (draft.procedure or draft.note or draft.papers) and draft.applicant == Applicant()


class DraftKeeper(QObject):
    """Holds the draft on the counter. What a slow save returns never overwrites what was typed since."""

    changed = Signal()
    opened = Signal()  # another draft lies on the counter now
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self.draft = Draft(id="")
        self.shelf = Shelf()
        self.saved_at: datetime | None = None
        self.saving = 0  # saves on their way
        self._dirty = False
        self._starting = False
        self._held = False
        self._after_start: list[Callable[[], None]] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.officer = calls.officer.id if calls.officer else ""  # who sits here

    @property
    def safe(self) -> bool:
        """Whether everything typed so far is on the disk."""
        return not self._dirty and not self.saving

    @property
    def holder(self) -> str:
        """Who has the draft on the counter in hand, where that is another officer; else ""."""
        holder = self.draft.held_by
        return holder.name if holder and holder.id != self.officer else ""

    def put(self, draft: Draft) -> None:
        """Take the next state of the draft on the counter; it is saved after a pause in typing."""
        self.draft = replace(draft, id=self.draft.id)
        self._dirty = True
        self._pause.start()
        self.changed.emit()

    def flush(self) -> None:
        """Save now what was typed. Saves queue behind one another, so the last typed wins."""
        self._pause.stop()
        if not self._dirty or self._held:
            return
        if not self.draft.id:
            self._ask_for_id()
            return
        self._dirty = False
        self.saving += 1
        draft = self.draft
        task = self._start(lambda _: self._calls.save_draft(draft))
        task.succeeded.connect(self._on_saved)
        task.failed.connect(self._on_save_failed)
        self.changed.emit()

    def begin(self) -> None:
        """Put a new draft on the counter. It can be typed into at once; its id follows."""
        if self._starting:
            return
        self._leave()
        self._place(Draft(id=""))
        self._ask_for_id()

    def _ask_for_id(self) -> None:
        if self._starting:
            return
        self._starting = True
        task = self._start(lambda _: self._calls.start_draft())
        task.succeeded.connect(self._on_started)
        task.failed.connect(self._on_start_failed)

    def open(self, draft: Draft) -> None:
        """Put a draft from the shelf back on the counter."""
        if self._starting:
            self._after_start.append(partial(self.open, draft))
        elif draft.id != self.draft.id:
            self._leave()
            self._place(draft)
            self.reload()

    def drop(self) -> None:
        """Throw the draft on the counter away and begin a new one."""
        if not self._starting:
            self._forget(self.draft.id)
            self._dirty = False
            self.draft = Draft(id="")
            self.begin()

    def put_away(self) -> None:
        """Take the draft off the counter, to the shelf."""
        self._leave()
        self._pause.stop()
        self._dirty = False
        self.draft = Draft(id="")
        self.reload()

    def hold(self, held: bool) -> None:
        """While it is being accepted a draft is not saved: a late save would bring it back to the shelf."""
        self._held = held
        if not held:
            self.flush()

    def let_go(self) -> None:
        """The draft became a dossier: nothing of it is saved any more."""
        self._pause.stop()
        self._dirty = self._held = False
        self.draft = Draft(id="")
        self.reload()

    def reload(self) -> None:
        """Read the shelf again."""
        task = self._start(self._read_shelf)
        task.succeeded.connect(self._on_shelf)
        task.failed.connect(self.failed)

    def _leave(self) -> None:
        if not self.draft.id:
            return
        if is_blank(self.draft):
            self._forget(self.draft.id)
        else:
            self.flush()

    def _forget(self, draft_id: str) -> None:
        self._pause.stop()
        if draft_id:
            task = self._start(lambda _: self._calls.drop_draft(draft_id))
            task.failed.connect(self.failed)

    def _place(self, draft: Draft) -> None:
        self.draft = draft
        self._dirty = False
        self.saved_at = draft.updated_at
        self.opened.emit()
        self.changed.emit()

    def _read_shelf(self, _: Progress) -> Shelf:
        find = self._calls.find_procedures
        drafts = [draft for draft in self._calls.drafts() if not is_blank(draft)]
        named = {
            code: next((found for found in find(code) if found.code == code), None)
            for code in {draft.procedure for draft in drafts if draft.procedure}
        }
        lines = tuple(ShelfLine(draft, named.get(draft.procedure)) for draft in drafts)
        open_ones = self._calls.unfinished()
        return Shelf(lines, open_ones.unsigned, open_ones.sent_back)

    def _start(self, work: Callable[[Progress], object]) -> Task:
        return self._tasks.start(Lane.ARCHIVE, work)

    def _on_started(self, started: Draft) -> None:
        self._starting = False
        self.draft = replace(self.draft, id=started.id)
        if self._dirty:
            self.flush()
        self.reload()
        waiting, self._after_start = self._after_start, []
        for step in waiting:
            step()
        self.changed.emit()

    def _on_start_failed(self, notice: object) -> None:
        self._starting = False
        self._after_start.clear()
        self.failed.emit(notice)

    def _on_saved(self, saved: Draft) -> None:
        self.saving -= 1
        if saved.id == self.draft.id:
            self.saved_at = saved.updated_at
        self._note_on_shelf(saved)
        self.changed.emit()

    def _on_save_failed(self, notice: object) -> None:
        self.saving -= 1
        self._dirty = bool(self.draft.id)
        self.failed.emit(notice)
        self.changed.emit()

    def _on_shelf(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.changed.emit()

    def _note_on_shelf(self, saved: Draft) -> None:
        known = {line.draft.id: line.draft.procedure for line in self.shelf.lines}
        if known.get(saved.id) != saved.procedure:
            self.reload()
            return
        lines = tuple(
            replace(line, draft=saved) if line.draft.id == saved.id else line for line in self.shelf.lines
        )
        self.shelf = replace(self.shelf, lines=lines)
