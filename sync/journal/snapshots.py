"""Snapshots of the journal: whole, encrypted with its key, checked after writing, and thinned out by age."""

import os
import re
import secrets
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from sync.ballast import ACT
from sync.clock import office_day
from sync.durable import TEMPORARY, disk_errors, make_folder, settle_folder
from sync.errors import DiskFailed, DiskFull, JournalDamaged, SnapshotUnusable, SyncError
from sync.journal import entries
from sync.journal.connection import damage_in
from sync.journal.entries import Head
from sync.journal.journal import Journal

SNAPSHOTS = "snapshots"
"""The folder beside a journal in which they lie."""

_NAME = re.compile(r"journal-(\d{8}T\d{6})\.db")
_WRITTEN = "%Y%m%dT%H%M%S"
_LEAST = 8  # stay however old they are said to be


@dataclass(frozen=True, slots=True)
class Keep:
    """How long snapshots are kept: one an hour for so many hours, then one a day for so many days."""

    hours: int = 24
    days: int = 7


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A finished one."""

    path: Path
    taken_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The snapshots of one counter in a folder of their own, under the journal's key (32 bytes)."""

    folder: Path
    key: bytes
    keep: Keep = Keep()
    spare: int = ACT  # bytes that a copy leaves free, so that no act pays for it with the ballast

    def every(self) -> tuple[Snapshot, ...]:
        """Return the finished ones, newest first."""
        with disk_errors():
            found = [_read(path) for path in self.folder.glob("journal-*.db")] if self.folder.exists() else []
        return tuple(sorted((each for each in found if each), key=lambda each: each.taken_at, reverse=True))

    def due(self, now: datetime) -> bool:
        """Whether none was taken within the last hour; what says a time that has not come yet does not count."""
        return not any(timedelta() <= now - each.taken_at < timedelta(hours=1) for each in self.every())

    def take(self, journal: Journal, now: datetime) -> Snapshot:
        """Copy the journal, and remove the copies that are too many; see `copy`."""
        taken = self.copy(journal, now)
        self.thin_out(now)
        return taken

    def copy(self, journal: Journal, now: datetime) -> Snapshot:
        """Copy the journal as it is at one moment; acts go on meanwhile. Raises `DiskFull`, `JournalDamaged`.

        It counts once it was read again and ends where the journal does; a stop before leaves nothing that counts.
        """
        with disk_errors():
            make_folder(self.folder)
        self._clear()
        self._require_room(journal)
        begun = self.folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        path = self.folder / f"journal-{now.astimezone(UTC):{_WRITTEN}}.db"
        try:
            with closing(_connect(begun, self.key)) as copy:
                journal.copy_into(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            self._check_against(journal, check(begun, self.key))
            with disk_errors():
                with begun.open("rb+") as file:
                    os.fsync(file.fileno())
                begun.replace(path)
                settle_folder(self.folder)
        except (sqlcipher.Error, SnapshotUnusable) as error:
            raise self._why(journal, error) from error
        finally:
            self._clear()
        return Snapshot(path, now)

    def thin_out(self, now: datetime) -> None:
        """Remove those that are too many for their age; the newest stay whatever a clock says that ran ahead."""
        every = self.every()
        kept = set(kept_of((each.taken_at for each in every), self.keep, now))
        for snapshot in every[_LEAST:]:
            if snapshot.taken_at not in kept:
                with disk_errors():
                    snapshot.path.unlink(missing_ok=True)

    def forget_older(self, than: Snapshot) -> int:
        """Remove every snapshot but this one and later ones: they hold what was deleted since; return how many."""
        older = [each for each in self.every() if each.taken_at < than.taken_at.replace(microsecond=0)]
        for snapshot in older:
            with disk_errors():
                snapshot.path.unlink(missing_ok=True)
        return len(older)

    def _clear(self) -> None:
        """Remove what was never finished."""
        with disk_errors():
            for path in self.folder.glob(f"{TEMPORARY}*"):
                path.unlink(missing_ok=True)

    def _require_room(self, journal: Journal) -> None:
        with disk_errors():
            free = shutil.disk_usage(self.folder).free
        if free < journal.size() + self.spare:
            raise DiskFull

    def _why(self, journal: Journal, error: sqlcipher.Error | SnapshotUnusable) -> SyncError:
        """Say why a copy failed; the driver's copying gives no code. Raises `JournalDamaged` when it is the journal."""
        journal.check_file()
        self._require_room(journal)
        if isinstance(error, SnapshotUnusable):
            return error
        return damage_in(error) or DiskFailed(code=0)

    def _check_against(self, journal: Journal, head: Head) -> None:
        with journal.reading() as tx:
            same = entries.hash_at(tx, head.chain, head.seq) == head.hash
        if not same:
            raise JournalDamaged(reason="bản chụp khác nhật ký")


def kept_of(taken: Iterable[datetime], keep: Keep, now: datetime) -> tuple[datetime, ...]:
    """Return which times stay: the newest of each hour, later of each office day, and always the newest of all."""
    kept: dict[object, datetime] = {}
    for at in sorted(taken, reverse=True):
        age = now - at
        if age < timedelta(hours=keep.hours):
            kept.setdefault(at.replace(minute=0, second=0, microsecond=0), at)
        elif age < timedelta(days=keep.days):
            kept.setdefault(office_day(at), at)
        kept.setdefault("newest", at)
    return tuple(dict.fromkeys(kept.values()))


def check(path: Path, key: bytes) -> Head:
    """Read a whole snapshot and return where its chain ends; raises `SnapshotUnusable`."""
    try:
        with closing(_connect(path, key)) as copy:
            torn = copy.execute("PRAGMA cipher_integrity_check").fetchone()
            found = copy.execute("PRAGMA quick_check(1)").fetchone()
            (chain,) = copy.execute("SELECT chain FROM chains ORDER BY n DESC LIMIT 1").fetchone()
            last = "SELECT seq, hash FROM entries WHERE chain = ? ORDER BY seq DESC LIMIT 1"
            seq, digest = copy.execute(last, (chain,)).fetchone()
    except (sqlcipher.Error, TypeError) as error:
        raise SnapshotUnusable(path=path.name) from error
    if torn is not None or found != ("ok",):
        raise SnapshotUnusable(path=path.name)
    return Head(chain, seq, digest, None)


def _connect(path: Path, key: bytes) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def _read(path: Path) -> Snapshot | None:
    named = _NAME.fullmatch(path.name)
    if named is None:
        return None
    return Snapshot(path, datetime.strptime(named[1], _WRITTEN).replace(tzinfo=UTC))
