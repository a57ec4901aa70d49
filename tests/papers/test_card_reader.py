"""QR codes on scans and photographs: found large and small, turned and tilted, and nothing where there is none."""

from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from clerk_app.papers.card_reader import qr_texts, texts_on_page
from clerk_app.papers.imports import JPEG, PDF, PNG
from clerk_app.papers.refusals import PaperBroken

TEXT = "001190000001|010000001|Nguyễn Thị Thử Nghiệm|15081990|Nữ|Số 1, Phường Ba Đình, Hà Nội|01072021"
Change = Callable[[Image.Image], Image.Image]


def a_code(text: str = TEXT, dot: int = 6) -> Image.Image:
    drawn = memoryview(
        zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode), scale=1)
    )
    high, wide = drawn.shape
    small = Image.frombytes("L", (wide, high), bytes(drawn))
    return small.resize((wide * dot, high * dot), Image.Resampling.NEAREST)


def a_page(*codes: Image.Image, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    page = Image.new("L", size, "white")
    for number, code in enumerate(codes):
        page.paste(code, (200 + number * (size[0] // 2), 300))
    return page


def as_bytes(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **({"resolution": 150} if kind == "PDF" else {}))
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page,
        lambda page: page.rotate(90, expand=True),
        lambda page: page.rotate(7, fillcolor="white"),
        lambda page: page.filter(ImageFilter.GaussianBlur(1)),
        lambda page: page.convert("RGB"),
        lambda page: page.point(lambda grey: 60 + grey // 2),
    ],
)
def test_the_code_of_a_card_is_read_from_a_picture(change: Change) -> None:
    assert qr_texts(change(a_page(a_code(dot=4)))) == (TEXT,)


def test_two_cards_on_one_sheet_are_both_read_and_one_twice_once() -> None:
    other = TEXT.replace("000001|", "000002|", 1)

    assert set(qr_texts(a_page(a_code(dot=3), a_code(other, dot=3)))) == {TEXT, other}
    assert qr_texts(a_page(a_code(dot=3), a_code(dot=3))) == (TEXT,)


def test_a_page_without_a_code_tells_nothing() -> None:
    assert qr_texts(a_page()) == ()


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", PNG), ("JPEG", JPEG), ("PDF", PDF)])
def test_each_kind_of_file_is_looked_at(kind: str, media_type: str) -> None:
    assert texts_on_page(as_bytes(a_page(a_code(dot=4)), kind), media_type, 0) == (TEXT,)


def test_a_small_code_on_a_fine_scan_is_looked_for_once_more() -> None:
    fine = a_page(a_code(dot=3), size=(4400, 900)).filter(ImageFilter.GaussianBlur(1.4))
    assert qr_texts(fine.resize((2480, 507))) == ()

    assert texts_on_page(as_bytes(fine, "PNG"), PNG, 0) == (TEXT,)


def test_broken_bytes_and_pages_that_are_not_there_are_said() -> None:
    with pytest.raises(PaperBroken):
        texts_on_page(b"%PDF-1.7 nothing", PDF, 0)
    with pytest.raises(IndexError):
        texts_on_page(as_bytes(a_page(), "PNG"), PNG, 1)
