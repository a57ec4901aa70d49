"""A filed page is shown upright, on white, at the width asked for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from clerk_app.papers.pictures import thumbnail
from clerk_app.papers.refusals import PaperBroken

MakePdf = Callable[..., bytes]
_CAMERA_ON_ITS_SIDE = 6  # EXIF: turn clockwise by a quarter


def _opened(png: bytes) -> Image.Image:
    picture = Image.open(BytesIO(png))
    assert picture.format == "PNG"
    return picture.convert("RGB")


def _is_dark(picture: Image.Image, x: int, y: int) -> bool:
    return max(picture.getpixel((x, y))) < 90


def test_a_photograph_becomes_as_wide_as_asked(jpeg: bytes) -> None:
    picture = _opened(thumbnail(jpeg, "image/jpeg", 0, 150))

    assert picture.size == (150, 100)
    assert _is_dark(picture, 5, 5)


def test_a_photograph_taken_sideways_is_shown_upright(photograph: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = _CAMERA_ON_ITS_SIDE
    out = BytesIO()
    photograph.save(out, "JPEG", exif=exif)

    picture = _opened(thumbnail(out.getvalue(), "image/jpeg", 0, 200))

    assert picture.size == (200, 300)
    assert _is_dark(picture, 195, 5)
    assert not _is_dark(picture, 5, 5)


def test_a_small_picture_is_not_blown_up(png: bytes) -> None:
    assert _opened(thumbnail(png, "image/png", 0, 5000)).size == (600, 400)


def test_what_can_be_seen_through_lies_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    assert _opened(thumbnail(out.getvalue(), "image/png", 0, 50)).getpixel((25, 25)) == (255, 255, 255)


def test_a_pdf_page_becomes_as_wide_as_asked(make_pdf: MakePdf) -> None:
    picture = _opened(thumbnail(make_pdf(2), "application/pdf", 1, 140))

    assert picture.width == 140
    assert 197 <= picture.height <= 199


def test_the_sign_of_a_signature_is_seen_on_its_page(make_pdf: MakePdf) -> None:
    def sign(document: Pdf) -> None:
        drawn = Stream(
            document, b"0 g 0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100]
        )
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("CanBo"), F=4, Rect=[0, 742, 100, 842],
            AP=Dictionary(N=document.make_indirect(drawn)),
        )  # fmt: skip
        field = document.make_indirect(widget)
        document.pages[0].obj.Annots = Array([field])
        document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)

    picture = _opened(thumbnail(make_pdf(1, sign), "application/pdf", 0, 595))

    assert _is_dark(picture, 50, 50)
    assert not _is_dark(picture, 150, 50)


def test_a_page_of_odd_shape_does_not_eat_the_memory(make_pdf: MakePdf) -> None:
    def stretch(document: Pdf) -> None:
        document.pages[0].obj.MediaBox = Array([0, 0, 10, 14000])

    picture = _opened(thumbnail(make_pdf(1, stretch), "application/pdf", 0, 1000))

    assert picture.width * picture.height <= 41_000_000


def test_a_page_that_is_not_there_is_an_error_of_the_caller(jpeg: bytes, make_pdf: MakePdf) -> None:
    with pytest.raises(IndexError):
        thumbnail(jpeg, "image/jpeg", 1, 100)
    with pytest.raises(IndexError):
        thumbnail(make_pdf(2), "application/pdf", 2, 100)


def test_bytes_that_cannot_be_shown_are_refused(jpeg: bytes) -> None:
    with pytest.raises(PaperBroken):
        thumbnail(jpeg[: len(jpeg) // 2], "image/jpeg", 0, 600)
    with pytest.raises(PaperBroken):
        thumbnail(b"%PDF-1.7 nothing", "application/pdf", 0, 100)


def test_many_threads_may_ask_at_once(make_pdf: MakePdf) -> None:
    data = make_pdf(4)
    with ThreadPoolExecutor(8) as threads:
        pictures = list(threads.map(lambda n: thumbnail(data, "application/pdf", n % 4, 120), range(40)))

    assert len(set(pictures)) == 1
