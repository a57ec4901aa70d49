"""Tampering shows, and hostile input is never valid."""

import io
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from signing.errors import CertificateUnreadable, SigningError, Unreadable
from signing.pades import SignRequest, sign
from signing.report import Revocation
from signing.trust import load_trust
from signing.validation import validate
from tests.signing.foreign import fitted


@pytest.fixture(scope="module")
def signed(slip, practice) -> bytes:
    """A slip with the officer's and the leader's signatures, no drawing: small, and the same for all."""
    pdf = slip
    with practice.process() as tokens:
        for field in ("CanBo", "LanhDao"):
            pin = bytearray(b"24681357")
            with tokens.unlocked(practice.serial, practice.key_ids[field], pin) as session:
                chain = (practice.issuing.der,)
                request = SignRequest(field, session.certificate, datetime.now(UTC), chain)
                pdf = sign(pdf, request, session)
    return pdf


def _update(pdf: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _verdicts(pdf: bytes, practice) -> list[bool]:
    return [each.valid for each in validate(pdf, practice.trust).signatures]


def test_untouched_it_is_valid_and_says_what_was_not_checked(signed, practice) -> None:
    report = validate(signed, practice.trust)
    assert report.valid
    assert {each.revocation for each in report.signatures} == {Revocation.NOT_KNOWN}
    assert all("chưa kiểm tra" in each.verdict for each in report.signatures)
    assert [each.signer for each in report.signatures] == ["Nguyễn Thị Hằng", "Trần Văn Đức"]


def test_each_signature_covers_the_revision_that_it_signed(signed, practice) -> None:
    first, last = validate(signed, practice.trust).signatures
    assert last.covers == len(signed)
    alone = validate(signed[: first.covers], practice.trust)
    assert [each.field for each in alone.signatures] == ["CanBo"]
    assert alone.valid


def test_a_flipped_byte_breaks_every_signature_over_it(signed, practice) -> None:
    broken = signed.replace(b"ReportLab Generated", b"reportLab Generated")
    assert broken != signed
    report = validate(broken, practice.trust)
    assert [each.intact for each in report.signatures] == [False, False]
    assert not report.valid
    assert all("KHÔNG hợp lệ" in each.verdict for each in report.signatures)


def test_an_overlay_appended_later_is_seen(signed, practice, pdfsig) -> None:
    def overlay(writer: IncrementalPdfFileWriter) -> None:
        stream = StreamObject(stream_data=b"q 1 0 0 rg 0 0 300 300 re f Q")
        writer.add_stream_to_page(0, writer.add_object(stream))

    covered = _update(signed, overlay)
    assert pdfsig(covered).count("Signature is Valid") == 2  # poppler does not look at what was added
    report = validate(covered, practice.trust)
    assert [each.intact for each in report.signatures] == [True, True]
    assert [each.whole for each in report.signatures] == [False, False]
    assert not report.valid
    assert all("bị thay đổi sau khi ký" in each.verdict for each in report.signatures)


def test_an_annotation_added_later_is_seen(signed, practice) -> None:
    def annotate(writer: IncrementalPdfFileWriter) -> None:
        look = RawContent(b"1 0 0 rg 0 0 200 200 re f", box=BoxConstraints(200, 200)).as_form_xobject()
        page, _ = writer.find_page_for_modification(0)
        note = DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Stamp"),
                pdf_name("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 200, 200)]),
                pdf_name("/AP"): DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
            }
        )
        annotations = page.get_object()["/Annots"]
        annotations.append(writer.add_object(note))
        writer.update_container(annotations)

    assert _verdicts(_update(signed, annotate), practice) == [False, False]


def test_a_field_added_after_certification_is_seen(signed, practice) -> None:
    spec = SigFieldSpec("Them", box=(10, 10, 200, 80))
    later = _update(signed, lambda writer: append_signature_field(writer, spec))
    assert not validate(later, practice.trust).valid


