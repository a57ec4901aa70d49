"""The archive's file: a view of the journal that can be thrown away and rebuilt.

A file that is damaged, of another version or sealed with another key is moved aside, never deleted,
and an empty one takes its place; the projection fills it again from the journal.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from clerk_app.errors import OfficeError
from clerk_app.progress import Cancelled, Progress
from clerk_app.store import parts, schema

FILE = "archive.db"
_MERGED_AT_ONCE = 500  # pages of the index
_PATIENCE = 1.0  # seconds of an opening
_KEPT_READ = 32 * 1024  # KiB of pages that a reader keeps: whoever types asks for the same ones key by key
_STEPS = 2000  # of the library's machine between two looks at the watcher or the clock
_DAMAGED = {sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB}
_OUT_OF_REACH = {
    sqlcipher.SQLITE_BUSY,
    sqlcipher.SQLITE_FULL,
    sqlcipher.SQLITE_IOERR,
    sqlcipher.SQLITE_CANTOPEN,
}


class ArchiveDamaged(OfficeError):
    message = "Sổ tra cứu trên máy này bị hỏng. Hồ sơ không mất: sổ được dựng lại từ nhật ký."
    remedy = "Đóng chương trình rồi mở lại; chờ sổ dựng lại xong."


class ArchiveOutOfReach(OfficeError):
    message = "Chưa ghi hoặc chưa đọc được sổ tra cứu trên máy này. Hồ sơ không mất: nhật ký vẫn giữ đủ."
    remedy = "Giải phóng ổ đĩa rồi làm tiếp; sổ tự theo kịp nhật ký."


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive: one writer, and readers with connections of their own that cannot write."""

    path: Path
    writer: Engine
    reader: Engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Keep everything done inside, or nothing of it; raises `ArchiveDamaged` or `ArchiveOutOfReach`."""
        with self.writer.begin() as tx:
            yield tx

    @contextmanager
    def reading(self, progress: Progress | None = None) -> Iterator[Connection]:
        """Look at one state of the archive; raises `ArchiveDamaged` or `ArchiveOutOfReach`.

        Once the watcher of `progress` has had enough, a question breaks off in the middle: `Cancelled`.
        """
        with self.reader.begin() as tx, _interruptible(tx, progress):
            yield tx

    def check(self) -> bool:
        """Tell whether the whole file is sound. Reads all of it, each page with its seal.

        Not by `cipher_integrity_check`: that reads past the library's locks, and takes a page for damaged which
        is being written at that moment.
        """
        self.reader.dispose()  # what was read before stays in no connection's memory
        try:
            with self.reading() as tx:
                found = tx.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        except ArchiveDamaged:
            return False
        return bool(found == "ok")

    def wipe(self, *, anew: bool) -> bool:
        """Leave nothing of what was deleted in the index, the titles, the file's log, or files that were moved aside.

        In steps, so that acts come between; `anew` writes the whole file again, see `Journal.wipe`. Returns
        False while a reader keeps the log. Raises `ArchiveDamaged` or `ArchiveOutOfReach`.
        """
        for aside in self.path.parent.glob(f"{self.path.name}*.damaged-*"):
            aside.unlink(missing_ok=True)
        with self.writing() as tx:
            tx.exec_driver_sql(schema.FORGET_TITLES)
            numbers = parts.numbers(tx)
        for number in numbers:
            with self.writing() as tx:
                parts.merge(tx, number, -_MERGED_AT_ONCE)
            while self._merged(number):
                pass
        with self.writer.connect() as tx:  # neither of the two may stand in a transaction
            driver: Any = tx.connection.driver_connection
            tx.exec_driver_sql("ROLLBACK")
            if anew:
                driver.execute("VACUUM")
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _merged(self, part: int) -> bool:
        """Let a part of the index throw away some of what it only marks as deleted; False when nothing is left."""
        with self.writing() as tx:
            return parts.merge(tx, part, _MERGED_AT_ONCE)

    def size(self) -> int:
        """Return how many bytes the file has."""
        return self.path.stat().st_size

    def close(self) -> None:
        """Let go of the file."""
        self.reader.dispose()
        self.writer.dispose()


def library_versions() -> str:
    """Return the versions of the database library, e.g. "SQLite 3.53.4, SQLCipher 4.19.0 community"."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    return f"SQLite {sqlcipher.sqlite_version}, SQLCipher {cipher}"


