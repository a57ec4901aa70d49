"""A drawn sign holds its words, in embedded letters only, on a page as large as its field."""

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from signing.appearance import leader_block, officer_block, seal_block

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
    assert "22/11/2026 10:15:09 +07:00" in text


def test_a_seal_without_a_picture_says_that_it_is_practice(fonts, tmp_path) -> None:
    text = _text(seal_block((90, 90), "UBND phường Thực Hành", WHEN, fonts), tmp_path)
    assert "LUYỆN TẬP" in text
    assert "22/11/2026" not in text  # no room beside it
    assert "22/11/2026" in _text(seal_block((200, 90), "UBND", WHEN, fonts), tmp_path)


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


def test_a_long_name_shrinks_into_a_small_field(fonts, tmp_path) -> None:
    name = "Công Tằng Tôn Nữ Hoàng Thị Bích Phượng Nguyệt Quế"
    assert name in _text(officer_block((120, 40), name, WHEN, fonts), tmp_path)
