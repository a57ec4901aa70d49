"""One signed file on its way through the check, without its window. Of the file only the verdict and its name stay."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.signed_paper import DocumentVerdict, Doubt
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from clerk_app.services.signature_report import figures, report
from ui.language import told
from ui.tasks import Lane, Task, Tasks
from ui.verify.calls import VerifyCalls


class VerifyViewModel(QObject):
    """`verdict` of the file called `name`, or `notice`: why there is none; `stopped`: somebody did not wait."""

    changed = Signal()
    judged = Signal()
    saved = Signal(str)  # name of the file that the report went to

    def __init__(self, calls: VerifyCalls, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._tasks = calls, tasks
        self._running: Task | None = None
        self.name = ""
        self.verdict: DocumentVerdict | None = None
        self.notice: Notice | None = None
        self.stopped = False

    @property
    def busy(self) -> bool:
        """Whether a file is being judged."""
        return self._running is not None

    @property
    def lacks_roots(self) -> bool:
        """Whether this counter trusts nobody yet, so that no signature can count."""
        signatures = self.verdict.signatures if self.verdict else ()
        return any(each.doubt is Doubt.NO_ROOTS for each in signatures)

    @property
    def report(self) -> str:
        """The whole report as text; "" while there is no verdict."""
        return report(self.verdict, self.name, told) if self.verdict else ""

    @property
    def figures(self) -> str:
        """Every figure behind the verdict; "" while there is none."""
        return figures(self.verdict, told) if self.verdict else ""

    def check_file(self, path: Path) -> None:
        """Judge a file that somebody chose."""
        self._judge(path.name, partial(self._calls.read, path))

    def check_document(self, document: str, name: str) -> None:
        """Judge a paper of this counter, called `name` here."""
        self._judge(name, partial(self._calls.slip_pdf, document))

    def cancel(self) -> None:
        """Stop looking; then nothing is known of the file."""
        if self._running is not None:
            self._running.cancel()

    def save(self, path: Path) -> None:
        """Write the report there."""
        text = self.report
        task = self._tasks.start(Lane.JUDGING, lambda _: self._calls.save(path, text))
        task.succeeded.connect(lambda _: self.saved.emit(path.name))
        task.failed.connect(self._on_not_saved)

    def _judge(self, name: str, read: Callable[[], bytes]) -> None:
        """A newer file takes the place of the one that is being judged."""
        self.cancel()
        self.name, self.verdict, self.notice, self.stopped = name, None, None, False

        def work(progress: Progress) -> DocumentVerdict:
            progress.step(0, 0)  # cancelled while it queued
            return self._calls.judge(read(), progress)

        self._running = task = self._tasks.start(Lane.JUDGING, work)
        task.succeeded.connect(partial(self._end, task))
        task.failed.connect(lambda notice: self._end(task, notice=notice))
        task.cancelled.connect(lambda: self._end(task, stopped=True))
        self.changed.emit()

    def _end(
        self,
        task: Task,
        verdict: DocumentVerdict | None = None,
        notice: Notice | None = None,
        *,
        stopped: bool = False,
    ) -> None:
        if task is not self._running:
            return  # a newer file took its place
        self._running = None
        self.verdict, self.notice, self.stopped = verdict, notice, stopped
        self.changed.emit()
        self.judged.emit()

    def _on_not_saved(self, notice: Notice) -> None:
        self.notice = notice
        self.changed.emit()
