"""Whether a file is sound as a file: quickly at each opening, wholly when somebody asks."""

import time
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine

from sync.errors import JournalDamaged
from sync.journal import entries
from sync.journal.connection import NoSuchTable, damage_in, onlooker, translated

_PATIENCE = 1.5  # seconds of an opening
_STEPS = 2000  # of SQLite's machine between two looks at the clock


def quick_check(engine: Engine, patience: float = _PATIENCE) -> bool:
    """Read as much of the file as there is time for; return whether that was all. Raises `JournalDamaged`."""
    end = time.monotonic() + patience
    raw = engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        driver.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        try:
            found = [row[0] for row in driver.execute("PRAGMA quick_check(1)")]
        except sqlcipher.Error as error:
            if error.sqlite_errorcode & 0xFF == sqlcipher.SQLITE_INTERRUPT:
                return False
            raise damage_in(error) or error from error
        finally:
            driver.set_progress_handler(None, 0)
    finally:
        raw.close()
        engine.dispose()  # what was read stays in no connection's memory
    if found != ["ok"]:
        raise JournalDamaged(reason="quick_check")
    return True


def full_check(tx: Connection) -> None:
    """Read every page, its seal and its rows, by a connection that holds none of it in memory; raises `JournalDamaged`.

    Not by `cipher_integrity_check`: that reads past the library's locks, and takes a page for damaged which is
    being written at that moment.
    """
    found = [row[0] for row in tx.exec_driver_sql("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise JournalDamaged(reason="integrity_check")


def is_sound(path: Path, key: bytes) -> bool:
    """Whether there is a journal that can be read whole. Looks on only: no log is written into a damaged file."""
    if not path.exists():
        return False
    engine = onlooker(path, key)
    try:
        with translated(engine), engine.connect() as tx:
            full_check(tx)
            return entries.current_chain(tx) is not None
    except (JournalDamaged, NoSuchTable):
        return False
    finally:
        engine.dispose()
