"""Mẫu 02 and Mẫu 03, what is given instead of a slip, and the notice of a code: facts in, a PDF/A and the places of its signatures out."""

from functools import partial

from clerk_app.domain.document import DocumentKind
from clerk_app.forms.flow import Flow, RenderedForm, write_flow
from clerk_app.forms.lines import Paragraph, Run, one_line, wrap
from clerk_app.forms.page import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Sheet, begin_page, draw_header
from clerk_app.forms.pdfa import Metadata, to_pdfa
from clerk_app.forms.qr import draw_qr
from clerk_app.forms.reply_facts import ReplyFacts
from clerk_app.forms.reply_text import DOCUMENT_TITLES, TITLES, number_line, reply_paragraphs
from clerk_app.forms.signatures import (
    APPROVAL_HEIGHT,
    GAP,
    LARGEST_GAP,
    SIGNATURES,
    SMALL,
    Signer,
    approval_width,
    draw_approval,
    draw_citizen,
    draw_officer,
)
from clerk_app.forms.slip_text import day_in_words
from clerk_app.forms.typeface import Face, printable
from signing.field import FieldBox

_LEAST = 11.0  # points: a long list rather takes two pages
_NOTE_STRIP = 18.0  # height below the rule where nobody but the officer signs
_OFFICER_TITLES = {
    DocumentKind.SUPPLEMENT: "NGƯỜI HƯỚNG DẪN",
    DocumentKind.REFUSAL: "NGƯỜI TIẾP NHẬN HỒ SƠ",
    DocumentKind.CODE_NOTICE: "NGƯỜI TIẾP NHẬN HỒ SƠ",
}
_QR_SIDE = 78.0  # points
_PEN_NOTE = "(Ký và ghi rõ họ tên)"
_ELECTRONIC_NOTE = "(Chữ ký số nếu là biểu mẫu điện tử)"


def render(facts: ReplyFacts) -> RenderedForm:
    """Draw the paper. The same facts give the same bytes. Boxes come for the fields named in `facts.fields`."""
    sheet = Sheet(_title(facts))
    begin = partial(begin_page, sheet, practice=facts.practice)
    begin()
    day = day_in_words(facts.place, facts.made_at)
    top = draw_header(sheet, (facts.superior, facts.unit_name), (number_line(facts), day), TOP)
    heading = one_line(TITLES[facts.kind], Face.BOLD, 14, WIDTH)
    top = sheet.write_centred([heading], (LEFT + RIGHT) / 2, top - 16) - 8
    flow = Flow(reply_paragraphs(facts), _foot_height(facts), _LEAST, _title(facts))
    boxes = _draw_foot(sheet, facts, write_flow(sheet, flow, top, begin))
    metadata = Metadata(_title(facts), printable(facts.unit_name), facts.made_at)
    return RenderedForm(to_pdfa(sheet.finish(), metadata), boxes)


def _title(facts: ReplyFacts) -> str:
    number = printable(facts.number)
    return f"{DOCUMENT_TITLES[facts.kind]} – {number}" if number else DOCUMENT_TITLES[facts.kind]


def _strip(facts: ReplyFacts) -> float:
    """Return the height of what stands below the rule, at the foot of the page."""
    if approval_width(facts.fields):
        return APPROVAL_HEIGHT
    return _NOTE_STRIP if facts.pen_reason else 0.0


def _foot_height(facts: ReplyFacts) -> float:
    return _strip(facts) + GAP / 2 + SIGNATURES


def _draw_foot(sheet: Sheet, facts: ReplyFacts, text_end: float) -> tuple[FieldBox, ...]:
    """Draw the signatures right below the text, and at the foot of the page what is ours to add."""
    strip = _strip(facts)
    top = max(text_end - LARGEST_GAP, BOTTOM + _foot_height(facts))
    signer = Signer(_OFFICER_TITLES[facts.kind], (_PEN_NOTE, _ELECTRONIC_NOTE), facts.officer)
    boxes = [draw_officer(sheet, signer, top)]
    if facts.qr:
        draw_qr(sheet, facts.qr, (LEFT, top - _QR_SIDE), _QR_SIDE)
    if facts.kind is DocumentKind.REFUSAL:
        draw_citizen(sheet, Signer("NGƯỜI NỘP HỒ SƠ", (_PEN_NOTE,), facts.submitted_by), top)
    if strip:
        sheet.rule(LEFT, RIGHT, BOTTOM + strip, 0.4)
        boxes += _draw_strip(sheet, facts, BOTTOM + strip - GAP / 2)
    by_name = {box.name: box for box in boxes}
    return tuple(by_name[name] for name in facts.fields if name in by_name)


def _draw_strip(sheet: Sheet, facts: ReplyFacts, top: float) -> tuple[FieldBox, ...]:
    if facts.pen_reason:
        note = Paragraph((Run("Ký bằng bút: ", Face.BOLD), Run(printable(facts.pen_reason))))
        y = top - 2
        for line in wrap(note, SMALL, WIDTH - approval_width(facts.fields) - GAP):
            y = sheet.write(line, LEFT, y)
    return draw_approval(sheet, facts.fields, top)
