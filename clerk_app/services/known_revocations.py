"""What issuers have said of the certificates at this counter: asked once a day, kept, and heeded before a PIN is typed."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from clerk_app.clock import in_vietnam
from clerk_app.domain.record import moment_text
from clerk_app.settings import replace_file
from signing.asn1 import x509
from signing.certificate import SigningCertificate
from signing.errors import RevocationError
from signing.issuers import path_of
from signing.revocation import HttpIssuers, Issuers
from signing.revocation_data import status_of
from signing.trust import Trust

FILE = "revocations.json"  # per fingerprint the day of the last answer, and since when it is revoked
_SECONDS = 5.0  # that one question may take
_AT_ONCE = 3.0  # seconds for all of them, while a citizen waits for the PIN to be asked for
_REST = 300.0  # seconds without asking again after that failed: in an outage one signature waits, not each


@dataclass(frozen=True, slots=True)
class KnownRevocations:
    """A certificate that was never asked about, or whose issuer does not answer, is not refused: it is not known."""

    folder: Path
    trust: Trust
    now: Callable[[], datetime]
    issuers: Callable[[], Issuers] = lambda: HttpIssuers(_SECONDS)
    at_once: Callable[[], Issuers] = lambda: HttpIssuers(_AT_ONCE, together=_AT_ONCE)
    clock: Callable[[], float] = monotonic
    _again: dict[str, float] = field(default_factory=dict)  # by fingerprint, when somebody may be asked again

    def since(self, sha256: str) -> datetime | None:
        """Return since when (UTC) a certificate is revoked, None for one that is not known to be. Reads a small file."""
        told = self._told().get(sha256, {}).get("since")
        try:
            return datetime.fromisoformat(told) if told else None
        except (TypeError, ValueError):
            return None

    def look(self, certificate: SigningCertificate) -> bool:
        """Ask in a moment, unless somebody has today; return whether its issuer has answered today. Never raises."""
        if self._asked_today(certificate.sha256):
            return True
        if self.clock() < self._again.get(certificate.sha256, float("-inf")):
            return False
        self._ask((certificate,), self.at_once())
        known = self._asked_today(certificate.sha256)
        if not known:
            self._again[certificate.sha256] = self.clock() + _REST
        return known

    def ask(self, certificates: Iterable[SigningCertificate]) -> None:
        """Ask about those that nobody asked about today and that lead to our roots. Never raises what a network does."""
        self._ask(certificates, self.issuers())  # whoever does not answer today may do so tomorrow

    def _ask(self, certificates: Iterable[SigningCertificate], issuers: Issuers) -> None:
        """Keep what is answered; what is not stays not known."""
        told, day = self._told(), self._day()
        for certificate in certificates:
            if told.get(certificate.sha256, {}).get("asked") == day:
                continue
            try:
                answer = self._answer(certificate, issuers)
            except RevocationError:
                continue
            if answer is not None:
                told[certificate.sha256] = {"asked": day, **answer}
        with suppress(OSError):  # asked again at the next opening
            replace_file(self.folder / FILE, json.dumps(told).encode())

    def _asked_today(self, sha256: str) -> bool:
        return self._told().get(sha256, {}).get("asked") == self._day()

    def _day(self) -> str:
        return f"{in_vietnam(self.now()):%Y-%m-%d}"

    def _answer(self, certificate: SigningCertificate, issuers: Issuers) -> dict[str, str] | None:
        path = path_of(x509.Certificate.load(certificate.der), (), self.trust)
        if len(path) < 2 or path[-1].dump() not in self.trust.roots:
            return None  # strangers' addresses are not asked
        issuer, now = path[1].dump(), self.now()
        said = issuers.ask(certificate.der, issuer, now)
        status = status_of(certificate.der, issuer, said, now, now)
        return {"since": moment_text(status.since)} if status.since is not None else {}

    def _told(self) -> dict[str, dict[str, str]]:
        try:
            data = json.loads((self.folder / FILE).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return (
            {str(who): told for who, told in data.items() if isinstance(told, dict)}
            if isinstance(data, dict)
            else {}
        )
