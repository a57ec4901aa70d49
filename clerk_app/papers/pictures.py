"""Pictures of filed papers, for thumbnails and for reading: one page as a PNG, upright, of the width asked for.

It opens foreign bytes: called in the readers' process, see `reading_process`.
"""

from io import BytesIO

from PIL import Image, ImageOps

from clerk_app.papers.media import PDF
from clerk_app.papers.pdfium import paint_page
from clerk_app.papers.refusals import PaperBroken

_TALLEST = 8  # times the width: a strip longer than this is shown narrower
_QUICK = 1  # PNG compression: the picture lives for a moment
_BAND = 4_000_000  # pixels that lie open a second time while a large picture is made small
_ORIENTATION = 0x0112  # EXIF: which way the camera was held


def thumbnail(data: bytes, media_type: str, page: int, width: int) -> bytes:
    """Return page `page` (from 0) as PNG bytes, at most `width` pixels wide.

    Raises `PaperBroken` for bytes that cannot be opened and `IndexError` for a page that is not there.
    """
    if width < 1:
        raise ValueError("a picture is at least one pixel wide")
    picture = paint_page(data, page, width) if media_type == PDF else _photograph(data, page, width)
    out = BytesIO()
    picture.save(out, "PNG", compress_level=_QUICK)
    return out.getvalue()


def _photograph(data: bytes, page: int, width: int) -> Image.Image:
    """Open a JPEG or PNG, turn it as its camera says, and make it smaller; never larger than it is."""
    if page != 0:
        raise IndexError(page)
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
            longest = max(opened.size)
            opened.draft("RGB", (min(width, longest), min(width, longest)))
            small = _reduced(opened, width)
            small.getexif()[_ORIENTATION] = opened.getexif().get(_ORIENTATION, 1)
            upright = ImageOps.exif_transpose(small)
            upright.thumbnail((width, width * _TALLEST))
            return upright
    except MemoryError:
        raise
    except Exception as error:  # decoders meet bad bytes with any built-in error
        raise PaperBroken from error


def _reduced(picture: Image.Image, width: int) -> Image.Image:
    """Return the picture on white paper, still at least `width` pixels on its shorter side if it was larger.

    It is done band by band: in colours that can be seen through, a whole copy would take as much again, twice.
    """
    wide, high = picture.size
    factor = max(1, min(wide, high) // width)
    rows = max(1, _BAND // (wide * factor)) * factor
    small = Image.new("RGB", (-(-wide // factor), -(-high // factor)))
    for top in range(0, high, rows):
        band = _on_white(picture.crop((0, top, wide, min(high, top + rows))))
        small.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    return small


def _on_white(picture: Image.Image) -> Image.Image:
    """Lay a picture that can be seen through upon white paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")
