"""Take in a bundle: what another counter signed comes to stand here, and the turns that it hands over may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from clerk_app.domain.issuing import line_of
from clerk_app.domain.kinds import FURTHER_SIGNATURES
from clerk_app.domain.turn import turn_of
from clerk_app.errors import OfficeError
from clerk_app.progress import Progress
from clerk_app.services.turn_history import handings
from clerk_app.store.dossiers import NoSuchDocument, NoSuchDossier
from clerk_app.store.projection import Projection, acts_of, document_in, stale_acts
from sync import authors, bundle
from sync.authors import Authors
from sync.bundle import Bundle, Closed, Paper
from sync.bundle_errors import BundleNotBelieved
from sync.entry import Entry, parse
from sync.errors import EntryForged, EntryMalformed
from sync.files import FileStore
from sync.journal import Journal, Tx, gone, handed, revisions
from sync.journal.revisions import RevisionKind
from sync.keys import Ed25519Signer

_CHECKING, _FILING = "Đang kiểm tra gói", "Đang cất văn bản"

log = structlog.get_logger(__name__)


class SenderUnknown(OfficeError):
    message = "Máy này chưa biết {sender}, nơi gửi gói."
    remedy = "Nối máy chủ trung tâm một lần để nhận danh sách máy của đơn vị, rồi nhận gói lại."


class SenderRevoked(OfficeError):
    message = "{sender}, nơi gửi gói, đã bị thu hồi."
    remedy = "Không dùng gói này; báo người quản trị."


class BundleOutdated(OfficeError):
    message = "Gói này cũ: lượt ký của các văn bản trong gói không còn ở máy này."
    remedy = (
        "Các văn bản đã được ký, đã chuyển lại hoặc bị lấy lại. Cần ký tiếp thì nhờ quầy gửi xuất gói mới."
    )


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came with a bundle."""

    bundle: str  # id
    sender: str  # as people call that counter
    to_sign: tuple[str, ...]  # codes of dossiers whose document may be signed here now
    signed: tuple[str, ...]  # codes of dossiers whose document carries a further signature since
    with_person: tuple[str, ...]  # codes: this counter was restored since, somebody has to look first
    news: int  # entries that were not here
    is_new: bool  # whether anything was not here before


@dataclass(frozen=True, slots=True)
class _Placed:
    """What became of one document."""

    code: str
    ours: bool = False
    with_person: bool = False


