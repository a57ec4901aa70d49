"""A certificate that may sign: whose it is, from when to when, for what; and which one to choose.

All that can be checked before a PIN is asked for is checked here.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

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
    SigningError,
)
from signing.token import TokenCertificate

_LEAST_RSA_BITS = 2048
_OF_MACHINES = frozenset(
    {
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.CODE_SIGNING,
        ExtendedKeyUsageOID.TIME_STAMPING,
        ExtendedKeyUsageOID.OCSP_SIGNING,
    }
)
_WEAK_DIGESTS = {"md5", "sha1"}
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975; sentences show local days

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """What we need to know of a certificate (X.509, DER). Times in UTC.

    Raises `CertificateUnreadable`, or `MechanismUnsupported` when its key is neither RSA nor EC.
    """

    der: bytes
    common_name: str = field(init=False)
    serial: str = field(init=False)  # hex
    sha256: str = field(init=False)  # hex, over the DER
    valid_from: datetime = field(init=False)
    valid_to: datetime = field(init=False)
    may_sign: bool = field(init=False)  # digitalSignature or nonRepudiation, no CA, not for machines alone
    is_authority: bool = field(init=False)  # a CA's
    weakness: str = field(init=False)  # "" when its digest and key are good enough
    digest: str = field(init=False)  # with which its key signs, as hashlib names it
    public_key: PublicKey = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        try:
            parsed = x509.load_der_x509_certificate(self.der)
            self._note("common_name", _common_name(parsed))
            self._note("is_authority", _is_authority(parsed))
            self._note("may_sign", not self.is_authority and _may_sign(parsed))
            key = parsed.public_key()
        except (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension):
            raise CertificateUnreadable from None
        if not isinstance(key, PublicKey):
            raise MechanismUnsupported
        self._note("serial", f"{parsed.serial_number:x}")
        self._note("sha256", hashlib.sha256(self.der).hexdigest())
        self._note("valid_from", parsed.not_valid_before_utc)
        self._note("valid_to", parsed.not_valid_after_utc)
        self._note("weakness", _weakness(parsed, key))
        self._note("digest", _digest(key))
        self._note("public_key", key)

    def _note(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def public(self) -> bytes:
        """The public half as tokens show it: the RSA modulus, or the uncompressed EC point."""
        if isinstance(self.public_key, rsa.RSAPublicKey):
            modulus = self.public_key.public_numbers().n
            return modulus.to_bytes((modulus.bit_length() + 7) // 8, "big")
        return self.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def verify(self, data: bytes, signature: bytes) -> None:
        """Raise `KeyMismatch` unless `signature` (ECDSA as DER) is ours over the `digest` of `data`."""
        digest = _HASHES[self.digest]
        try:
            if isinstance(self.public_key, rsa.RSAPublicKey):
                self.public_key.verify(signature, data, padding.PKCS1v15(), digest)
            else:
                self.public_key.verify(signature, data, ec.ECDSA(digest))
        except InvalidSignature:
            raise KeyMismatch from None


def check(certificate: SigningCertificate, now: datetime, owner: str | None = None) -> None:
    """Raise unless the certificate may sign at `now` (UTC), and is `owner`'s where one is named."""
    name = certificate.common_name
    if owner is not None and not same_person(name, owner):
        raise CertificateWrongOwner(found=name, owner=owner)
    if now < certificate.valid_from:
        raise CertificateNotYetValid(owner=name, day=_day(certificate.valid_from))
    if now > certificate.valid_to:
        raise CertificateExpired(owner=name, day=_day(certificate.valid_to))
    if not certificate.may_sign:
        raise CertificateWrongUsage(owner=name)
    if certificate.weakness:
        raise CertificateWeak(owner=name, reason=certificate.weakness)


def choose(
    certificates: Iterable[TokenCertificate], *, now: datetime, owner: str | None = None
) -> TokenCertificate:
    """Return the certificate that may sign at `now`, the longest valid one; no PIN is needed for it.

    Raises the reason of the nearest miss: wrong usage, expired, another owner's …; `CertificateMissing`
    when there is none at all.
    """
    fitting: list[tuple[datetime, TokenCertificate]] = []
    misses: list[SigningError] = []
    for each in certificates:
        try:
            certificate = SigningCertificate(each.der)
            check(certificate, now, owner)
            fitting.append((certificate.valid_to, each))
        except SigningError as miss:
            misses.append(miss)
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    raise min(misses, key=_how_far, default=CertificateMissing())


def same_person(one: str, other: str) -> bool:
    """Compare two names of certificate owners: case, spaces and Unicode form do not count."""
    return _folded(one) == _folded(other)


def _how_far(miss: SigningError) -> int:
    """Order the misses: an expired certificate of the owner says more than somebody else's."""
    order = (CertificateExpired, CertificateNotYetValid, CertificateWeak, CertificateWrongUsage)
    order_of = {kind: place for place, kind in enumerate((*order, CertificateWrongOwner))}
    return order_of.get(type(miss), len(order_of))


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _common_name(parsed: x509.Certificate) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for each in parsed.subject.get_attributes_for_oid(kind):
            return unicodedata.normalize("NFC", str(each.value))
    return ""


def _is_authority(parsed: x509.Certificate) -> bool:
    try:
        return parsed.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _may_sign(parsed: x509.Certificate) -> bool:
    try:
        wanted = parsed.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        if _OF_MACHINES.issuperset(wanted):
            return False
    except x509.ExtensionNotFound:
        pass  # for whatever its key usage says
    try:
        usage = parsed.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature or usage.content_commitment


def _weakness(parsed: x509.Certificate, key: PublicKey) -> str:
    digest = parsed.signature_hash_algorithm
    if digest is not None and digest.name in _WEAK_DIGESTS:
        return digest.name.upper()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA_BITS:
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < 256:
        return f"EC {key.key_size}"
    return ""


def _digest(key: PublicKey) -> str:
    """Choose a digest as strong as the curve (FIPS 186-5); for RSA the one that every reader knows."""
    if isinstance(key, rsa.RSAPublicKey) or key.key_size <= 256:
        return "sha256"
    return "sha384" if key.key_size <= 384 else "sha512"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(_VIETNAM):%d/%m/%Y}"
