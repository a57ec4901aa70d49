"""Cấp lại do sai sót: a new slip that replaces the wrong one, under the same code."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.domain.acceptance import check_applicant
from clerk_app.domain.correction import Correction
from clerk_app.domain.document import Document, DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.dossier_body import corrected_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import OfficeError
from clerk_app.services.issue_slip import new_slip
from clerk_app.services.keep_documents import KeepDocuments, Made
from clerk_app.services.roles import require_for
from clerk_app.services.signature_bench import SignatureBench
from clerk_app.services.slip_form import SlipForm
from clerk_app.store.projection import Projection


class NothingToReplace(OfficeError):
    message = "Hồ sơ {code} không có giấy hẹn nào để cấp lại."
    remedy = "Chưa có giấy hẹn thì ký và in như thường; đã trả kết quả thì không cấp lại giấy hẹn nữa."


@dataclass(frozen=True, slots=True)
class ReissueSlip:
    projection: Projection
    form: SlipForm
    bench: SignatureBench
    documents: KeepDocuments
    officer: Officer

    def __call__(self, dossier_id: str, correction: Correction, typed: TypedPin | None) -> Document:
        """Return the new slip, issue n+1; the old one is no longer valid. Without a PIN it is for the pen.

        Correction, new slip and the end of the old one are one act. Raises `NothingToReplace`,
        `NothingCorrected`, `ReasonMissing`, and what `IssueSlip` raises; then nothing has changed.
        """
        try:
            require_for(self.officer, Kind.CORRECTED)
            check_applicant(correction.applicant)
            dossier = self.projection.dossier(dossier_id)
            body = corrected_body(dossier, correction)
            return self.documents.issue(dossier, self.made(dossier, correction, body, typed))
        finally:
            if typed is not None:
                typed.wipe()

    def made(
        self, dossier: Dossier, correction: Correction, body: Mapping[str, Any], typed: TypedPin | None
    ) -> Made:
        """Return the new slip of a dossier whose correction is `body`, signed or for the pen; nothing is kept yet."""
        old = _newest(dossier)
        right = replace(dossier, applicant=correction.applicant, return_channel=correction.return_channel)
        document = new_slip(dossier, by_pen=typed is None, issue=old.issue + 1, replaces=old.id)
        reason = correction.reason.strip()
        base = self.form.make(
            right,
            issue=document.issue,
            replaces=f"giấy cấp lần {old.issue} ({reason})",
            pen_reason="" if typed is not None else "cấp lại, ký tay",
            officer=self.officer.name,
        )
        if typed is None:
            return Made(document, base, reason=reason, corrected=body)
        with self.bench.unlocked(typed) as session:
            signed = self.bench.sign(base, SignatureField.OFFICER, session)
        return Made(document, base, signed, reason, body)


def _newest(dossier: Dossier) -> Document:
    slips = (document for document in dossier.documents if document.kind is DocumentKind.SLIP)
    valid = [document for document in slips if document.valid]
    if not valid or dossier.status is Status.RETURNED:
        raise NothingToReplace(code=dossier.code)
    return max(valid, key=lambda document: document.issue)
