"""The high-water mark: an older copy, a copied folder, another course of the chain; and no alarm without a cause."""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from sync.contract.messages import Lease, LeaseRequest, Signed
from sync.entry import Entry, new_id
from sync.errors import DiskFailed, DiskFull, JournalDoubted, JournalMoved, JournalRestored, TurnWithPerson
from sync.journal import Journal, Safety, entries, feed, numbers, open_journal, revisions
from sync.journal.mark import Mark, MarkFile
from sync.journal.rebuild import Place
from sync.journal.restore import restore as put_back
from sync.journal.revisions import Turn
from sync.journal.snapshots import Snapshots
from sync.journal.verify import FLAGS, verify_chain
from sync.keys import Ed25519Signer
from tests.sync.conftest import KEY, MORNING, UNIT, FakeClocks
from tests.sync.fake_mark import FakeMarks

DAY = date(2026, 7, 1)
SERIES, TAM = "dossier", "TAM:Q3:260701"


@pytest.fixture
def marks() -> FakeMarks:
    return FakeMarks()


@pytest.fixture
def opened(
    counter: Path, device: Ed25519Signer, clocks: FakeClocks, marks: FakeMarks
) -> Callable[..., Journal]:
    @contextmanager
    def at(folder: Path = counter, safety: Safety | None = None) -> Iterator[Journal]:
        with open_journal(folder, KEY, UNIT, device, clocks, safety or Safety(marks)) as journal:
            yield journal

    return at


def receive(journal: Journal, officer: Ed25519Signer) -> Entry:
    with journal.act(officer) as act:
        return act.add(new_id(), "received", {"set": {"applicant": {"name": "An"}}})


def opening(journal: Journal) -> tuple[Entry, dict[str, object]]:
    """Return the first entry of the chain that is written to, and what it says."""
    with journal.reading() as tx:
        found = tx.execute(
            text("SELECT id FROM entries WHERE chain = :chain AND seq = 1"), {"chain": journal.chain}
        )
        entry = entries.get(tx, found.scalar_one())
    assert entry is not None
    assert entry.body is not None
    return entry, json.loads(entry.body)


def copy(folder: Path, to: Path) -> None:
    shutil.copytree(folder, to, dirs_exist_ok=True)


