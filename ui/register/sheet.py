"""One scanned page of a dossier, and its picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file, and the paper that it belongs to."""

    sha256: str
    page: int  # from 0
    title: str
    turned: int = 0  # degrees clockwise, to be read

    @property
    def picture(self) -> str:
        """The name of its picture: the page of the file, however it is turned and called."""
        return f"{self.sha256}:{self.page}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A sheet as it was drawn."""

    sheet: Sheet
    width: int  # px
    png: bytes
