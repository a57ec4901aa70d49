"""Ký tay: the slip printed for the pen; same number, same entry, marked with the reason."""

from dataclasses import dataclass

from clerk_app.domain.document import Document
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.reason import checked_reason
from clerk_app.errors import OfficeError
from clerk_app.services.issue_slip import new_slip, refuse_issued
from clerk_app.services.keep_documents import KeepDocuments, Made
from clerk_app.services.roles import require_for
from clerk_app.services.slip_form import SlipForm
from clerk_app.store.projection import Projection


class PenReasonMissing(OfficeError):
    message = "Chưa ghi lý do ký tay."
    remedy = "Chọn hoặc ghi ngắn gọn lý do, ví dụ: thẻ ký số hỏng."


@dataclass(frozen=True, slots=True)
class SlipForPen:
    projection: Projection
    form: SlipForm
    documents: KeepDocuments
    officer: Officer

    def __call__(self, dossier_id: str, reason: str) -> Document:
        """Return the slip for the pen, kept; raises `SlipIssued`, `PenReasonMissing` or `ReasonTooLong`."""
        require_for(self.officer, Kind.SLIP_FOR_PEN)
        reason = checked_reason(reason)
        if not reason:
            raise PenReasonMissing
        dossier = self.projection.dossier(dossier_id)
        refuse_issued(dossier)
        base = self.form.make(dossier, pen_reason=reason, officer=self.officer.name)
        made = Made(new_slip(dossier, by_pen=True), base, reason=reason)
        return self.documents.issue(dossier, made)
