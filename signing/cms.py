"""The signature container of a PAdES B-B or B-T signature (CMS, RFC 5652; CAdES, ETSI EN 319 122-1), in DER.

pyHanko can build the same; that took half the time of a signing, nearly all of it spent on encoding
certificates that never change. A test holds the two equal, byte for byte.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from signing.asn1 import x509
from signing.certificate import SigningCertificate
from signing.errors import MechanismUnsupported

_SEQUENCE, _SET, _INTEGER, _OCTETS = 0x30, 0x31, 0x02, 0x04
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # 1.2.840.113549.1.7.2
_DATA = bytes.fromhex("06092a864886f70d010701")  # 1.2.840.113549.1.7.1
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")  # 1.2.840.113549.1.9.3
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")  # 1.2.840.113549.1.9.4
_SIGNING_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910022f")  # 1.2.840.113549.1.9.16.2.47
_TIME_STAMP_TOKEN = bytes.fromhex("060b2a864886f70d010910020e")  # 1.2.840.113549.1.9.16.2.14
_DIGESTS = {
    "sha256": bytes.fromhex("300d06096086480165030402010500"),  # 2.16.840.1.101.3.4.2.1
    "sha384": bytes.fromhex("300d06096086480165030402020500"),
    "sha512": bytes.fromhex("300d06096086480165030402030500"),
}
_ALGORITHMS = {
    ("rsa", "sha256"): bytes.fromhex("300d06092a864886f70d01010b0500"),  # sha256WithRSAEncryption
    ("ec", "sha256"): bytes.fromhex("300a06082a8648ce3d040302"),  # ecdsa-with-SHA256
    ("ec", "sha384"): bytes.fromhex("300a06082a8648ce3d040303"),
    ("ec", "sha512"): bytes.fromhex("300a06082a8648ce3d040304"),
}


@dataclass(frozen=True, slots=True)
class _Signer:
    """What the container repeats of the signer's certificate, encoded once."""

    issuer_and_serial: bytes
    reference: bytes  # the attribute signing-certificate-v2: hash, issuer, serial
    digest: bytes  # which one, over the document and over the attributes
    algorithm: bytes


def signed_data(
    digest: bytes,
    certificate: bytes,
    chain: Iterable[bytes],
    sign: Callable[[bytes], bytes],
    stamp: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """Return the container (DER) for a document whose digest is `digest`, by the one that goes with the key.

    `certificate` and `chain` as DER; `sign` gets the signed attributes and returns the signature over their
    digest; `stamp` gets that signature and returns a time-stamp token over it (DER), or nothing.
    Raises `MechanismUnsupported` for keys other than RSA and EC, and what `sign` and `stamp` raise.
    """
    signer = _signer(certificate)
    attributes = _set_content(
        (
            _encoded(_SEQUENCE, _CONTENT_TYPE + _encoded(_SET, _DATA)),
            _encoded(_SEQUENCE, _MESSAGE_DIGEST + _encoded(_SET, _encoded(_OCTETS, digest))),
            signer.reference,
        )
    )
    signature = sign(_encoded(_SET, attributes))
    token = b"" if stamp is None else stamp(signature)
    info = _encoded(
        _SEQUENCE,
        _encoded(_INTEGER, b"\1")
        + signer.issuer_and_serial
        + signer.digest
        + _encoded(0xA0, attributes)
        + signer.algorithm
        + _encoded(_OCTETS, signature)
        + _unsigned(token),
    )
    body = (
        _encoded(_INTEGER, b"\1")
        + _encoded(_SET, signer.digest)
        + _encoded(_SEQUENCE, _DATA)
        + _encoded(0xA0, _set_content({certificate, *chain}))
        + _encoded(_SET, info)
    )
    return _encoded(_SEQUENCE, _SIGNED_DATA + _encoded(0xA0, _encoded(_SEQUENCE, body)))


def _unsigned(token: bytes) -> bytes:
    """Return the unsigned attributes: the time-stamp token, or none at all."""
    if not token:
        return b""
    return _encoded(0xA1, _encoded(_SEQUENCE, _TIME_STAMP_TOKEN + _encoded(_SET, token)))


@lru_cache(maxsize=64)
def _signer(certificate: bytes) -> _Signer:
    parsed = x509.Certificate.load(certificate)
    digest = SigningCertificate(certificate).digest
    algorithm = _ALGORITHMS.get((parsed.public_key.algorithm, digest))
    if algorithm is None:
        raise MechanismUnsupported
    issuer, serial = parsed.issuer.dump(), parsed["tbs_certificate"]["serial_number"].dump()
    general_name = _encoded(_SEQUENCE, _encoded(0xA4, issuer))
    identifier = _encoded(_OCTETS, hashlib.sha256(certificate).digest())
    identifier = _encoded(_SEQUENCE, identifier + _encoded(_SEQUENCE, general_name + serial))
    value = _encoded(_SEQUENCE, _encoded(_SEQUENCE, identifier))
    reference = _encoded(_SEQUENCE, _SIGNING_CERTIFICATE + _encoded(_SET, value))
    return _Signer(_encoded(_SEQUENCE, issuer + serial), reference, _DIGESTS[digest], algorithm)


def _set_content(members: Iterable[bytes]) -> bytes:
    """Order the members of a SET OF as DER does."""
    return b"".join(sorted(members))


def _encoded(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + length.to_bytes(size, "big") + content