def test_an_empty_field_that_nobody_sees_is_seen(signed, practice) -> None:
    later = _update(signed, lambda writer: append_signature_field(writer, SigFieldSpec("Them")))
    assert [each.whole for each in validate(later, practice.trust).signatures] == [False, True]


def test_bytes_that_belong_to_no_revision_are_seen(signed, practice) -> None:
    table = re.findall(rb"startxref\s+(\d+)", signed)[-1]
    stuffed = signed + b"%" + b"x" * 500 + b"\nstartxref\n" + table + b"\n%%EOF\n"
    assert not validate(stuffed, practice.trust).valid
    assert validate(signed + b"\r\n", practice.trust).valid


def test_entries_hidden_in_the_gap_of_a_signature_are_seen(signed, practice, pdfsig) -> None:
    """A string in parentheses needs half the room of a hex string: the rest is free, and not signed."""
    hexed = re.findall(rb"<([0-9a-fA-F]{1000,})>", signed)[-1]
    escapes = {ord(each): b"\\" + each.encode() for each in "()\\"} | {13: b"\\r"}
    literal = b"(" + b"".join(escapes.get(n, bytes([n])) for n in bytes.fromhex(hexed.decode())) + b")"
    hidden = (literal + b" /Reason (da thu phi)").ljust(len(hexed) + 2)
    changed = signed.replace(b"<" + hexed + b">", hidden)
    assert len(changed) == len(signed)
    assert pdfsig(changed).count("Signature is Valid") == 2  # poppler does not look there
    assert _verdicts(changed, practice) == [True, False]


def test_what_was_changed_in_a_paper_stays_out_of_the_log(signed, practice, caplog) -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Lang"] = pdf_string("Nguyễn Văn Bí Mật")
        writer.update_root()

    assert not validate(_update(signed, change), practice.trust).valid
    assert not caplog.records


def test_swapped_contents_are_seen(signed, practice) -> None:
    first, second = re.findall(rb"/Contents <([0-9a-fA-F]{1000,})>", signed)
    hole = b"@" * len(first)
    swapped = signed.replace(first, hole).replace(second, fitted(first, len(second)))
    swapped = swapped.replace(hole, fitted(second, len(first)))
    assert len(swapped) == len(signed)
    report = validate(swapped, practice.trust)
    assert len(report.signatures) == 2
    assert not any(each.valid for each in report.signatures)


def test_a_signature_of_an_unknown_kind_does_not_vanish(signed, practice) -> None:
    odd = signed.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detachxx")
    assert odd != signed
    report = validate(odd, practice.trust)
    assert len(report.signatures) == 2
    assert not report.valid


def test_the_signed_bytes_hidden_behind_a_new_catalogue_are_not_valid(signed, practice) -> None:
    def forget(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    assert not validate(_update(signed, forget), practice.trust).valid


def test_an_unsigned_paper_is_readable_and_not_valid(slip, practice) -> None:
    report = validate(slip, practice.trust)
    assert report.signatures == ()
    assert not report.valid


def _shifted(pdf: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\n\r\n" + pdf


BADLY_WRITTEN = {
    "letters before the header": _shifted,
    "a table at the wrong place": lambda pdf: re.sub(rb"startxref\s+\d+", b"startxref\n7", pdf),
    "wrong places in the table": lambda pdf: re.sub(rb"(?m)^00000(\d{5}) 00000 n", rb"00001\1 00000 n", pdf),
    "no end": lambda pdf: pdf[: pdf.rindex(b"startxref")],
    "many lines behind the end": lambda pdf: pdf + b"\n" * 3000,
}


@pytest.mark.parametrize("badly", BADLY_WRITTEN.values(), ids=BADLY_WRITTEN.keys())
def test_a_badly_written_paper_that_viewers_show_is_unsigned_not_unreadable(page, practice, badly) -> None:
    with pytest.raises(PdfReadError):
        list(PdfFileReader(io.BytesIO(badly(page))).root["/Pages"])

    report = validate(badly(page), practice.trust)

    assert report.signatures == ()
    assert not report.valid


@pytest.mark.parametrize("badly", BADLY_WRITTEN.values(), ids=BADLY_WRITTEN.keys())
def test_a_signed_paper_is_never_called_unsigned(signed, practice, badly) -> None:
    try:
        report = validate(badly(signed), practice.trust)
    except Unreadable:
        return
    assert report.signatures
    assert not report.valid


def test_a_signature_in_a_packed_object_is_never_called_unsigned(page, practice) -> None:
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(page)) as document:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3])
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("CanBo"), V=value)
        document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=[field]))
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"/ByteRange" not in packed.getvalue()

    with pytest.raises(Unreadable):
        validate(_shifted(packed.getvalue()), practice.trust)


