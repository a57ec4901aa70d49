"""Pages on the counter put in order: turned, moved, split off, taken away, and brought back. Files never change.

Each act takes the papers of a draft and returns the next. A file stays with a paper as long as one of its pages does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clerk_app.domain.paper import LaidPage, LaidPaper, PaperFile, PaperState, ScanState, as_filed

Papers = tuple[LaidPaper, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of which paper is meant, however it is turned."""

    paper: str  # key of the checklist line
    sha256: str
    index: int  # from 0, within the file

    @property
    def leaf(self) -> tuple[str, int]:
        """The page itself, on whichever paper it lies."""
        return self.sha256, self.index


def places_of(laid: LaidPaper) -> tuple[Place, ...]:
    """Return the pages of one paper, in the order they are read."""
    return tuple(_place(laid.key, page) for page in laid.shown)


def turned(papers: Papers, picked: Iterable[Place], degrees: int) -> Papers:
    """Turn these pages clockwise by a multiple of 90 degrees."""
    meant = frozenset(picked)

    def turn(laid: LaidPaper) -> tuple[LaidPage, ...]:
        return tuple(
            replace(page, turned=(page.turned + degrees) % 360) if _place(laid.key, page) in meant else page
            for page in laid.shown
        )

    return tuple(_arranged(laid, turn(laid), laid.files) for laid in papers)


def stepped(papers: Papers, picked: Iterable[Place], by: int) -> Papers:
    """Move these pages one place on (`by` is 1) or back (-1) within their papers; at the edge they stay."""
    meant = frozenset(picked)

    def step(laid: LaidPaper) -> tuple[LaidPage, ...]:
        pages = list(laid.shown[::-by])
        for at in range(1, len(pages)):
            first, second = (_place(laid.key, page) in meant for page in pages[at - 1 : at + 1])
            if second and not first:
                pages[at - 1 : at + 1] = pages[at], pages[at - 1]
        return tuple(pages[::-by])

    return tuple(_arranged(laid, step(laid), laid.files) for laid in papers)


def moved(papers: Papers, picked: Sequence[Place], to: str, before: Place | None = None) -> Papers:
    """Move these pages to paper `to`, ahead of page `before` there, or to its end; they keep their order.

    The paper they come to is there and scanned. One that is left without pages was not what it was taken for: it
    counts as not laid, unless the clerk has said something else of it. A page that is in `to` twice by this is there once.
    """
    coming = _pages_at(papers, picked)
    if not coming:
        return papers
    if all(laid.key != to for laid in papers):
        papers = (*papers, LaidPaper(to))
    files = _files_of(papers)
    meant, from_elsewhere = frozenset(picked), any(place.paper != to for place in picked)
    after: list[LaidPaper] = []
    for laid in papers:
        if laid.key == to:
            arranged = _arranged(laid, _joined(laid, coming, before), files.values())
            after.append(_come_in(arranged) if from_elsewhere else arranged)
        elif (left := _left(laid, meant)) or not laid.files:
            after.append(_arranged(laid, left, laid.files))
        elif (laid.state, laid.scan) != (PaperState.PRESENT, ScanState.SCANNED):
            after.append(_emptied(laid))
    return tuple(after)


def split_off(papers: Papers, first: Place, to: str) -> Papers:
    """Move page `first` and all that follow it in its paper to the end of paper `to`."""
    pages = next((places_of(laid) for laid in papers if laid.key == first.paper), ())
    rest = pages[pages.index(first) :] if first in pages and to != first.paper else ()
    return moved(papers, rest, to)


def without(papers: Papers, picked: Iterable[Place]) -> Papers:
    """Take these pages away. A paper without pages stays as the clerk found it, but is no longer scanned."""
    meant = frozenset(picked)

    def take(laid: LaidPaper) -> LaidPaper:
        left = _left(laid, meant)
        return _arranged(laid, left, laid.files) if left or not laid.files else _emptied(laid)

    return tuple(take(laid) for laid in papers)


def with_pages(laid: LaidPaper, pages: Iterable[LaidPage], files: Iterable[PaperFile]) -> LaidPaper:
    """Lay pages of these files at the end of the paper, but for those that are there already. It is scanned now."""
    there = {page.leaf for page in laid.shown}
    fresh = tuple(page for page in pages if page.leaf not in there)
    return _come_in(_arranged(laid, (*laid.shown, *fresh), (*files, *laid.files)))


