"""Another key, another holder, a damaged file, a rewritten row: each is told apart and said in words."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sync.entry import new_id
from sync.errors import (
    DiskFailed,
    DiskFull,
    JournalDamaged,
    JournalHeld,
    JournalNewer,
    JournalOfAnother,
    SqliteTooOld,
    WrongKey,
)
from sync.journal import Journal, drafts, open_journal
from sync.journal.schema import SCHEMA_VERSION
from sync.journal.verify import Flaw, verify_chain
from sync.keys import Ed25519Signer

KEY = bytes(range(32))
UNIT = "01938f4e-0000-7000-8000-00000000b001"
RECEIVED = {"set": {"applicant": {"name": "An"}}}
PAGE = 4096
HOLDER = """
import sys
from pathlib import Path
from sync.journal import open_journal
from sync.keys import Ed25519Signer
with open_journal(Path(sys.argv[1]), bytes(range(32)), sys.argv[2], Ed25519Signer("device:q3", bytes([1]) * 32)):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def closed(journal: Journal, officer: Ed25519Signer, counter: Path) -> Path:
    """The file of a journal with some dossiers, closed."""
    for _ in range(20):
        with journal.act(officer) as act:
            act.add(new_id(), "received", RECEIVED)
    journal.close()
    return counter / "journal.db"


