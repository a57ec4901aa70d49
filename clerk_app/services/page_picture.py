"""Show a page of a filed paper as a picture."""

from dataclasses import dataclass, field
from time import monotonic

from clerk_app.papers.reader import PaperReader
from clerk_app.papers.refusals import PaperRefused
from clerk_app.progress import Progress
from clerk_app.services.files_at_hand import FilesAtHand

_REMEMBERED = 120.0  # seconds in which a page that could not be painted is not tried again


@dataclass(frozen=True, slots=True)
class PagePicture:
    files: FilesAtHand
    reader: PaperReader
    _refused: dict[tuple[str, int], tuple[float, PaperRefused]] = field(default_factory=dict)

    def __call__(self, sha256: str, page: int, width: int, progress: Progress | None = None) -> bytes:
        """Return PNG bytes of one page (from 0), at most `width` pixels wide; raises what `FilesAtHand` does.

        A page that cannot be painted is a `PaperRefused`, at once when it is asked for again; and `Cancelled`.
        """
        watcher = progress or Progress()
        watcher.step(0, 1)
        since, known = self._refused.get((sha256, page), (0.0, None))
        if known is not None and monotonic() - since < _REMEMBERED:
            raise type(known)(**known.facts)
        try:
            return self.reader.picture(self.files.get(sha256), page, width, watcher)
        except PaperRefused as refusal:
            self._refused[sha256, page] = monotonic(), refusal
            raise
