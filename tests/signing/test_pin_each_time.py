"""Keys with CKA_ALWAYS_AUTHENTICATE, for real in SoftHSM2: one PIN typed serves one signature."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import NameOID

from signing import errors
from signing.practice_token import make_token, softhsm_library, token_environment
from signing.token_client import TokenProcess

PIN = "24681357"


@dataclass(frozen=True)
class StrictToken:
    """A token whose key was made on it, and wants the PIN for every signature."""

    folder: Path
    serial: str

    def tool(self, *arguments: object) -> None:
        command = ("pkcs11-tool", "--module", softhsm_library(), "--login", "--pin", PIN, *arguments)
        environment = {"PATH": "/usr/bin:/bin", **token_environment(self.folder)}
        subprocess.run(
            [str(each) for each in command], env=environment, capture_output=True, check=True, timeout=60
        )


@pytest.fixture(scope="module")
def strict(tmp_path_factory, issuing) -> StrictToken:
    folder = tmp_path_factory.mktemp("strict")
    token = StrictToken(folder, make_token(folder, "Thẻ nghiêm", PIN, []))
    token.tool("--keypairgen", "--key-type", "rsa:2048", "--id", "01", "--label", "k", "--always-auth")
    public, laid = folder / "public.der", folder / "certificate.der"
    token.tool("--read-object", "--type", "pubkey", "--id", "01", "--output-file", public)
    laid.write_bytes(_certified(load_der_public_key(public.read_bytes()), issuing))
    token.tool("--write-object", laid, "--type", "cert", "--id", "01", "--label", "k")
    return token


def _certified(public, issuing) -> bytes:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Đỗ Văn Nghiêm")]))
        .issuer_name(issuing.certificate.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=300))
        .add_extension(usage, critical=True)
        .sign(issuing.key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


@pytest.fixture
def process(strict: StrictToken) -> Iterator[TokenProcess]:
    with TokenProcess(softhsm_library(), token_environment(strict.folder)) as tokens:
        yield tokens


def test_one_pin_typed_signs_one_document_and_no_second_one(process: TokenProcess, strict) -> None:
    pin = bytearray(PIN.encode())

    with process.unlocked(strict.serial, "01", pin) as session:
        assert session.sign(b"the one document")
        with pytest.raises(errors.PinEachTime):
            session.sign(b"a second one")

    assert pin == bytes(len(PIN))


def test_typed_again_it_signs_the_next_one(process: TokenProcess, strict) -> None:
    for document in (b"first", b"second"):
        with process.unlocked(strict.serial, "01", bytearray(PIN.encode())) as session:
            assert session.sign(document)


def test_once_seen_it_is_said_before_the_next_pin(process: TokenProcess, strict) -> None:
    before = process.certificates(strict.serial)[0]
    with process.unlocked(strict.serial, "01", bytearray(PIN.encode())):
        pass
    after = process.certificates(strict.serial)[0]

    assert not before.pin_each_time  # a private key is not to be seen before a login
    assert after.pin_each_time


def test_a_key_that_asks_once_signs_a_whole_list(tokens, practice) -> None:
    with tokens.unlocked(practice.serial, "01", bytearray(PIN.encode())) as session:
        assert [bool(session.sign(each)) for each in (b"1", b"2", b"3")] == [True] * 3
    assert not tokens.certificates(practice.serial)[0].pin_each_time


def test_a_pin_refused_for_the_signature_is_not_used_again(driver, strict) -> None:
    environment = {**driver.environment, **token_environment(strict.folder)}
    driver.fail("again a0")

    with (
        TokenProcess(driver.library, environment) as process,
        process.unlocked(strict.serial, "01", bytearray(PIN.encode())) as session,
    ):
        with pytest.raises(errors.PinIncorrect):
            session.sign(b"data")
        driver.fail("none none")
        with pytest.raises(errors.ModuleFailed):
            session.sign(b"data")

    assert (driver.count("logins"), driver.count("again")) == (1, 1)
