"""Opening the truth: one file, owned by one process, made whole or not at all."""

import hmac
from pathlib import Path

from sqlalchemy import exc, insert

from sync.clock import SystemClock, TimeSource
from sync.durable import disk_errors, settle_folder, write_durably
from sync.entry import NO_HASH, Signer, new_id
from sync.errors import JournalDamaged, JournalNewer, JournalOfAnother, WrongKey
from sync.journal import connection, entries, meta, schema
from sync.journal.act import Act
from sync.journal.journal import Journal, JournalFile
from sync.journal.lock import FolderLock
from sync.rules import CHAIN_OPENED

__all__ = ["Act", "Journal", "open_journal"]

_NAME = "journal.db"
_KEY_CHECK = "journal.check"  # written once a journal is made; tells another key, or a lost file, from damage
_LOCK = "journal.lock"


def open_journal(
    folder: Path, key: bytes, unit: str, device: Signer, source: TimeSource | None = None
) -> Journal:
    """Open the journal in this folder under its data key (32 bytes), or make it.

    `unit` is the unit's id (a uuid); `device` signs the first entry of a chain. Raises `JournalHeld`,
    `WrongKey`, `JournalDamaged`, `JournalOfAnother`, `JournalNewer`, `SqliteTooOld`, `DiskFailed`.
    """
    connection.check_library()
    source = source or SystemClock()
    lock = FolderLock(folder / _LOCK)
    path = folder / _NAME
    file = JournalFile(lock, connection.writer(path, key), connection.reader(path, key))
    try:
        was_made = _was_made(folder)
        key_fits = was_made and _key_fits(folder, key)
        if _version(file, was_made, key_fits) == 0:
            _make(file, unit, device, source)
        if not key_fits:
            settle_folder(folder)
            write_durably(folder / _KEY_CHECK, _key_check(key))
        return Journal(file, _chain(file, unit), unit, source)
    except BaseException:
        file.close()
        raise


def _was_made(folder: Path) -> bool:
    """Whether a journal was made here; raises `JournalDamaged` when it is gone."""
    if not (folder / _KEY_CHECK).exists():
        return False
    if not (folder / _NAME).exists():
        raise JournalDamaged(reason="mất tệp " + _NAME)
    return True


def _key_fits(folder: Path, key: bytes) -> bool:
    """Whether the journal was made under this key, by its check; a damaged check is no proof against the key."""
    with disk_errors():
        return hmac.compare_digest((folder / _KEY_CHECK).read_bytes(), _key_check(key))


def _version(file: JournalFile, was_made: bool, key_fits: bool) -> int:
    """Return the version of the tables, 0 for none; raises `WrongKey`, `JournalDamaged` or `JournalNewer`."""
    with connection.translated(file.writer):
        try:
            with file.writer.connect() as tx:
                version = int(tx.exec_driver_sql("PRAGMA user_version").scalar_one())
        except exc.DBAPIError as error:
            if connection.is_unreadable(error) and not key_fits:
                raise WrongKey from error
            raise
    if version > schema.SCHEMA_VERSION:
        raise JournalNewer(found=version, known=schema.SCHEMA_VERSION)
    if version == 0 and was_made:
        raise JournalDamaged(reason="tệp rỗng")
    return version


def _make(file: JournalFile, unit: str, device: Signer, source: TimeSource) -> None:
    """Make tables, meta and the first entry of the first chain in one transaction."""
    chain = new_id()
    with connection.translated(file.writer):
        connection.set_wal(file.writer)
        with file.writer.begin() as tx:
            schema.create(tx)
            meta.put(tx, meta.UNIT, unit)
            tx.execute(insert(schema.chains).values(chain=chain, prev_hash=NO_HASH))
            Act(tx, device, chain, source).add(unit, CHAIN_OPENED.kind, {"reason": "enrolled"})


def _chain(file: JournalFile, unit: str) -> str:
    with connection.translated(file.reader), file.reader.connect() as tx:
        chain, known_unit = entries.current_chain(tx), meta.get(tx, meta.UNIT)
    if chain is None or known_unit is None:
        raise JournalDamaged(reason="thiếu chuỗi bút toán")
    if known_unit != unit:
        raise JournalOfAnother(unit=known_unit)
    return chain


def _key_check(key: bytes) -> bytes:
    return hmac.digest(key, b"journal-key-check-v1", "sha256")[:16].hex().encode("ascii")
