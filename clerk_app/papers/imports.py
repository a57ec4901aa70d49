"""Takes a file for a paper, by what is in it and not by its name; refuses, in words, what nobody could read later."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from clerk_app.papers.pdf_content import check_pdf
from clerk_app.papers.pdfium import count_pages
from clerk_app.papers.refusals import (
    PaperBroken,
    PaperEmpty,
    PaperRefused,
    PaperTooBig,
    PaperTooManyPages,
    PaperUnknown,
    PictureTooLarge,
)

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_PDF_HEADER_WITHIN = 1024  # bytes: mail programs put a line or two before it
_DRAFT = 8  # a JPEG is checked at an eighth of its size: all its bytes are read, little memory is taken


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too large; settings."""

    megabytes: int = 50
    megapixels: int = 100
    pages: int = 300


@dataclass(frozen=True, slots=True)
class ImportedPaper:
    """A file that was opened and read to its end. `data` are its own bytes, unchanged."""

    media_type: str  # application/pdf, image/jpeg, image/png
    pages: int
    data: bytes


def read_paper(data: bytes, name: str = "", limits: Limits | None = None) -> ImportedPaper:
    """Return the file as a paper; raises a `PaperRefused` whose facts hold the file's `name`."""
    bounds = limits or Limits()
    try:
        _check_size(data, bounds)
        media_type = kind_of(data)
        pages = _CHECKS[media_type](data, bounds)
    except PaperRefused as refusal:
        refusal.facts = {**refusal.facts, "name": name}
        raise
    return ImportedPaper(media_type, pages, data)


def kind_of(data: bytes) -> str:
    """Return the media type by the first bytes; raises `PaperUnknown`."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return PDF
    raise PaperUnknown


def _check_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise PaperEmpty
    if len(data) > limits.megabytes * 1_000_000:
        raise PaperTooBig(megabytes=-(-len(data) // 1_000_000), limit=limits.megabytes)


def _check_pdf(data: bytes, limits: Limits) -> int:
    check_pdf(data, limits.megapixels)
    pages = count_pages(data)
    if pages == 0:
        raise PaperBroken
    if pages > limits.pages:
        raise PaperTooManyPages(pages=pages, limit=limits.pages)
    return pages


def _check_picture(data: bytes, limits: Limits) -> int:
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
            _check_pixels(picture.width * picture.height, limits)
            picture.draft(None, (picture.width // _DRAFT, picture.height // _DRAFT))
            picture.load()
    except PaperRefused:
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
