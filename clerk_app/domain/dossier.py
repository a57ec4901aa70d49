"""A dossier: one citizen's request, from the draft on the counter to the slip and beyond.

Values never change. Each step takes one and returns the next, or refuses.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.document import Document
from clerk_app.domain.handover import Handover
from clerk_app.domain.paper import LaidPaper
from clerk_app.domain.procedure import Fee
from clerk_app.domain.record import RecordDamaged, as_json, from_json
from clerk_app.domain.stack import ScanStack
from clerk_app.errors import OfficeError


class DraftUnreadable(OfficeError):
    message = "Bản lưu tạm không đọc được."
    remedy = "Tiếp nhận lại từ đầu; các trang đã quét vẫn còn trên máy này trong ngày."


class Status(StrEnum):
    """The one word that the central system and we share about a dossier."""

    SUPPLEMENT_ASKED = "supplement_asked"  # not accepted yet: Mẫu 02 was issued, the draft waits
    REFUSED = "refused"  # not accepted: Mẫu 03 was issued
    RECEIVED = "received"  # accepted, slip not signed yet
    SLIP_ISSUED = "slip_issued"  # slip signed, or printed for the pen
    RETURNED = "returned"  # the result is in the citizen's hands

    @property
    def is_accepted(self) -> bool:
        """Whether the office took the dossier: it then has its code and its due time."""
        return self not in (Status.SUPPLEMENT_ASKED, Status.REFUSED)


ENDED = frozenset({Status.SUPPLEMENT_ASKED, Status.REFUSED, Status.RETURNED})
"""Where nothing is promised any more, so that nothing is overdue."""


class SendState(StrEnum):
    """How far central knows of it."""

    WAITING = "waiting"  # chờ gửi
    HELD = "held"  # máy chủ phường đã nhận, chờ thành phố
    PARKED = "parked"  # gửi lỗi, cần xử lý
    SENT = "sent"  # đã gửi


@dataclass(frozen=True, slots=True)
class ReturnChannel:
    """Where and how the citizen wants the result (Đăng ký nhận kết quả tại)."""

    way: str = "counter"  # counter | post | online
    detail: str = ""  # postal address, e-mail


class GoneBy(StrEnum):
    """Why the content of a dossier is not here any more."""

    AGE = "age"  # retired: closed for so long that central alone keeps it
    ORDER = "order"  # redacted: deleted everywhere, on a ground


@dataclass(frozen=True, slots=True)
class Gone:
    """What is told of a dossier of which only the line in the register is left."""

    by: GoneBy
    ground: str = ""  # of an order: the decision, e.g. "Quyết định 12/QĐ-UBND ngày 01/7/2026"
    ordered_by: str = ""
    at: datetime | None = None  # UTC, when it was ordered


@dataclass(frozen=True, slots=True)
class Hand:
    """An officer who has a draft in hand."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A dossier in the making: the counter's, not yet an entry. Its id becomes the dossier's.

    Any officer of the counter may go on with it; who does so has it from then on.
    """

    id: str
    procedure: str = ""  # code; empty: not chosen yet
    applicant: Applicant = field(default_factory=Applicant)
    papers: tuple[LaidPaper, ...] = ()
    sets: int = 1  # số bộ
    return_channel: ReturnChannel = ReturnChannel()
    note: str = ""
    updated_at: datetime | None = None
    stack: ScanStack | None = None  # the scanner's: what came of it, until the papers hold it
    supplements: int = 0  # how often Mẫu 02 was issued on it
    begun_by: Hand | None = None
    held_by: Hand | None = None  # who goes on: who changed it last, or to whom it was handed over


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as the projection shows it, from the first paper that was issued on it."""

    id: str
    code: str  # of one that is not accepted: the number of the paper that says so
    provisional: bool  # TAM-…
    procedure: str  # code
    procedure_version: str
    procedure_title: str
    applicant: Applicant
    papers: tuple[LaidPaper, ...]
    sets: int
    return_channel: ReturnChannel
    received_at: datetime  # UTC; of one that is not accepted: when that was said
    due_at: datetime | None  # UTC; None: not accepted, nothing is promised
    received_by: str  # officer's name
    status: Status
    entry_hash: str  # of the acceptance entry; its first 16 hex digits stand in the slip's QR
    documents: tuple[Document, ...] = ()
    sending: SendState = SendState.WAITING
    note: str = ""
    time_limit: str = ""  # as printed, e.g. "07 ngày làm việc"
    fees: tuple[Fee, ...] = ()  # the fee lines in force on the day of acceptance
    calendar_confirmed: bool = True  # False: check `due_at` once the calendar of its year is announced
    handed: Handover | None = None  # None: the result has not been returned
    done_by: tuple[tuple[str, str], ...] = ()  # kind and author of each act on it, in order, each pair once
    gone: Gone | None = None  # None: all of it is here
    legal_code: str = ""  # of one received under a provisional number, once it was given

    @property
    def promised(self) -> datetime:
        """When the result of an accepted dossier is promised."""
        if self.due_at is None:
            raise ValueError("nothing is promised of a dossier that is not accepted")
        return self.due_at


def in_hand(draft: Draft, out: Collection[str]) -> Draft:
    """Return the draft as it is in hand now: the counter's own where its holder is among those (ids) who are out."""
    return replace(draft, held_by=None) if draft.held_by and draft.held_by.id in out else draft


def draft_as_bytes(draft: Draft) -> bytes:
    """Return the draft as the opaque row that the journal keeps: UTF-8 JSON."""
    return json.dumps(as_json(draft), ensure_ascii=False, separators=(",", ":")).encode()


def draft_from_bytes(data: bytes) -> Draft:
    """Return the draft kept in `data`, by this program or another version; raises `DraftUnreadable`."""
    try:
        return from_json(Draft, json.loads(data))
    except (ValueError, RecordDamaged) as error:
        raise DraftUnreadable from error


def draft_files(draft: Draft) -> tuple[str, ...]:
    """Return the SHA-256 of every file laid on the draft or arrived for it, each once, in the order of the papers."""
    laid = (file for paper in draft.papers for file in paper.files)
    arrived = draft.stack.arrived if draft.stack else ()
    return tuple(dict.fromkeys(file.sha256 for file in (*laid, *arrived)))
