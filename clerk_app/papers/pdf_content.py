"""Looks inside a PDF before it is filed: damage, passwords, programs that come along, pictures too large to open."""

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, PdfError, Stream

from clerk_app.papers.refusals import PaperActive, PaperBroken, PaperEncrypted, PictureTooLarge

_ACTIVE = frozenset(("/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"))


def check_pdf(data: bytes, megapixels: int) -> None:
    """Refuse a PDF that is damaged, locked, active, or holds a picture of more than `megapixels` million pixels.

    Damage is not mended: what a repair leaves out, nobody would notice.
    """
    try:
        with Pdf.open(BytesIO(data), attempt_recovery=False) as document:
            if document.is_encrypted:
                raise PaperEncrypted
            for item in _everything(document):
                if _is_active(item):
                    raise PaperActive
                _check_picture(item, megapixels)
    except PasswordError as error:
        raise PaperEncrypted from error
    except (PdfError, TypeError, ValueError) as error:  # the last two: words where numbers belong
        raise PaperBroken from error


def _everything(document: Pdf) -> Iterator[Object]:
    """Yield each dictionary and stream of the file, those written inside others too."""
    waiting: list[Object] = [document.trailer]
    for item in document.objects:
        waiting.append(item)
        while waiting:
            found = waiting.pop()
            if isinstance(found, Array):
                waiting += [part for part in found if _is_within(part)]
            elif isinstance(found, Dictionary | Stream):
                yield found
                waiting += [value for value in found.values() if _is_within(value)]


def _is_within(value: object) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def _is_active(item: Object) -> bool:
    return str(item.get("/S", "")) in _ACTIVE or "/JS" in item or "/XFA" in item


def _check_picture(item: Object, megapixels: int) -> None:
    if not isinstance(item, Stream) or item.get("/Subtype") != Name.Image:
        return
    size = int(item.get("/Width", 0)) * int(item.get("/Height", 0))
    if size > megapixels * 1_000_000:
        raise PictureTooLarge(megapixels=size // 1_000_000, limit=megapixels)
