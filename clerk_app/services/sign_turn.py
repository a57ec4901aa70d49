"""A further turn on documents already issued: the leader's, then the seal; one PIN for one frozen list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from clerk_app.domain.document import Document, ShownDocument, SignatureField
from clerk_app.domain.officer import Officer, Role
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import Notice, OfficeError
from clerk_app.services.keep_documents import KeepDocuments
from clerk_app.services.roles import require_role
from clerk_app.services.signature_bench import SignatureBench
from clerk_app.store.projection import Projection
from signing.token import Session
from sync.files import FileStore

log = structlog.get_logger(__name__)


class DocumentReplaced(OfficeError):
    message = "Giấy hẹn này không còn giá trị vì đã cấp lại tờ khác."
    remedy = "Mở hồ sơ và dùng tờ cấp sau cùng."


class DocumentMoved(OfficeError):
    message = "Văn bản của hồ sơ {code} đã khác bản hiện trên màn hình."
    remedy = "Chưa ký văn bản nào, mã PIN chưa được dùng. Mở lại văn bản này để xem bản mới, rồi ký lại."


class BatchCut(OfficeError):
    """Facts: `signed` and `left`, tuples of document ids; every document is in exactly one of them.

    `why` and `then` are the sentence and the remedy of what stopped it.
    """

    message = "Lượt ký dừng giữa chừng: đã ký {done}, còn {rest}. {why}"
    remedy = "{then} Các văn bản đã ký vẫn có giá trị; nhập lại mã PIN để ký tiếp những văn bản còn lại."


@dataclass(frozen=True, slots=True)
class SignTurn:
    """What approval and seal have in common. Each document is an act of its own; what was shown is what is signed."""

    projection: Projection
    files: FileStore
    bench: SignatureBench
    documents: KeepDocuments
    officer: Officer

    def sign_all(
        self,
        listed: Sequence[ShownDocument],
        typed: TypedPin,
        field: SignatureField,
        check: Callable[[bytes], None],
    ) -> tuple[Document, ...]:
        """Sign exactly the bytes that were shown of each, once; `check` looks at them before the PIN is used.

        Raises `DocumentMoved`, and signs nothing, when the head of one is no longer what was shown; `BatchCut`
        when something fails after the first signature was kept.
        """
        frozen = tuple(self._ready(each, field, check) for each in dict.fromkeys(listed))
        if not frozen:
            return ()
        signed: list[Document] = []
        try:
            with self.bench.unlocked(typed) as session:
                for document in frozen:
                    kept = self._sign(document, field, session)
                    signed.append(kept)
        except Exception as failed:
            if not signed:
                raise
            raise _cut(frozen, signed, failed) from failed
        return tuple(signed)

    def require(self, role: Role) -> None:
        """Raise `NotYourRole` unless the officer has the role."""
        require_role(self.officer, role)

    def _ready(self, shown: ShownDocument, field: SignatureField, check: Callable[[bytes], None]) -> Document:
        """Return the document as it was shown: from here on its head is the hash that is signed."""
        dossier, document = self.projection.document(shown.id)
        if not document.valid:
            raise DocumentReplaced
        if document.head != shown.sha256:
            raise DocumentMoved(code=dossier.code)
        self.documents.require_turn(document, field)
        check(self.files.get(document.head))
        return document

    def _sign(self, document: Document, field: SignatureField, session: Session) -> Document:
        signed = self.bench.sign(self.files.get(document.head), field, session)
        return self.documents.add_signature(document, field, signed)


def _cut(frozen: Sequence[Document], signed: Sequence[Document], failed: Exception) -> BatchCut:
    kept = tuple(document.id for document in signed)
    left = tuple(document.id for document in frozen if document.id not in kept)
    if not isinstance(failed, Notice):  # a bug: its own words may hold anything, and are for no screen
        log.error("batch_cut", why=type(failed).__name__)
        failed = OfficeError()
    then = failed.remedy.format(**failed.facts)
    return BatchCut(done=len(kept), rest=len(left), why=str(failed), then=then, signed=kept, left=left)
