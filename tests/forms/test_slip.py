"""The slip says what Mẫu 01 says, field for field, and nothing falls off the page."""

import itertools
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from clerk_app.domain.reason import LONGEST_REASON
from clerk_app.forms.qr import QUIET, qr_modules
from clerk_app.forms.slip import render
from clerk_app.forms.slip_facts import ApplicantMark, Party, SlipFacts

LABELS_IN_ORDER = (
    "Số: 0012/........-TTPVHCC (BPTNTKQ)",
    "Phường Thử, ngày 23 tháng 11 năm 2026",
    "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "Mã hồ sơ: H26.99.01-261123-0012",
    "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả Điểm phục vụ hành chính công phường Thử",
    "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Trần Văn Được",
    "Số định danh cá nhân/tổ chức: 001089000012",
    "Địa chỉ: Tổ 21, phường Thử",
    "Số điện thoại: 0912345678 Email: duoc@example.vn",
    "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
    "Thành phần hồ sơ nộp gồm:",
    "1. Tờ khai đăng ký khai sinh (01 bản chính)",
    "2. Giấy chứng sinh (01 bản chính)",
    "Số lượng hồ sơ: 01 (bộ)",
    "Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
    "Thời gian nhận hồ sơ: 09 giờ 12 phút, ngày 23 tháng 11 năm 2026",
    "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 26 tháng 11 năm 2026",
    "Đăng ký nhận kết quả tại: Điểm phục vụ hành chính công phường Thử, Số 1 đường Thử",
    "Vào Sổ theo dõi hồ sơ, Quyển số",
    "Số thứ tự",
    "(nếu có)",
    "NGƯỜI NỘP HỒ SƠ",
    "(Ký và ghi rõ họ tên)",
)
LONG_TITLE = (
    "Văn bản ủy quyền theo quy định của pháp luật trong trường hợp ủy quyền thực hiện việc đăng ký; trường hợp"
    " người được ủy quyền là ông, bà, cha, mẹ, con thì không phải chứng thực (01 bản sao)"
)
ReadText = Callable[..., str]


def _pages(pdf: bytes) -> int:
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def test_every_statutory_field_stands_on_the_page_in_its_order(facts: SlipFacts, text_of: ReadText) -> None:
    text = text_of(facts)
    places = [text.find(label) for label in LABELS_IN_ORDER]

    assert [label for label, place in zip(LABELS_IN_ORDER, places, strict=True) if place < 0] == []
    assert places == sorted(places)


def test_the_header_names_the_office_the_nation_and_the_motto(facts: SlipFacts, text_of: ReadText) -> None:
    text = text_of(facts)

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "ĐIỂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG THỬ" in text
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in text
    assert "(Chữ ký số của người tiếp nhận hồ sơ nếu là biểu mẫu điện tử)" in text


def test_below_the_rule_stand_phone_originals_and_the_hash(facts: SlipFacts, text_of: ReadText) -> None:
    text = text_of(facts)

    assert "Hỏi về hồ sơ: điện thoại 024 0000 0000" in text
    assert "Bản chính cơ quan giữ: giấy số 1–2 trong thành phần hồ sơ." in text
    assert "0123 4567 89ab cdef" in text
    assert "Phê duyệt điện tử:" in text
    assert "không thay đổi" not in text


def test_the_same_facts_give_the_same_bytes(facts: SlipFacts) -> None:
    assert render(facts).pdf == render(facts).pdf


def test_an_unknown_value_is_left_in_dots_for_the_pen(facts: SlipFacts, text_of: ReadText) -> None:
    text = text_of(replace(facts, number="", applicant=Party()))

    assert "Số: ............/........-TTPVHCC" in text
    assert "Địa chỉ: ..............." in text


def test_a_slip_without_papers_says_so_and_leaves_no_line_to_fill_in(
    facts: SlipFacts, text_of: ReadText
) -> None:
    text = text_of(replace(facts, papers=(), originals=()))

    assert "Thành phần hồ sơ nộp gồm: không có." in text
    assert not re.search(r"^\s*\d\. ?\.*$", text, re.MULTILINE)


