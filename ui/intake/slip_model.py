"""From an accepted dossier to its printed slip, or from a draft to the paper given instead: PIN, pen, printer.

One attempt for each typed PIN.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.conflict import Choice
from clerk_app.domain.correction import Correction
from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.dossier import Dossier, Draft, Status
from clerk_app.domain.reply import Pen, Refusal, Reply
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import Notice, NoToken, PinLocked, PinWrong
from clerk_app.progress import Progress
from ui.intake.calls import IntakeCalls
from ui.intake.stage import BUSY, Stage
from ui.pin_turn import PinTurn, one_try
from ui.tasks import Lane, Tasks


@dataclass(frozen=True, slots=True)
class SlipWork:
    """The slip of an accepted dossier: the first one, or one in its place: corrected, or chosen between two corrections."""

    dossier: Dossier
    correction: Correction | Choice | None = None


@dataclass(frozen=True, slots=True)
class ReplyWork:
    """A paper given instead of a slip, to a draft."""

    draft: Draft
    said: Reply


class SlipModel(PinTurn):
    """The dossier that waits for its slip, and everything that may go wrong on the way."""

    changed = Signal()
    finished = Signal(object)  # Dossier, as it stands after the slip or the reply was issued
    replied = (
        Signal()
    )  # a reply is in the journal: its draft is the counter's no longer, or waits on the shelf
    left = Signal()  # a reply was not signed: back to its form

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent=parent)
        self._calls = calls
        self._tasks = tasks
        self._work: SlipWork | ReplyWork | None = None
        self._turn = 0  # what an earlier dossier's work brings back is not for this one
        self.stage = Stage.EDITING
        self.document: Document | None = None
        self.copies = 0
        self.notice: Notice | None = None  # beside the slip

    @property
    def dossier(self) -> Dossier | None:
        """The dossier on the counter, or None while there is only a draft."""
        return self._work.dossier if isinstance(self._work, SlipWork) else None

    @property
    def correcting(self) -> bool:
        """Whether the slip to be signed takes the place of an earlier one."""
        return isinstance(self._work, SlipWork) and self._work.correction is not None

    def take(self, dossier: Dossier, correction: Correction | Choice | None = None) -> None:
        """Put an accepted dossier before the officer; nothing is asked of a token yet."""
        self._turn += 1
        self._work = SlipWork(dossier, correction)
        slips = (document for document in reversed(dossier.documents) if document.kind is DocumentKind.SLIP)
        self.document = next((slip for slip in slips if slip.valid), None)
        self.copies = self.document.prints if self.document else 0
        self.notice = self.pin_notice = None
        done = correction is None and (self.document is not None or dossier.status is Status.RETURNED)
        self._step(Stage.DONE if done else Stage.ACCEPTED)

    def give(self, draft: Draft, said: Reply) -> None:
        """Put a paper given instead of a slip before the officer; `sign` or `ask_pen` follows."""
        self._turn += 1
        self._work = ReplyWork(draft, said)
        self.document, self.copies = None, 0
        self.stage = Stage.ACCEPTED  # in between: what is seen is the PIN, or the question of the pen

    def clear(self) -> None:
        """Take the dossier off the counter; it stays in the register, or on the list of unsigned ones."""
        self._turn += 1
        self._work = self.document = self.card = None
        self.notice = self.pin_notice = None
        self._step(Stage.EDITING)

    def sign(self) -> None:
        """Look for the officer's token, then ask for the PIN."""
        if self.stage not in {Stage.ACCEPTED, Stage.ASKING_PEN}:
            return
        self.notice = self.pin_notice = None
        self._step(Stage.SIGNING)
        self._look_for_token()

    def cancel(self) -> None:
        """Leave the PIN or the pen; the dossier stays accepted and unsigned."""
        if self.stage in {Stage.ASKING_PIN, Stage.ASKING_PEN}:
            self._rest()

    def enter_pin(self, typed: TypedPin) -> None:
        """Sign with this PIN, once, by the token for which it was typed. The bytes are wiped whatever happens."""
        signed = self._work
        if signed is None or self.stage is not Stage.ASKING_PIN:
            typed.wipe()
            return

        self.pin_notice = None
        self._step(Stage.SIGNING)
        sign = one_try(typed, lambda _: self._issue(signed, typed))
        self._run(Lane.TOKEN, sign, self._on_issued, self._on_refused)

    def ask_pen(self) -> None:
        """First of the two keys of Ký tay."""
        if self.stage in {Stage.ACCEPTED, Stage.ASKING_PIN} and self._work is not None:
            self._step(Stage.ASKING_PEN)

    def sign_by_pen(self, reason: str) -> None:
        """Second key of Ký tay: issue the slip for a pen, marked with the reason."""
        signed = self._work
        if signed is None or self.stage is not Stage.ASKING_PEN:
            return
        pen = Pen(reason.strip() or self.pen_reason)
        self.notice = None
        self._step(Stage.SIGNING)
        self._run(Lane.TOKEN, lambda _: self._issue(signed, pen), self._on_issued, self._on_refused)

    @property
    def pen_reason(self) -> str:
        """Why a pen: proposed from what went wrong, for the officer to accept with Enter."""
        match self.pin_notice or self.notice:
            case PinLocked():
                return self.tr("Thẻ ký số bị khóa")
            case PinWrong():
                return self.tr("Nhập sai mã PIN")
            case NoToken():
                return self.tr("Không thấy thẻ ký số")
            case None:
                return self.tr("Không dùng được thẻ ký số")
            case _:
                return self.tr("Thẻ ký số gặp lỗi")

    def print_again(self) -> None:
        """Print the slip (once more)."""
        document = self.document
        if document is None or self.stage in BUSY:
            return
        self._step(Stage.PRINTING)
        self._run(
            Lane.PAPER, lambda _: self._calls.print_slip(document.id), self._on_printed, self._on_not_printed
        )

    @property
    def can_correct(self) -> bool:
        """Whether what lies on the counter is a slip that may be issued again."""
        dossier = self.dossier
        return dossier is not None and dossier.status is Status.SLIP_ISSUED and self.stage is Stage.DONE

    def _issue(self, work: SlipWork | ReplyWork, by: TypedPin | Pen) -> Document:
        if isinstance(work, ReplyWork):
            if isinstance(work.said, Refusal):
                return self._calls.refuse_dossier(work.draft, work.said, by)
            return self._calls.ask_for_supplement(work.draft, work.said, by)
        pin = None if isinstance(by, Pen) else by
        if isinstance(work.correction, Choice):
            return self._calls.settle_conflict(work.correction, pin)
        if work.correction is not None:
            return self._calls.reissue_slip(work.dossier.id, work.correction, pin)
        if isinstance(by, Pen):
            return self._calls.slip_for_pen(work.dossier.id, by.reason)
        return self._calls.issue_slip(work.dossier.id, by)

    def _look_for_token(self) -> None:
        self._run(Lane.TOKEN, lambda _: self._calls.token_cards(), self._on_cards, self._on_refused)

    def _ask_pin(self) -> None:
        self._step(Stage.ASKING_PIN)

    def _give_up(self, notice: Notice) -> None:
        self.notice = notice
        self._rest()

    def _signer(self) -> str:
        dossier = self.dossier
        return dossier.received_by if dossier else self.tr("bạn")

    def _on_issued(self, document: Document) -> None:
        self.document = document
        self.copies = 0
        self._step(Stage.PRINTING)
        if isinstance(self._work, ReplyWork):
            self.replied.emit()
        self._refresh(document.dossier)
        self._run(
            Lane.PAPER, lambda _: self._calls.print_slip(document.id), self._on_printed, self._on_not_printed
        )

    def _refresh(self, id: str) -> None:
        self._run(Lane.ARCHIVE, lambda _: self._calls.dossier(id), self._on_dossier, self._on_notice)

    def _rest(self) -> None:
        """Stand as before the PIN or the pen: an accepted dossier waits here, a reply in its form."""
        if isinstance(self._work, ReplyWork):
            self._work = None
            self._step(Stage.EDITING)
            self.left.emit()
        else:
            self._step(Stage.ACCEPTED)

    def _on_printed(self, copy: int) -> None:
        self.copies = copy
        self.notice = None
        self._step(Stage.DONE)

    def _on_not_printed(self, notice: Notice) -> None:
        self.notice = notice
        self._step(Stage.DONE)

    def _on_dossier(self, dossier: Dossier) -> None:
        if self._work is not None:
            self._work = SlipWork(dossier)
            self.changed.emit()
        self.finished.emit(dossier)

    def _on_notice(self, notice: Notice) -> None:
        self.notice = notice
        self.changed.emit()

    def _run(
        self,
        lane: Lane,
        work: Callable[[Progress], object],
        done: Callable[..., None],
        failed: Callable[[Notice], None],
    ) -> None:
        turn = self._turn
        task = self._tasks.start(lane, work)
        task.succeeded.connect(lambda result: done(result) if turn == self._turn else None)
        task.failed.connect(lambda notice: failed(notice) if turn == self._turn else None)

    def _step(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()
