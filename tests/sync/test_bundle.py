"""A bundle's file: sealed to one device, signed by another, whole or refused; and the entries that it brings."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync import bundle, keys
from sync.bundle import Bundle, Envelope, Paper
from sync.bundle_errors import (
    BundleForAnother,
    BundleNotBelieved,
    BundlePlaceFailed,
    BundlePlaceFull,
    BundleTooLarge,
    BundleUnreadable,
)
from sync.clock import Clock
from sync.contract.messages import Verdict
from sync.device_box import NoSuchPoint, opening_key, sealing_key
from sync.entry import Entry, Fields, new_id, seal
from sync.errors import DiskFull
from sync.journal import Journal, alarms, deliveries, entries, feed, handed
from sync.keys import Ed25519Signer
from sync.push import carried
from tests.sync.conftest import UNIT, Elsewhere
from tests.sync.test_journal import act
from tests.sync.test_redaction import body_of, order_from

SENDER, RECEIVER, STRANGER = (keys.generate(f"device:{name}") for name in ("q1", "q5", "q9"))
OPENED = {"move": {"from": None, "to": "received"}, "set": {"applicant": {"name": "Ánh"}}}


def test_the_sealing_key_of_a_device_is_the_other_form_of_its_key() -> None:
    """The vector of the library that made this form common (libsodium, ed25519_convert)."""
    seed = bytes.fromhex("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee")
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    known = "f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50"
    assert sealing_key(public).hex() == known
    assert (
        X25519PrivateKey.from_private_bytes(opening_key(seed)).public_key().public_bytes_raw().hex() == known
    )
    for _ in range(50):
        key = keys.generate("device:q1")
        mine = X25519PrivateKey.from_private_bytes(opening_key(key.private_bytes))
        assert sealing_key(key.public_bytes) == mine.public_key().public_bytes_raw()


@pytest.mark.parametrize("wrong", [b"\x01" + bytes(31), b"\xff" * 32, b"\x02" + bytes(31), bytes(31), b""])
def test_what_is_no_key_is_refused(wrong: bytes) -> None:
    with pytest.raises(NoSuchPoint):
        sealing_key(wrong)


@pytest.fixture
def paper() -> Paper:
    base = b"%PDF base of Anh"
    contents = (base, base + b" signed", base + b" signed and sealed")
    line = tuple(hashlib.sha256(each).hexdigest() for each in contents)
    return Paper("doc", "subject", line, contents, handed=True)


@pytest.fixture
def made(paper: Paper) -> Bundle:
    return Bundle(Envelope(new_id(), UNIT, SENDER.author, RECEIVER.author), (), (paper,))


@pytest.fixture
def file(made: Bundle, tmp_path: Path) -> Path:
    path = tmp_path / bundle.file_name(made.envelope)
    bundle.write(path, made, SENDER, RECEIVER.public_bytes)
    return path


def opened(file: Path, by: Ed25519Signer = RECEIVER) -> Bundle:
    return bundle.open_closed(bundle.read(file), by, [SENDER.public_bytes])


def test_what_was_put_in_comes_out_and_only_for_whom_it_is(made: Bundle, file: Path, paper: Paper) -> None:
    assert opened(file) == made
    assert b"PDF" not in file.read_bytes()
    assert [each.name for each in file.parent.iterdir()] == [file.name]  # no half beside it
    assert len(file.read_bytes()) < sum(map(len, paper.contents)) + 1200  # each state is in the next
    with pytest.raises(BundleForAnother, match="q5"):
        opened(file, STRANGER)
    renamed = replace(STRANGER, author=RECEIVER.author)  # another computer under the same name
    with pytest.raises(BundleNotBelieved):
        opened(file, renamed)
    with pytest.raises(BundleNotBelieved, match="chữ ký của máy gửi"):
        bundle.open_closed(bundle.read(file), RECEIVER, [STRANGER.public_bytes])
    with pytest.raises(BundleNotBelieved):
        bundle.open_closed(bundle.read(file), RECEIVER, [])


def test_every_byte_of_a_bundle_counts(file: Path, seed) -> None:
    whole = file.read_bytes()
    places = {*range(60), *seed.sample(range(len(whole)), 60), len(whole) - 1}
    for place in places:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises((BundleUnreadable, BundleNotBelieved, BundleForAnother)):
            opened(file)
    for length in {0, 1, 8, 11, 12, 200, len(whole) - 1}:
        file.write_bytes(whole[:length])
        with pytest.raises((BundleUnreadable, BundleNotBelieved)):
            opened(file)


def test_a_line_that_does_not_grow_from_its_base_is_refused(
    made: Bundle, paper: Paper, tmp_path: Path
) -> None:
    other = b"%PDF of somebody else"
    for contents in ((other, paper.contents[1]), (paper.contents[1], paper.contents[0])):
        line = tuple(hashlib.sha256(each).hexdigest() for each in contents)
        wrong = replace(made, papers=(replace(paper, contents=contents, line=line),))
        bundle.write(tmp_path / "wrong.goi", wrong, SENDER, RECEIVER.public_bytes)
        with pytest.raises(BundleNotBelieved):
            opened(tmp_path / "wrong.goi")


def test_what_the_disk_says_is_said_of_the_stick(
    made: Bundle, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BundlePlaceFailed):
        bundle.write(tmp_path / "gone" / "a.goi", made, SENDER, RECEIVER.public_bytes)
    with pytest.raises(BundlePlaceFailed):
        bundle.read(tmp_path / "gone.goi")
    with pytest.raises(BundleNotBelieved):
        bundle.write(file, made, SENDER, bytes(32))  # a point of small order: nothing may be sealed to it
    monkeypatch.setattr(bundle, "MAX_BYTES", 100)
    with pytest.raises(BundleTooLarge):
        bundle.write(file, made, SENDER, RECEIVER.public_bytes)
    with pytest.raises(BundleTooLarge):
        bundle.read(file)
    monkeypatch.undo()

    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(bundle, "write_durably", full)
    with pytest.raises(BundlePlaceFull):
        bundle.write(file, made, SENDER, RECEIVER.public_bytes)


def test_a_name_of_a_file_tells_no_more_than_the_counters() -> None:
    odd = Envelope(new_id(), UNIT, "device:../quầy 1", "device:a" * 40)
    name = bundle.file_name(odd)
    assert name.isascii()
    assert len(name) < 120
    assert not set(name) & set('/\\:*?"<>|')


@pytest.fixture
def theirs(officer: Ed25519Signer) -> list[Entry]:
    """Three entries of another counter, each linked to the one before."""
    there = Elsewhere(officer, new_id())
    subject = new_id()
    first = there.write(1, subject, OPENED)
    written = [first]
    for seq in (2, 3):
        written.append(_after(there, written[-1], seq))
    return written


def _after(there: Elsewhere, before: Entry, seq: int) -> Entry:
    at = before.occurred_at + timedelta(minutes=1)
    fields = Fields(
        new_id(),
        there.chain,
        seq,
        before.subject,
        "printed",
        None,
        there.signer.author,
        at,
        Clock(at, "boot-9", seq),
        before.hash,
    )
    return seal(fields, b"{}", there.signer)


def test_entries_that_were_handed_over_count_are_told_to_central_and_come_again_by_the_feed(
    journal: Journal, theirs: list[Entry], page, answer
) -> None:
    with journal.writing() as tx:
        assert handed.take_in(tx, theirs) == tuple(theirs)
        assert handed.take_in(tx, theirs) == ()
    with journal.reading() as tx:
        assert entries.of_subject(tx, theirs[0].subject) == tuple(theirs)
        waiting = deliveries.pending(tx, 10)
        assert waiting[-3:] == tuple(theirs)
        assert deliveries.state_of_subject(tx, theirs[0].subject) == "waiting"
        assert deliveries.counts(tx).entries == len(waiting) - 3  # the outbox is ours alone
        assert not {each.hash for each in theirs} & deliveries.only_here(tx).keys()
    with journal.writing() as tx:
        assert feed.apply_page(tx, page(*theirs)) == 0
    with journal.reading() as tx:
        assert deliveries.state_of_subject(tx, theirs[0].subject) == "sent"
        assert alarms.every(tx) == []


def test_a_second_entry_at_one_place_is_an_alarm_and_holds_up_nothing(
    journal: Journal, theirs: list[Entry], officer: Ed25519Signer
) -> None:
    there = Elsewhere(officer, theirs[0].chain)
    twin = _after(there, theirs[0], 2)
    loose = _after(there, twin, 4)  # goes on from the twin
    with journal.writing() as tx:
        assert handed.take_in(tx, [*theirs, twin, loose]) == tuple(theirs)
    with journal.reading() as tx:
        assert [each.what for each in alarms.every(tx)] == ["second_hash", "second_hash"]


def test_what_is_handed_on_has_no_gap_and_comes_in_the_order_of_the_feed(
    journal: Journal, theirs: list[Entry], officer: Ed25519Signer, answer
) -> None:
    mine = [act(journal, officer, new_id(), "received", OPENED) for _ in range(3)]
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(mine[0])])
        deliveries.acknowledge(tx, [answer(mine[1], verdict=Verdict.REFUSED, reason="state")])
    with journal.reading() as tx:
        found = handed.to_hand(tx, {mine[0].subject})
        assert found[0] == mine[0]
        assert mine[2] in found
        assert mine[1] not in found  # central has refused it
        assert handed.to_hand(tx, set(), last=mine[2])[-1] == mine[2]
        own = [each.seq for each in found[1:] if each.chain == journal.chain]
        assert own == sorted(own)
    assert bytes(carried(found[0]).header) == mine[0].header


def test_a_body_that_an_order_has_deleted_does_not_come_back_by_hand(
    journal: Journal, theirs: list[Entry], elsewhere: Elsewhere, page
) -> None:
    order = order_from(elsewhere, 1, theirs[0].subject, theirs[0].id)
    with journal.writing() as tx:
        feed.apply_page(tx, page(order))
        assert handed.take_in(tx, theirs) == tuple(theirs)
    assert body_of(journal, theirs[0]) is None
    assert body_of(journal, theirs[1]) is not None
