"""Give the papers of this counter their proof of time, one after another, whenever the authority answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from clerk_app.domain.document import Document, ProofLevel
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.issuing import Revision, proven_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.proving import Proving
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from clerk_app.proof_settings import ProofSettings
from clerk_app.services.prove_document import ProveDocument, Proven
from clerk_app.settings import Settings
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.projection import Projection
from signing import errors
from signing.proof import Level
from signing.proof_plan import Keeping
from signing.trust import Trust
from sync.entry import Signer
from sync.errors import FileError, HeadMoved
from sync.files import FileStore
from sync.journal import Journal, revisions
from sync.journal.revisions import RevisionKind

_LEVELS = {
    Level.B_B: ProofLevel.NONE,
    Level.B_T: ProofLevel.TIME,
    Level.B_LT: ProofLevel.LONG_TERM,
    Level.B_LTA: ProofLevel.ARCHIVE,
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ProveWaiting:
    """The machine's own work: its entries are the device's. One at a time; may take minutes; acts never wait for it.

    What this counter issued is proven here; what others issued, there.
    """

    journal: Journal
    archive: Archive
    files: FileStore
    projection: Projection
    device: Signer
    policy: ProofSettings
    authority: Callable[[Progress], ProveDocument] | None  # None: none is set up
    now: Callable[[], datetime]
    _hopeless: set[str] = field(default_factory=set)  # heads that no authority can help

    def __call__(self, watch: Progress | None = None) -> Proving:
        """Prove what is due. Stops at the first failure of an authority; raises `Cancelled` between two papers."""
        watched, done = watch or Progress(), 0
        due = tuple(self._due())
        if not due or self.authority is None:
            return self._told(0)
        prove = self.authority(watched)
        for dossier, document in due:
            watched.step(done, len(due))
            try:
                done += self._proven(dossier, document, prove)
            except (errors.TimeStampError, errors.RevocationError) as away:
                watched.step(done, len(due))  # whoever left is no trouble of the authority's
                return self._told(done, away)
        return self._told(done)

    def waiting(self) -> Proving:
        """Return how many papers wait, and since when, without asking anybody."""
        return self._told(0)

    def _due(self) -> Iterator[tuple[Dossier, Document]]:
        """Return what nobody is about to sign: all have, or the next has not for long."""
        old = self.now() - timedelta(hours=self.policy.open_after_hours)
        for dossier, document in self._unproven():
            with self.journal.reading() as tx:
                turn = revisions.turn(tx, document.id)
            if turn is None or not turn.field or dossier.received_at < old:
                yield dossier, document

    def _unproven(self) -> tuple[tuple[Dossier, Document], ...]:
        with self.archive.reading() as view:
            found = dossiers.unproven(view)
        with self.journal.reading() as tx:
            ours = {each.id for _, each in found if revisions.head(tx, each.id) == each.head}
        return tuple(pair for pair in found if pair[1].id in ours and pair[1].head not in self._hopeless)

    def _proven(self, dossier: Dossier, document: Document, prove: ProveDocument) -> bool:
        """Prove one paper; return whether it is proven now. What cannot be helped is left for `diagnose` to tell."""
        try:
            made = prove(self.files.get(document.head), Keeping.SLIP)
            level = ProofLevel.NONE if made.level is None else _LEVELS[made.level]
            if level is not ProofLevel.NONE:
                self._keep(dossier, document, made, level)
                return True
        except (errors.TimeStampError, errors.RevocationError):
            raise
        except HeadMoved:
            return False  # somebody has just signed it: the proof is made anew
        except (errors.SigningError, FileError) as failed:
            log.warning("not_proven", document=document.id, why=type(failed).__name__)
        self._hopeless.add(document.head)
        return False

    def _keep(self, dossier: Dossier, document: Document, made: Proven, level: ProofLevel) -> None:
        revision = None
        if made.steps:
            revision = Revision(self.files.put(made.pdf), document.head, RevisionKind.PROOF.value)
            self.files.check_line([document.head, revision.sha256])
        with self.journal.act(self.device) as act:
            if revision is not None:
                revisions.append(
                    act.tx,
                    revisions.Revision(document.id, revision.sha256, revision.parent, RevisionKind.PROOF),
                )
            elif revisions.head(act.tx, document.id) != document.head:
                raise HeadMoved(document=document.id)
            act.add(dossier.id, Kind.DOCUMENT_PROVEN, proven_body(document, revision, level))
        self.projection.after_act(dossier.id)

    def _told(self, done: int, trouble: Notice | None = None) -> Proving:
        left = self._unproven()
        since = min((dossier.received_at for dossier, _ in left), default=None)
        return Proving(done, len(left), since, len(self._hopeless), self.authority is not None, trouble)


def authority_of(
    settings: Settings, trust: Callable[[], Trust], now: Callable[[], datetime]
) -> Callable[[Progress], ProveDocument] | None:
    """Return how the authority that the settings name is asked; None where they name none."""
    address = settings.proof.time_stamp
    return (lambda watch: ProveDocument.over_http(address, trust(), now, watch)) if address else None