@pytest.fixture
def held(closed: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the same folder open."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(closed.parent), UNIT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    yield child
    child.kill()
    child.communicate()


def test_a_second_process_is_told_who_holds_the_folder(
    held: subprocess.Popen[str], reopen: Callable[[], Journal]
) -> None:
    with pytest.raises(JournalHeld) as refusal:
        reopen()
    assert f"tiến trình {held.pid}" in str(refusal.value)
    held.kill()
    held.wait()
    reopen()


def test_the_same_process_cannot_open_it_twice_either(
    journal: Journal, reopen: Callable[[], Journal]
) -> None:
    with pytest.raises(JournalHeld) as refusal:
        reopen()
    assert str(os.getpid()) in str(refusal.value)
    journal.close()
    reopen()


def test_a_holder_that_left_no_note_is_somebody(
    journal: Journal, reopen: Callable[[], Journal], counter: Path
) -> None:
    (counter / "journal.lock").write_text("{")
    with pytest.raises(JournalHeld, match="một chương trình khác"):
        reopen()
    journal.close()


@pytest.mark.parametrize("keep_check", [True, False])
def test_a_wrong_key_is_said_to_be_one(closed: Path, device: Ed25519Signer, keep_check: bool) -> None:
    if not keep_check:
        (closed.parent / "journal.check").unlink()
    before = closed.read_bytes()
    with pytest.raises(WrongKey):
        open_journal(closed.parent, bytes(32), UNIT, device)
    assert closed.read_bytes() == before


def test_a_damaged_key_check_keeps_nobody_from_a_sound_journal(
    closed: Path, reopen: Callable[[], Journal], device: Ed25519Signer
) -> None:
    check = closed.with_name("journal.check")
    sound = check.read_bytes()
    check.write_bytes(b"")
    with pytest.raises(WrongKey):
        open_journal(closed.parent, bytes(32), UNIT, device)

    with reopen().reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM entries")).scalar_one() == 21
    assert check.read_bytes() == sound


def test_a_flipped_byte_of_the_first_page_is_damage_and_no_wrong_key(
    closed: Path, reopen: Callable[[], Journal]
) -> None:
    flip(closed, 100)
    with pytest.raises(JournalDamaged) as refusal:
        reopen()
    assert "giữ nguyên mọi tệp" in refusal.value.remedy


def test_a_flipped_byte_of_a_later_page_is_found_when_read(
    closed: Path, reopen: Callable[[], Journal], keys_of: Callable[[str], tuple[bytes, ...]]
) -> None:
    for page in range(2, closed.stat().st_size // PAGE):
        flip(closed, page * PAGE + 50)
    try:
        journal = reopen()
    except JournalDamaged:
        return
    with pytest.raises(JournalDamaged):
        journal.check_file()
    with pytest.raises(JournalDamaged), journal.reading() as tx:
        verify_chain(tx, keys_of)


def test_nothing_is_accepted_on_top_of_a_journal_that_cannot_be_read(
    closed: Path, reopen: Callable[[], Journal], officer: Ed25519Signer
) -> None:
    journal = reopen()
    flip(closed, page_of(journal, "revisions") * PAGE + 50)
    with pytest.raises(JournalDamaged), journal.reading() as tx:
        tx.execute(text("SELECT * FROM revisions")).all()

    with pytest.raises(JournalDamaged) as refusal, journal.act(officer) as act:
        act.add(new_id(), "received", RECEIVED)

    assert "Dừng nhận hồ sơ trên máy này" in refusal.value.remedy
    with journal.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM entries")).scalar_one() == 21


def test_a_draft_on_the_screen_is_kept_beside_damage(
    closed: Path, reopen: Callable[[], Journal], officer: Ed25519Signer
) -> None:
    journal = reopen()
    flip(closed, page_of(journal, "revisions") * PAGE + 50)
    with pytest.raises(JournalDamaged):
        journal.check_file()
    with pytest.raises(JournalDamaged), journal.act(officer):
        pass

    draft = new_id()
    with journal.writing() as tx:
        drafts.save(tx, draft, b"typed", ())

    with journal.reading() as tx:
        assert [each.data for each in drafts.all(tx)] == [b"typed"]


def test_a_sound_file_passes_the_check(closed: Path, reopen: Callable[[], Journal]) -> None:
    reopen().check_file()


def test_pages_that_wait_in_the_log_for_a_reader_are_no_damage(
    closed: Path, reopen: Callable[[], Journal], officer: Ed25519Signer
) -> None:
    journal = reopen()
    typed = [new_id() for _ in range(60)]
    with journal.writing() as tx:
        for each in typed:
            drafts.save(tx, each, os.urandom(3500), ())
    with journal.reading() as still_reading:
        drafts.all(still_reading)
        with journal.writing() as tx:
            for each in typed[:9]:
                drafts.save(tx, each, os.urandom(3500), ())
        with closing(journal._file.writer.raw_connection()) as raw:
            raw.driver_connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # holes in the file

        journal.check_file()

    with journal.act(officer) as act:
        act.add(new_id(), "received", RECEIVED)


def test_a_lost_or_emptied_file_is_not_silently_made_anew(
    closed: Path, reopen: Callable[[], Journal]
) -> None:
    closed.write_bytes(b"")
    with pytest.raises(JournalDamaged):
        reopen()
    closed.unlink()
    with pytest.raises(JournalDamaged):
        reopen()
    assert not closed.exists()


def test_a_newer_journal_is_left_alone(closed: Path, reopen: Callable[[], Journal]) -> None:
    tamper(closed, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(JournalNewer) as refusal:
        reopen()
    assert "Cập nhật" in refusal.value.remedy


def test_the_journal_of_another_unit_is_not_written_to(closed: Path, device: Ed25519Signer) -> None:
    with pytest.raises(JournalOfAnother):
        open_journal(closed.parent, KEY, new_id(), device)


def test_an_old_sqlite_is_refused(
    counter: Path, device: Ed25519Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(sqlcipher, "sqlite_version", "3.40.1")
    with pytest.raises(SqliteTooOld, match=r"3\.40\.1, cần 3\.51\.3"):
        open_journal(counter, KEY, UNIT, device)
    assert not counter.exists()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path, device: Ed25519Signer) -> None:
    (tmp_path / "counter").write_text("a file in the way")
    with pytest.raises(DiskFailed):
        open_journal(tmp_path / "counter", KEY, UNIT, device)


def test_a_full_disk_keeps_nothing_of_the_act_and_everything_before(
    journal: Journal, officer: Ed25519Signer
) -> None:
    with journal.writing() as tx:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull), journal.act(officer) as act:
        act.add(new_id(), "received", {"note": "x" * 100_000})
    with journal.writing() as tx:
        assert tx.execute(text("SELECT count(*) FROM entries")).scalar_one() == 1
        tx.exec_driver_sql("PRAGMA max_page_count = 100000")
    with journal.act(officer) as act:
        act.add(new_id(), "received", {"note": "x" * 100_000})


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ("UPDATE entries SET kind = 'returned' WHERE seq = 5", Flaw.COLUMN),
        ("UPDATE entries SET author = 'officer:binh' WHERE seq = 5", Flaw.COLUMN),
        (
            "UPDATE entries SET header = CAST(replace(header, 'received', 'returned') AS BLOB) WHERE seq = 5",
            Flaw.FORGED,
        ),
        ("UPDATE entries SET header = x'7b7d' WHERE seq = 5", Flaw.UNREADABLE),
        ("UPDATE entries SET sig = zeroblob(64) WHERE seq = 5", Flaw.FORGED),
        (
            "UPDATE bodies SET body = x'7b7d' WHERE entry = (SELECT id FROM entries WHERE seq = 5)",
            Flaw.FORGED,
        ),
        ("DELETE FROM entries WHERE seq = 5", Flaw.GAP),
        ("DELETE FROM entries WHERE seq = 1", Flaw.GAP),
        ("UPDATE chains SET prev_hash = 'x'", Flaw.LINK),
        ("DELETE FROM deliveries WHERE entry = (SELECT id FROM entries WHERE seq = 5)", Flaw.DELIVERY),
        (
            "DELETE FROM bodies WHERE entry = (SELECT id FROM entries WHERE seq = 5)",
            Flaw.BODY,
        ),
        ("INSERT INTO number_uses VALUES ('S', '', 1, 'c', 'gone')", Flaw.NUMBER),
    ],
)
def test_tampering_shows(
    closed: Path,
    reopen: Callable[[], Journal],
    keys_of: Callable[[str], tuple[bytes, ...]],
    change: str,
    flaw: Flaw,
) -> None:
    tamper(closed, change)
    with reopen().reading() as tx:
        report = verify_chain(tx, keys_of)
    assert flaw in {found.flaw for found in report.found}
    assert not report.sound


