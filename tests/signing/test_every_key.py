"""Every kind of key that a token may hold: it signs, and our validator, pyHanko, poppler and OpenSSL agree on it."""

import asyncio
import hashlib
import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import cms, x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.certificate import SigningCertificate
from signing.cms import signed_data
from signing.pades import SignRequest, sign_and_check
from signing.pkcs11 import _bare_point
from signing.practice_token import PracticeKey, make_token, token_environment
from signing.practice_token import softhsm_library as library
from signing.token_client import TokenProcess
from signing.trust import Trust
from signing.validation import validate
from tests.signing.conftest import PRIVATE_KEY, Authority, _practice_key, a_pin


def _rsa(bits: int) -> Callable[[], PRIVATE_KEY]:
    return lambda: rsa.generate_private_key(65537, bits)


def _ec(curve: ec.EllipticCurve) -> Callable[[], PRIVATE_KEY]:
    return lambda: ec.generate_private_key(curve)


KINDS = {
    "RSA-2048": (_rsa(2048), "sha256"),
    "RSA-3072": (_rsa(3072), "sha256"),
    "RSA-4096": (_rsa(4096), "sha256"),
    "P-256": (_ec(ec.SECP256R1()), "sha256"),
    "P-384": (_ec(ec.SECP384R1()), "sha384"),
    "P-521": (_ec(ec.SECP521R1()), "sha512"),
}


@dataclass(frozen=True)
class Slip:
    """A slip that a token signed, and whose it is."""

    pdf: bytes
    certificate: bytes
    digest: str


@dataclass(frozen=True)
class Keys:
    """One token with a key of each kind."""

    process: TokenProcess
    serial: str
    certificates: dict[str, tuple[str, bytes]]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory, issuing: Authority) -> Iterator[Keys]:
    folder = tmp_path_factory.mktemp("every_key")
    laid: list[PracticeKey] = []
    certificates = {}
    for number, (kind, (make, _)) in enumerate(KINDS.items(), 1):
        pair = issuing.issue(f"Người ký {kind}", make())
        laid.append(_practice_key(f"{number:02x}", *pair))
        certificates[kind] = (laid[-1].key_id, laid[-1].certificate)
    serial = make_token(folder, "Đủ loại khóa", "24681357", laid)
    with TokenProcess(library(), token_environment(folder)) as process:
        yield Keys(process, serial, certificates)


@pytest.fixture(scope="module", params=KINDS)
def signed(
    request: pytest.FixtureRequest, keys: Keys, slip: bytes, issuing: Authority, root: Authority
) -> Slip:
    key_id, der = keys.certificates[request.param]
    with keys.process.unlocked(keys.serial, key_id, a_pin(), der) as session:
        asked = SignRequest("CanBo", der, datetime.now(UTC), (issuing.der,))
        pdf = sign_and_check(slip, asked, session, Trust((root.der,)))
    return Slip(pdf, der, KINDS[request.param][1])


def test_our_validator_finds_it_valid_and_the_digest_as_strong_as_the_key(
    signed: Slip, root: Authority
) -> None:
    [told] = validate(signed.pdf, Trust((root.der,))).signatures
    info = _container(signed)["content"]["signer_infos"][0]

    assert told.valid
    assert SigningCertificate(signed.certificate).digest == signed.digest
    assert info["digest_algorithm"]["algorithm"].native == signed.digest
    assert info["signature_algorithm"].hash_algo == signed.digest


def test_pyhanko_itself_trusts_it(signed: Slip, root: Authority) -> None:
    [embedded] = PdfFileReader(io.BytesIO(signed.pdf)).embedded_signatures
    context = ValidationContext(trust_roots=[x509.Certificate.load(root.der)], allow_fetching=False)
    assert asyncio.run(async_validate_pdf_signature(embedded, context)).bottom_line


def test_poppler_finds_it_valid(signed: Slip, pdfsig: Callable[[bytes], str]) -> None:
    told = pdfsig(signed.pdf)
    assert told.count("Signature is Valid") == 1, told
    name = signed.digest.upper().replace("SHA", "SHA-")
    assert f"Signing Hash Algorithm: {name}" in told
    broken = pdfsig(signed.pdf.replace(b"ReportLab", b"reportLab", 1))
    assert "Signature is Valid" not in broken


def test_openssl_verifies_it(signed: Slip, root: Authority, tmp_path: Path) -> None:
    [embedded] = PdfFileReader(io.BytesIO(signed.pdf)).embedded_signatures
    first, length, second, rest = (int(each) for each in embedded.byte_range)
    content = signed.pdf[first : first + length] + signed.pdf[second : second + rest]
    (tmp_path / "container").write_bytes(embedded.pkcs7_content)
    pem = load_der_x509_certificate(root.der).public_bytes(Encoding.PEM)
    (tmp_path / "root.pem").write_bytes(pem)

    def judged(over: bytes) -> int:
        (tmp_path / "content").write_bytes(over)
        given = ["-inform", "DER", "-in", "container", "-content", "content", "-CAfile", "root.pem"]
        more = ["-purpose", "any", "-no-CApath", "-no-CAstore", "-out", "out"]
        command = ["openssl", "cms", "-verify", "-binary", *given, *more]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert judged(content) == 0
    assert judged(content.replace(b"ReportLab", b"reportLab", 1)) != 0


@pytest.mark.parametrize("kind", ["P-256", "P-384", "P-521"])
def test_our_container_equals_pyhankos_on_every_curve(keys: Keys, issuing: Authority, kind: str) -> None:
    digest_name, der = KINDS[kind][1], keys.certificates[kind][1]
    chain = SimpleCertificateStore.from_certs([x509.Certificate.load(issuing.der)])
    theirs = signers.ExternalSigner(x509.Certificate.load(der), chain, bytes(64))
    digest = hashlib.new(digest_name).digest()
    made = asyncio.run(theirs.async_sign(digest, digest_name, use_pades=True))

    assert signed_data(digest, der, (issuing.der,), lambda _: bytes(64)) == made.dump()


@pytest.mark.parametrize(
    "curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()], ids=lambda each: each.name
)
def test_a_point_is_read_whether_its_token_wraps_it_or_not(
    issuing: Authority, curve: ec.EllipticCurve
) -> None:
    _, certificate = issuing.issue("Điểm", ec.generate_private_key(curve))
    point = SigningCertificate(certificate.public_bytes(Encoding.DER)).public
    head = bytes((4, len(point))) if len(point) < 128 else bytes((4, 0x81, len(point)))

    assert _bare_point(head + point) == point
    assert _bare_point(point) == point
    alike = point[:1] + bytes((len(point) - 2,)) + point[2:]  # its second byte happens to look like a length
    assert _bare_point(alike) == alike


def _container(signed: Slip) -> cms.ContentInfo:
    [embedded] = PdfFileReader(io.BytesIO(signed.pdf)).embedded_signatures
    return cms.ContentInfo.load(embedded.pkcs7_content)
