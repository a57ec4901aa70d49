"""List what a stop in the middle left open: dossiers without a slip, and prints without an end."""

from dataclasses import dataclass

from clerk_app.domain.dossier import Status
from clerk_app.domain.history import Unfinished
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive


@dataclass(frozen=True, slots=True)
class ListUnfinished:
    archive: Archive

    def __call__(self) -> Unfinished:
        """Return both lists, oldest first: sign again under the same number; ask whether the paper came out."""
        with self.archive.reading() as tx:
            return Unfinished(dossiers.with_status(tx, Status.RECEIVED), dossiers.prints_unfinished(tx))
