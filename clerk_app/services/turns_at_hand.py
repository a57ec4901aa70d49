"""Which turns may go from here to another counter by hand, and which have gone and not come back."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.document import Document, SignatureField
from clerk_app.domain.dossier import Dossier, SendState
from clerk_app.domain.handing import FURTHER_FIELDS, HandedOut, ToHand, read_handing
from clerk_app.domain.kinds import Kind
from clerk_app.domain.turn import Turn
from clerk_app.services.turn_history import last_passed
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.dossiers import NoSuchDocument
from clerk_app.store.projection import Projection, body_of, document_in
from sync.entry import Entry
from sync.journal import Journal, Tx, deliveries, entries, revisions
from sync.journal.entries import TO_SEND


@dataclass(frozen=True, slots=True)
class TurnsAtHand:
    journal: Journal
    archive: Archive
    projection: Projection
    device: str  # author of the device
    alone: Callable[[], bool]  # whether the last round did not reach central

    def waiting(self) -> tuple[ToHand, ...]:
        """Return what may be handed over from here, oldest dossier first."""
        alone, found = self.alone(), []
        for document in self._candidates():
            try:
                dossier, _ = self.projection.document(document)
            except NoSuchDocument:
                continue  # its entries are not here, or not yet
            with self.journal.reading() as tx:
                if (each := self.to_hand(tx, dossier.id, document, alone=alone)) is not None:
                    found.append((dossier.received_at, each))
        return tuple(each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].document)))

    def out(self) -> tuple[HandedOut, ...]:
        """Return what was handed over from here and has not come back, oldest dossier first."""
        with self.archive.reading() as view:
            told = [pair for field in FURTHER_FIELDS for pair in dossiers.with_turn(view, field.value)]
        with self.journal.reading() as tx:
            found = [self._handed_out(tx, *pair) for pair in told if self._is_elsewhere(pair[1])]
        return tuple(each for each in found if each is not None)

    def to_hand(self, tx: Tx, subject: str, document_id: str, *, alone: bool) -> ToHand | None:
        """Return a document whose turn is here, or is nobody's by what was done here; None for another one.

        What central knows to be free may be taken there by another counter: it goes by hand only while central is away.
        """
        dossier = self.projection.dossier_in(tx, subject)
        document = document_in(dossier, document_id)
        noted = revisions.turn(tx, document_id)
        if not _may_move(dossier, document) or noted is None or noted.holder == revisions.PERSON:
            return None
        field = document.turn.field if document.turn else noted.field
        if field not in FURTHER_FIELDS:
            return None
        told_so = document.turn is None or document.turn == Turn(field, self.device)
        unsure = False
        if noted.holder != self.device or not told_so:
            passed = self._passed_here(tx, subject, document)
            if passed is None:
                return None
            unsure = not _is_only_here(tx, passed)
        if unsure and not alone:
            return None
        person = dossier.applicant.owner.name
        return ToHand(document_id, subject, dossier.code, person, SignatureField(field), unsure)

    def _candidates(self) -> tuple[str, ...]:
        names = [field.value for field in FURTHER_FIELDS]
        with self.archive.reading() as view:
            told = [document.id for name in names for _, document in dossiers.with_turn(view, name)]
        with self.journal.reading() as tx:
            held = [document for name in names for document in revisions.held(tx, name, self.device)]
        return tuple(dict.fromkeys((*held, *told)))

    def _passed_here(self, tx: Tx, subject: str, document: Document) -> Entry | None:
        """Return the act of this counter that left the turn to whoever takes it."""
        if document.turn is None or document.turn.holder not in ("", self.device):
            return None
        passed = last_passed(self.projection.counted(tx, subject), document.id)
        return passed if passed is not None and entries.is_ours(tx, passed.chain) else None

    def _is_elsewhere(self, document: Document) -> bool:
        return document.turn is not None and document.turn.holder not in ("", self.device)

    def _handed_out(self, tx: Tx, dossier: Dossier, document: Document) -> HandedOut | None:
        passed = last_passed(self.projection.counted(tx, dossier.id), document.id)
        if passed is None or passed.kind != Kind.TURN_HANDED or not entries.is_ours(tx, passed.chain):
            return None
        told = read_handing(body_of(passed))
        if told is None:
            return None
        person = dossier.applicant.owner.name
        return HandedOut(
            document.id, dossier.id, dossier.code, person, told.bundle, told.receiver, passed.occurred_at
        )


def _is_only_here(tx: Tx, passed: Entry) -> bool:
    """Whether nobody else can know yet that the turn is free. One that was asked for, others know to be so."""
    delivery = deliveries.of_entry(tx, passed.id)
    return passed.kind != Kind.TURN_TAKEN and delivery is not None and delivery.verdict in TO_SEND


def _may_move(dossier: Dossier, document: Document) -> bool:
    return document.valid and not document.sent_back and dossier.sending is not SendState.PARKED
