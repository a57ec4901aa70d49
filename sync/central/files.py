"""Files at central: uploaded in parts, hashed again when whole, seen only by the unit that uploaded them."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from sqlalchemy import Connection, delete, insert, select

from sync.central.accounts import Device
from sync.central.database import hold
from sync.central.refusal import Refusal, busy
from sync.central.schema import files
from sync.clock import rfc3339
from sync.contract.messages import FILE_BYTES
from sync.durable import settle_folder
from sync.os_lock import let_go, take

_PATIENCE = 5.0  # seconds that one worker waits for another with the same file
_LOOK_AGAIN = 0.02  # seconds
_NOT_WAITED_FOR = timedelta(days=1)  # age of parts of a file that is whole here
_GIVEN_UP = timedelta(days=30)  # and of any others: a counter may be alone for weeks


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way from one device; `length` counts the bytes of the whole."""

    device: Device
    sha256: str
    length: int


class FileRoom:
    """The folder of the files. Unfinished uploads lie apart, each under its device."""

    def __init__(self, folder: Path) -> None:
        self._whole = folder / "files"
        self._parts = folder / "parts"
        self._held = folder / "held"
        self._locks = tuple(Lock() for _ in range(64))
        for room in (self._whole, self._parts, self._held):
            room.mkdir(parents=True, exist_ok=True)

    def arrived(self, device: Device, sha256: str) -> int:
        """Return how many bytes of an unfinished upload are here."""
        path = self._part(device, sha256)
        return path.stat().st_size if path.exists() else 0

    def receive(self, upload: Upload, offset: int, part: bytes) -> int:
        """Keep a part and return how many bytes are here now; the whole file is hashed and put in its place.

        Raises `Refusal`: 409 when the part does not begin where the last one ended, 422 for a wrong hash, 503
        while another worker is at the same file.
        """
        with self._alone(upload.sha256):
            path = self._part(upload.device, upload.sha256)
            arrived = self.arrived(upload.device, upload.sha256)
            if arrived > upload.length:  # what lies here is of no use to anybody
                path.unlink()
                arrived = 0
            if offset != arrived:
                raise Refusal(409, "offset", {"Upload-Offset": str(arrived)})
            if arrived + len(part) > upload.length:
                raise Refusal(400, "longer_than_said")
            with path.open("ab") as file:
                file.write(part)
                file.flush()
                os.fsync(file.fileno())
            if arrived + len(part) == upload.length:
                self._finish(path, upload.sha256)
            return arrived + len(part)

    def read(self, sha256: str) -> bytes:
        """Return a whole file, hashed again; raises `Refusal` 404."""
        path = self._place(sha256)
        data = path.read_bytes() if path.exists() else None
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise Refusal(404, "file_missing")
        return data

    def holds(self, sha256: str) -> bool:
        """Whether a whole file lies here."""
        return self._place(sha256).exists()

    def has_kept(self, sha256: str) -> bool:
        """Whether a whole file lies here, once nobody is removing it."""
        with self._alone(sha256):
            return self.holds(sha256)

    def remove(self, sha256: str, is_wanted: Callable[[], bool] = lambda: False) -> bool:
        """Delete a file and every unfinished upload of it; returns whether anything lay here.

        `is_wanted` is asked once nobody else is at the file: then it stays.
        """
        with self._alone(sha256):
            there = [
                path for path in (self._place(sha256), *self._parts.glob(f"*-{sha256}")) if path.exists()
            ]
            if not there or is_wanted():
                return False
            for path in there:
                path.unlink()
        return True

    def sweep(self, now: datetime) -> int:
        """Remove parts of files that came whole by another, a day old, and those of a month that nobody went on with.

        Returns how many. Whoever goes on all the same is told to begin anew.
        """
        old = [path for path in self._parts.iterdir() if self._is_left(path, now)]
        for path in old:
            with self._alone(path.name.rpartition("-")[2]):
                if path.exists() and self._is_left(path, now):  # somebody may have gone on just now
                    path.unlink()
        return len(old)

    def _is_left(self, part: Path, now: datetime) -> bool:
        waits = _NOT_WAITED_FOR if self.holds(part.name.rpartition("-")[2]) else _GIVEN_UP
        return part.stat().st_mtime < (now - waits).timestamp()

    def _finish(self, path: Path, sha256: str) -> None:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != sha256:
            path.unlink()
            raise Refusal(422, "wrong_hash")
        place = self._place(sha256)
        if not place.parent.exists():
            place.parent.mkdir(exist_ok=True)
            settle_folder(self._whole)
        path.replace(place)
        settle_folder(place.parent)

    def _place(self, sha256: str) -> Path:
        return self._whole / sha256[:2] / sha256

    def _part(self, device: Device, sha256: str) -> Path:
        whose = hashlib.sha256(device.id.encode("utf-8")).hexdigest()[:16]
        return self._parts / f"{whose}-{sha256}"

    @contextmanager
    def _alone(self, sha256: str) -> Iterator[None]:
        """One request at a time for one file: a late one and its repetition must not mix their parts.

        Neither in this process nor in another worker that serves the same folder.
        """
        number = int(sha256[:2], 16) % len(self._locks)
        with self._locks[number], (self._held / f"{number:02}").open("ab") as held:
            _wait_for(held)
            try:
                yield
            finally:
                let_go(held)


