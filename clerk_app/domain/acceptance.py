"""Whether a draft may be accepted: refusals that name what is wrong, and doubts that only warn.

ProcedureNotChosen · OnlineOnly · OwnerMissing · SubmitterMissing · ImpossibleNumber · ImpossibleTaxCode
SetsImpossible · PaperReasonMissing · ReasonTooLong · ScanMissing · PapersMissing
"""

from datetime import date

from clerk_app.domain.applicant import Applicant, Person, PersonKind, Relation
from clerk_app.domain.contact import phone_warnings
from clerk_app.domain.dossier import Draft
from clerk_app.domain.identity_card import check_personal_number
from clerk_app.domain.paper import PaperState, ScanState
from clerk_app.domain.procedure import Procedure, missing_papers
from clerk_app.domain.reason import checked_reason
from clerk_app.domain.tax_code import check_tax_code
from clerk_app.errors import OfficeError, say


class ProcedureNotChosen(OfficeError):
    message = "Chưa chọn thủ tục."
    remedy = "Gõ vài chữ của tên thủ tục hoặc mã thủ tục rồi chọn."


class OnlineOnly(OfficeError):
    message = "Thủ tục {title} chỉ nhận trực tuyến."
    remedy = "Hỗ trợ người dân nộp trên Cổng Dịch vụ công quốc gia."


class OwnerMissing(OfficeError):
    message = "Chưa có tên chủ hồ sơ."
    remedy = "Đọc mã QR trên thẻ căn cước, hoặc gõ họ và tên."


class SubmitterMissing(OfficeError):
    message = "Chưa có tên người nộp hồ sơ."
    remedy = "Ghi người đang nộp tại quầy, hoặc chọn lại: chủ hồ sơ tự nộp."


class SetsImpossible(OfficeError):
    message = "Số bộ hồ sơ phải từ 1 trở lên."
    remedy = "Ghi lại số bộ hồ sơ."


class PapersMissing(OfficeError):
    """`papers`: the titles as one text; `titles`: the same as a tuple."""

    message = "Còn thiếu: {papers}."
    remedy = "Nhận đủ giấy tờ, ghi lý do không phải nộp, hoặc lập phiếu yêu cầu bổ sung."


class PaperReasonMissing(OfficeError):
    message = "Chưa ghi lý do cho giấy tờ: {paper}."
    remedy = "Ghi ngắn gọn lý do không phải nộp hoặc nợ bản quét."


class ScanMissing(OfficeError):
    message = "Giấy tờ ghi là đã quét nhưng chưa có trang nào: {paper}."
    remedy = "Quét hoặc chọn tệp, hoặc ghi nợ bản quét; tờ giấy đã nhận vẫn được tính là đủ."


def check_draft(draft: Draft, procedure: Procedure | None, today: date | None = None) -> None:
    """Refuse a draft that cannot become a dossier, by the first reason found; see the module for the errors.

    A missing number, phone or scan refuses nothing. `today` is needed only to know birth years to come.
    """
    if procedure is None or not draft.procedure:
        raise ProcedureNotChosen
    if procedure.online_only:
        raise OnlineOnly(title=procedure.title)
    check_applicant(draft.applicant, today)
    if draft.sets < 1:
        raise SetsImpossible
    _check_papers(draft, procedure)


def check_applicant(applicant: Applicant, today: date | None = None) -> None:
    """Refuse people without a name, or with a number that cannot exist."""
    if not applicant.owner.name.strip():
        raise OwnerMissing
    submitter = applicant.submitter
    if applicant.relation is not Relation.SELF and (submitter is None or not submitter.name.strip()):
        raise SubmitterMissing
    for person in (applicant.owner, submitter):
        if person is not None:
            number_warnings(person, today)


def applicant_warnings(applicant: Applicant, today: date | None = None) -> tuple[str, ...]:
    """Return what is unlikely about the people, as Vietnamese sentences; raises for what is impossible."""
    found = [*_person_warnings(applicant.owner, today)]
    if applicant.submitter is not None:
        found += _person_warnings(applicant.submitter, today)
    if applicant.relation is Relation.AUTHORISED and applicant.authorisation is None:
        found.append(say("Chưa ghi giấy ủy quyền (số, ngày, nội dung)."))
    return tuple(dict.fromkeys((*found, *organisation_warnings(applicant))))


def organisation_warnings(applicant: Applicant) -> tuple[str, ...]:
    """Return who is not named although an organisation is the owner: nobody is one and stands at a counter."""
    owner = applicant.owner
    if owner.kind is not PersonKind.ORGANISATION:
        return ()
    found = [] if owner.representative.strip() else [say("Chưa ghi người đại diện của tổ chức.")]
    if applicant.submitter is None:
        found.append(say("Chưa ghi người nộp thay mặt tổ chức (giấy giới thiệu)."))
    return tuple(found)


def number_warnings(person: Person, today: date | None = None) -> tuple[str, ...]:
    """Return what is unlikely about the person's number; raises `ImpossibleNumber` or `ImpossibleTaxCode`.

    An empty number is never wrong; passports are taken as written.
    """
    if not person.id_number.strip():
        return ()
    if person.kind is PersonKind.CITIZEN:
        return check_personal_number(person.id_number, person.birth_date, person.sex, today)
    if person.kind is PersonKind.ORGANISATION:
        return check_tax_code(person.id_number, today)
    return ()


def _person_warnings(person: Person, today: date | None) -> tuple[str, ...]:
    return (*number_warnings(person, today), *phone_warnings(person.phone))


def _check_papers(draft: Draft, procedure: Procedure) -> None:
    titles = {kind.key: kind.title for kind in procedure.papers}
    for paper in draft.papers:
        title = titles.get(paper.key, paper.title or paper.key)
        needs_reason = paper.state is PaperState.NOT_NEEDED or paper.scan is ScanState.OWED
        if not checked_reason(paper.reason) and needs_reason:
            raise PaperReasonMissing(paper=title)
        if paper.scan is ScanState.SCANNED and not paper.files:
            raise ScanMissing(paper=title)
    missing = tuple(kind.title for kind in missing_papers(procedure, draft.papers, draft.applicant))
    if missing:
        raise PapersMissing(papers=", ".join(missing), titles=missing)
