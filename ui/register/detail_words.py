"""A dossier's documents, papers and acts as rows and lines, in the counter's words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.document import Document, SignatureField
from clerk_app.domain.dossier import Gone, GoneBy, SendState
from clerk_app.domain.history import HistoryLine
from clerk_app.domain.paper import LaidPaper, PaperState
from ui import act_words, local_time
from ui.field_words import field_name
from ui.theme import Tone
from ui.widgets.checklist import Row
from ui.widgets.facts import Line

translate = QCoreApplication.translate


def document_row(document: Document) -> Row:
    """Return an issued document: which issue, who signed, how often it was printed, whether it still counts."""
    name = act_words.document(document.kind)
    title = translate("Detail", "{document} · lần cấp {issue}").format(document=name, issue=document.issue)
    printed = translate("Detail", "đã in {count} lần").format(count=document.prints)
    printed = printed if document.prints else translate("Detail", "chưa in")
    detail = f"{_signed(document)} · {printed}"
    if document.without_effect:
        late = translate("Detail", "{count} chữ ký không có hiệu lực").format(
            count=len(document.without_effect)
        )
        detail = f"{late} · {detail}"
    if not document.valid:
        return Row(document.id, title, detail, translate("Detail", "Không còn giá trị"), Tone.NEUTRAL, "x")
    return Row(document.id, title, detail, "", Tone.OK, "file-text")


def paper_row(paper: LaidPaper, title: str) -> Row:
    """Return a paper: its state, its pages, and why it is not there."""
    words, tone = {
        PaperState.PRESENT: (translate("Detail", "Đã nộp"), Tone.OK),
        PaperState.MISSING: (translate("Detail", "Không có"), Tone.NEUTRAL),
        PaperState.ILLEGIBLE: (translate("Detail", "Mờ, không đọc được"), Tone.BAD),
        PaperState.NOT_NEEDED: (translate("Detail", "Không phải nộp"), Tone.INFO),
        PaperState.SHOWN_ONLY: (translate("Detail", "Chỉ xuất trình"), Tone.INFO),
    }[paper.state]
    pages = len(paper.shown)
    count = translate("Detail", "{count} trang").format(count=pages) if pages else ""
    detail = " · ".join(part for part in (words, count, paper.reason) if part)
    return Row(paper.key, title, detail, "", tone)


def act_line(line: HistoryLine, now: datetime) -> Line:
    """Return an act: what, when, by whom, and whether central has it."""
    sent = "" if line.sending is SendState.SENT else act_words.sending(line.sending)[0].lower()
    when = local_time.short(line.occurred_at, now)
    parts = (when, line.author, *(_more(*detail) for detail in line.details), sent)
    tone = Tone.BAD if line.sending is SendState.PARKED else Tone.NEUTRAL
    icon = "" if tone is Tone.BAD else "clock" if sent else "check"
    return Line(act_words.act(line.kind), " · ".join(part for part in parts if part), tone, icon)


def gone_words(gone: Gone) -> tuple[str, str]:
    """Return that the content of a dossier is not here, and what to tell a citizen who asks for it."""
    if gone.by is GoneBy.AGE:
        return (
            translate("Detail", "Hồ sơ đã chuyển lưu trữ."),
            translate("Detail", "Máy này không còn giữ nội dung. Cần xem thì bấm Xem từ máy chủ (F8)."),
        )
    return (
        translate("Detail", "Nội dung hồ sơ đã được xóa."),
        translate("Detail", "Không lấy lại được; còn mã hồ sơ và các mốc giờ."),
    )


def brought_words() -> tuple[str, str]:
    """Return that this was brought from central to be looked at."""
    return (
        translate("Detail", "Đang xem bản ở máy chủ trung tâm."),
        translate("Detail", "Chỉ để xem; máy này không giữ lại."),
    )


def gone_facts(gone: Gone | None) -> list[tuple[str, str]]:
    """Return on what ground the content of a dossier was deleted; nothing for any other."""
    if gone is None or gone.by is GoneBy.AGE:
        return []
    return [
        (translate("Detail", "Căn cứ xóa"), gone.ground),
        (translate("Detail", "Người quyết định"), gone.ordered_by),
        (translate("Detail", "Xóa lúc"), local_time.full(gone.at)),
    ]


def _signed(document: Document) -> str:
    if document.by_pen:
        return translate("Detail", "ký tay")
    names = {
        SignatureField.OFFICER: translate("Detail", "cán bộ"),
        SignatureField.LEADER: translate("Detail", "lãnh đạo"),
        SignatureField.SEAL: translate("Detail", "cơ quan"),
    }
    signed = ", ".join(names[field] for field in document.signed_by)
    if not signed:
        return translate("Detail", "chưa ký")
    proven = translate("Detail", "{who} đã ký số, có dấu thời gian")
    return (proven if document.proof else translate("Detail", "{who} đã ký số")).format(who=signed)


def _more(name: str, value: str) -> str:
    known = {
        "copy": translate("Detail", "bản in thứ {value}"),
        "reason": translate("Detail", "lý do: {value}"),
        "issue": translate("Detail", "lần cấp {value}"),
        "pages": translate("Detail", "{value} trang"),
        "ground": translate("Detail", "căn cứ: {value}"),
        "ordered_by": translate("Detail", "người quyết định: {value}"),
        "again": translate("Detail", "thêm lần nữa vì: {value}"),
        "consent": translate("Detail", "lãnh đạo đồng ý: {value}"),
        "receiver": translate("Detail", "người nhận: {value}"),
        "begun_by": translate("Detail", "người nhập đầu tiên: {value}"),
        "delegated_by": translate("Detail", "theo ủy quyền của {value}"),
    }
    return known[name].format(value=value) if name in known else _changed(name, value)


def _changed(field: str, value: str) -> str:
    """Return what a correction changed; the small print of a person is left out."""
    name = field_name(field)
    return f"{name}: {value}" if name else ""
