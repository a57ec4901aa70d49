"""How a form's text runs over its pages: the largest size that fits one page, else as many pages as it takes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from clerk_app.forms.lines import Line, Paragraph, one_line, wrap
from clerk_app.forms.page import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Sheet
from clerk_app.forms.typeface import Face
from signing.field import FieldBox

_SIZES = (
    13.0,
    12.5,
    12.0,
    11.5,
    11.0,
    10.5,
    10.0,
    9.5,
    9.0,
    8.5,
    8.0,
    7.5,
)  # points, the largest that fits one page
_SIZE_OF_MANY_PAGES = 12.0
_GAP, _GAP_WHEN_DENSE = 0.16, 0.05  # of the size, between two paragraphs
_DENSE = 10.0  # points: below this size paragraphs stand closer


@dataclass(frozen=True, slots=True)
class RenderedForm:
    """A form as PDF/A bytes, and where its signature fields belong."""

    pdf: bytes
    boxes: tuple[FieldBox, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of a form, the room that its foot needs, and the smallest print that is allowed on one page."""

    paragraphs: tuple[Paragraph, ...]
    foot: float  # points
    least: float = 0.0  # points: rather two pages than smaller print
    name: str = ""  # beside the page number, where there are more pages than one


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the text and the gap above it. `keep`: it stands on the page of the signatures."""

    line: Line
    gap: float
    keep: bool

    @property
    def height(self) -> float:
        return self.line.height + self.gap


def write_flow(sheet: Sheet, flow: Flow, top: float, begin_page: Callable[[], None]) -> float:
    """Write the text from `top` on, turning pages as it needs; return where it ends on the last one.

    `begin_page` draws what stands on every page, before its text; the first page has it already.
    """
    pages = _pages(flow, top)
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            sheet.turn()
            begin_page()
            top = TOP
        for row in rows:
            top = sheet.write(row.line, LEFT, top - row.gap)
        if len(pages) > 1:
            _number_page(sheet, f"{flow.name} – Trang {number}/{len(pages)}")
    return top


def _pages(flow: Flow, top: float) -> Sequence[Sequence[_Row]]:
    """Return the rows of each page: one page in the largest size that fits, else as many as it takes."""
    for size in _SIZES:
        rows = _rows(flow.paragraphs, size)
        if size >= flow.least and top - _height(rows) >= BOTTOM + flow.foot:
            return [rows]
    return _spread(_rows(flow.paragraphs, _SIZE_OF_MANY_PAGES), top, flow.foot)


def _rows(paragraphs: Iterable[Paragraph], size: float) -> list[_Row]:
    return [row for text in paragraphs for row in _paragraph_rows(text, size)]


def _paragraph_rows(text: Paragraph, size: float) -> list[_Row]:
    lines = wrap(text, size, WIDTH)
    gap = size * (_GAP if size >= _DENSE else _GAP_WHEN_DENSE)
    return [_Row(line, gap if n == 0 else 0.0, text.keep) for n, line in enumerate(lines)]


def _height(rows: Sequence[_Row]) -> float:
    return sum(row.height for row in rows)


def _spread(rows: Sequence[_Row], top: float, foot: float) -> list[list[_Row]]:
    """Fill page after page; the rows to keep come on the last page, above the foot, where one page holds them."""
    together = TOP - _height([row for row in rows if row.keep]) >= BOTTOM + foot
    pages: list[list[_Row]] = [[]]
    waiting = list(rows)
    while top - _height(waiting) < BOTTOM + foot:
        while waiting and not (waiting[0].keep and together) and top - waiting[0].height >= BOTTOM:
            top -= waiting[0].height
            pages[-1].append(waiting.pop(0))
        pages.append([])
        top = TOP
    pages[-1].extend(waiting)
    return pages


def _number_page(sheet: Sheet, text: str) -> None:
    line = one_line(text, Face.REGULAR, 9, WIDTH)
    sheet.write(line, RIGHT - line.width, BOTTOM - 4)
