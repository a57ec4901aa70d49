"""List what lies open at this counter: dossiers without a slip, prints without an end, what a leader gave back."""

from dataclasses import dataclass

from clerk_app.domain.history import Unfinished
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive


@dataclass(frozen=True, slots=True)
class ListUnfinished:
    archive: Archive

    def __call__(self) -> Unfinished:
        """Return the lists, oldest first: sign again under the same number; ask whether the paper came out; mend."""
        with self.archive.reading() as tx:
            return Unfinished(
                dossiers.received(tx),
                dossiers.prints_unfinished(tx),
                dossiers.sent_back(tx),
            )
