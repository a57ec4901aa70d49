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
        """Return the tokens, the owner's best one first; needs no PIN. Raises `SigningError` for the driver.

        The issuer of the owner's certificate is asked about it once a day, for a moment; where it does not answer, the
        card is `unsure`, and signs.
        """
        with as_office_errors(self.owner.name):
            cards = self.rack.cards()
        now = datetime.now(UTC)
        unfit = {id(card): self.rack.unfit(card, now) for card in cards}
        unsure = {id(card) for card in cards if self._may_be_revoked(card, unfit[id(card)])}
        unfit = {id(card): self.rack.unfit(card, now) for card in cards}  # with what was just answered

        def worth(card: Card) -> tuple[object, ...]:
            return self._is_own(card), unfit[id(card)] is None, *card.worth(now)

        best_first = sorted(cards, key=worth, reverse=True)
        return tuple(self._shown(card, unfit[id(card)], id(card) in unsure) for card in best_first)

    def _may_be_revoked(self, card: Card, unfit: Notice | None) -> bool:
        """Ask its issuer about a certificate that could sign now; return whether that is not known all the same."""
        return unfit is None and self._is_own(card) and not self.rack.asked(card.certificate)

    def _is_own(self, card: Card) -> bool:
        return self.owner.owns(card.certificate)

    def _shown(self, card: Card, unfit: Notice | None, unsure: bool) -> TokenCard:
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
            unsure=unsure,
            own=self._is_own(card),
        )
