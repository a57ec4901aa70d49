"""A picture for signatures, made small and safe: cut to what is drawn, see-through, no more than print needs.

Each signature carries its picture anew, and the paper of a scan is noise that no packing makes smaller: colours and
transparency are brought down to few steps, then the size, until the picture costs a signature no more than it may.

It opens foreign bytes: called in the readers' process, see `reading_process`.
"""

import zlib
from io import BytesIO

from PIL import Image, ImageStat

from clerk_app.papers.refusals import (
    PaperBroken,
    PictureEmpty,
    PictureNotClear,
    PictureNotPng,
    PictureTooLarge,
)

_SIDES = (
    640,
    560,
    490,
    430,
    380,
    330,
    290,
    250,
    220,
    190,
    160,
    128,
)  # px, longer side; 640: 300 dpi at 54 mm
MOST_COST = 60_000  # bytes of a signature that its picture may take
_TEXT_OF_BYTES = 1.25  # reportlab writes pictures as ASCII 85
_COLOURS, _STEPS = 6, 12  # of one ink; of transparency, for its soft edges
_MOST_MEGAPIXELS = 24
_SEEN = 16  # of 255: fainter than this is no ink
_CLEAR_SHARE = 0.15  # of the picture must be see-through, or its background was forgotten
_PNG = b"\x89PNG\r\n\x1a\n"


def sign_picture(data: bytes) -> bytes:
    """Return the picture as PNG (RGBA) bytes, cut to its ink and scaled down.

    Raises `PictureNotPng`, `PictureNotClear` (no transparent background), `PictureEmpty`, `PaperBroken`.
    """
    if not data.startswith(_PNG):
        raise PictureNotPng
    picture = _opened(data)
    wide, high = picture.size
    ink = picture.getchannel("A").point(lambda alpha: 255 if alpha > _SEEN else 0)
    box = ink.getbbox()
    if box is None:
        raise PictureEmpty
    if ink.histogram()[0] < _CLEAR_SHARE * wide * high:
        raise PictureNotClear
    out = BytesIO()
    _affordable(picture.crop(box)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _affordable(picture: Image.Image) -> Image.Image:
    """Return the picture in the largest size in which it costs no more than it may; the least is a bound for any noise."""
    for side in _SIDES:
        smaller = picture.copy()
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        calm = _calmed(smaller)
        if _cost(calm) <= MOST_COST:
            return calm
    return calm


def _calmed(picture: Image.Image) -> Image.Image:
    """Bring colours and transparency down to few steps; what is clear takes the colour of the ink, and no room."""
    alpha = picture.getchannel("A").point(lambda seen: round(seen * (_STEPS - 1) / 255) * 255 // (_STEPS - 1))
    seen = alpha.point(lambda each: 255 if each else 0)
    colours = picture.convert("RGB")
    usual = tuple(round(each) for each in ImageStat.Stat(colours, seen).mean) if seen.getbbox() else (0, 0, 0)
    calm = Image.new("RGB", picture.size, usual)
    calm.paste(colours, mask=seen)
    calm = calm.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    calm.putalpha(alpha)
    return calm


def _cost(picture: Image.Image) -> float:
    """Return the bytes that this takes in a PDF: colours and transparency lie there apart, deflated."""
    packed = (
        zlib.compress(picture.convert("RGB").tobytes()),
        zlib.compress(picture.getchannel("A").tobytes()),
    )
    return sum(len(each) for each in packed) * _TEXT_OF_BYTES


def _opened(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as opened:
            small_enough = opened.width * opened.height <= _MOST_MEGAPIXELS * 1_000_000
            picture = opened.convert("RGBA") if small_enough else None
    except MemoryError:
        raise
    except Exception as error:  # decoders meet bad bytes with any built-in error
        raise PaperBroken from error
    if picture is None:
        raise PictureTooLarge(megapixels="hơn " + str(_MOST_MEGAPIXELS), limit=_MOST_MEGAPIXELS)
    return picture
