"""Print a slip: the journal knows before the printer does, and how it ended."""

from typing import Protocol


class Printer(Protocol):
    """Whoever puts pages on paper. Qt's own lives in the window."""

    def spool(self, pdf: bytes, title: str) -> None:
        """Hand the pages to the printer; return once it has taken all of them, raise when it has not."""
