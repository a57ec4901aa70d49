"""What is given instead of a slip: the paper made and signed first, then its entry and the draft's fate in one act.

Nothing is journaled before the signature: a cut in between leaves the draft as it was, and no number is used.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clerk_app.domain.acceptance import ProcedureNotChosen
from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.document import Document, DocumentKind, SignatureField
from clerk_app.domain.dossier import Draft, Status
from clerk_app.domain.issuing import issued_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer, Unit
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reason import checked_reason
from clerk_app.domain.reply import DossierRefused, Pen
from clerk_app.domain.reply_body import Told
from clerk_app.domain.token_card import TypedPin
from clerk_app.domain.turn import with_turn
from clerk_app.errors import OfficeError
from clerk_app.forms.reply import render
from clerk_app.forms.reply_facts import ReplyFacts, ReplyIssuing
from clerk_app.services.books import OutgoingNumbers
from clerk_app.services.keep_documents import KeepDocuments, Made
from clerk_app.services.law import Law
from clerk_app.services.numbering import Numbering, ReplyNumber
from clerk_app.services.roles import require_for
from clerk_app.services.signature_bench import SignatureBench, Signed, require_archivable
from clerk_app.services.slip_for_pen import PenReasonMissing
from clerk_app.services.stage import stage_of
from clerk_app.store.projection import Projection, document_in
from signing import pades
from sync.entry import Entry, Signer, new_id
from sync.journal import Act, Journal, entries


class AcceptedAlready(OfficeError):
    message = "Hồ sơ này đã được tiếp nhận."
    remedy = "Mở hồ sơ trong sổ theo dõi để làm tiếp."


@dataclass(frozen=True, slots=True)
class Planned:
    """One paper of either kind: what it prints, what its entry says, and what becomes of the draft."""

    document: DocumentKind
    entry: Kind
    facts: Callable[[Unit, ReplyIssuing], ReplyFacts]
    body: Callable[[Told], dict[str, Any]]
    settle: Callable[[Act], None]


@dataclass(frozen=True, slots=True)
class GiveReply:
    """What Mẫu 02 and Mẫu 03 have in common."""

    journal: Journal
    law: Law
    numbering: Numbering
    number_in_dots: bool
    outgoing: (
        OutgoingNumbers | None
    )  # the book from which the papers are numbered; None: by this counter alone
    projection: Projection
    bench: SignatureBench
    documents: KeepDocuments
    officer: Officer
    signer: Signer
    now: Callable[[], datetime]

    def procedure(self, draft: Draft) -> Procedure | None:
        """Return the procedure of the draft as it is in force today, or None while none is chosen."""
        if not draft.procedure:
            return None
        return self.law.catalogue().get(draft.procedure, on=self.now().astimezone(VIETNAM).date())

    def chosen(self, draft: Draft) -> Procedure:
        """Return the procedure of the draft; raises `ProcedureNotChosen`."""
        procedure = self.procedure(draft)
        if procedure is None:
            raise ProcedureNotChosen
        return procedure

    def require_open(self, draft: Draft) -> None:
        """Raise `NotYourRole`, `AcceptedAlready` or `DossierRefused` unless the draft still waits for a word."""
        require_for(self.officer, Kind.SUPPLEMENT_ASKED, Kind.REFUSED)
        with self.journal.reading() as tx:
            _open_stage(entries.history(tx, draft.id))

    def __call__(self, draft: Draft, planned: Planned, by: TypedPin | Pen) -> Document:
        """Return the paper, kept. One PIN attempt, or for the pen. Raises what `IssueSlip` raises."""
        pen = checked_reason(by.reason) if isinstance(by, Pen) else ""
        if isinstance(by, Pen) and not pen:
            raise PenReasonMissing
        made_at = self.now()
        day = made_at.astimezone(VIETNAM).date()
        number = self.numbering.upcoming_reply(self.journal, planned.document, day)
        in_book = None if self.outgoing is None else self.outgoing.upcoming(day.year)
        base = self._made(planned, self._printed(number, in_book), made_at, pen)
        document = Document(new_id(), draft.id, planned.document, "", (), by_pen=bool(pen))
        line = self.documents.filed(
            Made(document, base, None if isinstance(by, Pen) else self._sign(base, by))
        )
        with self.journal.act(self.signer) as act:
            before = _open_stage(entries.history(act.tx, draft.id))
            self.numbering.take_reply(act, planned.document, act.now.astimezone(VIETNAM).date(), number)
            told = Told(number.code, number.series, number.value, act.now, self.officer.name, before)
            turn = self.documents.begin(act, document, line)
            body = issued_body(document, line) | planned.body(told) | ({"pen": pen} if pen else {})
            act.add(draft.id, planned.entry, with_turn(body, turn))
            if self.outgoing is not None and in_book is not None:
                self.outgoing.take(act, day.year, in_book, planned.document.value, draft.id)
            planned.settle(act)
        return document_in(self.projection.after_act(draft.id), document.id)

    def _printed(self, number: ReplyNumber, in_book: int | None) -> str:
        """Return what stands after `Số`: the book's number or the counter's own; "": dots for the pen."""
        if self.outgoing is not None:
            return "" if in_book is None else str(in_book)
        return "" if self.number_in_dots else number.printed

    def _made(self, planned: Planned, number: str, made_at: datetime, pen: str) -> bytes:
        """Return the form with its empty signature fields."""
        issuing = ReplyIssuing(
            made_at=made_at,
            number=number,
            officer=self.officer.name,
            fields=self.documents.fields[planned.document],
            pen_reason=pen,
        )
        rendered = render(planned.facts(self.numbering.unit, issuing))
        prepared = pades.prepare(rendered.pdf, rendered.boxes)
        require_archivable(prepared)
        return prepared

    def _sign(self, base: bytes, typed: TypedPin) -> Signed:
        with self.bench.unlocked(typed) as session:
            return self.bench.sign(base, SignatureField.OFFICER, session)


def _open_stage(history: Sequence[Entry]) -> Status | None:
    before = stage_of(history)
    if before is Status.RECEIVED:
        raise AcceptedAlready
    if before is Status.REFUSED:
        raise DossierRefused
    return before
