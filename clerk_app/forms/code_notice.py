"""What the paper prints that tells a citizen the code of a dossier received under a provisional number.

No regulation gives this paper a form, so it says no more than the two codes, and what it says beside them is a setting.
"""

from dataclasses import replace

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.officer import Unit
from clerk_app.forms.reply_facts import ReplyFacts, ReplyIssuing, facts_of
from clerk_app.forms.slip_facts import party_of

USUAL_WORDS = (
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả đã cấp theo số tạm vẫn có giá trị và không phải đổi. "
    "Ông/Bà tra cứu, nhận kết quả bằng mã hồ sơ hoặc bằng số tạm đều được."
)


def code_notice_facts(dossier: Dossier, unit: Unit, issuing: ReplyIssuing, words: str = "") -> ReplyFacts:
    """Return what the paper prints of a dossier that has its code."""
    facts = facts_of(DocumentKind.CODE_NOTICE, party_of(dossier.applicant), dossier.applicant, unit, issuing)
    return replace(
        facts,
        request=dossier.procedure_title,
        reason=words.strip() or USUAL_WORDS,
        provisional=dossier.code,
        code=dossier.legal_code,
        qr=f"{dossier.legal_code}|{dossier.entry_hash[:16]}",
    )