def with_file(laid: LaidPaper, file: PaperFile) -> LaidPaper:
    """Lay a file on the paper, every page of it."""
    return with_pages(laid, as_filed((file,)), (file,))


def taken_back(now: Papers, before: Papers, after: Papers) -> Papers:
    """Undo the act that led from `before` to `after`. What has come about since, a file or a tick, stays.

    The same function does it again: swap `before` and `after`.
    """
    if now == after:
        return before
    were, became = ({laid.key: laid for laid in papers} for papers in (before, after))
    are = {laid.key: laid for laid in now}
    files = {**_files_of(before), **_files_of(now)}
    keys = dict.fromkeys((*were, *are))
    back = (_line_back(key, are.get(key), were.get(key), became.get(key), files) for key in keys)
    return tuple(laid for laid in back if laid is not None)


def _line_back(
    key: str,
    now: LaidPaper | None,
    before: LaidPaper | None,
    after: LaidPaper | None,
    files: Mapping[str, PaperFile],
) -> LaidPaper | None:
    """Undo one line of the checklist: its pages as before and those that came since, its words unless changed since."""
    if now is None or now == after:
        return before
    if before == after:
        return now
    were, became = before or LaidPaper(key), after or LaidPaper(key)
    known = {page.leaf for page in (*became.shown, *were.shown)}
    since = tuple(page for page in now.shown if page.leaf not in known)
    told = now if since or _words(now) != _words(became) else replace(now, **_words(were))
    pages = (*were.shown, *since)
    if not pages:
        return _emptied(told)
    scan = ScanState.SCANNED if told.scan is ScanState.NOT_SCANNED else told.scan
    return replace(_arranged(told, pages, files.values()), scan=scan)


def _words(laid: LaidPaper) -> dict[str, Any]:
    return {"state": laid.state, "scan": laid.scan, "reason": laid.reason}


def _place(key: str, page: LaidPage) -> Place:
    return Place(key, page.sha256, page.index)


def _pages_at(papers: Papers, picked: Iterable[Place]) -> tuple[LaidPage, ...]:
    """Return the pages meant, in the order meant, each once."""
    there = {_place(laid.key, page): page for laid in papers for page in laid.shown}
    pages = (there[place] for place in picked if place in there)
    return tuple({page.leaf: page for page in pages}.values())


def _left(laid: LaidPaper, meant: frozenset[Place]) -> tuple[LaidPage, ...]:
    return tuple(page for page in laid.shown if _place(laid.key, page) not in meant)


def _joined(laid: LaidPaper, coming: tuple[LaidPage, ...], before: Place | None) -> tuple[LaidPage, ...]:
    """Return the paper's pages with the coming ones in their place."""
    leaves = {page.leaf for page in coming}
    pages = laid.shown
    at = next((n for n, page in enumerate(pages) if _place(laid.key, page) == before), len(pages))
    ahead, behind = (
        tuple(page for page in part if page.leaf not in leaves) for part in (pages[:at], pages[at:])
    )
    return (*ahead, *coming, *behind)


def _files_of(papers: Papers) -> dict[str, PaperFile]:
    return {file.sha256: file for laid in papers for file in laid.files}


def _arranged(laid: LaidPaper, pages: tuple[LaidPage, ...], known: Iterable[PaperFile]) -> LaidPaper:
    """Return the paper with these pages and just the files that they need; the order as filed is not written down."""
    if pages == laid.shown:
        return laid
    files = {file.sha256: file for file in known}
    used = tuple(files[sha256] for sha256 in dict.fromkeys(page.sha256 for page in pages))
    return replace(laid, files=used, pages=() if pages == as_filed(used) else pages)


def _emptied(laid: LaidPaper) -> LaidPaper:
    scan = ScanState.NOT_SCANNED if laid.scan is ScanState.SCANNED else laid.scan
    return replace(laid, files=(), pages=(), scan=scan)


def _come_in(laid: LaidPaper) -> LaidPaper:
    return replace(laid, state=PaperState.PRESENT, scan=ScanState.SCANNED, reason="")
