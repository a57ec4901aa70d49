"""The page that all forms share: A4 portrait, the grid, the header of TT 03/2025, and what stands at the edges."""

from collections.abc import Iterable
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from clerk_app.forms.lines import Line, Paragraph, Run, one_line, wrap
from clerk_app.forms.typeface import Face, font_name, printable

PAGE_WIDTH, PAGE_HEIGHT = float(A4[0]), float(A4[1])
LEFT, RIGHT = 28 * mm, PAGE_WIDTH - 15 * mm
TOP, BOTTOM = PAGE_HEIGHT - 16 * mm, 12 * mm
WIDTH = RIGHT - LEFT
PRACTICE = "BẢN LUYỆN TẬP – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"

_NATION, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_RECEPTION = "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"
_HEADER_SIZE = 12.0
_OFFICE_SHARE = 0.44  # of the width, for the left column of the header
_WATERMARK_GRAY, _RULE_GRAY = 0.9, 0.45


class Sheet:
    """A pile of pages that is drawn upon, all text in embedded fonts and all ink gray or black."""

    def __init__(self, title: str) -> None:
        self._buffer = BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pagesize=A4,
            invariant=1,  # the same facts give the same bytes
            pdfVersion=(1, 7),
            initialFontName=font_name(Face.REGULAR),  # else a page names Helvetica, which is not embedded
            lang="vi-VN",
        )
        self._canvas.setTitle(title)
        self.page = 0  # from 0

    def turn(self) -> None:
        """Go on to the next page."""
        self._canvas.showPage()
        self.page += 1

    def finish(self) -> bytes:
        """Return all pages as a PDF (not yet PDF/A)."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def write(self, line: Line, x: float, top: float) -> float:
        """Write a line with its left end at `x` below `top`; return where the next line begins."""
        baseline = top - line.height + 0.28 * line.size
        for segment in line.segments:
            self._canvas.setFont(font_name(segment.face), segment.size)
            self._canvas.drawString(x + segment.x, baseline, segment.text)
        return top - line.height

    def write_centred(self, lines: Iterable[Line], middle: float, top: float) -> float:
        """Write lines one below the other around a vertical axis; return where the next begins."""
        for line in lines:
            top = self.write(line, middle - line.width / 2, top)
        return top

    def rule(self, x1: float, x2: float, y: float, width: float = 0.6) -> None:
        """Draw a horizontal line."""
        self._canvas.setStrokeGray(0)
        self._canvas.setLineWidth(width)
        self._canvas.line(x1, y, x2, y)

    def frame(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a thin gray frame: room that is filled later."""
        self._canvas.setStrokeGray(_RULE_GRAY)
        self._canvas.setLineWidth(0.4)
        self._canvas.rect(x1, y1, x2 - x1, y2 - y1)

    def blacken(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle."""
        self._canvas.setFillGray(0)
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)

    def watermark(self, text: str) -> None:
        """Write the text across the page in light gray; draw it before anything else."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillGray(_WATERMARK_GRAY)
        line = one_line(text, Face.BOLD, 60, PAGE_HEIGHT * 0.98)
        canvas.setFont(font_name(Face.BOLD), line.size)
        canvas.drawCentredString(0, -line.size / 3, text)
        canvas.restoreState()


def begin_page(sheet: Sheet, *, practice: bool) -> None:
    """Say on a page of practice that it is one: across it, and at its head. Draw before anything else."""
    if not practice:
        return
    sheet.watermark(PRACTICE)
    sheet.write_centred([one_line(PRACTICE, Face.BOLD, 12, WIDTH)], (LEFT + RIGHT) / 2, PAGE_HEIGHT - 6 * mm)


def draw_header(sheet: Sheet, office: tuple[str, str], second_row: tuple[str, str], top: float) -> float:
    """Draw the common header of the forms below `top` and return where the title may begin.

    `office`: the superior unit and the unit, one above the other at the left. `second_row`: the number with its
    label, and place and day.
    """
    split = LEFT + WIDTH * _OFFICE_SHARE
    left, right = (LEFT + split) / 2 - 4, (split + RIGHT) / 2
    below_office = _draw_office(sheet, office, (left, top), split - LEFT - 8)
    nation = one_line(_NATION, Face.BOLD, _HEADER_SIZE, RIGHT - split)
    motto = one_line(_MOTTO, Face.BOLD, _HEADER_SIZE + 1, RIGHT - split)
    below_motto = sheet.write_centred([nation, motto], right, top)
    sheet.rule(right - motto.width / 2, right + motto.width / 2, below_motto - 2)
    second = min(below_office, below_motto) - 8
    end = sheet.write_centred(
        [one_line(second_row[0], Face.REGULAR, _HEADER_SIZE, split - LEFT)], left, second
    )
    sheet.write_centred([one_line(second_row[1], Face.ITALIC, _HEADER_SIZE, RIGHT - split)], right, second)
    return end


def _draw_office(sheet: Sheet, office: tuple[str, str], place: tuple[float, float], width: float) -> float:
    superior, unit = (printable(name).upper() for name in office)
    middle, top = place
    top = sheet.write_centred(_centred(superior, Face.REGULAR, width), middle, top)
    top = sheet.write_centred(_centred(unit or _RECEPTION, Face.BOLD, width), middle, top)
    sheet.rule(middle - 30, middle + 30, top - 2)
    return top


def _centred(text: str, face: Face, width: float) -> tuple[Line, ...]:
    return wrap(Paragraph((Run(text, face),)), _HEADER_SIZE - 0.5, width)
