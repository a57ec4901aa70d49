"""Papers as citizens bring them, whole and broken; a page for the scanner that reads files."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

MakePdf = Callable[..., bytes]


@pytest.fixture
def photograph() -> Image.Image:
    """A page with a black corner at the top left, so that one sees which way is up."""
    page = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(page).rectangle((0, 0, 100, 100), fill="black")
    for x in range(120, 600, 7):
        ImageDraw.Draw(page).line((x, 0, 600 - x, 400), fill=(x % 255, 90, 200))
    return page


@pytest.fixture
def jpeg(photograph: Image.Image) -> bytes:
    out = BytesIO()
    photograph.save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.fixture
def png(photograph: Image.Image) -> bytes:
    out = BytesIO()
    photograph.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def make_pdf() -> MakePdf:
    """Make a PDF of some blank pages; `change` may do to it what it likes."""

    def make(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **save: object) -> bytes:
        with pikepdf.Pdf.new() as document:
            for _ in range(pages):
                document.add_blank_page(page_size=(595, 842))
            if change:
                change(document)
            out = BytesIO()
            document.save(out, **save)
        return out.getvalue()

    return make


@pytest.fixture
def scanned_page(tmp_path: Path, photograph: Image.Image) -> Path:
    """A file that the scanner `pnm` serves as if it lay on its glass."""
    path = tmp_path / "page.ppm"
    photograph.save(path)
    return path
