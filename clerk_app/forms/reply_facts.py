"""What Mẫu 02 or Mẫu 03 prints, as plain values: taken once from the draft, frozen with the paper."""

from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.document import DocumentKind, SignatureField
from clerk_app.domain.officer import Unit
from clerk_app.domain.reply import Refusal, SupplementRequest
from clerk_app.forms.slip_facts import Party, as_party, party_of


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """Everything that stands on the paper; `kind` says which of the two it is. `made_at` is aware."""

    kind: DocumentKind
    superior: str
    unit_name: str
    number: str  # of `Số`, empty: dots for the pen
    place: str
    made_at: datetime
    applicant: Party
    submitted_by: str  # who signs Mẫu 03 at the left
    request: str
    reason: str
    officer: str
    items: tuple[str, ...] = ()  # of Mẫu 02
    ground: str = ""  # of Mẫu 03
    phone: str = ""
    practice: bool = False
    pen_reason: str = ""
    fields: tuple[str, ...] = ()  # names of the signature fields to leave room for
    provisional: str = ""  # of the notice of a code: the number it was received under
    code: str = ""  # and the code it has now
    qr: str = ""  # what its QR code says


@dataclass(frozen=True, slots=True)
class ReplyIssuing:
    """What is true of this one paper, and not of the draft."""

    made_at: datetime
    number: str
    officer: str
    fields: tuple[SignatureField, ...] = ()
    pen_reason: str = ""


def supplement_facts(
    applicant: Applicant, title: str, request: SupplementRequest, unit: Unit, issuing: ReplyIssuing
) -> ReplyFacts:
    """Return what Mẫu 02 prints: whose dossier it is, and where whoever brings the papers can be reached."""
    owner, here = as_party(applicant.owner), applicant.at_the_counter
    party = replace(owner, phone=owner.phone or here.phone, email=owner.email or here.email)
    items = tuple(item.strip() for item in request.items if item.strip())
    facts = facts_of(DocumentKind.SUPPLEMENT, party, applicant, unit, issuing)
    return replace(facts, request=title, items=items, reason=request.reason.strip())


def refusal_facts(applicant: Applicant, refusal: Refusal, unit: Unit, issuing: ReplyIssuing) -> ReplyFacts:
    """Return what Mẫu 03 prints."""
    facts = facts_of(DocumentKind.REFUSAL, party_of(applicant), applicant, unit, issuing)
    reason, ground = refusal.reason.strip(), refusal.ground.strip()
    return replace(facts, request=refusal.request.strip(), reason=reason, ground=ground)


def facts_of(
    kind: DocumentKind, party: Party, applicant: Applicant, unit: Unit, issuing: ReplyIssuing
) -> ReplyFacts:
    """Return what every paper of this make prints."""
    return ReplyFacts(
        kind=kind,
        superior=unit.superior,
        unit_name=unit.name,
        number=issuing.number,
        place=unit.place,
        made_at=issuing.made_at,
        applicant=party,
        submitted_by=applicant.at_the_counter.name,
        request="",
        reason="",
        officer=issuing.officer,
        phone=unit.phone,
        practice=unit.practice,
        pen_reason=issuing.pen_reason,
        fields=tuple(name.value for name in issuing.fields),
    )