@contextmanager
def _interruptible(tx: Connection, progress: Progress | None) -> Iterator[None]:
    """Let the library look every few hundred rows whether the answer is still wanted."""
    if progress is None:
        yield
        return
    progress.step(0, 1)
    connection: Any = tx.connection.driver_connection
    connection.set_progress_handler(lambda: progress.stopped, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, _STEPS)


@contextmanager
def open_archive(folder: Path, key: bytes) -> Iterator[Archive]:
    """Open the archive in `folder` under its 32-byte key; an unusable file is moved aside first."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    if path.exists() and not _usable(path, key):
        _move_aside(path)
    if not path.exists():
        _make(path, key)
    archive = _opened(path, key)
    try:
        yield archive
    finally:
        archive.close()


def _opened(path: Path, key: bytes) -> Archive:
    # One writing connection, and BEGIN IMMEDIATE for it: writers wait for each other, never overtake.
    writer = _engine(path, lambda: _connect(path, key), poolclass=QueuePool, pool_size=1, max_overflow=0)
    reader = _engine(path, lambda: _connect(path, key, read_only=True), poolclass=QueuePool, pool_size=2)
    event.listen(writer, "begin", lambda tx: tx.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(reader, "begin", lambda tx: tx.exec_driver_sql("BEGIN"))
    return Archive(path, writer, reader)


def _engine(path: Path, connect: Callable[[], Any], **pool: Any) -> Engine:
    engine = create_engine("sqlite://", module=sqlcipher, creator=connect, hide_parameters=True, **pool)
    event.listen(engine, "handle_error", partial(_in_our_words, path))
    return engine


def _in_our_words(path: Path, context: ExceptionContext) -> OfficeError | Cancelled | None:
    """Say what the file cannot do; here at its door, so that nobody further out takes it for another file's."""
    code = int(getattr(context.original_exception, "sqlite_errorcode", 0)) & 0xFF
    if code == sqlcipher.SQLITE_INTERRUPT:
        return Cancelled()
    if code in _OUT_OF_REACH:
        return ArchiveOutOfReach()
    if code not in _DAMAGED:
        return None
    _mark(path).touch()
    return ArchiveDamaged()


def _connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA synchronous = NORMAL")
        if read_only:
            connection.execute(f"PRAGMA cache_size = -{_KEPT_READ}")
        connection.execute("PRAGMA secure_delete = ON")  # names that are deleted are overwritten
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def _make(path: Path, key: bytes) -> None:
    """Make an empty archive: whole, or not at all."""
    engine = _engine(path, lambda: _connect(path, key), poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        schema.create(connection)
        connection.commit()


def _usable(path: Path, key: bytes) -> bool:
    if _mark(path).exists():
        return False
    try:
        with closing(_connect(path, key)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute("SELECT count(*) FROM marks").fetchone()
            sound = _quick_check(connection)
    except sqlcipher.DatabaseError as failed:
        if failed.sqlite_errorcode & 0xFF in {*_DAMAGED, sqlcipher.SQLITE_ERROR}:  # ERROR: no such table
            return False
        raise
    return bool(version == schema.VERSION) and sound


def _quick_check(connection: Any) -> bool:
    """Read as much of the file as an opening has time for; what it does not reach is found when it is read."""
    end = monotonic() + _PATIENCE
    connection.set_progress_handler(lambda: monotonic() > end, _STEPS)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlcipher.OperationalError as stopped:
        if stopped.sqlite_errorcode & 0xFF != sqlcipher.SQLITE_INTERRUPT:
            raise
        return True
    finally:
        connection.set_progress_handler(None, 0)


def _move_aside(path: Path) -> None:
    suffix = f".damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    for part in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if part.exists():
            part.rename(part.with_name(part.name + suffix))
    _mark(path).unlink(missing_ok=True)


def _mark(path: Path) -> Path:
    """Left beside a file that was found damaged while open."""
    return path.with_name(f"{path.name}.is-damaged")
