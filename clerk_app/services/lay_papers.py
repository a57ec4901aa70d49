"""Lay a paper on the draft: filed durably and encrypted first, then the draft says so, then it is shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from clerk_app.domain.dossier import Draft
from clerk_app.domain.pages import with_file
from clerk_app.domain.paper import LaidPaper, PaperFile
from clerk_app.papers.reader import PaperReader
from clerk_app.progress import Progress
from sync.files import FileStore


@dataclass(frozen=True, slots=True)
class LayPapers:
    files: FileStore
    save: Callable[[Draft], Draft]
    reader: PaperReader

    def __call__(
        self, draft: Draft, key: str, data: bytes, name: str, progress: Progress | None = None
    ) -> Draft:
        """File the bytes, note them under line `key` of the checklist, and return the saved draft.

        Raises a `PaperRefused` for what is corrupt, encrypted, too large or explodes when opened, and `Cancelled`.
        """
        return self.save(laid(draft, key, self.file(data, name, progress)))

    def file(self, data: bytes, name: str, progress: Progress | None = None) -> PaperFile:
        """File the bytes, and no more, and return what a paper notes of them; raises the same."""
        paper = self.reader.read(data, name, progress)
        return PaperFile(self.files.put(paper.data), paper.media_type, paper.pages, name)


def laid(draft: Draft, key: str, file: PaperFile) -> Draft:
    """Return the draft with one more file on a line: the paper is there, and scanned."""
    before = next((paper for paper in draft.papers if paper.key == key), LaidPaper(key))
    after = with_file(before, file)
    if not any(paper.key == key for paper in draft.papers):
        return replace(draft, papers=(*draft.papers, after))
    return replace(draft, papers=tuple(after if paper.key == key else paper for paper in draft.papers))
