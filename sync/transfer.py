"""Upload the files that entries refer to: central is asked what it misses, then up to three go at once."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from sync.client import Central
from sync.errors import (
    CentralBusy,
    CentralFailed,
    ContractBroken,
    DiskFailed,
    FileError,
    FileNotTaken,
    SyncError,
)
from sync.files import FileStore
from sync.journal import Journal, references
from sync.watch import Watch

AT_ONCE = 3  # connections that fill a thin line
_ENOUGH = 8  # files in a row at which central fails: it is not them, and nothing more is sent in this round

Owners = Mapping[str, frozenset[str]]  # of each file


@dataclass(frozen=True, slots=True)
class Transferred:
    """How many files central has now and had not before, and what is wrong with the others."""

    sent: int
    problems: tuple[SyncError, ...] = ()


def transfer(journal: Journal, files: FileStore, central: Central, watch: Watch) -> Transferred:
    """Upload what central misses, small files first. One damaged file does not hold the others back.

    A file at which central fails holds back only those of its own subjects: they stay, and the rest goes on.
    Safe to stop at any point: what arrived is found by asking, what was cut goes on where it stopped.
    """
    with journal.reading() as tx:
        owners = references.owners_of_waiting(tx)
    if not owners:
        return Transferred(0)
    missing = frozenset(central.have(tuple(owners)))
    with journal.writing() as tx:
        for sha256 in owners:
            if sha256 not in missing:
                references.uploaded(tx, sha256)
    wanted = {sha256: those for sha256, those in owners.items() if sha256 in missing}
    sending = _Sending(files, wanted)
    sent = 0
    problems: list[SyncError] = []
    with _uploads(sending, central) as uploads:
        for done, upload in enumerate(as_completed(uploads)):
            watch.step(done, len(wanted), "Đang gửi tệp")
            try:
                arrived = upload.result()
            except (FileError, DiskFailed, CentralFailed, ContractBroken, FileNotTaken) as problem:
                problems.append(problem)
                continue
            if arrived is not None:
                with journal.writing() as tx:
                    references.uploaded(tx, arrived)
                sent += 1
    return Transferred(sent, tuple(problems))


class _Sending:
    """One round's files, and the subjects that wait because central failed at one of theirs. Used by all threads."""

    def __init__(self, files: FileStore, owners: Owners) -> None:
        self.owners = owners
        self._files = files
        self._stuck: set[str] = set()
        self._failures = 0  # in a row

    def send(self, sha256: str, connection: Central) -> str | None:
        """Send one file and return its id; None for one that is held back. Raises what is wrong with it."""
        if self._failures >= _ENOUGH or not self._stuck.isdisjoint(self.owners[sha256]):
            return None
        data = self._files.get(sha256)
        try:
            connection.put_file(sha256, data)
        except CentralBusy as problem:
            if problem.speaks_of_itself:
                raise
            self._stuck.update(self.owners[sha256])
            self._failures += 1
            raise FileNotTaken(file=sha256, status=problem.facts["status"]) from problem
        self._failures = 0
        return sha256


@contextmanager
def _uploads(sending: _Sending, central: Central) -> Iterator[Sequence[Future[str | None]]]:
    """Send in threads with a connection each; whoever leaves early lets the running ones end and drops the rest."""
    connections: SimpleQueue[Central] = SimpleQueue()
    lent = [central.another() for _ in range(min(AT_ONCE, len(sending.owners)))]
    for connection in lent:
        connections.put(connection)

    def send(sha256: str) -> str | None:
        connection = connections.get()
        try:
            return sending.send(sha256, connection)
        finally:
            connections.put(connection)

    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="transfer")
    try:
        yield [pool.submit(send, sha256) for sha256 in sending.owners]
    finally:
        pool.shutdown(cancel_futures=True)
        for connection in lent:
            connection.close()
