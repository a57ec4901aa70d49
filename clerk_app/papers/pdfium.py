"""PDFium, behind one lock: it counts and paints the pages of a PDF. It is not thread-safe, so nobody else calls it.

Foreign files meet it in the readers' process only; the window gives it nothing but papers of our own, to print.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock

import pypdfium2
from PIL import Image

from clerk_app.papers.refusals import PaperBroken

_ONE_AT_A_TIME = Lock()
_MOST_PIXELS = 40_000_000  # of one painted page; a page of odd shape is painted smaller


def count_pages(data: bytes) -> int:
    """Return how many pages the PDF has, each of which can be loaded; raises `PaperBroken`."""
    with _open(data) as document:
        for number in range(len(document)):
            with closing(document[number]):
                pass
        return len(document)


def paint_page(data: bytes, page: int, width: int) -> Image.Image:
    """Paint one page (from 0), `width` pixels wide, filled forms and signatures included.

    Raises `PaperBroken`, and `IndexError` for a page that is not there.
    """
    with _open(data) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        if document.get_formtype():
            document.init_forms()  # must come before the page is loaded, or signatures stay invisible
        with closing(document[page]) as loaded:
            wide, high = (max(1.0, side) for side in loaded.get_size())
            scale = min(width / wide, (_MOST_PIXELS / (wide * high)) ** 0.5)
            with closing(loaded.render(scale=scale)) as bitmap:
                picture: Image.Image = bitmap.to_pil()
                return picture.convert("RGB")


@contextmanager
def _open(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _ONE_AT_A_TIME:
        try:
            with closing(pypdfium2.PdfDocument(data)) as document:
                yield document
        except pypdfium2.PdfiumError as error:
            raise PaperBroken from error
