"""Unsent work at a second place: each open entry and its files, sealed to the unit's recovery key.

What is there follows what the journal still has to send: written within seconds, removed once central has it.
What this journal does not know is left alone; it may be all that is left of another life of the counter.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.contract.members import as_json, read_object
from sync.contract.messages import Malformed
from sync.contract.wire import carried_as_json, carried_from
from sync.durable import TEMPORARY, disk_errors, write_durably
from sync.entry import Entry, parse
from sync.errors import (
    DiskFailed,
    DiskFull,
    EntryMalformed,
    FileError,
    RecoveryKeyWrong,
    SecondPlaceFull,
    SecondPlaceOutOfReach,
)
from sync.files import FileStore
from sync.journal import Journal, deliveries, entries, references
from sync.push import carried
from sync.sealed import WrongBox, close_box, open_box

_ENTRY, _FILE = ".entry", ".file"
_SEALED_AS = {_ENTRY: b"second-place-entry-v1", _FILE: b"second-place-file-v1"}


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """A folder on another disk or computer, which others may use as well; `counter` names ours in it."""

    root: Path
    counter: str
    recovery_key: bytes  # public, 32 bytes

    @property
    def folder(self) -> Path:
        return self.root / self.counter

    def follow(self, journal: Journal, files: FileStore) -> int:
        """Write what is missing, remove what central has; return how many entries and files were written.

        Safe to stop anywhere, harmless to repeat. Raises `SecondPlaceOutOfReach` or `SecondPlaceFull`.
        """
        with journal.reading() as tx:
            waiting = {digest + _ENTRY: entry for entry, digest in deliveries.open_ones(tx)}
            unsent = {_file_name(sha256): sha256 for sha256 in references.not_uploaded(tx)}
        with _at(self.root):
            self._require_root()
            there = self._names()
            written = sum(self._write_entry(journal, name, waiting[name]) for name in waiting.keys() - there)
            written += sum(self._write_file(files, name, unsent[name]) for name in unsent.keys() - there)
            self._remove(journal, there - waiting.keys() - unsent.keys())
        return written

    def _require_root(self) -> None:
        """A disk that is not plugged in is not made anew as a folder on ours."""
        if not self.root.is_dir():
            raise FileNotFoundError(self.root)
        self.folder.mkdir(exist_ok=True)

    def _names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir() if path.suffix in _SEALED_AS}

    def _write_entry(self, journal: Journal, name: str, id: str) -> int:
        with journal.reading() as tx:
            entry = entries.get(tx, id)
        if entry is None:
            return 0
        return self._write(name, as_json(carried_as_json(carried(entry))))

    def _write_file(self, files: FileStore, name: str, sha256: str) -> int:
        try:
            data = files.get(sha256)
        except FileError:  # it cannot be sent either, and is told there
            return 0
        return self._write(name, data)

    def _write(self, name: str, data: bytes) -> int:
        path = self.folder / name
        write_durably(path, close_box(data, _SEALED_AS[path.suffix], self.recovery_key))
        return 1

    def _remove(self, journal: Journal, names: set[str]) -> None:
        """Remove those of which the journal knows that central has them; and halves of a stop."""
        if names:
            with journal.reading() as tx:
                done = {digest + _ENTRY for digest in deliveries.settled_ones(tx)}
                done |= {_file_name(sha256) for sha256 in references.uploaded_ones(tx)}
            for name in names & done:
                (self.folder / name).unlink(missing_ok=True)
        for half in self.folder.glob(f"{TEMPORARY}*"):
            half.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Found:
    """What lay at a second place."""

    entries: tuple[Entry, ...]  # in chain order
    files: tuple[bytes, ...]
    unreadable: int


def read_second_place(folder: Path, private_key: bytes) -> Found:
    """Open everything below a folder; raises `RecoveryKeyWrong` when nothing opens, `SecondPlaceOutOfReach`."""
    found: list[Entry] = []
    files: list[bytes] = []
    unreadable = 0
    with _at(folder):
        if not folder.is_dir():
            raise FileNotFoundError(folder)
        for path in _boxes(folder):
            try:
                data = open_box(path.read_bytes(), _SEALED_AS[path.suffix], private_key)
                if path.suffix == _FILE:
                    files.append(data)
                else:
                    way = carried_from(read_object(data))
                    found.append(parse(way.header, way.sig, way.salt, way.body))
            except (WrongBox, Malformed, EntryMalformed):
                unreadable += 1
    if unreadable and not found and not files:
        raise RecoveryKeyWrong
    found.sort(key=lambda entry: (entry.chain, entry.seq))
    return Found(tuple(found), tuple(files), unreadable)


def _boxes(folder: Path) -> Sequence[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _SEALED_AS and path.is_file())


def _file_name(sha256: str) -> str:
    """A name that does not tell the content's own hash."""
    return hashlib.sha256(_SEALED_AS[_FILE] + bytes.fromhex(sha256)).hexdigest() + _FILE


@contextmanager
def _at(root: Path) -> Iterator[None]:
    """Say of this disk what its errors mean, so that nobody looks for them on the counter's own."""
    try:
        with disk_errors():
            yield
    except DiskFull as error:
        raise SecondPlaceFull(place=root) from error
    except DiskFailed as error:
        raise SecondPlaceOutOfReach(place=root) from error
