"""Papers signed by programs that are not ours, honest and hostile: pyHanko as it is, and bytes bent by hand."""

import asyncio
import hashlib
import io
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.signing.conftest import PRIVATE_KEY, Authority

Change = Callable[[IncrementalPdfFileWriter], None]
Issued = tuple[PRIVATE_KEY, x509.Certificate]
_RANGES = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *")
_HOLE = re.compile(rb"/Contents <([0-9a-fA-F]{1000,})>")


class Unmarked(IncrementalPdfFileWriter):
    """An update that leaves no mark of its own: what a forger writes."""

    def _update_meta(self) -> None:
        """Change nothing."""


def fitted(contents: bytes, size: int) -> bytes:
    """Give the hex digits of a container to a hole of another size: only the zeros behind it grow or go."""
    assert not contents[size:].strip(b"0")
    return contents[:size].ljust(size, b"0")


def updated(pdf: bytes, change: Change) -> bytes:
    """Append one update to a paper, as a forger does."""
    writer = Unmarked(io.BytesIO(pdf), strict=False)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(pdf)
    return output.getvalue()


def signer_of(issued: Issued, *chain: bytes) -> signers.SimpleSigner:
    """A signer with its key in memory."""
    key, certificate = issued
    pkcs8 = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(pkcs8),
        cert_registry=SimpleCertificateStore.from_certs([asn1.Certificate.load(each) for each in chain]),
        embed_roots=False,
    )


def signed_elsewhere(pdf: bytes, signer: signers.SimpleSigner, field: str = "CanBo", **more: object) -> bytes:
    """Sign a field, which is made where there is none."""
    settings = {"md_algorithm": "sha256", **more}
    metadata = signers.PdfSignatureMetadata(field, **settings)
    writer = Unmarked(io.BytesIO(pdf), strict=False)
    signing = signers.async_sign_pdf(writer, metadata, signer, bytes_reserved=16384)
    return bytes(asyncio.run(signing).getvalue())


def ranges_of(pdf: bytes) -> tuple[int, int, int, int]:
    """The last signature's ByteRange."""
    first, length, second, rest = map(int, _RANGES.findall(pdf)[-1])
    return first, length, second, rest


def with_ranges(pdf: bytes, numbers: Sequence[object]) -> bytes:
    """Write another ByteRange in the place of the last one."""
    old = list(_RANGES.finditer(pdf))[-1]
    new = b"/ByteRange [" + b" ".join(str(each).encode() for each in numbers) + b"]"
    assert len(new) <= len(old[0]), "no room"
    return pdf[: old.start()] + new.ljust(len(old[0])) + pdf[old.end() :]


def signed_anew(pdf: bytes, signer: signers.SimpleSigner) -> bytes:
    """Put a right signature over whatever the last ByteRange names: a hostile program with a good key."""
    first, length, second, rest = ranges_of(pdf)
    digest = hashlib.sha256(pdf[first : first + length] + pdf[second : second + rest]).digest()
    container = asyncio.run(signer.async_sign(digest, "sha256", use_pades=False)).dump()
    hole = list(_HOLE.finditer(pdf))[-1]
    digits = container.hex().encode().ljust(len(hole[1]), b"0")
    assert len(digits) == len(hole[1]), "no room"
    return pdf[: hole.start(1)] + digits + pdf[hole.end(1) :]


def certificate_for(
    authority: Authority,
    name: str,
    key: PRIVATE_KEY | None = None,
    *,
    is_authority: bool = False,
    for_servers: bool = False,
) -> Issued:
    """A certificate of a kind that an authority would not issue to a signer."""
    key = key or rsa.generate_private_key(65537, 2048)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
        .issuer_name(authority.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=700))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, is_authority, is_authority, False, False), True
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
    )
    if for_servers:
        builder = builder.add_extension(x509.ExtendedKeyUsage([x509.OID_SERVER_AUTH]), critical=True)
    return key, builder.sign(authority.key, hashes.SHA256())
