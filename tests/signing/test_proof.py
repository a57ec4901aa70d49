"""Proof is appended and verified; what does not hold is not there, and what would harm is thrown away."""

import io
import subprocess
import time
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from asn1crypto import crl
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing.errors import (
    CertificateRevoked,
    DocumentChanged,
    NothingToProve,
    RevocationForged,
    RevocationStale,
    RevocationUnavailable,
    TimeStampForged,
    TimeStampUnavailable,
)
from signing.pades import SignRequest, sign
from signing.proof import (
    Level,
    add_time_stamp,
    add_validation_data,
    ends_of,
    level_of,
    renew_time_stamp,
)
from signing.report import Revocation
from signing.revocation import HttpIssuers
from signing.time_stamp import HttpTimeStamper
from signing.trust import Trust
from signing.update import Update, continued
from signing.validation import validate
from tests.signing.authorities import DAYS, Authorities, KeyInMemory, Party

_TIME, _OCSP_SIGNING = ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.OCSP_SIGNING


def _stamper(servers: Authorities) -> HttpTimeStamper:
    return HttpTimeStamper(servers.web.address + "/tsa", servers.trust)


def _signed(
    servers: Authorities, pdf: bytes, field: str = "CanBo", who: Party | None = None, *, stamped: bool = False
) -> bytes:
    party = who or servers.officer
    request = SignRequest(field, party.der, datetime.now(UTC), servers.chain)
    return sign(pdf, request, KeyInMemory(party), _stamper(servers) if stamped else None)


@pytest.fixture
def b_b(servers, slip) -> bytes:
    return _signed(servers, slip)


@pytest.fixture
def b_t(servers, slip) -> bytes:
    return _signed(servers, slip, stamped=True)


@pytest.fixture
def b_lt(servers, b_t) -> bytes:
    return add_validation_data(b_t, HttpIssuers(), servers.trust)


@pytest.fixture
def b_lta(servers, b_lt) -> bytes:
    return add_time_stamp(b_lt, _stamper(servers), servers.trust)


def test_online_each_step_lifts_the_level_by_one(servers, b_b, b_t, b_lt, b_lta) -> None:
    levels = [level_of(pdf, servers.trust) for pdf in (b_b, b_t, b_lt, b_lta)]

    assert levels == [Level.B_B, Level.B_T, Level.B_LT, Level.B_LTA]
    assert b_lt.startswith(b_t)
    assert b_lta.startswith(b_lt)
    report = validate(b_lta, servers.trust).signatures[0]
    assert report.revocation is Revocation.GOOD
    assert "chưa bị thu hồi tại thời điểm ký" in report.verdict


def test_after_an_outage_the_same_level_is_reached_by_appending(servers, b_b) -> None:
    stamped = add_time_stamp(b_b, _stamper(servers), servers.trust)
    known = add_validation_data(stamped, HttpIssuers(), servers.trust)
    archived = add_time_stamp(known, _stamper(servers), servers.trust)

    levels = [level_of(pdf, servers.trust) for pdf in (stamped, known, archived)]
    assert levels == [Level.B_T, Level.B_LT, Level.B_LTA]
    assert archived.startswith(known)
    assert known.startswith(stamped)
    assert stamped.startswith(b_b)


def test_poppler_and_qpdf_still_read_what_was_proven(b_lta, pdfsig, tmp_path) -> None:
    assert "Signature is Valid" in pdfsig(b_lta)
    assert "Digest Mismatch" not in pdfsig(b_lta)
    file = tmp_path / "proven.pdf"
    file.write_bytes(b_lta)
    assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0


