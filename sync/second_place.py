"""Unsent work at a second place: each open entry and its files, sealed to the unit's recovery key.

What is there follows what could be lost with this computer: written within seconds, removed once it is safe elsewhere.
What this journal does not know is left alone; it may be all that is left of another life of the counter.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.contract.members import as_json, read_object
from sync.contract.messages import Malformed
from sync.contract.wire import carried_as_json, carried_from
from sync.durable import TEMPORARY, disk_errors, make_folder, write_durably
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
from sync.journal import Journal, deliveries, entries, gone, references
from sync.push import carried
from sync.sealed import WrongBox, close_box, open_box

_ENTRY, _HEADER, _FILE = ".entry", ".header", ".file"
_LABEL = "quay.txt"  # read by a person who has to choose among several
_KEY_NAME = 8  # hex digits of a key's fingerprint
_SEALED_AS = {
    _ENTRY: b"second-place-entry-v1",
    _HEADER: b"second-place-header-v1",  # of an entry whose body is redacted
    _FILE: b"second-place-file-v1",
}


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """A folder on another disk or computer, which others may use as well; `counter` names ours in it."""

    root: Path
    counter: str
    recovery_key: bytes  # public, 32 bytes
    label: str = ""  # says in the folder whose it is, e.g. "UBND phường Hải Châu, Q3"

    @property
    def folder(self) -> Path:
        return self.root / self.counter

    def follow(self, journal: Journal, files: FileStore) -> int:
        """Write what is missing, remove what is safe elsewhere; return how many entries and files were written.

        Safe to stop anywhere, harmless to repeat. Raises `SecondPlaceOutOfReach` or `SecondPlaceFull`.
        """
        with journal.reading() as tx:
            here = deliveries.only_here(tx)
            bare = gone.without_body(tx)
            kept = {*references.not_uploaded(tx), *deliveries.files_only_here(tx)}
        waiting = {
            self._box(digest, _HEADER if digest in bare else _ENTRY): entry for digest, entry in here.items()
        }
        unsent = {self._box(_file_name(sha256).removesuffix(_FILE), _FILE): sha256 for sha256 in kept}
        with _at(self.root):
            self._require_root()
            there = self._names()
            written = sum(self._write_entry(journal, name, waiting[name]) for name in waiting.keys() - there)
            written += sum(self._write_file(files, name, unsent[name]) for name in unsent.keys() - there)
            unwanted = there - waiting.keys() - unsent.keys()
            self._remove(unwanted, self._safe(journal, there, set(here) - bare, kept) | bare)
        return written

    def _box(self, told: str, suffix: str) -> str:
        """Name a box by what is in it and by its key: one that is sealed to an older key is not ours to count on."""
        key = hashlib.sha256(self.recovery_key).hexdigest()[:_KEY_NAME]
        return f"{told}-{key}{suffix}"

    def _require_root(self) -> None:
        """A disk that is not plugged in is not made anew as a folder on ours."""
        if not self.root.is_dir():
            raise FileNotFoundError(self.root)
        make_folder(self.folder)
        label = self.folder / _LABEL
        if self.label and not label.exists():
            write_durably(label, self.label.encode("utf-8") + b"\n")

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
        except (
            FileError,
            DiskFailed,
        ):  # it cannot be sent either, and is told there; the others have their turn
            return 0
        return self._write(name, data)

    def _write(self, name: str, data: bytes) -> int:
        path = self.folder / name
        write_durably(path, close_box(data, _SEALED_AS[path.suffix], self.recovery_key))
        return 1

    def _safe(
        self, journal: Journal, names: Set[str], here: Collection[str], kept: Collection[str]
    ) -> frozenset[str]:
        """Return what boxes tell that the journal knows to be safe elsewhere."""
        told = {_told(name).removesuffix(_HEADER) for name in names if not name.endswith(_FILE)} - set(here)
        with journal.reading() as tx:
            entries_there = deliveries.ours_among(tx, told)
            files_there = references.uploaded_ones(tx) - set(kept) | gone.redacted_files(tx)
        headers_there = (digest + _HEADER for digest in entries_there)
        return frozenset({*entries_there, *headers_there, *map(_file_name, files_there)})

    def _remove(self, names: Set[str], safe: Set[str]) -> None:
        """Remove what is safe elsewhere, under whatever key it was sealed; and halves of a stop."""
        for name in names:
            if _told(name) in safe:
                (self.folder / name).unlink(missing_ok=True)
        for half in self.folder.glob(f"{TEMPORARY}*"):
            half.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Left:
    """What one counter left at a second place."""

    folder: Path
    label: str  # whose it is, "" when it does not say
    boxes: tuple[Path, ...]
    touched_at: datetime  # UTC, when something was written or removed there last


@dataclass(frozen=True, slots=True)
class Found:
    """What was read."""

    entries: tuple[Entry, ...]  # in chain order
    files: int
    unreadable: int


def left_at(place: Path) -> tuple[Left, ...]:
    """Return what lies at a second place, each counter's by itself; `place` may be the folder of one.

    Raises `SecondPlaceOutOfReach`.
    """
    with _at(place):
        if not place.is_dir():
            raise FileNotFoundError(place)
        folders = sorted({path.parent for path in place.rglob("*") if path.suffix in _SEALED_AS})
        return tuple(_left(folder) for folder in folders)


def read_left(left: Left, private_key: bytes, keep: Callable[[bytes], object]) -> Found:
    """Open every box of one counter, and give its files to `keep` one by one.

    Raises `RecoveryKeyWrong` when nothing opens, `SecondPlaceOutOfReach`, and what `keep` raises.
    """
    found: list[Entry] = []
    files = unreadable = 0
    for path in left.boxes:
        with _at(left.folder):
            sealed = path.read_bytes()
        try:
            data = open_box(sealed, _SEALED_AS[path.suffix], private_key)
            if path.suffix == _FILE:
                keep(data)
                files += 1
            else:
                way = carried_from(read_object(data))
                found.append(parse(way.header, way.sig, way.salt, way.body))
        except (WrongBox, Malformed, EntryMalformed):
            unreadable += 1
    if unreadable and not found and not files:
        raise RecoveryKeyWrong
    found.sort(key=lambda entry: (entry.chain, entry.seq))
    return Found(tuple(found), files, unreadable)


def _left(folder: Path) -> Left:
    boxes = tuple(sorted(path for path in folder.iterdir() if path.suffix in _SEALED_AS))
    label = folder / _LABEL
    last = max(path.stat().st_mtime for path in (folder, *boxes))
    told = label.read_text("utf-8", errors="replace").strip() if label.is_file() else ""
    return Left(folder, told, boxes, datetime.fromtimestamp(last, UTC))


def _told(name: str) -> str:
    """Return what a box is named by: an entry's hash, that and `.header`, or a file's name."""
    told, _, suffix = name.rpartition(".")
    told = told.partition("-")[0]
    return told if "." + suffix == _ENTRY else f"{told}.{suffix}"


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
