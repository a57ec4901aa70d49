"""Signing in at the provider, without its window: begun, waited for, given up, and what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from clerk_app.errors import Notice
from clerk_app.progress import Progress
from ui.tasks import Lane, Task, Tasks

OpenBrowser = Callable[[str], bool]
SignIn = Callable[[str, OpenBrowser, Progress], object]  # officer id -> proof for the next unlock
Due = Callable[[], Mapping[str, datetime]]  # officer id -> sign in until then, where that is soon


class SignInViewModel(QObject):
    """`proof` is what the provider's word came to: it belongs to one officer and is used by the next unlock."""

    changed = Signal()
    signed_in = Signal()
    given_up = Signal()  # or refused: nobody waits for the browser any more, and there is no proof
    browser_wanted = Signal(str)  # an address; the window's thread opens it

    def __init__(self, sign_in: SignIn, due: Due, tasks: Tasks) -> None:
        super().__init__()
        self._sign_in, self._find_due, self._tasks = sign_in, due, tasks
        self._task: Task | None = None
        self.officer = ""  # who signs in, or has
        self.proof: object = None
        self.notice: Notice | None = None
        self.due: Mapping[str, datetime] = {}

    @property
    def busy(self) -> bool:
        """Whether the browser is waited for."""
        return self._task is not None

    def begin(self, officer_id: str) -> None:
        """Let the browser ask; one sign-in at a time."""
        if self.busy:
            return
        self.officer, self.proof, self.notice = officer_id, None, None
        self._task = self._tasks.start(
            Lane.SIGN_IN, lambda progress: self._sign_in(officer_id, self._browse, progress)
        )
        self._task.succeeded.connect(self._on_signed_in)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(self._on_cancelled)
        self.changed.emit()

    def cancel(self) -> None:
        """Wait no longer."""
        if self._task is not None:
            self._task.cancel()

    def no_browser(self) -> None:
        """The browser did not open: wait no longer, and say so."""
        self.notice = _no_browser()
        self.cancel()

    def forget(self) -> None:
        """Begin anew: the proof was used, or somebody else stands here."""
        self.cancel()
        self.officer, self.proof, self.notice = "", None, None
        self.changed.emit()

    def look(self) -> None:
        """Find out whose days are nearly over."""
        self._tasks.start(Lane.READING, lambda _: self._find_due()).succeeded.connect(self._on_due)

    def _browse(self, address: str) -> bool:
        """Hand the address to the window's thread. Called on a lane."""
        self.browser_wanted.emit(address)
        return True

    def _on_signed_in(self, proof: object) -> None:
        self._task, self.proof = None, proof
        self.changed.emit()
        self.signed_in.emit()

    def _on_failed(self, notice: Notice) -> None:
        self._task, self.notice = None, notice
        self.changed.emit()
        self.given_up.emit()

    def _on_cancelled(self) -> None:
        self._task = None
        self.changed.emit()
        self.given_up.emit()

    def _on_due(self, due: Mapping[str, datetime]) -> None:
        self.due = due
        self.changed.emit()


def _no_browser() -> Notice:
    from clerk_app.services.sign_in import NoBrowser  # noqa: PLC0415 - the page is painted before authlib is read

    return NoBrowser()