def test_openssl_agrees_with_the_answer_that_is_laid_in(servers, b_lt, tmp_path) -> None:
    with pikepdf.open(io.BytesIO(b_lt)) as pdf:
        (answer,) = (each.read_bytes() for each in pdf.Root.DSS.OCSPs)
        lists = [each.read_bytes() for each in pdf.Root.DSS.CRLs]
        assert len(pdf.Root.DSS.VRI) == 1
    (tmp_path / "answer.der").write_bytes(answer)
    for name in ("root", "issuing", "officer"):
        pem = getattr(servers, name).certificate.public_bytes(Encoding.PEM)
        (tmp_path / f"{name}.pem").write_bytes(pem)
    said = subprocess.run(
        [
            *("openssl", "ocsp", "-respin", tmp_path / "answer.der", "-CAfile", tmp_path / "root.pem"),
            *("-verify_other", tmp_path / "issuing.pem", "-issuer", tmp_path / "issuing.pem"),
            *("-cert", tmp_path / "officer.pem", "-no_nonce"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Response verify OK" in said.stderr
    assert "officer.pem: good" in said.stdout
    assert len(lists) == 2  # the root's, and the issuing authority's for the time-stamp authority


def test_what_is_already_in_the_file_is_not_laid_in_twice(servers, b_t) -> None:
    class FakeIssuers:
        """Gives the same answers again."""

        def __init__(self) -> None:
            self.real = HttpIssuers()
            self.known: dict[bytes, object] = {}

        def ask(self, certificate: bytes, issuer: bytes, moment: datetime) -> object:
            if certificate not in self.known:
                self.known[certificate] = self.real.ask(certificate, issuer, moment)
            return self.known[certificate]

    issuers = FakeIssuers()
    once = add_validation_data(b_t, issuers, servers.trust)
    assert add_validation_data(once, issuers, servers.trust) == once


def test_a_leader_signs_after_proof_and_all_stay_valid(servers, b_lta) -> None:
    signed = _signed(servers, b_lta, "LanhDao", servers.leader, stamped=True)

    report = validate(signed, servers.trust)
    assert report.valid
    assert [each.field for each in report.signatures] == ["CanBo", "LanhDao"]
    assert level_of(signed, servers.trust) is Level.B_LT  # the list of their issuer speaks of both
    time.sleep(1.1)  # from here on the issuers' answers are others than those that the leader signed over
    again = add_time_stamp(
        add_validation_data(signed, HttpIssuers(), servers.trust), _stamper(servers), servers.trust
    )
    assert level_of(again, servers.trust) is Level.B_LTA


def test_a_paper_locked_by_its_seal_is_proven_too(servers, slip) -> None:
    pdf = _signed(servers, _signed(servers, slip), "ConDau", servers.leader)
    proven = renew_time_stamp(
        add_time_stamp(pdf, _stamper(servers), servers.trust), _stamper(servers), HttpIssuers(), servers.trust
    )
    assert validate(proven, servers.trust).valid
    assert level_of(proven, servers.trust) is Level.B_LTA


def test_proof_on_a_sibling_revision_is_refused_and_made_anew(servers, b_b) -> None:
    proof = add_time_stamp(b_b, _stamper(servers), servers.trust)
    head = _signed(servers, b_b, "LanhDao", servers.leader)

    with pytest.raises(DocumentChanged):
        continued(head, proof)
    anew = add_time_stamp(head, _stamper(servers), servers.trust)
    assert level_of(anew, servers.trust) is Level.B_T


def test_a_clock_that_is_away_leaves_the_file_as_it_is(servers, b_b) -> None:
    del servers.web.answers["/tsa"]
    with pytest.raises(TimeStampUnavailable):
        add_time_stamp(b_b, _stamper(servers), servers.trust)
    servers.web.answers["/tsa"] = servers.stamping(servers.strange_tsa)
    with pytest.raises(TimeStampForged):
        add_time_stamp(b_b, _stamper(servers), servers.trust)


def test_a_strangers_time_stamp_proves_nothing(servers, b_b) -> None:
    servers.web.answers["/tsa"] = servers.stamping(servers.strange_tsa)
    both = Trust((servers.root.der, servers.stranger.der))
    stamped = add_time_stamp(b_b, HttpTimeStamper(servers.web.address + "/tsa", both), both)

    assert level_of(stamped, both) is Level.B_T
    assert level_of(stamped, servers.trust) is Level.B_B
    assert validate(stamped, servers.trust).valid
    assert validate(stamped, servers.trust).signatures[0].proven_at is None


def test_an_unsigned_or_broken_paper_gets_no_proof(servers, slip, b_b) -> None:
    broken = b_b.replace(b"ReportLab Generated", b"reportLab Generated")
    for pdf in (slip, broken):
        with pytest.raises(NothingToProve):
            add_time_stamp(pdf, _stamper(servers), servers.trust)
        with pytest.raises(NothingToProve):
            add_validation_data(pdf, HttpIssuers(), servers.trust)
        assert level_of(pdf, servers.trust) is None


def test_a_broken_time_stamp_is_seen(servers, b_lta) -> None:
    stamp = b_lta.rindex(b"/Contents <")
    place = stamp + len(b"/Contents <") + 4000
    broken = bytearray(b_lta)
    broken[place : place + 2] = b"00" if broken[place : place + 2] != b"00" else b"11"
    report = validate(bytes(broken), servers.trust)
    assert not report.valid
    assert level_of(bytes(broken), servers.trust) is None


def test_a_new_empty_field_is_still_seen_beside_a_time_stamp(servers, b_lta) -> None:
    writer = Update(io.BytesIO(b_lta))
    append_signature_field(writer, SigFieldSpec("DauThoiGian9"))
    output = io.BytesIO()
    writer.write(output)
    assert not validate(output.getvalue(), servers.trust).valid


# Revocation


def _revoke(servers: Authorities, party: Party, when: datetime) -> None:
    servers.revoked[party.certificate.serial_number] = when


def test_revoked_after_the_proven_time_it_stays_valid_and_says_so(servers, b_t) -> None:
    _revoke(servers, servers.officer, datetime.now(UTC) + timedelta(minutes=1))
    known = add_validation_data(b_t, HttpIssuers(), servers.trust)

    report = validate(known, servers.trust).signatures[0]
    assert report.valid
    assert report.revocation is Revocation.REVOKED_AFTER
    assert "sau khi đã ký" in report.verdict
    assert level_of(known, servers.trust) is Level.B_LT


def test_revoked_before_the_proven_time_it_is_worth_nothing(servers, b_t) -> None:
    _revoke(servers, servers.officer, datetime.now(UTC) - timedelta(hours=1))
    with pytest.raises(CertificateRevoked, match="Nguyễn Thị Hằng"):
        add_validation_data(b_t, HttpIssuers(), servers.trust)


def test_revoked_and_never_proven_it_is_worth_nothing(servers, b_b) -> None:
    _revoke(servers, servers.officer, datetime.now(UTC) + timedelta(minutes=1))
    with pytest.raises(CertificateRevoked):
        add_validation_data(b_b, HttpIssuers(), servers.trust)


def test_a_file_that_carries_its_own_revocation_is_not_valid(servers, b_t) -> None:
    """Somebody else laid the data in: validation alone must see it."""
    moved = _with_crl(servers, b_t, datetime.now(UTC) - timedelta(hours=1))
    report = validate(moved, servers.trust)
    assert report.signatures[0].revocation is Revocation.REVOKED_BEFORE
    assert "không có gì chứng minh" in report.signatures[0].verdict
    assert not report.valid


def _with_crl(servers: Authorities, pdf: bytes, since: datetime, key: object = None) -> bytes:
    """Lay a list into the file by hand, without any check."""
    _revoke(servers, servers.officer, since)
    writer = Update(io.BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, crls=[crl.CertificateList.load(servers.crl(servers.issuing, key=key))]
    )
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_an_expired_list_is_refused(servers, b_t) -> None:
    del servers.web.answers["/ocsp"]
    servers.web.answers["/issuing.crl"] = lambda _: servers.crl(servers.issuing, (-9 * DAYS, -2 * DAYS))
    with pytest.raises((RevocationStale, RevocationUnavailable)) as refusal:
        add_validation_data(b_t, HttpIssuers(), servers.trust)
    assert isinstance(refusal.value, RevocationUnavailable)  # of the first address, OCSP

    del servers.web.answers["/root.crl"]
    with pytest.raises(RevocationStale):
        HttpIssuers().ask(servers.tsa.der, servers.issuing.der, datetime.now(UTC))


def test_without_ocsp_a_list_does(servers, b_t) -> None:
    del servers.web.answers["/ocsp"]
    known = add_validation_data(b_t, HttpIssuers(), servers.trust)
    assert level_of(known, servers.trust) is Level.B_LT
    with pikepdf.open(io.BytesIO(known)) as pdf:
        assert "/OCSPs" not in pdf.Root.DSS


@pytest.mark.parametrize("who", ["stranger", "officer", "strange responder"])
def test_an_answer_by_somebody_else_is_refused(servers, b_t, who) -> None:
    others = {
        "stranger": servers.stranger,
        "officer": servers.officer,  # of the same issuer, but never appointed
        "strange responder": servers.issue("OCSP", servers.stranger, usage=(_OCSP_SIGNING,)),
    }
    servers.web.answers["/ocsp"] = servers.answering(others[who])
    with pytest.raises(RevocationForged):
        _ocsp_alone(servers)


def _ocsp_alone(servers: Authorities) -> None:
    del servers.web.answers["/issuing.crl"]
    HttpIssuers().ask(servers.officer.der, servers.issuing.der, datetime.now(UTC))


def test_a_list_by_somebody_else_is_refused(servers) -> None:
    servers.web.answers["/issuing.crl"] = lambda _: servers.crl(servers.issuing, key=servers.stranger.key)
    with pytest.raises(RevocationForged):
        HttpIssuers().ask(servers.tsa.der, servers.issuing.der, datetime.now(UTC))


def test_an_old_answer_is_refused(servers) -> None:
    servers.web.answers["/ocsp"] = servers.answering(ages=(-5 * DAYS, -1 * DAYS))
    with pytest.raises(RevocationStale):
        _ocsp_alone(servers)


def test_a_huge_list_is_not_read_to_its_end(servers) -> None:
    servers.web.answers["/issuing.crl"] = lambda _: bytes(9 * 1024 * 1024)
    with pytest.raises(RevocationUnavailable, match="dài quá"):
        HttpIssuers().ask(servers.tsa.der, servers.issuing.der, datetime.now(UTC))


def test_a_certificate_without_addresses_cannot_be_asked_about(servers) -> None:
    silent = servers.issue("Không địa chỉ", servers.issuing)
    with pytest.raises(RevocationUnavailable, match="không ghi địa chỉ"):
        HttpIssuers().ask(silent.der, servers.issuing.der, datetime.now(UTC))


def test_data_by_a_stranger_in_the_file_says_nothing(servers, b_t) -> None:
    forged = _with_crl(servers, b_t, datetime.now(UTC) - timedelta(hours=1), servers.stranger.key)
    report = validate(forged, servers.trust)
    assert report.valid
    assert report.signatures[0].revocation is Revocation.NOT_KNOWN


# Renewal


def test_a_time_stamp_lives_as_long_as_its_authority_unless_it_is_renewed(servers, b_t) -> None:
    soon = servers.issue("TSA sắp hết", servers.issuing, crl="/issuing.crl", usage=(_TIME,), days=(-30, 100))
    servers.web.answers["/tsa"] = servers.stamping(soon)
    archived = add_time_stamp(
        add_validation_data(b_t, HttpIssuers(), servers.trust), _stamper(servers), servers.trust
    )
    ends = ends_of(archived, servers.trust)
    assert ends == soon.certificate.not_valid_after_utc
    later = datetime.now(UTC) + timedelta(days=300)
    assert level_of(archived, servers.trust) is Level.B_LTA
    assert level_of(archived, servers.trust, at=later) is Level.B_LT  # its own token still lives

    servers.web.answers["/tsa"] = servers.stamping()
    renewed = renew_time_stamp(archived, _stamper(servers), HttpIssuers(), servers.trust)

    assert renewed.startswith(archived)
    assert level_of(renewed, servers.trust, at=later) is Level.B_LTA
    assert ends_of(renewed, servers.trust) > ends


def test_when_every_authority_has_ended_nothing_is_proven_any_more(servers, b_lta) -> None:
    much_later = datetime.now(UTC) + timedelta(days=1000)
    assert level_of(b_lta, servers.trust, at=much_later) is None
