"""What a paper says of itself, and how its form is drawn, is part of what was signed."""

import asyncio
import io
from collections.abc import Callable

import pikepdf
import pytest
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.pades import prepare
from signing.validation import validate
from tests.signing.conftest import BOXES

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:ModifyDate>{modified}</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta>"""
TITLE, MODIFIED = "Giấy hẹn", "2026-11-23T09:15:00+07:00"
Change = Callable[[IncrementalPdfFileWriter], None]


class Unmarked(IncrementalPdfFileWriter):
    """An update that leaves no mark of its own: what a forger writes."""

    def _update_meta(self) -> None:
        """Change nothing."""


def updated(pdf: bytes, change: Change, kind: type[IncrementalPdfFileWriter] = Unmarked) -> bytes:
    writer = kind(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(pdf)
    return output.getvalue()


def described(pdf: bytes) -> bytes:
    """The page with Info, XMP and the defaults of its form, as an office program leaves them."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.docinfo["/Title"], document.docinfo["/Producer"] = TITLE, "Máy văn phòng"
        document.docinfo["/ModDate"] = "D:20261123091500+07'00'"
        document.Root.Metadata = pikepdf.Stream(
            document, XMP.format(title=TITLE, modified=MODIFIED).encode(), Type=pikepdf.Name.Metadata
        )
        fonts = pikepdf.Dictionary(Chu=document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font)))
        resources = pikepdf.Dictionary(Font=fonts)
        document.Root.AcroForm = pikepdf.Dictionary(
            Fields=[], DA=pikepdf.String("/Chu 12 Tf 0 g"), DR=resources
        )
        document.save(output)
    return output.getvalue()


@pytest.fixture(scope="module")
def third_party(issuing, root) -> Callable[[bytes, str], bytes]:
    """Sign as another program does: pyHanko as it is, which marks Info and XMP in the update that signs."""
    key, certificate = issuing.issue("Bên Thứ Ba")
    pkcs8 = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(pkcs8),
        cert_registry=SimpleCertificateStore.from_certs([x509.Certificate.load(issuing.der)]),
    )

    def sign(
        pdf: bytes, field: str, kind: type[IncrementalPdfFileWriter] = IncrementalPdfFileWriter
    ) -> bytes:
        metadata = signers.PdfSignatureMetadata(field, certify=field == "CanBo")
        writer = kind(io.BytesIO(pdf))
        signing = signers.async_sign_pdf(writer, metadata, signer, existing_fields_only=True)
        signed: bytes = asyncio.run(signing).getvalue()
        return signed

    return sign


@pytest.fixture(scope="module")
def certified(page, third_party) -> bytes:
    return third_party(prepare(described(page), BOXES), "CanBo", Unmarked)


@pytest.fixture(scope="module")
def twice_signed(certified, third_party) -> bytes:
    return third_party(certified, "LanhDao")


def _info(name: str, value: str) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        info = writer.trailer["/Info"]
        info[pdf_name(name)] = pdf_string(value)
        writer.update_container(info)

    return change


def _xmp(title: str, modified: str) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        told = XMP.format(title=title, modified=modified).encode()
        stream = StreamObject({pdf_name("/Type"): pdf_name("/Metadata")}, stream_data=told)
        writer.root[pdf_name("/Metadata")] = writer.add_object(stream)
        writer.update_root()

    return change


def _form(name: str, value: object) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name(name)] = value
        writer.update_container(form)
        writer.update_root()

    return change


def _without_info(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    del info["/Title"]
    writer.update_container(info)


def _without_xmp(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Metadata"]
    writer.update_root()


def _another_font(writer: IncrementalPdfFileWriter) -> None:
    font = writer.add_object(DictionaryObject({pdf_name("/Type"): pdf_name("/Font")}))
    resources = DictionaryObject({pdf_name("/Font"): DictionaryObject({pdf_name("/Chu"): font})})
    _form("/DR", resources)(writer)


def _one_more_font(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    font = writer.add_object(DictionaryObject({pdf_name("/Type"): pdf_name("/Font")}))
    form["/DR"]["/Font"][pdf_name("/Helv")] = font
    writer.update_container(form["/DR"]["/Font"])


TAMPERED: dict[str, Change] = {
    "title": _info("/Title", "Quyết định"),
    "author": _info("/Author", "Chủ tịch"),
    "day of making": _info("/CreationDate", "D:20200101000000Z"),
    "an entry of one's own": _info("/SoVanBan", "12/QĐ"),
    "title taken away": _without_info,
    "day of change alone": _info("/ModDate", "D:20200101000000Z"),
    "program alone": _info("/Producer", "Chương trình khác"),
    "title in XMP": _xmp("Quyết định", MODIFIED),
    "day of change in XMP alone": _xmp(TITLE, "2020-01-01T00:00:00Z"),
    "XMP taken away": _without_xmp,
    "fields drawn anew": _form("/NeedAppearances", BooleanObject(True)),
    "another form": _form("/XFA", ArrayObject()),
    "default look": _form("/DA", pdf_string("/Chu 0.1 Tf 1 g")),
    "default font": _another_font,
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED.keys())
def test_what_a_forger_appends_to_a_signed_paper_shows(twice_signed: bytes, practice, change: Change) -> None:
    assert validate(twice_signed, practice.trust).valid

    report = validate(updated(twice_signed, change), practice.trust)

    assert [each.intact for each in report.signatures] == [True, True]
    assert not report.signatures[-1].whole
    assert not report.valid


@pytest.mark.parametrize("name", ["title", "title in XMP", "default look"])
def test_what_changed_before_a_further_signature_shows_too(
    certified: bytes, third_party, practice, name: str
) -> None:
    report = validate(third_party(updated(certified, TAMPERED[name]), "LanhDao"), practice.trust)

    assert [each.whole for each in report.signatures] == [False, True]


def test_a_program_may_mark_the_update_in_which_it_signs(
    certified: bytes, twice_signed: bytes, practice
) -> None:
    report = validate(twice_signed, practice.trust)

    assert report.valid
    with pikepdf.open(io.BytesIO(certified)) as before, pikepdf.open(io.BytesIO(twice_signed)) as after:
        assert bytes(before.Root.Metadata.read_bytes()) != bytes(after.Root.Metadata.read_bytes())
        assert "pyHanko" in str(after.docinfo["/Producer"])


def test_validation_data_may_come_with_the_marks_of_who_added_it(
    twice_signed: bytes, practice, issuing
) -> None:
    def add(writer: IncrementalPdfFileWriter) -> None:
        store = DocumentSecurityStore(writer)
        store.register_vri("/" + "0" * 40, certs=[x509.Certificate.load(issuing.der)])
        reference = store.as_pdf_object()
        writer.root[pdf_name("/DSS")] = writer.add_object(reference)
        writer.update_root()

    later = updated(twice_signed, add, IncrementalPdfFileWriter)

    assert validate(later, practice.trust).valid


def test_a_new_resource_beside_the_old_ones_is_no_change(twice_signed: bytes, practice) -> None:
    assert validate(updated(twice_signed, _one_more_font), practice.trust).valid
