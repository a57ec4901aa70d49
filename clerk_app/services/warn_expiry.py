"""The officer's own certificate ends soon: told once a day, when the counter is opened."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_app.clock import in_vietnam
from clerk_app.domain.certificate_expiry import expiry_sentence
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
    officer: str  # id
    now: Callable[[], datetime]
    revocations: KnownRevocations | None = None  # asked first; None: nobody is

    def __call__(self) -> str:
        """Return the warning about the token in its reader, once a day; empty when there is none. Never raises."""
        moment = self.now()
        day = f"{in_vietnam(moment):%Y-%m-%d}"
        told = self._told()
        if told.get(self.officer) == day:
            return ""
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
                self._remember({**told, self.officer: day})
                return str(SignerRevoked(owner=best.common_name, day=f"{in_vietnam(since):%d/%m/%Y}"))
        warning = expiry_sentence(best.common_name, best.valid_to, moment)
        if warning:
            self._remember({**told, self.officer: day})
        return warning

    def _told(self) -> dict[str, str]:
        try:
            data = json.loads((self.folder / FILE).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(who): str(day) for who, day in data.items()} if isinstance(data, dict) else {}

    def _remember(self, told: dict[str, str]) -> None:
        with suppress(OSError):  # told again at the next opening
            replace_file(self.folder / FILE, json.dumps(told).encode())
