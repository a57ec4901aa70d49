"""What waits for a leader's turn or the seal's: exceptions first, and what has to be opened before a PIN is asked.

Nothing is lawful or unlawful here: which items stand out, and how many more have to be opened, is the office's policy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from clerk_app.domain.document import Document, DocumentKind, ShownDocument, SignatureField
from clerk_app.domain.own_work import Barred
from clerk_app.errors import Notice


class Standing(StrEnum):
    """Why an item stands out."""

    FLAGGED = "flagged"  # central, or this counter, has said that something of the dossier is odd
    REISSUED = "reissued"  # lần cấp 2 and later
    LATE = "late"  # its result was promised for a day that is over
    FIRST = "first"  # the first of its procedure in this list
    SAMPLE = "sample"  # of the share that is opened by chance


EXCEPTIONS = frozenset({Standing.FLAGGED, Standing.REISSUED, Standing.LATE})


@dataclass(frozen=True, slots=True)
class ToSign:
    """One document that waits for one signature, as it was when the list was made."""

    shown: ShownDocument
    kind: DocumentKind
    field: SignatureField
    dossier: str  # id
    code: str
    person: str
    procedure: str  # code
    procedure_title: str
    received_by: str
    due_at: datetime | None  # UTC
    issue: int = 1  # lần cấp
    flagged: bool = False
    late: bool = False  # the day of its promise is over
    standings: frozenset[Standing] = frozenset()
    barred: Barred | None = None  # why who reads the list may not sign this one

    @property
    def id(self) -> str:
        """The document's."""
        return self.shown.id

    @property
    def must_be_opened(self) -> bool:
        """Whether policy wants it opened before it is signed."""
        return bool(self.standings) and self.barred is None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One document that waits for the same signature, and whose turn this counter does not have."""

    document: str  # id
    code: str
    person: str
    holder: str  # author of the device that has the turn; "": nobody has taken it
    asked: bool  # this counter has asked for it, and waits for the answer or the paper
    machine: str = ""  # how people call the holder

    @property
    def is_free(self) -> bool:
        """Whether it may be asked for without taking it from anybody."""
        return not self.holder and not self.asked


@dataclass(frozen=True, slots=True)
class Batch:
    """How a batch ended: every item of its frozen list is in exactly one of the three."""

    signed: tuple[Document, ...] = ()
    refused: Mapping[str, Notice] = field(default_factory=dict)  # document id -> why this one was not signed
    left: tuple[str, ...] = ()  # document ids, not tried or not kept
    stopped: Notice | None = None  # why it ended before its end; None: it did not, or somebody stopped it


def arranged(found: Sequence[ToSign], share: int) -> tuple[ToSign, ...]:
    """Return the list as a leader reads it: exceptions, then what is due first; each says why it stands out.

    `share`: per cent of the rest that are opened by chance. Chance is a document's own hash: looking again chooses
    no other ones.
    """
    marked = [_marked(each) for each in found]
    marked.sort(key=_reading_order)
    seen: set[str] = set()
    listed: list[ToSign] = []
    for each in marked:
        more = {Standing.FIRST} if each.procedure not in seen else set()
        if each.barred is None:
            seen.add(each.procedure)
        if int(each.shown.sha256[:8], 16) % 100 < share:
            more.add(Standing.SAMPLE)
        listed.append(replace(each, standings=frozenset(each.standings | more)))
    return tuple(listed)


def _marked(item: ToSign) -> ToSign:
    told = {Standing.FLAGGED: item.flagged, Standing.REISSUED: item.issue > 1, Standing.LATE: item.late}
    return replace(item, standings=frozenset(each for each, holds in told.items() if holds))


def _reading_order(item: ToSign) -> tuple[bool, str, str]:
    return not item.standings & EXCEPTIONS, item.due_at.isoformat() if item.due_at else "9", item.code
