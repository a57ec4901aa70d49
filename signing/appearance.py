"""What a signature looks like on paper: one page, drawn by reportlab, as large as its field.

Signs as Nghị định 30/2020/NĐ-CP, Phụ lục I shows them: a person's in blue, the agency's seal in red.
All text uses the fonts that are handed in, embedded: the document stays PDF/A-2b.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from math import cos, radians, sin
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975
_BLACK, _RED = (0.0, 0.0, 0.0), (0.78, 0.05, 0.08)
_LEADING = 1.2
_SIZE = 10.0  # points; the decree: Times New Roman, upright, size 10, black
_LEAST_SHARE, _STEP = 0.3, 0.05  # how far a sign may shrink, and in which steps, of its size
_GAP = 4.0  # points between words and the edge of their field, or the seal beside them

Size = tuple[float, float]  # width and height in points
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Fonts:
    """Where the TrueType file lies that is embedded. It must hold all Vietnamese letters.

    Each style that a sign uses would add a subset of some 20 kB to every signature: there is one, upright.
    """

    regular: Path


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    font: str
    size: float
    colour: Colour


def officer_block(size: Size, name: str, when: datetime, fonts: Fonts) -> bytes:
    """Draw an officer's sign: name and time of signing. Returns a one-page PDF of that size."""
    canvas, buffer = _page(size, fonts)
    width, height = size
    _write_centred(canvas, (_GAP, 0, width - 2 * _GAP, height), _signed_by(name, when, fonts))
    return _finished(canvas, buffer)


def leader_block(
    size: Size, name: str, when: datetime, fonts: Fonts, handwriting: bytes | None = None
) -> bytes:
    """Draw a leader's sign: the picture of the handwriting (PNG, blue) and nothing else; without one, name and time."""
    canvas, buffer = _page(size, fonts)
    width, height = size
    if handwriting is not None:
        _draw_image(canvas, handwriting, (0, 0, width, height))
    else:
        _write_centred(canvas, (_GAP, 0, width - 2 * _GAP, height), _signed_by(name, when, fonts))
    return _finished(canvas, buffer)


def seal_block(size: Size, text: str, when: datetime, fonts: Fonts, picture: bytes | None = None) -> bytes:
    """Draw the agency's seal: its picture (PNG, transparent), or, for practice, a red ring around `text`.

    Agency and time of signing stand beside it where the field is wide enough. A picture is as high as the
    field: the seal's real size is the field's.
    """
    canvas, buffer = _page(size, fonts)
    width, height = size
    side = min(width, height)
    if picture is not None:
        _draw_image(canvas, picture, (0, 0, side, height))
    else:
        _draw_ring(canvas, side, height, text, fonts)
    if width > 1.5 * side:
        beside = (side + _GAP, 0, width - side - 2 * _GAP, height)
        _write_centred(canvas, beside, _signed_by(text, when, fonts))
    return _finished(canvas, buffer)


def copy_block(size: Size, form: str, agency: str, when: datetime, fonts: Fonts) -> bytes:
    """Draw the sign of a copy: its form (SAO Y, SAO LỤC, TRÍCH SAO), who made it, when; no picture (Phụ lục I)."""
    return _words_block(size, (form, agency, iso_time(when)), fonts)


def incoming_block(size: Size, agency: str, number: str, when: datetime, fonts: Fonts) -> bytes:
    """Draw the sign of a document that came in: who took it in, under which number, when."""
    return _words_block(size, (agency, f"Số đến: {number}", f"Ngày đến: {iso_time(when)}"), fonts)


