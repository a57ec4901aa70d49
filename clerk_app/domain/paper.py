"""A paper on the counter: what is asked for, what was laid down, and what its scan is worth."""

from dataclasses import dataclass
from enum import StrEnum


class PaperForm(StrEnum):
    """In which form a procedure wants a paper (LoaiBan)."""

    ORIGINAL = "original"  # bản chính
    COPY = "copy"  # bản sao (đã đối chiếu bản chính)
    ELECTRONIC = "electronic"  # bản điện tử

    @property
    def in_words(self) -> str:
        """As papers print it."""
        return _FORM_WORDS[self]


_FORM_WORDS = {
    PaperForm.ORIGINAL: "bản chính",
    PaperForm.COPY: "bản sao",
    PaperForm.ELECTRONIC: "bản điện tử",
}


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


class KnownBy(StrEnum):
    """By what the office knows whether the condition of a line holds."""

    ASKED = "asked"  # the officer asks the citizen
    AUTHORISED = "authorised"  # người nộp được ủy quyền
    ON_BEHALF = "on_behalf"  # cha, mẹ hoặc người giám hộ nộp
    ORGANISATION = "organisation"  # chủ hồ sơ là tổ chức
    FOREIGNER = "foreigner"  # chủ hồ sơ là người nước ngoài


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One line of a procedure's checklist."""

    key: str  # stable within the procedure, e.g. "to-khai"
    title: str
    required: bool = True
    form: PaperForm = PaperForm.ORIGINAL
    count: int = 1
    show_only: bool = False  # only shown at the counter, never scanned
    condition: str = ""  # when this line applies, in words; empty: always. One that is asked counts once laid
    known_by: KnownBy = KnownBy.ASKED  # of the condition
    one_of: str = ""  # lines with the same word here stand for each other: one of them is enough
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
class LaidPage:
    """One page of a paper: where it lies in its file, and how it is turned to be read. The file stays as it came."""

    sha256: str
    index: int  # from 0, within the file
    turned: int = 0  # degrees clockwise: 0, 90, 180 or 270

    @property
    def leaf(self) -> tuple[str, int]:
        """The page itself, however it is turned."""
        return self.sha256, self.index


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
    pages: tuple[LaidPage, ...] = ()  # the order set by hand; empty: all pages of `files`, as they came

    @property
    def shown(self) -> tuple[LaidPage, ...]:
        """The pages of the paper as they are read, one after another; one that no file here holds is passed over."""
        there = {page.leaf for page in as_filed(self.files)}
        return tuple(page for page in self.pages if page.leaf in there) or as_filed(self.files)


def as_filed(files: tuple[PaperFile, ...]) -> tuple[LaidPage, ...]:
    """Return every page of these files in the order they came, none of them turned."""
    return tuple(LaidPage(file.sha256, index) for file in files for index in range(max(1, file.pages)))
