"""Where a signature goes on a page, and what it locks. Light: no PDF library behind it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A signature field: name, page (from 0), and its corners in points from the page's bottom left."""

    name: str
    page: int
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.x2 - self.x1, self.y2 - self.y1


class Lock(StrEnum):
    """Which fields nobody may change once this one is signed (FieldMDP)."""

    NONE = "none"
    OWN = "own"
    ALL = "all"