@dataclass(frozen=True, slots=True)
class TakeInBundle:
    journal: Journal
    files: FileStore
    projection: Projection
    device: Ed25519Signer

    def __call__(self, file: Path, watch: Progress | None = None) -> TakenIn:
        """Read, check and keep one bundle; harmless to repeat.

        Raises `BundleUnreadable`, `BundleForAnother`, `BundleNotBelieved`, `BundlePlaceFailed`, `SenderUnknown`,
        `SenderRevoked`, `BundleOutdated`, or `Cancelled`; nothing of the bundle is used then.
        """
        watched = watch or Progress()
        closed = bundle.read(file)
        known = authors.known(self.journal)
        opened = self._opened(closed, known)
        found = _believed(opened, known, watched)
        papers = self._not_deleted(opened.papers)
        for done, paper in enumerate(papers):
            watched.step(done, len(papers), _FILING)
            for content in paper.contents:
                self.files.put(content)
        with self.journal.writing() as tx:
            new = handed.take_in(tx, found)
            placed = [self._place(tx, paper) for paper in papers]
        self.projection.refresh()
        return _told(closed, known, papers, placed, self._signed(new), new)

    def _opened(self, closed: Closed, known: Authors) -> Bundle:
        sender = closed.envelope.sender
        if closed.envelope.unit != self.journal.unit:
            raise BundleNotBelieved(reason="gói của một đơn vị khác")
        keys = [key for key in known.keys if key.author == sender]
        if not keys and closed.envelope.receiver == self.device.author:
            raise SenderUnknown(sender=bundle.name_of(sender))
        valid = [key.public_key for key in keys if not key.revoked_at]
        if keys and not valid:
            raise SenderRevoked(sender=known.called(sender))
        return bundle.open_closed(closed, self.device, valid)

    def _not_deleted(self, papers: Sequence[Paper]) -> Sequence[Paper]:
        """Return the papers of which no order says that they have to stay deleted."""
        with self.journal.reading() as tx:
            deleted = gone.redacted_files(tx)
        return [paper for paper in papers if deleted.isdisjoint(paper.line)]

    def _place(self, tx: Tx, paper: Paper) -> _Placed | None:
        """Let a document stand as the entries that count tell it, and its turn be ours if they say so."""
        counted = self.projection.counted(tx, paper.subject)
        try:
            dossier = self.projection.dossier_in(tx, paper.subject)
            document = document_in(dossier, paper.document)
        except (NoSuchDossier, NoSuchDocument):
            return None
        line = line_of(paper.document, acts_of(counted), stale_acts(counted))
        states = tuple(each.sha256 for each in line)
        if states and states == paper.line[: len(states)]:
            revisions.follow(
                tx,
                paper.document,
                [
                    revisions.Revision(
                        paper.document, each.sha256, each.parent or None, RevisionKind(each.kind), each.field
                    )
                    for each in line
                ],
            )
        if revisions.head(tx, paper.document) != document.head:
            log.warning("bundle_paper_not_placed", document=paper.document)
            return _Placed(dossier.code)
        return self._pass(tx, paper, dossier.code, valid=document.valid)

    def _pass(self, tx: Tx, paper: Paper, code: str, *, valid: bool) -> _Placed:
        """Let the journal's note of the turn follow what the entries tell.

        In a journal that was restored since the turn was handed over, it waits for a person: it may have been used in
        the life that is lost.
        """
        turn = turn_of(self.projection.promised(tx, paper.subject).fields, paper.document)
        noted = revisions.turn(tx, paper.document)
        if turn is None:
            return _Placed(code)
        if noted is not None and noted.holder == revisions.PERSON:
            return _Placed(code, with_person=turn.holder == self.device.author)
        ours = turn.holder == self.device.author and valid
        if ours and noted == revisions.Turn(paper.document, turn.field, self.device.author):
            return _Placed(code, ours=True)
        forgotten = ours and self._may_be_forgotten(tx, paper)
        holder = revisions.PERSON if forgotten else self.device.author if ours else ""
        revisions.give_turn(tx, revisions.Turn(paper.document, turn.field, holder))
        return _Placed(code, ours=ours and not forgotten, with_person=forgotten)

    def _may_be_forgotten(self, tx: Tx, paper: Paper) -> bool:
        last = [entry for entry, told in handings(tx, paper.subject) if told.document == paper.document][-1:]
        return bool(last) and handed.is_older_than_this_life(tx, last[0])

    def _signed(self, new: Sequence[Entry]) -> tuple[str, ...]:
        """Return the codes of the dossiers to which a signature came."""
        subjects = dict.fromkeys(entry.subject for entry in new if entry.kind in FURTHER_SIGNATURES)
        return tuple(self.projection.dossier(subject).code for subject in subjects)


def _believed(opened: Bundle, known: Authors, watch: Progress) -> tuple[Entry, ...]:
    """Return the entries once the author of each is known and has signed it; raises `BundleNotBelieved`."""
    found: list[Entry] = []
    for done, way in enumerate(opened.entries):
        if done % 100 == 0:
            watch.step(done, len(opened.entries), _CHECKING)
        try:
            entry = parse(way.header, way.sig, way.salt, way.body)
            known.check(entry)
        except (EntryMalformed, EntryForged) as error:
            raise BundleNotBelieved(reason="một việc trong gói không có chữ ký đúng của người làm") from error
        found.append(entry)
    return tuple(found)


def _told(
    closed: Closed,
    known: Authors,
    papers: Sequence[Paper],
    placed: Sequence[_Placed | None],
    signed: tuple[str, ...],
    new: Sequence[Entry],
) -> TakenIn:
    with_turn = [each for paper, each in zip(papers, placed, strict=True) if paper.handed and each]
    to_sign = tuple(each.code for each in with_turn if each.ours)
    with_person = tuple(each.code for each in with_turn if each.with_person)
    if with_turn and not new and not to_sign and not with_person:
        raise BundleOutdated
    envelope = closed.envelope
    return TakenIn(
        envelope.id, known.called(envelope.sender), to_sign, signed, with_person, len(new), bool(new)
    )