def test_a_slip_made_while_alone_says_that_its_code_stays(facts: SlipFacts, text_of: ReadText) -> None:
    text = text_of(replace(facts, code="TAM-Q3-261123-0001", code_stays=True))

    assert "Mã hồ sơ: TAM-Q3-261123-0001" in text
    assert "Mã hồ sơ này không thay đổi." in text


def test_a_practice_slip_says_so_on_every_page(facts: SlipFacts, pdf_file: Callable[[bytes], Path]) -> None:
    practice = replace(facts, practice=True, papers=tuple(f"Giấy tờ thứ {n}" for n in range(1, 60)))
    path = pdf_file(render(practice).pdf)

    for page in ("1", "2"):
        told = subprocess.run(
            ["pdftotext", "-f", page, "-l", page, path, "-"], capture_output=True, text=True, check=True
        ).stdout
        assert "BẢN LUYỆN TẬP – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in told


def test_a_true_slip_does_not_call_itself_practice(facts: SlipFacts, text_of: ReadText) -> None:
    assert "LUYỆN TẬP" not in text_of(facts)


def test_a_reissued_slip_names_what_it_replaces(facts: SlipFacts, text_of: ReadText) -> None:
    again = replace(facts, issue=2, replaces="giấy cấp lần 1 lúc 09:15 (ghi nhầm họ tên)")

    assert "Cấp lần 2, thay thế giấy cấp lần 1 lúc 09:15 (ghi nhầm họ tên)." in text_of(again)


@pytest.mark.parametrize("reason", ["lý do rất dài " * 5000, "x" * 10_000])
def test_a_reason_without_end_leaves_the_statutory_form_on_one_page(
    facts: SlipFacts, text_of: ReadText, reason: str
) -> None:
    endless = replace(
        facts, pen_reason=reason, issue=2, replaces=f"giấy cấp lần 1 ({reason})", read_aloud=True
    )

    assert _pages(render(endless).pdf) == 1
    text = text_of(endless)
    places = [text.find(label) for label in LABELS_IN_ORDER]
    assert min(places) >= 0
    assert places == sorted(places)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert text.count("…") == 2
    assert "Đã đọc lại nội dung giấy này cho người nộp nghe." in " ".join(text.split())


def test_the_longest_reason_that_is_accepted_is_printed_whole(facts: SlipFacts, text_of: ReadText) -> None:
    reason = ("sai tên đệm của người nộp và ngày sinh " * 20)[:LONGEST_REASON].strip()

    by_pen = text_of(replace(facts, pen_reason=reason))
    again = text_of(replace(facts, issue=2, replaces=f"giấy cấp lần 1 ({reason})"))

    assert reason in by_pen
    assert reason in again


def test_a_slip_for_the_pen_says_why_and_asks_for_no_field(facts: SlipFacts, text_of: ReadText) -> None:
    by_pen = replace(facts, pen_reason="Thẻ ký số không phản hồi", fields=())

    assert render(by_pen).boxes == ()
    text = text_of(by_pen)
    assert "Ký bằng bút: Thẻ ký số không phản hồi" in text
    assert "Phê duyệt điện tử" not in text


@pytest.mark.parametrize(
    ("mark", "detail", "said"),
    [
        (ApplicantMark.FINGERPRINT, "ngón trỏ, bàn tay phải", "(Điểm chỉ: ngón trỏ, bàn tay phải)"),
        (ApplicantMark.WITNESS, "Phạm Thị Chứng", "Người làm chứng: Phạm Thị Chứng"),
        (ApplicantMark.INTERPRETER, "", "Người phiên dịch: ......."),
    ],
)
def test_somebody_who_cannot_sign_still_gets_a_slip(
    facts: SlipFacts, text_of: ReadText, mark: ApplicantMark, detail: str, said: str
) -> None:
    text = text_of(replace(facts, mark=mark, mark_detail=detail, read_aloud=True))

    assert said in text
    assert "Đã đọc lại nội dung giấy này cho người nộp nghe." in text


