"""The signature fields of a PDF that was made earlier, perhaps by another version of the form or under other settings."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf

from clerk_app.domain.document import SignatureField
from signing.errors import BROKEN, FieldMissing, Unreadable
from signing.field import FieldBox


def field_box(pdf: bytes, name: str) -> FieldBox:
    """Return the place of one signature field; raises `FieldMissing` or `Unreadable`."""
    with _widgets(pdf) as widgets:
        for number, widget in widgets:
            if str(widget.get("/T", "")) == name:
                x1, y1, x2, y2 = (float(each) for each in widget["/Rect"])
                return FieldBox(name, number, x1, y1, x2, y2)
    raise FieldMissing(field=name)


def next_field(pdf: bytes) -> str:
    """Return whose turn is next: the first of the fields, in the order of turns, that waits; "" when none does.

    Raises `Unreadable`.
    """
    with _widgets(pdf) as widgets:
        waiting = {str(widget.get("/T", "")) for _, widget in widgets if "/V" not in widget}
    return next((field.value for field in SignatureField if field in waiting), "")


@contextmanager
def _widgets(pdf: bytes) -> Iterator[Iterator[tuple[int, pikepdf.Object]]]:
    """Look at what lies on the pages, each with its page's number from 0."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            yield (
                (number, widget)
                for number, page in enumerate(opened.pages)
                for widget in page.obj.get("/Annots", [])
            )
    except pikepdf.PdfError as broken:
        raise Unreadable(reason=BROKEN) from broken
