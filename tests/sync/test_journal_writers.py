"""What stands behind the journal's promises even where its own code were wrong: locks, uniqueness, order on the disk."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, exc, text

from sync.central.database import open_database
from sync.entry import new_id
from sync.files import FileStore
from sync.journal import Journal
from sync.journal.connection import writer
from sync.keys import Ed25519Signer

KEY = bytes(range(32))
_COPY = (
    "INSERT INTO entries (id, chain, seq, subject, kind, author, occurred_at, body_commit, prev_hash, hash,"
    " header, sig) SELECT 'other', chain, {seq}, subject, kind, author, occurred_at, body_commit, {prev},"
    " 'other', header, sig FROM entries WHERE seq = 2"
)


@pytest.fixture
def second(journal: Journal, counter: Path) -> Iterator[Engine]:
    """A second writer on the same file, who does not wait; no lock of the folder keeps it away."""
    engine = writer(counter / "journal.db", KEY)
    impatient(engine)
    yield engine
    engine.dispose()


def impatient(engine: Engine) -> None:
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA busy_timeout = 0")
    raw.close()


def test_a_second_writer_is_stopped_before_it_reads(journal: Journal, second: Engine) -> None:
    with journal.writing(), pytest.raises(exc.OperationalError, match="locked"), second.begin():
        pass
    with second.begin() as tx:
        assert tx.execute(text("SELECT count(*) FROM entries")).scalar_one() == 1


@pytest.mark.parametrize(("seq", "prev"), [("2", "'other'"), ("99", "prev_hash")])
def test_no_place_of_a_chain_is_filled_twice(
    journal: Journal, officer: Ed25519Signer, seq: str, prev: str
) -> None:
    with journal.act(officer) as act:
        act.add(new_id(), "received", {})
    with pytest.raises(exc.IntegrityError, match="UNIQUE"), journal.writing() as tx:
        tx.execute(text(_COPY.format(seq=seq, prev=prev)))


def test_no_number_of_a_day_is_used_twice(journal: Journal) -> None:
    def use(tx: Connection, series: str, day: str) -> None:
        row = {"series": series, "day": day, "chain": journal.chain}
        used = "INSERT INTO number_uses (series, day, value, chain) VALUES (:series, :day, 7, :chain)"
        tx.execute(text(used), row)

    with journal.writing() as tx:
        use(tx, "S", "2026-07-01")
        use(tx, "S", "2026-07-02")
    with pytest.raises(exc.IntegrityError, match="UNIQUE"), journal.writing() as tx:
        use(tx, "S", "2026-07-01")


def test_a_commit_waits_for_the_disk(journal: Journal) -> None:
    with journal.writing() as tx:
        assert tx.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL
        assert tx.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_central_has_one_writer_at_a_time(tmp_path: Path) -> None:
    first, second = (open_database(f"sqlite:///{tmp_path / 'central.db'}") for _ in range(2))
    impatient(second.engine)
    with first.writing(), pytest.raises(exc.OperationalError, match="locked"), second.writing():
        pass
    for database in (first, second):
        database.close()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux which file a handle belongs to")
def test_a_file_is_on_the_disk_before_its_name_and_its_name_before_anybody_refers_to_it(
    files: FileStore, counter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    settled, renamed = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        settled(handle)
        done.append(str(Path(f"/dev/fd/{handle}").resolve()))

    def rename(path: Path, target: Path) -> Path:
        done.append("rename")
        return renamed(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", rename)
    files.put(b"a page")

    (kept,) = [path for path in (counter / "files").rglob("*") if path.is_file()]
    shelf, (page, *rest) = str(kept.parent), done[1:]
    assert done[0] == str(counter / "files")  # the new shelf
    assert page.startswith(f"{shelf}/.tmp-")
    assert rest == ["rename", shelf]
