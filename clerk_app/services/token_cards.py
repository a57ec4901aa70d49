"""Show the tokens in their readers: whose they are, and how many tries their PIN has left."""

from collections.abc import Mapping
from dataclasses import dataclass

from clerk_app.domain.token_card import TokenCard
from clerk_app.services.token_rack import Card, CertificateOwner, TokenRack, as_office_errors


@dataclass(frozen=True, slots=True)
class TokenCards:
    rack: TokenRack
    owner: CertificateOwner  # of the unlocked officer
    practice_pins: Mapping[CertificateOwner, str]  # empty but in practice

    def __call__(self) -> tuple[TokenCard, ...]:
        """Return the tokens, the unlocked officer's first; needs no PIN. Raises `TokenFailed` for the driver."""
        with as_office_errors(self.owner.name):
            cards = self.rack.cards()
        ordered = sorted(cards, key=lambda card: not self.owner.owns(card.certificate))
        return tuple(self._shown(card) for card in ordered)

    def _shown(self, card: Card) -> TokenCard:
        pins = (pin for owner, pin in self.practice_pins.items() if owner.owns(card.certificate))
        return TokenCard(
            serial=card.info.serial,
            label=card.info.label,
            owner=card.certificate.common_name,
            certificate_sha256=card.certificate.sha256,
            valid_to=card.certificate.valid_to,
            tries_low=card.info.pin_count_low,
            final_try=card.info.pin_final_try,
            locked=card.info.pin_locked,
            pin_pad=card.info.pin_pad,
            practice_pin=next(pins, ""),
        )
