"""Where a signature field lies in a PDF that was made earlier, perhaps by another version of the form."""

import io

import pikepdf

from signing.errors import FieldMissing, Unreadable
from signing.field import FieldBox


def field_box(pdf: bytes, name: str) -> FieldBox:
    """Return the place of one signature field; raises `FieldMissing` or `Unreadable`."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            for number, page in enumerate(opened.pages):
                for widget in page.obj.get("/Annots", []):
                    if str(widget.get("/T", "")) == name:
                        x1, y1, x2, y2 = (float(each) for each in widget["/Rect"])
                        return FieldBox(name, number, x1, y1, x2, y2)
    except pikepdf.PdfError as broken:
        raise Unreadable(reason="cấu trúc tệp hỏng") from broken
    raise FieldMissing(field=name)
