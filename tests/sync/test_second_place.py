"""Unsent work at a second place: there while central has not got it, readable with the recovery key alone."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sync.contract.messages import Verdict
from sync.entry import Entry, new_id
from sync.errors import DiskFailed, RecoveryKeyWrong, SecondPlaceOutOfReach
from sync.files import FileStore
from sync.journal import Journal, deliveries, entries, feed, numbers, open_journal, references
from sync.journal.verify import verify_chain
from sync.keys import Ed25519Signer
from sync.sealed import WrongBox, close_box, new_recovery_key, open_box
from sync.second_place import SecondPlace, left_at, read_left
from tests.sync.conftest import KEY, UNIT, FakeClocks

PRIVATE, PUBLIC = new_recovery_key()


@pytest.fixture
def place(tmp_path: Path) -> SecondPlace:
    root = tmp_path / "usb"
    root.mkdir()
    return SecondPlace(root, "q3", PUBLIC)


@pytest.fixture
def receive(journal: Journal, officer: Ed25519Signer, files: FileStore) -> Callable[[str], Entry]:
    def one(name: str) -> Entry:
        paper = files.put(f"scan of {name}".encode())
        with journal.act(officer) as act:
            body = {"set": {"applicant": {"name": name}}, "files": [paper]}
            return act.add(new_id(), "received", body)

    return one


@dataclass
class Everything:
    """All that opens at a place."""

    entries: tuple[Entry, ...]
    files: tuple[bytes, ...]
    unreadable: int


def found_at(place: SecondPlace, key: bytes = PRIVATE) -> Everything:
    files: list[bytes] = []
    [left] = left_at(place.root)
    found = read_left(left, key, files.append)
    assert found.files == len(files)
    return Everything(found.entries, tuple(files), found.unreadable)


def test_open_entries_and_their_files_lie_there_until_central_has_them(
    journal, files, place, receive, answer
) -> None:
    first, second = receive("An"), receive("Bình")

    assert place.follow(journal, files) == 5  # the opening of the chain, two entries, two files
    assert place.follow(journal, files) == 0
    found = found_at(place)
    assert {first, second} <= set(found.entries)
    assert set(found.files) == {b"scan of An", b"scan of B\xc3\xacnh"}

    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(first, Verdict.ACCEPTED)])
        references.uploaded(tx, first_file(first))
    assert place.follow(journal, files) == 0
    found = found_at(place)
    assert first not in found.entries
    assert second in found.entries
    assert found.files == (b"scan of B\xc3\xacnh",)


def first_file(entry: Entry) -> str:
    from sync.body import read_body  # noqa: PLC0415 - for this look alone

    assert entry.body is not None
    return read_body(entry.body).files[0]


def test_what_central_took_stays_until_its_backup_has_it_and_what_it_refused_until_somebody_settled_it(
    journal, files, place, receive, answer, page
) -> None:
    taken, refused = receive("An"), receive("Bình")
    place.follow(journal, files)
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(refused, Verdict.REFUSED, reason="body")])
        feed.apply_page(tx, replace(page(taken, first=7), durable_to=6))
        for entry in (taken, refused):
            references.uploaded(tx, first_file(entry))
    place.follow(journal, files)
    found = found_at(place)
    assert {taken, refused} <= set(found.entries)
    assert set(found.files) == {b"scan of An", b"scan of B\xc3\xacnh"}

    with journal.writing() as tx:
        feed.apply_page(tx, replace(page(first=8), durable_to=7))
    place.follow(journal, files)
    found = found_at(place)
    assert taken not in found.entries
    assert refused in found.entries
    assert found.files == (b"scan of B\xc3\xacnh",)


def test_what_was_sealed_to_another_key_is_sealed_again(journal, files, place, receive) -> None:
    kept = receive("An")
    place.follow(journal, files)
    private, public = new_recovery_key()
    assert replace(place, recovery_key=public).follow(journal, files) == 3
    assert kept in found_at(place, private).entries
    assert kept in found_at(place, PRIVATE).entries  # the old boxes go with what is in them


def test_a_file_that_cannot_be_read_here_holds_up_no_other(
    journal, files, place, receive, monkeypatch
) -> None:
    for name in ("An", "Bình", "Chi"):
        receive(name)
    broken = files.put(b"scan of An")
    whole = FileStore.get

    def get(store: FileStore, sha256: str) -> bytes:
        if sha256 == broken:
            raise DiskFailed(code=5)
        return whole(store, sha256)

    monkeypatch.setattr(FileStore, "get", get)
    place.follow(journal, files)
    assert set(found_at(place).files) == {b"scan of B\xc3\xacnh", b"scan of Chi"}


def test_several_counters_share_a_place_and_each_says_whose_it_is(journal, files, place, receive) -> None:
    receive("An")
    replace(place, label="Phường Hải Châu, Q3").follow(journal, files)
    replace(place, counter="q1").follow(journal, files)
    assert [(left.folder.name, left.label) for left in left_at(place.root)] == [
        ("q1", ""),
        ("q3", "Phường Hải Châu, Q3"),
    ]
    [left] = left_at(place.folder)
    assert left.folder.name == "q3"


def test_nothing_there_can_be_read_without_the_key(journal, files, place, receive) -> None:
    receive("Citizen-Name")
    place.follow(journal, files)

    written = b"".join(path.read_bytes() for path in place.root.rglob("*") if path.is_file())
    assert b"Citizen-Name" not in written
    assert b"scan of" not in written
    another, _ = new_recovery_key()
    with pytest.raises(RecoveryKeyWrong):
        found_at(place, another)


def test_a_place_that_is_gone_is_told_and_followed_again_when_it_is_back(
    journal, files, place, receive
) -> None:
    shutil.rmtree(place.root)
    kept = receive("An")
    with pytest.raises(SecondPlaceOutOfReach) as refusal:
        place.follow(journal, files)
    assert "Cứ tiếp nhận bình thường" in refusal.value.remedy
    assert not place.root.exists()

    place.root.mkdir()
    place.follow(journal, files)
    assert kept in found_at(place).entries


def test_what_another_life_of_the_counter_left_there_is_not_removed(journal, files, place, receive) -> None:
    place.follow(journal, files)
    left = place.folder / ("ab" * 32 + ".entry")
    left.write_bytes(b"sealed by the computer that burnt")
    half = place.folder / ".tmp-0123"
    half.write_bytes(b"half")
    receive("An")
    place.follow(journal, files)
    assert left.exists()
    assert not half.exists()


def test_work_of_a_lost_computer_is_taken_back_by_the_next_one_and_sent(
    journal, files, place, receive, tmp_path, device, clocks: FakeClocks, officer, keys_of
) -> None:
    lost = [receive("An"), receive("Bình")]
    with journal.act(officer) as act:
        day = act.now.date()
        value = numbers.provisional(act.tx, "TAM:Q3", day, journal.chain)
        body = {"number": {"series": "TAM:Q3", "value": value, "code": "TAM-1"}}
        lost.append(act.add(new_id(), "received", body))
    place.follow(journal, files)
    old = journal.chain
    journal.close()

    with open_journal(tmp_path / "new", KEY, UNIT, device, clocks) as new:
        store = FileStore(tmp_path / "new" / "files", KEY)
        found = found_at(place)
        for data in found.files:
            store.put(data)
        chain = new.chain
        assert new.take_back(found.entries) == 4
        assert new.take_back(found.entries) == 0
        assert new.chain == chain
        with new.reading() as tx:
            assert [each for each in deliveries.pending(tx, 10) if each.chain == old] == list(found.entries)
            assert entries.of_subject(tx, lost[0].subject) == (lost[0],)
            assert all(store.has(sha256) for sha256 in references.not_uploaded(tx))
            assert verify_chain(tx, keys_of).sound
        with new.act(officer) as act:
            assert numbers.provisional(act.tx, "TAM:Q3", day, new.chain) == 2
            body = {"number": {"series": "TAM:Q3", "value": 2, "code": "TAM-2"}}
            act.add(new_id(), "received", body)


def test_a_chain_that_had_gone_further_ends_when_its_rest_comes_back(
    journal, files, place, receive, reopen, counter, tmp_path, keys_of, officer
) -> None:
    receive("An")
    journal.close()
    shutil.copytree(counter, tmp_path / "copy")
    journal = reopen()
    with journal.act(officer) as act:
        late = act.add(new_id(), "received", {"set": {"applicant": {"name": "Bình"}}})
    place.follow(journal, files)
    old = journal.chain
    journal.close()
    shutil.rmtree(counter)
    shutil.copytree(tmp_path / "copy", counter)

    restored = reopen()
    assert restored.take_back(found_at(place).entries) == 1
    assert restored.chain != old
    with restored.reading() as tx:
        assert entries.get(tx, late.id) == late
        assert verify_chain(tx, keys_of).sound


def test_a_box_opens_for_its_purpose_and_whole_only() -> None:
    box = close_box(b"data", b"purpose", PUBLIC)
    assert open_box(box, b"purpose", PRIVATE) == b"data"
    for wrong in (box[:-1], box[:-1] + bytes([box[-1] ^ 1]), b"", b"\x02" + box[1:]):
        with pytest.raises(WrongBox):
            open_box(wrong, b"purpose", PRIVATE)
    with pytest.raises(WrongBox):
        open_box(box, b"another", PRIVATE)
    assert close_box(b"data", b"purpose", PUBLIC) != box
