"""Whose token signs, and what the office says when one does not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import NoToken, OfficeError, PinLocked, PinWrong
from clerk_app.practice.ca import KeyPair, make_authority
from clerk_app.services.token_cards import TokenCards
from clerk_app.services.token_rack import (
    CertificateOwner,
    PinUnfit,
    TokenRack,
    TokensAlike,
    TokenSwapped,
    as_office_errors,
)
from signing import errors
from signing.token import TokenCertificate, TokenInfo

HOA = CertificateOwner("Đặng Thị Hoa")


def _all_kinds() -> Iterator[type[errors.SigningError]]:
    waiting: list[type[errors.SigningError]] = [errors.SigningError]
    while waiting:
        yield (kind := waiting.pop())
        waiting.extend(kind.__subclasses__())


@pytest.fixture(scope="module")
def pairs() -> dict[str, KeyPair]:
    authority = make_authority()
    return {name: authority.issue(name) for name in ("Đặng Thị Hoa", "Lê Văn Lan")}


@dataclass
class FakeSession:
    certificate: bytes

    def sign(self, data: bytes) -> bytes:
        return b""


@dataclass
class FakeToken:
    """A token that remembers what reached it, and fails as told."""

    der: bytes
    info: TokenInfo = field(default_factory=lambda: TokenInfo("1", "thẻ", "hãng"))
    wrong: errors.SigningError | None = None
    swapped: bytes | None = None
    typed: list[bytes | None] = field(default_factory=list)

    def tokens(self) -> Sequence[TokenInfo]:
        return [self.info]

    def certificates(self, serial: str) -> Sequence[TokenCertificate]:
        return [TokenCertificate(serial, "01", self.der)]

    @contextmanager
    def unlocked(
        self, serial: str, key_id: str, pin: bytearray | None, certificate: bytes = b""
    ) -> Iterator[FakeSession]:
        self.typed.append(None if pin is None else bytes(pin))
        if self.wrong:
            raise self.wrong
        yield FakeSession(self.swapped or self.der)


class FakeReaders(FakeToken):
    """Several tokens behind one driver; one without a certificate cannot be read."""

    def __init__(self, *ders: bytes) -> None:
        super().__init__(b"")
        self.ders = ders

    def tokens(self) -> Sequence[TokenInfo]:
        return [TokenInfo(str(number), "thẻ", "hãng") for number in range(len(self.ders))]

    def certificates(self, serial: str) -> Sequence[TokenCertificate]:
        if not self.ders[int(serial)]:
            raise errors.TokenRemoved
        return [TokenCertificate(serial, "01", self.ders[int(serial)])]


class FakeRenewal(FakeToken):
    """One token with two certificates; it notes which of them is to sign."""

    def certificates(self, serial: str) -> Sequence[TokenCertificate]:
        return [TokenCertificate(serial, "01", self.der), TokenCertificate(serial, "02", self.swapped or b"")]

    @contextmanager
    def unlocked(
        self, serial: str, key_id: str, pin: bytearray | None, certificate: bytes = b""
    ) -> Iterator[FakeSession]:
        self.typed.append(certificate)
        yield FakeSession(certificate)


class BrokenToken(FakeToken):
    def tokens(self) -> Sequence[TokenInfo]:
        raise errors.ModuleMissing(library="x.so")


def typed_for(token: FakeToken, owner: CertificateOwner = HOA, pin: bytes = b"123456") -> TypedPin:
    """Type a PIN while the token is shown."""
    return TypedPin(TokenCards(TokenRack((token,)), owner, {})()[0], bytearray(pin))


def open_with(token: FakeToken, owner: CertificateOwner = HOA, typed: TypedPin | None = None) -> None:
    with TokenRack((token,)).unlocked(owner, typed or typed_for(token, owner)):
        pass


def test_another_persons_token_never_gets_the_pin(pairs) -> None:
    token = FakeToken(pairs["Lê Văn Lan"].der)

    with pytest.raises(NoToken, match="Đặng Thị Hoa"):
        open_with(token)

    assert token.typed == []


def test_a_namesake_with_another_certificate_never_gets_the_pin(pairs) -> None:
    token = FakeToken(make_authority().issue("Đặng Thị Hoa").der)
    enrolled = pairs["Đặng Thị Hoa"].certificate.fingerprint(SHA256()).hex()

    with pytest.raises(NoToken):
        open_with(token, CertificateOwner("Đặng Thị Hoa", enrolled))

    assert token.typed == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (errors.PinIncorrect(low=True, final=False), PinWrong),
        (errors.PinLocked(), PinLocked),
        (errors.PinLength(least=4, most=64), PinUnfit),
        (errors.TokenMissing(serial="1"), NoToken),
        (errors.TokenRemoved(), errors.TokenRemoved),
        (errors.CertificateExpired(owner="Hoa", day="01/01/2026"), errors.CertificateExpired),
    ],
)
def test_each_failure_of_a_token_has_its_word_in_the_office(pairs, wrong, said) -> None:
    token = FakeToken(pairs["Đặng Thị Hoa"].der, wrong=wrong)
    typed = typed_for(token)

    with pytest.raises(said):
        open_with(token, typed=typed)

    assert typed.pin == bytearray(6)


@pytest.mark.parametrize("kind", sorted(_all_kinds(), key=lambda kind: kind.__name__))
def test_no_error_of_signing_loses_its_sentence_or_its_remedy(kind: type[errors.SigningError]) -> None:
    facts = {name: "x" for _, name, _, _ in Formatter().parse(kind.message + kind.remedy) if name}

    with pytest.raises((errors.SigningError, OfficeError)) as told, as_office_errors("Hoa"):
        raise kind(**facts)

    said = told.value
    own_words = {PinWrong: errors.PinIncorrect, PinLocked: errors.PinLocked, NoToken: errors.TokenMissing}
    if kind in own_words.values():
        assert own_words[type(said)] is kind
    else:
        assert (said.message, said.remedy, str(said)) == (
            kind.message,
            kind.remedy,
            kind.message.format(**facts),
        )
    assert said.remedy not in {errors.SigningError.remedy, OfficeError.remedy} or kind is errors.SigningError


def test_of_two_tokens_of_one_name_neither_gets_the_pin(pairs) -> None:
    hoa = FakeToken(pairs["Đặng Thị Hoa"].der)
    namesake = FakeToken(make_authority().issue("Đặng Thị Hoa").der, TokenInfo("2", "thẻ", "hãng"))
    rack, typed = TokenRack((hoa, namesake)), typed_for(hoa)

    with pytest.raises(TokensAlike, match="Đặng Thị Hoa"), rack.unlocked(HOA, typed):
        raise AssertionError

    assert hoa.typed == namesake.typed == []
    assert typed.pin == bytearray(6)


@pytest.mark.parametrize("other_serial", ["1", "2"])
def test_a_token_put_in_while_the_pin_was_typed_does_not_get_it(pairs, other_serial: str) -> None:
    typed = typed_for(FakeToken(pairs["Đặng Thị Hoa"].der))
    renewed = FakeToken(make_authority().issue("Đặng Thị Hoa").der, TokenInfo(other_serial, "thẻ", "hãng"))

    with pytest.raises(TokenSwapped):
        open_with(renewed, typed=typed)

    assert renewed.typed == []
    assert typed.pin == bytearray(6)


def test_the_same_certificate_on_another_token_does_not_get_the_pin(pairs) -> None:
    typed = typed_for(FakeToken(pairs["Đặng Thị Hoa"].der))
    copy = FakeToken(pairs["Đặng Thị Hoa"].der, TokenInfo("2", "thẻ", "hãng"))

    with pytest.raises(TokenSwapped, match="thẻ"):
        open_with(copy, typed=typed)

    assert copy.typed == []


def test_of_two_certificates_on_a_token_the_one_that_was_shown_signs(pairs) -> None:
    older, newer = pairs["Đặng Thị Hoa"].der, make_authority().issue("Đặng Thị Hoa").der
    typed = typed_for(FakeToken(older))
    both = FakeRenewal(newer, swapped=older)

    open_with(both, typed=typed)

    assert both.typed == [older]


def test_a_certificate_that_is_not_valid_yet_does_not_displace_the_one_that_is(pairs) -> None:
    today, tomorrow = pairs["Đặng Thị Hoa"].der, _valid_from_tomorrow("Đặng Thị Hoa")
    token = FakeRenewal(today, swapped=tomorrow)

    open_with(token)

    assert token.typed == [today]


def _valid_from_tomorrow(name: str) -> bytes:
    key, day = ec.generate_private_key(ec.SECP256R1()), timedelta(days=1)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(True, True, *[False] * 7)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 7)
    builder = builder.not_valid_before(datetime.now(UTC) + day).not_valid_after(
        datetime.now(UTC) + 9999 * day
    )
    return builder.add_extension(usage, critical=True).sign(key, SHA256()).public_bytes(Encoding.DER)


def test_a_token_that_cannot_be_read_hides_no_other_in_the_same_driver(pairs) -> None:
    readers = FakeReaders(b"", pairs["Đặng Thị Hoa"].der)

    assert [card.certificate.common_name for card in TokenRack((readers,)).cards()] == ["Đặng Thị Hoa"]
    with pytest.raises(errors.TokenRemoved):
        TokenRack((FakeReaders(b""),)).cards()


def test_what_is_wrong_with_the_document_stays_that(pairs) -> None:
    token = FakeToken(pairs["Đặng Thị Hoa"].der)
    rack, typed = TokenRack((token,)), typed_for(token)

    with pytest.raises(errors.FieldFilled), rack.unlocked(HOA, typed):
        raise errors.FieldFilled(field="CanBo")


def test_a_token_changed_under_the_hand_signs_nothing(pairs) -> None:
    token = FakeToken(pairs["Đặng Thị Hoa"].der, swapped=pairs["Lê Văn Lan"].der)

    with pytest.raises(errors.KeyMismatch):
        open_with(token)


def test_a_pin_pad_is_asked_instead_of_the_screen(pairs) -> None:
    token = FakeToken(pairs["Đặng Thị Hoa"].der, TokenInfo("1", "thẻ", "hãng", pin_pad=True))

    open_with(token, typed=typed_for(token, pin=b""))

    assert token.typed == [None]


def test_a_broken_driver_hides_no_other_token(pairs) -> None:
    good = FakeToken(pairs["Đặng Thị Hoa"].der)

    cards = TokenRack((BrokenToken(b""), good)).cards()

    assert [card.certificate.common_name for card in cards] == ["Đặng Thị Hoa"]
    with pytest.raises(errors.ModuleMissing):
        TokenRack((BrokenToken(b""),)).cards()
