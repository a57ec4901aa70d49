"""Something appended to a PDF: what was there stays, byte for byte."""

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.errors import DocumentChanged


class Update(IncrementalPdfFileWriter):
    """One incremental update that leaves the Info dictionary and the XMP as they were.

    pyHanko would stamp both with the computer's time, asked for twice: across a second's edge the two differ, and a
    paper that claims PDF/A is broken. Who signed, and when, stands in the signature.
    """

    def _update_meta(self) -> None:
        """Change nothing."""


def continued(before: bytes, after: bytes) -> bytes:
    """Return `after`; raise `DocumentChanged` unless it begins with `before` and is longer."""
    if len(after) <= len(before) or not after.startswith(before):
        raise DocumentChanged
    return after
