"""The one typeface of our papers: Liberation Serif 2, as wide as Times New Roman, with all Vietnamese letters."""

import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT_FOLDER = Path(__file__).parent / "fonts"


class Face(StrEnum):
    """A face of the typeface; the value is the name of its file and of its reportlab font."""

    REGULAR = "LiberationSerif-Regular"
    BOLD = "LiberationSerif-Bold"
    ITALIC = "LiberationSerif-Italic"
    BOLD_ITALIC = "LiberationSerif-BoldItalic"


def font_file(face: Face) -> Path:
    """Return the TrueType file of a face."""
    return FONT_FOLDER / f"{face.value}.ttf"


@cache
def font_name(face: Face) -> str:
    """Return the name that reportlab knows the face by; the first call registers it."""
    pdfmetrics.registerFont(TTFont(face.value, str(font_file(face))))
    return face.value


def width_of(text: str, face: Face, size: float) -> float:
    """Return how wide the text is, in points."""
    return float(pdfmetrics.stringWidth(text, font_name(face), size))


@cache
def can_print(letter: str, face: Face = Face.REGULAR) -> bool:
    """Whether the face has a picture for this letter."""
    font_name(face)
    return ord(letter) in pdfmetrics.getFont(face.value).face.charToGlyph


def printable(text: str) -> str:
    """Return the text as these fonts can print it: NFC, no control characters, no letter lost silently.

    A letter that the typeface lacks becomes its plain form, else "?": a slip never shows empty boxes.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(map(_printable, composed))


def _printable(letter: str) -> str:
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs"):
        return ""
    if can_print(letter):
        return letter
    known = [part for part in unicodedata.normalize("NFKD", letter) if can_print(part)]
    return "".join(part for part in known if not unicodedata.combining(part)) or "?"
