"""Files that are small on the disk and explode when they are opened."""

import zlib
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image


def explodes_in_forms() -> bytes:
    """Return a PDF whose page holds a form that holds ten forms, ten deep: ten thousand million drawings in 3 kB."""
    with Pdf.new() as document:
        inner = _form(document, b"0 0 10 10 re f", Dictionary())
        for _ in range(10):
            inner = _form(document, b"/F Do " * 10, Dictionary(XObject=Dictionary(F=inner)))
        return _page(document, b"/F Do", Dictionary(XObject=Dictionary(F=inner)))


def hangs_in_tiles() -> bytes:
    """Return a PDF whose page is tiled with a pattern two thousand times smaller than a point."""
    with Pdf.new() as document:
        pattern = Stream(
            document, b"0 0 1 1 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
            BBox=[0, 0, 1, 1], XStep=0.0005, YStep=0.0005, Resources=Dictionary(),
        )  # fmt: skip
        resources = Dictionary(Pattern=Dictionary(P=document.make_indirect(pattern)))
        return _page(document, b"/Pattern cs /P scn 0 0 595 842 re f", resources)


def explodes_when_unfolded() -> bytes:
    """Return a PDF whose page content is 900 MB of zeros, deflated, and deflated again."""
    zeros, once = bytes(1 << 20), zlib.compressobj(1)
    folded = b"".join([*(once.compress(zeros) for _ in range(900)), once.flush()])
    with Pdf.new() as document:
        content = document.make_stream(b"")
        content.write(zlib.compress(folded, 9), filter=Array([Name.FlateDecode, Name.FlateDecode]))
        return _page(document, content, Dictionary())


def flat_bomb() -> bytes:
    """Return a PNG of 100 megapixels that can be seen through: 400 MB in half a megabyte."""
    out = BytesIO()
    Image.new("RGBA", (10_000, 10_000)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _form(document: Pdf, content: bytes, resources: Dictionary) -> Object:
    box = [0, 0, 595, 842]
    form = Stream(document, content, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=resources)
    return document.make_indirect(form)


def _page(document: Pdf, content: bytes | Object, resources: Dictionary) -> bytes:
    page = document.add_blank_page(page_size=(595, 842)).obj
    page.Resources = resources
    page.Contents = document.make_stream(content) if isinstance(content, bytes) else content
    out = BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()
