"""Show a page of a filed paper as a picture."""

from dataclasses import dataclass

from clerk_app.papers import pictures
from sync.files import FileStore


@dataclass(frozen=True, slots=True)
class PagePicture:
    files: FileStore

    def __call__(self, sha256: str, page: int, width: int) -> bytes:
        """Return PNG bytes of one page (from 0), `width` pixels wide; raises `FileMissing` or `FileDamaged`."""
        data = self.files.get(sha256)
        return pictures.thumbnail(data, _media_type(data), page, width)


def _media_type(data: bytes) -> str:
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    return "image/png" if data.startswith(b"\x89PNG") else "application/pdf"
