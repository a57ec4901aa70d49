"""Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: facts in, a PDF/A and the places of its signatures out."""

from functools import partial

from clerk_app.forms.flow import Flow, RenderedForm, write_flow
from clerk_app.forms.lines import Line, Paragraph, Run, first_lines, one_line, wrap
from clerk_app.forms.page import LEFT, RIGHT, TOP, WIDTH, Sheet, begin_page, draw_header
from clerk_app.forms.pdfa import Metadata, to_pdfa
from clerk_app.forms.slip_facts import SlipFacts
from clerk_app.forms.slip_foot import draw_foot, measure_foot
from clerk_app.forms.slip_text import DOCUMENT_TITLE, TITLE, day_in_words, slip_paragraphs
from clerk_app.forms.typeface import Face, printable

_LEAST_FOR_LONG_LISTS = 11.0  # more papers than a page is promised for: better two pages than small print
_PAPERS_ON_ONE_PAGE = 12
_AGAIN_SIZES, _AGAIN_ROOM = (
    (10.5, 9.0, 8.0),
    40.0,
)  # points: what a reissue says above the header, and its height


def render(facts: SlipFacts) -> RenderedForm:
    """Draw the slip. The same facts give the same bytes. Boxes come for the fields named in `facts.fields`."""
    sheet = Sheet(_title(facts))
    foot = measure_foot(facts)
    begin = partial(begin_page, sheet, practice=facts.practice)
    begin()
    least = 0.0 if len(facts.papers) <= _PAPERS_ON_ONE_PAGE else _LEAST_FOR_LONG_LISTS
    flow = Flow(slip_paragraphs(facts), foot.height, least, facts.code)
    boxes = draw_foot(sheet, foot, write_flow(sheet, flow, _draw_head(sheet, facts), begin))
    metadata = Metadata(_title(facts), printable(facts.unit_name), facts.made_at)
    return RenderedForm(to_pdfa(sheet.finish(), metadata), boxes)


def _title(facts: SlipFacts) -> str:
    return f"{DOCUMENT_TITLE} – {facts.code}"


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
