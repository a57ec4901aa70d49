"""Upload the files that entries refer to, beside everything else of a round: what central misses, several at once."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock

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
from sync.journal import Journal, Tx, references, traffic
from sync.watch import Watch

AT_ONCE, AT_MOST = 3, 12  # connections: on a near line, on a far one
_FAR = 0.06  # seconds that an answer takes longer, for each further connection
_SMALL_FIRST = (
    4  # every such lane, from the first on; the others begin with the large, so none goes alone at the end
)
_ENOUGH = 8  # files in a row at which central fails: it is not them, and nothing more is sent in this round
_THEIRS = (FileError, DiskFailed, CentralFailed, ContractBroken, FileNotTaken)  # concern one file alone

Owners = Mapping[str, frozenset[str]]  # of each file
Outcome = str | BaseException | None  # a file that arrived, what was wrong with one, the end of a lane


@dataclass(frozen=True, slots=True)
class Quota:
    """What may go out over a line that is paid for by the byte. Entries and questions are small and always go."""

    day: str = ""  # YYYY-MM-DD, to which what goes out is counted
    a_day: int | None = None  # bytes of files; None: no limit
    largest: int | None = None  # bytes of a file that may go now; None: any


@dataclass(frozen=True, slots=True)
class Transferred:
    """How many files central has now and had not before, and what is wrong with the others."""

    sent: int
    problems: tuple[SyncError, ...] = ()


@contextmanager
def transferring(
    journal: Journal,
    files: FileStore,
    central: Central,
    answer_takes: float = 0.0,
    quota: Quota | None = None,
) -> Iterator["Transfer"]:
    """Upload what central misses while the body runs; one damaged file does not hold the others back.

    Small files go first, large ones beside them. `answer_takes` seconds central's last answer took: on a far line one
    connection alone waits more than it sends. A file at which central fails holds back only those of its own
    subjects. Safe to stop at any point: leaving lets the running uploads end and drops the rest; what arrived is found
    by asking, what was cut goes on where it stopped. What the `quota` does not let go waits for another round.
    """
    quota = quota or Quota()
    with journal.reading() as tx:
        owners = references.owners_of_waiting(tx)
        left = None if quota.a_day is None else quota.a_day - traffic.sent_on(tx, quota.day)
    missing = frozenset(central.have(tuple(owners))) if owners else frozenset()
    if len(missing) < len(owners):
        with journal.writing() as tx:
            for sha256 in owners:
                if sha256 not in missing:
                    references.uploaded(tx, sha256)
    wanted = {sha256: owners[sha256] for sha256 in _small_first(files, filter(missing.__contains__, owners))}
    sending = _Sending(files, wanted, left, quota.largest)
    most = min(AT_MOST, AT_ONCE + int(answer_takes / _FAR))
    lent = [central.another() for _ in range(min(most, len(sending.owners)))]
    transfer = Transfer(journal, sending, lent, quota.day)
    pool = ThreadPoolExecutor(max(1, len(lent)), thread_name_prefix="transfer")
    try:
        sending.open(len(lent))
        for number, connection in enumerate(lent):
            pool.submit(sending.run, connection, from_end=number % _SMALL_FIRST != 0)
        yield transfer
    finally:
        sending.stop()
        pool.shutdown()
        for connection in lent:
            connection.close()
        transfer.note_the_rest()


def _small_first(files: FileStore, waiting: Iterable[str]) -> list[str]:
    """Order files by what lies on the disk: an entry names its files and does not say how large they are."""

    def size(sha256: str) -> int:
        try:
            return files.size(sha256)
        except (FileError, DiskFailed):
            return 0  # sending it says what is wrong with it

    return sorted(waiting, key=size)


class Transfer:
    """The uploads of a round, under way."""

    def __init__(self, journal: Journal, sending: "_Sending", lent: Sequence[Central], day: str) -> None:
        self._journal = journal
        self._sending = sending
        self._lent, self._day = lent, day
        self._lanes = len(lent)
        self._sent = 0
        self._counted = 0  # bytes
        self._counted = self._uncounted()

    def wait(self, watch: Watch) -> Transferred:
        """Wait until all have gone, noting each; raises what ends a round: `Offline`, `DeviceRefused`, what `watch` raises."""
        problems: list[SyncError] = []
        total = len(self._sending.owners)
        while self._lanes:
            watch.step(self._sent, total, "Đang gửi tệp")
            outcome = self._sending.outcomes.get()
            if isinstance(outcome, _THEIRS):
                problems.append(outcome)
            elif isinstance(outcome, BaseException):
                raise outcome
            elif outcome is None:
                self._lanes -= 1
            else:
                self._note(outcome)
        return Transferred(self._sent, tuple(problems))

    def note_the_rest(self) -> None:
        """Note what has arrived while nobody waited for it."""
        with suppress(Empty):
            while True:
                outcome = self._sending.outcomes.get_nowait()
                if isinstance(outcome, str):
                    self._note(outcome)
        if self._day and self._uncounted():
            with self._journal.writing() as tx:
                self._count(tx)

    def _note(self, sha256: str) -> None:
        with self._journal.writing() as tx:
            references.uploaded(tx, sha256)
            self._count(tx)
        self._sent += 1

    def _uncounted(self) -> int:
        return sum(connection.file_bytes for connection in self._lent) - self._counted

    def _count(self, tx: Tx) -> None:
        if self._day and (gone := self._uncounted()):
            traffic.note(tx, self._day, gone)
            self._counted += gone


class _Sending:
    """One round's files, and the subjects that wait because central failed at one of theirs. Used by all lanes."""

    def __init__(self, files: FileStore, owners: Owners, left: int | None, largest: int | None) -> None:
        self.owners = owners
        self.outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._files = files
        self._left, self._largest = left, largest  # bytes that may go yet, of one file; None: any
        self._waiting = deque(owners)
        self._lock = Lock()
        self._stuck: set[str] = set()
        self._failures = 0  # in a row
        self._lanes = 0  # that are at work

    def open(self, lanes: int) -> None:
        """Note how many lanes are about to begin."""
        self._lanes = lanes

    def run(self, connection: Central, *, from_end: bool) -> None:
        """Send one file after the other until none waits; every outcome is told, the end of the lane too.

        A lane that is asked to wait ends, and leaves its file to the others; only the last one lets it end the round.
        """
        while (sha256 := self._next(from_end=from_end)) is not None:
            try:
                self._send(sha256, connection)
                self.outcomes.put(sha256)
            except CentralBusy as problem:
                if self._gives_way(sha256):
                    break
                self.stop()
                self.outcomes.put(problem)
            except _THEIRS as problem:
                self.outcomes.put(problem)
            except BaseException as problem:  # noqa: BLE001 - told to whoever waits, who raises it
                self.stop()
                self.outcomes.put(problem)
        self.outcomes.put(None)

    def _gives_way(self, sha256: str) -> bool:
        """Leave a file to the other lanes, where there are any: central asks for less at once."""
        with self._lock:
            if self._lanes == 1:
                return False
            self._lanes -= 1
            self._waiting.append(sha256)
            if self._left is not None:
                self._left += self._files.size(sha256)
            return True

    def stop(self) -> None:
        """Begin no further file."""
        with self._lock:
            self._waiting.clear()

    def _next(self, *, from_end: bool) -> str | None:
        """Return the next file; None ends the lane."""
        with self._lock:
            while self._waiting and self._failures < _ENOUGH:
                sha256 = self._waiting.pop() if from_end else self._waiting.popleft()
                if self._stuck.isdisjoint(self.owners[sha256]) and self._may_go(sha256):
                    return sha256
            self._lanes -= 1
        return None

    def _may_go(self, sha256: str) -> bool:
        """Whether the quota lets a file go; what it is about to take is taken from what is left."""
        if self._left is None and self._largest is None:
            return True
        try:
            size = self._files.size(sha256)
        except (FileError, DiskFailed):
            return True  # sending it says what is wrong with it
        if self._largest is not None and size > self._largest:
            return False
        if self._left is not None:
            if size > self._left:
                return False
            self._left -= size
        return True

    def _send(self, sha256: str, connection: Central) -> None:
        data = self._files.get(sha256)
        try:
            connection.put_file(sha256, data)
        except CentralBusy as problem:
            if problem.speaks_of_itself:
                raise
            with self._lock:
                self._stuck.update(self.owners[sha256])
                self._failures += 1
            raise FileNotTaken(file=sha256, status=problem.facts["status"]) from problem
        self._failures = 0
