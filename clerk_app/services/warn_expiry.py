"""The officer's own certificate, or what central certified of them, ends soon: told once a day, when the counter is opened."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_app.clock import in_vietnam
from clerk_app.domain.certificate_expiry import entry_key_sentence, expiry_sentence
from clerk_app.domain.officer import Officer
from clerk_app.errors import in_a_row
from clerk_app.services.known_revocations import KnownRevocations
from clerk_app.services.token_rack import CertificateOwner, TokenRack
from clerk_app.settings import replace_file
from signing.errors import SignerRevoked, SigningError

FILE = "expiry-told.json"  # per officer the day on which they were told; lost, it is told once more


@dataclass(frozen=True, slots=True)
class WarnExpiry:
    folder: Path
    rack: TokenRack
    owner: CertificateOwner
    officer: Officer
    now: Callable[[], datetime]
    revocations: KnownRevocations | None = None  # asked first; None: nobody is
    certified_to: Callable[[], datetime | None] = lambda: (
        None
    )  # the end of their entry key; None: not certified

    def __call__(self) -> str:
        """Return what there is to warn of, once a day; empty when nothing is. Never raises."""
        moment = self.now()
        day = f"{in_vietnam(moment):%Y-%m-%d}"
        told = self._told()
        if told.get(self.officer.id) == day:
            return ""
        warning = in_a_row(*(each for each in (self._of_key(moment), self._of_token(moment)) if each))
        if warning:
            self._remember({**told, self.officer.id: day})
        return warning

    def _of_key(self, moment: datetime) -> str:
        end = self.certified_to()
        return "" if end is None else entry_key_sentence(self.officer.name, end, moment)

    def _of_token(self, moment: datetime) -> str:
        """Speak of the token in its reader."""
        try:
            own = [card for card in self.rack.cards() if self.owner.owns(card.certificate)]
        except SigningError:
            return ""  # what is wrong with the driver is told where a token is needed
        if not own:
            return ""
        best = max(own, key=lambda card: card.worth(moment)).certificate
        if self.revocations is not None:
            self.revocations.ask(card.certificate for card in own)
            since = self.revocations.since(best.sha256)
            if since is not None:
                return str(SignerRevoked(owner=best.common_name, day=f"{in_vietnam(since):%d/%m/%Y}"))
        return expiry_sentence(best.common_name, best.valid_to, moment)

    def _told(self) -> dict[str, str]:
        try:
            data = json.loads((self.folder / FILE).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(who): str(day) for who, day in data.items()} if isinstance(data, dict) else {}

    def _remember(self, told: dict[str, str]) -> None:
        with suppress(OSError):  # told again at the next opening
            replace_file(self.folder / FILE, json.dumps(told).encode())
