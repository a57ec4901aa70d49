"""Salvage: what can be read of a damaged journal lives on, what cannot is named, and nothing is deleted."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from sync.clock import SystemClock
from sync.contract.messages import LeaseRequest, Verdict
from sync.entry import Entry, new_id
from sync.errors import JournalDamaged, JournalSound
from sync.journal import (
    Journal,
    Safety,
    alarms,
    deliveries,
    drafts,
    entries,
    numbers,
    open_journal,
    references,
    revisions,
)
from sync.journal.journal import Holder
from sync.journal.rebuild import Place, Rebuilt, rebuild
from sync.journal.restore import restore
from sync.journal.revisions import Revision, RevisionKind, Turn
from sync.journal.snapshots import Snapshots
from sync.journal.verify import verify_chain
from sync.keys import Ed25519Signer
from tests.sync.conftest import KEY, MORNING, UNIT, FakeClocks
from tests.sync.fake_mark import FakeMarks
from tests.sync.test_journal_damage import PAGE, flip, tamper

DAY = date(2026, 7, 1)
MANY = 60


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
def salvaged(
    counter: Path, device: Ed25519Signer, marks: FakeMarks, keys_of: Callable[[str], tuple[bytes, ...]]
) -> Callable[..., Rebuilt]:
    """Put the journal together anew from what there is."""

    def again(*snapshots: Path) -> Rebuilt:
        holder = Holder(device, SystemClock(), Safety(marks))
        return rebuild(Place(counter, KEY, UNIT), holder, snapshots, lambda _: keys_of, even_if_sound=True)

    return again


@pytest.fixture
def full(opened, officer, answer, counter: Path) -> list[Entry]:
    """A journal in which everything has happened; its entries."""
    with opened() as journal:
        received = [_receive(journal, officer, n) for n in range(MANY)]
        with journal.writing() as tx:
            accepted = [answer(entry, Verdict.ACCEPTED) for entry in received[: MANY // 2]]
            deliveries.acknowledge(tx, accepted)
            drafts.save(tx, "01938f4e-0000-7000-8000-0000000000dd", b"typed", ["cd" * 32])
            revisions.begin(tx, "document", "ab" * 32)
            revisions.give_turn(tx, Turn("document", "leader", "device:q3"))
            numbers.ask(tx, LeaseRequest("request-1", journal.chain, "dossier", "2026-07-01", 5))
        return received


def _receive(journal: Journal, officer: Ed25519Signer, n: int) -> Entry:
    with journal.act(officer) as act:
        value = numbers.provisional(act.tx, "TAM", DAY, journal.chain)
        body = {"note": "x" * 700, "number": {"series": "TAM", "value": value, "code": f"TAM-{n}"}}
        return act.add(new_id(), "received", {**body, "files": [f"{n:064x}"]})


def rows_of(journal: Journal, table: str) -> int:
    with journal.reading() as tx:
        return int(tx.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - names of this test


@pytest.fixture
def pages(counter: Path, full: list[Entry], tmp_path: Path, device: Ed25519Signer) -> list[int]:
    """Pages of the full journal, from 0, that hold rows and no list of tables: those come first in a file."""
    with open_journal(tmp_path / "empty", KEY, UNIT, device):
        pass
    empty, whole = (
        (folder / "journal.db").stat().st_size // PAGE for folder in (tmp_path / "empty", counter)
    )
    return list(range(empty, whole))


def test_a_journal_whose_pages_are_damaged_here_and_there_lives_on_without_them(
    opened, salvaged, full, counter, keys_of, officer, seed, pages
) -> None:
    path = counter / "journal.db"
    for page in seed.sample(pages, 6):
        flip(path, page * PAGE + 50)
    damaged = path.read_bytes()

    done = salvaged()

    found = done.salvaged
    assert done.aside is not None
    assert done.aside.read_bytes() == damaged
    with opened() as journal:
        with journal.reading() as tx:
            report = verify_chain(tx, keys_of)
            here = {entry.id for entry in full if entries.get(tx, entry.id)}
        assert report.sound
        assert report.entries == found.kept + 1
        assert 1 < found.kept <= MANY + 1
        assert found.kept + found.missing == MANY + 1
        assert len(here) in {found.kept, found.kept - 1}  # the first entry of the old chain besides
        assert journal.news == ()
        _receive(journal, officer, 1000)


def test_everything_that_can_be_read_is_taken_over(opened, salvaged, full, counter, keys_of, device) -> None:
    with opened() as journal:
        before = {table: rows_of(journal, table) for table in ("bodies", "number_uses", "files", "leases")}
        old = journal.chain

    found = salvaged().salvaged

    assert (found.kept, found.refused, found.missing, found.drafts) == (MANY + 1, 0, 0, 1)
    with opened() as journal, journal.reading() as tx:
        after = {table: rows_of(journal, table) for table in before}
        assert after == {**before, "bodies": before["bodies"] + 1}
        assert [entries.get(tx, entry.id) for entry in full] == full
        assert len(deliveries.pending(tx, 500)) == MANY // 2 + 2
        [draft] = drafts.all(tx)
        assert (draft.data, draft.files) == (b"typed", ("cd" * 32,))
        assert revisions.head(tx, "document") == "ab" * 32
        assert [turn.document for turn in revisions.with_person(tx)] == ["document"]
        assert f"{0:064x}" in references.referenced(tx)
        assert numbers.asked(tx, old) == []
        assert verify_chain(tx, keys_of).sound


def test_what_its_author_did_not_sign_is_not_taken_over(opened, salvaged, full, counter, keys_of) -> None:
    path = counter / "journal.db"
    tamper(
        path,
        "UPDATE entries SET sig = zeroblob(64) WHERE seq = 5",
        "UPDATE entries SET header = x'7b7d' WHERE seq = 7",
        f"UPDATE bodies SET body = x'7b7d' WHERE entry = '{full[MANY - 1].id}'",  # noqa: S608 - of this test
    )

    found = salvaged().salvaged

    assert found.refused == 2
    assert found.missing == 3
    with opened() as journal, journal.reading() as tx:
        assert verify_chain(tx, keys_of).sound
        assert entries.get(tx, full[MANY - 1].id) is None  # open, and without a body nobody could send it


def test_a_snapshot_fills_the_holes(opened, salvaged, full, counter, keys_of, seed, pages) -> None:
    shelf = Snapshots(counter / "snapshots", KEY)
    with opened() as journal:
        snapshot = shelf.take(journal, MORNING)
    path = counter / "journal.db"
    for page in seed.sample(pages, 10):
        flip(path, page * PAGE + 50)

    found = salvaged(snapshot.path).salvaged

    assert (found.kept, found.missing) == (MANY + 1, 0)
    with opened() as journal, journal.reading() as tx:
        assert verify_chain(tx, keys_of).sound
        assert len(deliveries.pending(tx, 500)) == MANY // 2 + 2


@pytest.mark.parametrize("content", [b"", b"\x00" * 8192, None])
def test_with_no_readable_file_a_snapshot_is_the_journal_and_the_mark_says_what_is_missing(
    opened, salvaged, full, counter, officer, content
) -> None:
    shelf = Snapshots(counter / "snapshots", KEY)
    with opened() as journal:
        snapshot = shelf.take(journal, MORNING)
        last = _receive(journal, officer, 2000)
        _receive(journal, officer, 2001)
    path = counter / "journal.db"
    for log in counter.glob("journal.db-*"):
        log.unlink()
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(JournalDamaged):
        opened().__enter__()

    found = salvaged(snapshot.path).salvaged

    assert (found.kept, found.missing) == (MANY + 1, 2)
    with opened() as journal, journal.reading() as tx:
        assert entries.get(tx, last.id) is None
        assert entries.get(tx, full[0].id) == full[0]


def test_a_draft_that_became_a_dossier_does_not_come_back_from_a_snapshot(
    opened, salvaged, counter, officer
) -> None:
    shelf = Snapshots(counter / "snapshots", KEY)
    draft = new_id()
    with opened() as journal:
        with journal.writing() as tx:
            drafts.save(tx, draft, b"typed", ())
        snapshot = shelf.take(journal, MORNING)
        with journal.act(officer) as act:
            act.add(draft, "received", {})
            drafts.drop(act.tx, draft)

    salvaged(snapshot.path)

    with opened() as journal, journal.reading() as tx:
        assert drafts.get(tx, draft) is None
        assert len(entries.of_subject(tx, draft)) == 1


def test_a_draft_that_was_dropped_stays_dropped_and_one_that_waits_for_a_supplement_stays(
    opened, salvaged, counter, officer
) -> None:
    shelf, dropped, supplement = Snapshots(counter / "snapshots", KEY), new_id(), new_id()
    with opened() as journal:
        with journal.writing() as tx:
            drafts.save(tx, dropped, b"typed", ["ab" * 32])
        with journal.act(officer) as act:
            act.add(supplement, "received", {})
            drafts.save(act.tx, supplement, b"what is missing", ())
        snapshot = shelf.take(journal, MORNING)
        with journal.writing() as tx:
            drafts.drop(tx, dropped)

    assert salvaged(snapshot.path).salvaged.drafts == 1

    with opened() as journal, journal.reading() as tx:
        assert [draft.id for draft in drafts.all(tx)] == [supplement]
        assert "ab" * 32 not in references.referenced(tx)


def test_what_a_restore_pushed_aside_is_put_together_with_what_took_its_place(
    opened, salvaged, counter, officer, keys_of, marks
) -> None:
    shelf, accepted, typed = Snapshots(counter / "snapshots", KEY), new_id(), new_id()
    with opened() as journal:
        with journal.writing() as tx:
            drafts.save(tx, accepted, b"typed", ())
        snapshot = shelf.take(journal, MORNING)
        with journal.act(officer) as act:
            act.add(accepted, "received", {"files": ["ab" * 32]})
            drafts.drop(act.tx, accepted)
        with journal.writing() as tx:
            drafts.save(tx, typed, b"half a name", ())
    restore(Place(counter, KEY, UNIT), snapshot.path, even_if_sound=True)
    with opened() as journal:
        later = _receive(journal, officer, 1)

    assert salvaged().salvaged.missing == 0

    with opened() as journal, journal.reading() as tx:
        assert {entry.id for entry in deliveries.pending(tx, 500)} >= {later.id, _last(tx, accepted)}
        assert [draft.id for draft in drafts.all(tx)] == [typed]
        assert "ab" * 32 in references.not_uploaded(tx)
        assert verify_chain(tx, keys_of).sound
    with opened() as journal, journal.writing() as tx:
        drafts.drop(tx, typed)
    salvaged()
    with opened() as journal, journal.reading() as tx:
        assert drafts.all(tx) == ()  # what was taken over once does not come again


def _last(tx: Connection, subject: str) -> str:
    return entries.of_subject(tx, subject)[-1].id


def test_files_whose_list_is_lost_are_known_again_from_those_who_name_them(
    opened, salvaged, full, counter
) -> None:
    with opened() as journal:
        journal.close()
    tamper(counter / "journal.db", "DELETE FROM file_owners", "DELETE FROM files")

    salvaged()

    with opened() as journal, journal.reading() as tx:
        assert {f"{n:064x}" for n in range(MANY)} <= set(references.not_uploaded(tx))
        assert "ab" * 32 in references.not_uploaded(tx)


def test_a_second_salvage_believes_the_newest_file(opened, salvaged, full, counter, device, marks) -> None:
    signed = Revision("document", "ef" * 32, "ab" * 32, RevisionKind.SIGNATURE, "CanBo")
    shelf = Snapshots(counter / "snapshots", KEY)
    aside = salvaged().aside  # a file in which the document is not signed
    assert aside is not None
    aside.rename(aside.with_name("journal.db.damaged-20260701T000000000000"))
    with opened() as journal:
        with journal.writing() as tx:
            revisions.append(tx, signed)
            revisions.give_turn(tx, Turn("document", "", ""))
            drafts.drop(tx, "01938f4e-0000-7000-8000-0000000000dd")
        snapshot = shelf.take(journal, datetime.now(UTC))
        chain = journal.chain
    (counter / "journal.db").write_bytes(b"\x00" * PAGE)
    for log in counter.glob("journal.db-*"):
        log.unlink()

    found = salvaged(snapshot.path).salvaged

    assert (found.after.chain, found.missing, found.drafts) == (chain, 0, 0)
    with opened() as journal, journal.reading() as tx:
        assert revisions.head(tx, "document") == signed.sha256
        assert revisions.turn(tx, "document") == Turn("document", "", "")


def test_a_head_that_an_older_file_told_follows_its_line(opened, salvaged, full, counter) -> None:
    with opened() as journal, journal.writing() as tx:
        revisions.append(tx, Revision("document", "ef" * 32, "ab" * 32, RevisionKind.SIGNATURE, "CanBo"))
    tamper(counter / "journal.db", f"UPDATE documents SET head = '{'ab' * 32}'")  # noqa: S608 - of this test
    salvaged()
    with opened() as journal, journal.reading() as tx:
        assert [each.sha256 for each in revisions.line(tx, "document")] == ["ab" * 32, "ef" * 32]


def test_a_signature_stays_head_over_proof_of_the_same_bytes(opened, salvaged, full, counter) -> None:
    with opened() as journal, journal.writing() as tx:
        revisions.append(tx, Revision("document", "cd" * 32, "ab" * 32, RevisionKind.PROOF))
        revisions.append(tx, Revision("document", "ef" * 32, "ab" * 32, RevisionKind.SIGNATURE, "CanBo"))

    salvaged()

    with opened() as journal, journal.reading() as tx:
        assert revisions.head(tx, "document") == "ef" * 32


def test_what_was_taken_back_from_a_dead_computer_is_taken_over_as_ours(
    opened, salvaged, counter, officer, device, tmp_path, clocks, keys_of
) -> None:
    with open_journal(tmp_path / "dead", KEY, UNIT, device, clocks, Safety(FakeMarks())) as dead:
        theirs = _receive(dead, officer, 5)
        with dead.reading() as tx:
            opening = entries.of_subject(tx, UNIT)
    with opened() as journal:
        journal.take_back([*opening, theirs])
        with journal.writing() as tx:
            alarms.raise_alarm(tx, "second_hash", theirs)

    salvaged()

    with opened() as journal, journal.reading() as tx:
        assert entries.is_ours(tx, theirs.chain)
        assert entries.current_chain(tx) == journal.chain != theirs.chain
        assert theirs.id in {entry.id for entry in deliveries.pending(tx, 500)}
        assert [alarm.what for alarm in alarms.every(tx)] == ["second_hash"]
        assert verify_chain(tx, keys_of).sound


def test_a_sound_journal_is_left_as_it_is_to_the_last_byte(
    opened, officer, counter, tmp_path, device, marks
) -> None:
    with opened() as journal:
        _receive(journal, officer, 1)
        shutil.copytree(counter, tmp_path / "killed")
    place = Place(tmp_path / "killed", KEY, UNIT)
    before = {
        path.name: path.read_bytes() for path in place.folder.glob("journal.db*") if path.suffix != ".db-shm"
    }
    assert before["journal.db-wal"]
    with pytest.raises(JournalSound):
        rebuild(place, Holder(device, SystemClock(), Safety(marks)), (), lambda _: lambda _: ())
    after = {
        path.name: path.read_bytes() for path in place.folder.glob("journal.db*") if path.suffix != ".db-shm"
    }
    assert after == before


def test_a_salvage_cut_after_the_damaged_file_was_moved_can_be_done_again(
    opened, salvaged, full, counter
) -> None:
    (counter / "journal.db").rename(counter / "journal.db.damaged-20260701T000000000000")
    (counter / ".tmp-0123456789abcdef.db").write_bytes(b"half")
    with pytest.raises(JournalDamaged):
        opened().__enter__()

    assert salvaged().salvaged.kept == MANY + 1


def test_damage_is_found_at_the_opening(opened, full, counter, pages) -> None:
    path = counter / "journal.db"
    for page in pages:
        flip(path, page * PAGE + 50)
    with pytest.raises(JournalDamaged) as refusal:
        opened().__enter__()
    assert "clerk-app recover" in refusal.value.remedy
