"""What a file is by its first bytes, and how much of it is too much: asked before anything opens it."""

from dataclasses import dataclass

from clerk_app.papers.refusals import PaperEmpty, PaperTooBig, PaperUnknown

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_PDF_HEADER_WITHIN = 1024  # bytes: mail programs put a line or two before it


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too large; settings."""

    megabytes: int = 50
    megapixels: int = 100  # A3 at 600 dpi has 70
    pages: int = 300


@dataclass(frozen=True, slots=True)
class ImportedPaper:
    """A file that was opened and read to its end. `data` are its own bytes, unchanged."""

    media_type: str  # application/pdf, image/jpeg, image/png
    pages: int
    data: bytes


def kind_of(data: bytes) -> str:
    """Return the media type by the first bytes; raises `PaperUnknown`."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return PDF
    raise PaperUnknown


def check_size(data: bytes, limits: Limits) -> None:
    """Raise `PaperEmpty` or `PaperTooBig`."""
    if not data:
        raise PaperEmpty
    if len(data) > limits.megabytes * 1_000_000:
        raise PaperTooBig(megabytes=-(-len(data) // 1_000_000), limit=limits.megabytes)
