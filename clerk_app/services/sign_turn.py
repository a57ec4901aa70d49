"""A further turn on documents already issued: the leader's, then the seal; one PIN for one frozen list."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Event

import structlog

from clerk_app.domain.approval import Batch
from clerk_app.domain.document import Document, ShownDocument, SignatureField
from clerk_app.domain.kinds import Kind
from clerk_app.domain.own_work import Signatory
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import Notice, OfficeError
from clerk_app.papers.second_core import second_core
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.keep_documents import KeepDocuments
from clerk_app.services.own_work import NotToBeSigned, require_another
from clerk_app.services.roles import Permit
from clerk_app.services.signature_bench import FormNotArchivable, SignatureBench, Signed
from clerk_app.store.dossiers import NoSuchDocument
from clerk_app.store.projection import Projection
from signing import errors
from signing.pades import Check
from signing.token import Session
from signing.validation import validate
from sync.errors import FileError, HeadMoved, TurnElsewhere
from sync.files import FileStore

_AT_ONCE = 3  # one with the token, one before it, one after
_CHECKING, _SIGNING = "Đang kiểm tra", "Đang ký"

log = structlog.get_logger(__name__)


class DocumentReplaced(NotToBeSigned):
    message = "Giấy hẹn này không còn giá trị vì đã cấp lại tờ khác."
    remedy = "Mở hồ sơ và dùng tờ cấp sau cùng."


class DocumentSentBack(NotToBeSigned):
    message = "Văn bản của hồ sơ {code} đã được trả lại: {reason}."
    remedy = "Chờ cán bộ tiếp nhận sửa và trình ký lại."


class DocumentMoved(NotToBeSigned):
    message = "Văn bản của hồ sơ {code} đã khác bản hiện trên màn hình."
    remedy = "Chưa ký văn bản nào, mã PIN chưa được dùng. Mở lại văn bản này để xem bản mới, rồi ký lại."


class BatchCut(OfficeError):
    """Facts: `signed` and `left`, tuples of document ids; every document is in exactly one of them.

    `why` and `then` are the sentence and the remedy of what stopped it.
    """

    message = "Lượt ký dừng giữa chừng: đã ký {done}, còn {rest}. {why}"
    remedy = "{then} Các văn bản đã ký vẫn có giá trị; nhập lại mã PIN để ký tiếp những văn bản còn lại."


_OF_ONE = (  # what may be wrong with one document, while token and PIN are as they should be
    NotToBeSigned,
    NoSuchDocument,
    FormNotArchivable,
    HeadMoved,
    TurnElsewhere,
    FileError,
    errors.Unreadable,
    errors.FieldMissing,
    errors.FieldFilled,
    errors.DocumentLocked,
    errors.DocumentChanged,
    errors.SignatureInvalid,
)


@dataclass(frozen=True, slots=True)
class _InTurn:
    """The session for one document of a list: the token does one thing at a time, in the order of the list."""

    session: Session
    before: Event  # the one before is through with the token
    after: Event

    @property
    def certificate(self) -> bytes:
        return self.session.certificate

    def sign(self, data: bytes) -> bytes:
        self.before.wait()
        try:
            return self.session.sign(data)
        finally:
            self.after.set()


@dataclass(frozen=True, slots=True)
class _Act:
    """What is done with each of a list: which field is filled, and what must be so before it is."""

    field: SignatureField
    check: Callable[[bytes, Check], None] = lambda _, __: None


@dataclass(frozen=True, slots=True)
class SignTurn:
    """What approval and seal have in common. Each document is an act of its own; what was shown is what is signed."""

    projection: Projection
    files: FileStore
    bench: SignatureBench
    documents: KeepDocuments
    permit: Permit
    who: Signatory

    def sign_all(
        self,
        listed: Sequence[ShownDocument],
        typed: TypedPin,
        field: SignatureField,
        check: Callable[[bytes, Check], None],
    ) -> tuple[Document, ...]:
        """Sign exactly the bytes that were shown of each, once; `check` looks at them before the PIN is used.

        Raises `DocumentMoved`, and signs nothing, when the head of one is no longer what was shown; `BatchCut`
        when something fails after the first signature was kept.
        """
        frozen = tuple(self._ready(each, field) for each in dict.fromkeys(listed))
        if not frozen:
            return ()
        for document in frozen:
            check(self.files.get(document.head), validate)
        batch = self._signed(frozen, typed, _Act(field), Progress())
        stopped = batch.stopped or next(iter(batch.refused.values()), None)
        if stopped is None:
            return batch.signed
        if not batch.signed and isinstance(stopped, Exception):
            raise stopped  # nothing was signed: it says all
        raise _cut(batch, stopped)

    def sign_batch(
        self,
        listed: Sequence[ShownDocument],
        typed: TypedPin,
        field: SignatureField,
        check: Callable[[bytes, Check], None],
        watch: Progress,
    ) -> Batch:
        """The same for a long list: one item that cannot be signed is named and holds up no other.

        Here `check` looks at each just before its turn with the token, not at all of them before the PIN.
        The first error of token or PIN ends it; so does the watcher, between two items. What was signed stays.
        Raises `Cancelled` for a watcher who has had enough before the token was asked.
        """
        frozen: list[Document] = []
        refused: dict[str, Notice] = {}
        for done, each in enumerate(dict.fromkeys(listed)):
            watch.step(done, len(listed), _CHECKING)
            try:
                frozen.append(self._ready(each, field))
            except _OF_ONE as failed:
                refused[each.id] = failed
        if not frozen:
            return Batch(refused=refused)
        batch = self._signed(frozen, typed, _Act(field, check), watch)
        return replace(batch, refused={**refused, **batch.refused})

    def _signed(self, frozen: Sequence[Document], typed: TypedPin, act: _Act, watch: Progress) -> Batch:
        """Sign one after another; while the token signs one, the next is prepared and the last is checked."""
        signed: list[Document] = []
        refused: dict[str, Notice] = {}
        stopped: Notice | None = None
        try:
            with (
                second_core(len(frozen)) as check,
                self.bench.unlocked(typed) as session,
                closing(
                    replace(self, bench=replace(self.bench, check=check))._made(frozen, act, session, watch)
                ) as making,
            ):
                for document, made in making:
                    try:
                        kept = self.documents.add_signature(document, act.field, made(), self.bench.may)
                        signed.append(kept)
                    except _OF_ONE as failed:
                        refused[document.id] = failed
        except Cancelled:
            pass  # what was signed until then is kept
        except Exception as failed:  # whatever it is, somebody has to know what is signed and what not
            if not signed and not isinstance(failed, Notice):
                raise
            stopped = _notice(failed)
        done = {document.id for document in signed} | refused.keys()
        left = tuple(document.id for document in frozen if document.id not in done)
        return Batch(tuple(signed), refused, left, stopped)

    def _made(
        self, frozen: Sequence[Document], act: _Act, session: Session, watch: Progress
    ) -> Generator[tuple[Document, Callable[[], Signed]]]:
        """Yield each document with its signed bytes, in order, a few of them in the making."""
        with ThreadPoolExecutor(_AT_ONCE, "sign") as pool:
            making: deque[tuple[Document, Future[Signed]]] = deque()
            before = Event()
            before.set()
            try:
                for done, document in enumerate(frozen):
                    turn = _InTurn(session, before, Event())
                    making.append((document, pool.submit(self._sign, document, act, turn)))
                    before = turn.after
                    if len(making) > _AT_ONCE:
                        yield _of(making.popleft())
                    watch.step(max(done + 1 - len(making), 0), len(frozen), _SIGNING)
                while making:
                    yield _of(making.popleft())
                    watch.step(len(frozen) - len(making), len(frozen), _SIGNING)
            finally:
                for _, future in reversed(making):  # so that none is begun that waits for one never begun
                    future.cancel()

    def require(self, kind: Kind) -> None:
        """Raise `NotYourRole` unless the officer may do this now, by role or delegation."""
        self.permit.require(kind)

    def _ready(self, shown: ShownDocument, field: SignatureField) -> Document:
        """Return the document as it was shown: from here on its head is the hash that is signed."""
        dossier, document = self.projection.document(shown.id)
        if not document.valid:
            raise DocumentReplaced
        document_shown = self.documents.as_shown(document, shown.sha256)
        if document_shown is None:
            raise DocumentMoved(code=dossier.code)
        if document.sent_back:
            raise DocumentSentBack(code=dossier.code, reason=document.sent_back)
        require_another(self.who, dossier, document, field)
        self.documents.require_turn(document_shown, field)
        return document_shown

    def _sign(self, document: Document, act: _Act, turn: _InTurn) -> Signed:
        try:
            pdf = self.files.get(document.head)
            act.check(pdf, self.bench.check)
            return self.bench.sign(pdf, act.field, turn)
        finally:
            turn.after.set()  # also when it never came to the token


def _of(made: tuple[Document, Future[Signed]]) -> tuple[Document, Callable[[], Signed]]:
    document, future = made
    return document, future.result


def _cut(batch: Batch, stopped: Notice) -> BatchCut:
    kept = tuple(document.id for document in batch.signed)
    left = (*batch.refused, *batch.left)
    then = stopped.remedy.format(**stopped.facts)
    return BatchCut(done=len(kept), rest=len(left), why=str(stopped), then=then, signed=kept, left=left)


def _notice(failed: Exception) -> Notice:
    """A bug: its own words may hold anything, and are for no screen."""
    if isinstance(failed, Notice):
        return failed
    log.error("batch_cut", why=type(failed).__name__)
    return OfficeError()