def test_with_an_authorisation_the_one_who_gave_it_is_named(facts: SlipFacts, text_of: ReadText) -> None:
    giver = Party("Lê Thị Mẹ", "001190000001", "Số 2, phường Thử", "0987654321", "me@example.vn")
    text = text_of(replace(facts, grantor=giver, authorisation="Giấy ủy quyền số 12/2026"))

    assert "(Trường hợp ủy quyền) Họ và tên người ủy quyền: Lê Thị Mẹ" in text
    assert "Địa chỉ của người ủy quyền: Số 2, phường Thử" in text
    assert "Số định danh cá nhân: 001190000001 Số điện thoại: 0987654321 Email: me@example.vn" in text
    assert "Giấy tờ ủy quyền: Giấy ủy quyền số 12/2026" in text


def test_twelve_papers_fit_on_one_page_even_with_long_titles(facts: SlipFacts, text_of: ReadText) -> None:
    giver = Party("Lê Thị Mẹ", "001190000001", "Số 2, phường Thử", "0987654321", "me@example.vn")
    full = replace(facts, papers=(LONG_TITLE,) * 12, grantor=giver, authorisation="Giấy ủy quyền")

    assert _pages(render(full).pdf) == 1
    assert f"12. {LONG_TITLE}" in text_of(full)
    assert "Trang 1" not in text_of(full)


def test_twenty_papers_go_on_to_a_numbered_page_and_the_signatures_stand_there(
    facts: SlipFacts, text_of: ReadText
) -> None:
    many = replace(facts, papers=tuple(f"{LONG_TITLE} {n}" for n in range(1, 21)))
    form, text = render(many), text_of(many)

    assert _pages(form.pdf) == 2
    assert {box.page for box in form.boxes} == {1}
    assert "Trang 1/2" in text
    assert "Trang 2/2" in text
    assert all(f"{n}. {LONG_TITLE} {n}" in re.sub(r"\S+ – Trang 1/2 ", "", text) for n in range(1, 21))


def test_two_hundred_papers_are_all_listed(facts: SlipFacts, text_of: ReadText) -> None:
    text = text_of(replace(facts, papers=tuple(f"Giấy tờ số {n}." for n in range(1, 201))))

    assert all(f"{n}. Giấy tờ số {n}." in text for n in range(1, 201))


def test_very_long_values_are_printed_whole(facts: SlipFacts, text_of: ReadText) -> None:
    name = "Nguyễn Phước Tôn Nữ Công Tằng Thị Mỹ Duyên " * 3
    long = replace(
        facts,
        applicant=Party(name.strip(), "001089000012", "Căn hộ 2507, tòa S2, ngõ 123/45 " * 6, "0912345678"),
        submitted_by=name.strip(),
        return_at="Gửi qua dịch vụ bưu chính đến: " + "ngõ 123/45 đường Thử " * 60,
    )
    text = text_of(long)

    assert name.strip() in text
    assert text.count("Căn hộ 2507, tòa S2, ngõ 123/45") == 6
    assert text.count("ngõ 123/45 đường Thử") == 60


def _words(path: Path) -> list[tuple[float, float, float, float, str]]:
    told = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', told)
    return [(*(float(number) for number in row[:4]), row[4]) for row in found]


