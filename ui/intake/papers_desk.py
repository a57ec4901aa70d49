"""The papers on the counter: laid and ticked. A page shows only after it is safe on the disk."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import Draft
from clerk_app.domain.pages import Papers
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.procedure import Procedure
from clerk_app.errors import OfficeError
from clerk_app.papers.refusals import PaperRefused
from clerk_app.progress import Progress
from ui.intake import papers_model as papers
from ui.intake.broken_page import broken_page
from ui.intake.calls import IntakeCalls
from ui.intake.papers_model import Filed, Page, PaperRow
from ui.notices import in_words
from ui.tasks import Lane, Task, Tasks


class PaperNotRead(OfficeError):
    message = "Không mở được tệp {name}."
    remedy = "Kiểm tra đường dẫn và thẻ nhớ, rồi chọn lại tệp."


class PagesOnTheirWay(OfficeError):
    message = "Đang lưu trang giấy."
    remedy = "Chờ lưu xong rồi bấm lại; chữ đã gõ vẫn còn nguyên."


class PapersDesk(QObject):
    """Takes what the officer does to the checklist. Filing goes on beside the typing."""

    edited = Signal(object)  # Papers
    changed = Signal()
    turned_to = Signal(str)  # key of the line that took the place of another
    filed = Signal(str)  # key of the line whose pages are safe now
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject, draft: Callable[[], Draft]) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self._draft = draft
        self._painting: dict[Task, Page] = {}
        self.rows: tuple[PaperRow, ...] = ()
        self.pages: tuple[Page, ...] = ()
        self.filing = 0  # files on their way to the disk

    @property
    def at_work(self) -> bool:
        """Whether pages are on their way to the disk: the draft stays on the counter until they are safe."""
        return bool(self.filing)

    def show(self, procedure: Procedure | None, laid: Papers, applicant: Applicant | None = None) -> None:
        """Take over the checklist of a procedure, what was laid on it, and for whom."""
        self.rows = papers.rows_of(procedure, laid, applicant)
        self.pages = papers.pages_of(self.rows)
        there = {page.picture for page in self.pages}
        for task, page in tuple(self._painting.items()):
            if page.picture not in there:
                task.cancel()

    def tick(self, key: str) -> None:
        """Step one line between đủ and thiếu; a question is answered with yes."""
        row = self._row(key)
        if row and row.asks_for:
            self.ask_for(key)
        elif row:
            self.edited.emit(papers.ticked(self._draft().papers, row.kind))
            if not self._row(key):
                self.turned_to.emit(papers.question_key(row.kind.condition))

    def ask_for(self, key: str) -> str:
        """Answer the question on a line with yes; returns the line of its first paper, or `key` itself."""
        row = self._row(key)
        if row is None or not row.asks_for:
            return key
        self.edited.emit(papers.with_asked(self._draft().papers, row.asks_for))
        first = row.asks_for[0].key
        self.turned_to.emit(first)
        return first

    def set_state(self, key: str, state: PaperState, reason: str = "") -> None:
        """Say how the paper itself stands; "không phải nộp" comes with its reason."""
        self._change(key, lambda laid: papers.with_state(laid, state, reason))

    def owe_scan(self, key: str, reason: str) -> None:
        """The paper is here, its scan follows today."""
        self._change(key, lambda laid: papers.with_owed_scan(laid, reason))

    def import_files(self, key: str, paths: list[Path]) -> None:
        """File each of these for one line of the checklist."""
        key = self.ask_for(key)
        for path in paths:
            self.filing += 1
            before = papers.laid_for(self._draft().papers, key)
            task = self._tasks.start(Lane.PAPER, partial(self._lay, key, path))
            task.succeeded.connect(partial(self._on_filed, before))
            task.failed.connect(self._on_not_filed)
        self.changed.emit()

    def picture(self, page: Page, width: int) -> Task:
        """Start painting one page as it was filed; the task succeeds with PNG bytes. Cancelled in time it never begins.

        A page that cannot be painted becomes a sheet that says so; one that leaves the counter is given up.
        """
        task = self._tasks.start(Lane.PICTURE, partial(self._paint, page, width))
        self._painting[task] = page
        for end in (task.succeeded, task.failed, task.cancelled):
            end.connect(lambda *_: self._painting.pop(task, None))
        return task

    def _paint(self, page: Page, width: int, progress: Progress) -> bytes:
        progress.step(0, 1)
        try:
            return self._calls.page_picture(page.file.sha256, page.index, width, progress)
        except PaperRefused as refusal:
            return broken_page(in_words(refusal), width)

    def _lay(self, key: str, path: Path, progress: Progress) -> Filed:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PaperNotRead(name=path.name) from error
        draft = self._draft()
        laid = self._calls.lay_papers(draft, key, data, path.name, progress)
        return papers.filed_on(key, draft.papers, laid.papers)

    def _row(self, key: str) -> PaperRow | None:
        return next((row for row in self.rows if row.kind.key == key), None)

    def _change(self, key: str, change: Callable[[LaidPaper], LaidPaper]) -> None:
        key = self.ask_for(key)
        if self._row(key):
            self.edited.emit(papers.changed(self._draft().papers, key, change))

    def _on_filed(self, asked: LaidPaper, filed: Filed) -> None:
        self.filing -= 1
        self._take(asked, filed)

    def _on_not_filed(self, notice: object) -> None:
        self.filing -= 1
        self.failed.emit(notice)
        self.changed.emit()

    def _take(self, asked: LaidPaper, filed: Filed) -> None:
        self.edited.emit(papers.with_filed(self._draft().papers, asked, filed))
        self.filed.emit(filed.key)
        self.changed.emit()
