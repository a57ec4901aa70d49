"""Show a slip: the bytes of its newest revision, hashed again before anybody sees them."""

from dataclasses import dataclass

from clerk_app.store.projection import Projection
from sync.files import FileStore


@dataclass(frozen=True, slots=True)
class SlipPdf:
    files: FileStore
    projection: Projection

    def __call__(self, document_id: str) -> bytes:
        """Return the PDF; raises `NoSuchDocument`, `FileMissing` or `FileDamaged`."""
        _, document = self.projection.document(document_id)
        return self.files.get(document.head)
