"""Asks the issuers whether a certificate is revoked: OCSP first (AIA), else the CRL (distribution points), over HTTP.

Ask only about certificates whose chain leads to our roots: the addresses stand in them, and strangers would send us
anywhere. Nothing comes from the system's store. What came is verified before it is handed on.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from signing import web
from signing.errors import RevocationError, RevocationStale, RevocationUnavailable
from signing.revocation_data import (
    RevocationData,
    Said,
    crl_addresses,
    ocsp_addresses,
    read_crl,
    read_ocsp,
)

_KINDS = ("application/ocsp-request", "application/ocsp-response")
_MOST_OCSP = 64 * 1024  # bytes
_MOST_CRL = 8 * 1024 * 1024  # bytes; it is laid into every document it proves
_MOST_ADDRESSES = 3  # of each kind that are tried
_SKEW = timedelta(minutes=5)
_VIETNAM = timedelta(hours=7)


class Issuers(Protocol):
    """Those who know what is revoked."""

    def ask(self, certificate: bytes, issuer: bytes, moment: datetime) -> RevocationData:
        """Return one verified answer or list about a certificate (DER) that speaks of `moment`. Raises `RevocationError`."""
        ...


class HttpIssuers:
    """The issuers at the addresses in the certificates; `seconds` for each question. Lists are asked for once.

    `together`: seconds for all the questions about one certificate, where somebody waits for the answer.
    """

    def __init__(self, seconds: float = 10.0, together: float | None = None) -> None:
        self._seconds = seconds
        self._together = together
        self._ends = float("inf")  # of the certificate now asked about, by a clock that nobody sets
        self._lists: dict[str, bytes] = {}

    def ask(self, certificate: bytes, issuer: bytes, moment: datetime) -> RevocationData:
        """Return an OCSP answer, or else a CRL, verified and fresh.

        Raises `RevocationUnavailable` (no address, nobody there, too slow, too large), `RevocationForged` (not the
        issuer's word), `RevocationStale` (its next update is over): what went wrong at the first address.
        """
        subject = x509.load_der_x509_certificate(certificate)
        self._ends = float("inf") if self._together is None else monotonic() + self._together
        failures: list[RevocationError] = []
        for url in ocsp_addresses(subject)[:_MOST_ADDRESSES]:
            try:
                answer = self._ocsp(url, certificate, issuer)
                _fresh(read_ocsp(answer, certificate, issuer), moment)
                return RevocationData(ocsps=(answer,))
            except RevocationError as failure:
                failures.append(failure)
        for url in crl_addresses(subject)[:_MOST_ADDRESSES]:
            try:
                listed = self._crl(url)
                _fresh(read_crl(listed, certificate, issuer), moment)
                return RevocationData(crls=(listed,))
            except RevocationError as failure:
                self._lists.pop(url, None)
                failures.append(failure)
        raise failures[0] if failures else RevocationUnavailable(reason="chứng thư không ghi địa chỉ")

    def _ocsp(self, url: str, certificate: bytes, issuer: bytes) -> bytes:
        pair = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer)
        # SHA-1 only names the certificate here, and is the one name that every responder knows.
        asked = ocsp.OCSPRequestBuilder().add_certificate(*pair, SHA1()).build()  # noqa: S303
        limits = self._limits(_MOST_OCSP)
        return _answered(lambda: web.post(url, asked.public_bytes(Encoding.DER), _KINDS, limits))

    def _crl(self, url: str) -> bytes:
        if url not in self._lists:
            limits = self._limits(_MOST_CRL)
            self._lists[url] = _answered(lambda: web.get(url, limits))
        return self._lists[url]

    def _limits(self, size: int) -> web.Limits:
        left = self._ends - monotonic()
        if left <= 0:
            raise RevocationUnavailable(reason="không trả lời kịp")
        return web.Limits(min(self._seconds, left), size)


def _answered(question: Callable[[], bytes]) -> bytes:
    try:
        return question()
    except web.NoAnswer as failure:
        raise RevocationUnavailable(reason=failure.reason) from None


def _fresh(said: Said, moment: datetime) -> None:
    """Raise unless the next update is still to come and it speaks of that moment; a revocation never grows old."""
    if said.since is not None:
        return
    now = datetime.now(UTC)
    if said.until is not None and said.until < now - _SKEW:
        raise RevocationStale(day=f"{said.until + _VIETNAM:%d/%m/%Y}")
    if said.made > now + _SKEW or (said.made < moment and (said.until is None or said.until < moment)):
        raise RevocationUnavailable(reason="câu trả lời chưa nói về thời điểm ký")
