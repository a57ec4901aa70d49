"""Trả kết quả without its window: what was found, whose result it is, who takes it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.handover import Handover, Receiver
from clerk_app.domain.returning import (
    SlipOfAnother,
    check_handover,
    proposed_receiver,
    read_slip_qr,
    require_returnable,
)
from clerk_app.errors import Notice, OfficeError
from clerk_app.progress import Progress
from ui.result.calls import ResultCalls
from ui.tasks import Lane, Task, Tasks

LIMIT = 30  # rows shown: who looks for one dossier types on


class NothingFound(OfficeError):
    message = "Không thấy hồ sơ nào khớp."
    remedy = "Thử vài số cuối của mã, họ tên không dấu hoặc số điện thoại; hoặc nhận dữ liệu rồi tìm lại."


@dataclass(frozen=True, slots=True)
class Opened:
    """The dossier whose result is to be handed over, and the originals that go back with it."""

    dossier: Dossier
    originals: tuple[str, ...] = ()


class ResultViewModel(QObject):
    """`look` as one types, `go` on Enter; then `choose_receiver`, and `confirm`."""

    changed = Signal()
    opened = Signal()  # a dossier lies open: on to the receiver
    returned = Signal(object)  # Dossier

    def __init__(self, calls: ResultCalls, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__()
        self._calls, self._tasks, self._today = calls, tasks, today
        self._search: Task | None = None
        self._asked = self._turn = 0
        self.text = ""
        self.found: tuple[Dossier, ...] = ()
        self.open: Opened | None = None
        self.handover = Handover()
        self.notice: Notice | None = None
        self.busy = False
        self.last: Dossier | None = None  # what was handed over just now

    @property
    def can_confirm(self) -> bool:
        """Whether the open dossier's result may still be handed over."""
        return self.open is not None and not self.busy and self._barred() is None

    def look(self, text: str) -> None:
        """Look for what was typed, or read by a scanner."""
        if text.strip() != self.text:
            self._find(text.strip(), open_single=False)

    def go(self, text: str) -> None:
        """Enter: open the dossier if only one fits, and say so if none does."""
        self._find(text.strip(), open_single=True)

    def choose(self, id: str) -> None:
        """Open one of the found dossiers."""
        for dossier in self.found:
            if dossier.id == id:
                self._open(dossier)

    def choose_receiver(self, who: Receiver) -> None:
        """Take the receiver's name from the dossier; another person's is typed."""
        if self.open is None or who is self.handover.who:
            return
        applicant = self.open.dossier.applicant
        person = {Receiver.OWNER: applicant.owner, Receiver.SUBMITTER: applicant.submitter}.get(who)
        self.handover = replace(
            self.handover,
            who=who,
            receiver=person.name if person else "",
            id_number=person.id_number if person else "",
            paper="",
        )
        self._step()

    def write(self, **told: str | bool | date | None) -> None:
        """Take what was typed or ticked."""
        self.handover = replace(self.handover, **told)  # type: ignore[arg-type]  # names of its own fields
        self._step()

    def confirm(self) -> None:
        """The result is in the receiver's hands: note it, once."""
        if self.open is None or not self.can_confirm:
            return
        try:
            check_handover(self.handover, self._today())
        except OfficeError as left_out:
            self._tell(left_out)
            return
        dossier, handover = self.open.dossier, self.handover
        self.busy = True
        self._step()
        task = self._tasks.start(Lane.ARCHIVE, lambda _: self._calls.return_result(dossier.id, handover))
        task.succeeded.connect(self._on_returned)
        task.failed.connect(self._tell)

    @property
    def meant(self) -> tuple[Dossier, ...]:
        """What was found; where one alone was accepted just that one, for the others hold no result."""
        accepted = tuple(each for each in self.found if each.status.is_accepted)
        return accepted if len(accepted) == 1 else self.found

    def leave(self) -> None:
        """Put the open dossier back; the next one may be looked for."""
        if not self.busy:
            self._turn += 1
            self.open, self.handover, self.last = None, Handover(), None
            self._step()

    def _find(self, text: str, *, open_single: bool) -> None:
        self._asked += 1
        asked, self.text = self._asked, text
        if self._search is not None:
            self._search.cancel()
        qr = read_slip_qr(text)
        wanted = qr.code if qr else text

        def work(progress: Progress) -> tuple[Dossier, ...]:
            progress.step(0, 1)  # a newer search has come: this one need not begin
            return self._calls.find(wanted, LIMIT) if wanted else ()

        self._search = task = self._tasks.start(Lane.READING, work)
        task.succeeded.connect(lambda found: self._on_found(asked, found, open_single))
        task.failed.connect(self._tell)

    def _on_found(self, asked: int, found: tuple[Dossier, ...], open_single: bool) -> None:
        if asked != self._asked:
            return
        self._search = None
        self.found, self.notice, self.last = found, None, None
        if open_single and len(self.meant) == 1:
            self._open_read(self.meant[0])
        elif open_single and not found:
            self._tell(NothingFound())
        self.changed.emit()

    def _open_read(self, dossier: Dossier) -> None:
        """Open what was looked for; a slip that was read has to be this dossier's own."""
        qr = read_slip_qr(self.text)
        try:
            if qr is not None:
                qr.require(dossier)
        except SlipOfAnother as foreign:
            self._tell(foreign)
            return
        self._open(dossier)

    def _open(self, dossier: Dossier) -> None:
        self._turn += 1
        turn = self._turn
        self.open = Opened(dossier)
        self.handover = proposed_receiver(dossier.applicant)
        self.notice, self.last = self._barred(), None
        task = self._tasks.start(Lane.READING, lambda _: self._read(dossier.id))
        task.succeeded.connect(lambda read: self._on_read(read) if turn == self._turn else None)
        task.failed.connect(self._tell)
        self.changed.emit()
        self.opened.emit()

    def _read(self, id: str) -> Opened:
        return Opened(self._calls.dossier(id), self._calls.originals_kept(id))

    def _on_read(self, read: Opened) -> None:
        self.open = read
        self.notice = self._barred() or self.notice
        self.changed.emit()

    def _barred(self) -> Notice | None:
        """Say why nothing may be handed over, or None."""
        try:
            if self.open is not None:
                require_returnable(self.open.dossier)
        except OfficeError as barred:
            return barred
        return None

    def _on_returned(self, dossier: Dossier) -> None:
        self.busy = False
        self._turn += 1
        self.open, self.handover, self.found, self.text = None, Handover(), (), ""
        self.last, self.notice = dossier, None
        self.changed.emit()
        self.returned.emit(dossier)

    def _tell(self, notice: Notice) -> None:
        self.busy, self.notice = False, notice
        self.changed.emit()

    def _step(self) -> None:
        self.notice = self._barred()
        self.changed.emit()
