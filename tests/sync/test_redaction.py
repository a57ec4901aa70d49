"""Redaction in the journal: the body is gone from every page, stays gone whatever comes back, and the chain holds."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import exc, text

from sync.clock import SystemClock
from sync.contract.messages import Answer, Carried, Page, Verdict
from sync.entry import Entry, KeysOf, new_id
from sync.files import FileStore
from sync.journal import (
    Journal,
    Safety,
    alarms,
    deliveries,
    drafts,
    entries,
    feed,
    gone,
    handed,
    open_journal,
    references,
)
from sync.journal.journal import Holder
from sync.journal.rebuild import Place, rebuild
from sync.journal.restore import restore
from sync.journal.snapshots import Snapshots
from sync.journal.verify import Flaw, verify_chain
from sync.keys import Ed25519Signer
from sync.redaction import REDACTED, redacts
from sync.sealed import new_recovery_key
from sync.second_place import SecondPlace, left_at, read_left
from tests.sync.conftest import KEY, MORNING, UNIT, Elsewhere, FakeClocks
from tests.sync.fake_mark import FakeMarks
from tests.sync.raw_pages import holds
from tests.sync.test_journal_damage import tamper

NAME = "Nguyễn Thị Bị Xóa"
OTHER = "Trần Văn Ở Lại"
PRIVATE, PUBLIC = new_recovery_key()
Opened = Callable[[], object]


@pytest.fixture
def opened(counter: Path, device: Ed25519Signer, clocks: FakeClocks) -> Opened:
    marks = FakeMarks()

    @contextmanager
    def at() -> Iterator[Journal]:
        with open_journal(counter, KEY, UNIT, device, clocks, Safety(marks)) as journal:
            yield journal

    return at


@pytest.fixture
def written(officer: Ed25519Signer, answer: Callable[..., Answer]) -> Callable[..., Entry]:
    """Write an acceptance with a name, a file if wanted; answered by central unless told otherwise."""

    def one(
        journal: Journal, name: str = NAME, verdict: Verdict | None = Verdict.ACCEPTED, file: str = ""
    ) -> Entry:
        with journal.act(officer) as act:
            body = {"set": {"applicant": {"name": name, "more": name * 400}}, "files": [file] if file else []}
            entry = act.add(new_id(), "received", body)
        if verdict is not None:
            with journal.writing() as tx:
                deliveries.acknowledge(
                    tx, [answer(entry, verdict, reason="" if verdict == "accepted" else "state")]
                )
        return entry

    return one


def redact(journal: Journal, signer: Ed25519Signer, *named: Entry, files: tuple[str, ...] = ()) -> Entry:
    with journal.act(signer) as act:
        told = redacts([entry.id for entry in named], files)
        return act.add(named[0].subject, REDACTED, {**told, "ground": "QĐ 1", "ordered_by": "Chủ tịch"})


def body_of(journal: Journal, entry: Entry) -> bytes | None:
    with journal.reading() as tx:
        found = entries.get(tx, entry.id)
    assert found is not None
    return found.body


def order_from(elsewhere: Elsewhere, seq: int, subject: str, *ids: str) -> Entry:
    return elsewhere.write(seq, subject, dict(redacts(ids, [])), REDACTED)


def test_a_redacted_name_stands_on_no_page_of_the_journal_and_its_log(
    opened: Opened, officer: Ed25519Signer, written: Callable[..., Entry], counter: Path
) -> None:
    file = counter / "journal.db"
    with opened() as journal:
        for n in range(30):
            written(journal, f"{OTHER} {n}")
            with journal.writing() as tx:  # rows that move from page to page as people type
                for each in range(8):
                    drafts.save(tx, f"draft-{n}-{each}", f"{NAME} {n}".encode() * (n * each + 1))
        marked = written(journal)
        for n in range(30):
            written(journal, f"{OTHER} {n}")
            with journal.writing() as tx:
                for each in range(8):
                    drafts.drop(tx, f"draft-{n}-{each}")
        assert holds(file, KEY, NAME)
        redact(journal, officer, marked)
        assert journal.wipe(anew=True)
        assert not holds(file, KEY, NAME)
        assert holds(file, KEY, OTHER)
        assert body_of(journal, marked) is None
    assert not holds(file, KEY, NAME)


def test_a_file_too_large_to_be_written_anew_is_overwritten_where_the_body_lay(
    opened: Opened, officer: Ed25519Signer, written: Callable[..., Entry], counter: Path
) -> None:
    with opened() as journal:
        named = [written(journal, f"{NAME} {n}") for n in range(40)]
        for entry in named[::3]:
            redact(journal, officer, entry)
        assert journal.wipe(anew=False)
    found = [n for n in range(40) if holds(counter / "journal.db", KEY, f'"{NAME} {n}"')]
    assert found == [n for n in range(40) if n % 3]


def test_the_chain_verifies_and_tells_what_was_retired_and_what_redacted(
    journal: Journal, officer: Ed25519Signer, written: Callable[..., Entry], keys_of: KeysOf, page
) -> None:
    kept, old, named = written(journal, OTHER), written(journal), written(journal)
    with journal.writing() as tx:
        feed.apply_page(tx, replace(page(kept, old, named), durable_to=3))
        assert gone.may_retire(tx, old.subject)
        gone.retire(tx, old.subject, b"{}")
    redact(journal, officer, named)
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
        told = gone.counts(tx)
    assert report.sound
    assert (report.retired, report.redacted, report.unexplained) == (1, 1, 0)
    assert (told.retired, told.redacted) == (1, 1)


def test_nothing_is_retired_that_a_backup_of_central_does_not_hold(
    journal: Journal, written: Callable[..., Entry], page
) -> None:
    unsent, told = written(journal, verdict=None), written(journal)
    with journal.writing() as tx:
        assert not gone.may_retire(tx, told.subject)  # its place is not known
        feed.apply_page(tx, replace(page(told), durable_to=0))
        assert not gone.may_retire(tx, told.subject)
        feed.apply_page(tx, replace(page(told), durable_to=1))
        assert gone.may_retire(tx, told.subject)
        assert not gone.may_retire(tx, unsent.subject)
        references.add(tx, "ab" * 32, told.subject, 10)
        assert not gone.may_retire(tx, told.subject)  # central has not got its file
        references.uploaded(tx, "ab" * 32)
        assert gone.may_retire(tx, told.subject)
        assert gone.retire(tx, told.subject, b"line") == {"ab" * 32}
        assert gone.line(tx, told.subject) == b"line"
    assert body_of(journal, told) is None


def test_no_body_goes_without_a_note_and_no_note_is_taken_back(
    journal: Journal, officer: Ed25519Signer, written: Callable[..., Entry]
) -> None:
    accepted, unsent = written(journal), written(journal, verdict=None)
    with pytest.raises(exc.IntegrityError), journal.writing() as tx:
        tx.execute(text("DELETE FROM bodies WHERE entry = :id"), {"id": accepted.id})
    with pytest.raises(exc.IntegrityError), journal.writing() as tx:  # age is no ground for what is not sent
        gone.retire(tx, unsent.subject, b"")
    redact(journal, officer, accepted)
    for statement in ("DELETE FROM gone", "UPDATE gone SET state = 'retired'"):
        with pytest.raises(exc.IntegrityError), journal.writing() as tx:
            tx.execute(text(statement))
    values = {"id": accepted.id, "salt": accepted.salt, "body": accepted.body}
    with pytest.raises(exc.IntegrityError), journal.writing() as tx:
        tx.execute(text("INSERT INTO bodies (entry, salt, body) VALUES (:id, :salt, :body)"), values)


def test_an_order_reaches_no_other_subject_and_no_other_order(
    journal: Journal, officer: Ed25519Signer, written: Callable[..., Entry]
) -> None:
    mine, another = written(journal), written(journal, OTHER)
    order = redact(journal, officer, mine)
    with journal.act(officer) as act:
        told = redacts([another.id, order.id], [])
        act.add(mine.subject, REDACTED, dict(told))
    assert body_of(journal, another) == another.body
    assert body_of(journal, order) == order.body


def test_a_body_that_comes_after_its_order_is_not_kept(
    journal: Journal, elsewhere: Elsewhere, page: Callable[..., Page], keys_of: KeysOf
) -> None:
    named = elsewhere.write(1, new_id(), {"set": {"applicant": {"name": NAME}}})
    order = order_from(elsewhere, 2, named.subject, named.id)
    with journal.writing() as tx:
        feed.apply_page(tx, page(order, named))
    assert body_of(journal, named) is None
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
    assert (report.redacted, report.unexplained) == (1, 0)


def test_an_order_whose_author_had_no_right_to_it_deletes_nothing(
    journal: Journal, elsewhere: Elsewhere, page: Callable[..., Page]
) -> None:
    named = elsewhere.write(1, new_id(), {"set": {"applicant": {"name": NAME}}})
    order = order_from(elsewhere, 2, named.subject, named.id)
    told = page(named, order)
    flagged = replace(told.items[1], answer=replace(told.items[1].answer, flags=("role",)))
    with journal.writing() as tx:
        feed.apply_page(tx, replace(told, items=(told.items[0], flagged)))
    assert body_of(journal, named) == named.body


def test_what_is_not_sent_yet_keeps_its_body_until_central_has_answered(
    journal: Journal,
    officer: Ed25519Signer,
    written: Callable[..., Entry],
    answer: Callable[..., Answer],
    keys_of: KeysOf,
) -> None:
    unsent, parked = written(journal, verdict=None), written(journal, verdict=Verdict.REFUSED)
    redact(journal, officer, unsent)
    redact(journal, officer, parked)
    assert body_of(journal, unsent) == unsent.body
    assert body_of(journal, parked) is None
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [answer(unsent)])
    assert body_of(journal, unsent) is None
    with journal.reading() as tx:
        assert verify_chain(tx, keys_of).sound


def test_an_alarm_keeps_no_redacted_body(
    journal: Journal, officer: Ed25519Signer, written: Callable[..., Entry]
) -> None:
    named = written(journal)
    with journal.writing() as tx:
        alarms.raise_alarm(tx, "second_hash", named)
    redact(journal, officer, named)
    with journal.writing() as tx:
        alarms.raise_alarm(tx, "another", named)
        assert [alarm.carried.body for alarm in alarms.every(tx)] == [None, None]


def test_files_and_the_draft_of_a_redacted_dossier_are_referred_to_no_more(
    journal: Journal, officer: Ed25519Signer, written: Callable[..., Entry], files: FileStore
) -> None:
    scan = files.put(NAME.encode())
    named = written(journal, file=scan)
    with journal.writing() as tx:
        drafts.save(tx, named.subject, NAME.encode(), [scan])
    order = redact(journal, officer, named, files=(scan,))
    with journal.reading() as tx:
        assert scan not in references.referenced(tx)
        assert drafts.get(tx, named.subject) is None
        assert gone.redacted_files(tx) == {scan}
        assert gone.unclean(tx) == order.id
    with journal.writing() as tx:
        gone.cleaned(tx, "another order")
        assert gone.unclean(tx)
        gone.cleaned(tx, order.id)
        assert not gone.unclean(tx)


def test_an_old_snapshot_that_is_put_back_is_redacted_first(
    opened: Opened, officer: Ed25519Signer, written: Callable[..., Entry], counter: Path, keys_of: KeysOf
) -> None:
    shelf = Snapshots(counter / "snapshots", KEY)
    with opened() as journal:
        named = written(journal)
        old = shelf.take(journal, MORNING)
        assert holds(old.path, KEY, NAME)
        redact(journal, officer, named)
    restore(Place(counter, KEY, UNIT), old.path, even_if_sound=True)
    with opened() as journal:
        assert body_of(journal, named) is None
        with journal.reading() as tx:
            assert gone.unclean(tx)
            report = verify_chain(tx, keys_of)
        assert (report.sound, report.redacted) == (True, 1)
        assert journal.wipe(anew=True)
        assert not holds(counter / "journal.db", KEY, NAME)


def test_snapshots_from_before_an_order_are_removed_once_a_new_one_is_whole(
    opened: Opened, officer: Ed25519Signer, written: Callable[..., Entry], counter: Path
) -> None:
    shelf = Snapshots(counter / "snapshots", KEY)
    with opened() as journal:
        named = written(journal)
        for hours in range(3):
            shelf.take(journal, MORNING + timedelta(hours=hours))
        redact(journal, officer, named)
        journal.wipe(anew=True)
        new = shelf.take(journal, MORNING + timedelta(hours=3))
        assert shelf.forget_older(new) == 3
    assert [each.path for each in shelf.every()] == [new.path]
    assert not any(holds(path, KEY, NAME) for path in shelf.folder.iterdir())


def test_a_salvage_takes_no_redacted_body_out_of_an_old_snapshot(
    opened: Opened,
    officer: Ed25519Signer,
    device: Ed25519Signer,
    written: Callable[..., Entry],
    counter: Path,
    keys_of: KeysOf,
    tmp_path: Path,
) -> None:
    with opened() as journal:
        scan = FileStore(counter / "files", KEY).put(NAME.encode())
        named, kept = written(journal, file=scan), written(journal, OTHER)
        old = Snapshots(tmp_path / "snapshots", KEY).take(journal, MORNING)
        redact(journal, officer, named, files=(scan,))
    for lost in ("gone", "nothing"):
        if lost == "gone":  # the page with the names is unreadable: the order itself tells them again
            tamper(counter / "journal.db", "DROP TABLE gone")
        place, holder = Place(counter, KEY, UNIT), Holder(device, SystemClock(), Safety(FakeMarks()))
        rebuild(place, holder, [old.path], lambda _: keys_of, even_if_sound=True)
        with opened() as journal:
            assert body_of(journal, named) is None, lost
            assert body_of(journal, kept) == kept.body
            with journal.reading() as tx:
                assert scan not in references.referenced(tx)
                assert verify_chain(tx, keys_of).redacted == 1
        for left in counter.glob("journal.db.*"):
            left.unlink()


def test_the_second_place_keeps_the_header_of_a_redacted_entry_and_no_more(
    journal: Journal,
    officer: Ed25519Signer,
    written: Callable[..., Entry],
    files: FileStore,
    tmp_path: Path,
    page,
) -> None:
    place = SecondPlace(tmp_path, "q3", PUBLIC)
    scan = files.put(b"scan")
    named = written(journal, file=scan)
    with journal.writing() as tx:  # taken after the last backup: it could be lost with central
        feed.apply_page(tx, replace(page(named, first=5), durable_to=1))
    place.follow(journal, files)
    assert [entry.body for entry in _left(place)[0] if entry.id == named.id] == [named.body]
    redact(journal, officer, named, files=(scan,))
    place.follow(journal, files)
    found, kept = _left(place)
    assert [entry.body for entry in found if entry.id == named.id] == [None]
    assert kept == []
    assert place.follow(journal, files) == 0
    with journal.writing() as tx:
        feed.apply_page(tx, replace(page(first=9), durable_to=9))
    place.follow(journal, files)
    assert named.id not in [entry.id for entry in _left(place)[0]]


def _left(place: SecondPlace) -> tuple[tuple[Entry, ...], list[bytes]]:
    kept: list[bytes] = []
    [left] = left_at(place.root)
    return read_left(left, PRIVATE, kept.append).entries, kept


def test_a_body_that_comes_back_from_a_second_place_is_not_taken(
    opened: Opened, officer: Ed25519Signer, written: Callable[..., Entry], counter: Path, tmp_path: Path
) -> None:
    with opened() as journal:
        before = tmp_path / "before"
        journal.mark_now()
    shutil.copytree(counter, before)
    with opened() as journal:
        named = written(journal)
        order = redact(journal, officer, named)
    shutil.rmtree(counter)
    shutil.copytree(before, counter)
    with opened() as journal:
        assert journal.take_back([order, named]) == 2
        assert body_of(journal, named) is None


def test_a_journal_of_the_version_before_is_brought_up_to_date(
    opened: Opened, officer: Ed25519Signer, written: Callable[..., Entry], counter: Path, keys_of: KeysOf
) -> None:
    with opened() as journal:
        named = written(journal)
    dropped = (f"DROP TABLE {name}" for name in ("gone", "gone_files", "lines"))
    tamper(counter / "journal.db", *dropped, "PRAGMA user_version = 1")
    with opened() as journal:
        redact(journal, officer, named)
        assert body_of(journal, named) is None
        with journal.reading() as tx:
            assert verify_chain(tx, keys_of).redacted == 1


def test_a_body_that_is_here_against_an_order_is_damage(
    opened: Opened, officer: Ed25519Signer, written: Callable[..., Entry], counter: Path, keys_of: KeysOf
) -> None:
    with opened() as journal:
        named = written(journal)
        salt, body = named.salt, named.body
        redact(journal, officer, named)
    tamper(counter / "journal.db")
    with opened() as journal:
        with journal.writing() as tx:
            values = {"id": named.id, "salt": salt, "body": body}
            tx.execute(text("INSERT INTO bodies (entry, salt, body) VALUES (:id, :salt, :body)"), values)
        with journal.reading() as tx:
            report = verify_chain(tx, keys_of)
    assert [found.flaw for found in report.found] == [Flaw.STAYED]


def test_an_entry_that_travels_without_its_body_is_kept_as_its_header(
    journal: Journal, elsewhere: Elsewhere, page: Callable[..., Page], keys_of: KeysOf
) -> None:
    named = elsewhere.write(1, new_id(), {"set": {"applicant": {"name": NAME}}})
    told = page(named)
    bare = replace(told.items[0], entry=Carried(named.header, named.sig, None, None))
    with journal.writing() as tx:
        feed.apply_page(tx, replace(told, items=(bare,)))
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
    assert (report.sound, report.unexplained) == (True, 1)


def test_an_order_that_another_counter_handed_over_takes_effect_by_centrals_word(
    journal: Journal, elsewhere: Elsewhere, page: Callable[..., Page]
) -> None:
    named = elsewhere.write(1, new_id(), {"set": {"applicant": {"name": NAME}}})
    order = order_from(elsewhere, 3, named.subject, named.id)
    with journal.writing() as tx:
        feed.apply_page(tx, page(named))
        assert handed.take_in(tx, [order]) == (order,)
    assert body_of(journal, named) == named.body
    with journal.writing() as tx:
        feed.apply_page(tx, page(order, first=2))
    assert body_of(journal, named) is None


def test_an_order_is_done_once_and_its_traces_are_not_looked_for_again(
    journal: Journal, officer: Ed25519Signer, written: Callable[..., Entry], answer: Callable[..., Answer]
) -> None:
    named = written(journal)
    order = redact(journal, officer, named)
    with journal.writing() as tx:
        gone.cleaned(tx, order.id)
        deliveries.acknowledge(tx, [answer(order)])
        assert gone.unclean(tx) == ""
