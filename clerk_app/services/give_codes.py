"""Cấp mã cho số tạm: what was received under a provisional number gets its code, and a signed paper that names both.

As with a slip the number comes first, in one transaction with its entry; then the paper is made, signed and kept. What
stops in between is signed later, under the same code.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.approval import Batch
from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.document import Document, DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.issuing import issued_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.legal_code import CodeWaiting, code_given_body, waits_for_code
from clerk_app.domain.officer import Officer, Role
from clerk_app.domain.reason import checked_reason
from clerk_app.domain.reply import Pen
from clerk_app.domain.token_card import TypedPin
from clerk_app.domain.turn import with_turn
from clerk_app.errors import Notice, OfficeError
from clerk_app.forms.code_notice import code_notice_facts
from clerk_app.forms.reply import render
from clerk_app.forms.reply_facts import ReplyIssuing
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.books import OutgoingNumbers
from clerk_app.services.keep_documents import KeepDocuments, Made
from clerk_app.services.numbering import Numbering
from clerk_app.services.roles import require_role
from clerk_app.services.signature_bench import SignatureBench, require_archivable
from clerk_app.services.slip_for_pen import PenReasonMissing
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.projection import Projection, document_in
from signing import pades
from signing.token import Session
from sync.entry import Signer, new_id
from sync.journal import Journal, deliveries

_GIVING = "Đang cấp mã"


class NoRangeForCodes(OfficeError):
    message = "Chưa có dải số của hôm nay để cấp mã."
    remedy = "Gửi, nhận dữ liệu khi có mạng rồi cấp lại; số tạm trên giấy hẹn vẫn dùng được."


class NoCodeNeeded(OfficeError):
    message = "Hồ sơ {code} không chờ cấp mã."
    remedy = "Mở hồ sơ trong sổ theo dõi để xem mã và thông báo đã cấp."


@dataclass(frozen=True, slots=True)
class GiveCodes:
    journal: Journal
    archive: Archive
    projection: Projection
    numbering: Numbering
    bench: SignatureBench
    documents: KeepDocuments
    officer: Officer
    signer: Signer
    outgoing: OutgoingNumbers | None  # the book from which the notices are numbered; None: by the pen
    words: str  # setting: what the paper says beside the two codes; "": the usual sentence
    now: Callable[[], datetime]

    def waiting(self) -> tuple[CodeWaiting, ...]:
        """Return what was received at this counter under a provisional number and waits, oldest first."""
        with self.archive.reading() as view:
            found = dossiers.code_waits(view)
        with self.journal.reading() as tx:
            ours = deliveries.ours_among(tx, [each.entry_hash for each in found])
        return tuple(_waiting(each) for each in found if each.entry_hash in ours)

    def __call__(self, listed: Sequence[str], by: TypedPin | Pen, progress: Progress | None = None) -> Batch:
        """Give each dossier (id) its code and the signed paper that tells of it; one PIN for the list, or a pen.

        One that cannot be done is named in `refused` (by dossier id) and holds up no other. Without numbers of today
        it ends there. Raises `NotYourRole`, `PenReasonMissing`, and what the token raises before the first paper.
        """
        require_role(self.officer, Role.OFFICER)
        pen = checked_reason(by.reason) if isinstance(by, Pen) else ""
        if isinstance(by, Pen) and not pen:
            raise PenReasonMissing
        done: list[Document] = []
        refused: dict[str, Notice] = {}
        stopped: Notice | None = None
        wanted, watched = tuple(dict.fromkeys(listed)), progress or Progress()
        try:
            with self._session(by) as session:
                for number, dossier in enumerate(wanted):
                    watched.step(number, len(wanted), _GIVING)
                    try:
                        done.append(self._one(dossier, session, pen))
                    except NoCodeNeeded as failed:
                        refused[dossier] = failed
        except Cancelled:
            pass  # what was signed until then is kept
        except Exception as failed:  # whatever it is, somebody has to know what is signed and what not
            if not (done or refused) or not isinstance(failed, Notice):
                raise
            stopped = failed
        finally:
            if isinstance(by, TypedPin):
                by.wipe()
        settled = {each.dossier for each in done} | refused.keys()
        return Batch(tuple(done), refused, tuple(each for each in wanted if each not in settled), stopped)

    @contextmanager
    def _session(self, by: TypedPin | Pen) -> Iterator[Session | None]:
        if isinstance(by, Pen):
            yield None
            return
        with self.bench.unlocked(by) as session:
            yield session

    def _one(self, id: str, session: Session | None, pen: str) -> Document:
        dossier = self._numbered(id)
        year = self.now().astimezone(VIETNAM).year
        number = None if self.outgoing is None else self.outgoing.upcoming(year)
        base = self._made(dossier, pen, "" if number is None else str(number))
        signed = None if session is None else self.bench.sign(base, SignatureField.OFFICER, session)
        document = Document(new_id(), id, DocumentKind.CODE_NOTICE, "", (), by_pen=session is None)
        line = self.documents.filed(Made(document, base, signed))
        with self.journal.act(self.signer) as act:
            _require_waiting(self.projection.dossier_in(act.tx, id))
            turn = self.documents.begin(act, document, line)
            body = issued_body(document, line) | ({"pen": pen} if pen else {})
            act.add(id, Kind.CODE_NOTICE, with_turn(body, turn))
            if self.outgoing is not None and number is not None:
                self.outgoing.take(act, year, number, document.kind.value, id)
        return document_in(self.projection.after_act(id), document.id)

    def _numbered(self, id: str) -> Dossier:
        """Return the dossier with its code: the number and the entry that says so are one transaction."""
        with self.journal.act(self.signer) as act:
            before = _require_waiting(self.projection.dossier_in(act.tx, id))
            if before.legal_code:
                return before
            taken = self.numbering.take_leased(act, self.journal.chain, act.now.astimezone(VIETNAM).date())
            if taken is None:
                raise NoRangeForCodes
            body = code_given_body(taken.code, taken.series, taken.value, self.officer.name)
            act.add(id, Kind.CODE_GIVEN, body)
        return self.projection.after_act(id)

    def _made(self, dossier: Dossier, pen: str, number: str) -> bytes:
        issuing = ReplyIssuing(
            made_at=self.now(),
            number=number,
            officer=self.officer.name,
            fields=self.documents.fields[DocumentKind.CODE_NOTICE],
            pen_reason=pen,
        )
        rendered = render(code_notice_facts(dossier, self.numbering.unit, issuing, self.words))
        prepared = pades.prepare(rendered.pdf, rendered.boxes)
        require_archivable(prepared)
        return prepared


def _require_waiting(dossier: Dossier) -> Dossier:
    if not waits_for_code(dossier):
        raise NoCodeNeeded(code=dossier.legal_code or dossier.code)
    return dossier


def _waiting(dossier: Dossier) -> CodeWaiting:
    return CodeWaiting(
        dossier.id, dossier.code, dossier.applicant.owner.name, dossier.received_at, dossier.legal_code
    )
