"""A paper on the counter: what is asked for, what was laid down, and what its scan is worth."""

from dataclasses import dataclass
from enum import StrEnum


class PaperForm(StrEnum):
    """In which form a procedure wants a paper (LoaiBan)."""

    ORIGINAL = "original"  # bản chính
    COPY = "copy"  # bản sao (đã đối chiếu bản chính)
    ELECTRONIC = "electronic"  # bản điện tử


class PaperState(StrEnum):
    """The paper itself, apart from its scan."""

    PRESENT = "present"  # đủ
    MISSING = "missing"  # thiếu
    ILLEGIBLE = "illegible"  # mờ, không đọc được
    NOT_NEEDED = "not_needed"  # không phải nộp (reason)
    SHOWN_ONLY = "shown_only"  # chỉ xuất trình (đã đối chiếu), not scanned: TT 03/2025 Điều 5


class ScanState(StrEnum):
    """The scan of a paper, apart from the paper."""

    SCANNED = "scanned"  # đã quét
    OWED = "owed"  # nợ bản quét (reason, due today)
    NOT_SCANNED = "not_scanned"  # không quét


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One line of a procedure's checklist."""

    key: str  # stable within the procedure, e.g. "to-khai"
    title: str
    required: bool = True
    form: PaperForm = PaperForm.ORIGINAL
    count: int = 1
    show_only: bool = False  # only shown at the counter, never scanned
    condition: str = ""  # when this line applies, in words; empty: always. It counts once it is laid
    replaced_by: str = ""  # database that may replace the paper (NQ 66.7/2025)
    source: str = ""  # where this line is written; empty: the procedure's own source
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class PaperFile:
    """One file filed for a paper: its id everywhere is the SHA-256 of the plaintext."""

    sha256: str
    media_type: str  # application/pdf, image/jpeg, image/png
    pages: int
    name: str = ""  # as the citizen called it


@dataclass(frozen=True, slots=True)
class LaidPaper:
    """What the clerk found for one line of the checklist."""

    key: str
    state: PaperState = PaperState.MISSING
    scan: ScanState = ScanState.NOT_SCANNED
    reason: str = ""  # for NOT_NEEDED and OWED
    count: int = 1
    files: tuple[PaperFile, ...] = ()
    title: str = ""  # as printed on the slip; written at acceptance, from the checklist then in force
