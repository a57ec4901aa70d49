"""The intake screen's words: states, kinds and moments as an officer reads them."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.applicant import PersonKind, Relation
from clerk_app.domain.dossier import Draft
from clerk_app.domain.fee import format_dong
from clerk_app.domain.paper import PaperForm, PaperState, ScanState
from clerk_app.domain.procedure import Fee, FeeChannel, Procedure, ReturnMode, TimeLimit, TimeUnit
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
    return _open_badge(row)


def _open_badge(row: PaperRow) -> tuple[str, Tone]:
    """Return what is asked for on a line on which nothing lies yet."""
    if row.missing:
        words = (
            translate("Intake", "Chưa xuất trình") if row.kind.show_only else translate("Intake", "Còn thiếu")
        )
        return words, Tone.BAD
    if row.asks_for:
        return translate("Intake", "Hỏi người dân"), Tone.NEUTRAL
    if row.kind.one_of:
        return translate("Intake", "Hoặc giấy này"), Tone.NEUTRAL
    return translate("Intake", "Nếu có"), Tone.NEUTRAL


def paper_details(row: PaperRow) -> str:
    """Return the second line of a checklist row: form, scan, reason, condition."""
    kind, laid = row.kind, row.laid
    if row.asks_for:
        needed = "; ".join(_lower(each.title) for each in row.asks_for)
        return translate("Intake", "Dấu cách nếu đúng, khi đó cần: {papers}").format(papers=needed)
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


def time_limit_words(limit: TimeLimit) -> str:
    """Return how long it may take, e.g. "07 ngày làm việc"; papers say it in Vietnamese by themselves."""
    words = {
        TimeUnit.SAME_DAY: translate("Intake", "trong ngày làm việc"),
        TimeUnit.WORKING_HOURS: translate("Intake", "{n} giờ làm việc"),
        TimeUnit.WORKING_DAYS: translate("Intake", "{n} ngày làm việc"),
        TimeUnit.DAYS: translate("Intake", "{n} ngày"),
    }[limit.unit]
    return words.format(n=f"{limit.amount:02d}")


def procedure_details(procedure: Procedure) -> str:
    """Return code, field, time limit and way of return in one line."""
    limit = procedure.time_limit
    said = [procedure.code, procedure.field, _marked(time_limit_words(limit), limit.confirmed)]
    if procedure.return_mode is ReturnMode.AT_ONCE:
        said.append(translate("Intake", "trả ngay"))
    else:
        said.append(translate("Intake", "hẹn trả"))
    if cut_off := limit.cut_off:
        said.append(
            translate("Intake", "sau {hour} tính từ ngày làm việc sau").format(hour=f"{cut_off:%H:%M}")
        )
    if procedure.online_only:
        said.append(translate("Intake", "chỉ nhận trực tuyến"))
    return " · ".join(said)


def procedure_sources(procedure: Procedure) -> str:
    """Return where the procedure and its time limit are written, and where it is resolved if elsewhere."""
    limit = procedure.time_limit
    said = [
        translate("Intake", "Thời hạn: {limit}").format(
            limit=_marked(time_limit_words(limit), limit.confirmed)
        ),
        limit.note,
        _source(limit.source),
    ]
    if procedure.outside_system:
        said.append(translate("Intake", "Giải quyết trên: {name}").format(name=procedure.outside_system))
    return "\n".join(line for line in said if line)


def procedure_title(procedure: Procedure | None) -> str:
    """Return what the citizen asks for; nothing while that is not chosen."""
    return procedure.title if procedure else ""


def fee_words(fees: tuple[Fee, ...]) -> tuple[str, str]:
    """Return the fee at the counter, the first of the table that is taken there: what it is called, and how much."""
    title = translate("Intake", "Lệ phí")
    if not fees:
        return title, translate("Intake", "Không thu")
    here = next((fee for fee in fees if fee.channel is not FeeChannel.ONLINE), fees[0])
    said = _fee(here)
    more = translate("Intake", "{n} mức khác").format(n=len(fees) - 1)
    return _marked(title, here.confirmed or here.amount is None), f"{said} · {more}" if len(
        fees
    ) > 1 else said


def fee_table(fees: tuple[Fee, ...]) -> str:
    """Return every fee with what it is for, who does not pay it, and its source."""
    return "\n".join(line for fee in fees for line in _fee_lines(fee))


def _fee_lines(fee: Fee) -> tuple[str, ...]:
    remarks = "; ".join(each for each in (fee.condition, fee.note) if each)
    said = f"{fee.title}: {_marked(_fee(fee), fee.confirmed)}" + (f" ({remarks})" if remarks else "")
    free = ", ".join(_marked(each.title, each.confirmed) for each in fee.exemptions)
    exempt = translate("Intake", "   Miễn cho: {people}").format(people=free) if free else ""
    source = f"   {_source(fee.source)}" if fee.source else ""
    return tuple(line for line in (said, exempt, source) if line)


def _marked(words: str, confirmed: bool) -> str:
    return words if confirmed else translate("Intake", "{words} (chưa xác nhận)").format(words=words)


def _source(source: str) -> str:
    return translate("Intake", "Nguồn: {source}").format(source=source) if source else ""


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
