"""After each round: a document whose turn is ours, or that went on elsewhere, stands here as everybody knows it.

Its papers are fetched from central, each revision checked to begin with the one before; then the turn is ours to use.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import sample
from typing import Any

import structlog

from clerk_app.domain.document import Document
from clerk_app.domain.issuing import Revision, line_of
from clerk_app.domain.kinds import Kind
from clerk_app.domain.turn import Turn, turn_of
from clerk_app.services.files_at_hand import fetched
from clerk_app.services.turn_history import handings
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.projection import Projection, acts_of, body_of, stale_acts
from sync.client import Central
from sync.entry import Entry, Signer
from sync.errors import CentralBusy, CentralError, FileError, Offline
from sync.files import FileStore
from sync.fold import Why
from sync.journal import Journal, Tx, deliveries, entries, references, revisions
from sync.journal.entries import FINAL, OPEN
from sync.journal.revisions import RevisionKind

AT_ONCE = 200  # documents of one round
PATIENCE = 3  # of them that are asked for in vain, by whoever has no time
TAKEN_BY_ANOTHER = "Lượt ký này đã được máy khác nhận."
THERE_ALREADY = "Máy nhận đã xin được lượt ký này qua máy chủ."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class BringDocuments:
    journal: Journal
    archive: Archive
    files: FileStore
    projection: Projection
    device: Signer

    def __call__(self, central: Central) -> None:
        """Look after what moved since last time; what cannot be brought now stays for the next round.

        Raises `Offline` when central is gone.
        """
        with self.archive.reading() as view:
            moved = dossiers.moved_documents(view, AT_ONCE)
        not_now = 0
        for document in sample(
            moved, len(moved)
        ):  # so that one that never comes does not stand before the rest
            try:
                self._bring(document, central)
            except dossiers.NoSuchDocument:
                pass  # its entries are not here any more
            except (
                CentralBusy
            ) as asked:  # a hub too says so of what only the system above has: it is there itself
                log.warning("document_not_brought", document=document, why=type(asked).__name__)
                if (not_now := not_now + 1) == PATIENCE:
                    return
                continue
            except Offline:
                raise
            except (CentralError, FileError) as failed:
                log.warning("document_not_brought", document=document, why=type(failed).__name__)
                continue
            with self.archive.writing() as view:
                dossiers.looked_after(view, document)

    def _bring(self, id: str, central: Central) -> None:
        dossier, document = self.projection.document(id)
        self._give_up_lost_requests(dossier.id, id)
        with self.journal.reading() as tx:
            promised = self.projection.promised(tx, dossier.id)
            turn = turn_of(promised.fields, id)
            here = revisions.head(tx, id)
        ours = turn is not None and turn.holder == self.device.author and document.valid
        if here is None and not ours:
            return  # of another counter, and none of our business
        line = () if here == document.head else self._fetched(id, dossier.id, central)
        with self.journal.writing() as tx:
            if line:
                _follow(tx, id, line)
            self._pass(tx, document, turn)

    def _fetched(self, id: str, subject: str, central: Central) -> Sequence[Revision]:
        """Return the line of a document as it counts now; every state of it lies here and begins with the one before."""
        with self.journal.reading() as tx:
            counted = self.projection.counted(tx, subject)
        line = line_of(id, acts_of(counted), stale_acts(counted))
        for revision in line:
            if not self.files.has(revision.sha256):
                fetched(self.files, central, revision.sha256)
        self.files.check_line([revision.sha256 for revision in line])
        return line

    def _pass(self, tx: Tx, document: Document, turn: Turn | None) -> None:
        """Let the journal's note of the turn follow what central has settled, what was handed to us, and what we passed on since."""
        noted, told = revisions.turn(tx, document.id), document.turn
        if told is None or (noted is not None and noted.holder == revisions.PERSON):
            return
        granted = turn == told and told.holder == self.device.author and document.valid
        revisions.give_turn(
            tx, revisions.Turn(document.id, told.field, self.device.author if granted else "")
        )

    def _give_up_lost_requests(self, subject: str, document: str) -> None:
        """A request that came second needs nobody: another counter has the turn, and the screen says which."""
        with self.journal.reading() as tx:
            lost, needless = list(_lost(tx, subject, document)), list(_needless(tx, subject, document))
        for settled, reason in ((lost, TAKEN_BY_ANOTHER), (needless, THERE_ALREADY)):
            if settled:
                with self.journal.act(self.device) as act:
                    act.add(subject, Kind.SETTLED, {"v": 1, "resolves": settled, "reason": reason})


def _lost(tx: Tx, subject: str, id: str) -> Iterator[str]:
    """Name the requests of this counter for a document's turn that central has refused and nobody has settled."""
    settled = entries.resolved(tx, [subject], FINAL + OPEN)
    for entry in entries.marks(tx, subject):
        if entry.kind == Kind.TURN_TAKEN and entry.id not in settled and entries.is_ours(tx, entry.chain):
            told = body_of(entry).get("document")
            if isinstance(told, Mapping) and told.get("id") == id:
                yield entry.id


def _needless(tx: Tx, subject: str, id: str) -> Iterator[str]:
    """Name our hand-overs that came late at central because the receiver had been granted that very turn."""
    settled = entries.resolved(tx, [subject], FINAL + OPEN)
    granted = {
        turn.holder
        for entry in entries.of_kinds(tx, subject, [Kind.TURN_TAKEN])
        if _is_final(tx, entry.id) and (turn := turn_of(_groups(entry), id)) is not None
    }
    for entry, told in handings(tx, subject):
        delivery = deliveries.of_entry(tx, entry.id)
        late = delivery is not None and delivery.verdict in FINAL and Why.GUARD in delivery.flags
        is_ours = entries.is_ours(tx, entry.chain) and told.document == id
        if is_ours and late and told.receiver in granted and entry.id not in settled:
            yield entry.id


def _is_final(tx: Tx, id: str) -> bool:
    delivery = deliveries.of_entry(tx, id)
    return delivery is not None and delivery.verdict in FINAL


def _groups(entry: Entry) -> Mapping[str, Mapping[str, Any]]:
    told = body_of(entry).get("set")
    return told if isinstance(told, Mapping) else {}


def _follow(tx: Tx, id: str, line: Sequence[Revision]) -> None:
    """Keep the line in the journal; central has all of its files already."""
    revisions.follow(
        tx,
        id,
        [
            revisions.Revision(id, each.sha256, each.parent or None, RevisionKind(each.kind), each.field)
            for each in line
        ],
    )
    for each in line:
        references.uploaded(tx, each.sha256)