def restore(copied: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    copy(copied, folder)


def test_a_journal_that_is_as_its_mark_says_goes_on_in_its_chain(opened, officer) -> None:
    with opened() as journal:
        chain = journal.chain
        receive(journal, officer)
    with opened() as journal:
        receive(journal, officer)
        assert (journal.chain, journal.news) == (chain, ())


def test_a_mark_that_is_behind_is_no_alarm(opened, officer, marks) -> None:
    with opened() as journal:
        chain = journal.chain
        receive(journal, officer)
        before = dict(marks.kept)
        receive(journal, officer)
    marks.kept = before  # the stop came between the act and its mark

    with opened() as journal:
        assert (journal.chain, journal.news) == (chain, ())
        [mark] = marks.kept.values()
        assert mark.seq == 3


def test_an_older_copy_goes_on_in_a_new_chain_that_says_what_is_missing(
    opened, officer, device, counter, tmp_path, keys_of
) -> None:
    with opened() as journal:
        old = journal.chain
        receive(journal, officer)
    copy(counter, tmp_path / "copy")
    with opened() as journal:
        receive(journal, officer)
        last = receive(journal, officer)
    restore(tmp_path / "copy", counter)

    with opened() as journal:
        [news] = journal.news
        assert isinstance(news, JournalRestored)
        assert "thiếu 2 việc" in str(news)
        assert journal.chain != old
        entry, told = opening(journal)
        assert entry.prev_hash == last.hash
        assert entry.author == device.author
        assert told["reason"] == "restored"
        assert told["after"] == {"chain": old, "seq": 4, "hash": last.hash}
        assert told["lost"] == [[old, 3, 4]]
        with journal.reading() as tx:
            assert verify_chain(tx, keys_of).sound
        chain = journal.chain
    with opened() as journal:
        assert (journal.chain, journal.news) == (chain, ())


def test_no_number_of_the_older_life_is_given_again(opened, officer, counter, tmp_path, clocks) -> None:
    def ask(journal: Journal) -> None:
        request = LeaseRequest(new_id(), journal.chain, SERIES, DAY.isoformat(), 5)
        with journal.writing() as tx:
            numbers.ask(tx, request)
            lease = Lease(request.request_id, journal.chain, SERIES, request.day, 11, 15, "")
            assert numbers.hold(tx, lease, Signed(b"", b""))

    def give(journal: Journal) -> int:
        with journal.act(officer) as act:
            value = numbers.provisional(act.tx, TAM, DAY, journal.chain)
            act.add(new_id(), "received", {"number": {"series": TAM, "value": value, "code": f"T-{value}"}})
        return value

    with opened() as journal:
        ask(journal)
        assert give(journal) == 1
    copy(counter, tmp_path / "copy")
    with opened() as journal:
        printed = {give(journal) for _ in range(3)}
    lives = []
    for minutes in (0, 2):
        clocks.pass_by(timedelta(minutes=minutes))
        restore(tmp_path / "copy", counter)
        with opened() as journal, journal.reading() as tx:
            assert numbers.left(tx, SERIES, DAY, journal.chain) == 0
            assert len(opening(journal)[1]["void"]) == 1
            lives.append({give(journal) for _ in range(12)})
    assert not printed & lives[0]
    assert not lives[0] & lives[1]
    with opened() as journal, journal.act(officer) as act:
        tomorrow = DAY + timedelta(days=1)
        value = numbers.provisional(act.tx, "TAM:Q3:260702", tomorrow, journal.chain)
        act.add(
            new_id(), "received", {"number": {"series": "TAM:Q3:260702", "value": value, "code": "T-2-1"}}
        )
        assert value == 1


def test_a_turn_of_the_older_life_waits_for_a_person(opened, device, counter, tmp_path, officer) -> None:
    document = new_id()
    with opened() as journal, journal.writing() as tx:
        revisions.begin(tx, document, "ab" * 32)
        revisions.give_turn(tx, Turn(document, "leader", device.author))
    copy(counter, tmp_path / "copy")
    with opened() as journal:
        receive(journal, officer)
    restore(tmp_path / "copy", counter)

    with opened() as journal, journal.reading() as tx:
        with pytest.raises(TurnWithPerson) as refusal:
            revisions.require_turn(tx, Turn(document, "leader", device.author))
        assert "người quản trị" in str(refusal.value)
        assert [turn.document for turn in revisions.with_person(tx)] == [document]


def test_a_copied_folder_on_the_same_computer_leaves_the_original_its_chain(
    opened, officer, counter, tmp_path
) -> None:
    with opened() as journal:
        receive(journal, officer)
        original = journal.chain
    copy(counter, tmp_path / "clone")
    with opened() as journal:
        receive(journal, officer)

    with opened(tmp_path / "clone") as clone:
        assert clone.chain != original
        assert isinstance(clone.news[0], JournalRestored)
        receive(clone, officer)
    with opened() as journal:
        assert (journal.chain, journal.news) == (original, ())


def test_a_folder_on_another_computer_goes_on_in_a_chain_of_its_own(opened, officer, counter) -> None:
    with opened() as journal:
        receive(journal, officer)
        old = journal.chain
    with opened(safety=Safety(FakeMarks())) as journal:
        assert journal.chain != old
        assert isinstance(journal.news[0], JournalMoved)


def test_a_journal_from_before_there_were_marks_is_taken_as_it_is(opened, officer, reopen) -> None:
    journal = reopen()
    receive(journal, officer)
    chain = journal.chain
    journal.close()
    with opened() as journal:
        assert (journal.chain, journal.news) == (chain, ())


def test_a_mark_that_cannot_be_written_takes_no_act_back_and_makes_no_alarm(opened, officer, marks) -> None:
    with opened() as journal:
        chain = journal.chain
        marks.full = True
        kept = receive(journal, officer)
        assert journal.mark_is_behind
        with journal.reading() as tx:
            assert entries.get(tx, kept.id) == kept
    with opened() as journal:
        marks.full = False
        receive(journal, officer)
        assert (journal.chain, journal.news, journal.mark_is_behind) == (chain, (), False)


def test_a_first_mark_that_cannot_be_written_is_tried_at_the_next_opening(opened, officer, marks) -> None:
    marks.full = True
    with opened() as journal:
        chain = journal.chain
        receive(journal, officer)
        assert journal.mark_is_behind
    marks.full = False
    with opened() as journal:
        assert (journal.chain, journal.news) == (chain, ())
        assert len(marks.kept) == 1


def test_a_chain_that_central_tells_otherwise_ends_and_its_lost_entries_come_back(
    opened, officer, page, marks, counter, tmp_path, keys_of
) -> None:
    with opened() as journal:
        old = journal.chain
        receive(journal, officer)
    copy(counter, tmp_path / "copy")
    before = dict(marks.kept)
    with opened() as journal:
        lost = receive(journal, officer)
    restore(tmp_path / "copy", counter)
    marks.kept = before  # a whole disk was restored, its mark with it

    with opened() as journal:
        assert journal.chain == old
        with journal.writing() as tx:
            feed.apply_page(tx, page(lost))
        assert journal.settle_doubt()
        assert journal.chain != old
        assert isinstance(journal.news[0], JournalDoubted)
        with journal.writing() as tx:
            assert feed.cursor(tx) == "0"
            assert feed.apply_page(tx, page(lost)) == 1
            assert verify_chain(tx, keys_of).sound
        assert not journal.settle_doubt()


def test_an_entry_missing_before_another_is_known_to_be_lost(
    opened, officer, page, counter, tmp_path, keys_of
) -> None:
    opened_once = opened()
    with opened_once as journal:
        receive(journal, officer)
    copy(counter, tmp_path / "copy")
    with opened() as journal:
        receive(journal, officer)
        came_back = receive(journal, officer)
    restore(tmp_path / "copy", counter)

    with opened() as journal, journal.writing() as tx:
        feed.apply_page(tx, page(came_back))
        report = verify_chain(tx, keys_of)
    assert report.sound
    assert {found.flaw for found in report.found} <= FLAGS
    assert report.found


def test_a_mark_file_is_private_and_believed_with_its_seal_on_its_computer_only(tmp_path: Path) -> None:
    folder, mark = tmp_path / "state", Mark(new_id(), new_id(), 7, "ab" * 32)
    kept = MarkFile(folder, b"secret", "this computer")
    kept.write(mark)
    [path] = folder.iterdir()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept.read(mark.installation) == mark
    assert kept.read(new_id()) is None
    assert MarkFile(folder, b"another", "this computer").read(mark.installation) is None
    assert MarkFile(folder, b"secret", "another computer").read(mark.installation) is None
    path.write_text(path.read_text().replace('"seq": 7', '"seq": 6'))
    assert kept.read(mark.installation) is None
    path.write_text("{")
    assert kept.read(mark.installation) is None
    path.unlink()
    path.mkdir()  # stands for one that cannot be read just now: that is no missing mark
    with pytest.raises(DiskFailed):
        kept.read(mark.installation)


def test_a_new_chain_that_could_not_be_kept_is_not_written_to(
    opened, officer, marks, counter, tmp_path, keys_of
) -> None:
    with opened() as journal:
        chain = journal.chain
    copy(counter, tmp_path / "copy")
    before = dict(marks.kept)
    with opened() as journal:
        ahead = receive(journal, officer)
    restore(tmp_path / "copy", counter)
    marks.kept = before

    def no_room(_: object) -> None:
        raise DiskFull

    with opened() as journal:
        event.listen(journal._file.writer, "commit", no_room)
        with pytest.raises(DiskFull):
            journal.take_back([ahead])
        event.remove(journal._file.writer, "commit", no_room)
        assert (journal.chain, journal.news) == (chain, ())
        receive(journal, officer)
        with journal.reading() as tx:
            assert verify_chain(tx, keys_of).sound


def test_what_a_person_put_back_begins_a_new_chain_whatever_the_marks_say(
    opened, reopen, officer, counter, marks, tmp_path
) -> None:
    place, shelf = Place(counter, KEY, UNIT), Snapshots(counter / "snapshots", KEY)
    unmarked = reopen()
    receive(unmarked, officer)
    snapshots = [shelf.take(unmarked, MORNING)]
    unmarked.close()
    with opened() as journal:
        receive(journal, officer)
        snapshots.append(shelf.take(journal, MORNING + timedelta(hours=1)))
        behind = dict(marks.kept)
        receive(journal, officer)

    for snapshot in snapshots:
        marks.kept = dict(behind)
        copy(counter, tmp_path / snapshot.path.stem)
        put_back(place, snapshot.path, even_if_sound=True)
        with opened() as journal:
            old = opening(journal)[1]
            assert old["reason"] == "restored"
            assert len(journal.news) == 1
            chain = journal.chain
        with opened() as journal:
            assert (journal.chain, journal.news) == (chain, ())


def test_once_a_copy_was_put_back_no_file_of_the_life_before_is_believed(
    opened, officer, counter, tmp_path
) -> None:
    place, shelf = Place(counter, KEY, UNIT), Snapshots(counter / "snapshots", KEY)
    with opened() as journal:
        snapshot = shelf.take(journal, MORNING)
        receive(journal, officer)
    copy(counter, tmp_path / "copy")
    put_back(place, snapshot.path, even_if_sound=True)
    with opened() as journal:
        receive(journal, officer)
    restore(tmp_path / "copy", counter)  # as its mark said last
    with opened() as journal:
        assert isinstance(journal.news[0], JournalMoved)
