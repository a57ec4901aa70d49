"""The files of dossiers, wherever they were laid down: from this computer, else from central, and kept."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from sync.client import Central
from sync.errors import CentralError, FileForged, FileMissing
from sync.files import FileStore
from sync.journal import Journal, gone


@dataclass(frozen=True, slots=True)
class FilesAtHand:
    journal: Journal
    files: FileStore
    connect: Callable[[], Central] | None  # None: no central is set up

    def get(self, sha256: str) -> bytes:
        """Return the plaintext, hashed; may ask central for what another counter of the unit has laid down.

        Raises `FileMissing` when neither has it or somebody ordered it to be deleted, `FileForged`, `FileDamaged`, or `CentralOffline` and its like when it
        is not here and central cannot be asked.
        """
        try:
            return self.files.get(sha256)
        except FileMissing:
            if self.connect is None or self._is_unwanted(sha256):
                raise
        try:
            with closing(self.connect()) as central:
                return fetched(self.files, central, sha256)
        except CentralError as failed:
            if failed.facts.get("status") == 404:
                raise FileMissing(sha256=sha256) from failed
            raise

    def _is_unwanted(self, sha256: str) -> bool:
        """Whether it was deleted by an order, of which central may not have heard yet."""
        with self.journal.reading() as tx:
            return gone.is_unwanted(tx, sha256)


def fetched(files: FileStore, central: Central, sha256: str) -> bytes:
    """Return a file that central holds, kept here; raises `FileForged` for other bytes than were asked for."""
    data = central.get_file(sha256)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileForged(sha256=sha256)
    files.put(data)
    return data