def iso_time(when: datetime) -> str:
    """Return a moment as signs print it: ISO 8601, in the time of Việt Nam (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{when.astimezone(_VIETNAM):%Y-%m-%dT%H:%M:%S}+07:00"


def _words_block(size: Size, words: Sequence[str], fonts: Fonts) -> bytes:
    canvas, buffer = _page(size, fonts)
    width, height = size
    font = _registered(fonts.regular)
    lines = [_Line(text, font, _SIZE, _BLACK) for text in words]
    _write_centred(canvas, (_GAP, 0, width - 2 * _GAP, height), lines)
    return _finished(canvas, buffer)


def _signed_by(name: str, when: datetime, fonts: Fonts) -> Sequence[_Line]:
    font = _registered(fonts.regular)
    words = ("Ký số bởi:", name, f"Thời gian ký: {iso_time(when)}")
    return [_Line(text, font, _SIZE, _BLACK) for text in words]


def _page(size: Size, fonts: Fonts) -> tuple[Canvas, io.BytesIO]:
    """Begin a page; the first font named must be an embedded one, or Helvetica slips in."""
    buffer = io.BytesIO()
    font = _registered(fonts.regular)
    canvas = Canvas(buffer, pagesize=size, initialFontName=font, initialFontSize=9, invariant=1)
    return canvas, buffer


def _finished(canvas: Canvas, buffer: io.BytesIO) -> bytes:
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@cache
def _registered(path: Path) -> str:
    """Register a font file once under a name of its own; reportlab keeps subsets per document."""
    name = f"Sign-{path.stem}"
    pdfmetrics.registerFont(TTFont(name, str(path)))
    return name


def _write_centred(canvas: Canvas, box: tuple[float, float, float, float], lines: Sequence[_Line]) -> None:
    """Write lines in the middle of a box (x, y, width, height): wrapped, and all shrunk alike until they fit."""
    x, y, width, height = box
    fitted = _fitted(lines, width, height)
    pen = y + (height + _height(fitted)) / 2
    for line in fitted:
        pen -= line.size * _LEADING
        canvas.setFillColorRGB(*line.colour)
        canvas.setFont(line.font, line.size)
        canvas.drawCentredString(x + width / 2, pen + line.size * (_LEADING - 1), line.text)


def _fitted(lines: Sequence[_Line], width: float, height: float) -> list[_Line]:
    """Return the lines in the largest size in which they fit; in the least one even where they do not."""
    share = 1.0
    while True:
        rows = [row for line in lines for row in _wrapped(replace(line, size=line.size * share), width)]
        fits = _height(rows) <= height and all(_width(row) <= width for row in rows)
        if fits or share <= _LEAST_SHARE:
            return rows
        share -= _STEP


def _wrapped(line: _Line, width: float) -> Iterator[_Line]:
    """Yield the line in rows broken at spaces; a word that is too long has a row of its own."""
    row = ""
    for word in line.text.split():
        longer = f"{row} {word}".strip()
        if row and _width(replace(line, text=longer)) > width:
            yield replace(line, text=row)
            longer = word
        row = longer
    yield replace(line, text=row)


def _width(line: _Line) -> float:
    return float(pdfmetrics.stringWidth(line.text, line.font, line.size))


def _height(lines: Sequence[_Line]) -> float:
    return sum(line.size for line in lines) * _LEADING


def _draw_image(canvas: Canvas, png: bytes, box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    image = ImageReader(io.BytesIO(png))
    canvas.drawImage(image, x, y, width, height, mask="auto", preserveAspectRatio=True, anchor="c")


def _draw_ring(canvas: Canvas, side: float, height: float, text: str, fonts: Fonts) -> None:
    """Draw a round practice seal: two red rings, a star, and words that say it is practice."""
    middle, radius = (side / 2, height / 2), side / 2 - 1.5
    canvas.setStrokeColorRGB(*_RED)
    canvas.setLineWidth(side / 40)
    canvas.circle(*middle, radius)
    canvas.setLineWidth(side / 100)
    canvas.circle(*middle, radius * 0.88)
    _draw_star(canvas, (middle[0], middle[1] + radius * 0.42), radius * 0.25)
    font = _registered(fonts.regular)
    words = [_Line(text, font, side / 9, _RED), _Line("LUYỆN TẬP", font, side / 12, _RED)]
    inner = radius * 1.35
    _write_centred(canvas, (middle[0] - inner / 2, middle[1] - radius * 0.7, inner, radius * 0.88), words)


def _draw_star(canvas: Canvas, middle: tuple[float, float], radius: float) -> None:
    path = canvas.beginPath()
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.4
        angle = radians(90 + 36 * corner)
        x, y = middle[0] + reach * cos(angle), middle[1] + reach * sin(angle)
        (path.moveTo if corner == 0 else path.lineTo)(x, y)
    path.close()
    canvas.setFillColorRGB(*_RED)
    canvas.drawPath(path, stroke=0, fill=1)
