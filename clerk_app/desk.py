"""The desk: everything a clerk can do here, wired once.

This is the only module that knows which real thing stands behind each name.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from clerk_app.domain.correction import Correction
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.history import HistoryLine, Unfinished
from clerk_app.domain.identity_card import IdentityCard
from clerk_app.domain.officer import Officer, Unit
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.sending import Sending, Waiting
from clerk_app.domain.token_card import TokenCard
from clerk_app.domain.verdict import Check, DocumentVerdict, JournalVerdict
from clerk_app.progress import Progress
from clerk_app.services.print_slip import Printer
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings


class FindDossiers(Protocol):
    """Find by name without accents, part of the code, last digits, personal number or phone."""

    def __call__(self, text: str, limit: int = 50) -> tuple[Dossier, ...]: ...


class VerifyDocument(Protocol):
    """Check a PDF against a folder of trust anchors; None: the counter's own."""

    def __call__(self, pdf: bytes, trust: Path | None = None) -> DocumentVerdict: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The furniture of one unlocked counter. Every callable blocks: call it on a lane, not in the window."""

    officer: Officer
    unit: Unit

    # the draft
    start_draft: Callable[[], Draft]
    save_draft: Callable[[Draft], Draft]
    drafts: Callable[[], tuple[Draft, ...]]  # newest first
    drop_draft: Callable[[str], None]
    lay_papers: Callable[[Draft, str, bytes, str], Draft]  # draft, paper key, bytes, file name
    scan_papers: Callable[[Draft, str, Progress], Draft]
    page_picture: Callable[[str, int, int], bytes]  # sha256, page from 0, width in px -> PNG

    # what the office knows
    find_procedures: Callable[[str], tuple[Procedure, ...]]  # "" lists all
    read_card: Callable[[str], IdentityCard]
    work_out_deadline: Callable[[str, datetime], DueTime]  # procedure code, received at (UTC)

    # the acts
    receive_dossier: Callable[[Draft], Dossier]
    token_cards: Callable[[], tuple[TokenCard, ...]]  # the unlocked officer's first
    issue_slip: Callable[[str, bytearray], Document]  # dossier id, PIN (wiped)
    slip_for_pen: Callable[[str, str], Document]  # dossier id, reason
    slip_pdf: Callable[[str], bytes]  # document id -> bytes of the head revision
    reissue_slip: Callable[[str, Correction, bytearray | None], Document]  # dossier id; no PIN: by pen
    print_slip: Callable[[str, Printer], int]  # document id -> copy number (2 and more: a reprint)
    settle_print: Callable[[str, bool], Document]  # document id, did the paper come out?
    approve_documents: Callable[[Sequence[str], bytearray], tuple[Document, ...]]  # a leader's turn
    seal_documents: Callable[[Sequence[str], bytearray], tuple[Document, ...]]  # the registrar's turn

    # what has been done
    find_dossiers: FindDossiers  # newest first
    dossier: Callable[[str], Dossier]  # id
    history: Callable[[str], tuple[HistoryLine, ...]]  # dossier id, oldest first
    unfinished: Callable[[], Unfinished]  # ask once when the window opens

    # central
    exchange: Callable[[Progress], Sending]  # raises CentralOffline
    sending: Callable[[], Sending]
    waiting: Callable[[], tuple[Waiting, ...]]  # oldest first

    # checks
    verify_document: VerifyDocument
    verify_journal: Callable[[], JournalVerdict]
    diagnose: Callable[[], tuple[Check, ...]]

    switch: Callable[[Unlocked], "Desk"]  # the same files, another officer


@contextmanager
def open_desk(settings: Settings, unlocked: Unlocked) -> Iterator[Desk]:
    """Open the counter's files for one officer, and close them at the end.

    Raises `CounterHeld` while another process holds the files, `JournalDamaged` and the like.
    """
    raise NotImplementedError
    yield
