"""Trả lại: who was to sign a document gives it back unsigned and says why; and it is submitted once more."""

from dataclasses import dataclass

from clerk_app.domain.document import Document, ShownDocument, SignatureField
from clerk_app.domain.issuing import resubmitted_body, sent_back_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.reason import checked_reason
from clerk_app.errors import OfficeError
from clerk_app.services.keep_documents import KeepDocuments
from clerk_app.services.roles import Permit, require_for
from clerk_app.services.sign_turn import DocumentMoved, DocumentReplaced
from clerk_app.store.projection import document_in

SIGNS = {SignatureField.LEADER: Kind.SLIP_APPROVED, SignatureField.SEAL: Kind.SLIP_SEALED}
"""By which act a further turn is signed, and so who may: asked of lists, turns and what is given back as well."""


class SendBackReasonMissing(OfficeError):
    message = "Chưa ghi lý do trả lại."
    remedy = "Ghi ngắn gọn điều cán bộ tiếp nhận phải sửa, rồi bấm Trả lại."


class SentBackAlready(OfficeError):
    message = "Văn bản của hồ sơ {code} đã được trả lại trước đó."
    remedy = "Chờ cán bộ tiếp nhận sửa và trình ký lại."


class NothingSentBack(OfficeError):
    message = "Hồ sơ {code} không có văn bản nào bị trả lại."
    remedy = "Mở lại hồ sơ để xem tình trạng mới nhất."


@dataclass(frozen=True, slots=True)
class SendBack:
    """The paper in the citizen's hands stays valid with the officer's signature; what was found wrong is mended."""

    documents: KeepDocuments
    permit: Permit
    field: SignatureField

    def __call__(self, shown: ShownDocument, reason: str) -> Document:
        """Journal that the document, as it was shown, is not signed and why; it leaves the list of who gave it back.

        Raises `NotYourRole`, `SendBackReasonMissing`, `ReasonTooLong`, `DocumentReplaced`, `DocumentMoved`,
        `SentBackAlready`, `TurnElsewhere`.
        """
        self.permit.require(SIGNS[self.field])
        reason = checked_reason(reason)
        if not reason:
            raise SendBackReasonMissing
        dossier, document = self.documents.projection.document(shown.id)
        if not document.valid:
            raise DocumentReplaced
        if self.documents.as_shown(document, shown.sha256) is None:
            raise DocumentMoved(code=dossier.code)
        self.documents.require_turn(document, self.field)
        with self.documents.journal.act(self.documents.signer) as act:
            now = document_in(self.documents.projection.dossier_in(act.tx, dossier.id), shown.id)
            if not now.valid:
                raise DocumentReplaced
            if now.sent_back:
                raise SentBackAlready(code=dossier.code)
            act.add(dossier.id, Kind.SENT_BACK, sent_back_body(now, self.field, reason))
        return document_in(self.documents.projection.after_act(dossier.id), shown.id)


@dataclass(frozen=True, slots=True)
class Resubmit:
    documents: KeepDocuments
    officer: Officer

    def __call__(self, document_id: str, reason: str = "") -> Document:
        """Journal that the document is to be signed as it is, with what is to be said about it.

        Raises `NotYourRole`, `ReasonTooLong`, `NothingSentBack`.
        """
        require_for(self.officer, Kind.RESUBMITTED)
        reason = checked_reason(reason)
        dossier, _ = self.documents.projection.document(document_id)
        with self.documents.journal.act(self.documents.signer) as act:
            now = document_in(self.documents.projection.dossier_in(act.tx, dossier.id), document_id)
            if not (now.valid and now.sent_back):
                raise NothingSentBack(code=dossier.code)
            act.add(dossier.id, Kind.RESUBMITTED, resubmitted_body(now, reason))
        return document_in(self.documents.projection.after_act(dossier.id), document_id)
