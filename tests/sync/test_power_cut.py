"""The power is cut: whatever the disk had not been told to keep may be lost, and no promise is broken.

A counter works in a process whose every write, sync and rename is recorded (tests/disk). For each chosen moment the
disks that may be found afterwards are made by chance (`--seed`), and opened by the real program.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from sync.entry import new_id
from sync.errors import SyncError
from sync.journal import Journal, deliveries, drafts, entries, feed, references, revisions, schema, snapshots
from sync.journal.verify import verify_chain
from sync.second_place import left_at, read_left
from tests.disk.power_cut import Disk
from tests.disk.recorded import Step, read, record, recorder, why_not
from tests.sync import counter_to_cut
from tests.sync.counter_to_cut import KEY, RECOVERY, Counter, keys_of, receive

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
SHORT, LONG = 60, 2000


@dataclass
class Promised:
    """What the counter had promised by a moment."""

    notes: list[dict[str, str]] = field(default_factory=list)

    def of(self, *whats: str) -> list[dict[str, str]]:
        return [note for note in self.notes if note["what"] in whats]

    @property
    def in_a_salvage(self) -> bool:
        return len(self.of("salvage begins")) > len(self.of("salvage ends"))


@pytest.fixture(autouse=True)
def updated(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cut left is opened by the version of the program that the counter was brought up to."""
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION)
    monkeypatch.setattr(schema, "STEPS", dict(schema.STEPS))
    counter_to_cut.update()


