"""A stack of sheets in the scanner: what came of it is on the draft before anybody has seen it, and survives a stop."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clerk_app.domain.paper import LaidPaper, PaperFile


@dataclass(frozen=True, slots=True)
class ScanStack:
    """A scan on its way (lần quét dở while it is open), and the pages that no line of the checklist has taken yet."""

    paper: str  # key of the checklist line that it goes to
    pages: int = 0  # filed so far
    arrived: tuple[PaperFile, ...] = ()  # filed, and not seen on a saved draft yet
    open: bool = True  # not yet said to be whole, by the feeder's end or by the clerk

    def with_page(self, file: PaperFile) -> "ScanStack":
        """Return the stack with one more page."""
        arrived = tuple(dict.fromkeys((*self.arrived, file)))
        return replace(self, pages=self.pages + 1, arrived=arrived, open=True)

    def ended(self) -> "ScanStack":
        """Return the stack as whole."""
        return replace(self, open=False)

    def after(self, papers: Iterable[LaidPaper]) -> "ScanStack | None":
        """Return what is left once these papers are saved; None when nothing is left to remember."""
        laid = {file.sha256 for paper in papers for file in paper.files}
        arrived = tuple(file for file in self.arrived if file.sha256 not in laid)
        return replace(self, arrived=arrived) if self.open or arrived else None
