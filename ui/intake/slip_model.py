"""From an accepted dossier to its printed slip: PIN, signature, pen, printer. One attempt for each typed PIN."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.correction import Correction
from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.token_card import TokenCard, TypedPin, own_card
from clerk_app.errors import Notice, NoToken, PinLocked, PinWrong
from clerk_app.progress import Progress
from ui.intake.calls import IntakeCalls
from ui.intake.stage import BUSY, Stage
from ui.tasks import Lane, Tasks


@dataclass(frozen=True, slots=True)
class Signing:
    """What is being signed: the first slip, or a corrected one in its place."""

    dossier: Dossier
    correction: Correction | None = None


class SlipModel(QObject):
    """The dossier that waits for its slip, and everything that may go wrong on the way."""

    changed = Signal()
    finished = Signal(object)  # Dossier, as it stands after the slip was issued

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self._signing: Signing | None = None
        self._turn = 0  # what an earlier dossier's work brings back is not for this one
        self.stage = Stage.EDITING
        self.card: TokenCard | None = None
        self.document: Document | None = None
        self.copies = 0
        self.notice: Notice | None = None  # beside the slip
        self.pin_notice: Notice | None = None  # inside the PIN dialog

    @property
    def dossier(self) -> Dossier | None:
        """The accepted dossier on the counter, or None while there is only a draft."""
        return self._signing.dossier if self._signing else None

    @property
    def correcting(self) -> bool:
        """Whether the slip to be signed takes the place of an earlier one."""
        return self._signing is not None and self._signing.correction is not None

    def take(self, dossier: Dossier, correction: Correction | None = None) -> None:
        """Put an accepted dossier before the officer; nothing is asked of a token yet."""
        self._turn += 1
        self._signing = Signing(dossier, correction)
        self.document = next((document for document in reversed(dossier.documents) if document.valid), None)
        self.copies = self.document.prints if self.document else 0
        self.notice = self.pin_notice = None
        signed = self.document is not None and correction is None
        self._step(Stage.DONE if signed else Stage.ACCEPTED)

    def clear(self) -> None:
        """Take the dossier off the counter; it stays in the register, or on the list of unsigned ones."""
        self._turn += 1
        self._signing = self.document = self.card = None
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
            self._step(Stage.ACCEPTED)

    def enter_pin(self, typed: TypedPin) -> None:
        """Sign with this PIN, once, by the token for which it was typed. The bytes are wiped whatever happens."""
        signing = self._signing
        if signing is None or self.stage is not Stage.ASKING_PIN:
            typed.wipe()
            return

        def work(_: Progress) -> Document:
            try:
                return self._issue(signing, typed)
            finally:
                typed.wipe()

        self.pin_notice = None
        self._step(Stage.SIGNING)
        self._run(Lane.TOKEN, work, self._on_issued, self._on_refused)

    def ask_pen(self) -> None:
        """First of the two keys of Ký tay."""
        if self.stage in {Stage.ACCEPTED, Stage.ASKING_PIN} and self._signing is not None:
            self._step(Stage.ASKING_PEN)

    def sign_by_pen(self, reason: str) -> None:
        """Second key of Ký tay: issue the slip for a pen, marked with the reason."""
        signing = self._signing
        if signing is None or self.stage is not Stage.ASKING_PEN:
            return
        reason = reason.strip() or self.pen_reason
        self.notice = None
        self._step(Stage.SIGNING)
        self._run(
            Lane.TOKEN, lambda _: self._issue_for_pen(signing, reason), self._on_issued, self._on_refused
        )

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

    def _issue(self, signing: Signing, typed: TypedPin) -> Document:
        if signing.correction is None:
            return self._calls.issue_slip(signing.dossier.id, typed)
        return self._calls.reissue_slip(signing.dossier.id, signing.correction, typed)

    def _issue_for_pen(self, signing: Signing, reason: str) -> Document:
        if signing.correction is None:
            return self._calls.slip_for_pen(signing.dossier.id, reason)
        return self._calls.reissue_slip(signing.dossier.id, signing.correction, None)

    def _look_for_token(self) -> None:
        self._run(Lane.TOKEN, lambda _: self._calls.token_cards(), self._on_cards, self._on_refused)

    def _on_cards(self, cards: tuple[TokenCard, ...]) -> None:
        self.card = own_card(cards)
        if self.card is None:
            self._on_refused(self.pin_notice or NoToken(owner=self._owner()))
        elif self.card.locked:
            self._on_refused(PinLocked())
        else:
            self._step(Stage.ASKING_PIN)

    def _owner(self) -> str:
        return self._signing.dossier.received_by if self._signing else ""

    def _on_issued(self, document: Document) -> None:
        self.document = document
        self.copies = 0
        self._step(Stage.PRINTING)
        self._refresh()
        self._run(
            Lane.PAPER, lambda _: self._calls.print_slip(document.id), self._on_printed, self._on_not_printed
        )

    def _refresh(self) -> None:
        if (dossier := self.dossier) is not None:
            self._run(
                Lane.ARCHIVE, lambda _: self._calls.dossier(dossier.id), self._on_dossier, self._on_notice
            )

    def _on_refused(self, notice: Notice) -> None:
        if isinstance(notice, PinWrong):
            self.pin_notice = notice
            self._look_for_token()  # needs no PIN: tells whether few tries are left, then asks again
            return
        self.notice, self.pin_notice = notice, None
        self._step(Stage.ACCEPTED)

    def _on_printed(self, copy: int) -> None:
        self.copies = copy
        self.notice = None
        self._step(Stage.DONE)

    def _on_not_printed(self, notice: Notice) -> None:
        self.notice = notice
        self._step(Stage.DONE)

    def _on_dossier(self, dossier: Dossier) -> None:
        if self._signing is not None and self._signing.dossier.id == dossier.id:
            self._signing = Signing(dossier)
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