@pytest.mark.parametrize("mark", ApplicantMark)
@pytest.mark.parametrize("papers", [1, 6, 12])
def test_no_word_lies_upon_another_or_outside_the_page(
    facts: SlipFacts, pdf_file: Callable[[bytes], Path], papers: int, mark: ApplicantMark
) -> None:
    crowded = replace(
        facts,
        papers=(LONG_TITLE,) * papers,
        code_stays=True,
        issue=3,
        replaces="giấy cấp lần 2 (ghi nhầm)",
        read_aloud=True,
        submitted_by="Nguyễn Phước Hoàng Bảo Quốc Tường Vy Thị Kim Ngân Nguyễn Phúc Tôn Nữ Công Tằng",
        mark=mark,
        mark_detail="Công Huyền Tôn Nữ Thị Ngọc Tường Vi Khánh Hòa Đoan Trang Nguyễn Phước Bảo Quốc",
    )
    words = _words(pdf_file(render(crowded).pdf))

    assert all(x1 > 30 and x2 < 595 - 30 and y1 > 15 and y2 < 842 - 15 for x1, y1, x2, y2, _ in words)
    for one, other in itertools.combinations(words, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        height = min(one[3] - one[1], other[3] - other[1])
        assert across < 1 or down < 0.35 * height, (one, other)


def test_the_code_is_large_enough_to_read_from_one_metre(
    facts: SlipFacts, pdf_file: Callable[[bytes], Path]
) -> None:
    for papers in (1, 12):
        words = _words(pdf_file(render(replace(facts, papers=(LONG_TITLE,) * papers)).pdf))
        (code,) = [word for word in words if word[4] == facts.code]
        assert code[3] - code[1] > 18  # points from the top of the capitals to the bottom of the tails


def test_the_hour_of_return_is_bold(facts: SlipFacts, pdf_file: Callable[[bytes], Path]) -> None:
    with pikepdf.Pdf.open(pdf_file(render(facts).pdf)) as document:
        fonts = {name: str(font.BaseFont) for name, font in document.pages[0].resources.Font.items()}
        shown = pikepdf.parse_content_stream(document.pages[0])
    font, of_text = "", []
    for instruction in shown:
        if str(instruction.operator) == "Tf":
            font = fonts[str(instruction.operands[0])]
        elif str(instruction.operator) == "Tj":
            of_text.append((bytes(instruction.operands[0]), font))

    assert [face for text, face in of_text if text.startswith(b"17 ")] == ["/AAAAAA+LiberationSerif-Bold"]


def test_boxes_come_for_the_fields_asked_for_and_only_these(facts: SlipFacts) -> None:
    assert [box.name for box in render(facts).boxes] == ["CanBo", "LanhDao", "ConDau"]
    assert [box.name for box in render(replace(facts, fields=("CanBo",))).boxes] == ["CanBo"]


def test_boxes_lie_on_the_page_and_do_not_meet(facts: SlipFacts) -> None:
    boxes = render(facts).boxes

    assert all(0 < box.x1 < box.x2 < 595 and 0 < box.y1 < box.y2 < 842 for box in boxes)
    for one, other in itertools.combinations(boxes, 2):
        apart = one.x2 <= other.x1 or other.x2 <= one.x1 or one.y2 <= other.y1 or other.y2 <= one.y1
        assert apart, (one, other)


def test_the_officer_signs_below_the_title_and_above_the_name(
    facts: SlipFacts, pdf_file: Callable[[bytes], Path]
) -> None:
    form = render(facts)
    words = _words(pdf_file(form.pdf))
    box = form.boxes[0]
    (note,) = [word for word in words if word[4] == "(Chữ"]
    name = [word for word in words if word[4] == "Hạnh"][-1]

    assert 842 - note[3] >= box.y2
    assert 842 - name[1] <= box.y1 + 3


def test_the_printed_qr_holds_the_code_and_sixteen_hex_digits(
    facts: SlipFacts, pdf_file: Callable[[bytes], Path], tmp_path: Path
) -> None:
    modules = qr_modules(facts.qr)
    path = pdf_file(render(facts).pdf)
    subprocess.run(["pdftoppm", "-r", "288", "-gray", "-singlefile", path, tmp_path / "page"], check=True)

    assert facts.qr == "H26.99.01-261123-0012|0123456789abcdef"
    assert _read_modules(tmp_path / "page.pgm", len(modules)) == modules


def _read_modules(picture: Path, count: int) -> tuple[tuple[bool, ...], ...]:
    """Sample the middle of each module of the code at the lower left of the page."""
    scale, left, side = 288 / 72, 28 * 72 / 25.4, 78.0
    with Image.open(picture) as page:
        page.load()
        lower = 12 * 72 / 25.4 + 90 - 3  # top of the square, from the bottom of the page
        module = side / (count + 2 * QUIET)
        top = page.height - lower * scale
        return tuple(
            tuple(
                page.getpixel(
                    (
                        int((left + (QUIET + column + 0.5) * module) * scale),
                        int(top + (QUIET + row + 0.5) * module * scale),
                    )
                )
                < 128
                for column in range(count)
            )
            for row in range(count)
        )
