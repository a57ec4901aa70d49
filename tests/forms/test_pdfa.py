"""The slip claims PDF/A-2b and keeps what we can check of it, after signatures too; the check finds what is broken."""

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

from clerk_app.forms.pdfa import check_pdfa, srgb_profile
from clerk_app.forms.slip import render
from clerk_app.forms.slip_facts import SlipFacts
from clerk_app.forms.typeface import Face, font_file
from signing.appearance import Fonts, leader_block, officer_block, seal_block
from signing.field import Lock
from signing.pades import SignRequest, prepare, sign

WriteFile = Callable[[bytes], Path]


@pytest.fixture
def pdf(facts: SlipFacts) -> bytes:
    return render(facts).pdf


@pytest.fixture
def signed(facts: SlipFacts, session) -> bytes:
    """The slip with its three signatures, each drawn."""
    form = render(facts)
    fonts = Fonts(font_file(Face.REGULAR))
    pdf = prepare(form.pdf, form.boxes, {"LanhDao": Lock.OWN, "ConDau": Lock.ALL})
    now = datetime.now(UTC).replace(microsecond=0)
    for box, block in zip(form.boxes, (officer_block, leader_block, seal_block), strict=True):
        drawn = block(box.size, "Nguyễn Thị Hạnh", now, fonts)
        pdf = sign(pdf, SignRequest(box.name, session.certificate, now, appearance_pdf=drawn), session)
    return pdf


def test_a_fresh_slip_breaks_no_rule_we_know(pdf: bytes) -> None:
    assert check_pdfa(pdf) == []


def test_a_slip_with_three_signatures_breaks_no_rule_we_know(signed: bytes) -> None:
    assert check_pdfa(signed) == []


def test_qpdf_finds_nothing_wrong(pdf: bytes, signed: bytes, pdf_file: WriteFile) -> None:
    for data in (pdf, signed):
        told = subprocess.run(
            ["qpdf", "--check", pdf_file(data)], capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stdout


def test_poppler_sees_every_font_embedded_and_readable(signed: bytes, pdf_file: WriteFile) -> None:
    told = subprocess.run(["pdffonts", pdf_file(signed)], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()[2:]]

    assert len(rows) >= 3
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), told  # emb sub uni


def test_verapdf_agrees(signed: bytes, pdf_file: WriteFile) -> None:
    if "VERAPDF" not in os.environ:
        pytest.skip("VERAPDF names no veraPDF here: the claim PDF/A-2b stays a claim")
    told = subprocess.run(
        [os.environ["VERAPDF"], "--flavour", "2b", "--format", "text", pdf_file(signed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.startswith("PASS"), told.stdout


def test_the_file_says_what_it_is_and_names_no_citizen(
    pdf: bytes, facts: SlipFacts, pdf_file: WriteFile
) -> None:
    told = subprocess.run(["pdfinfo", pdf_file(pdf)], capture_output=True, text=True, check=True).stdout

    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả – H26.99.01-261123-0012" in told
    assert facts.applicant.name not in told
    with Pdf.open(BytesIO(pdf)) as document:
        assert document.Root.Lang == "vi-VN"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert facts.applicant.name not in document.Root.Metadata.read_bytes().decode()


def test_the_colour_profile_is_srgb_and_always_the_same() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))

    assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert srgb_profile() == srgb_profile.__wrapped__()


def _without_embedding(document: Pdf) -> None:
    document.pages[0].resources.Font["/Bad"] = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Widths=Array([])
    )


def _hidden_note(document: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], F=2)
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def _sign_in_helvetica(document: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Widths=Array([]))
    resources = Dictionary(Font=Dictionary(F1=font))
    inner = Stream(
        document, b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=resources
    )
    outer = Stream(
        document,
        b"/X Do",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 9, 9],
        Resources=Dictionary(XObject=Dictionary(X=document.make_indirect(inner))),
    )
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 9, 9], F=4, AP=Dictionary(N=outer))
    document.pages[0].obj.Annots = Array([document.make_indirect(stamp)])


def _attach(document: Pdf) -> None:
    document.attachments["a.txt"] = b"hello"


def _root(name: str, value: object) -> Callable[[Pdf], None]:
    def set_it(document: Pdf) -> None:
        document.Root[name] = value

    return set_it


def _drop(name: str) -> Callable[[Pdf], None]:
    def drop_it(document: Pdf) -> None:
        del document.Root[name]

    return drop_it


def _wrong_components(document: Pdf) -> None:
    document.Root.OutputIntents[0].DestOutputProfile.N = 4


def _other_title(document: Pdf) -> None:
    document.docinfo[Name.Title] = String("Giấy khác")


def _lzw(document: Pdf) -> None:
    picture = Stream(document, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
    picture.Filter = Name.LZWDecode
    document.Root.Odd = document.make_indirect(picture)


def _outside(document: Pdf) -> None:
    document.Root.Odd = document.make_indirect(Stream(document, b"", F=String("/somewhere")))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_without_embedding, "font /Helvetica: not embedded"),
        (_sign_in_helvetica, "font /Helvetica: not embedded"),
        (_hidden_note, "annotation: /Text is hidden"),
        (_hidden_note, "annotation: /Text has no Print flag"),
        (_hidden_note, "annotation: /Text has no appearance"),
        (_attach, "catalogue: embedded files"),
        (_root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1"))), "action: JavaScript"),
        (_root("/OpenAction", Dictionary(S=Name.Launch)), "action: /Launch"),
        (_root("/AcroForm", Dictionary(XFA=String(""))), "form: XFA"),
        (_drop("/OutputIntents"), "output intent: not exactly one of kind GTS_PDFA1"),
        (_drop("/Metadata"), "XMP: the catalogue has no metadata"),
        (_drop("/Lang"), "catalogue: no language"),
        (_wrong_components, "output intent: /N differs from the profile's colour space"),
        (_other_title, "XMP: dc:title differs from /Title"),
        (_lzw, "stream: LZW"),
        (_outside, "stream: its data lie outside the file"),
    ],
)
def test_the_check_finds_what_is_broken(pdf: bytes, harm: Callable[[Pdf], None], said: str) -> None:
    with Pdf.open(BytesIO(pdf)) as document:
        harm(document)
        out = BytesIO()
        document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)

    assert said in check_pdfa(out.getvalue())


def test_the_check_sees_encryption_and_bytes_after_the_end(pdf: bytes) -> None:
    with Pdf.open(BytesIO(pdf)) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user=""))

    assert "trailer: the file is encrypted" in check_pdfa(out.getvalue())
    assert "trailer: bytes after the last %%EOF" in check_pdfa(pdf + b"more")


def test_the_check_sees_metadata_that_is_not_well_formed(pdf: bytes) -> None:
    assert check_pdfa(pdf.replace(b"</rdf:RDF>", b"</rdf:FDR>")) == ["XMP: cannot be parsed"]


def test_what_is_no_pdf_is_a_problem_and_not_a_crash() -> None:
    assert check_pdfa(b"hello") == ["cannot be opened without a password as a PDF"]
