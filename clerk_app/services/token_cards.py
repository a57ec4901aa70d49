"""Show the tokens in their readers: whose they are, which one would sign, how many tries its PIN has left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from clerk_app.domain.token_card import TokenCard
from clerk_app.errors import Notice
from clerk_app.services.token_rack import Card, CertificateOwner, TokenRack, as_office_errors


@dataclass(frozen=True, slots=True)
class TokenCards:
    rack: TokenRack
    owner: CertificateOwner  # who is to sign: the unlocked officer, or the agency
    practice_pins: Mapping[CertificateOwner, str]  # empty but in practice

    def __call__(self) -> tuple[TokenCard, ...]:
        """Return the tokens, the owner's best one first; needs no PIN. Raises `SigningError` for the driver."""
        with as_office_errors(self.owner.name):
            cards = self.rack.cards()
        now = datetime.now(UTC)
        unfit = {id(card): self.rack.unfit(card, now) for card in cards}

        def worth(card: Card) -> tuple[object, ...]:
            return self._is_own(card), unfit[id(card)] is None, *card.worth(now)

        return tuple(self._shown(card, unfit[id(card)]) for card in sorted(cards, key=worth, reverse=True))

    def _is_own(self, card: Card) -> bool:
        return self.owner.owns(card.certificate)

    def _shown(self, card: Card, unfit: Notice | None) -> TokenCard:
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
            pin_each_time=card.pin_each_time,
            practice_pin=next(pins, ""),
            unfit=unfit,
            own=self._is_own(card),
        )
