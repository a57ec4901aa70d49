"""Trả kết quả: the result goes to whoever may take it, once; or at once, with the acceptance, in one act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.dossier import Dossier, Draft, Status
from clerk_app.domain.handover import Handover
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.paper import PaperForm, PaperState
from clerk_app.domain.procedure import ReturnMode
from clerk_app.domain.returning import check_handover, require_returnable, returned_body
from clerk_app.errors import OfficeError
from clerk_app.services.law import Law
from clerk_app.services.receive_dossier import ReceiveDossier
from clerk_app.services.roles import require_for
from clerk_app.store.projection import Projection
from sync.entry import Signer
from sync.journal import Act, Journal


class NotAtOnce(OfficeError):
    message = "Thủ tục {title} trả kết quả theo hẹn."
    remedy = "Ký và in giấy hẹn; khi có kết quả thì trả ở màn hình Trả kết quả."


@dataclass(frozen=True, slots=True)
class ReturnResult:
    journal: Journal
    projection: Projection
    officer: Officer
    signer: Signer
    now: Callable[[], datetime]

    def __call__(self, dossier_id: str, handover: Handover) -> Dossier:
        """Note who took the result, and return the dossier.

        Raises `NothingToReturn`, `AlreadyReturned`, `ReceiverMissing`, `ReceiverPaperMissing`,
        `ResultDayImpossible`, `NoSuchDossier`; then nothing has changed.
        """
        self.check(handover)
        with self.journal.act(self.signer) as act:
            dossier = self.projection.dossier_in(act.tx, dossier_id)
            require_returnable(dossier)
            self.add(act, dossier, handover)
        return self.projection.after_act(dossier_id)

    def check(self, handover: Handover) -> None:
        """Refuse what cannot be handed over, whatever the dossier."""
        require_for(self.officer, Kind.RETURNED)
        check_handover(handover, self.now().astimezone(VIETNAM).date())

    def add(self, act: Act, dossier: Dossier, handover: Handover) -> None:
        """Add the entry to an act."""
        body = returned_body(dossier.status, handover, act.now, self.officer.name)
        act.add(dossier.id, Kind.RETURNED, body)


@dataclass(frozen=True, slots=True)
class ReturnAtOnce:
    """Trả ngay: no slip, one act; what can't be finished today gets its slip by F9 as always."""

    receive: ReceiveDossier
    result: ReturnResult

    def __call__(self, draft: Draft, handover: Handover) -> Dossier:
        """Receive the draft and note the result as handed over. A second call returns the same dossier.

        Raises `NotAtOnce`, and what both acts raise; then the draft is as it was.
        """
        self.result.check(handover)
        ready = self.receive.check(draft)
        if ready.procedure.return_mode is not ReturnMode.AT_ONCE:
            raise NotAtOnce(title=ready.procedure.title)
        with self.result.journal.act(self.result.signer) as act:
            self.receive.accept(act, ready)
            dossier = self.result.projection.dossier_in(act.tx, draft.id)
            if dossier.status is not Status.RETURNED:
                self.result.add(act, dossier, handover)
        return self.result.projection.after_act(draft.id)


@dataclass(frozen=True, slots=True)
class OriginalsKept:
    """Which originals lie with the office, to be given back with the result."""

    law: Law
    projection: Projection

    def __call__(self, dossier_id: str) -> tuple[str, ...]:
        """Return their titles, in the order of the slip; none when the version of the procedure is not known."""
        dossier = self.projection.dossier(dossier_id)
        version = self.law.catalogue().version_of(dossier.procedure, dossier.procedure_version)
        forms = {kind.key: kind.form for kind in version.papers} if version else {}
        return tuple(
            paper.title or paper.key
            for paper in dossier.papers
            if paper.state in (PaperState.PRESENT, PaperState.ILLEGIBLE)
            and forms.get(paper.key) is PaperForm.ORIGINAL
        )
