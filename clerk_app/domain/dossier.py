"""A dossier: one citizen's request, from the draft on the counter to the slip and beyond.

Values never change. Each step takes one and returns the next, or refuses.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.document import Document
from clerk_app.domain.paper import LaidPaper


class Status(StrEnum):
    """The one word that the central system and we share about a dossier."""

    RECEIVED = "received"  # accepted, slip not signed yet
    SLIP_ISSUED = "slip_issued"  # slip signed, or printed for the pen


class SendState(StrEnum):
    """How far central knows of it."""

    WAITING = "waiting"  # chờ gửi
    PARKED = "parked"  # gửi lỗi, cần xử lý
    SENT = "sent"  # đã gửi


@dataclass(frozen=True, slots=True)
class ReturnChannel:
    """Where and how the citizen wants the result (Đăng ký nhận kết quả tại)."""

    way: str = "counter"  # counter | post | online
    detail: str = ""  # postal address, e-mail


@dataclass(frozen=True, slots=True)
class Draft:
    """A dossier in the making: the counter's, not yet an entry. Its id becomes the dossier's."""

    id: str
    procedure: str = ""  # code; empty: not chosen yet
    applicant: Applicant = field(default_factory=Applicant)
    papers: tuple[LaidPaper, ...] = ()
    sets: int = 1  # số bộ
    return_channel: ReturnChannel = ReturnChannel()
    note: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """An accepted dossier as the projection shows it."""

    id: str
    code: str
    provisional: bool  # TAM-…
    procedure: str  # code
    procedure_version: str
    procedure_title: str
    applicant: Applicant
    papers: tuple[LaidPaper, ...]
    sets: int
    return_channel: ReturnChannel
    received_at: datetime  # UTC
    due_at: datetime  # UTC
    received_by: str  # officer's name
    status: Status
    entry_hash: str  # of the acceptance entry; its first 16 hex digits stand in the slip's QR
    documents: tuple[Document, ...] = ()
    sending: SendState = SendState.WAITING
    note: str = ""