def test_two_entries_that_change_places_show(
    closed: Path, reopen: Callable[[], Journal], keys_of: Callable[[str], tuple[bytes, ...]]
) -> None:
    tamper(
        closed,
        "UPDATE entries SET seq = 99 WHERE seq = 5",
        "UPDATE entries SET seq = 5 WHERE seq = 6",
        "UPDATE entries SET seq = 6 WHERE seq = 99",
    )
    with reopen().reading() as tx:
        flaws = {found.flaw for found in verify_chain(tx, keys_of).found}
    assert {Flaw.COLUMN, Flaw.LINK} <= flaws


def test_an_author_whose_key_nobody_knows_shows(closed: Path, reopen: Callable[[], Journal]) -> None:
    with reopen().reading() as tx:
        report = verify_chain(tx, lambda _: ())
    assert {found.flaw for found in report.found} == {Flaw.AUTHOR}


def test_a_changed_body_shows_even_where_the_key_of_its_author_is_not_known(
    closed: Path, reopen: Callable[[], Journal]
) -> None:
    tamper(closed, "UPDATE bodies SET body = x'7b7d' WHERE entry = (SELECT id FROM entries WHERE seq = 5)")
    with reopen().reading() as tx:
        report = verify_chain(tx, lambda _: ())
    assert [found.seq for found in report.found if found.flaw is Flaw.FORGED] == [5]


def test_an_untouched_journal_is_sound(
    closed: Path, reopen: Callable[[], Journal], keys_of: Callable[[str], tuple[bytes, ...]]
) -> None:
    with reopen().reading() as tx:
        report = verify_chain(tx, keys_of)
    assert (report.entries, report.retired, report.found) == (21, 0, ())


def test_nothing_of_a_citizen_can_be_read_from_the_disk(
    journal: Journal, officer: Ed25519Signer, counter: Path
) -> None:
    with journal.act(officer) as act:
        act.add(new_id(), "received", {"set": {"applicant": {"name": "Citizen-Name", "id": "001190000001"}}})
    written = b"".join(path.read_bytes() for path in counter.iterdir())
    assert b"Citizen-Name" not in written
    assert b"001190000001" not in written
    assert set(json.loads((counter / "journal.lock").read_text())) == {"pid", "host", "since"}


def test_an_error_of_the_file_names_no_citizen(journal: Journal) -> None:
    with pytest.raises(DBAPIError) as error, journal.writing() as tx:
        tx.execute(text("INSERT INTO drafts (id) VALUES (:name)"), {"name": "Citizen-Name"})
    assert "Citizen-Name" not in str(error.value)


def page_of(journal: Journal, table: str) -> int:
    """Return which page of the file, from 0, a table begins in."""
    with journal.reading() as tx:
        asked = text("SELECT rootpage FROM sqlite_master WHERE name = :table")
        return int(tx.execute(asked, {"table": table}).scalar_one()) - 1


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def tamper(path: Path, *changes: str) -> None:
    """Do what an attacker with the key would do: drop the triggers, then write."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for change in changes:
        connection.execute(change)
    connection.close()
