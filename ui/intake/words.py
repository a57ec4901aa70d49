"""The intake screen's words: states, kinds and moments as an officer reads them."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.applicant import PersonKind, Relation
from clerk_app.domain.dossier import Draft
from clerk_app.domain.fee import format_dong
from clerk_app.domain.paper import PaperForm, PaperState, ScanState
from clerk_app.domain.procedure import Fee, Procedure, ReturnMode
from ui.intake.papers_model import PaperRow
from ui.theme import Tone

translate = QCoreApplication.translate


def kind_words(kind: PersonKind) -> str:
    """Return what a person is to the office."""
    return {
        PersonKind.CITIZEN: translate("Intake", "Công dân Việt Nam"),
        PersonKind.FOREIGNER: translate("Intake", "Người nước ngoài"),
        PersonKind.ORGANISATION: translate("Intake", "Tổ chức"),
        PersonKind.NO_PAPERS: translate("Intake", "Không mang giấy tờ"),
    }[kind]


def number_words(kind: PersonKind) -> str:
    """Return what the number of such a person is called."""
    return {
        PersonKind.CITIZEN: translate("Intake", "Số định danh cá nhân"),
        PersonKind.FOREIGNER: translate("Intake", "Hộ chiếu hoặc thẻ tạm trú"),
        PersonKind.ORGANISATION: translate("Intake", "Mã số thuế"),
        PersonKind.NO_PAPERS: translate("Intake", "Số định danh (nếu biết)"),
    }[kind]


def relation_words(relation: Relation) -> str:
    """Return why the submitter may hand the dossier in."""
    return {
        Relation.SELF: translate("Intake", "Chính chủ hồ sơ"),
        Relation.AUTHORISED: translate("Intake", "Người được ủy quyền"),
        Relation.PARENT: translate("Intake", "Cha hoặc mẹ"),
        Relation.GUARDIAN: translate("Intake", "Người giám hộ"),
        Relation.REPRESENTATIVE: translate("Intake", "Người đại diện tổ chức"),
    }[relation]


def way_words(way: str) -> str:
    """Return where the citizen wants the result."""
    return {
        "counter": translate("Intake", "Tại quầy"),
        "post": translate("Intake", "Qua bưu chính"),
        "online": translate("Intake", "Trực tuyến"),
    }.get(way, way)


def paper_badge(row: PaperRow) -> tuple[str, Tone]:
    """Return the state of the paper itself, in words and tone."""
    match row.laid.state:
        case PaperState.PRESENT:
            return translate("Intake", "Đã đủ"), Tone.OK
        case PaperState.ILLEGIBLE:
            return translate("Intake", "Mờ, không đọc được"), Tone.WARN
        case PaperState.NOT_NEEDED:
            return translate("Intake", "Không phải nộp"), Tone.INFO
        case PaperState.SHOWN_ONLY:
            return translate("Intake", "Đã xuất trình"), Tone.INFO
    if row.missing:
        words = (
            translate("Intake", "Chưa xuất trình") if row.kind.show_only else translate("Intake", "Còn thiếu")
        )
        return words, Tone.BAD
    return translate("Intake", "Nếu có"), Tone.NEUTRAL


def paper_details(row: PaperRow) -> str:
    """Return the second line of a checklist row: form, scan, reason, condition."""
    kind, laid = row.kind, row.laid
    said = [form_words(kind.form)]
    if kind.count > 1:
        said.append(translate("Intake", "{n} bản").format(n=kind.count))
    if laid.state is PaperState.NOT_NEEDED:
        said.append(laid.reason or translate("Intake", "chưa ghi lý do"))
    elif laid.state is PaperState.SHOWN_ONLY:
        said.append(translate("Intake", "đã đối chiếu, không quét"))
    elif scan := scan_words(row):
        said.append(scan)
    elif kind.condition:
        said.append(translate("Intake", "nộp khi {condition}").format(condition=_lower(kind.condition)))
    elif kind.replaced_by:
        said.append(translate("Intake", "thay được bằng {database}").format(database=kind.replaced_by))
    return " · ".join(said)


def scan_words(row: PaperRow) -> str:
    """Return how far the scan is, apart from the paper; nothing while there is no paper."""
    laid = row.laid
    pages = len(laid.shown)
    if laid.scan is ScanState.OWED:
        return translate("Intake", "nợ bản quét: {reason}").format(reason=laid.reason)
    if pages:
        return translate("Intake", "đã lưu {n} trang").format(n=pages)
    if laid.state is PaperState.PRESENT and not row.kind.show_only:
        return translate("Intake", "chưa quét")
    return ""


def form_words(form: PaperForm) -> str:
    """Return in which form a paper is wanted."""
    return {
        PaperForm.ORIGINAL: translate("Intake", "Bản chính"),
        PaperForm.COPY: translate("Intake", "Bản sao (đã đối chiếu bản chính)"),
        PaperForm.ELECTRONIC: translate("Intake", "Bản điện tử"),
    }[form]


def procedure_details(procedure: Procedure) -> str:
    """Return code, field, time limit and way of return in one line."""
    said = [procedure.code, procedure.field, procedure.time_limit.in_words]
    if procedure.return_mode is ReturnMode.AT_ONCE:
        said.append(translate("Intake", "trả ngay"))
    else:
        said.append(translate("Intake", "hẹn trả"))
    if cut_off := procedure.time_limit.cut_off:
        said.append(
            translate("Intake", "nhận sau {hour} tính từ ngày làm việc tiếp theo").format(
                hour=f"{cut_off:%H:%M}"
            )
        )
    if procedure.online_only:
        said.append(translate("Intake", "chỉ nhận trực tuyến"))
    return " · ".join(said)


def fee_words(fees: tuple[Fee, ...]) -> str:
    """Return the fee at the counter in one line, the first of the table; money as 12.000 đ."""
    if not fees:
        return translate("Intake", "Không thu")
    more = translate("Intake", "còn {n} mức khác").format(n=len(fees) - 1)
    return f"{_fee(fees[0])} · {more}" if len(fees) > 1 else _fee(fees[0])


def fee_table(fees: tuple[Fee, ...]) -> str:
    """Return every fee with what it is for, a line each; nothing where one line has said it all."""
    lines = (f"{fee.title}: {_fee(fee)}" + (f" ({fee.note})" if fee.note else "") for fee in fees)
    return "\n".join(lines)


def _fee(fee: Fee) -> str:
    if fee.amount is None:
        return translate("Intake", "Theo mức của tỉnh")
    if fee.amount == 0:
        return translate("Intake", "Miễn")
    amount = format_dong(fee.amount)
    return f"{amount}/{fee.per}" if fee.per else amount


def draft_name(draft: Draft) -> str:
    """Return by what an officer finds a draft again."""
    return draft.applicant.owner.name.strip() or translate("Intake", "Chưa có tên")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
