"""A backup of central's database, and how far it reaches; files are copied by whoever copies folders."""

import os
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import make_url

from sync.central import feed
from sync.central.database import Database


class BackupFailed(Exception):
    """The backup was not made; `reason` is what the database's own tool said."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def back_up(database: Database, url: str, copy: Path) -> int:
    """Write everything to a new file, while central runs; returns how many entries it holds.

    SQLite: a database file that takes the other's place. PostgreSQL: an archive for `pg_restore`, made by `pg_dump`.
    Only once it is whole are counters told how far it reaches. Raises `BackupFailed`, or `FileExistsError`.
    """
    if copy.exists():
        raise FileExistsError(copy)
    with database.reading() as tx:
        reached = feed.reached(tx)
    made = copy.with_name(f"{copy.name}.new")
    made.unlink(missing_ok=True)
    try:
        if make_url(url).get_backend_name() == "postgresql":
            _dump(url, made)
        else:
            _copy(database, made)
        made.replace(copy)
    finally:
        made.unlink(missing_ok=True)
    with database.writing() as tx:
        feed.note_backup(tx, reached)
    return sum(reached.values())


def _copy(database: Database, made: Path) -> None:
    plain = database.engine.raw_connection()  # VACUUM wants no transaction around it
    try:
        plain.cursor().execute("VACUUM INTO ?", (str(made),))
    except sqlite3.Error as failed:
        raise BackupFailed(str(failed)) from failed
    finally:
        plain.close()


def _dump(url: str, made: Path) -> None:
    """Let `pg_dump` of the same version do it; the password goes by the environment, never by the command line."""
    target = make_url(url).set(drivername="postgresql")
    told = {} if target.password is None else {"PGPASSWORD": str(target.password)}
    address = target.set(password=None).render_as_string(hide_password=False)
    command = ["pg_dump", "--format=custom", f"--file={made}", address]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **told})
    except FileNotFoundError as missing:
        raise BackupFailed("pg_dump") from missing
    except subprocess.CalledProcessError as failed:
        raise BackupFailed(
            failed.stderr.strip().splitlines()[-1] if failed.stderr.strip() else "pg_dump"
        ) from failed
