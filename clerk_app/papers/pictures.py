"""Pictures of filed papers, for thumbnails and for reading: one page as a PNG, upright, of the width asked for."""

from io import BytesIO

from PIL import Image, ImageOps

from clerk_app.papers.imports import PDF
from clerk_app.papers.pdfium import paint_page
from clerk_app.papers.refusals import PaperBroken

_TALLEST = 8  # times the width: a strip longer than this is shown narrower
_QUICK = 1  # PNG compression: the picture lives for a moment


def thumbnail(data: bytes, media_type: str, page: int, width: int) -> bytes:
    """Return page `page` (from 0) as PNG bytes, at most `width` pixels wide. Blocks; may be called on any thread.

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
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((width, width * _TALLEST))
            return _on_white(upright)
    except Exception as error:  # decoders meet bad bytes with any built-in error
        raise PaperBroken from error


def _on_white(picture: Image.Image) -> Image.Image:
    """Lay a picture that can be seen through upon white paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")
