"""Certificates that may not sign, on a real token: whoever would ask for the PIN is told why, and the driver sees no login."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from clerk_app.cli.commands import card_to_sign
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import NoToken, OfficeError
from clerk_app.services.known_revocations import KnownRevocations
from clerk_app.services.token_cards import TokenCards
from clerk_app.services.token_rack import CertificateOwner, TokenRack
from signing import errors
from signing.practice_token import PracticeKey, make_token, token_environment
from signing.token_client import TokenProcess
from signing.trust import Trust
from tests.signing.authorities import Authorities, authorities, slowly
from tests.signing.conftest import PIN, PRIVATE_KEY, FakeDriver

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
EKU = ExtendedKeyUsageOID


def _rsa(bits: int) -> Callable[[], PRIVATE_KEY]:
    return lambda: rsa.generate_private_key(65537, bits)


@dataclass(frozen=True)
class Wanted:
    """How a certificate differs from a good one, and how its refusal reads; `told` empty: it signs."""

    told: str
    why: type[Exception] = errors.CertificateWrongUsage
    key: Callable[[], PRIVATE_KEY] = field(default_factory=lambda: _rsa(2048))
    days: tuple[int, int] = (-30, 300)
    signs: bool = True
    authority: bool = False
    usage: tuple[x509.ObjectIdentifier, ...] = ()
    ocsp: str = ""
    sha1: bool = False


ROWS = {
    "good": Wanted(""),
    "good, for mail and clients": Wanted("", usage=(EKU.EMAIL_PROTECTION, EKU.CLIENT_AUTH)),
    "signed with SHA-1": Wanted("SHA1", errors.CertificateWeak, sha1=True),
    "RSA-1024": Wanted("RSA 1024", errors.CertificateWeak, _rsa(1024)),
    "P-192": Wanted("EC 192", errors.CertificateWeak, lambda: ec.generate_private_key(ec.SECP192R1())),
    "expired": Wanted("đã hết hạn", errors.CertificateExpired, days=(-300, -1)),
    "not yet valid": Wanted("chưa có hiệu lực", errors.CertificateNotYetValid, days=(1, 300)),
    "revoked": Wanted("đã bị thu hồi từ", errors.SignerRevoked, ocsp="/row-ocsp"),
    "for encryption": Wanted("không dùng để ký", signs=False),
    "of a web server": Wanted("không dùng để ký", usage=(EKU.SERVER_AUTH,)),
    "of programs": Wanted("không dùng để ký", usage=(EKU.CODE_SIGNING,)),
    "of a clock": Wanted("không dùng để ký", usage=(EKU.TIME_STAMPING,)),
    "of a responder": Wanted("không dùng để ký", usage=(EKU.OCSP_SIGNING,)),
    "of an authority": Wanted("Không thấy thẻ ký số của", NoToken, authority=True),
}
REFUSED = {row: wanted for row, wanted in ROWS.items() if wanted.told}


@pytest.fixture(scope="module")
def there() -> Iterator[Authorities]:
    with authorities() as opened:
        yield opened


@pytest.fixture(scope="module")
def laid(
    there: Authorities, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, x509.Certificate]]:
    """One token on which each row has a key and a certificate, named after the row."""
    folder = tmp_path_factory.mktemp("vain")
    keys, issued = [], {}
    for number, (row, wanted) in enumerate(ROWS.items(), 1):
        key = wanted.key()
        issued[row] = _signed_with_sha1(folder, row) if wanted.sha1 else _issued(there, row, wanted, key)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        der = issued[row].public_bytes(Encoding.DER)
        keys.append(PracticeKey(f"{number:02x}", f"khóa {number}", pem, der))
    make_token(folder, "Đủ loại chứng thư", PIN, keys)
    return folder, issued


@pytest.fixture
def driver(shim: Path, laid: tuple[Path, object], tmp_path: Path) -> FakeDriver:
    """SoftHSM behind a shim that counts logins."""
    return FakeDriver(shim, tmp_path, token_environment(laid[0]))


@pytest.fixture
def known(
    there: Authorities, laid: tuple[Path, dict[str, x509.Certificate]], tmp_path: Path
) -> KnownRevocations:
    there.tell_the_truth()
    revoked = laid[1]["revoked"]
    there.web.answers["/row-ocsp"] = lambda _: _ocsp_answer(there, revoked)
    return KnownRevocations(tmp_path, Trust(there.trust.roots, there.chain), lambda: datetime.now(UTC))


@pytest.fixture
def rack(driver: FakeDriver, known: KnownRevocations) -> Iterator[TokenRack]:
    with TokenProcess(driver.library, driver.environment) as process:
        yield TokenRack((process,), known.since, known.look)


@pytest.mark.parametrize(("row", "wanted"), REFUSED.items(), ids=REFUSED)
def test_whoever_would_ask_for_the_pin_is_told_why_and_the_token_sees_no_login(
    rack: TokenRack, driver: FakeDriver, row: str, wanted: Wanted
) -> None:
    with pytest.raises((errors.SigningError, OfficeError)) as told:
        _would_ask(rack, row)

    assert type(told.value) is wanted.why
    assert wanted.told in str(told.value)
    assert told.value.remedy
    assert driver.count("logins") == 0


@pytest.mark.parametrize("row", [row for row in REFUSED if row != "of an authority"])
def test_a_pin_that_somebody_typed_all_the_same_goes_nowhere(
    rack: TokenRack, driver: FakeDriver, row: str
) -> None:
    card = TokenCards(rack, CertificateOwner(row), {})()[0]
    typed = TypedPin(card, bytearray(PIN.encode()))

    with pytest.raises(ROWS[row].why), rack.unlocked(CertificateOwner(row), typed):
        pytest.fail("it was opened")

    assert driver.count("logins") == 0
    assert not any(typed.pin)


@pytest.mark.parametrize("row", [row for row in ROWS if row not in REFUSED])
def test_a_good_one_logs_in_once(rack: TokenRack, driver: FakeDriver, row: str) -> None:
    typed = TypedPin(_would_ask(rack, row), bytearray(PIN.encode()))

    with rack.unlocked(CertificateOwner(row), typed) as session:
        assert session.sign(b"data")

    assert driver.count("logins") == 1


def test_anothers_token_is_not_asked_for(rack: TokenRack, driver: FakeDriver) -> None:
    with pytest.raises(NoToken, match="Vắng Mặt"):
        _would_ask(rack, "Vắng Mặt")
    assert driver.count("logins") == 0


def test_whoever_is_not_known_to_be_revoked_signs_and_it_is_said(
    rack: TokenRack, there: Authorities, known: KnownRevocations
) -> None:
    there.web.answers.clear()

    assert _would_ask(rack, "revoked").unsure
    assert len(there.web.asked) == 1
    assert _would_ask(rack, "revoked").unsure
    assert len(there.web.asked) == 1  # it is left alone for a while


def test_an_issuer_that_is_slow_holds_nobody_up_for_long(
    rack: TokenRack, there: Authorities, known: KnownRevocations
) -> None:
    there.web.answers["/row-ocsp"] = slowly(lambda _: b"", 30)
    began = datetime.now(UTC)

    assert _would_ask(rack, "revoked").unsure
    assert datetime.now(UTC) - began < timedelta(seconds=10)


def test_what_the_issuer_said_is_known_while_it_is_away(
    rack: TokenRack, there: Authorities, driver: FakeDriver
) -> None:
    with pytest.raises(errors.SignerRevoked):
        _would_ask(rack, "revoked")
    there.web.answers.clear()

    with pytest.raises(errors.SignerRevoked):
        _would_ask(rack, "revoked")
    assert driver.count("logins") == 0


def _would_ask(rack: TokenRack, owner: str):
    """Do what the command line does just before it asks for a PIN."""
    return card_to_sign(TokenCards(rack, CertificateOwner(owner), {})(), owner)


def _issued(there: Authorities, name: str, wanted: Wanted, key: PRIVATE_KEY) -> x509.Certificate:
    first, last = (NOW + days * DAY for days in wanted.days)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    plain = wanted.signs and not wanted.authority
    usage = x509.KeyUsage(plain, plain, not wanted.signs, False, False, wanted.authority, False, False, False)
    builder = (
        x509.CertificateBuilder(there.issuing.name, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=wanted.authority, path_length=None), critical=True)
    )
    if wanted.usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(wanted.usage), critical=False)
    if wanted.ocsp:
        at = x509.UniformResourceIdentifier(there.web.address + wanted.ocsp)
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, at)
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    return builder.sign(there.issuing.key, hashes.SHA256())


def _signed_with_sha1(folder: Path, name: str) -> x509.Certificate:
    """OpenSSL still makes what nobody should believe. Its key is another one: it is refused before that counts."""
    words = (
        "openssl req -x509 -newkey rsa:2048 -nodes -sha1 -days 30 -outform DER -out sha1.der -keyout sha1.pem"
    )
    usages = ["-addext", "keyUsage=digitalSignature", "-addext", "basicConstraints=CA:FALSE"]
    command = [*words.split(), "-subj", f"/CN={name}", "-utf8", *usages]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return x509.load_der_x509_certificate((folder / "sha1.der").read_bytes())


def _ocsp_answer(there: Authorities, certificate: x509.Certificate) -> bytes:
    now = datetime.now(UTC)
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certificate,
        issuer=there.issuing.certificate,
        algorithm=hashes.SHA1(),  # noqa: S303 - a name, no proof
        cert_status=ocsp.OCSPCertStatus.REVOKED,
        this_update=now,
        next_update=now + DAY,
        revocation_time=now - DAY,
        revocation_reason=None,
    )
    who = there.responder
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, who.certificate)
    return builder.certificates([who.certificate]).sign(who.key, hashes.SHA256()).public_bytes(Encoding.DER)
