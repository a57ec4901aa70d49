"""Opening the truth: one file, owned by one process, made whole or not at all."""

import hmac
from pathlib import Path

from sqlalchemy import exc

from sync.clock import SystemClock, TimeSource
from sync.durable import disk_errors, settle_folder, write_durably
from sync.entry import NO_HASH, Signer
from sync.errors import JournalDamaged, JournalNewer, JournalOfAnother, WrongKey
from sync.journal import connection, entries, feed, incarnation, meta, schema
from sync.journal.act import Act
from sync.journal.check import quick_check
from sync.journal.journal import Holder, Journal, JournalFile
from sync.journal.lock import FolderLock
from sync.journal.reason import Reason
from sync.journal.reconcile import reconcile, retire
from sync.journal.safety import UNGUARDED, Safety
from sync.journal.upgrade import upgrade
from sync.rules import CHAIN_OPENED

__all__ = ["Act", "Journal", "open_journal"]

NAME = "journal.db"
_KEY_CHECK = "journal.check"  # written once a journal is made; tells another key, or a lost file, from damage
LOCK = "journal.lock"


def open_journal(
    folder: Path,
    key: bytes,
    unit: str,
    device: Signer,
    source: TimeSource | None = None,
    safety: Safety = UNGUARDED,
) -> Journal:
    """Open the journal in this folder under its data key (32 bytes), or make it.

    `unit` is the unit's id (a uuid); `device` signs the first entry of a chain. One that is not as its mark
    says goes on in a new chain; `news` then says why. Raises `JournalHeld`, `WrongKey`, `JournalDamaged`,
    `JournalOfAnother`, `JournalNewer`, `SqliteTooOld`, `DiskFailed`.
    """
    connection.check_library()
    holder = Holder(device, source or SystemClock(), safety)
    lock = FolderLock(folder / LOCK)
    file = journal_file(folder / NAME, key, lock)
    try:
        was_made = _was_made(folder)
        key_fits = was_made and _key_fits(folder, key)
        version = _version(file, was_made, key_fits)
        if version == 0:
            _make(file, unit, holder)
        elif version < schema.SCHEMA_VERSION:
            upgrade(file, folder, key, holder, version)
        _index(file)
        if not key_fits:
            note_made(folder, key)
        if was_made:
            quick_check(file.reader)
        return _taken_up(file, unit, holder)
    except BaseException:
        file.close()
        raise


def journal_file(path: Path, key: bytes, lock: FolderLock) -> JournalFile:
    """Return a file that is not looked at yet."""
    return JournalFile(lock, connection.writer(path, key), connection.reader(path, key))


def note_made(folder: Path, key: bytes) -> None:
    """Note that a journal was made here, and under which key."""
    settle_folder(folder)
    write_durably(folder / _KEY_CHECK, _key_check(key))


def _taken_up(file: JournalFile, unit: str, holder: Holder) -> Journal:
    """Compare with the mark, act upon doubts, and return the journal on the chain that it goes on in."""
    _check_unit(file, unit)
    keeper, cause = holder.safety.mark, None
    with connection.translated(file.writer), file.writer.begin() as tx:
        feed.read_again_what_was_too_new(tx)
    if keeper is not None:
        with connection.translated(file.writer), file.writer.begin() as tx:
            put_back = meta.get(tx, meta.INSTALLATION) if meta.get(tx, meta.RESTORED) else None
            cause = reconcile(tx, keeper, holder.device, holder.source)
        if put_back:  # a copy that nobody declared may have been opened beside its original, which goes on
            retire(keeper, put_back)
    with connection.translated(file.reader), file.reader.connect() as tx:
        chain, installation = entries.current_chain(tx) or "", meta.get(tx, meta.INSTALLATION) or ""
    journal = Journal(file, chain, unit, holder, installation)
    if cause is not None:
        journal.news = (incarnation.news(cause),)
    journal.mark_now()
    journal.settle_doubt()
    return journal


def _was_made(folder: Path) -> bool:
    """Whether a journal was made here; raises `JournalDamaged` when it is gone."""
    if not (folder / _KEY_CHECK).exists():
        return False
    if not (folder / NAME).exists():
        raise JournalDamaged(reason="mất tệp " + NAME)
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


def _make(file: JournalFile, unit: str, holder: Holder) -> None:
    """Make tables, meta and the first entry of the first chain in one transaction."""
    with connection.translated(file.writer):
        connection.set_wal(file.writer)
        with file.writer.begin() as tx:
            schema.create(tx)
            meta.put(tx, meta.UNIT, unit)
            act = Act(tx, holder.device, entries.new_chain(tx, NO_HASH), holder.source)
            act.add(unit, CHAIN_OPENED.kind, {"reason": Reason.ENROLLED.value})


def _index(file: JournalFile) -> None:
    """Make the indexes that came later than the file; once, some seconds where a million entries are."""
    with connection.translated(file.reader), file.reader.connect() as tx:
        missing = schema.missing_indexes(tx)
    if missing:
        with connection.translated(file.writer), file.writer.begin() as tx:
            for index in missing:
                index.create(tx, checkfirst=True)


def _check_unit(file: JournalFile, unit: str) -> None:
    with connection.translated(file.reader), file.reader.connect() as tx:
        chain, known_unit = entries.current_chain(tx), meta.get(tx, meta.UNIT)
    if chain is None or known_unit is None:
        raise JournalDamaged(reason="thiếu chuỗi bút toán")
    if known_unit != unit:
        raise JournalOfAnother(unit=known_unit)


def _key_check(key: bytes) -> bytes:
    return hmac.digest(key, b"journal-key-check-v1", "sha256")[:16].hex().encode("ascii")
