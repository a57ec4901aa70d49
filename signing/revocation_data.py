"""OCSP answers and CRLs as bytes: whether the issuer made them, and what they say of a certificate at a time.

RFC 6960 and RFC 5280. Whatever is not certain (a partial list, an answer by a stranger, one that is too old for the time
in question) says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, Hash, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from signing.errors import RevocationForged

_SKEW = timedelta(minutes=5)  # clocks of authorities and of this computer
_WEAK = frozenset({"md5", "sha1"})
_KNOWN_CRITICAL = (x509.IssuingDistributionPoint,)


class Standing(StrEnum):
    """What is known of a certificate."""

    GOOD = "good"
    REVOKED = "revoked"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Status:
    """Where a certificate stands; `since` (UTC) when it is revoked."""

    standing: Standing
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class RevocationData:
    """Answers and lists as they came, DER."""

    ocsps: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What one answer or list says: good unless `since`; made at `made`, to be asked again at `until` (UTC)."""

    since: datetime | None
    made: datetime
    until: datetime | None

    def speaks_of(self, moment: datetime, ends: datetime) -> bool:
        """Whether it tells that a certificate which ends at `ends` was good at `moment`.

        It does when it was made afterwards, or when that moment lies before its next update. Behind the end of the
        certificate nobody has to keep it on a list any more.
        """
        if self.made > ends:
            return False
        return self.made >= moment or (self.until is not None and moment <= self.until)


def status_of(
    certificate: bytes, issuer: bytes, data: RevocationData, moment: datetime, now: datetime
) -> Status:
    """Return where a certificate (DER) of `issuer` stood at `moment` by all that is in `data` and not from the future.

    Whether it was revoked before or after `moment` is for the caller to see: `REVOKED` names the earliest day.
    """
    said = [each for each in _all_said(certificate, issuer, data) if each.made <= now + _SKEW]
    revoked = [each.since for each in said if each.since is not None]
    if revoked:
        return Status(Standing.REVOKED, min(revoked))
    ends = x509.load_der_x509_certificate(certificate).not_valid_after_utc
    if any(each.speaks_of(moment, ends) for each in said):
        return Status(Standing.GOOD)
    return Status(Standing.NOT_KNOWN)


def _all_said(certificate: bytes, issuer: bytes, data: RevocationData) -> Iterator[Said]:
    for read, ders in ((read_ocsp, data.ocsps), (read_crl, data.crls)):
        for der in ders:
            try:
                yield read(der, certificate, issuer)
            except RevocationForged:
                continue  # it is about others, or nobody's word


def read_ocsp(der: bytes, certificate: bytes, issuer: bytes) -> Said:
    """Return what an OCSP answer says of a certificate. Raises `RevocationForged` for whatever is not its issuer's word."""
    try:
        return _read_ocsp(der, certificate, issuer)
    except RevocationForged:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes meet parsers with any built-in error
        raise RevocationForged(reason=type(error).__name__) from None


def read_crl(der: bytes, certificate: bytes, issuer: bytes) -> Said:
    """Return what a CRL says of a certificate. Raises `RevocationForged` for whatever is not its issuer's whole list."""
    try:
        return _read_crl(der, certificate, issuer)
    except RevocationForged:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes meet parsers with any built-in error
        raise RevocationForged(reason=type(error).__name__) from None


def _read_ocsp(der: bytes, certificate: bytes, issuer: bytes) -> Said:
    subject, by = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer)
    answer = ocsp.load_der_ocsp_response(der)
    if answer.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise RevocationForged(reason=answer.response_status.name)
    _verify_ocsp(answer, by)
    for single in answer.responses:
        if single.serial_number == subject.serial_number and _is_of(single, by):
            return _said(single)
    raise RevocationForged(reason="nói về chứng thư khác")


def _said(single: ocsp.OCSPSingleResponse) -> Said:
    if single.certificate_status == ocsp.OCSPCertStatus.UNKNOWN:
        raise RevocationForged(reason="không biết chứng thư này")
    return Said(single.revocation_time_utc, single.this_update_utc, single.next_update_utc)


def _is_of(single: ocsp.OCSPSingleResponse, issuer: x509.Certificate) -> bool:
    return single.issuer_key_hash == _digest(single.hash_algorithm, _key_bits(issuer)) and (
        single.issuer_name_hash == _digest(single.hash_algorithm, issuer.subject.public_bytes())
    )


