"""A journal of an older version becomes one of today's: a snapshot of it first, then one transaction."""

from pathlib import Path

from sync.journal import connection, schema
from sync.journal.journal import Holder, Journal, JournalFile
from sync.journal.snapshots import SNAPSHOTS, Snapshots


def upgrade(file: JournalFile, folder: Path, key: bytes, holder: Holder, version: int) -> None:
    """Bring the tables up to date; a stop in between leaves them as they were, and the next opening begins again.

    Raises `DiskFull`, `DiskFailed`, `JournalDamaged`; then nothing has changed.
    """
    Snapshots(folder / SNAPSHOTS, key).copy(Journal(file, "", "", holder), holder.source.wall())
    with connection.translated(file.writer), file.writer.begin() as tx:
        schema.bring_up_to_date(tx, version)
