"""The door to SQLCipher: how a connection is keyed and set, and what its errors mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, exc

from sync.errors import (
    DiskFailed,
    DiskFull,
    JournalBusy,
    JournalDamaged,
    SqliteTooOld,
    SyncError,
)

NoSuchTable = exc.OperationalError
"""What a question to an empty file raises."""

Tx = Connection
"""A transaction of the journal, as rooms that know no SQL name it."""

_OLDEST = (3, 51, 3)  # older ones can lose a committed WAL frame when a checkpoint meets a writer
_READERS = 4
_WAIT = 30  # seconds for the one writing connection

_READ_ONLY = 8
_NOT_A_DATABASE = 26
_READER = {"reads_only": True}
_BY_CODE: dict[int, type[SyncError]] = {
    5: JournalBusy,  # SQLITE_BUSY
    6: JournalBusy,  # SQLITE_LOCKED
    _READ_ONLY: DiskFailed,  # the file or its disk; for a reader it is a bug
    10: DiskFailed,  # SQLITE_IOERR
    11: JournalDamaged,  # SQLITE_CORRUPT
    13: DiskFull,  # SQLITE_FULL
    14: DiskFailed,  # SQLITE_CANTOPEN
    _NOT_A_DATABASE: JournalDamaged,
}


def check_library() -> None:
    """Refuse an SQLite that must not be trusted with a journal; raises `SqliteTooOld`."""
    if sqlcipher.sqlite_version_info < _OLDEST:
        raise SqliteTooOld(found=sqlcipher.sqlite_version, needed=".".join(map(str, _OLDEST)))


def writer(path: Path, key: bytes) -> Engine:
    """Return the engine of the one writing connection: every transaction begins IMMEDIATE."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connect(path, key),
        hide_parameters=True,  # an error names no citizen
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=_WAIT,
    )
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader(path: Path, key: bytes) -> Engine:
    """Return the engine of the readers: each transaction sees one moment, and nothing can be written."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connect(path, key, "PRAGMA query_only = ON"),
        hide_parameters=True,  # an error names no citizen
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=0,
        pool_timeout=_WAIT,
        execution_options=_READER,
    )
    event.listen(engine, "begin", _begin)
    return engine


def onlooker(path: Path, key: bytes) -> Engine:
    """Return the engine of one who leaves every byte as it is; a reader's last leaving writes the log into the file."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _keyed(sqlcipher.connect(uri, uri=True, isolation_level=None), key),
        hide_parameters=True,
        poolclass=QueuePool,
        execution_options=_READER,
    )


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into ours, by code. Errors that only a bug can cause pass unchanged.

    After damage the connections are dropped: one failed page poisons the connection that met it.
    """
    try:
        yield
    except exc.TimeoutError as error:
        raise JournalBusy from error
    except exc.DBAPIError as error:
        code = error_code(error)
        found = _BY_CODE.get(code)
        if found is None or (code == _READ_ONLY and engine.get_execution_options() == _READER):
            raise
        if found is JournalDamaged:
            engine.dispose()
        raise found(reason=getattr(error.orig, "sqlite_errorname", "")) from error


def damage_in(error: sqlcipher.Error) -> SyncError | None:
    """Return what a bare error of the driver means, None when only a bug can cause it."""
    found = _BY_CODE.get(int(getattr(error, "sqlite_errorcode", 0)) & 0xFF)
    return None if found is None else found(reason=getattr(error, "sqlite_errorname", ""))


def set_wal(engine: Engine) -> None:
    """Set write-ahead logging; it is kept in the file, so this is done when the file is made."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def is_unreadable(error: exc.DBAPIError) -> bool:
    """Whether the first page cannot be opened: another key, or damage."""
    return error_code(error) == _NOT_A_DATABASE


def error_code(error: exc.DBAPIError) -> int:
    """Return SQLite's primary code, or 0."""
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF


def _connect(path: Path, key: bytes, *more: str) -> Any:
    connection = _keyed(sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False), key)
    for pragma in (
        "PRAGMA busy_timeout = 5000",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE would slip past the triggers
        "PRAGMA secure_delete = ON",  # what is deleted is overwritten, in free pages too
        *more,
    ):
        connection.execute(pragma)
    return connection


def _keyed(connection: Any, key: bytes) -> Any:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")  # first of all; raw, so nothing is derived
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def _begin_immediate(tx: Connection) -> None:
    tx.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(tx: Connection) -> None:
    tx.exec_driver_sql("BEGIN")
