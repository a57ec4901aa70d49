"""A scanned page as a picture file: raw pixels in, JPEG or PNG out, all in memory."""

import secrets
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

QUALITY = 90  # of the JPEG: text stays clean, a page stays near a megabyte


def as_picture(raw: bytes | bytearray, dpi: int = 0) -> bytes | None:
    """Return a PNM page as JPEG (grey, colour) or PNG (black and white) bytes, or None if it is cut off.

    Each carries a mark of its own: files are known by their bytes, and two blank sheets are two. `dpi` 0: not known.
    """
    try:
        with Image.open(BytesIO(raw), formats=("PPM",)) as page:
            page.load()
            return _packed(page, dpi)
    except (OSError, ValueError):
        return None


def _packed(page: Image.Image, dpi: int) -> bytes:
    out = BytesIO()
    density = {"dpi": (dpi, dpi)} if dpi else {}
    mark = secrets.token_hex(8)
    if page.mode == "1":
        words = PngInfo()
        words.add_text("Comment", mark)
        page.save(out, "PNG", pnginfo=words, **density)
    else:
        plain = page if page.mode in ("L", "RGB") else page.convert("L")
        plain.save(out, "JPEG", quality=QUALITY, comment=mark, **density)
    return out.getvalue()
