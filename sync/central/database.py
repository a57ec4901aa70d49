"""Central's database: SQLite in one file, or PostgreSQL by address; brought up to date when opened.

Rules below this door take a `Connection` and never know which of the two they speak to.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError

from sync.central.upgrade import bring_up_to_date

_TOO_MUCH_ASKED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_RANGE)
_PROGRAM_LIMIT = "54"  # the class of PostgreSQL's states for the same


@dataclass(frozen=True, slots=True)
class Database:
    """One database, read and written in whole transactions."""

    engine: Engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Do everything inside, or nothing of it; on SQLite nobody else writes meanwhile."""
        with self.engine.begin() as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look at one moment of the database."""
        with self.engine.connect().execution_options(reading=True) as tx, tx.begin():
            yield tx

    def shorten_log(self) -> None:
        """Let SQLite's log hold nothing of what was deleted; as far as no reader is in the way."""
        if self.engine.dialect.name != "sqlite":
            return
        raw = self.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open, e.g., `sqlite:///central.db` or `postgresql+psycopg://…`, and bring it up to date; raises `CentralNewer`."""
    engine = _sqlite(url) if make_url(url).get_backend_name() == "sqlite" else _postgresql(url)
    try:
        bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)


def hold(tx: Connection, name: str) -> None:
    """Let no other transaction hold this name until we end: a unit (its feed is in commit order), a series."""
    if tx.dialect.name != "postgresql":
        return  # SQLite has one writer at a time: BEGIN IMMEDIATE
    key = int.from_bytes(hashlib.sha256(name.encode("utf-8")).digest()[:8], "big", signed=True)
    tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def may_pass(error: OperationalError) -> bool:
    """Whether the database may do in a while what it could not do now; else what was asked of it is more than it can."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF not in _TOO_MUCH_ASKED
    return not str(getattr(error.orig, "sqlstate", None)).startswith(_PROGRAM_LIMIT)


def _postgresql(url: str) -> Engine:
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": 30, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transaction behind our back
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "wal":  # set once, when the file is made
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is redacted is overwritten, in free pages too


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