def _wait_for(held: BinaryIO) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return take(held)
        except OSError:
            if time.monotonic() > until:
                raise busy() from None
        time.sleep(_LOOK_AGAIN)


def checked_upload(device: Device, sha256: str, length: int) -> Upload:
    """Return an upload of a permitted size; raises `Refusal` 413."""
    if length > FILE_BYTES:
        raise Refusal(413, "file_too_large")
    return Upload(device, sha256, length)


def note_owner(tx: Connection, upload: Upload, now: datetime) -> None:
    """Note that the unit has uploaded a whole file; two of its counters may have ended it at once."""
    hold(tx, f"file:{upload.device.unit}:{upload.sha256}")
    if size_of(tx, upload.device.unit, upload.sha256) is None:
        row = {"unit": upload.device.unit, "sha256": upload.sha256, "size": upload.length}
        tx.execute(insert(files).values(received_at=rfc3339(now), **row))


def disown(tx: Connection, upload: Upload) -> None:
    """Forget that the unit has uploaded a file, so that it is asked for again."""
    mine = (files.c.unit == upload.device.unit) & (files.c.sha256 == upload.sha256)
    tx.execute(delete(files).where(mine))


def is_owned(tx: Connection, sha256: str) -> bool:
    """Whether any unit has uploaded a file."""
    return tx.execute(select(files.c.unit).where(files.c.sha256 == sha256).limit(1)).first() is not None


def forget_missing(tx: Connection, room: FileRoom) -> int:
    """Forget that files were uploaded which are not here, so that they are asked for again; returns how many."""
    gone = [
        sha256 for sha256 in tx.execute(select(files.c.sha256).distinct()).scalars() if not room.holds(sha256)
    ]
    for sha256 in gone:
        tx.execute(delete(files).where(files.c.sha256 == sha256))
    return len(gone)


def size_of(tx: Connection, unit: str, sha256: str) -> int | None:
    """Return the size of a file of this unit, None where it has not uploaded it."""
    mine = select(files.c.size).where(files.c.unit == unit, files.c.sha256 == sha256)
    size = tx.execute(mine).scalar_one_or_none()
    return None if size is None else int(size)


def missing(tx: Connection, unit: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Return which of these the unit still has to upload; says nothing of other units' files."""
    have = select(files.c.sha256).where(files.c.unit == unit, files.c.sha256.in_(asked))
    known = set(tx.execute(have).scalars())
    return tuple(sha256 for sha256 in dict.fromkeys(asked) if sha256 not in known)
