"""QR codes on a page or in a photograph of an identity card, by zxing-cpp: pixels in, texts out.

It opens foreign bytes: called in the readers' process, see `reading_process`.
"""

from io import BytesIO

import zxingcpp
from PIL import Image

from clerk_app.papers import pictures

_WIDTHS = (2480, 4200)  # A4 at 300 dpi; where nothing is seen, a fine scan is looked at once more


def texts_on_page(data: bytes, media_type: str, page: int) -> tuple[str, ...]:
    """Return the text of each QR code on one page (from 0) of a PDF, JPEG or PNG. Blocks; any thread.

    Raises `PaperBroken` for bytes that cannot be opened and `IndexError` for a page that is not there.
    """
    for width in _WIDTHS:
        with Image.open(BytesIO(pictures.thumbnail(data, media_type, page, width))) as picture:
            texts = qr_texts(picture)
            if texts or picture.width < width:
                return texts
    return ()


def qr_texts(picture: Image.Image) -> tuple[str, ...]:
    """Return the text of each QR code in a picture, each once, whichever way it lies."""
    qr_only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=qr_only, text_mode=zxingcpp.TextMode.Plain)
    return tuple(dict.fromkeys(code.text for code in found if code.text))
