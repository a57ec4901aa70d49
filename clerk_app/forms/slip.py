"""Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: facts in, a PDF/A and the places of its signatures out."""

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.forms.lines import Line, Paragraph, Run, first_lines, one_line, wrap
from clerk_app.forms.page import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Sheet,
    draw_header,
    draw_practice_marks,
)
from clerk_app.forms.pdfa import Metadata, to_pdfa
from clerk_app.forms.slip_facts import SlipFacts
from clerk_app.forms.slip_foot import Foot, draw_foot, measure_foot
from clerk_app.forms.slip_text import DOCUMENT_TITLE, TITLE, day_in_words, slip_paragraphs
from clerk_app.forms.typeface import Face, printable
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
_LEAST_FOR_LONG_LISTS = 11.0  # more papers than a page is promised for: better two pages than small print
_PAPERS_ON_ONE_PAGE = 12
_SIZE_OF_MANY_PAGES = 12.0
_AGAIN_SIZES, _AGAIN_ROOM = (
    (10.5, 9.0, 8.0),
    40.0,
)  # points: what a reissue says above the header, and its height
_GAP, _GAP_WHEN_DENSE = 0.16, 0.05  # of the size, between two paragraphs
_DENSE = 10.0  # points: below this size paragraphs stand closer


@dataclass(frozen=True, slots=True)
class RenderedForm:
    """A form as PDF/A bytes, and where its signature fields belong."""

    pdf: bytes
    boxes: tuple[FieldBox, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the text and the gap above it. `keep`: it stands on the page of the signatures."""

    line: Line
    gap: float
    keep: bool

    @property
    def height(self) -> float:
        return self.line.height + self.gap


def render(facts: SlipFacts) -> RenderedForm:
    """Draw the slip. The same facts give the same bytes. Boxes come for the fields named in `facts.fields`."""
    sheet = Sheet(_title(facts))
    foot = measure_foot(facts)
    _begin_page(sheet, facts)
    top = _draw_head(sheet, facts)
    pages = _pages(facts, top, foot)
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            sheet.turn()
            _begin_page(sheet, facts)
            top = TOP
        for row in rows:
            top = sheet.write(row.line, LEFT, top - row.gap)
        if len(pages) > 1:
            _number_page(sheet, facts, f"Trang {number}/{len(pages)}")
    boxes = draw_foot(sheet, foot, top)
    metadata = Metadata(_title(facts), printable(facts.unit_name), facts.made_at)
    return RenderedForm(to_pdfa(sheet.finish(), metadata), boxes)


def _title(facts: SlipFacts) -> str:
    return f"{DOCUMENT_TITLE} – {facts.code}"


def _begin_page(sheet: Sheet, facts: SlipFacts) -> None:
    if facts.practice:
        draw_practice_marks(sheet)


def _draw_head(sheet: Sheet, facts: SlipFacts) -> float:
    """Draw header and title, and above them what a reissue must say; return where the text begins."""
    top = TOP
    if facts.issue > 1:
        top = sheet.write_centred(_again(facts), (LEFT + RIGHT) / 2, TOP + 6) - 6
    number = f"Số: {printable(facts.number) or '............'}/........-TTPVHCC (BPTNTKQ)"
    day = day_in_words(facts.place, facts.made_at)
    top = draw_header(sheet, (facts.superior, facts.unit_name), (number, day), top)
    return sheet.write_centred([one_line(TITLE, Face.BOLD, 14, WIDTH)], (LEFT + RIGHT) / 2, top - 12) - 4


def _again(facts: SlipFacts) -> tuple[Line, ...]:
    """Return what a reissue replaces and why; the statutory header below it stays on the page, however long."""
    said = f"Cấp lần {facts.issue}, thay thế {printable(facts.replaces) or 'giấy đã cấp trước'}."
    for size in _AGAIN_SIZES:
        lines = wrap(Paragraph((Run(said, Face.BOLD),)), size, WIDTH)
        if sum(line.height for line in lines) <= _AGAIN_ROOM:
            break
    return first_lines(lines, _AGAIN_ROOM)


def _pages(facts: SlipFacts, top: float, foot: Foot) -> Sequence[Sequence[_Row]]:
    """Return the rows of each page: one page in the largest size that fits, else as many as it takes."""
    least = 0.0 if len(facts.papers) <= _PAPERS_ON_ONE_PAGE else _LEAST_FOR_LONG_LISTS
    for size in _SIZES:
        rows = _rows(facts, size)
        if size >= least and top - _height(rows) >= BOTTOM + foot.height:
            return [rows]
    return _spread(_rows(facts, _SIZE_OF_MANY_PAGES), top, foot.height)


def _rows(facts: SlipFacts, size: float) -> list[_Row]:
    return [row for text in slip_paragraphs(facts) for row in _paragraph_rows(text, size)]


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


def _number_page(sheet: Sheet, facts: SlipFacts, text: str) -> None:
    line = one_line(f"{facts.code} – {text}", Face.REGULAR, 9, WIDTH)
    sheet.write(line, RIGHT - line.width, BOTTOM - 4)
