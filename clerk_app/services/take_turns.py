"""Further turns at another counter: what waits there, and the request to central for its turn."""

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.domain.approval import Elsewhere
from clerk_app.domain.document import Document, SignatureField
from clerk_app.domain.kinds import Kind
from clerk_app.domain.own_work import Signatory
from clerk_app.domain.turn import Turn, turn_members
from clerk_app.services.own_work import barred
from clerk_app.services.roles import Permit
from clerk_app.services.send_back import SIGNS
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.projection import Projection, document_in
from sync import authors
from sync.entry import Signer
from sync.journal import Act, Journal, revisions


@dataclass(frozen=True, slots=True)
class TakeTurns:
    """Central decides by the order in which requests reach it: whoever comes second gets nothing, and reads so."""

    journal: Journal
    archive: Archive
    projection: Projection
    permit: Permit
    signer: Signer
    device: str  # author of the device: it is the counter that holds a turn
    who: Signatory
    field: SignatureField

    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """Return what waits for this field and cannot be signed here yet, oldest dossier first; not one's own work. Raises `NotYourRole`."""
        self.permit.require(SIGNS[self.field])
        with self.archive.reading() as view:
            found = dossiers.with_turn(view, self.field.value)
        with self.journal.reading() as tx:
            here = frozenset(revisions.held(tx, self.field.value, self.device))
        known = authors.known(self.journal)
        return tuple(
            Elsewhere(
                document=document.id,
                code=dossier.code,
                person=dossier.applicant.owner.name,
                holder="" if document.turn.holder == self.device else document.turn.holder,
                asked=document.turn.holder == self.device,
                machine=known.called(document.turn.holder),
            )
            for dossier, document in found
            if document.turn is not None
            and document.id not in here
            and barred(self.who, dossier, document, self.field) is None
        )

    def __call__(self, documents: Sequence[str], *, from_others: bool = False) -> int:
        """Ask for the turn of each and return of how many; the next exchange brings the answer and the papers.

        What another counter holds is asked for only with `from_others`: a signature that is made there afterwards has
        no effect. Raises `NotYourRole`.
        """
        self.permit.require(SIGNS[self.field])
        return sum(self._ask(document, from_others=from_others) for document in documents)

    def _ask(self, id: str, *, from_others: bool) -> bool:
        dossier, _ = self.projection.document(id)
        with self.journal.act(self.signer) as act:
            now = document_in(self.projection.dossier_in(act.tx, dossier.id), id)
            if not self._may_ask(act, now, from_others=from_others):
                return False
            turn = turn_members(id, now.turn, Turn(self.field.value, self.device))
            act.add(dossier.id, Kind.TURN_TAKEN, {"v": 1, "document": {"id": id}, **turn})
        self.projection.refresh()
        return True

    def _may_ask(self, act: Act, now: Document, *, from_others: bool) -> bool:
        if not now.valid or now.sent_back or now.turn is None or now.turn.field != self.field.value:
            return False
        held = revisions.turn(act.tx, now.id)
        if now.turn.holder == self.device or (held is not None and held.holder == revisions.PERSON):
            return False
        return from_others or not now.turn.holder
