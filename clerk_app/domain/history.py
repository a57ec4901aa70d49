"""What has happened to a dossier, line by line, and what a stop in the middle has left open."""

from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier, SendState


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act on a dossier."""

    entry: str  # id
    kind: str  # entry kind, e.g. "received"
    occurred_at: datetime  # UTC
    author: str  # officer's name, or the device
    sending: SendState
    details: tuple[tuple[str, str], ...] = ()  # e.g. ("copy", "2"), ("reason", "…")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a stop in the middle left open; shown when the window opens."""

    unsigned: tuple[Dossier, ...]  # accepted, no slip yet: sign again under the same number
    prints: tuple[Document, ...]  # print_started without an end: ask the officer
    sent_back: tuple[Dossier, ...] = ()  # the leader, or who holds the seal, did not sign and said why

    def __bool__(self) -> bool:
        return bool(self.unsigned or self.prints or self.sent_back)
