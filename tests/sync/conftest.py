"""A counter's journal and files for the tests of `sync`: practice keys, a clock that the test turns, real files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.body import write_body
from sync.clock import Clock
from sync.contract.messages import Answer, Carried, FeedItem, Page, Verdict
from sync.entry import NO_HASH, Entry, Fields, new_id, seal
from sync.files import FileStore
from sync.journal import Journal, open_journal
from sync.keys import Ed25519Signer
from sync.rules import KindRule, Nature, Rules

KEY = bytes(range(32))
UNIT = "01938f4e-0000-7000-8000-00000000b001"
MORNING = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)


class FakeClocks:
    """Wall, boot and monotonic time, as the test says."""

    def __init__(self) -> None:
        self.time = MORNING
        self.boot_id = "boot-1"
        self.ticks = 60_000

    def wall(self) -> datetime:
        return self.time

    def boot(self) -> str:
        return self.boot_id

    def monotonic(self) -> int:
        return self.ticks

    def pass_by(self, passed: timedelta) -> None:
        """Let time pass on every clock."""
        self.time += passed
        self.ticks += round(passed / timedelta(milliseconds=1))

    def restart(self, wall: datetime) -> None:
        """Start the PC again; its wall clock says whatever it says."""
        self.boot_id, self.ticks, self.time = self.boot_id + "-again", 5_000, wall


@dataclass(frozen=True)
class Elsewhere:
    """Somebody else's chain, whose entries reach us by the feed."""

    signer: Ed25519Signer
    chain: str

    def write(self, seq: int, subject: str, body: Mapping[str, object], kind: str = "received") -> Entry:
        prev = NO_HASH if seq == 1 else f"{seq:064x}"
        at = MORNING + timedelta(minutes=seq)
        author = self.signer.author
        fields = Fields(
            new_id(), self.chain, seq, subject, kind, None, author, at, Clock(at, "boot-9", seq), prev
        )
        return seal(fields, write_body(body), self.signer)


@pytest.fixture
def clocks() -> FakeClocks:
    return FakeClocks()


@pytest.fixture
def device() -> Ed25519Signer:
    return Ed25519Signer("device:q3", bytes([1]) * 32)


@pytest.fixture
def officer() -> Ed25519Signer:
    return Ed25519Signer("officer:an", bytes([2]) * 32)


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere(Ed25519Signer("officer:binh", bytes([3]) * 32), new_id())


@pytest.fixture
def keys_of(
    device: Ed25519Signer, officer: Ed25519Signer, elsewhere: Elsewhere
) -> Callable[[str], tuple[bytes, ...]]:
    known = {signer.author: (signer.public_bytes,) for signer in (device, officer, elsewhere.signer)}
    return lambda author: known.get(author, ())


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    """The data folder of one counter."""
    return tmp_path / "counter"


@pytest.fixture
def reopen(counter: Path, device: Ed25519Signer, clocks: FakeClocks) -> Iterator[Callable[[], Journal]]:
    """Open the counter's journal; whatever a test leaves open is closed behind it."""
    opened: list[Journal] = []

    def open_again() -> Journal:
        opened.append(open_journal(counter, KEY, UNIT, device, clocks))
        return opened[-1]

    yield open_again
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(reopen: Callable[[], Journal]) -> Journal:
    return reopen()


@pytest.fixture
def files(counter: Path) -> FileStore:
    return FileStore(counter / "files", KEY)


@pytest.fixture
def rules() -> Rules:
    opens = frozenset({(None, "received")})
    return Rules.of(
        [
            KindRule("received", Nature.FACT, opens, frozenset({"applicant", "fee"}), frozenset({"officer"})),
            KindRule("slip_signed", Nature.FACT, frozenset({("received", "slip_issued")})),
            KindRule("corrected", Nature.REQUEST, groups=frozenset({"applicant"})),
            KindRule("printed", Nature.FACT),
        ]
    )


def _answer(entry: Entry, verdict: Verdict = Verdict.ACCEPTED, **more: object) -> Answer:
    return replace(Answer(entry.id, entry.hash, verdict), **more)  # type: ignore[arg-type]


@pytest.fixture
def answer() -> Callable[..., Answer]:
    """Central's answer to an entry."""
    return _answer


@pytest.fixture
def page() -> Callable[..., Page]:
    """A page of the feed with these entries at positions from `first` on."""

    def of(*entries: Entry, first: int = 1, epoch: str = "e1", verdict: Verdict = Verdict.ACCEPTED) -> Page:
        items = tuple(
            FeedItem(place, _answer(entry, verdict), Carried(entry.header, entry.sig, entry.salt, entry.body))
            for place, entry in enumerate(entries, first)
        )
        return Page(items, str(first + len(items)), more=False, epoch=epoch, durable_to=0, server_time="")

    return of
