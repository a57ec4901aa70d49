"""The archive's file: encrypted, versioned, moved aside when it cannot be used."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clerk_app.store import dossiers, schema
from clerk_app.store.archive import FILE, Archive, ArchiveDamaged, open_archive


def set_aside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(f"{FILE}.damaged-*"))


def fill(archive: Archive, make_dossier) -> None:
    with archive.writing() as tx:
        for n in range(1, 60):
            dossiers.save(tx, make_dossier(n, "Đặng Văn Lâm"))


def test_what_was_saved_is_there_at_the_next_opening(tmp_path: Path, key: bytes, make_dossier) -> None:
    dossier = make_dossier(1, "Đặng Văn Lâm")
    with open_archive(tmp_path, key) as archive, archive.writing() as tx:
        dossiers.save(tx, dossier)

    with open_archive(tmp_path, key) as archive, archive.reading() as tx:
        assert dossiers.get(tx, dossier.id) == dossier
    assert set_aside(tmp_path) == []


def test_no_name_stands_readable_in_the_file(tmp_path: Path, key: bytes, make_dossier) -> None:
    with open_archive(tmp_path, key) as archive:
        fill(archive, make_dossier)

    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "Đặng".encode() not in data
    assert b"dang van lam" not in data
    assert not data.startswith(b"SQLite format 3")


def test_another_key_moves_the_file_aside_and_never_deletes_it(tmp_path: Path, key: bytes) -> None:
    with open_archive(tmp_path, key):
        before = (tmp_path / FILE).read_bytes()

    with open_archive(tmp_path, bytes(32)) as archive, archive.reading() as tx:
        assert dossiers.count(tx) == 0

    (name,) = set_aside(tmp_path)
    assert (tmp_path / name).read_bytes() == before


def test_a_file_of_another_version_is_moved_aside(tmp_path: Path, key: bytes) -> None:
    with open_archive(tmp_path, key) as archive, archive.writing() as tx:
        tx.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION + 1}")

    with open_archive(tmp_path, key):
        pass

    assert len(set_aside(tmp_path)) == 1


def test_damage_found_while_open_rebuilds_at_the_next_opening(
    tmp_path: Path, key: bytes, make_dossier
) -> None:
    with open_archive(tmp_path, key) as archive:
        fill(archive, make_dossier)

    with open_archive(tmp_path, key) as archive:
        damage(tmp_path)
        assert not archive.check()
        with pytest.raises(ArchiveDamaged), archive.reading() as tx:
            tx.exec_driver_sql("SELECT data FROM dossiers").all()

    with open_archive(tmp_path, key) as archive:
        assert archive.check()
    assert len(set_aside(tmp_path)) == 1


def test_pages_that_wait_in_the_log_for_a_reader_are_no_damage(tmp_path: Path, key: bytes) -> None:
    with open_archive(tmp_path, key) as archive:
        with archive.writing() as tx:
            tx.exec_driver_sql("CREATE TABLE busy (data BLOB)")
            for _ in range(60):
                tx.exec_driver_sql("INSERT INTO busy VALUES (randomblob(3500))")
        with archive.reading() as still_reading:
            still_reading.exec_driver_sql("SELECT count(*) FROM busy").scalar()
            with archive.writing() as tx:
                tx.exec_driver_sql("UPDATE busy SET data = randomblob(3500) WHERE rowid < 9")
            with closing(archive.writer.raw_connection()) as raw:
                raw.driver_connection.execute(
                    "PRAGMA wal_checkpoint(PASSIVE)"
                ).fetchall()  # holes in the file

            assert archive.check()


def test_damage_is_found_at_the_opening(tmp_path: Path, key: bytes, make_dossier) -> None:
    with open_archive(tmp_path, key) as archive:
        fill(archive, make_dossier)
    damage(tmp_path)

    with open_archive(tmp_path, key) as archive:
        assert archive.check()
    assert len(set_aside(tmp_path)) == 1


def damage(folder: Path) -> None:
    """Change a byte of every page that holds rows."""
    data = bytearray((folder / FILE).read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 + 100] ^= 0xFF
    (folder / FILE).write_bytes(data)


def test_readers_cannot_write(archive: Archive) -> None:
    with pytest.raises(Exception, match="readonly"), archive.reading() as tx:
        tx.exec_driver_sql("DELETE FROM dossiers")


def test_an_error_of_the_file_names_no_citizen(archive: Archive) -> None:
    with pytest.raises(DBAPIError) as error, archive.writing() as tx:
        tx.execute(text("INSERT INTO marks (name) VALUES (:name)"), {"name": "Đặng Văn Lâm"})
    assert "Lâm" not in str(error.value)


def test_an_unknown_dossier_is_refused_in_words(archive: Archive) -> None:
    with archive.reading() as tx, pytest.raises(dossiers.NoSuchDossier):
        dossiers.get(tx, "0199b000-0000-7000-8000-000000000000")
