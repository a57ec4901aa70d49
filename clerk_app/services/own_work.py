"""Own work is never self-approved: refused before a PIN is asked, with what to do instead."""

from clerk_app.domain.document import Document, SignatureField
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.own_work import Barred, Signatory
from clerk_app.errors import OfficeError


class NotToBeSigned(OfficeError):
    """Of one document alone: it is not to be signed now, and nothing is said of the others of a list."""


class OwnWork(NotToBeSigned):
    message = "Hồ sơ {code} do chính {officer} tiếp nhận hoặc ký giấy ở quầy: không tự ký duyệt."
    remedy = (
        "Giấy đã đưa người dân vẫn có giá trị. Nhờ lãnh đạo khác của đơn vị ký; nếu đơn vị chỉ có một lãnh đạo, "
        "ủy quyền có thời hạn cho người khác (Ký duyệt, F5)."
    )


class OwnDossier(NotToBeSigned):
    message = "Hồ sơ {code} là của chính {officer}, hoặc do {officer} nộp: không tự ký."
    remedy = "Giấy đã đưa người dân vẫn có giá trị. Nhờ người khác có cùng vai trò ký."


_WHY = {Barred.OWN_WORK: OwnWork, Barred.OWN_DOSSIER: OwnDossier}


def barred(who: Signatory, dossier: Dossier, document: Document, field: SignatureField) -> Barred | None:
    """Say why this person may not sign this document; None: nothing stands against it."""
    return who.barred_from(document.kind, field, dossier.done_by, dossier.applicant)


def require_another(who: Signatory, dossier: Dossier, document: Document, field: SignatureField) -> None:
    """Raise `OwnWork` or `OwnDossier` where somebody else has to sign."""
    why = barred(who, dossier, document, field)
    if why is not None:
        raise _WHY[why](code=dossier.code, officer=who.name)
