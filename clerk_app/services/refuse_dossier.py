"""Từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03): the citizen is told why and on which ground; the draft ends."""

from dataclasses import dataclass
from typing import Any

from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.dossier import Draft
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Unit
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reply import Pen, Refusal, check_refusal
from clerk_app.domain.reply_body import Told, refused_body
from clerk_app.domain.token_card import TypedPin
from clerk_app.forms.reply_facts import ReplyFacts, ReplyIssuing, refusal_facts
from clerk_app.services.give_reply import GiveReply, Planned
from sync.journal import Act, drafts


@dataclass(frozen=True, slots=True)
class RefuseDossier:
    give: GiveReply

    def check(self, draft: Draft, refusal: Refusal) -> None:
        """Raise what the call would raise before it uses the PIN."""
        self.give.require_open(draft)
        check_refusal(draft, refusal)

    def __call__(self, draft: Draft, refusal: Refusal, by: TypedPin | Pen) -> Document:
        """Return Mẫu 03, kept; the draft is gone, its scans with it. The PIN is wiped.

        Raises `RequestMissing`, `RefusalReasonMissing`, `RefusalGroundMissing`, `AcceptedAlready`, `DossierRefused`,
        and what `IssueSlip` raises; then the draft is as it was.
        """
        try:
            self.check(draft, refusal)
            return self.give(draft, self._planned(draft, self.give.procedure(draft), refusal), by)
        finally:
            if isinstance(by, TypedPin):
                by.wipe()

    def _planned(self, draft: Draft, procedure: Procedure | None, refusal: Refusal) -> Planned:
        def facts(unit: Unit, issuing: ReplyIssuing) -> ReplyFacts:
            return refusal_facts(draft.applicant, refusal, unit, issuing)

        def body(told: Told) -> dict[str, Any]:
            return refused_body(draft, procedure, refusal, told)

        def settle(act: Act) -> None:
            drafts.drop(act.tx, draft.id)

        return Planned(DocumentKind.REFUSAL, Kind.REFUSED, facts, body, settle)
