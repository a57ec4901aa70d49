"""A certificate that may not sign is named with its reason before a PIN is asked, and no PIN goes to its token."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from clerk_app.domain.officer import Officer
from clerk_app.domain.token_card import TypedPin, own_card
from clerk_app.services.known_revocations import KnownRevocations
from clerk_app.services.token_cards import TokenCards
from clerk_app.services.token_rack import CertificateOwner, TokenRack
from clerk_app.services.warn_expiry import WarnExpiry
from signing import errors
from signing.certificate import SigningCertificate
from signing.revocation import HttpIssuers
from signing.trust import Trust
from tests.services.test_token_rack import FakeToken
from tests.signing.authorities import Authorities, authorities

HOA = CertificateOwner("Đặng Thị Hoa")
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """How a certificate differs from a good one."""

    bits: int = 2048
    days: tuple[int, int] = (-30, 300)
    signs: bool = True
    usage: tuple[x509.ObjectIdentifier, ...] = ()


def certificate(wanted: Wanted) -> bytes:
    key = rsa.generate_private_key(65537, wanted.bits)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOA.name)])
    first, last = (NOW + days * DAY for days in wanted.days)
    usage = x509.KeyUsage(wanted.signs, wanted.signs, not wanted.signs, *[False] * 6)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, first, last)
    builder = builder.add_extension(usage, critical=True)
    if wanted.usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(wanted.usage), critical=False)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def signed_with_sha1(folder: Path) -> bytes:
    """OpenSSL still makes what nobody should believe."""
    words = (
        "openssl req -x509 -newkey rsa:2048 -nodes -sha1 -days 30 -outform DER -out sha1.der -keyout key.pem"
    )
    more = [
        "-subj",
        f"/CN={HOA.name}",
        "-utf8",
        "-addext",
        "keyUsage=digitalSignature",
        "-addext",
        "basicConstraints=CA:FALSE",
    ]
    subprocess.run([*words.split(), *more], cwd=folder, check=True, capture_output=True)
    return (folder / "sha1.der").read_bytes()


REFUSED = {
    "expired": (Wanted(days=(-700, -1)), errors.CertificateExpired, "đã hết hạn"),
    "not valid yet": (Wanted(days=(1, 300)), errors.CertificateNotYetValid, "chưa có hiệu lực"),
    "for encryption alone": (Wanted(signs=False), errors.CertificateWrongUsage, "không dùng để ký"),
    "of a web server": (Wanted(usage=(ExtendedKeyUsageOID.SERVER_AUTH,)), errors.CertificateWrongUsage, "ký"),
    "of programs": (Wanted(usage=(ExtendedKeyUsageOID.CODE_SIGNING,)), errors.CertificateWrongUsage, "ký"),
    "of a clock": (Wanted(usage=(ExtendedKeyUsageOID.TIME_STAMPING,)), errors.CertificateWrongUsage, "ký"),
    "of a responder": (Wanted(usage=(ExtendedKeyUsageOID.OCSP_SIGNING,)), errors.CertificateWrongUsage, "ký"),
    "a small key": (Wanted(bits=1024), errors.CertificateWeak, "RSA 1024"),
}


def refused(token: FakeToken, rack: TokenRack, why: type[errors.SigningError], words: str) -> None:
    card = own_card(TokenCards(rack, HOA, {})())
    assert card is not None  # it is the officer's: it is named, not missed
    assert type(card.unfit) is why
    assert words in str(card.unfit)
    assert card.unfit.remedy
    typed = TypedPin(card, bytearray(b"123456"))
    with pytest.raises(why), rack.unlocked(HOA, typed):
        pytest.fail("it was opened")
    assert token.typed == []
    assert not any(typed.pin)


@pytest.mark.parametrize(("wanted", "why", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_its_reason_and_no_pin_is_used(
    wanted: Wanted, why: type[errors.SigningError], words: str
) -> None:
    token = FakeToken(certificate(wanted))
    refused(token, TokenRack((token,)), why, words)


def test_one_signed_with_sha1_is_refused(tmp_path: Path) -> None:
    token = FakeToken(signed_with_sha1(tmp_path))
    refused(token, TokenRack((token,)), errors.CertificateWeak, "SHA1")


def test_a_good_one_is_not(tmp_path: Path) -> None:
    usage = (ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH)
    for wanted in (Wanted(), Wanted(usage=usage)):
        token = FakeToken(certificate(wanted))
        card = own_card(TokenCards(TokenRack((token,)), HOA, {})())
        assert card is not None
        assert card.unfit is None


def test_a_fit_certificate_of_the_same_person_goes_before_an_unfit_one() -> None:
    good, expired = (FakeToken(certificate(Wanted(days=days))) for days in ((-30, 300), (-700, -1)))
    cards = TokenCards(TokenRack((expired, good)), HOA, {})()
    assert [card.unfit is None for card in cards] == [True, False]


@pytest.fixture(scope="module")
def authority() -> Iterator[Authorities]:
    with authorities() as opened:
        yield opened


@pytest.fixture
def known(authority: Authorities, tmp_path: Path) -> KnownRevocations:
    authority.tell_the_truth()
    trust = Trust(authority.trust.roots, authority.chain)
    return KnownRevocations(tmp_path, trust, lambda: datetime.now(UTC), lambda: HttpIssuers(5.0))


def test_a_revoked_one_is_refused_once_its_issuer_has_said_so(
    authority: Authorities, known: KnownRevocations
) -> None:
    token = FakeToken(authority.officer.der)
    own = SigningCertificate(authority.officer.der)
    owner = CertificateOwner(own.common_name)
    rack = TokenRack((token,), known.since)
    assert own_card(TokenCards(rack, owner, {})()).unfit is None  # nobody was asked: not known is not refused

    authority.revoked[authority.officer.certificate.serial_number] = NOW - DAY
    warning = WarnExpiry(known.folder, rack, owner, Officer("cb-01", "An", frozenset()), known.now, known)()
    assert "đã bị thu hồi" in warning

    card = own_card(TokenCards(rack, owner, {})())
    assert isinstance(card.unfit, errors.SignerRevoked)
    with pytest.raises(errors.SignerRevoked), rack.unlocked(owner, TypedPin(card, bytearray(b"123456"))):
        pytest.fail("it was opened")
    assert token.typed == []


def test_issuers_are_asked_once_a_day_and_nobody_of_strangers(
    authority: Authorities, known: KnownRevocations
) -> None:
    own = SigningCertificate(authority.officer.der)
    known.ask([own])
    asked = len(authority.web.asked)
    assert asked
    known.ask([own, SigningCertificate(certificate(Wanted()))])
    assert len(authority.web.asked) == asked
    replace(known, now=lambda: datetime.now(UTC) + DAY).ask([own])
    assert len(authority.web.asked) > asked


def test_an_issuer_that_is_away_refuses_nobody(authority: Authorities, known: KnownRevocations) -> None:
    authority.web.answers.clear()
    own = SigningCertificate(authority.officer.der)
    known.ask([own])
    assert known.since(own.sha256) is None
    (known.folder / "revocations.json").write_text("[spoilt", "utf-8")
    assert known.since(own.sha256) is None
