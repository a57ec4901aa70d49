"""A file is taken by what is in it; what nobody could read later is refused, with a way on."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from clerk_app.errors import Notice
from clerk_app.papers import refusals
from clerk_app.papers.imports import Limits, read_paper
from clerk_app.papers.refusals import (
    PaperActive,
    PaperBroken,
    PaperEmpty,
    PaperEncrypted,
    PaperRefused,
    PaperTooBig,
    PaperTooManyPages,
    PaperUnknown,
    PictureTooLarge,
)

MakePdf = Callable[..., bytes]


def test_a_picture_is_one_page_and_keeps_its_own_bytes(jpeg: bytes, png: bytes) -> None:
    for data, media_type in ((jpeg, "image/jpeg"), (png, "image/png")):
        paper = read_paper(data, "ảnh.bin")
        assert (paper.media_type, paper.pages, paper.data) == (media_type, 1, data)


def test_a_pdf_tells_how_many_pages_it_has(make_pdf: MakePdf) -> None:
    paper = read_paper(make_pdf(3), "tờ khai.jpg")

    assert (paper.media_type, paper.pages) == ("application/pdf", 3)


def test_the_content_decides_and_not_the_extension(jpeg: bytes) -> None:
    assert read_paper(jpeg, "tờ khai.pdf").media_type == "image/jpeg"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_file_cut_off_is_refused(jpeg: bytes, png: bytes, make_pdf: MakePdf, keep: float) -> None:
    for data in (jpeg, png, make_pdf(2)):
        with pytest.raises(PaperBroken):
            read_paper(data[: int(len(data) * keep)], "nửa chừng")


def test_a_damaged_pdf_is_not_mended_in_silence(make_pdf: MakePdf) -> None:
    data = make_pdf(2)
    with pytest.raises(PaperBroken):
        read_paper(data.replace(b"/Kids", b"/Kibs"), "hỏng.pdf")
    with pytest.raises(PaperBroken):
        read_paper(data.replace(b"startxref", b"startxxxx"), "hỏng.pdf")


def test_a_pdf_without_pages_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(PaperBroken):
        read_paper(make_pdf(0), "trống.pdf")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(PaperEmpty):
        read_paper(b"", "rỗng.pdf")


@pytest.mark.parametrize("data", [b"PK\x03\x04 word", b"GIF89a", b"\xff\xd8", b"<html>%PDX-", b"MZ"])
def test_another_kind_of_file_is_refused_whatever_its_name(data: bytes) -> None:
    with pytest.raises(PaperUnknown):
        read_paper(data, "tờ khai.pdf")


@pytest.mark.parametrize("password", ["mở", ""])
def test_a_pdf_with_a_password_is_refused_even_when_it_opens_without_it(
    make_pdf: MakePdf, password: str
) -> None:
    locked = make_pdf(1, encryption=pikepdf.Encryption(owner="chủ", user=password))

    with pytest.raises(PaperEncrypted):
        read_paper(locked, "sao kê.pdf")


def test_a_file_that_is_too_heavy_is_refused_before_it_is_opened(jpeg: bytes) -> None:
    with pytest.raises(PaperTooBig) as refusal:
        read_paper(jpeg + bytes(1_000_000), "nặng.jpg", Limits(megabytes=1))

    assert "nặng 2 MB, quá 1 MB" in str(refusal.value)


def test_a_pdf_of_too_many_pages_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(PaperTooManyPages):
        read_paper(make_pdf(4), "dày.pdf", Limits(pages=3))
    assert read_paper(make_pdf(3), "vừa.pdf", Limits(pages=3)).pages == 3


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused_without_unfolding_it() -> None:
    out = BytesIO()
    Image.new("1", (11000, 10000)).save(out, "PNG")

    assert len(out.getvalue()) < 100_000
    with pytest.raises(PictureTooLarge):
        read_paper(out.getvalue(), "bom.png")


def test_a_picture_far_beyond_every_limit_is_refused_too() -> None:
    out = BytesIO()
    Image.new("1", (20000, 10000)).save(out, "PNG")

    with pytest.raises(PictureTooLarge):
        read_paper(out.getvalue(), "bom.png")


def _huge_picture_inside(document: Pdf) -> None:
    picture = Stream(document, b"", Type=Name.XObject, Subtype=Name.Image, Width=60000, Height=60000)
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=document.make_indirect(picture)))


def test_a_pdf_with_a_huge_picture_inside_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(PictureTooLarge):
        read_paper(make_pdf(1, _huge_picture_inside), "bom.pdf")


@pytest.mark.parametrize("width", [String("rộng"), Array([1, 2]), Name.Wide])
def test_a_pdf_with_words_where_numbers_belong_is_refused(make_pdf: MakePdf, width: object) -> None:
    def odd(document: Pdf) -> None:
        picture = Stream(document, b"", Type=Name.XObject, Subtype=Name.Image, Width=width, Height=10)
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=document.make_indirect(picture)))

    with pytest.raises(PaperBroken):
        read_paper(make_pdf(1, odd), "lạ.pdf")


def _run_at_opening(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _run_from_the_name_tree(document: Pdf) -> None:
    action = document.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def _launch_from_a_button(document: Pdf) -> None:
    button = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.Launch, F=String("calc.exe")),
    )
    document.pages[0].obj.Annots = Array([button])


def _dynamic_form(document: Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))


@pytest.mark.parametrize(
    "trick", [_run_at_opening, _run_from_the_name_tree, _launch_from_a_button, _dynamic_form]
)
def test_a_pdf_that_brings_a_program_along_is_refused(
    make_pdf: MakePdf, trick: Callable[[Pdf], None]
) -> None:
    with pytest.raises(PaperActive):
        read_paper(make_pdf(1, trick), "lạ.pdf")


def test_a_plain_link_is_no_program(make_pdf: MakePdf) -> None:
    def link(document: Pdf) -> None:
        action = Dictionary(S=Name.URI, URI=String("https://dichvucong.gov.vn"))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
        document.pages[0].obj.Annots = Array([note])

    assert read_paper(make_pdf(1, link), "liên kết.pdf").pages == 1


def test_every_refusal_is_news_with_a_remedy() -> None:
    kinds = [
        kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, PaperRefused)
    ]

    assert len(kinds) == 14
    for kind in kinds:
        refusal = kind(megabytes=1, limit=1, pages=1, megapixels=1, seconds=1)
        assert isinstance(refusal, Notice)
        assert refusal.remedy.endswith(".")


def test_a_refusal_knows_the_name_of_the_file_but_does_not_say_it() -> None:
    with pytest.raises(PaperEmpty) as refusal:
        read_paper(b"", "Giấy khai sinh Trần Minh An.pdf")

    assert refusal.value.facts["name"] == "Giấy khai sinh Trần Minh An.pdf"
    assert "Trần Minh An" not in str(refusal.value)
