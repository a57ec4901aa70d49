"""A signed PDF as it was judged: whose each signature is, what it covers, what changed since, what stands behind it.

Data alone; `clerk_app.services.signature_words` tells it to people. It crosses a pipe as JSON.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """How a paper stands, in one word for an icon and a colour."""

    VALID = "valid"
    CAUTION = "caution"  # valid, and there is something to look at
    INVALID = "invalid"
    UNSIGNED = "unsigned"


class Doubt(StrEnum):
    """Why a certificate does not count."""

    NONE = ""
    NO_ROOTS = "no_roots"  # this counter trusts nobody yet
    STRANGER = "stranger"  # leads to none of our roots
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    ISSUER_OUT_OF_TIME = "issuer_out_of_time"
    NOT_FOR_SIGNING = "not_for_signing"
    WEAK = "weak"


class ChangeKind(StrEnum):
    """What kind of part is not what was signed."""

    PAGE = "page"
    PAGES_MORE = "pages_more"
    PAGES_FEWER = "pages_fewer"
    NOTE = "note"
    FILLED = "filled"  # a field that was empty
    REWRITTEN = "rewritten"  # a field that held something else
    FIELD = "field"
    SIGNATURE = "signature"  # a further one
    DESCRIPTION = "description"
    FORM = "form"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class PartChanged:
    """One part that changed since a signature was made; `place`: a page (from 1), a field's name, or how many pages."""

    kind: ChangeKind
    place: str = ""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate. Times in UTC, numbers in hex; `is_root`: one that this counter trusts."""

    name: str
    organisation: str
    issuer: str
    serial: str
    sha256: str  # over the DER
    valid_from: datetime
    valid_to: datetime
    key: str  # e.g. "RSA 2048"
    signed_with: str
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature as the clerk may rely on it.

    `intact`: the signed bytes are those signed; `trusted`: the certificate counts; `whole`: nothing changed since beyond
    what it allows. `covers`: the first so many bytes of the file; they are revision `revision` (from 1) of `revisions`.
    """

    field: str  # name of the signature field
    signer: str  # common name in the certificate; "" where the signature cannot be read
    valid: bool  # intact, trusted and whole
    signed_at: datetime | None  # UTC, as the signer claims
    intact: bool = False
    trusted: bool = False
    whole: bool = False
    covers: int = 0
    organisation: str = ""
    proven_at: datetime | None = None  # UTC, by a time-stamp: existed no later
    revocation_checked: bool = False
    revoked_at: datetime | None = None
    doubt: Doubt = Doubt.NONE
    revision: int = 0  # 0: not known
    revisions: int = 0
    changes: tuple[PartChanged, ...] = ()
    path: tuple[CertificateFacts, ...] = ()  # the signer's first
    byte_range: tuple[int, ...] = ()
    form: str = ""  # SubFilter
    certifies: int = 0  # level of DocMDP, 0 for none
    reason: str = ""  # in the signer's words
    digest: str = ""
    algorithm: str = ""
    because: str = ""  # who says that its authority is trusted here

    @property
    def touched(self) -> tuple[PartChanged, ...]:
        """What changed beside further signatures."""
        return tuple(each for each in self.changes if each.kind is not ChangeKind.SIGNATURE)


@dataclass(frozen=True, slots=True)
class DocumentVerdict:
    """All signatures of a document, oldest first. `valid` is False for a document without any."""

    valid: bool
    signatures: tuple[SignatureVerdict, ...]
    size: int = 0  # bytes
    sha256: str = ""
    revisions: int = 0
    judged_at: datetime | None = None  # UTC, by this computer's clock

    @property
    def standing(self) -> Standing:
        """How the paper stands as a whole."""
        if not self.signatures:
            return Standing.UNSIGNED
        if not self.valid:
            return Standing.INVALID
        return Standing.CAUTION if any(self.is_odd(each) for each in self.signatures) else Standing.VALID

    def is_odd(self, signature: SignatureVerdict) -> bool:
        """Whether a valid signature has something that a person should look at.

        That is: what its signer allowed to change did change, or it claims a time that has not come yet.
        """
        return bool(signature.touched) or self.is_from_the_future(signature)

    def is_from_the_future(self, signature: SignatureVerdict) -> bool:
        """Whether the claimed time is later than the time of judging."""
        if signature.signed_at is None or self.judged_at is None:
            return False
        return (signature.signed_at - self.judged_at).total_seconds() > _CLOCKS_DIFFER


_CLOCKS_DIFFER = 300  # seconds between two computers
