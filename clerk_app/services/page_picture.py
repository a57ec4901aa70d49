"""Show a page of a filed paper as a picture."""

from dataclasses import dataclass

from clerk_app.papers import pictures
from clerk_app.papers.imports import kind_of
from sync.files import FileStore


@dataclass(frozen=True, slots=True)
class PagePicture:
    files: FileStore

    def __call__(self, sha256: str, page: int, width: int) -> bytes:
        """Return PNG bytes of one page (from 0), `width` pixels wide; raises `FileMissing` or `FileDamaged`."""
        data = self.files.get(sha256)
        return pictures.thumbnail(data, kind_of(data), page, width)
