"""Take unsent work back from its second place, with the unit's recovery key: kept here, and sent with the next round."""

from dataclasses import dataclass
from pathlib import Path

from clerk_app.services.verify_journal import VerifyJournal
from clerk_app.store.projection import Projection
from sync.entry import Entry, verify
from sync.errors import EntryForged
from sync.files import FileStore
from sync.journal import Journal
from sync.second_place import read_second_place


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came back."""

    entries: int  # that were not here
    files: int  # that were found; filing one twice is harmless
    refused: int  # entries whose author's signature is not known here, or not right
    unreadable: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    journal: Journal
    files: FileStore
    projection: Projection
    verify_journal: VerifyJournal

    def __call__(self, folder: Path, private_key: bytes) -> TakenBack:
        """Read everything that opens with the key; what is there is left there.

        Raises `RecoveryKeyWrong`, `SecondPlaceOutOfReach`, `DiskFull`.
        """
        found = read_second_place(folder, private_key)
        for data in found.files:
            self.files.put(data)
        believed = [entry for entry in found.entries if self._is_signed(entry)]
        taken = self.journal.take_back(believed)
        self.projection.refresh()
        return TakenBack(taken, len(found.files), len(found.entries) - len(believed), found.unreadable)

    def _is_signed(self, entry: Entry) -> bool:
        for key in self.verify_journal.keys_of(entry.author):
            try:
                verify(entry, key)
            except EntryForged:
                continue
            return True
        return False
