"""Mẫu 02 names everything that is missing and a phone; Mẫu 03 says why; long lists go on to a second page."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from clerk_app.domain.applicant import Applicant, Person, Relation
from clerk_app.domain.document import DocumentKind, SignatureField
from clerk_app.domain.officer import Unit
from clerk_app.domain.reply import Refusal, SupplementRequest
from clerk_app.forms.page import BOTTOM, PAGE_HEIGHT, PAGE_WIDTH, PRACTICE
from clerk_app.forms.pdfa import check_pdfa
from clerk_app.forms.reply import render
from clerk_app.forms.reply_facts import ReplyFacts, ReplyIssuing, refusal_facts, supplement_facts

ISSUING = ReplyIssuing(
    datetime(2026, 11, 23, 2, 15, tzinfo=UTC), "Q3-0001", "Nguyễn Thị Hạnh", (SignatureField.OFFICER,)
)
OWNER = Person("Trần Văn Được", id_number="001089000012", address="Tổ 21, phường Thử", phone="0912345678")
REQUEST = SupplementRequest(
    ("Giấy chứng sinh (01 bản chính)", " ", "Ký lại tờ khai ở trang 2"), "Chưa đủ thành phần."
)
REFUSAL = Refusal("Cấp phép bay", "Không thuộc thẩm quyền.\nĐề nghị nộp nơi khác.", "Điều 13 Luật Hộ tịch")
LONG = (
    "Văn bản ủy quyền theo quy định của pháp luật trong trường hợp ủy quyền thực hiện việc đăng ký; trường hợp"
    " người được ủy quyền là ông, bà, cha, mẹ, con thì không phải chứng thực (01 bản sao)"
)
MISSING = (
    "Số: Q3-0001/PBS-TTPVHCC (BPTNTKQ)",
    "Phường Thử, ngày 23 tháng 11 năm 2026",
    "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    "Hồ sơ của: Trần Văn Được",
    "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
    "Địa chỉ: Tổ 21, phường Thử",
    "Số điện thoại: 0912345678 Email:",
    "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
    "1. Giấy chứng sinh (01 bản chính)",
    "2. Ký lại tờ khai ở trang 2",
    "Lý do: Chưa đủ thành phần.",
    "Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với Nguyễn Thị Hạnh,",
    "số điện thoại 024 0000 0000 để được hướng dẫn./.",
    "NGƯỜI HƯỚNG DẪN",
)
REFUSED = (
    "Số: Q3-0001/PTC-TTPVHCC (BPTNTKQ)",
    "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả",
    "Tiếp nhận hồ sơ của: Trần Văn Được",
    "Số định danh: 001089000012",
    "Địa chỉ: Tổ 21, phường Thử",
    "Mã hồ sơ (nếu có):",
    "Nội dung yêu cầu giải quyết: Cấp phép bay",
    "Qua xem xét,",
    "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
    "Không thuộc thẩm quyền. Đề nghị nộp nơi khác.",
    "Căn cứ: Điều 13 Luật Hộ tịch",
    "Xin thông báo cho Ông/Bà được biết và thực hiện./.",
    "NGƯỜI NỘP HỒ SƠ",
)


@pytest.fixture
def asked(unit: Unit) -> ReplyFacts:
    return supplement_facts(Applicant(OWNER), "Đăng ký khai sinh", REQUEST, unit, ISSUING)


@pytest.fixture
def refused(unit: Unit) -> ReplyFacts:
    return refusal_facts(Applicant(OWNER), REFUSAL, unit, ISSUING)


@pytest.fixture
def read(pdf_file: Callable[[bytes], Path]) -> Callable[[ReplyFacts], str]:
    """Read a paper with poppler, as one text with single spaces."""

    def text(facts: ReplyFacts) -> str:
        told = subprocess.run(
            ["pdftotext", pdf_file(render(facts).pdf), "-"], capture_output=True, check=True, text=True
        )
        return " ".join(told.stdout.split())

    return text


@pytest.mark.parametrize(("form", "labels"), [("asked", MISSING), ("refused", REFUSED)])
def test_every_statutory_field_stands_on_the_page_in_its_order(
    request: pytest.FixtureRequest, read: Callable[[ReplyFacts], str], form: str, labels: tuple[str, ...]
) -> None:
    text = read(request.getfixturevalue(form))
    places = [text.find(label) for label in labels]

    assert [label for label, place in zip(labels, places, strict=True) if place < 0] == []
    assert places == sorted(places)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


@pytest.mark.parametrize("form", ["asked", "refused"])
def test_a_paper_is_archivable_the_same_each_time_and_names_nobody_outside_its_pages(
    request: pytest.FixtureRequest, form: str
) -> None:
    facts = request.getfixturevalue(form)
    pdf = render(facts).pdf

    assert check_pdfa(pdf) == []
    assert pdf == render(facts).pdf
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.docinfo.Title).endswith("– Q3-0001")
        assert OWNER.name not in str(document.docinfo)


def test_fifteen_long_papers_go_on_to_a_second_page_with_its_signature(asked: ReplyFacts) -> None:
    form = render(replace(asked, items=(LONG,) * 15))

    with pikepdf.open(BytesIO(form.pdf)) as document:
        assert len(document.pages) == 2
    assert [box.page for box in form.boxes] == [1]
    assert check_pdfa(form.pdf) == []


@pytest.mark.parametrize("form", ["asked", "refused"])
def test_there_is_room_for_every_signature_that_the_setting_names(
    request: pytest.FixtureRequest, form: str
) -> None:
    facts = request.getfixturevalue(form)
    names = tuple(field.value for field in SignatureField)

    boxes = render(replace(facts, fields=names, reason=LONG * 8, pen_reason="Thẻ hỏng")).boxes

    assert [box.name for box in boxes] == list(names)
    for box in boxes:
        assert 0 < box.x1 < box.x2 < PAGE_WIDTH
        assert BOTTOM < box.y1 < box.y2 < PAGE_HEIGHT
    assert boxes[0].y1 > max(box.y2 for box in boxes[1:])


def test_unknown_values_are_dots_and_the_pen_has_its_reason(
    asked: ReplyFacts, read: Callable[[ReplyFacts], str]
) -> None:
    text = read(replace(asked, number="", phone="", pen_reason="Không thấy thẻ", practice=True))

    assert "Số: ............/PBS-TTPVHCC" in text
    assert "số điện thoại ...." in text
    assert "Ký bằng bút: Không thấy thẻ" in text
    assert PRACTICE in text


def test_mau_02_is_of_the_owner_and_reaches_whoever_brings_the_papers(unit: Unit) -> None:
    brought = Applicant(
        replace(OWNER, phone=""), Person("Lê Thị Nộp", phone="0987654321"), Relation.AUTHORISED
    )

    asked = supplement_facts(brought, "Đăng ký khai sinh", REQUEST, unit, ISSUING)
    refused = refusal_facts(brought, REFUSAL, unit, ISSUING)

    assert (asked.applicant.name, asked.applicant.phone) == (OWNER.name, "0987654321")
    assert asked.kind is DocumentKind.SUPPLEMENT
    assert refused.submitted_by == "Lê Thị Nộp"
