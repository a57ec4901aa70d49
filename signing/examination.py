"""Kiểm tra thẻ: what can be known of a driver, its tokens and their certificates without any PIN, as plain facts.

Everything is looked at in a throw-away child of its own; nothing here logs in.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.x509 import load_der_x509_certificate

from signing import issuers
from signing.asn1 import cms, x509
from signing.certificate import SigningCertificate
from signing.chain import aware
from signing.errors import SigningError
from signing.libraries import Architecture, check_library, library_architecture
from signing.revocation import Issuers
from signing.revocation_data import crl_addresses, ocsp_addresses, read_crl, read_ocsp
from signing.time_stamp import TimeStamper
from signing.time_token import stated
from signing.token import TokenCertificate, TokenInfo
from signing.token_client import TokenProcess
from signing.token_session import Deadlines
from signing.trust import Trust

PATIENCE = Deadlines(start=10, look=10)


@dataclass(frozen=True, slots=True)
class SeenCertificate:
    """A certificate on a token. `key_fits`: the public key beside it is its own; `None`: the token shows none."""

    certificate: SigningCertificate
    rooted: bool
    issuer: bytes  # DER; empty: not known
    key_fits: bool | None
    pin_each_time: bool
    tells_where_to_ask: bool  # names an address for OCSP or a list of what is revoked


@dataclass(frozen=True, slots=True)
class SeenToken:
    info: TokenInfo
    certificates: tuple[SeenCertificate, ...]
    unreadable: int = 0  # certificates that are none, or of a kind that we do not know
    trouble: SigningError | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """One driver. `trouble` tells why it does not serve; what was found before it stays."""

    architecture: Architecture | None = None
    loads: bool = False
    tokens: tuple[SeenToken, ...] = ()
    trouble: SigningError | None = None


def examine(
    path: Path, environment: Mapping[str, str], trust: Trust, deadlines: Deadlines = PATIENCE
) -> Examination:
    """Examine one driver from its file to the certificates behind it; never raises `SigningError`."""
    architecture = None
    try:
        architecture = library_architecture(path)
        check_library(path)
        with TokenProcess(path, environment, deadlines=deadlines) as process:
            infos = process.tokens()
            return Examination(architecture, True, tuple(_token(process, each, trust) for each in infos))
    except SigningError as trouble:
        return Examination(architecture, trouble=trouble)


def authority_time(stamper: TimeStamper) -> datetime:
    """Ask a time-stamp service for a stamp over nothing in particular; return its time (UTC). Raises `TimeStampError`."""
    token = stamper.stamp(hashlib.sha256(secrets.token_bytes(32)).digest())
    return aware(stated(cms.ContentInfo.load(token)["content"])["gen_time"].native)


def revoked_since(asked: Issuers, seen: SeenCertificate, moment: datetime) -> datetime | None:
    """Ask the issuer; return since when the certificate is revoked, `None` when it is not. Raises `RevocationError`."""
    der = seen.certificate.der
    data = asked.ask(der, seen.issuer, moment)
    said = [read_ocsp(each, der, seen.issuer) for each in data.ocsps]
    said += [read_crl(each, der, seen.issuer) for each in data.crls]
    return next((each.since for each in said if each.since is not None), None)


def _token(process: TokenProcess, info: TokenInfo, trust: Trust) -> SeenToken:
    try:
        listed = process.certificates(info.serial)
    except SigningError as trouble:
        return SeenToken(info, (), trouble=trouble)
    seen = [_certificate(each, trust) for each in listed]
    good = tuple(each for each in seen if each is not None)
    return SeenToken(info, good, len(seen) - len(good))


def _certificate(lying: TokenCertificate, trust: Trust) -> SeenCertificate | None:
    try:
        certificate = SigningCertificate(lying.der)
        path = issuers.path_of(x509.Certificate.load(lying.der), (), trust)
    except (SigningError, ValueError):
        return None
    rooted = len(path) > 1 and path[-1].dump() in trust.roots
    issuer = path[1].dump() if len(path) > 1 else b""
    fits = lying.public == certificate.public.hex() if lying.public else None
    readable = load_der_x509_certificate(lying.der)
    addresses = bool(ocsp_addresses(readable) or crl_addresses(readable))
    return SeenCertificate(certificate, rooted, issuer, fits, lying.pin_each_time, addresses)
