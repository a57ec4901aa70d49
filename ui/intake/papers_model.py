"""The checklist on the intake screen: the paper and its scan, each with a state of its own. No window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.pages import Papers, Place, with_pages
from clerk_app.domain.paper import KnownBy, LaidPage, LaidPaper, PaperFile, PaperKind, PaperState, ScanState
from clerk_app.domain.procedure import Procedure, applies, missing_papers
from clerk_app.domain.text import fold


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the checklist: what is asked for and what was laid."""

    kind: PaperKind
    laid: LaidPaper
    missing: bool  # acceptance waits for it
    asks_for: tuple[PaperKind, ...] = ()  # the line asks whether a condition holds; then these are needed

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do for the paper itself."""
        return self.laid.state not in {PaperState.MISSING, PaperState.ILLEGIBLE}


@dataclass(frozen=True, slots=True)
class Page:
    """One page in the strip."""

    paper: str  # key of the checklist line
    title: str
    file: PaperFile
    index: int  # from 0, within the file
    turned: int = 0  # degrees clockwise

    @property
    def place(self) -> Place:
        """Which page of which paper this is."""
        return Place(self.paper, self.file.sha256, self.index)

    @property
    def key(self) -> str:
        """Its name in the strip."""
        return f"{self.paper}/{self.picture}"

    @property
    def picture(self) -> str:
        """The name of its picture: the same on whichever paper it lies, however it is turned."""
        return f"{self.file.sha256}/{self.index}"


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing added to one line: the officer may have gone on while it went to the disk."""

    key: str
    files: tuple[PaperFile, ...]
    pages: tuple[LaidPage, ...]


def rows_of(
    procedure: Procedure | None, papers: Papers, applicant: Applicant | None = None
) -> tuple[PaperRow, ...]:
    """Return the checklist in the procedure's own order, then what has to be asked.

    A conditional line stands there only while its condition holds; of papers that stand for each other only
    what was laid.
    """
    if procedure is None:
        return ()
    found = {laid.key: laid for laid in papers}
    missing = {kind.key for kind in missing_papers(procedure, papers, applicant)}
    asked = [kind for kind in procedure.papers if applies(kind, found.get(kind.key), applicant)]
    rows = [PaperRow(kind, laid_for(papers, kind.key), kind.key in missing) for kind in asked]
    chosen = {row.kind.one_of for row in rows if row.settled} - {""}
    shown = (row for row in rows if row.settled or row.laid.files or row.kind.one_of not in chosen)
    return (*shown, *_questions(procedure, asked))


def _questions(procedure: Procedure, asked: list[PaperKind]) -> Iterator[PaperRow]:
    """Make one line of each condition that only the citizen can tell, while its papers are not asked for."""
    by_condition: dict[str, tuple[PaperKind, ...]] = {}
    for kind in procedure.papers:
        if kind not in asked and kind.known_by is KnownBy.ASKED:
            by_condition[kind.condition] = (*by_condition.get(kind.condition, ()), kind)
    for condition, kinds in by_condition.items():
        line = PaperKind(question_key(condition), f"{condition}?", required=False)
        yield PaperRow(line, LaidPaper(line.key), missing=False, asks_for=kinds)


def question_key(condition: str) -> str:
    """Return the key of the line that asks for a condition."""
    return f"?{condition}"


def with_asked(papers: Papers, kinds: tuple[PaperKind, ...]) -> Papers:
    """The condition holds: its papers are asked for from now on."""
    return (*papers, *(LaidPaper(kind.key) for kind in kinds))


def pages_of(rows: tuple[PaperRow, ...]) -> tuple[Page, ...]:
    """Return every filed page, line by line, each line in its own order."""
    return tuple(
        Page(row.kind.key, row.kind.title, file, page.index, page.turned)
        for row in rows
        for page in row.laid.shown
        for file in row.laid.files
        if file.sha256 == page.sha256
    )


def is_identity_card(kind: PaperKind) -> bool:
    """Say whether a line asks for an identity card, so that its pages may hold the code of one."""
    return any(word in fold(f"{kind.title} {kind.key}") for word in ("can cuoc", "can-cuoc", "cccd"))


def laid_for(papers: Papers, key: str) -> LaidPaper:
    """Return what was laid for one line; nothing yet reads as missing."""
    return next((laid for laid in papers if laid.key == key), LaidPaper(key))


def changed(papers: Papers, key: str, change: Callable[[LaidPaper], LaidPaper]) -> Papers:
    """Return the papers with one line changed, the others untouched; a line not laid yet is laid."""
    if all(laid.key != key for laid in papers):
        return (*papers, change(LaidPaper(key)))
    return tuple(change(laid) if laid.key == key else laid for laid in papers)


def ticked(papers: Papers, kind: PaperKind) -> Papers:
    """Step đủ – thiếu; a paper that is only shown steps chỉ xuất trình – thiếu.

    Taking the tick off a conditional line takes the line away: its condition does not hold.
    """
    laid = laid_for(papers, kind.key)
    if laid.state in {PaperState.MISSING, PaperState.ILLEGIBLE}:
        state = PaperState.SHOWN_ONLY if kind.show_only else PaperState.PRESENT
    elif kind.condition and not laid.files:
        return tuple(other for other in papers if other.key != kind.key)
    else:
        state = PaperState.MISSING
    return changed(papers, kind.key, lambda before: with_state(before, state))


def with_state(laid: LaidPaper, state: PaperState, reason: str = "") -> LaidPaper:
    """Return the paper in another state. A shown paper is not scanned; what is filed stays filed."""
    scan = laid.scan
    if scan is ScanState.OWED and state is not PaperState.PRESENT:
        scan = ScanState.NOT_SCANNED
    return replace(laid, state=state, scan=scan, reason=reason)


def with_owed_scan(laid: LaidPaper, reason: str) -> LaidPaper:
    """Nợ bản quét: the paper is here, its scan follows today."""
    return replace(laid, state=PaperState.PRESENT, scan=ScanState.OWED, reason=reason)


def filed_on(key: str, before: Papers, after: Papers) -> Filed:
    """Return what came to line `key` between two states of one draft."""
    was, laid = laid_for(before, key), laid_for(after, key)
    there = {page.leaf for page in was.shown}
    return Filed(key, laid.files, tuple(page for page in laid.shown if page.leaf not in there))


def with_filed(now: Papers, asked: LaidPaper, filed: Filed) -> Papers:
    """Take over what was filed. What the officer has said of the paper since it was asked for still holds."""

    def merge(laid: LaidPaper) -> LaidPaper:
        after = with_pages(laid, filed.pages, filed.files)
        said_since = laid.state is not asked.state
        return replace(after, state=laid.state, reason=laid.reason) if said_since else after

    return changed(now, filed.key, merge)
