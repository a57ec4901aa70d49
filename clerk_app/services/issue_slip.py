"""Issue the slip: make the form, sign it with the officer's token, check it, keep it; only then is it shown."""

from dataclasses import dataclass

from clerk_app.domain.document import Document, DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import OfficeError
from clerk_app.services.keep_documents import KeepDocuments, Made
from clerk_app.services.roles import require_for
from clerk_app.services.signature_bench import SignatureBench
from clerk_app.services.slip_form import SlipForm
from clerk_app.store.projection import Projection
from sync.entry import new_id
from sync.files import FileStore


class SlipIssued(OfficeError):
    message = "Hồ sơ {code} đã có giấy hẹn."
    remedy = "In lại giấy hẹn; nếu giấy hẹn có chỗ sai, chọn Cấp lại do sai sót."


class NoSlipNeeded(OfficeError):
    message = "Hồ sơ {code} không lập giấy hẹn: chưa được tiếp nhận, hoặc đã trả kết quả."
    remedy = "Mở hồ sơ trong sổ để xem phiếu đã cấp hoặc kết quả đã trả cho ai."


@dataclass(frozen=True, slots=True)
class IssueSlip:
    projection: Projection
    form: SlipForm
    bench: SignatureBench
    documents: KeepDocuments
    files: FileStore
    officer: Officer

    def __call__(self, dossier_id: str, typed: TypedPin) -> Document:
        """Return the signed slip, kept. One PIN attempt; the PIN is wiped whatever happens.

        A slip printed for the pen gets the signature as a new revision. Raises `SlipIssued`, and
        what `TokenRack.unlocked` raises; the dossier then stays as it was, under its number.
        """
        try:
            require_for(self.officer, Kind.SLIP_SIGNED)
            dossier = self.projection.dossier(dossier_id)
            return self._sign_pen_slip(dossier, typed) or self._sign_new(dossier, typed)
        finally:
            typed.wipe()

    def _sign_new(self, dossier: Dossier, typed: TypedPin) -> Document:
        refuse_issued(dossier)
        base = self.form.make(dossier, officer=self.officer.name)
        with self.bench.unlocked(typed) as session:
            signed = self.bench.sign(base, SignatureField.OFFICER, session)
        document = new_slip(dossier, by_pen=False)
        return self.documents.issue(dossier, Made(document, base, signed))

    def _sign_pen_slip(self, dossier: Dossier, typed: TypedPin) -> Document | None:
        document = next((each for each in dossier.documents if _waits_for_token(each)), None)
        if document is None:
            return None
        self.documents.require_turn(document, SignatureField.OFFICER)
        with self.bench.unlocked(typed) as session:
            signed = self.bench.sign(self.files.get(document.head), SignatureField.OFFICER, session)
        return self.documents.add_signature(document, SignatureField.OFFICER, signed)


def new_slip(dossier: Dossier, *, by_pen: bool, issue: int = 1, replaces: str = "") -> Document:
    """Return a slip that has no bytes yet."""
    return Document(
        new_id(), dossier.id, DocumentKind.SLIP, "", (), by_pen=by_pen, issue=issue, replaces=replaces
    )


def refuse_issued(dossier: Dossier) -> None:
    """Raise `SlipIssued` when the dossier already has its slip, `NoSlipNeeded` when it gets none."""
    if dossier.status is Status.RETURNED or not dossier.status.is_accepted:
        raise NoSlipNeeded(code=dossier.code)
    if dossier.status is not Status.RECEIVED:
        raise SlipIssued(code=dossier.code)


def _waits_for_token(document: Document) -> bool:
    return (
        document.kind is DocumentKind.SLIP and document.valid and document.by_pen and not document.signed_by
    )
