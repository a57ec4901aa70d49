"""Three signatures in turn, each valid, none touching what was there."""

import asyncio
import io
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing import pades
from signing.cms import signed_data
from signing.errors import (
    CertificateExpired,
    DocumentLocked,
    FieldFilled,
    FieldMissing,
    FieldTaken,
    KeyMismatch,
    SignatureInvalid,
    Unreadable,
)
from signing.field import FieldBox
from signing.pades import prepare, sign, sign_and_check
from signing.trust import Trust
from signing.validation import validate
from tests.signing.fake_session import FakeSession

TURNS = ("CanBo", "LanhDao", "ConDau")
Unlock = Callable[[str], AbstractContextManager[object]]


@pytest.fixture
def unlock(tokens, practice) -> Unlock:
    @contextmanager
    def _unlock(who: str) -> Iterator[object]:
        with tokens.unlocked(practice.serial, practice.key_ids[who], bytearray(b"24681357")) as session:
            yield session

    return _unlock


@pytest.fixture
def signed_once(slip, ask, unlock) -> bytes:
    with unlock("CanBo") as session:
        return sign(slip, ask("CanBo"), session)


def test_three_signatures_in_turn_are_all_valid(slip, ask, unlock, practice, pdfsig, tmp_path) -> None:
    pdf = slip
    for field in TURNS:
        with unlock(field) as session:
            longer = sign_and_check(pdf, ask(field), session, practice.trust)
        assert longer.startswith(pdf)
        pdf = longer

    report = validate(pdf, practice.trust)
    assert report.valid
    assert [each.field for each in report.signatures] == list(TURNS)
    assert report.signatures[-1].covers == len(pdf)
    assert pdfsig(pdf).count("Signature is Valid") == 3
    file = tmp_path / "signed.pdf"
    file.write_bytes(pdf)
    assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0


def test_signing_leaves_what_the_file_says_of_itself(slip, ask, unlock) -> None:
    with pikepdf.open(io.BytesIO(slip)) as file:
        with file.open_metadata() as xmp:
            xmp["xmp:ModifyDate"] = "2026-01-02T03:04:05+00:00"
        file.docinfo["/ModDate"] = "D:20260102030405+00'00'"
        described = io.BytesIO()
        file.save(described)
    with unlock("CanBo") as session:
        signed = sign(described.getvalue(), ask("CanBo"), session)

    assert _says_of_itself(signed) == _says_of_itself(described.getvalue())


