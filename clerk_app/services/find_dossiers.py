"""Find dossiers in the register as one types."""

from dataclasses import dataclass

from clerk_app.domain.dossier import Dossier
from clerk_app.store import search
from clerk_app.store.archive import Archive


@dataclass(frozen=True, slots=True)
class FindDossiers:
    archive: Archive

    def __call__(self, text: str, limit: int = 50) -> tuple[Dossier, ...]:
        """Return the dossiers that fit, newest first; nothing typed gives the newest of all.

        Fits: a name without accents, part of the code, its last digits, a personal number or phone.
        """
        with self.archive.reading() as tx:
            return search.find(tx, text, limit)
