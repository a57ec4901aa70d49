"""Whom we trust: the roots that were handed to us, never those of the operating system."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from signing.errors import CertificateUnreadable

_ENDINGS = frozenset({".pem", ".crt", ".cer", ".der"})


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates as DER: roots end a chain, the others only help to build one."""

    roots: tuple[bytes, ...]
    others: tuple[bytes, ...] = ()


def load_trust(folder: Path) -> Trust:
    """Read every certificate (PEM or DER) in a folder: self-signed ones are roots, the rest help.

    Raises `CertificateUnreadable`; a missing folder trusts nobody.
    """
    roots: list[bytes] = []
    others: list[bytes] = []
    for certificate in _certificates(folder):
        der = certificate.public_bytes(Encoding.DER)
        (roots if _self_signed(certificate) else others).append(der)
    return Trust(tuple(roots), tuple(others))


def _certificates(folder: Path) -> Iterator[x509.Certificate]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in _ENDINGS and file.is_file():
            yield from _parsed(file.read_bytes())


def _parsed(data: bytes) -> list[x509.Certificate]:
    try:
        if b"-----BEGIN CERTIFICATE-----" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        raise CertificateUnreadable from None


def _self_signed(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
