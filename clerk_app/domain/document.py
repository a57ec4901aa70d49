"""A document the office issues: its kind, which signatures it carries, the turn, and what of it was shown."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from clerk_app.domain.turn import Turn


class DocumentKind(StrEnum):
    """What is issued at the counter."""

    SLIP = "slip"  # Mẫu 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả
    SUPPLEMENT = "supplement"  # Mẫu 02, phiếu yêu cầu bổ sung, hoàn thiện hồ sơ
    REFUSAL = "refusal"  # Mẫu 03, phiếu từ chối tiếp nhận giải quyết hồ sơ
    CODE_NOTICE = "code_notice"  # thông báo mã hồ sơ thay số tạm


class SignatureField(StrEnum):
    """Names of the signature fields, in the order of turns."""

    OFFICER = "CanBo"
    LEADER = "LanhDao"
    SEAL = "ConDau"


class ProofLevel(StrEnum):
    """How much a signed document proves by itself, by the names of EN 319 142-1; without any it is B-B."""

    NONE = ""
    TIME = "B-T"  # when it was signed
    LONG_TERM = "B-LT"  # and that nobody had revoked the certificates
    ARCHIVE = "B-LTA"  # and a time-stamp keeps that


DEFAULT_SIGNATURES: dict[DocumentKind, tuple[SignatureField, ...]] = {
    DocumentKind.SLIP: (SignatureField.OFFICER, SignatureField.LEADER, SignatureField.SEAL),
    DocumentKind.SUPPLEMENT: (SignatureField.OFFICER,),
    DocumentKind.REFUSAL: (SignatureField.OFFICER,),
    DocumentKind.CODE_NOTICE: (SignatureField.OFFICER,),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One issued document of a dossier: its line of revisions lives in the journal."""

    id: str  # uuid of the line
    dossier: str
    kind: DocumentKind
    head: str  # sha256 of the newest revision
    signed_by: tuple[SignatureField, ...]  # fields filled so far
    by_pen: bool = False
    issue: int = 1  # lần cấp
    replaces: str = ""  # document this one replaces
    valid: bool = True  # False: "không còn giá trị", replaced
    prints: int = 0  # how often a print was started
    came_out: int = 0  # of these, those that are known to have come out
    print_unfinished: bool = False  # print_started without an end: ask the officer
    proof: ProofLevel = ProofLevel.NONE  # of all its signatures together
    turn: Turn | None = None  # as entries tell it; None: it never leaves the counter that made it
    without_effect: tuple[str, ...] = ()  # revisions (sha256) signed after their turn was another's
    sent_back: str = ""  # why who was to sign it did not; "": nobody said so, or it was submitted again

    @property
    def unproven(self) -> bool:
        """Whether somebody signed it and nothing proves when; a paper that no longer counts needs no proof."""
        return self.valid and bool(self.signed_by) and self.proof is ProofLevel.NONE


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document and the very bytes of it that somebody has looked at: these are signed, or nothing is."""

    id: str
    sha256: str  # hex, of the bytes that were shown


def shown(id: str, pdf: bytes) -> ShownDocument:
    """Name a document by the bytes that are being shown; whoever shows it makes this, nobody else."""
    return ShownDocument(id, sha256(pdf).hexdigest())
