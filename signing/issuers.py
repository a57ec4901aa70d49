"""Who issued whom: a certificate's path towards our roots, and each certificate of it in plain facts.

A path is followed by signatures, never by names alone: a forger's authority may bear any name.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509 as readable
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from signing.asn1 import x509
from signing.trust import Trust

_LONGEST = 8  # certificates in a path


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate (X.509): whose, by whom, from when to when (UTC). `is_root`: one of the roots that we trust."""

    name: str
    organisation: str
    issuer: str
    serial: str  # hex
    sha256: str  # hex, over the DER
    valid_from: datetime
    valid_to: datetime
    key: str  # e.g. "RSA 2048"
    signed_with: str  # e.g. "sha256_rsa"
    is_root: bool


def path_of(
    signer: x509.Certificate, embedded: Iterable[x509.Certificate], trust: Trust
) -> tuple[x509.Certificate, ...]:
    """Return the signer's certificate and those above it, ours preferred, as far as each signed the one below."""
    ours = [x509.Certificate.load(each) for each in (*trust.roots, *trust.others)]
    known = [*ours, *embedded]
    path = [signer]
    while len(path) < _LONGEST and path[-1].dump() not in trust.roots:
        below = path[-1]
        above = next((each for each in known if each not in path and _has_issued(each, below)), None)
        if above is None:
            break
        path.append(above)
    return tuple(path)


def described(certificate: x509.Certificate, trust: Trust) -> Issued:
    """Return the facts of a certificate."""
    der = certificate.dump()
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return Issued(
        name=_text(subject.get("common_name") or subject.get("organization_name")),
        organisation=_text(subject.get("organization_name")),
        issuer=_text(issuer.get("common_name") or issuer.get("organization_name")),
        serial=f"{certificate.serial_number:x}",
        sha256=hashlib.sha256(der).hexdigest(),
        valid_from=certificate.not_valid_before.astimezone(UTC),
        valid_to=certificate.not_valid_after.astimezone(UTC),
        key=_key(certificate),
        signed_with=str(certificate["signature_algorithm"]["algorithm"].native),
        is_root=der in trust.roots,
    )


def _has_issued(above: x509.Certificate, below: x509.Certificate) -> bool:
    if above.subject != below.issuer:
        return False
    try:
        lower, upper = (readable.load_der_x509_certificate(each.dump()) for each in (below, above))
        lower.verify_directly_issued_by(upper)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _key(certificate: x509.Certificate) -> str:
    public = certificate.public_key
    if public.algorithm == "ec":
        return f"EC {public.curve[1]}"
    return f"{public.algorithm.upper()} {public.bit_size}"


def _text(value: object) -> str:
    """Return a name as text; where a certificate names several, the last one is the nearest."""
    if isinstance(value, list):
        value = value[-1] if value else ""
    return str(value or "")
