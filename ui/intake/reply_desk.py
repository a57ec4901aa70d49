"""From the filled-in Mẫu 02 or Mẫu 03 to the PIN: the draft is saved first, and nothing of it is saved afterwards."""

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.dossier import Draft
from clerk_app.domain.reply import Refusal, Reply
from clerk_app.errors import Notice
from ui.intake.calls import IntakeCalls
from ui.intake.draft_keeper import DraftKeeper
from ui.intake.reply_model import ReplyModel
from ui.intake.slip_model import SlipModel
from ui.tasks import Lane, Tasks


class ReplyDesk(QObject):
    """Holds the form; the slip's own model asks for the PIN, signs and prints."""

    changed = Signal()

    def __init__(self, calls: IntakeCalls, tasks: Tasks, keeper: DraftKeeper, slip: SlipModel) -> None:
        super().__init__(slip)
        self._calls, self._tasks, self._keeper, self._slip = calls, tasks, keeper, slip
        self.form = ReplyModel(self)
        self.checking = False
        self.form.changed.connect(self.changed)
        slip.replied.connect(self._on_replied)
        slip.left.connect(self._on_left)

    def give(self, draft: Draft, *, by_pen: bool) -> None:
        """Ask the office whether the paper may be given, then go on to the PIN, or to the pen's reason."""
        if self.checking or (said := self.form.said(draft)) is None:
            return
        self.checking = True
        self._keeper.flush()
        self._keeper.hold(True)
        task = self._tasks.start(Lane.ARCHIVE, lambda _: self._check(draft, said))  # behind the last save
        task.succeeded.connect(lambda _: self._on_checked(draft, said, by_pen))
        task.failed.connect(self._on_refused)

    def end(self) -> None:
        """Put the form away."""
        if not self.checking:
            self.form.end()

    def _check(self, draft: Draft, said: Reply) -> None:
        if isinstance(said, Refusal):
            self._calls.check_refusal(draft, said)
        else:
            self._calls.check_supplement(draft, said)

    def _on_checked(self, draft: Draft, said: Reply, by_pen: bool) -> None:
        self.checking = False
        self._slip.give(draft, said)
        if by_pen:
            self._slip.ask_pen()
        else:
            self._slip.sign()

    def _on_refused(self, notice: Notice) -> None:
        self.checking = False
        self._keeper.hold(False)
        self.form.tell(notice)

    def _on_left(self) -> None:
        """No signature was made: the form stands as it was, with the reason why."""
        self._keeper.hold(False)
        if self._slip.notice is not None:
            self.form.tell(self._slip.notice)

    def _on_replied(self) -> None:
        self.form.end()
        self._keeper.let_go()
