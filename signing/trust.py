"""Whom we trust: the roots that were handed to us, never those of the operating system."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from signing.errors import CertificateUnreadable

_ENDINGS = frozenset({".pem", ".crt", ".cer", ".der"})


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates as DER: roots end a chain, the others only help to build one.

    `time_roots` end the chains of time-stamps; None: the same roots do.
    """

    roots: tuple[bytes, ...]
    others: tuple[bytes, ...] = ()
    time_roots: tuple[bytes, ...] | None = None

    @property
    def for_time(self) -> "Trust":
        """Whom we believe what time it was."""
        return self if self.time_roots is None else Trust(self.time_roots, self.others)


def load_trust(folder: Path) -> Trust:
    """Read every certificate (PEM or DER) in a folder: self-signed ones are roots, the rest help.

    Raises `CertificateUnreadable`; a missing folder trusts nobody.
    """
    return trust_in(each.public_bytes(Encoding.DER) for each in _certificates(folder))


def trust_in(ders: Iterable[bytes]) -> Trust:
    """Sort certificates: self-signed ones are roots, the rest help. Raises `CertificateUnreadable`."""
    roots: list[bytes] = []
    others: list[bytes] = []
    for der in ders:
        for certificate in _parsed(der):
            (roots if _self_signed(certificate) else others).append(der)
    return Trust(tuple(roots), tuple(others))


def names_in(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return every certificate (DER) in a folder with the name of whose it is; raises `CertificateUnreadable`."""
    return tuple((_name(each), each.public_bytes(Encoding.DER)) for each in _certificates(folder))


def _name(certificate: x509.Certificate) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for each in certificate.subject.get_attributes_for_oid(kind):
            return str(each.value)
    return certificate.subject.rfc4514_string()


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
