"""What stands on the desk of one unlocked counter: every callable a screen or a command may be given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.access import Access
from clerk_app.domain.book import BookPage
from clerk_app.domain.conflict import Choice
from clerk_app.domain.correction import Correction
from clerk_app.domain.country import Countries
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.delegation import Delegation
from clerk_app.domain.document import Document, ShownDocument
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.handover import Handover
from clerk_app.domain.history import HistoryLine, Unfinished
from clerk_app.domain.identity import Identity
from clerk_app.domain.identity_card import IdentityCard
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer, Unit
from clerk_app.domain.outage import Outage
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.register_filter import RegisterChoices
from clerk_app.domain.reply import Pen, Refusal, SupplementRequest
from clerk_app.domain.scanner_keys import Keyed
from clerk_app.domain.sending import Sending, Waiting, WaitingFiles
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.domain.twin import Twin
from clerk_app.domain.verdict import JournalVerdict
from clerk_app.papers.scanner import ScannerInfo
from clerk_app.progress import Progress
from clerk_app.services.books import Books
from clerk_app.services.bundles import Bundles
from clerk_app.services.change_settings import ChangeSettings
from clerk_app.services.delegate import Delegate
from clerk_app.services.diagnose import Diagnose
from clerk_app.services.find_dossiers import CountDossiers, FindDossiers, SeekDossiers
from clerk_app.services.give_back_turn import GiveBackTurn
from clerk_app.services.give_codes import GiveCodes
from clerk_app.services.hand_over_draft import HandOverDraft
from clerk_app.services.lay_papers import LayPapers
from clerk_app.services.lock_out import LockOut
from clerk_app.services.outage_sheet import OutageSheet
from clerk_app.services.page_picture import PagePicture
from clerk_app.services.print_slip import Printer
from clerk_app.services.prove_waiting import ProveWaiting
from clerk_app.services.reconcile_day import ReconcileDay
from clerk_app.services.redact_dossier import RedactDossier
from clerk_app.services.scan_papers import ScanPapers
from clerk_app.services.show_retired import ShowRetired
from clerk_app.services.sign_file import SignFile
from clerk_app.services.sign_pictures import SignPictures
from clerk_app.services.signing_room import SigningRoom
from clerk_app.services.take_arrivals import TakeArrivals
from clerk_app.services.take_back import TakeBack
from clerk_app.services.token_care import TokenCare
from clerk_app.services.unlock import Unlocked
from clerk_app.services.upkeep import Upkeep
from clerk_app.services.verify_document import VerifyDocument
from clerk_app.services.whom_we_trust import WhomWeTrust


@dataclass(frozen=True)
class Intake:
    """What is done with a draft and its papers, and what the office knows of law and cards."""

    start_draft: Callable[[], Draft]
    save_draft: Callable[[Draft], Draft]
    drafts: Callable[[], tuple[Draft, ...]]  # newest first
    drop_draft: Callable[[str], None]
    hand_over_draft: HandOverDraft  # (draft id, officer id); `candidates`
    lay_papers: LayPapers  # (draft, paper key, bytes, file name, progress=None)
    scan_papers: ScanPapers  # (draft, paper key, progress, way="", tell): a way's name; told each page
    end_stack: Callable[[Draft], Draft]  # the stack that lies open in the scanner is whole
    scan_ways: tuple[str, ...]  # the usual one first
    arrivals: Callable[[], int | None]  # how many files lie in the scan folder; None: no folder is set up
    take_arrivals: TakeArrivals  # (draft, paper key, progress, tell): told each file
    page_picture: PagePicture  # (sha256, page from 0, width in px, progress=None) -> PNG
    warm_reader: Callable[[], None]  # so that the first file does not wait

    # what the office knows
    find_procedures: Callable[[str], tuple[Procedure, ...]]  # "" lists all
    read_card: Callable[[Keyed], Identity]  # what a scanner typed: a card's code, a passport's zone
    card_in_picture: Callable[[bytes, str], tuple[IdentityCard, ...]]  # bytes, file name
    cards_on_paper: Callable[[str], tuple[IdentityCard, ...]]  # sha256
    countries: Callable[[], Countries]
    work_out_deadline: Callable[[str, datetime], DueTime]  # procedure code, received at (UTC)


@dataclass(frozen=True)
class Acts:
    """What is done with a dossier: it is received or answered, its papers are signed, its result is handed over."""

    receive_dossier: Callable[[Draft], Dossier]
    token_cards: Callable[[], tuple[TokenCard, ...]]  # the unlocked officer's first
    warn_expiry: Callable[[], str]  # about the officer's own certificate, once a day; else empty
    seal_cards: Callable[[], tuple[TokenCard, ...]]  # the agency's first
    issue_slip: Callable[[str, TypedPin], Document]  # dossier id; the PIN is wiped, here and below
    slip_for_pen: Callable[[str, str], Document]  # dossier id, reason
    slip_pdf: Callable[[str], bytes]  # document id -> bytes of the head revision
    reissue_slip: Callable[[str, Correction, TypedPin | None], Document]  # dossier id; no PIN: by pen
    settle_conflict: Callable[[Choice, TypedPin | None], Document]  # ends in a new slip; no PIN: by pen
    print_slip: Callable[[str, Printer], int]  # document id -> copy number (2 and more: a reprint)
    settle_print: Callable[[str, bool], Document]  # document id, did the paper come out?
    ask_for_supplement: Callable[[Draft, SupplementRequest, TypedPin | Pen], Document]  # Mẫu 02
    refuse_dossier: Callable[[Draft, Refusal, TypedPin | Pen], Document]  # Mẫu 03; the draft ends
    check_supplement: Callable[[Draft, SupplementRequest], None]  # raises before a PIN is typed
    check_refusal: Callable[[Draft, Refusal], None]
    return_at_once: Callable[[Draft, Handover], Dossier]  # Trả ngay: received and returned
    return_result: Callable[[str, Handover], Dossier]  # dossier id
    give_codes: (
        GiveCodes  # (dossier ids, PIN or pen, progress=None); `waiting` lists what was received under TAM-…
    )
    originals_kept: Callable[[str], tuple[str, ...]]  # dossier id -> titles of what is given back
    approve_documents: Callable[[Sequence[ShownDocument], TypedPin], tuple[Document, ...]]  # a leader's turn
    seal_documents: Callable[[Sequence[ShownDocument], TypedPin], tuple[Document, ...]]  # the agency's turn
    resubmit: Callable[
        [str, str], Document
    ]  # document id that was given back unsigned, what to say ("": nothing)
    signing_room: SigningRoom | None  # of a leader, of who signs for one, or of who holds the seal
    delegate: Delegate  # (order); `candidates`, `end`


@dataclass(frozen=True)
class Records:
    """What has been done, and what of it central has."""

    # what has been done
    find_dossiers: FindDossiers  # (text, limit=50, wanted, after, progress), newest first
    seek_dossiers: SeekDossiers  # (text, limit=50, wanted, goes_on, progress): the same, step by step
    find_twins: Callable[[Draft], tuple[Twin, ...]]  # under way, of the same owner and procedure
    count_dossiers: CountDossiers  # (text, wanted, progress)
    register_choices: Callable[[], RegisterChoices]
    dossier: Callable[[str], Dossier]  # id
    retired: ShowRetired  # (dossier id): the whole from central
    history: Callable[[str], tuple[HistoryLine, ...]]  # dossier id, oldest first
    delegations: Callable[[], tuple[Delegation, ...]]  # of the unit, newest first
    unfinished: Callable[[], Unfinished]  # ask once when the window opens

    # central
    exchange: Callable[[Progress], Sending]  # raises CentralOffline
    sending: Callable[[], Sending]
    waiting: Callable[[], tuple[Waiting, ...]]  # oldest first
    pause_files: Callable[[bool], None]  # let large files wait, or go on
    waiting_files: Callable[[], tuple[WaitingFiles, ...]]
    settle_waiting: Callable[[str, str], None]  # Waiting.entry, how it was settled ("": only looked at)
    outages: Callable[[], tuple[Outage, ...]]  # newest first
    outage_sheet: OutageSheet
    books: Books  # without gaps: called, it lists them; open, hand_over, take_over, void (name, year, …)
    show_books: Callable[
        [], tuple[BookPage, ...]
    ]  # the same with their last numbers and dossiers, newest year first
    reconcile_day: ReconcileDay  # (day=None, progress=None): today unless named


@dataclass(frozen=True)
class Desk(Intake, Acts, Records):
    """The furniture of one unlocked counter. Every callable blocks: call it on a lane, not in the window."""

    officer: Officer
    unit: Unit

    # checks
    verify_document: (
        VerifyDocument  # (pdf, trust=None, progress=None): a folder of anchors, None: the counter's own
    )
    whom_we_trust: WhomWeTrust
    verify_journal: Callable[[], JournalVerdict]
    diagnose: Diagnose  # (progress=None)

    # for the day on which the disk fails
    prove_waiting: ProveWaiting  # (progress=None): may take minutes, on a lane of its own
    upkeep: Upkeep  # every few seconds, on a lane of its own; returns what the officer must know
    take_back: TakeBack  # (folder, recovery key): unsent work of an older life
    give_back_turn: GiveBackTurn  # (dossier code); `waiting` lists them
    bundles: Bundles  # turns that go to another counter by hand
    redact_dossier: (
        RedactDossier  # (code, ground, ordered by, the code again); `preview` (code) shows what goes
    )

    # the counter's own settings
    settings: ChangeSettings
    lock_out: LockOut  # (officer id): their way into this counter goes
    sign_file: SignFile  # approve, issue, take in, copy: any PDF
    pictures: SignPictures  # that stand on signatures
    tokens: TokenCare  # the drivers and tokens of this computer, with no PIN
    list_scanners: Callable[[], tuple[ScannerInfo, ...]]

    admit: Callable[[Unlocked], object]  # raises for an officer who may not work here now
    standing: Callable[
        [], None
    ]  # raises `MayNotStay` once central has taken back what this officer sat down for
    up_to_date: Callable[[], bool]  # False: what this officer may sign has changed since they sat down
    switch: Callable[[Unlocked], "Desk"]  # the same files, another officer


DOORS: Mapping[str, tuple[Access | Kind, ...]] = {
    "start_draft": (Access.DRAFTS,),
    "save_draft": (Access.DRAFTS,),
    "drafts": (Access.DRAFTS,),
    "drop_draft": (Access.DRAFTS,),
    "hand_over_draft": (Access.DRAFTS,),
    "lay_papers": (Access.DRAFTS,),
    "scan_papers": (Access.DRAFTS,),
    "end_stack": (Access.DRAFTS,),
    "arrivals": (Access.DRAFTS,),
    "take_arrivals": (Access.DRAFTS,),
    "page_picture": (Access.DRAFTS, Access.DOSSIERS),
    "find_procedures": (Access.LAW,),
    "countries": (Access.LAW,),
    "work_out_deadline": (Access.LAW,),
    "read_card": (Access.DRAFTS,),
    "card_in_picture": (Access.DRAFTS,),
    "cards_on_paper": (Access.DRAFTS,),
    "receive_dossier": (Kind.RECEIVED,),
    "issue_slip": (Kind.SLIP_SIGNED,),
    "slip_for_pen": (Kind.SLIP_FOR_PEN,),
    "slip_pdf": (Access.DOSSIERS,),
    "reissue_slip": (Kind.CORRECTED,),
    "print_slip": (Kind.PRINT_STARTED,),
    "settle_print": (Kind.PRINT_ENDED,),
    "ask_for_supplement": (Kind.SUPPLEMENT_ASKED,),
    "refuse_dossier": (Kind.REFUSED,),
    "check_supplement": (Kind.SUPPLEMENT_ASKED,),
    "check_refusal": (Kind.REFUSED,),
    "return_at_once": (Kind.RETURNED,),
    "return_result": (Kind.RETURNED,),
    "give_codes": (Kind.CODE_GIVEN,),
    "originals_kept": (Access.DOSSIERS,),
    "resubmit": (Kind.RESUBMITTED,),
    "find_dossiers": (Access.DOSSIERS,),
    "seek_dossiers": (Access.DOSSIERS,),
    "find_twins": (Access.DRAFTS,),
    "count_dossiers": (Access.DOSSIERS,),
    "register_choices": (Access.DOSSIERS,),
    "dossier": (Access.DOSSIERS,),
    "retired": (Access.DOSSIERS,),
    "history": (Access.DOSSIERS,),
    "unfinished": (Access.DOSSIERS,),
    "books": (Access.DOSSIERS,),
    "show_books": (Access.DOSSIERS,),
    "waiting": (Access.DOSSIERS,),
    "waiting_files": (Access.DOSSIERS,),
    "settle_conflict": (Kind.CORRECTED,),
    "settle_waiting": (Kind.LOOKED_AT, Kind.SETTLED),
    "pause_files": (Access.DRAFTS, Access.SETTINGS),
    "outages": (Access.OUTAGES,),
    "outage_sheet": (Access.OUTAGES,),
    "reconcile_day": (Access.DAY,),
    "verify_document": (Access.SIGNATURES,),
    "whom_we_trust": (Access.SIGNATURES,),
    "verify_journal": (Access.JOURNAL,),
    "diagnose": (Access.DEVICES,),
    "take_back": (Access.RECOVERY,),
    "give_back_turn": (Access.RECOVERY,),
    "bundles": (Kind.TURN_HANDED,),
    "redact_dossier": (Kind.REDACTED,),
    "settings": (Access.SETTINGS,),
    "lock_out": (Access.SETTINGS,),
    "pictures": (Access.SETTINGS,),
    "tokens": (Access.DEVICES,),
    "list_scanners": (Access.DEVICES,),
    # the machine's own work, whose token it is, and what asks by itself whose turn it is
    "scan_ways": (),
    "warm_reader": (),
    "token_cards": (),
    "seal_cards": (),
    "warn_expiry": (),
    "approve_documents": (),
    "seal_documents": (),
    "signing_room": (),
    "delegate": (Kind.DELEGATED,),
    "delegations": (Access.DOSSIERS,),
    "exchange": (),
    "sending": (),
    "prove_waiting": (),
    "upkeep": (),
    "sign_file": (),
    "officer": (),
    "unit": (),
    "admit": (),
    "standing": (),
    "up_to_date": (),
    "switch": (),
}
"""Which need stands before each piece of furniture, none for some; see `behind_a_door`."""
