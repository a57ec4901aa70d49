"""What one slip prints, as plain values: taken once from the dossier, frozen with the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from clerk_app.clock import format_day
from clerk_app.domain.applicant import Applicant, Authorisation, Person, Relation
from clerk_app.domain.document import SignatureField
from clerk_app.domain.dossier import Dossier, ReturnChannel
from clerk_app.domain.number import sequence_of
from clerk_app.domain.officer import Unit
from clerk_app.domain.paper import LaidPaper, PaperForm, PaperState
from clerk_app.domain.procedure import Procedure


class ApplicantMark(StrEnum):
    """How the person at the counter confirms the slip."""

    SIGNATURE = "signature"
    FINGERPRINT = "fingerprint"  # điểm chỉ; detail: which finger of which hand
    WITNESS = "witness"  # detail: name of the witness, empty: dots
    INTERPRETER = "interpreter"  # detail: name of the interpreter, empty: dots


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organisation as printed; empty means dots for the pen."""

    name: str = ""
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything that stands on Mẫu 01 (TT 03/2025/TT-VPCP, Phụ lục I) and beside it. Moments are aware."""

    # the statutory block, in its order
    superior: str
    unit_name: str
    number: str  # of `Số`, empty: dots for the pen
    place: str
    made_at: datetime  # its day stands after the place
    code: str
    applicant: Party
    submitted_by: str  # who signs at the left
    grantor: (
        Party | None
    )  # người ủy quyền, only when somebody else stands at the counter with an authorisation
    authorisation: str  # giấy tờ ủy quyền
    request: str
    papers: tuple[str, ...]
    sets: int
    time_limit: str  # e.g. "07 ngày làm việc"
    received_at: datetime
    due_at: datetime
    return_at: str
    officer: str
    # beside the statutory block
    entry_hash: str  # its first 16 hex digits go into the QR
    phone: str = ""
    unit_address: str = ""
    book: str = ""  # Quyển số
    book_number: str = ""  # Số thứ tự
    originals: tuple[int, ...] | None = ()  # numbers in `papers`; None: not known, say nothing
    code_stays: bool = False  # made while alone, or with a provisional number
    issue: int = 1  # lần cấp
    replaces: str = ""  # what the older slip was, and why it was wrong
    practice: bool = False
    pen_reason: str = ""  # why it is signed with a pen; empty: signed by token
    mark: ApplicantMark = ApplicantMark.SIGNATURE
    mark_detail: str = ""
    read_aloud: bool = False  # đã đọc lại cho người nộp nghe
    fields: tuple[str, ...] = ()  # names of the signature fields to leave room for
    seal_mm: int = 0  # across, where the seal is a picture in its real size; 0: none

    @property
    def qr(self) -> str:
        """The text of the QR code: the code and the first 16 hex digits of the acceptance entry's hash."""
        return f"{self.code}|{self.entry_hash[:16]}"


@dataclass(frozen=True, slots=True)
class Issuing:
    """What is true of this one issue of the slip, and not of the dossier."""

    made_at: datetime
    fields: tuple[SignatureField, ...] = ()
    officer: str = ""  # empty: who received the dossier
    alone: bool = False  # made while central is out of reach
    number_in_dots: bool = False  # setting: `Số` is written by hand
    pen_reason: str = ""
    issue: int = 1
    replaces: str = ""
    book: str = ""
    book_number: str = ""
    mark: ApplicantMark = ApplicantMark.SIGNATURE
    mark_detail: str = ""
    read_aloud: bool = False
    seal_mm: int = 0  # setting: how large the seal's picture is
    forms: Mapping[str, PaperForm] | None = field(default=None)  # paper key -> form; None: not known


def paper_forms(procedure: Procedure) -> dict[str, PaperForm]:
    """Return in which form the procedure wants each of its papers, for `Issuing.forms`."""
    return {kind.key: kind.form for kind in procedure.papers}


