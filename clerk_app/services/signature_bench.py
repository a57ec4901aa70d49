"""Where a signature is made: the officer's token, the look of the sign, and the check before anybody sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from clerk_app.domain.document import SignatureField
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import OfficeError
from clerk_app.forms.pdfa import check_pdfa
from clerk_app.forms.typeface import Face, font_file
from clerk_app.services.field_box import field_box, next_field
from clerk_app.services.token_rack import CertificateOwner, TokenRack
from signing import appearance, pades
from signing.certificate import SigningCertificate
from signing.errors import TimeStampError
from signing.time_stamp import TimeStamper
from signing.token import Session
from signing.trust import Trust
from signing.validation import validate

_DRAWING = Lock()  # the fonts are shared, and reportlab counts their letters while it draws
FONTS = appearance.Fonts(font_file(Face.REGULAR))


class FormNotArchivable(OfficeError):
    message = "Văn bản tạo ra chưa đạt chuẩn lưu trữ PDF/A: {problems}"
    remedy = "Văn bản này đã bị bỏ. Thử lại; nếu còn lỗi, báo người quản trị."


@dataclass(frozen=True, slots=True)
class Signed:
    """A document with one signature more, checked."""

    pdf: bytes
    stamped: bool = False  # an authority proves in it when it was made
    following: str = ""  # the field that the paper has for the next signature


@dataclass(frozen=True, slots=True)
class SignatureBench:
    """Makes signatures of one certificate owner. Holds no transaction and shows nothing."""

    rack: TokenRack
    trust: Trust
    owner: CertificateOwner
    now: Callable[[], datetime]
    stamper: TimeStamper | None = None  # None: the proof of time comes later
    capacity: str = ""  # what stands before the signer's name, by the office's own words
    picture: Callable[[], bytes] | None = None  # PNG that stands on this owner's signatures; None: words
    check: pades.Check = validate  # what a signed paper is worth
    may: Callable[[], None] = lambda: (
        None
    )  # raises for who may not sign any more: before the PIN and each signature

    @contextmanager
    def unlocked(self, typed: TypedPin) -> Iterator[Session]:
        """Open the owner's token for one frozen list; each signature is asked for anew by `may`.

        See `TokenRack.unlocked` for what is raised, besides what `may` says.
        """
        try:
            self.may()
            with self.rack.unlocked(self.owner, typed) as session:
                yield _Asking(session, self.may)
        finally:
            typed.wipe()

    def sign(self, pdf: bytes, field: SignatureField, session: Session) -> Signed:
        """Fill one empty field; every signature in the result is valid, and it is still PDF/A.

        Where the time-stamp service does not answer at once, the signature is made without: a citizen waits.

        Raises `SignatureInvalid`, `FormNotArchivable` and other news of `signing`; then nothing is kept.
        """
        certificate = SigningCertificate(session.certificate)
        when = self.now()
        request = pades.SignRequest(
            field=field.value,
            certificate=certificate.der,
            when=when,
            chain=self.trust.others,
            appearance_pdf=look(
                field, field_box(pdf, field).size, self._name(certificate), self.shown_picture(), when
            ),
        )
        without: list[TimeStampError] = []
        signed = pades.sign_and_check(
            pdf, request, session, self.trust, self.stamper, without.append, self.check
        )
        require_archivable(signed)
        return Signed(signed, self.stamper is not None and not without, next_field(signed))

    def _name(self, certificate: SigningCertificate) -> str:
        return f"{self.capacity} {certificate.common_name}".strip()

    def shown_picture(self) -> bytes | None:
        """Return the picture that stands on this owner's signatures, None for words; raises `FileError`."""
        return None if self.picture is None else self.picture()


@dataclass(frozen=True, slots=True)
class _Asking:
    """A session that asks before each signature whether whoever typed the PIN still may."""

    session: Session
    may: Callable[[], None]

    @property
    def certificate(self) -> bytes:
        return self.session.certificate

    def sign(self, data: bytes) -> bytes:
        self.may()
        return self.session.sign(data)


@contextmanager
def drawing() -> Iterator[None]:
    """Draw one at a time: see `_DRAWING`."""
    with _DRAWING:
        yield


def require_archivable(pdf: bytes) -> None:
    """Raise `FormNotArchivable` unless our own checker finds no fault with the bytes."""
    if problems := check_pdfa(pdf):
        raise FormNotArchivable(problems="; ".join(problems))


def look(
    field: SignatureField, size: tuple[float, float], name: str, picture: bytes | None, when: datetime
) -> bytes:
    """Draw what stands in a field of this size (points): one page of PDF; `picture` as PNG, in place of words."""
    with _DRAWING:
        match field:
            case SignatureField.LEADER:
                return appearance.leader_block(size, name, when, FONTS, picture)
            case SignatureField.SEAL:
                return appearance.seal_block(size, name, when, FONTS, picture)
            case SignatureField.OFFICER:
                return appearance.officer_block(size, name, when, FONTS)
