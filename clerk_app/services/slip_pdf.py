"""Show a slip: the bytes of its newest revision, hashed again before anybody sees them."""

from dataclasses import dataclass

from clerk_app.services.files_at_hand import FilesAtHand
from clerk_app.store.projection import Projection


@dataclass(frozen=True, slots=True)
class SlipPdf:
    files: FilesAtHand
    projection: Projection

    def __call__(self, document_id: str) -> bytes:
        """Return the PDF; raises `NoSuchDocument` and what `FilesAtHand` does."""
        _, document = self.projection.document(document_id)
        return self.files.get(document.head)
