"""A signing token as the clerk sees it, and a PIN typed for the one that is shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from clerk_app.errors import Notice, NoToken, PinLocked


@dataclass(frozen=True, slots=True)
class TokenCard:
    """A token in the reader with the certificate that would sign; serial and fingerprint name it."""

    serial: str
    label: str
    owner: str  # common name in the certificate
    certificate_sha256: str
    valid_to: datetime  # UTC
    tries_low: bool = False
    final_try: bool = False
    locked: bool = False
    pin_pad: bool = False
    pin_each_time: bool = False  # one PIN signs one document; as far as is known before a PIN is typed
    practice_pin: str = ""  # shown by the PIN dialog of a practice token, else empty
    unfit: Notice | None = None  # why its certificate may not sign now: said before a PIN is typed
    unsure: bool = False  # whether it is revoked is not known: its issuer has not answered today
    own: bool = True  # False: not the one of whoever is to sign


@dataclass(frozen=True, slots=True, eq=False)
class TypedPin:
    """A PIN, and the token that was shown while it was typed: it goes to that very one, once, or nowhere."""

    card: TokenCard
    pin: bytearray = field(repr=False)  # empty: it is typed on the token's own keys

    def wipe(self) -> None:
        """Overwrite the PIN; every act that takes one does so, whatever happens."""
        self.pin[:] = bytes(len(self.pin))


def own_card(cards: Iterable[TokenCard]) -> TokenCard | None:
    """Return the token to sign with, or None when only others' are there."""
    return next((card for card in cards if card.own), None)


def why_no_pin(card: TokenCard | None, owner: str) -> Notice | None:
    """Return why no PIN is asked for with this token now, None when it may be; `owner` is who is to sign."""
    if card is None:
        return NoToken(owner=owner)
    return PinLocked() if card.locked else card.unfit
