"""One scanned page of a dossier, and its picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file, and the paper that it belongs to."""

    sha256: str
    page: int  # from 0
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A sheet as it was drawn."""

    sheet: Sheet
    width: int  # px
    png: bytes
