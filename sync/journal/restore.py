"""A snapshot in the place of the journal. It is told so itself: at its next opening a new chain begins, whatever the marks say."""

import secrets
import shutil
from pathlib import Path

from sqlalchemy import Connection, insert

from sync.durable import TEMPORARY, disk_errors
from sync.errors import JournalNewer, JournalSound, SnapshotUnusable
from sync.journal import aside, connection, gone, meta, schema, snapshots
from sync.journal.check import is_sound
from sync.journal.lock import FolderLock
from sync.journal.open import LOCK, note_made
from sync.journal.rebuild import Place
from sync.journal.wreck import Wreck


def restore(place: Place, snapshot: Path, *, even_if_sound: bool = False) -> Path | None:
    """Put a snapshot in the place; return where the journal that was there lies now, None when there was none.

    Raises `JournalSound` for a journal that can be read whole, unless told to; `SnapshotUnusable`, `JournalNewer`; `JournalHeld`.
    """
    lock = FolderLock(place.folder / LOCK)
    made = place.folder / f"{TEMPORARY}{secrets.token_hex(8)}.db"
    try:
        if not snapshot.is_file():
            raise SnapshotUnusable(path=snapshot.name)
        snapshots.check(snapshot, place.key)
        if not even_if_sound and is_sound(place.file, place.key):
            raise JournalSound
        with disk_errors():
            shutil.copyfile(snapshot, made)
        _prepare(made, place)
        moved = aside.move_aside(place.file, aside.BEFORE_RESTORE)
        aside.put_in_place(made, place.file)
        note_made(place.folder, place.key)
    finally:
        made.unlink(missing_ok=True)
        lock.release()
    return moved


def _prepare(made: Path, place: Place) -> None:
    """Make of a copy a journal of today that knows what it is; let go of it however that ends, so that it can be removed."""
    engine = connection.writer(made, place.key)
    try:
        with connection.translated(engine):
            connection.set_wal(engine)
            with engine.begin() as tx:
                _require_known(tx)
                meta.put(tx, meta.RESTORED, "1")
                schema.bring_up_to_date(tx, int(tx.exec_driver_sql("PRAGMA user_version").scalar_one()))
                _redact_first(tx, place)
    finally:
        engine.dispose()


def _redact_first(tx: Connection, place: Place) -> None:
    """Let go of what was redacted since the snapshot, as far as the files that lie here know; central tells the rest."""
    known = (schema.gone, schema.gone_files)
    for path in (place.file, *aside.set_aside(place.file)):
        with Wreck(path, place.key) as source:
            for table in known if path.exists() and source.is_readable() else ():
                for row in source.rows(table.name) if source.has(table.name) else ():
                    if row.get("state") != gone.RETIRED:
                        told = {column.name: row[column.name] for column in table.c}
                        tx.execute(insert(table).prefix_with("OR IGNORE").values(told))
    gone.drop_all(tx)


def _require_known(tx: Connection) -> None:
    version = int(tx.exec_driver_sql("PRAGMA user_version").scalar_one())
    if version > schema.SCHEMA_VERSION:
        raise JournalNewer(found=version, known=schema.SCHEMA_VERSION)
