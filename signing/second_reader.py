"""A second, more patient reader: tells a paper that nobody has signed from one that nobody can read.

Many programs write files that pyHanko refuses and that every viewer shows: letters before the header, a table with wrong
places. qpdf mends what it reads. It judges no signature; where there may be one, pyHanko has the only word.
"""

import io

from pikepdf import ObjectStreamMode, Pdf

_OF_A_SIGNATURE = b"/ByteRange"


def is_plainly_unsigned(pdf: bytes) -> bool:
    """Whether the bytes are a paper with pages in which nothing looks like a signature. Never raises."""
    if _OF_A_SIGNATURE in pdf:
        return False
    unpacked = io.BytesIO()
    try:
        with Pdf.open(io.BytesIO(pdf)) as document:
            if not document.pages:
                return False
            document.save(
                unpacked, object_stream_mode=ObjectStreamMode.disable
            )  # names stand there in plain letters
    except Exception:  # noqa: BLE001 - hostile bytes; whatever it is, nobody can read this
        return False
    return _OF_A_SIGNATURE not in unpacked.getvalue()
