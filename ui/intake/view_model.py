"""The intake counter without its window: what lies on it, what is left to do, and what may be done next."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from clerk_app import clock
from clerk_app.clock import now as utc_now
from clerk_app.domain.applicant import Applicant
from clerk_app.domain.correction import Correction
from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Dossier, Draft, ReturnChannel
from clerk_app.domain.pages import Papers
from clerk_app.domain.procedure import Procedure, ReturnMode
from clerk_app.domain.returning import proposed_receiver
from clerk_app.errors import Notice
from clerk_app.services.scan_stacks import unpacked
from ui.intake.calls import IntakeCalls
from ui.intake.draft_keeper import DraftKeeper
from ui.intake.hand_over import HandOver
from ui.intake.mending import Mending
from ui.intake.numbers_desk import NumbersDesk
from ui.intake.pages_desk import PagesDesk
from ui.intake.papers_desk import PagesOnTheirWay, PapersDesk
from ui.intake.papers_model import is_identity_card
from ui.intake.people_desk import PeopleDesk
from ui.intake.people_model import Remark, tidy
from ui.intake.procedure_desk import Now, ProcedureDesk
from ui.intake.reply_desk import ReplyDesk
from ui.intake.scan_desk import ScanDesk
from ui.intake.slip_model import SlipModel
from ui.intake.stage import WRITABLE, Stage
from ui.intake.todo import Todo, no_procedure, people_left, stack_left, work_left
from ui.intake.twin_desk import TwinDesk
from ui.tasks import Lane, Tasks


class IntakeViewModel(QObject):
    """One draft, from the first key to its printed slip. Its parts each know one thing and emit `changed`."""

    changed = Signal()
    opened = Signal()  # something else lies on the counter: fields show it whole
    place_wanted = Signal(str)  # where the officer should look next, see `Todo.place`
    slip_issued = Signal(object)  # Dossier
    left_to_sign = Signal(object)  # Dossier, received by who signs no slips
    said = Signal(str)  # what was just done, and which key takes it back
    answered = Signal(object)  # Dossier: Mẫu 02 or 03 instead of a slip, or received and returned at once

    def __init__(
        self, calls: IntakeCalls, tasks: Tasks, now: Now = utc_now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self.keeper = DraftKeeper(calls, tasks, self)
        self.procedures = ProcedureDesk(calls, tasks, self, now)
        self.people = PeopleDesk(calls, tasks, self, lambda: clock.in_vietnam(now()).date())
        self.papers = PapersDesk(calls, tasks, self, lambda: self.keeper.draft)
        self.pages = PagesDesk(
            self, self.papers, lambda: self.draft.papers if self.stage is Stage.EDITING else None
        )
        self.scans = ScanDesk(calls, tasks, self, lambda: self.keeper.draft, self.papers.ask_for)
        self.twins = TwinDesk(calls, tasks, self)
        self.slip = SlipModel(calls, tasks, self)
        self.reply = ReplyDesk(calls, tasks, self.keeper, self.slip)
        self.hands = HandOver(calls, tasks, self.keeper, self)
        self.numbers = NumbersDesk(calls, tasks, self)
        self.notice: Notice | None = None
        self.asked_for_slip = False  # F9 was pressed: half-typed numbers are judged too
        self.mending: Mending | None = None
        self._receiving = False
        self._bind()

    def _bind(self) -> None:
        desks = (self.procedures, self.people, self.papers, self.scans, self.twins, self.numbers)
        parts = (self.keeper, *desks)
        for part in (*parts, self.slip, self.reply):
            part.changed.connect(self.changed)
        for part in parts:
            part.failed.connect(self._tell)
        self.keeper.opened.connect(self._on_opened)
        self.procedures.named.connect(self._show_papers)
        self.people.edited.connect(self._on_people)
        self.papers.edited.connect(self._on_papers)
        self.pages.edited.connect(self._on_papers)
        self.pages.said.connect(self.said)
        self.papers.filed.connect(self._on_filed)
        self.scans.edited.connect(self._on_papers)
        self.scans.filed.connect(self._on_filed)
        self.scans.whole.connect(self.keeper.reload)  # the shelf knows of open stacks, too
        self.scans.filed.connect(lambda _: self.keeper.flush())  # what came is soon on the saved draft, too
        self.slip.finished.connect(self._on_slip)
        self.hands.handed.connect(self.new)
        self.hands.said.connect(self.said)
        self.hands.failed.connect(self._tell)

    @property
    def draft(self) -> Draft:
        """The draft as typed so far."""
        return self.keeper.draft

    @property
    def stage(self) -> Stage:
        """Where the dossier stands; see `Stage`."""
        if self._receiving:
            return Stage.RECEIVING
        if self.reply.form.kind and self.slip.stage is Stage.EDITING:
            return Stage.REPLYING
        return Stage.CORRECTING if self.mending else self.slip.stage

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is odd about the people, in words."""
        twins = self.twins.remarks if self.stage is Stage.EDITING else ()
        return (*twins, *self.people.remarks(self.asked_for_slip))

    @property
    def todo(self) -> tuple[Todo, ...]:
        """What is left before the slip may be printed."""
        people = people_left(self.people.applicant, self.remarks)
        if self.mending:
            return people
        return (
            *stack_left(self.scans.stack, self.papers.rows),
            *work_left(self.procedures.chosen, people, self.papers.rows),
        )

    @property
    def return_channel(self) -> ReturnChannel:
        """Đăng ký nhận kết quả tại."""
        if self.mending:
            return self.mending.correction.return_channel
        return self.slip.dossier.return_channel if self.slip.dossier else self.draft.return_channel

    @property
    def may_sign(self) -> bool:
        """Whether who sits here signs slips and replies."""
        return self._calls.may_sign

    @property
    def at_work(self) -> bool:
        """Whether pages are on their way to the disk: the draft stays on the counter until they are safe."""
        return self.papers.at_work or self.scans.at_work

    def start(self) -> None:
        """Begin the day: an empty draft on the counter, the shelf beside it."""
        self.keeper.begin()
        self.people.begin()
        self.numbers.refresh()
        self.scans.watch()

    def new(self) -> None:
        """Put a new draft on the counter; what lies there stays on the shelf."""
        if self._may_leave():
            self._clear()
            self.keeper.begin()

    def open(self, draft: Draft) -> None:
        """Put a draft from the shelf on the counter."""
        if self._may_leave() and (draft.id != self.draft.id or self.slip.dossier):
            self._clear()
            self.keeper.open(draft)
            if holder := self.keeper.holder:
                self.said.emit(
                    self.tr("{name} đang giữ hồ sơ này. Bạn sửa là bạn làm tiếp.").format(name=holder)
                )

    def open_dossier(self, dossier: Dossier) -> None:
        """Put an accepted dossier on the counter, to be signed, printed again or corrected."""
        if self._may_leave():
            self._clear()
            self.keeper.put_away()
            self.slip.take(dossier)
            self.procedures.recall(dossier.procedure)
            self._show_papers()

    def drop(self) -> None:
        """Throw the draft away; the view has asked."""
        if self.stage is Stage.EDITING and self._may_leave():
            self._clear()
            self.keeper.drop()

    def save(self) -> None:
        """Lưu tạm: save now."""
        self.keeper.flush()

    def choose(self, procedure: Procedure) -> None:
        """Take the procedure; papers laid for lines that it has too stay laid."""
        if self.stage is not Stage.EDITING:
            return
        if procedure.code != self.draft.procedure:
            self.pages.forget()  # another checklist: there is no way back to the lines of the old one
        keys = {kind.key for kind in procedure.papers}
        kept = tuple(laid for laid in self.draft.papers if laid.key in keys)
        self.keeper.put(replace(self.draft, procedure=procedure.code, papers=kept))
        self.procedures.choose(procedure)
        self._show_papers()

    def set_sets(self, count: int) -> None:
        """Số bộ."""
        self.keeper.put(replace(self.draft, sets=max(1, count)))

    def set_return_channel(self, channel: ReturnChannel) -> None:
        """Take where and how the citizen wants the result."""
        if self.mending:
            self._mend(return_channel=channel)
        elif self.stage is Stage.EDITING:
            self.keeper.put(replace(self.draft, return_channel=channel))

    def sign_and_print(self) -> None:
        """The key that leads on: accept and ask for the PIN; sign what is accepted; re-issue what was corrected."""
        match self.stage:
            case Stage.EDITING if self._is_ready():
                self._receive()
            case Stage.CORRECTING if self._is_ready():
                self._reissue()
            case Stage.ACCEPTED:
                self.slip.sign()

    @property
    def at_once(self) -> bool:
        """Whether the procedure is usually done while the citizen waits (Trả ngay)."""
        chosen = self.procedures.chosen
        return self.may_sign and chosen is not None and chosen.return_mode is ReturnMode.AT_ONCE

    def return_at_once(self) -> None:
        """Receive the draft and note its result as handed to whoever stands at the counter."""
        if self.stage is Stage.EDITING and self.at_once and self._is_ready():
            self._receive(at_once=True)

    def begin_reply(self, kind: DocumentKind) -> None:
        """Fill in Mẫu 02 or Mẫu 03 for the draft; its owner needs a name first, Mẫu 02 a procedure too."""
        if self.stage is not Stage.EDITING or not self.draft.id or not self.may_sign:
            return
        if not self._nothing_on_its_way():
            return
        self.asked_for_slip = True
        people = people_left(self.people.applicant, self.remarks)
        chosen = self.procedures.chosen
        left = people if chosen or kind is DocumentKind.REFUSAL else (no_procedure(), *people)
        self._step()
        if left:
            self.place_wanted.emit(left[0].place)
        else:
            self.reply.form.begin(kind, self.draft, chosen)

    def give_reply(self, *, by_pen: bool = False) -> None:
        """Have the paper signed and printed; what is in the way is said before a PIN is asked for."""
        if self.stage is Stage.REPLYING:
            self.reply.give(replace(self.draft, applicant=tidy(self.people.applicant)), by_pen=by_pen)

    def end_reply(self) -> None:
        """Go back to the draft as it was."""
        if self.stage is Stage.REPLYING:
            self.reply.end()
            self._step()

    def correct(self) -> None:
        """Cấp lại do sai sót: open the data of the slip on the counter."""
        dossier = self.slip.dossier
        if not self.slip.can_correct or dossier is None:
            return
        reason = self.tr("Sai sót khi nhập thông tin")
        self.mending = Mending(dossier, Correction(dossier.applicant, dossier.return_channel, reason))
        self.people.show(dossier.applicant)
        self._step()
        self.opened.emit()

    def give_reason(self, reason: str) -> None:
        """Say why the slip is issued again."""
        self._mend(reason=reason)

    def cancel_correction(self) -> None:
        """Leave the issued slip as it was."""
        self.mending = None
        self._step()

    def _is_ready(self) -> bool:
        self.asked_for_slip = True
        self._step()
        if left := self.todo:
            self.place_wanted.emit(left[0].place)
            return False
        return self._nothing_on_its_way()

    def _may_leave(self) -> bool:
        busy = self.stage in {Stage.RECEIVING, Stage.SIGNING} or self.reply.checking
        return not busy and self._nothing_on_its_way()

    def _nothing_on_its_way(self) -> bool:
        if self.at_work:
            self._tell(PagesOnTheirWay())
        return not self.at_work

    def _receive(self, *, at_once: bool = False) -> None:
        draft = replace(self.draft, applicant=tidy(self.people.applicant))
        self._receiving = True
        self.keeper.hold(True)
        self._step()
        if at_once:
            handover = proposed_receiver(draft.applicant)
            task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.return_at_once(draft, handover))
            task.succeeded.connect(self._on_returned)
        else:
            task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.receive_dossier(draft))
            task.succeeded.connect(self._on_received)
        task.failed.connect(self._on_refused)

    def _reissue(self) -> None:
        if self.mending is None:
            return
        dossier, correction = self.mending.dossier, self.mending.correction
        self.mending = None
        self.slip.take(dossier, replace(correction, applicant=tidy(correction.applicant)))
        self.slip.sign()

    def _on_received(self, dossier: Dossier) -> None:
        self._receiving = False
        self.pages.forget()
        self.keeper.let_go()
        self.numbers.refresh()
        if not self.may_sign:
            self.left_to_sign.emit(dossier)
            self.new()
            return
        self.slip.take(dossier)
        self.slip.sign()

    def _on_returned(self, dossier: Dossier) -> None:
        self._receiving = False
        self.keeper.let_go()
        self.slip.take(dossier)
        self.numbers.refresh()
        self.answered.emit(dossier)

    def _on_refused(self, notice: Notice) -> None:
        self._receiving = False
        self.keeper.hold(False)
        self._tell(notice)

    def _on_slip(self, dossier: Dossier) -> None:
        self.keeper.reload()  # it is no longer on the list of unsigned ones
        self._show_papers()
        (self.slip_issued if dossier.status.is_accepted else self.answered).emit(dossier)

    def _on_opened(self) -> None:
        stack = self.draft.stack
        self.scans.open(stack)
        if stack is not None and stack.arrived:
            self.keeper.put(unpacked(self.draft))
        self.people.show(self.draft.applicant)
        self.procedures.recall(self.draft.procedure)
        self._show_papers()
        self.opened.emit()

    def _on_people(self, applicant: Applicant) -> None:
        self.notice = None  # the officer has gone on; what still holds will be said again
        if self.mending:
            self._mend(applicant=applicant)
        elif self.stage in WRITABLE:
            self.keeper.put(replace(self.draft, applicant=applicant))
            self._show_papers()  # some are asked of certain people alone

    def _on_papers(self, papers: Papers) -> None:
        if self.stage is Stage.EDITING:
            self.notice = None
            self.keeper.put(replace(self.draft, papers=papers))
            self._show_papers()

    def _on_filed(self, key: str) -> None:
        row = next((row for row in self.papers.rows if row.kind.key == key), None)
        if row is not None and is_identity_card(row.kind):
            self.people.look_for_cards(file.sha256 for file in row.laid.files)

    def _show_papers(self, _: object = None) -> None:
        lies = self.slip.dossier or self.draft
        if self.stage is Stage.EDITING:
            self.twins.look(self.draft)
        self.papers.show(self.procedures.chosen, lies.papers, lies.applicant)
        self.changed.emit()

    def _mend(self, **values: Applicant | ReturnChannel | str) -> None:
        if self.mending:
            self.mending = replace(self.mending, correction=replace(self.mending.correction, **values))  # type: ignore[arg-type]
            self.changed.emit()

    def _clear(self) -> None:
        self.mending = self.notice = None
        self.asked_for_slip = False
        self.pages.forget()
        self.reply.end()
        self.slip.clear()

    def _tell(self, notice: Notice) -> None:
        self.notice = notice
        self.changed.emit()

    def _step(self) -> None:
        self.notice = None
        self.changed.emit()