def _says_of_itself(pdf: bytes) -> tuple[dict[str, str], bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return {name: str(value) for name, value in file.docinfo.items()}, file.Root.Metadata.read_bytes()


def test_one_login_signs_a_frozen_list(slip, ask, unlock, practice) -> None:
    with unlock("CanBo") as session:
        signed = [sign(slip, ask("CanBo"), session) for _ in range(3)]
    assert all(validate(pdf, practice.trust).valid for pdf in signed)


def test_a_p256_key_signs_too(slip, ask, unlock, practice, pdfsig) -> None:
    with unlock("P256") as session:
        signed = sign_and_check(slip, ask("CanBo", "P256"), session, practice.trust)
    assert validate(signed, practice.trust).signatures[0].signer == "Lê Thị Ước"
    assert "Signature is Valid" in pdfsig(signed)


def test_the_first_signature_certifies_and_a_later_one_does_not(slip, ask, unlock) -> None:
    with unlock("CanBo") as session:
        pdf = sign(slip, ask("CanBo"), session)
    with unlock("LanhDao") as session:
        pdf = sign(pdf, ask("LanhDao"), session)
    assert pdf.count(b"/DocMDP") == pdf.count(b"/TransformMethod /DocMDP") + 1  # and once in /Perms
    assert pdf.count(b"/TransformMethod /DocMDP") == 1


def test_the_field_shows_the_claimed_time(slip, ask, unlock, practice) -> None:
    when = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    session = FakeSession(practice.issuing, days=(-900, 900))
    request = replace(ask("CanBo", when=when), certificate=session.certificate)
    report = validate(sign(slip, request, session), practice.trust)
    assert report.signatures[0].signed_at == when
    assert "02/03/2026 08:30:00" in report.signatures[0].verdict


def test_prepare_makes_exactly_the_fields_asked_for(page) -> None:
    prepared = prepare(page, [FieldBox("CanBo", 0, 10, 10, 110, 60)])
    assert prepared.startswith(page)
    with pikepdf.open(_stream(prepared)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(each.T) for each in fields] == ["CanBo"]
        assert all(int(each.F) & 0b111 == 0b100 for each in fields)  # printed, not hidden
        assert all("/N" in each.AP for each in fields)
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_a_signed_slip_keeps_the_basics_of_pdfa(signed_once) -> None:
    with pikepdf.open(_stream(signed_once)) as pdf:
        assert "/ID" in pdf.trailer
        assert not pdf.is_encrypted
        fonts = [each for each in pdf.objects if _is_font(each)]
        assert fonts
        assert all("/FontFile2" in each.FontDescriptor for each in fonts)


def test_a_field_that_is_not_there_is_named(slip, ask, practice) -> None:
    session = FakeSession(practice.issuing)
    request = replace(ask("CanBo"), field="Ai", certificate=session.certificate)
    with pytest.raises(FieldMissing) as refusal:
        sign(slip, request, session)
    assert "Ai" in str(refusal.value)
    assert not session.asked


def test_a_filled_field_is_not_signed_again(signed_once, ask, practice) -> None:
    session = FakeSession(practice.issuing)
    with pytest.raises(FieldFilled):
        sign(signed_once, replace(ask("CanBo"), certificate=session.certificate), session)
    assert not session.asked


def test_after_the_seal_nobody_signs(slip, ask, practice) -> None:
    session = FakeSession(practice.issuing)
    sealed = sign(slip, replace(ask("ConDau"), certificate=session.certificate), session)
    with pytest.raises(DocumentLocked):
        sign(sealed, replace(ask("LanhDao"), certificate=session.certificate), session)
    assert session.asked == 1


def test_fields_are_prepared_once(slip) -> None:
    with pytest.raises(FieldTaken):
        prepare(slip, [FieldBox("Khac", 0, 10, 10, 50, 50)])


def test_an_expired_certificate_is_refused_before_the_key_is_asked(slip, ask, practice) -> None:
    session = FakeSession(practice.issuing, days=(-20, -1))
    with pytest.raises(CertificateExpired):
        sign(slip, replace(ask("CanBo"), certificate=session.certificate), session)
    assert not session.asked


def test_a_session_of_another_key_is_refused(slip, ask, practice) -> None:
    session = FakeSession(practice.issuing)
    with pytest.raises(KeyMismatch):
        sign(slip, ask("CanBo"), session)
    assert not session.asked


def test_a_signature_that_nobody_trusts_is_dropped(slip, ask, stranger, practice) -> None:
    session = FakeSession(stranger)
    request = replace(ask("CanBo"), certificate=session.certificate)
    with pytest.raises(SignatureInvalid) as refusal:
        sign_and_check(slip, request, session, practice.trust)
    assert "không dẫn tới nơi cấp được tin cậy" in str(refusal.value)


def test_a_broken_earlier_signature_drops_the_new_one(signed_once, ask, practice) -> None:
    assert signed_once.count(b"ReportLab Generated") == 1
    broken = signed_once.replace(b"ReportLab Generated", b"reportLab Generated")
    session = FakeSession(practice.issuing)
    request = replace(ask("LanhDao"), certificate=session.certificate)
    with pytest.raises(SignatureInvalid) as refusal:
        sign_and_check(broken, request, session, practice.trust)
    assert "nội dung đã ký bị sửa" in str(refusal.value)


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"not a pdf at all", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_neither_prepared_nor_signed(junk, ask, practice) -> None:
    session = FakeSession(practice.issuing)
    with pytest.raises(Unreadable):
        prepare(junk, [])
    with pytest.raises(Unreadable):
        sign(junk, replace(ask("CanBo"), certificate=session.certificate), session)


def test_our_container_equals_pyhankos_byte_for_byte(practice) -> None:
    session = FakeSession(practice.issuing)
    chain = (practice.issuing.der,)
    request = pades.SignRequest("CanBo", session.certificate, datetime.now(UTC), chain)
    theirs = signers.ExternalSigner(
        x509.Certificate.load(session.certificate),
        SimpleCertificateStore.from_certs([x509.Certificate.load(chain[0])]),
        bytes(256),
    )
    digest = hashes.Hash(hashes.SHA256()).finalize()
    ours = signed_data(digest, request.certificate, chain, lambda _: bytes(256))
    made = asyncio.run(theirs.async_sign(digest, "sha256", use_pades=True))
    assert ours == made.dump()


def test_a_long_lived_root_alone_is_enough_trust(signed_once, practice) -> None:
    assert validate(signed_once, Trust((practice.root.der,))).valid
    assert not validate(signed_once, Trust(())).valid
    assert not validate(signed_once, Trust((), (practice.root.der,))).valid


def test_a_certificate_that_has_ended_since_still_proves_its_time(slip, ask, practice) -> None:
    session = FakeSession(practice.issuing, days=(-20, -1))
    when = datetime.now(UTC) - timedelta(days=10)
    request = replace(ask("CanBo", when=when), certificate=session.certificate)
    signed = sign(slip, request, session)
    assert validate(signed, practice.trust).valid
    assert not validate(signed, practice.trust, at=datetime.now(UTC)).valid


def _is_font(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"


def _stream(pdf: bytes):
    return io.BytesIO(pdf)
