"""Yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02): the citizen is told everything that is missing; the draft waits."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.dossier import Draft, Hand, draft_as_bytes, draft_files
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Unit
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reply import Pen, SupplementRequest, check_again, check_supplement
from clerk_app.domain.reply_body import Told, supplement_body
from clerk_app.domain.token_card import TypedPin
from clerk_app.forms.reply_facts import ReplyFacts, ReplyIssuing, supplement_facts
from clerk_app.services.give_reply import GiveReply, Planned
from clerk_app.services.save_draft import stored_draft
from clerk_app.services.stage import times_asked
from sync.journal import Act, drafts, entries


@dataclass(frozen=True, slots=True)
class AskForSupplement:
    give: GiveReply
    limit: int  # requests at this stage that need nobody's consent; 0: as many as one likes

    def check(self, draft: Draft, request: SupplementRequest) -> None:
        """Raise what the call would raise before it uses the PIN."""
        self.give.require_open(draft)
        check_supplement(draft, self.give.procedure(draft), request)
        check_again(request, self._asked(draft.id), self.limit)

    def __call__(self, draft: Draft, request: SupplementRequest, by: TypedPin | Pen) -> Document:
        """Return Mẫu 02, kept; the draft is saved with it and stays the counter's. The PIN is wiped.

        Raises `NothingAsked`, `SupplementReasonMissing`, `SupplementAgain`, `AcceptedAlready`, `DossierRefused`,
        and what `IssueSlip` raises; then the draft is as it was.
        """
        try:
            self.check(draft, request)
            return self.give(draft, self._planned(draft, self.give.chosen(draft), request), by)
        finally:
            if isinstance(by, TypedPin):
                by.wipe()

    def _planned(self, draft: Draft, procedure: Procedure, request: SupplementRequest) -> Planned:
        def facts(unit: Unit, issuing: ReplyIssuing) -> ReplyFacts:
            return supplement_facts(draft.applicant, procedure.title, request, unit, issuing)

        def body(told: Told) -> dict[str, Any]:
            return supplement_body(draft, procedure, request, told)

        return Planned(
            DocumentKind.SUPPLEMENT, Kind.SUPPLEMENT_ASKED, facts, body, partial(self._keep_draft, draft)
        )

    def _keep_draft(self, draft: Draft, act: Act) -> None:
        """Save the draft as it was when it was asked, with how often that has happened."""
        asked = times_asked(entries.history(act.tx, draft.id))
        stored, own = stored_draft(act.tx, draft.id), Hand(self.give.officer.id, self.give.officer.name)
        begun = (stored.begun_by if stored else None) or own
        waiting = replace(draft, supplements=asked, updated_at=act.now, begun_by=begun, held_by=own)
        drafts.save(act.tx, draft.id, draft_as_bytes(waiting), draft_files(waiting))

    def _asked(self, id: str) -> int:
        with self.give.journal.reading() as tx:
            return times_asked(entries.history(tx, id))
