"""Snapshots: whole, encrypted, checked, thinned out by age; and one put in the place of the journal."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from sync.durable import TEMPORARY
from sync.entry import new_id
from sync.errors import (
    DiskFailed,
    DiskFull,
    JournalDamaged,
    JournalNewer,
    JournalRestored,
    JournalSound,
    SnapshotUnusable,
)
from sync.journal import Journal, Safety, aside, drafts, entries, open_journal, snapshots
from sync.journal.connection import writer
from sync.journal.rebuild import Place
from sync.journal.restore import restore
from sync.journal.schema import SCHEMA_VERSION
from sync.journal.snapshots import Keep, Snapshots, kept_of
from sync.journal.verify import verify_chain
from sync.keys import Ed25519Signer
from tests.sync.conftest import KEY, MORNING, UNIT, FakeClocks
from tests.sync.fake_mark import FakeMarks
from tests.sync.test_journal_damage import PAGE, flip, tamper


@pytest.fixture
def marks() -> FakeMarks:
    return FakeMarks()


@pytest.fixture
def opened(
    counter: Path, device: Ed25519Signer, clocks: FakeClocks, marks: FakeMarks
) -> Callable[[], object]:
    @contextmanager
    def at() -> Iterator[Journal]:
        with open_journal(counter, KEY, UNIT, device, clocks, Safety(marks)) as journal:
            yield journal

    return at


@pytest.fixture
def shelf(counter: Path) -> Snapshots:
    return Snapshots(counter / "snapshots", KEY)


@pytest.fixture
def place(counter: Path) -> Place:
    return Place(counter, KEY, UNIT)


def receive(journal: Journal, officer: Ed25519Signer, note: str = "An") -> str:
    with journal.act(officer) as act:
        return act.add(new_id(), "received", {"set": {"applicant": {"name": note}}}).id


def test_a_snapshot_holds_the_journal_as_it_was_and_nothing_in_clear(opened, officer, shelf) -> None:
    with opened() as journal:
        receive(journal, officer, "Citizen-Name")
        with journal.writing() as tx:
            drafts.save(tx, new_id(), b"typed", ())
        taken = shelf.take(journal, MORNING)
        head = snapshots.check(taken.path, KEY)
        with journal.reading() as tx:
            assert entries.hash_at(tx, head.chain, head.seq) == head.hash
        assert head.seq == 2
    assert b"Citizen-Name" not in taken.path.read_bytes()
    assert [each.path for each in shelf.every()] == [taken.path]
    assert list(shelf.folder.iterdir()) == [taken.path]
    with pytest.raises(SnapshotUnusable):
        snapshots.check(taken.path, bytes(32))


def test_acts_go_on_while_a_snapshot_is_made(opened, officer, shelf) -> None:
    with opened() as journal:
        for _ in range(50):
            receive(journal, officer, "x" * 5000)
        taking = threading.Thread(target=shelf.take, args=(journal, MORNING))
        taking.start()
        acts = 0
        while taking.is_alive():
            receive(journal, officer)
            acts += 1
        taking.join()
        [snapshot] = shelf.every()
        assert 51 <= snapshots.check(snapshot.path, KEY).seq <= 51 + acts


def test_a_snapshot_that_was_never_finished_does_not_count_and_is_cleared(opened, officer, shelf) -> None:
    shelf.folder.mkdir(parents=True)
    (shelf.folder / ".tmp-half").write_bytes(b"half")
    assert shelf.every() == ()
    assert shelf.due(MORNING)
    with opened() as journal:
        taken = shelf.take(journal, MORNING)
    assert list(shelf.folder.iterdir()) == [taken.path]


def test_one_is_due_each_hour_and_after_a_clock_that_ran_ahead(opened, shelf) -> None:
    assert shelf.due(MORNING)
    with opened() as journal:
        shelf.take(journal, MORNING)
    assert not shelf.due(MORNING + timedelta(minutes=59))
    assert shelf.due(MORNING + timedelta(hours=1))
    assert shelf.due(MORNING - timedelta(minutes=1))


def test_a_clock_that_ran_ahead_for_a_day_takes_the_place_of_few(opened, shelf) -> None:
    with opened() as journal:
        for n in range(7, 0, -1):
            shelf.take(journal, MORNING - timedelta(days=n))
        for n in range(6, 0, -1):
            shelf.take(journal, MORNING - timedelta(hours=n))
        shelf.take(journal, MORNING + timedelta(days=365))
        assert len(shelf.every()) == 8

        assert shelf.due(MORNING)
        shelf.take(journal, MORNING)
        assert not shelf.due(MORNING + timedelta(seconds=5))


def test_one_an_hour_stays_for_a_day_and_one_a_day_for_a_week() -> None:
    now = datetime(2026, 7, 20, 9, 30, tzinfo=UTC)
    taken = [now - timedelta(minutes=30 * n) for n in range(48 * 30)]

    kept = kept_of(taken, Keep(hours=24, days=7), now)

    assert len([at for at in kept if now - at < timedelta(hours=24)]) in {24, 25}
    assert len([at for at in kept if now - at >= timedelta(hours=24)]) in {6, 7}
    assert kept_of([now - timedelta(days=90)], Keep(), now) == (now - timedelta(days=90),)


def test_a_damaged_journal_is_replaced_by_a_snapshot_and_goes_on_in_a_new_chain(
    opened, officer, shelf, place, keys_of
) -> None:
    with opened() as journal:
        kept = receive(journal, officer)
        snapshot = shelf.take(journal, MORNING)
        receive(journal, officer)
        old = journal.chain
    place.file.write_bytes(b"\x00" * 8192)

    moved = restore(place, snapshot.path)

    assert moved is not None
    assert moved.read_bytes() == b"\x00" * 8192
    with opened() as journal:
        assert journal.chain != old
        assert isinstance(journal.news[0], JournalRestored)
        with journal.reading() as tx:
            assert entries.get(tx, kept) is not None
            assert verify_chain(tx, keys_of).sound
            assert tx.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        receive(journal, officer)


def test_a_sound_journal_gives_way_only_when_told_and_is_kept_beside(opened, officer, shelf, place) -> None:
    with opened() as journal:
        snapshot = shelf.take(journal, MORNING)
        receive(journal, officer)
    with pytest.raises(JournalSound) as refusal:
        restore(place, snapshot.path)
    assert "--anyway" in refusal.value.remedy

    moved = restore(place, snapshot.path, even_if_sound=True)

    assert moved is not None
    engine = writer(moved, KEY)
    with engine.connect() as tx:
        assert tx.execute(text("SELECT count(*) FROM entries")).scalar_one() == 2
    engine.dispose()


def test_a_move_that_fails_or_is_cut_leaves_the_log_with_its_journal(
    opened, officer, counter, monkeypatch, tmp_path
) -> None:
    with opened() as journal:
        kept = receive(journal, officer)
        shutil.copytree(counter, tmp_path / "killed")  # the act is in the log still
    path = tmp_path / "killed" / "journal.db"
    assert path.with_name("journal.db-wal").stat().st_size > 0

    def held(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(DiskFailed):
        aside.move_aside(path, aside.DAMAGED)
    monkeypatch.undo()
    moved = aside.move_aside(path, aside.DAMAGED)

    assert moved is not None
    assert not list(path.parent.glob("journal.db-*"))
    engine = writer(moved, KEY)
    with engine.connect() as tx:
        assert entries.get(tx, kept) is not None
    engine.dispose()


def test_no_log_of_another_file_becomes_that_of_one_put_in_its_place(opened, officer, counter) -> None:
    with opened() as journal:
        receive(journal, officer)
    path = counter / "journal.db"
    made = path.rename(counter / "made")
    path.with_name("journal.db-wal").write_bytes(b"of another")

    aside.put_in_place(made, path)

    assert not path.with_name("journal.db-wal").exists()
    assert [each.read_bytes() for each in counter.glob("journal.db.left-*")] == [b"of another"]


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, None])
def test_what_is_no_snapshot_takes_no_place(opened, place, tmp_path, content) -> None:
    with opened():
        pass
    before = place.file.read_bytes()
    path = tmp_path / "journal-20260701T010000.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SnapshotUnusable):
        restore(place, path)
    assert place.file.read_bytes() == before


def test_a_snapshot_of_a_newer_program_is_refused_and_nothing_of_it_stays(
    opened, officer, shelf, place
) -> None:
    with opened() as journal:
        receive(journal, officer)
        taken = shelf.take(journal, MORNING)
    tamper(taken.path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = place.file.read_bytes()
    with pytest.raises(JournalNewer):
        restore(place, taken.path, even_if_sound=True)
    assert place.file.read_bytes() == before
    assert [each.name for each in place.folder.iterdir() if each.name.startswith(TEMPORARY)] == []


def test_a_snapshot_that_would_take_the_last_room_is_not_begun(opened, officer, shelf) -> None:
    with opened() as journal:
        receive(journal, officer)
        with pytest.raises(DiskFull):
            replace(shelf, spare=1 << 60).take(journal, MORNING)
        assert list(shelf.folder.iterdir()) == []
        shelf.take(journal, MORNING)


def test_a_copy_that_breaks_off_is_said_in_words_and_leaves_nothing(
    opened, officer, shelf, monkeypatch
) -> None:
    def breaks(_: Journal, connection: object) -> None:
        raise sqlcipher.OperationalError("disk I/O error")  # the driver's copying gives no code

    with opened() as journal:
        receive(journal, officer)
        monkeypatch.setattr(Journal, "copy_into", breaks)
        with pytest.raises(DiskFailed):
            shelf.take(journal, MORNING)
        assert list(shelf.folder.iterdir()) == []


def test_a_snapshot_that_meets_damage_says_so_and_nothing_more_is_accepted(
    opened, officer, shelf, counter
) -> None:
    with opened() as journal:
        for _ in range(60):
            receive(journal, officer, "x" * 700)
    with opened() as journal:
        flip(counter / "journal.db", ((counter / "journal.db").stat().st_size // PAGE - 3) * PAGE + 50)
        with pytest.raises(JournalDamaged):
            shelf.take(journal, MORNING)
        with pytest.raises(JournalDamaged):
            receive(journal, officer)
