"""Takes a file for a paper, by what is in it and not by its name; refuses, in words, what nobody could read later.

It opens foreign bytes: called in the readers' process, see `reading_process`.
"""

from collections.abc import Callable
from io import BytesIO
from time import monotonic

from PIL import Image

from clerk_app.papers.media import JPEG, PDF, PNG, ImportedPaper, Limits, check_size, kind_of
from clerk_app.papers.pdf_content import check_pdf
from clerk_app.papers.pdfium import count_pages, paint_page
from clerk_app.papers.refusals import PaperBroken, PaperRefused, PaperTooManyPages, PictureTooLarge

_DRAFT = 8  # a JPEG is checked at an eighth of its size: all its bytes are read, little memory is taken
_PROOF_WIDTH = 160  # pixels
_PROOF_SECONDS = 3.0  # for painting pages at the door; a page begun is painted to its end


def read_paper(data: bytes, name: str = "", limits: Limits | None = None) -> ImportedPaper:
    """Return the file as a paper; raises a `PaperRefused` whose facts hold the file's `name`."""
    bounds = limits or Limits()
    try:
        check_size(data, bounds)
        media_type = kind_of(data)
        pages = _CHECKS[media_type](data, bounds)
    except PaperRefused as refusal:
        refusal.facts = {**refusal.facts, "name": name}
        raise
    return ImportedPaper(media_type, pages, data)


def _check_pdf(data: bytes, limits: Limits) -> int:
    check_pdf(data, limits.megapixels)
    pages = count_pages(data)
    if pages == 0:
        raise PaperBroken
    if pages > limits.pages:
        raise PaperTooManyPages(pages=pages, limit=limits.pages)
    _prove(data, pages)
    return pages


def _prove(data: bytes, pages: int) -> None:
    """Paint what there is time for: what hangs a painter is found at the door, not when somebody wants to read."""
    end = monotonic() + _PROOF_SECONDS
    for number in range(pages):
        if monotonic() > end:
            return
        paint_page(data, number, _PROOF_WIDTH)


def _check_picture(data: bytes, limits: Limits) -> int:
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
            _check_pixels(picture.width * picture.height, limits)
            picture.draft(None, (picture.width // _DRAFT, picture.height // _DRAFT))
            picture.load()
    except (PaperRefused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureTooLarge(megapixels="hơn 100", limit=limits.megapixels) from bomb
    except Exception as error:  # decoders meet bad bytes with any built-in error
        raise PaperBroken from error
    return 1


def _check_pixels(count: int, limits: Limits) -> None:
    if count > limits.megapixels * 1_000_000:
        raise PictureTooLarge(megapixels=count // 1_000_000, limit=limits.megapixels)


_CHECKS: dict[str, Callable[[bytes, Limits], int]] = {
    PDF: _check_pdf,
    JPEG: _check_picture,
    PNG: _check_picture,
}
