"""A drawn sign holds its words, in embedded letters only, on a page as large as its field."""

import io
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from signing.appearance import (
    copy_block,
    incoming_block,
    leader_block,
    officer_block,
    seal_block,
)

WHEN = datetime(2026, 11, 22, 3, 15, 9, tzinfo=UTC)


def _text(pdf: bytes, folder: Path) -> str:
    (folder / "sign.pdf").write_bytes(pdf)
    said = subprocess.run(["pdftotext", "-layout", folder / "sign.pdf", "-"], capture_output=True, check=True)
    return said.stdout.decode()


def _png(colour: tuple[int, int, int, int]) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", (60, 40), colour).save(buffer, "PNG")
    return buffer.getvalue()


def test_an_officers_sign_says_who_and_when(fonts, tmp_path) -> None:
    text = _text(officer_block((200, 70), "Nguyễn Thị Hằng", WHEN, fonts), tmp_path)
    assert "Ký số bởi" in text
    assert "Nguyễn Thị Hằng" in text
    assert "2026-11-22T10:15:09+07:00" in text


def test_a_seal_without_a_picture_says_that_it_is_practice(fonts, tmp_path) -> None:
    text = _text(seal_block((90, 90), "UBND phường Thực Hành", WHEN, fonts), tmp_path)
    assert "LUYỆN TẬP" in text
    assert "2026-11-22" not in text  # no room beside it
    assert "2026-11-22" in _text(seal_block((200, 90), "UBND", WHEN, fonts), tmp_path)


@pytest.mark.parametrize("draw", [officer_block, leader_block, seal_block])
def test_every_letter_is_embedded_and_the_page_fits(draw, fonts) -> None:
    with pikepdf.open(io.BytesIO(draw((180, 66), "Đỗ Thị Ngọc Ưỡng", WHEN, fonts))) as pdf:
        assert [float(each) for each in pdf.pages[0].MediaBox] == [0, 0, 180, 66]
        found = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        ]
        assert found
        assert all("/FontFile2" in each.FontDescriptor for each in found)


def test_pictures_of_handwriting_and_seal_are_drawn(fonts) -> None:
    written = leader_block((200, 80), "Trần Văn Đức", WHEN, fonts, _png((0, 0, 160, 200)))
    sealed = seal_block((90, 90), "UBND", WHEN, fonts, _png((200, 0, 0, 120)))
    for pdf in (written, sealed):
        assert b"/SMask" in pdf


def test_a_copy_says_what_it_is_who_made_it_and_when_and_shows_no_picture(fonts, tmp_path) -> None:
    """NĐ 30/2020/NĐ-CP, Phụ lục I: words alone, size 10, black."""
    drawn = copy_block((190, 46), "SAO Y", "UBND phường Thực Hành", WHEN, fonts)
    said = _text(drawn, tmp_path).split("\n")
    assert [line.strip() for line in said[:3]] == [
        "SAO Y",
        "UBND phường Thực Hành",
        "2026-11-22T10:15:09+07:00",
    ]
    assert b"/Subtype /Image" not in drawn
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        told = pdf.pages[0].Contents.read_bytes()
    assert {float(size) for size in re.findall(rb"([\d.]+) Tf", told)[1:]} == {10.0}
    assert b"0 0 0 rg" in told


def test_an_incoming_document_says_its_number(fonts, tmp_path) -> None:
    came = _text(incoming_block((190, 46), "UBND phường Thực Hành", "305", WHEN, fonts), tmp_path)
    assert "Số đến: 305" in came
    assert "Ngày đến: 2026-11-22T10:15:09+07:00" in came


def test_a_leaders_picture_stands_alone(fonts, tmp_path) -> None:
    """Phụ lục I: no words beside the picture of a person's signature."""
    written = leader_block((200, 80), "Trần Văn Đức", WHEN, fonts, _png((0, 0, 160, 200)))
    assert _text(written, tmp_path).strip() == ""


def test_a_long_name_shrinks_into_a_small_field(fonts, tmp_path) -> None:
    name = "Công Tằng Tôn Nữ Hoàng Thị Bích Phượng Nguyệt Quế"
    assert name in " ".join(_text(officer_block((120, 40), name, WHEN, fonts), tmp_path).split())


LONG = "Phó Giám đốc Công Huyền Tôn Nữ Thị Ngọc Tường Vi Khánh Hòa"
AGENCY = "Trung tâm Phục vụ hành chính công thành phố – Chi nhánh số 12 Điểm phục vụ phường Văn Miếu"
Words = Callable[[bytes], list[tuple[str, list[float]]]]


@pytest.fixture
def words_of(tmp_path) -> Words:
    """Read each word of a sign with its edges: left, top, right, bottom, in points from the top left."""

    def read(pdf: bytes) -> list[tuple[str, list[float]]]:
        (tmp_path / "sign.pdf").write_bytes(pdf)
        command = ["pdftotext", "-bbox", tmp_path / "sign.pdf", "-"]
        told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        edges = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<'
        return [(word, [float(each) for each in place]) for *place, word in re.findall(edges, told)]

    return read


@pytest.mark.parametrize(
    ("draw", "size", "name"),
    [
        (officer_block, (190, 51), LONG),
        (leader_block, (132, 52), LONG),
        (seal_block, (62, 62), "Điểm phục vụ hành chính công phường Thử"),
        (seal_block, (62, 62), AGENCY),
        (seal_block, (200, 62), AGENCY),
    ],
)
def test_no_word_of_a_sign_crosses_the_edge_of_its_field(draw, size, name, fonts, words_of) -> None:
    words = words_of(draw(size, name, WHEN, fonts))
    assert set(name.split()) <= {word for word, _ in words}
    for _, (left, top, right, bottom) in words:
        assert 2 <= left < right <= size[0] - 2
        assert -1 <= top < bottom <= size[1] + 1  # poppler's boxes are a little higher than the letters


def test_the_words_of_a_practice_seal_stay_inside_its_ring(fonts, words_of) -> None:
    for _, (left, top, right, bottom) in words_of(seal_block((62, 62), AGENCY, WHEN, fonts)):
        corners = [(x - 31, y - 31) for x in (left, right) for y in (top, bottom)]
        assert max(x * x + y * y for x, y in corners) <= 29.5**2


def test_a_leaders_sign_is_written_in_the_size_of_the_decree(fonts) -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: size 10."""
    with pikepdf.open(io.BytesIO(leader_block((132, 52), "Trần Văn Đức", WHEN, fonts))) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes()
    assert {float(size) for size in re.findall(rb"([\d.]+) Tf", drawn)[1:]} == {10.0}
