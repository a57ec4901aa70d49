"""Receive a dossier: the papers are complete, and the office takes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.acceptance import ProcedureNotChosen, check_draft
from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.deadline import due_time
from clerk_app.domain.dossier import Dossier, Draft, Status, draft_files
from clerk_app.domain.dossier_body import Acceptance, received_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reply import DossierRefused
from clerk_app.services.law import Law
from clerk_app.services.numbering import Numbering
from clerk_app.services.roles import require_for
from clerk_app.services.save_draft import stored_draft
from clerk_app.services.stage import stage_of
from clerk_app.store.projection import Projection
from sync.entry import Signer
from sync.files import FileStore
from sync.journal import Act, Journal, drafts, entries, references


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that has passed, under the procedure of the day, with the sizes of its files."""

    draft: Draft
    procedure: Procedure
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReceiveDossier:
    journal: Journal
    files: FileStore
    law: Law
    numbering: Numbering
    projection: Projection
    officer: Officer
    signer: Signer
    now: Callable[[], datetime]

    def __call__(self, draft: Draft) -> Dossier:
        """Accept the draft under its number, with its due time: one act. A second call returns the same dossier.

        Raises what `check_draft` raises, `NoSuchProcedure`, and `FileMissing` for a paper not filed here.
        """
        ready = self.check(draft)
        with self.journal.act(self.signer) as act:
            self.accept(act, ready)
        return self.projection.after_act(draft.id)

    def check(self, draft: Draft) -> Ready:
        """Return all that acceptance needs to know outside the act; raises what the call raises."""
        require_for(self.officer, Kind.RECEIVED)
        today = self.now().astimezone(VIETNAM).date()
        if not draft.procedure:
            raise ProcedureNotChosen
        procedure = self.law.catalogue().get(draft.procedure, on=today)
        check_draft(draft, procedure, today)
        return Ready(draft, procedure, {sha256: self.files.size(sha256) for sha256 in draft_files(draft)})

    def accept(self, act: Act, ready: Ready) -> None:
        """Take the number and add the entry; pressed twice, the first press counts. Raises `DossierRefused`."""
        draft, procedure = ready.draft, ready.procedure
        before = stage_of(entries.history(act.tx, draft.id))
        if before is Status.RECEIVED:
            return
        if before is Status.REFUSED:
            raise DossierRefused
        number = self.numbering.take(act, self.journal.chain, act.now.astimezone(VIETNAM).date())
        acceptance = Acceptance(
            code=number.code,
            series=number.series,
            value=number.value,
            due=due_time(procedure.time_limit, act.now, self.law.calendar()),
            received_by=self.officer.name,
            provisional=number.provisional,
            before=before,
        )
        stored = stored_draft(act.tx, draft.id)
        begun = stored.begun_by if stored else None
        told = {"begun_by": begun.name} if begun and begun.id != self.officer.id else {}
        act.add(draft.id, Kind.RECEIVED, received_body(draft, procedure, acceptance) | told)
        drafts.drop(act.tx, draft.id)
        for sha256, size in ready.sizes.items():
            references.add(act.tx, sha256, draft.id, size)
