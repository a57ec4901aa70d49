"""What we sign is valid to others too: pyHanko's own validator, poppler, OpenSSL, qpdf."""

import asyncio
import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from signing.pades import SignRequest, sign
from signing.validation import validate
from tests.signing.conftest import BOXES, Practice, a_pin

FIELDS = tuple(box.name for box in BOXES)


@pytest.fixture(scope="module")
def signed(slip: bytes, practice: Practice) -> bytes:
    """A slip signed in three turns by the token: officer, leader, seal; the leader on P-256."""

    pdf = slip
    with practice.process() as tokens:
        for field, who in zip(FIELDS, ("CanBo", "P256", "ConDau"), strict=True):
            with tokens.unlocked(practice.serial, practice.key_ids[who], a_pin()) as session:
                request = SignRequest(field, session.certificate, datetime.now(UTC), (practice.issuing.der,))
                pdf = sign(pdf, request, session)
    assert validate(pdf, practice.trust).valid
    return pdf


def test_pyhanko_itself_trusts_each_signature(signed: bytes, practice: Practice) -> None:
    reader = PdfFileReader(io.BytesIO(signed))
    context = ValidationContext(trust_roots=[x509.Certificate.load(practice.root.der)], allow_fetching=False)
    for each in reader.embedded_signatures:
        status = asyncio.run(async_validate_pdf_signature(each, context))
        assert status.bottom_line, each.field_name


def test_poppler_finds_three_valid_signatures(signed: bytes, pdfsig) -> None:
    told = pdfsig(signed)

    assert told.count("Signature is Valid") == 3
    assert "Digest Mismatch" not in told


@pytest.mark.parametrize("place", range(3), ids=FIELDS)
def test_openssl_verifies_each_container_over_the_bytes_that_it_covers(
    signed: bytes, practice: Practice, tmp_path: Path, place: int
) -> None:
    signature = PdfFileReader(io.BytesIO(signed)).embedded_signatures[place]
    first, length, second, rest = (int(each) for each in signature.byte_range)
    content = signed[first : first + length] + signed[second : second + rest]
    (tmp_path / "container").write_bytes(signature.pkcs7_content)
    (tmp_path / "content").write_bytes(content)
    root = load_der_x509_certificate(practice.root.der).public_bytes(Encoding.PEM)
    (tmp_path / "root.pem").write_bytes(root)
    command = [
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "container",
        "-content",
        "content",
    ]

    def judged() -> subprocess.CompletedProcess[bytes]:
        more = ["-CAfile", "root.pem", "-purpose", "any", "-no-CApath", "-no-CAstore", "-out", "out"]
        return subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, check=False)

    assert judged().returncode == 0
    (tmp_path / "content").write_bytes(content.replace(b"ReportLab", b"reportLab", 1))
    assert judged().returncode != 0


def test_qpdf_finds_nothing_wrong(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)

    done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout
