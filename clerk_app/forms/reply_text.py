"""The words of Mẫu 02 and Mẫu 03, field for field, in the order and wording of TT 03/2025/TT-VPCP, Phụ lục I."""

from clerk_app.domain.document import DocumentKind
from clerk_app.forms.lines import Paragraph, Run, said
from clerk_app.forms.reply_facts import ReplyFacts
from clerk_app.forms.slip_text import contact, field, kept, numbered
from clerk_app.forms.typeface import Face, printable

TITLES = {
    DocumentKind.SUPPLEMENT: "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    DocumentKind.REFUSAL: "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
}
DOCUMENT_TITLES = {
    DocumentKind.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    DocumentKind.REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
}
_SYMBOLS = {DocumentKind.SUPPLEMENT: "PBS", DocumentKind.REFUSAL: "PTC"}


def number_line(facts: ReplyFacts) -> str:
    """Return "Số: …/PBS-TTPVHCC (BPTNTKQ)", or PTC, with dots where the number is written by hand."""
    number = printable(facts.number) or "............"
    return f"Số: {number}/{_SYMBOLS[facts.kind]}-TTPVHCC (BPTNTKQ)"


def reply_paragraphs(facts: ReplyFacts) -> tuple[Paragraph, ...]:
    """Return the statutory text, without header and signatures."""
    return _supplement(facts) if facts.kind is DocumentKind.SUPPLEMENT else _refusal(facts)


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


def _lines(label: str, text: str) -> tuple[Paragraph, ...]:
    """Return what the officer wrote, a paragraph a line; the label stands before the first."""
    first, *more = [line for line in text.splitlines() if line.strip()] or [""]
    return (field(label, said(printable(first))), *(field("", Run(printable(line))) for line in more))
