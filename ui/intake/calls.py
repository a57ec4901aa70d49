"""What the intake screen asks of the office: plain callables, each of which may block."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.conflict import Choice
from clerk_app.domain.correction import Correction
from clerk_app.domain.country import Countries
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.handover import Handover
from clerk_app.domain.history import Unfinished
from clerk_app.domain.identity import Identity
from clerk_app.domain.identity_card import IdentityCard
from clerk_app.domain.officer import Officer
from clerk_app.domain.paper import PaperFile
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reply import Pen, Refusal, SupplementRequest
from clerk_app.domain.scanner_keys import Keyed
from clerk_app.domain.sending import Sending
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.domain.twin import Twin
from clerk_app.progress import Progress
from clerk_app.services.hand_over_draft import HandOverDraft
from clerk_app.services.take_arrivals import Taken


@dataclass(frozen=True, slots=True)
class IntakeCalls:
    """The part of the desk that this screen needs; names and shapes are the desk's own."""

    # the draft
    start_draft: Callable[[], Draft]
    save_draft: Callable[[Draft], Draft]
    drafts: Callable[[], tuple[Draft, ...]]
    drop_draft: Callable[[str], None]
    hand_over_draft: HandOverDraft  # (draft id, officer id); `candidates`
    lay_papers: Callable[[Draft, str, bytes, str, Progress], Draft]
    scan_papers: Callable[[Draft, str, Progress, str, Callable[[PaperFile], None]], Draft]
    scan_ways: tuple[str, ...]
    end_stack: Callable[[Draft], Draft]
    arrivals: Callable[[], int | None]
    take_arrivals: Callable[[Draft, str, Progress, Callable[[PaperFile], None]], Taken]
    page_picture: Callable[[str, int, int, Progress], bytes]

    # what the office knows
    find_procedures: Callable[[str], tuple[Procedure, ...]]
    read_card: Callable[[Keyed], Identity]
    card_in_picture: Callable[[bytes, str], tuple[IdentityCard, ...]]
    cards_on_paper: Callable[[str], tuple[IdentityCard, ...]]
    countries: Callable[[], Countries]
    work_out_deadline: Callable[[str, datetime], DueTime]
    sending: Callable[[], Sending]
    unfinished: Callable[[], Unfinished]
    find_twins: Callable[[Draft], tuple[Twin, ...]]

    # the acts
    receive_dossier: Callable[[Draft], Dossier]
    token_cards: Callable[[], tuple[TokenCard, ...]]
    issue_slip: Callable[[str, TypedPin], Document]
    slip_for_pen: Callable[[str, str], Document]
    ask_for_supplement: Callable[[Draft, SupplementRequest, TypedPin | Pen], Document]
    refuse_dossier: Callable[[Draft, Refusal, TypedPin | Pen], Document]
    check_supplement: Callable[[Draft, SupplementRequest], None]
    check_refusal: Callable[[Draft, Refusal], None]
    return_at_once: Callable[[Draft, Handover], Dossier]
    reissue_slip: Callable[[str, Correction, TypedPin | None], Document]
    settle_conflict: Callable[[Choice, TypedPin | None], Document]
    print_slip: Callable[[str], int]  # document id -> copy number; the window has bound its printer
    dossier: Callable[[str], Dossier]
    officer: Officer | None = None  # who sits here; None: nobody in particular, drafts name no holder
    may_sign: bool = True  # whether who sits here signs slips; else an officer does
