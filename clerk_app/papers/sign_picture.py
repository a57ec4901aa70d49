"""A picture for signatures, made small and safe: cut to what is drawn, see-through, no more than print needs.

It opens foreign bytes: called in the readers' process, see `reading_process`.
"""

from io import BytesIO

from PIL import Image

from clerk_app.papers.refusals import (
    PaperBroken,
    PictureEmpty,
    PictureNotClear,
    PictureNotPng,
    PictureTooLarge,
)

_MOST_PIXELS = 640  # on the longer side: 300 dpi at 54 mm
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
    drawn = picture.crop(box)
    drawn.thumbnail((_MOST_PIXELS, _MOST_PIXELS), Image.Resampling.LANCZOS)
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


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
