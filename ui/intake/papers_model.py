"""The checklist on the intake screen: the paper and its scan, each with a state of its own. No window."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from clerk_app.domain.paper import LaidPaper, PaperFile, PaperKind, PaperState, ScanState
from clerk_app.domain.procedure import Procedure, missing_papers

Papers = tuple[LaidPaper, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the checklist: what is asked for and what was laid."""

    kind: PaperKind
    laid: LaidPaper
    missing: bool  # acceptance waits for it

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


def rows_of(procedure: Procedure | None, papers: Papers) -> tuple[PaperRow, ...]:
    """Return the checklist in the procedure's own order."""
    if procedure is None:
        return ()
    missing = {kind.key for kind in missing_papers(procedure, papers)}
    return tuple(PaperRow(kind, laid_for(papers, kind.key), kind.key in missing) for kind in procedure.papers)


def pages_of(rows: tuple[PaperRow, ...]) -> tuple[Page, ...]:
    """Return every filed page, line by line."""
    return tuple(
        Page(row.kind.key, row.kind.title, file, index)
        for row in rows
        for file in row.laid.files
        for index in range(max(1, file.pages))
    )


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


def with_filed(now: Papers, before: LaidPaper, filed: LaidPaper) -> Papers:
    """Take only the files of `filed` over: the officer may have gone on while they were being filed."""

    def merge(laid: LaidPaper) -> LaidPaper:
        known = {file.sha256 for file in before.files}
        fresh = tuple(file for file in filed.files if file.sha256 not in known)
        settled = laid.state if laid.state is not before.state else PaperState.PRESENT
        reason = laid.reason if laid.state is not before.state else ""
        kept = {file.sha256 for file in laid.files}
        files = laid.files + tuple(file for file in fresh if file.sha256 not in kept)
        return replace(laid, state=settled, scan=ScanState.SCANNED, reason=reason, files=files)

    return changed(now, filed.key, merge)


def without_file(laid: LaidPaper, sha256: str) -> LaidPaper:
    """Take a wrong file off the line; without files the scan counts as not done."""
    files = tuple(file for file in laid.files if file.sha256 != sha256)
    return replace(laid, files=files, scan=laid.scan if files else ScanState.NOT_SCANNED)
