"""The journal of one counter, open: acts, other writing, reading."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from sync.clock import ServerTime, TimeSource, rfc3339
from sync.entry import Signer
from sync.errors import JournalDamaged, TimeNotBelieved
from sync.journal import meta
from sync.journal.act import Act
from sync.journal.connection import translated
from sync.journal.lock import FolderLock

_FIRST_YEAR, _LAST_YEAR = 2020, 2200  # a server's clock outside is out of order


@dataclass(frozen=True, slots=True)
class JournalFile:
    """One file, the folder's lock, the engine of its one writer and that of its readers."""

    lock: FolderLock
    writer: Engine
    reader: Engine

    def close(self) -> None:
        """Let the folder go; harmless to repeat."""
        self.reader.dispose()
        self.writer.dispose()
        self.lock.release()


class Journal:
    """Made by `open_journal`; may be used from any thread.

    `chain` is the chain that is written to, `unit` the subject of acts on no dossier.
    """

    def __init__(self, file: JournalFile, chain: str, unit: str, source: TimeSource) -> None:
        self.chain = chain
        self.unit = unit
        self._file = file
        self._source = source
        self._writing_thread: int | None = None
        self._damage: JournalDamaged | None = None  # once seen; reading and sending what is there go on

    @contextmanager
    def act(self, author: Signer) -> Iterator[Act]:
        """Do one act in one transaction: everything in it is kept when the block ends, or nothing.

        No token, PIN, printer or network wait inside. Acts wait for each other; one thread has one at a time.
        Raises `JournalDamaged` from the moment on that damage was seen: nothing is accepted on top of it.
        """
        if self._damage is not None:
            raise JournalDamaged(**self._damage.facts)
        with self.writing() as tx:
            act = Act(tx, author, self.chain, self._source)
            yield act
            act.finish()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write without adding an entry: drafts, answers, pages of the feed."""
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("this thread is already writing; an act is one transaction")
        with self._watched(), translated(self._file.writer), self._file.writer.begin() as tx:
            self._writing_thread = threading.get_ident()
            try:
                yield tx
            finally:
                self._writing_thread = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one moment of the journal; writing here is an error."""
        with self._watched(), translated(self._file.reader), self._file.reader.connect() as tx:
            yield tx

    def note_server_time(self, server: datetime, round_trip: timedelta = timedelta()) -> None:
        """Note what a server's clock just said; `round_trip` is how long the asking took.

        Raises `TimeNotBelieved` for a time outside any year in which this program can run.
        """
        if not _FIRST_YEAR <= server.year <= _LAST_YEAR:
            raise TimeNotBelieved(time=rfc3339(server))
        held_at = ServerTime(server + round_trip / 2, self._source.boot(), self._source.monotonic())
        with self.writing() as tx:
            meta.put_server_time(tx, held_at)

    def check_file(self) -> None:
        """Read the whole file and check it; raises `JournalDamaged`. Takes a while."""
        with self.reading() as tx:
            for pragma in ("cipher_integrity_check", "integrity_check"):
                found = [row[0] for row in tx.exec_driver_sql(f"PRAGMA {pragma}")]
                if found not in ([], ["ok"]):
                    raise JournalDamaged(reason=pragma)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Remember damage that shows."""
        try:
            yield
        except JournalDamaged as damage:
            self._damage = damage
            raise

    def close(self) -> None:
        """Let the folder go; harmless to repeat."""
        self._file.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
