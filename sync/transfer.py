"""Upload the files that entries refer to: central is asked what it misses, then up to three go at once."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from sync.client import Central
from sync.errors import CentralFailed, ContractBroken, DiskFailed, FileError, SyncError
from sync.files import FileStore
from sync.journal import Journal, references
from sync.watch import Watch

AT_ONCE = 3  # connections that fill a thin line


@dataclass(frozen=True, slots=True)
class Transferred:
    """How many files central has now and had not before, and what is wrong with the others."""

    sent: int
    problems: tuple[SyncError, ...] = ()


def transfer(journal: Journal, files: FileStore, central: Central, watch: Watch) -> Transferred:
    """Upload what central misses, small files first. One damaged file does not hold the others back.

    Safe to stop at any point: what arrived is found by asking, what was cut goes on where it stopped.
    """
    with journal.reading() as tx:
        waiting = references.not_uploaded(tx)
    if not waiting:
        return Transferred(0)
    missing = frozenset(central.have(waiting))
    with journal.writing() as tx:
        for sha256 in waiting:
            if sha256 not in missing:
                references.uploaded(tx, sha256)
    wanted = [sha256 for sha256 in waiting if sha256 in missing]
    sent = 0
    problems: list[SyncError] = []
    with _uploads(files, central, wanted) as uploads:
        for done, upload in enumerate(as_completed(uploads)):
            watch.step(done, len(wanted), "Đang gửi tệp")
            try:
                sha256 = upload.result()
            except (FileError, DiskFailed, CentralFailed, ContractBroken) as problem:
                problems.append(problem)
                continue
            with journal.writing() as tx:
                references.uploaded(tx, sha256)
            sent += 1
    return Transferred(sent, tuple(problems))


@contextmanager
def _uploads(files: FileStore, central: Central, wanted: Sequence[str]) -> Iterator[list[Future[str]]]:
    """Send in threads with a connection each; whoever leaves early lets the running ones end and drops the rest."""
    connections: SimpleQueue[Central] = SimpleQueue()
    lent = [central.another() for _ in range(min(AT_ONCE, len(wanted)))]
    for connection in lent:
        connections.put(connection)

    def send(sha256: str) -> str:
        connection = connections.get()
        try:
            connection.put_file(sha256, files.get(sha256))
        finally:
            connections.put(connection)
        return sha256

    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="transfer")
    try:
        yield [pool.submit(send, sha256) for sha256 in wanted]
    finally:
        pool.shutdown(cancel_futures=True)
        for connection in lent:
            connection.close()
