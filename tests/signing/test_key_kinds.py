"""Every kind of key that tokens in Vietnam carry signs through PKCS#11, and others agree that it is valid."""

import io
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.pades import SignRequest, sign_and_check
from signing.practice_token import make_token, softhsm_library, token_environment
from signing.token_client import TokenProcess
from tests.signing.conftest import PIN, PRIVATE_KEY, Authority, Practice, _practice_key, a_pin

KINDS: dict[str, Callable[[], PRIVATE_KEY]] = {
    "RSA 2048": lambda: rsa.generate_private_key(65537, 2048),
    "RSA 3072": lambda: rsa.generate_private_key(65537, 3072),
    "RSA 4096": lambda: rsa.generate_private_key(65537, 4096),
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
}


@pytest.fixture(scope="module")
def all_kinds(tmp_path_factory: pytest.TempPathFactory, issuing: Authority) -> tuple[str, TokenProcess]:
    """One token with a key of each kind."""
    folder = tmp_path_factory.mktemp("kinds")
    issued = [issuing.issue(f"Nguyễn {kind}", made()) for kind, made in KINDS.items()]
    keys = [_practice_key(f"{number:02}", *pair) for number, pair in enumerate(issued, 1)]
    serial = make_token(folder, "Mọi loại khóa", PIN, keys)
    return serial, TokenProcess(softhsm_library(), token_environment(folder))


@pytest.fixture(params=list(KINDS))
def signed(request: pytest.FixtureRequest, all_kinds, slip: bytes, practice: Practice) -> bytes:
    serial, process = all_kinds
    number = f"{list(KINDS).index(request.param) + 1:02}"
    with process as token, token.unlocked(serial, number, a_pin()) as session:
        asked = SignRequest("CanBo", session.certificate, datetime.now(UTC), (practice.issuing.der,))
        return sign_and_check(slip, asked, session, practice.trust)


def test_our_validator_poppler_and_openssl_agree(
    signed: bytes, practice: Practice, pdfsig: Callable[[bytes], str], tmp_path: Path
) -> None:
    assert pdfsig(signed).count("Signature is Valid") == 1

    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    first, length, second, rest = (int(each) for each in signature.byte_range)
    (tmp_path / "container").write_bytes(signature.pkcs7_content)
    (tmp_path / "content").write_bytes(signed[first : first + length] + signed[second : second + rest])
    root = load_der_x509_certificate(practice.root.der).public_bytes(Encoding.PEM)
    (tmp_path / "root.pem").write_bytes(root)
    words = "openssl cms -verify -binary -inform DER -in container -content content -CAfile root.pem"
    more = "-purpose any -no-CApath -no-CAstore -out out"
    done = subprocess.run([*words.split(), *more.split()], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
