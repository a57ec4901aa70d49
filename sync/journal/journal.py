"""The journal of one counter, open: acts, other writing, reading."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine

from sync.clock import ServerTime, TimeSource, rfc3339
from sync.entry import Entry, Signer
from sync.errors import DiskFailed, DiskFull, JournalDamaged, JournalError, TimeNotBelieved
from sync.journal import doubts, entries, incarnation, meta, takeback
from sync.journal.act import Act
from sync.journal.check import full_check
from sync.journal.connection import translated
from sync.journal.lock import FolderLock
from sync.journal.mark import Mark
from sync.journal.safety import Safety

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


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose journal it is: the device that opens its chains, its clocks, and what guards it."""

    device: Signer
    source: TimeSource
    safety: Safety


class Journal:
    """Made by `open_journal`; may be used from any thread.

    `chain` is the chain that is written to, `unit` the subject of acts on no dossier, `news` what the officer
    must know of its opening. `mark_is_behind`: the last mark could not be written.
    """

    def __init__(
        self, file: JournalFile, chain: str, unit: str, holder: Holder, installation: str = ""
    ) -> None:
        self.chain = chain
        self.unit = unit
        self.news: tuple[JournalError, ...] = ()
        self.mark_is_behind = False
        self._file = file
        self._holder = holder
        self._installation = installation  # whose mark is raised; "": none could be written yet
        self._marked = 0  # seq in our chain
        self._marking = threading.Lock()
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
            act = Act(tx, author, self.chain, self._holder.source)
            yield act
            act.finish()
        if act.last is not None:
            self._mark(act.last.chain, act.last.seq, act.last.hash)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write without adding an entry: drafts, answers, pages of the feed."""
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("this thread is already writing; an act is one transaction")
        with self._eased(), self._watched(), translated(self._file.writer), self._file.writer.begin() as tx:
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
        held_at = ServerTime(
            server + round_trip / 2, self._holder.source.boot(), self._holder.source.monotonic()
        )
        with self.writing() as tx:
            meta.put_server_time(tx, held_at)

    def settle_doubt(self) -> bool:
        """Begin a new chain when central knows another course of ours; return whether that was done."""
        with self.reading() as tx:
            if doubts.standing(tx) is None:
                return False
        with self.writing() as tx:
            reason = doubts.standing(tx)
            if reason is None:
                return False
            cause = incarnation.Cause(reason, entries.chain_head(tx, self.chain))
            chain = incarnation.begin(tx, self._holder.device, self._holder.source, cause)
        self._go_on_in(chain, cause)
        self.mark_now()
        return True

    def take_back(self, found: Sequence[Entry]) -> int:
        """Take in entries of older lives of this counter that are not here, to be sent; return how many.

        The caller has verified them. When one belongs where our chain goes on, that chain ends and a new one begins.
        """
        cause, chain = None, self.chain
        with self.writing() as tx:
            missing = [entry for entry in found if entries.get(tx, entry.id) is None]
            further = [entry for entry in missing if entry.chain == self.chain]
            if further:
                cause = takeback.cause_for(entries.chain_head(tx, self.chain), further)
                chain = incarnation.begin(tx, self._holder.device, self._holder.source, cause)
            taken = sum(takeback.take(tx, entry) for entry in missing)
        if cause is not None:
            self._go_on_in(chain, cause)
        self.mark_now()
        return taken

    def _go_on_in(self, chain: str, cause: incarnation.Cause) -> None:
        """Know the new chain: only once it is kept, for a transaction that fails leaves none."""
        self.chain = chain
        self.news = (*self.news, incarnation.news(cause))
        self._marked = 0

    def mark_now(self) -> None:
        """Raise the mark to where the chain is."""
        with self.reading() as tx:
            head = entries.chain_head(tx, self.chain)
        if head.seq:
            self._mark(head.chain, head.seq, head.hash)

    def _mark(self, chain: str, seq: int, hash: str) -> None:
        """Raise the mark to an entry that is kept; a mark that cannot be written takes nothing back."""
        keeper = self._holder.safety.mark
        if keeper is None:
            return
        with self._marking:
            if chain != self.chain or seq <= self._marked:
                return
            if not self._installation:
                self.mark_is_behind = True
                return
            try:
                keeper.write(Mark(self._installation, chain, seq, hash))
            except (DiskFull, DiskFailed):
                self.mark_is_behind = True
                return
            self._marked, self.mark_is_behind = seq, False

    @contextmanager
    def _eased(self) -> Iterator[None]:
        """Let the ballast go before a full disk is met, and again when it is met all the same."""
        ballast = self._holder.safety.ballast
        if ballast is None:
            yield
            return
        ballast.ease()
        try:
            yield
        except DiskFull:
            ballast.release()
            raise

    def size(self) -> int:
        """Return how many bytes a copy of the journal takes."""
        with self.reading() as tx:
            pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
            return int(pages) * int(tx.exec_driver_sql("PRAGMA page_size").scalar_one())

    def copy_into(self, connection: Any) -> None:
        """Copy the file as it is at one moment into an open one of the same key; nobody waits for it."""
        with self.reading() as tx:
            driver: Any = tx.connection.driver_connection
            driver.backup(connection)

    def wipe(self, *, anew: bool) -> bool:
        """Leave nothing in the file's log of what was deleted; return False while a reader keeps the log.

        In the file it was overwritten where it lay (`secure_delete`); a row that once moved to another page may have
        left a shadow behind. `anew` writes the file again, without any: acts wait meanwhile, some 15 MB a second, and
        it takes as much memory and room again as the file has. Raises `DiskFull`.
        """
        with self._eased(), self._watched(), translated(self._file.writer):
            raw = self._file.writer.raw_connection()  # neither of the two may stand in a transaction
            try:
                driver: Any = raw.driver_connection
                if anew:
                    driver.execute("VACUUM")
                busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.close()
        return not busy

    def check_file(self) -> None:
        """Read the whole file and check it; raises `JournalDamaged`. Takes a while."""
        self._file.reader.dispose()  # what was read before stays in no connection's memory
        with self.reading() as tx:
            full_check(tx)

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
