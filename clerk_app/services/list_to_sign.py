"""List what waits at this counter for a leader's signature, or for the seal: exceptions first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clerk_app.clock import in_vietnam
from clerk_app.domain.approval import ToSign, arranged
from clerk_app.domain.document import ShownDocument, SignatureField
from clerk_app.domain.own_work import Signatory
from clerk_app.progress import Progress
from clerk_app.services.own_work import barred
from clerk_app.services.roles import Permit
from clerk_app.services.send_back import SIGNS
from clerk_app.store.dossiers import NoSuchDocument
from clerk_app.store.projection import Projection
from sync.journal import Journal, deliveries, revisions


@dataclass(frozen=True, slots=True)
class ListToSign:
    """Of one field. `share`: per cent of the list that policy wants opened by chance."""

    journal: Journal
    projection: Projection
    permit: Permit
    device: str  # author of the device: it holds the turns
    who: Signatory
    field: SignatureField
    share: int
    now: Callable[[], datetime]

    def __call__(self, watch: Progress | None = None) -> tuple[ToSign, ...]:
        """Return what this counter may sign now. Raises `NotYourRole`, and `Cancelled` for a watcher who left."""
        self.permit.require(SIGNS[self.field])
        with self.journal.reading() as tx:
            held = revisions.held(tx, self.field.value, self.device)
            flagged = frozenset(each.entry.subject for each in deliveries.flagged(tx))
        found = self._read(held, flagged, watch or Progress())
        return arranged(tuple(found), self.share)

    def _read(self, held: tuple[str, ...], flagged: frozenset[str], watch: Progress) -> Iterator[ToSign]:
        today = in_vietnam(self.now()).date()
        for done, waiting in enumerate(held):
            watch.step(done, len(held))
            try:
                dossier, document = self.projection.document(waiting)
            except NoSuchDocument:
                continue  # its entries are not here, or not yet
            if not document.valid or document.sent_back:
                continue
            yield ToSign(
                shown=ShownDocument(document.id, document.head),
                kind=document.kind,
                field=self.field,
                dossier=dossier.id,
                code=dossier.code,
                person=dossier.applicant.owner.name,
                procedure=dossier.procedure,
                procedure_title=dossier.procedure_title,
                received_by=dossier.received_by,
                due_at=dossier.due_at,
                issue=document.issue,
                flagged=dossier.id in flagged,
                barred=barred(self.who, dossier, document, self.field),
                late=dossier.due_at is not None and in_vietnam(dossier.due_at).date() < today,
            )
