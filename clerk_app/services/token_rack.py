"""The tokens in their readers, and the door where some of their errors become the office's own.

A PIN reaches no token but the one that was shown when it was typed, and only after its certificate was found to be
the one wanted; it is wiped whatever happens.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from clerk_app.clock import in_vietnam
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import NoToken, OfficeError, PinLocked, PinWrong
from signing import errors
from signing.certificate import SigningCertificate, check, same_person
from signing.token import Session, Token, TokenInfo


class PinUnfit(PinWrong):
    """Too short or too long to be tried: ask again, as for a wrong one."""

    message = errors.PinLength.message
    remedy = errors.PinLength.remedy


class TokensAlike(OfficeError):
    message = "Có hơn một thẻ ký số mang tên {owner}."
    remedy = "Rút thẻ không dùng ra rồi ký lại, hoặc nhờ người quản trị ghi rõ chứng thư số của người ký."


class TokenSwapped(OfficeError):
    message = "Thẻ ký số đang cắm không phải thẻ đã hiện khi nhập mã PIN ({label})."
    remedy = "Mã PIN chưa được dùng. Bấm ký lại, xem đúng thẻ trên màn hình rồi hãy nhập mã PIN."


@dataclass(frozen=True, slots=True)
class CertificateOwner:
    """Whose certificate has to sign: by the fingerprint that the office enrolled, else by name."""

    name: str
    certificate_sha256: str = ""  # hex

    def owns(self, certificate: SigningCertificate) -> bool:
        """Tell whether this very certificate is meant."""
        if self.certificate_sha256:
            return certificate.sha256 == self.certificate_sha256
        return same_person(certificate.common_name, self.name)


@dataclass(frozen=True, slots=True)
class Card:
    """One certificate on one token now in its slot."""

    token: Token
    info: TokenInfo
    key_id: str
    certificate: SigningCertificate
    pin_each_time: bool = False

    def worth(self, now: datetime) -> tuple[bool, bool, datetime]:
        """Order the certificates of one owner: one that may sign now, one valid by now, then the one that lasts longest."""
        may = self.certificate.may_sign and not self.certificate.weakness
        return may, self.certificate.valid_from <= now, self.certificate.valid_to

    def is_shown_as(self, shown: TokenCard) -> bool:
        """Tell whether this is the very token and certificate that somebody was shown."""
        return (self.info.serial, self.certificate.sha256) == (shown.serial, shown.certificate_sha256)


@dataclass(frozen=True, slots=True)
class TokenRack:
    """All tokens behind all drivers of this computer."""

    tokens: tuple[Token, ...]
    revoked: Callable[[str], datetime | None] = lambda _: None  # by fingerprint, as far as is known here
    asked: Callable[[SigningCertificate], bool] = lambda _: True  # briefly; whether its issuer has answered

    def unfit(self, card: Card, now: datetime) -> errors.SigningError | None:
        """Return why a certificate may not sign at `now` (UTC), None for one that may; no PIN is needed to know."""
        try:
            check(card.certificate, now)
        except errors.SigningError as unfit:
            return unfit
        since = self.revoked(card.certificate.sha256)
        if since is None:
            return None
        return errors.SignerRevoked(owner=card.certificate.common_name, day=f"{in_vietnam(since):%d/%m/%Y}")

    def cards(self) -> tuple[Card, ...]:
        """Return every person's and agency's certificate; raises `SigningError` only when no driver shows any."""
        found: list[Card] = []
        failed: list[errors.SigningError] = []
        for token in self.tokens:
            with _noting(failed):
                for info in token.tokens():
                    with _noting(failed):
                        found.extend(_cards(token, info))
        if failed and not found:
            raise failed[0]
        return tuple(found)

    @contextmanager
    def unlocked(self, owner: CertificateOwner, typed: TypedPin) -> Iterator[Session]:
        """Open a session of the token that was shown, the owner's, for one frozen list; one PIN attempt; wipes the PIN.

        An empty PIN on a token with keys of its own means that it is typed there.
        Raises `NoToken`, `TokenSwapped`, `TokensAlike`, before the PIN is used what `unfit` says, `PinWrong`,
        `PinLocked`, and other news of `signing`, also for what happens inside the block.
        """
        try:
            with as_office_errors(owner.name):
                card = self._card_shown(owner, typed.card)
                if (unfit := self.unfit(card, datetime.now(UTC))) is not None:
                    raise unfit
                pin = None if card.info.pin_pad and not typed.pin else typed.pin
                der = card.certificate.der
                with card.token.unlocked(card.info.serial, card.key_id, pin, der) as session:
                    _require_same(card, session)
                    yield session
        finally:
            typed.wipe()

    def _card_shown(self, owner: CertificateOwner, shown: TokenCard) -> Card:
        mine = [card for card in self.cards() if owner.owns(card.certificate)]
        if not mine:
            raise NoToken(owner=owner.name)
        if _namesakes(mine):
            raise TokensAlike(owner=owner.name)
        for card in mine:
            if card.is_shown_as(shown):
                return card
        raise TokenSwapped(label=shown.label)


@contextmanager
def as_office_errors(owner: str) -> Iterator[None]:
    """Raise anew, by class, what the counter knows better how to go on from: another try, or the pen.

    Everything else passes as it is: it says what happened and what to do about it better than we could here.
    """
    try:
        yield
    except errors.PinIncorrect as error:
        raise PinWrong(**error.facts) from error
    except errors.PinLength as error:
        raise PinUnfit(**error.facts) from error
    except errors.PinLocked as error:
        raise PinLocked from error
    except errors.TokenMissing as error:
        raise NoToken(owner=owner) from error


def _require_same(card: Card, session: Session) -> None:
    """A token changed between looking and logging in signs nothing."""
    if session.certificate != card.certificate.der:
        raise errors.KeyMismatch


def _namesakes(cards: Sequence[Card]) -> bool:
    """Tell whether nobody knows whose PIN was typed: two tokens, and not one that two drivers show."""
    serials = {card.info.serial for card in cards}
    return len(serials) > 1 and len({card.certificate.sha256 for card in cards}) > 1


@contextmanager
def _noting(failed: list[errors.SigningError]) -> Iterator[None]:
    try:
        yield
    except errors.SigningError as error:
        failed.append(error)


def _cards(token: Token, info: TokenInfo) -> Iterator[Card]:
    for each in token.certificates(info.serial):
        try:
            certificate = SigningCertificate(each.der)
        except (errors.CertificateUnreadable, errors.MechanismUnsupported):
            continue  # not one to sign with
        if not certificate.is_authority:
            yield Card(token, info, each.key_id, certificate, each.pin_each_time)
