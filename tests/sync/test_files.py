"""Files by content: filed whole, found again, never trusted unread, never swept too early."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync import durable
from sync.errors import DiskFull, FileDamaged, FileMissing
from sync.files import FileStore

SCAN = b"%PDF-1.7 page one" * 50
SHA = hashlib.sha256(SCAN).hexdigest()
ABSENT = "00" * 32


def test_a_file_comes_back_as_it_was_filed(files: FileStore) -> None:
    assert files.put(SCAN) == SHA
    assert files.get(SHA) == SCAN
    assert files.size(SHA) == len(SCAN)
    assert files.has(SHA)


def test_an_empty_file_is_a_file(files: FileStore) -> None:
    assert files.get(files.put(b"")) == b""


def test_filing_twice_keeps_one(files: FileStore, counter: Path) -> None:
    files.put(SCAN)
    files.put(SCAN)
    assert len(stored(counter)) == 1


def test_neither_name_nor_content_tells_what_was_filed(files: FileStore, counter: Path) -> None:
    files.put(SCAN)
    (path,) = stored(counter)
    assert SHA not in str(path)
    assert b"page" not in path.read_bytes()


def test_the_same_file_is_stored_otherwise_each_time(counter: Path) -> None:
    for name in ("one", "two"):
        FileStore(counter / name, bytes(32)).put(SCAN)
    one, two = (path.read_bytes() for path in stored(counter))
    assert one != two


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_flipped_byte_is_damage(files: FileStore, counter: Path, place: int) -> None:
    files.put(SCAN)
    (path,) = stored(counter)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(FileDamaged):
        files.get(SHA)


def test_a_cut_file_is_damage_and_filing_again_mends_it(files: FileStore, counter: Path) -> None:
    files.put(SCAN)
    (path,) = stored(counter)
    path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(FileDamaged):
        files.get(SHA)
    files.put(SCAN)
    assert files.get(SHA) == SCAN


def test_one_file_cannot_stand_in_for_another(files: FileStore) -> None:
    other = files.put(b"another scan")
    files.put(SCAN)
    files._path(other).write_bytes(files._path(SHA).read_bytes())
    with pytest.raises(FileDamaged):
        files.get(other)


def test_another_key_finds_nothing(files: FileStore, counter: Path) -> None:
    files.put(SCAN)
    stranger = FileStore(counter / "files", bytes([9]) * 32)
    assert not stranger.has(SHA)
    with pytest.raises(FileMissing):
        stranger.get(SHA)


def test_a_missing_file_is_news_with_a_remedy(files: FileStore) -> None:
    with pytest.raises(FileMissing) as refusal:
        files.get(ABSENT)
    assert "quét lại" in refusal.value.remedy
    with pytest.raises(FileMissing):
        files.size(ABSENT)


def test_only_old_files_without_a_referrer_are_swept(files: FileStore, counter: Path) -> None:
    old, kept, young = (files.put(data) for data in (b"old", b"kept", b"young"))
    unfinished = files._path(old).with_name(durable.TEMPORARY + "cut")
    unfinished.write_bytes(b"half a page")
    stranger = counter / "files" / "note.txt"
    stranger.write_text("not ours")
    for path in (files._path(old), files._path(kept), unfinished, stranger):
        make_old(path)

    assert files.sweep({kept}, datetime.now(UTC) - timedelta(days=1)) == 2
    assert [files.has(sha256) for sha256 in (old, kept, young)] == [False, True, True]
    assert not unfinished.exists()
    assert stranger.exists()


def test_a_file_that_another_program_holds_is_swept_another_time(
    files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, free = files.put(b"held"), files.put(b"free")
    for sha256 in (held, free):
        make_old(files._path(sha256))
    unlink = Path.unlink

    def on_windows(path: Path, *, missing_ok: bool = False) -> None:
        if path == files._path(held):
            raise PermissionError(13, "in use")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", on_windows)
    assert files.sweep(set(), datetime.now(UTC) - timedelta(days=1)) == 1
    monkeypatch.undo()
    assert files.sweep(set(), datetime.now(UTC) - timedelta(days=1)) == 1
    assert not files.has(held)
    assert not files.has(free)


def test_a_file_that_is_filed_again_is_young_again(files: FileStore) -> None:
    files.put(SCAN)
    make_old(files._path(SHA))
    files.put(SCAN)
    assert files.sweep(set(), datetime.now(UTC) - timedelta(days=1)) == 0


def test_each_revision_begins_with_the_one_before(files: FileStore) -> None:
    base, signed = files.put(b"%PDF base"), files.put(b"%PDF base, signed")
    other = files.put(b"%PDF another")
    files.check_line([base, signed])
    with pytest.raises(FileDamaged) as refusal:
        files.check_line([base, other])
    assert refusal.value.facts["sha256"] == other


def test_a_full_disk_leaves_no_half_file(
    files: FileStore, counter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        files.put(SCAN)
    assert stored(counter) == []


def test_a_file_found_again_is_settled_before_anybody_refers_to_it(
    files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever filed it first may have been stopped between its name and the folder."""
    files.put(SCAN)
    settled: list[Path] = []
    monkeypatch.setattr("sync.files.settle_folder", settled.append)

    files.put(SCAN)

    assert settled == [files._path(SHA).parent]


def stored(counter: Path) -> list[Path]:
    return [path for path in counter.rglob("*") if path.is_file()]


def make_old(path: Path) -> None:
    two_days_ago = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(path, (two_days_ago, two_days_ago))
