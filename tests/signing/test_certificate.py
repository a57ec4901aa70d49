"""Whatever can be known of a certificate is known before a PIN is asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from signing.certificate import SigningCertificate, check, choose, same_person
from signing.errors import (
    CertificateExpired,
    CertificateMissing,
    CertificateNotYetValid,
    CertificateUnreadable,
    CertificateWeak,
    CertificateWrongOwner,
    CertificateWrongUsage,
    KeyMismatch,
    MechanismUnsupported,
)
from signing.token import TokenCertificate

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def _der(pair) -> bytes:
    return pair[1].public_bytes(Encoding.DER)


def _on_token(*ders: bytes) -> list[TokenCertificate]:
    return [TokenCertificate("s1", f"{number:02x}", der) for number, der in enumerate(ders)]


def test_a_certificate_tells_whose_it_is_and_until_when(issuing, key) -> None:
    certificate = SigningCertificate(_der(issuing.issue("Nguyễn Thị Hằng", key)))
    assert certificate.common_name == "Nguyễn Thị Hằng"
    assert certificate.may_sign
    assert certificate.weakness == ""
    assert certificate.valid_from < NOW < certificate.valid_to
    assert certificate.public == key.public_key().public_numbers().n.to_bytes(256, "big")
    check(certificate, NOW, "nguyễn thị  HẰNG")


@pytest.mark.parametrize(
    ("issued", "refusal"),
    [
        ({"days": (-20, -1)}, CertificateExpired),
        ({"days": (2, 20)}, CertificateNotYetValid),
        ({"signs": False}, CertificateWrongUsage),
        ({"authority": True}, CertificateWrongUsage),
    ],
)
def test_what_may_not_sign_says_why(issuing, key, issued, refusal) -> None:
    with pytest.raises(refusal) as raised:
        check(SigningCertificate(_der(issuing.issue("An", key, **issued))), NOW)
    assert "An" in str(raised.value)


def test_the_day_in_the_sentence_is_the_day_here(issuing, key) -> None:
    certificate = SigningCertificate(_der(issuing.issue("An", key, days=(-20, -1))))
    with pytest.raises(CertificateExpired) as raised:
        check(certificate, NOW)
    assert f"{certificate.valid_to + timedelta(hours=7):%d/%m/%Y}" in str(raised.value)


def test_a_small_key_is_too_weak(issuing) -> None:
    small = rsa.generate_private_key(65537, 1024)  # noqa: S505 - weak on purpose
    with pytest.raises(CertificateWeak) as raised:
        check(SigningCertificate(_der(issuing.issue("An", small))), NOW)
    assert "RSA 1024" in str(raised.value)


def test_a_key_of_another_kind_is_not_for_us(issuing) -> None:
    with pytest.raises(MechanismUnsupported):
        SigningCertificate(_der(issuing.issue("An", ed25519.Ed25519PrivateKey.generate())))


@pytest.mark.parametrize("junk", [b"", b"0", b"\x30\x82\xff\xff", bytes(500)])
def test_garbage_is_no_certificate(junk) -> None:
    with pytest.raises(CertificateUnreadable):
        SigningCertificate(junk)


def test_the_owners_longest_valid_certificate_is_chosen(issuing, key) -> None:
    short = _der(issuing.issue("Hằng", key, days=(-9, 9)))
    long = _der(issuing.issue("Hằng", key, days=(-9, 90)))
    other = _der(issuing.issue("Đức", key, days=(-9, 900)))
    assert choose(_on_token(short, other, long), now=NOW, owner="Hằng").der == long


def test_the_nearest_miss_is_told(issuing, key) -> None:
    expired = _der(issuing.issue("Hằng", key, days=(-90, -9)))
    other = _der(issuing.issue("Đức", key))
    with pytest.raises(CertificateExpired):
        choose(_on_token(other, expired), now=NOW, owner="Hằng")
    with pytest.raises(CertificateWrongOwner) as raised:
        choose(_on_token(other), now=NOW, owner="Hằng")
    assert raised.value.facts == {"found": "Đức", "owner": "Hằng"}
    with pytest.raises(CertificateMissing):
        choose([], now=NOW)


def test_one_name_in_two_unicode_forms_is_one_person() -> None:
    assert same_person("Nguyễn  Thị Hằng", "NGUYỄN THỊ HẰNG")
    assert not same_person("Nguyễn Thị Hằng", "Nguyễn Thị Hăng")


def test_a_wrong_signature_does_not_verify(issuing, key) -> None:
    certificate = SigningCertificate(_der(issuing.issue("An", key)))
    with pytest.raises(KeyMismatch):
        certificate.verify(b"data", bytes(256))