def slip_facts(dossier: Dossier, unit: Unit, issuing: Issuing) -> SlipFacts:
    """Return what the slip of an accepted dossier prints.

    With an authorisation the person at the counter is named first and the owner as người ủy quyền; a parent or
    guardian is named first together with the owner; an organisation is named by itself.
    """
    applicant = dossier.applicant
    by_authority = applicant.relation is Relation.AUTHORISED and applicant.submitter is not None
    printed = [paper for paper in dossier.papers if paper.state in _PRINTED]
    return SlipFacts(
        superior=unit.superior,
        unit_name=unit.name,
        number="" if issuing.number_in_dots else sequence_of(dossier.code),
        place=unit.place,
        made_at=issuing.made_at,
        code=dossier.code,
        applicant=party_of(applicant),
        submitted_by=applicant.at_the_counter.name,
        grantor=as_party(applicant.owner) if by_authority else None,
        authorisation=_authorisation(applicant.authorisation) if by_authority else "",
        request=dossier.procedure_title,
        papers=tuple(_paper(paper, issuing.forms or {}) for paper in printed),
        sets=dossier.sets,
        time_limit=dossier.time_limit,
        received_at=dossier.received_at,
        due_at=dossier.promised,
        return_at=_return_at(dossier.return_channel, unit),
        officer=issuing.officer or dossier.received_by,
        entry_hash=dossier.entry_hash,
        phone=unit.phone,
        unit_address=unit.address,
        book=issuing.book,
        book_number=issuing.book_number,
        originals=_originals(printed, issuing.forms),
        code_stays=issuing.alone or dossier.provisional,
        issue=issuing.issue,
        replaces=issuing.replaces,
        practice=unit.practice,
        pen_reason=issuing.pen_reason,
        seal_mm=issuing.seal_mm,
        mark=issuing.mark,
        mark_detail=issuing.mark_detail,
        read_aloud=issuing.read_aloud,
        fields=tuple(name.value for name in issuing.fields),
    )


_PRINTED = (PaperState.PRESENT, PaperState.SHOWN_ONLY, PaperState.ILLEGIBLE)
_RELATION_WORDS = {Relation.PARENT: "cha, mẹ của", Relation.GUARDIAN: "người giám hộ của"}


def party_of(applicant: Applicant) -> Party:
    """Return who is named first: the person at the counter, or the owner who came or is an organisation."""
    owner, submitter = applicant.owner, applicant.submitter
    if submitter is None or applicant.relation in (Relation.SELF, Relation.REPRESENTATIVE):
        return as_party(owner)
    party = as_party(submitter)
    if applicant.relation in _RELATION_WORDS:
        whose = f"{party.name} ({_RELATION_WORDS[applicant.relation]} {owner.name})"
        return Party(whose, party.id_number, party.address, party.phone, party.email)
    return party


def as_party(person: Person) -> Party:
    """Return a person as printed."""
    number = person.id_number or ("Đã kiểm tra trên VNeID" if person.checked_on_vneid else "")
    return Party(person.name, number, person.address, person.phone, person.email)


def _authorisation(paper: Authorisation | None) -> str:
    if paper is None:
        return ""
    number = f"Giấy ủy quyền số {paper.number}" if paper.number else "Giấy ủy quyền"
    day = f" ngày {format_day(paper.signed_on)}" if paper.signed_on else ""
    return f"{number}{day}" + (f" ({paper.scope})" if paper.scope else "")


def _paper(paper: LaidPaper, forms: Mapping[str, PaperForm]) -> str:
    title = paper.title or paper.key
    if paper.state is PaperState.SHOWN_ONLY:
        return f"{title} (chỉ xuất trình, đã đối chiếu)"
    form = forms[paper.key].in_words if paper.key in forms else "bản"
    unclear = ", mờ, khó đọc" if paper.state is PaperState.ILLEGIBLE else ""
    return f"{title} ({paper.count:02d} {form}{unclear})"


def _originals(printed: Sequence[LaidPaper], forms: Mapping[str, PaperForm] | None) -> tuple[int, ...] | None:
    """Return the numbers of the papers whose originals stay with the office, or None if that is not known."""
    if forms is None:
        return None
    return tuple(
        number
        for number, paper in enumerate(printed, start=1)
        if paper.state is not PaperState.SHOWN_ONLY and forms.get(paper.key) is PaperForm.ORIGINAL
    )


def _return_at(channel: ReturnChannel, unit: Unit) -> str:
    match channel.way:
        case "post":
            return f"Gửi qua dịch vụ bưu chính đến: {channel.detail}"
        case "online":
            return "Bản điện tử, trực tuyến" + (f": {channel.detail}" if channel.detail else "")
        case _:
            place = f"{unit.name}, {unit.address}" if unit.address else unit.name
            return f"{place} ({channel.detail})" if channel.detail else place
