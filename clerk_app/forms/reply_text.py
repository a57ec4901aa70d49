"""The words of Mẫu 02 and Mẫu 03, field for field, in the order and wording of TT 03/2025/TT-VPCP, Phụ lục I.

And of the notice of a code, for which there is no form.
"""

from clerk_app.domain.document import DocumentKind
from clerk_app.forms.lines import Paragraph, Run, said
from clerk_app.forms.reply_facts import ReplyFacts
from clerk_app.forms.slip_text import contact, field, kept, numbered
from clerk_app.forms.typeface import Face, printable

TITLES = {
    DocumentKind.SUPPLEMENT: "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    DocumentKind.REFUSAL: "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    DocumentKind.CODE_NOTICE: "THÔNG BÁO MÃ HỒ SƠ",
}
DOCUMENT_TITLES = {
    DocumentKind.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    DocumentKind.REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    DocumentKind.CODE_NOTICE: "Thông báo mã hồ sơ",
}
_SYMBOLS = {DocumentKind.SUPPLEMENT: "PBS", DocumentKind.REFUSAL: "PTC"}


def number_line(facts: ReplyFacts) -> str:
    """Return "Số: …/PBS-TTPVHCC (BPTNTKQ)", or PTC, with dots where the number is written by hand.

    What has no statutory symbol has room for the whole of it.
    """
    number = printable(facts.number) or "............"
    if facts.kind not in _SYMBOLS:
        return f"Số: {number}/............"
    return f"Số: {number}/{_SYMBOLS[facts.kind]}-TTPVHCC (BPTNTKQ)"


def reply_paragraphs(facts: ReplyFacts) -> tuple[Paragraph, ...]:
    """Return the text, statutory where there is one, without header and signatures."""
    make = {DocumentKind.SUPPLEMENT: _supplement, DocumentKind.CODE_NOTICE: _code_notice}
    return make.get(facts.kind, _refusal)(facts)


def _supplement(facts: ReplyFacts) -> tuple[Paragraph, ...]:
    who = said(", ".join(printable(name) for name in (facts.officer, facts.unit_name) if name))
    return (
        field("Hồ sơ của: ", said(printable(facts.applicant.name), Face.BOLD)),
        field("Nội dung yêu cầu giải quyết: ", said(printable(facts.request))),
        field("Địa chỉ: ", said(printable(facts.applicant.address))),
        contact(facts.applicant),
        Paragraph((Run("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:", Face.BOLD),)),
        *numbered(facts.items),
        *_lines("Lý do: ", facts.reason),
        kept(
            "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với ",
            who,
            Run(" số điện thoại "),
            said(printable(facts.phone), Face.BOLD),
            Run(" để được hướng dẫn./."),
        ),
    )


def _refusal(facts: ReplyFacts) -> tuple[Paragraph, ...]:
    unit = printable(facts.unit_name)
    return (
        field("Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả ", said(unit, Face.BOLD)),
        field("Tiếp nhận hồ sơ của: ", said(printable(facts.applicant.name), Face.BOLD)),
        field("Số định danh: ", said(printable(facts.applicant.id_number))),
        field("Địa chỉ: ", said(printable(facts.applicant.address))),
        contact(facts.applicant),
        field("Mã hồ sơ (nếu có): ", said("")),
        field("Nội dung yêu cầu giải quyết: ", said(printable(facts.request))),
        field(
            "Qua xem xét, ",
            said(unit),
            Run(" thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"),
        ),
        *_lines("", facts.reason),
        *_lines("Căn cứ: ", facts.ground),
        kept("Xin thông báo cho Ông/Bà được biết và thực hiện./."),
    )


def _code_notice(facts: ReplyFacts) -> tuple[Paragraph, ...]:
    return (
        field("Kính gửi: ", said(printable(facts.applicant.name), Face.BOLD)),
        field("Nội dung yêu cầu giải quyết: ", said(printable(facts.request))),
        field("Số tạm đã ghi trên giấy tiếp nhận: ", said(printable(facts.provisional), Face.BOLD)),
        field("Mã hồ sơ: ", said(printable(facts.code), Face.BOLD)),
        *_lines("", facts.reason),
        *([field("Hỏi về hồ sơ: điện thoại ", said(printable(facts.phone)))] if facts.phone else []),
    )


def _lines(label: str, text: str) -> tuple[Paragraph, ...]:
    """Return what the officer wrote, a paragraph a line; the label stands before the first."""
    first, *more = [line for line in text.splitlines() if line.strip()] or [""]
    return (field(label, said(printable(first))), *(field("", Run(printable(line))) for line in more))