def _verify_ocsp(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> None:
    """Raise unless the issuer signed the answer, or a responder that it appointed (RFC 6960, 4.2.2.2)."""
    algorithm = answer.signature_hash_algorithm
    if algorithm is None or algorithm.name in _WEAK:
        raise RevocationForged(reason="thuật toán yếu")
    for signer in (issuer, *(each for each in answer.certificates if _appointed(each, issuer, answer))):
        if _names(answer, signer) and _signed_by(signer, answer, algorithm):
            return
    raise RevocationForged(reason="người ký lạ")


def _names(answer: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    if answer.responder_key_hash is not None:
        return answer.responder_key_hash == _digest(SHA1(), _key_bits(signer))  # noqa: S303 - a name, no proof
    return answer.responder_name == signer.subject


def _appointed(responder: x509.Certificate, issuer: x509.Certificate, answer: ocsp.OCSPResponse) -> bool:
    try:
        responder.verify_directly_issued_by(issuer)
        usage = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    made = answer.produced_at_utc
    return (
        ExtendedKeyUsageOID.OCSP_SIGNING in usage
        and responder.not_valid_before_utc <= made + _SKEW
        and made <= responder.not_valid_after_utc
    )


def _signed_by(signer: x509.Certificate, answer: ocsp.OCSPResponse, algorithm: HashAlgorithm) -> bool:
    key, data = signer.public_key(), answer.tbs_response_bytes
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, data, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, data, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _read_crl(der: bytes, certificate: bytes, issuer: bytes) -> Said:
    subject, by = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer)
    crl = x509.load_der_x509_crl(der)
    if crl.issuer != by.subject or not crl.is_signature_valid(by.public_key()):  # type: ignore[arg-type]
        raise RevocationForged(reason="người ký lạ")
    if crl.signature_hash_algorithm is None or crl.signature_hash_algorithm.name in _WEAK:
        raise RevocationForged(reason="thuật toán yếu")
    if not _may_sign_lists(by) or not _is_whole(crl, subject):
        raise RevocationForged(reason="danh sách không đầy đủ")
    entry = crl.get_revoked_certificate_by_serial_number(subject.serial_number)
    return Said(
        None if entry is None else entry.revocation_date_utc, crl.last_update_utc, crl.next_update_utc
    )


def _may_sign_lists(issuer: x509.Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True


def _is_whole(crl: x509.CertificateRevocationList, subject: x509.Certificate) -> bool:
    """Whether a list holds all that is revoked of what the certificate belongs to (RFC 5280, 5.2.5)."""
    for extension in crl.extensions:
        if extension.critical and not isinstance(extension.value, _KNOWN_CRITICAL):
            return False  # a delta, or something that nobody here understands
        if isinstance(extension.value, x509.IssuingDistributionPoint) and not _fits(extension.value, subject):
            return False
    return True


def _fits(scope: x509.IssuingDistributionPoint, subject: x509.Certificate) -> bool:
    if scope.indirect_crl or scope.only_some_reasons or scope.only_contains_attribute_certs:
        return False
    if scope.only_contains_ca_certs if not _is_authority(subject) else scope.only_contains_user_certs:
        return False
    return scope.full_name is None or bool({*_text(scope.full_name)} & {*crl_addresses(subject)})


def _is_authority(subject: x509.Certificate) -> bool:
    try:
        return subject.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def crl_addresses(subject: x509.Certificate) -> tuple[str, ...]:
    """Return where a certificate says that its list of the revoked lies."""
    try:
        points = subject.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(text for point in points if not point.reasons for text in _text(point.full_name or []))


def ocsp_addresses(subject: x509.Certificate) -> tuple[str, ...]:
    """Return whom a certificate says to ask about itself."""
    try:
        access = subject.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return ()
    asked = [
        each.access_location for each in access if each.access_method == AuthorityInformationAccessOID.OCSP
    ]
    return tuple(_text(asked))


def _text(names: list[x509.GeneralName]) -> Iterator[str]:
    yield from (each.value for each in names if isinstance(each, x509.UniformResourceIdentifier))


def _key_bits(certificate: x509.Certificate) -> bytes:
    """Return the public key as OCSP hashes it: the bit string without its head."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _digest(algorithm: HashAlgorithm, data: bytes) -> bytes:
    digest = Hash(algorithm)
    digest.update(data)
    return digest.finalize()