def test_an_encrypted_paper_is_refused(slip, practice) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(slip)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(Unreadable) as refusal:
        validate(locked.getvalue(), practice.trust)
    assert "mật khẩu" in str(refusal.value)


def test_a_stranger_with_the_right_name_is_not_trusted(slip, ask, stranger, practice) -> None:
    key, certificate = stranger.issue("Nguyễn Thị Hằng")

    class FakeSession:
        def __init__(self) -> None:
            self.certificate = certificate.public_bytes(Encoding.DER)

        def sign(self, data: bytes) -> bytes:
            return key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    session = FakeSession()
    forged = sign(slip, replace(ask("CanBo"), certificate=session.certificate), session)
    report = validate(forged, practice.trust)
    assert report.signatures[0].intact
    assert not report.signatures[0].trusted
    assert not report.valid


def test_judged_at_another_time_the_certificates_count_as_of_then(signed, practice) -> None:
    assert not validate(signed, practice.trust, at=datetime.now(UTC) + timedelta(days=5000)).valid


def test_no_cut_of_a_signed_paper_is_valid_but_its_own_revisions(signed, practice) -> None:
    whole = {each.covers for each in validate(signed, practice.trust).signatures}
    for cut in random.Random(7).sample(range(len(signed)), 15):  # noqa: S311 - no secret
        assert not _valid(signed[:cut], practice) or cut in whole


def test_no_flip_of_a_signed_byte_stays_valid(signed, practice) -> None:
    holes = [each.span(1) for each in re.finditer(rb"/Contents <([0-9a-fA-F]{1000,})>", signed)]
    solid = [n for n in range(len(signed)) if not any(start <= n < end for start, end in holes)]
    for place in random.Random(11).sample(solid, 15):  # noqa: S311 - no secret
        flipped = bytearray(signed)
        flipped[place] ^= 0x20
        assert not _valid(bytes(flipped), practice)


@pytest.mark.parametrize(
    "junk", [b"", b"%PDF-1.7\n", bytes(2000), b"[" * 20000, b"%PDF-1.4\ntrailer<</Root 1 0 R>>"]
)
def test_garbage_is_unreadable_and_nothing_worse(junk, practice) -> None:
    with pytest.raises(Unreadable):
        validate(junk, practice.trust)


def test_a_trust_folder_tells_roots_from_helpers(practice, tmp_path) -> None:
    (tmp_path / "root.crt").write_bytes(practice.root.der)
    (tmp_path / "issuing.der").write_bytes(practice.issuing.der)
    (tmp_path / "notes.txt").write_text("không phải chứng thư")
    trust = load_trust(tmp_path)
    assert trust.roots == (practice.root.der,)
    assert trust.others == (practice.issuing.der,)
    (tmp_path / "bad.pem").write_bytes(b"xx")
    with pytest.raises(CertificateUnreadable):
        load_trust(tmp_path)
    assert load_trust(tmp_path / "missing").roots == ()


def _valid(pdf: bytes, practice) -> bool:
    try:
        return validate(pdf, practice.trust).valid
    except SigningError:
        return False
