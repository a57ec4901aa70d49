"""The words of Mẫu 01, field for field, in the order and wording of TT 03/2025/TT-VPCP, Phụ lục I."""

from collections.abc import Sequence
from datetime import datetime

from clerk_app.clock import in_vietnam
from clerk_app.forms.lines import NBSP, Paragraph, Run, said
from clerk_app.forms.slip_facts import Party, SlipFacts
from clerk_app.forms.typeface import Face, printable

TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
DOCUMENT_TITLE = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_APART = f" {NBSP}{NBSP}"  # between two fields on one line
_CODE_SCALE, _CODE_LEAST = 1.75, 21.0  # times the size of the text; points that are readable from one metre
_DUE_SCALE, _DUE_LEAST = 1.08, 12.0


def slip_paragraphs(facts: SlipFacts) -> tuple[Paragraph, ...]:
    """Return the statutory text from the dossier code to the register, without header and signatures."""
    return (*_opening(facts), *_people(facts), *_papers(facts), *_closing(facts))


def day_in_words(place: str, moment: datetime) -> str:
    """Return e.g. "Luyện Tập, ngày 23 tháng 11 năm 2026"."""
    return f"{printable(place)}, ngày {in_vietnam(moment):%d tháng %m năm %Y}"


def _opening(facts: SlipFacts) -> tuple[Paragraph, ...]:
    return (
        Paragraph((Run("Mã hồ sơ: ", Face.BOLD), Run(facts.code, Face.BOLD, _CODE_SCALE, _CODE_LEAST))),
        field(
            "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả ",
            said(printable(facts.unit_name), Face.BOLD),
        ),
    )


def _people(facts: SlipFacts) -> tuple[Paragraph, ...]:
    party = facts.applicant
    name = said(printable(party.name), Face.BOLD)
    lines = [
        field("Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: ", name),
        field("Số định danh cá nhân/tổ chức: ", said(printable(party.id_number))),
        field("Địa chỉ: ", said(printable(party.address))),
        contact(party),
    ]
    if facts.grantor is not None:
        lines += _grantor(facts.grantor, facts.authorisation)
    return tuple(lines)


def _grantor(party: Party, authorisation: str) -> tuple[Paragraph, ...]:
    number = said(printable(party.id_number))
    return (
        field("(Trường hợp ủy quyền) Họ và tên người ủy quyền: ", said(printable(party.name), Face.BOLD)),
        field("Địa chỉ của người ủy quyền: ", said(printable(party.address))),
        Paragraph((Run("Số định danh cá nhân: "), number, Run(_APART), *contact(party).runs)),
        field("Giấy tờ ủy quyền: ", said(printable(authorisation))),
    )


def _papers(facts: SlipFacts) -> tuple[Paragraph, ...]:
    """List what was handed in.

    The "1. 2. 3. …" of the blank form stand for a list as long as it is, not for three lines: on a signed slip an
    empty number would be room to write in what was never handed in.
    """
    heading = field("Nội dung yêu cầu giải quyết: ", said(printable(facts.request)))
    listed = numbered(facts.papers)
    none = "" if listed else " không có."
    return (heading, Paragraph((Run(f"Thành phần hồ sơ nộp gồm:{none}"),)), *listed)


def _closing(facts: SlipFacts) -> tuple[Paragraph, ...]:
    book = ("Vào Sổ theo dõi hồ sơ, Quyển số ", said(facts.book), Run(" Số thứ tự "), said(facts.book_number))
    return (
        kept(f"Số lượng hồ sơ: {facts.sets:02d} (bộ)"),
        kept("Thời gian giải quyết hồ sơ theo quy định là: ", said(printable(facts.time_limit))),
        kept("Thời gian nhận hồ sơ: ", Run(_moment(facts.received_at))),
        kept(
            "Thời gian trả kết quả giải quyết hồ sơ: ",
            Run(_moment(facts.due_at), Face.BOLD, _DUE_SCALE, _DUE_LEAST),
        ),
        kept("Đăng ký nhận kết quả tại: ", said(printable(facts.return_at))),
        kept(*book, Run(" (nếu có)")),
    )


def numbered(items: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return the items as a numbered list."""
    return tuple(
        Paragraph((Run(f"{number}.{NBSP}{printable(item)}"),), hang=1.0 if number < 10 else 1.5)
        for number, item in enumerate(items, start=1)
    )


def contact(party: Party) -> Paragraph:
    """Return phone and e-mail on one line."""
    phone, email = said(printable(party.phone)), said(printable(party.email))
    return field("Số điện thoại: ", phone, Run(f"{_APART}Email: "), email)


def field(label: str, *values: Run) -> Paragraph:
    """Return a label of the form with what stands after it."""
    return Paragraph((Run(label), *values))


def kept(label: str, *values: Run) -> Paragraph:
    """The same, to stand on the page of the signatures."""
    return Paragraph((Run(label), *values), keep=True)


def _moment(moment: datetime) -> str:
    """Return "09 giờ 05 phút, ngày 23 tháng 11 năm 2026", broken only after the comma."""
    local = in_vietnam(moment)
    hour, day = f"{local:%H giờ %M phút},", f"{local:ngày %d tháng %m năm %Y}"
    return f"{hour.replace(' ', NBSP)} {day.replace(' ', NBSP)}"