@pytest.fixture
def room() -> Iterator[Path]:
    """Where disks are made: in memory where there is such a place, for they are many."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorder(tmp_path_factory.mktemp("recorder"))


@dataclass
class Cut:
    """A recorded day, and the moments at which its power may be cut."""

    room: Path
    steps: list[Step]
    before: Disk

    def images(self, chance: random.Random, count: int) -> Iterator[tuple[Counter, Promised, str]]:
        """Make a disk for each of so many moments; half of them right after something was promised."""
        told = [at for at, step in enumerate(self.steps, 1) if step.what == "n"]
        moments = [
            chance.choice(told) if chance.random() < 0.5 else chance.randint(0, len(self.steps))
            for _ in range(count)
        ]
        promised, done = Promised(), 0
        for number, moment in enumerate(sorted(moments)):
            for step in self.steps[done:moment]:
                self.before.step(step)
                if step.what == "n":
                    promised.notes.append(step.note)
            done = moment
            image = self.room / f"disk-{number}"
            self.before.cut(chance, image)
            yield Counter(image), promised, f"moment {moment} of {len(self.steps)}, disk {number}"
            shutil.rmtree(image)


def a_day(library: Path, room: Path, left_out: str = "nothing", *, killed_after: int = 0) -> Cut:
    """Let a counter work; one that is killed after so many steps is started again."""
    root, trace = room / "root", room / "trace"
    (root / "second").mkdir(parents=True)
    before = Disk(root)
    program = [counter_to_cut.__file__, str(root), left_out]
    if killed_after:
        record(library, root, trace, [*program, "1"], killed_after)
    record(library, root, trace, [*program, "2" if killed_after else "1"])
    return Cut(room, list(read(trace)), before)


@pytest.mark.timeout(7200)
def test_after_a_power_cut_everything_promised_is_there(
    library, room, seed: random.Random, long_run: bool
) -> None:
    cut = a_day(library, room)
    for counter, promised, where in cut.images(seed, LONG if long_run else SHORT):
        hold(counter, promised, where)


@pytest.mark.timeout(7200)
def test_a_kill_and_then_a_power_cut_leave_everything_promised(
    library, room, seed: random.Random, long_run: bool
) -> None:
    for number in range(20 if long_run else 2):
        (day := room / f"day-{number}").mkdir()
        cut = a_day(library, day, killed_after=seed.randint(1, 3800))
        for counter, promised, where in cut.images(seed, SHORT // 3):
            hold(counter, promised, where)


@pytest.mark.parametrize("care", ["synced commits", "synced folders", "synced files"])
def test_a_counter_that_leaves_out_one_care_is_seen(library, room, seed: random.Random, care: str) -> None:
    cut = a_day(library, room, care)
    assert any(not holds(counter, promised) for counter, promised, _ in cut.images(seed, 5 * SHORT))


def hold(counter: Counter, promised: Promised, where: str) -> None:
    """Hold every promise, or say where it broke."""
    try:
        check(counter, promised)
    except BaseException as broken:
        broken.add_note(where)
        raise


def holds(counter: Counter, promised: Promised) -> bool:
    try:
        check(counter, promised)
    except (AssertionError, SyncError, SQLAlchemyError):
        return False
    return True


def check(counter: Counter, promised: Promised) -> None:
    """Open what the cut left, as the next morning does, and hold every promise against it."""
    with opened(counter, promised) as journal:
        assert journal.news == (), "an alarm without a cause"
        with journal.reading() as tx:
            assert verify_chain(tx, keys_of).sound
            check_entries(tx, promised)
            check_what_central_said(tx, promised)
        check_files(journal, counter, promised)
        check_around(counter, promised)
        go_on(journal, counter, promised)


def opened(counter: Counter, promised: Promised) -> Journal:
    """Open; where a salvage was cut it may have to be done again, as the damage that it mends told."""
    return counter.open_or_recover() if promised.in_a_salvage else counter.open()


def check_entries(tx: Connection, promised: Promised) -> None:
    """Every act is there whole, under the number that was told, and its draft is gone."""
    for note in promised.of("received", "signed", "entry"):
        assert entries.get(tx, note["entry"]) is not None, note
    received = {note["draft"]: note for note in promised.of("received")}
    for draft, note in received.items():
        use = tx.execute(
            text("SELECT series || '-' || value FROM number_uses WHERE entry = :e"), {"e": note["entry"]}
        ).scalar_one()
        assert use == note["number"]
        assert drafts.get(tx, draft) is None
        assert revisions.head(tx, draft) is not None
    for note in promised.of("draft"):
        is_dossier = bool(entries.of_subject(tx, note["draft"]))
        assert is_dossier != (drafts.get(tx, note["draft"]) is not None)
    for note in promised.of("signed"):
        assert revisions.head(tx, f"slip {note['draft']}") == note["file"]
    for note in promised.of("asked"):
        lease = text("SELECT count(*) FROM leases WHERE request_id = :r")
        assert tx.execute(lease, {"r": note["request"]}).scalar_one() == 1


def check_what_central_said(tx: Connection, promised: Promised) -> None:
    for note in promised.of("answered"):
        delivery = deliveries.of_entry(tx, note["entry"])
        assert delivery is not None
        assert delivery.verdict == "accepted"
    assert int(feed.cursor(tx)) >= 0


def check_files(journal: Journal, counter: Counter, promised: Promised) -> None:
    """What anybody refers to is there, whole; and each revision begins with the one before."""
    with journal.reading() as tx:
        named = references.referenced(tx) | {note["file"] for note in promised.of("filed", "signed")}
        lines = [
            revisions.line(tx, each) for each in tx.execute(text("SELECT document FROM documents")).scalars()
        ]
    for sha256 in named:
        assert counter.files.get(sha256)
    for line in lines:
        counter.files.check_line([revision.sha256 for revision in line])


def check_around(counter: Counter, promised: Promised) -> None:
    """Snapshots that were taken are whole, so are those that look like one; boxes at the second place open."""
    there = {each.path.name for each in counter.snapshots.every()}
    assert {note["name"] for note in promised.of("snapshot")} <= there
    for each in counter.snapshots.every():
        snapshots.check(each.path, KEY)
    found = [read_left(left, RECOVERY, len) for left in left_at(counter.root / "second")]
    assert not any(each.unreadable for each in found)
    boxes = {entry.hash for each in found for entry in each.entries}
    assert {note["entry"] for note in promised.of("second place")} <= boxes


def go_on(journal: Journal, counter: Counter, promised: Promised) -> None:
    """The next citizen comes, and gets a number that nobody has."""
    given = {note["number"] for note in promised.of("received")}
    draft = new_id()
    entry = receive(journal, draft, counter.files.put(draft.encode()))
    with journal.reading() as tx:
        row = text("SELECT series || '-' || value FROM number_uses WHERE entry = :e")
        assert tx.execute(row, {"e": entry.id}).scalar_one() not in given
