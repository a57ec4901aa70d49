"""A full disk: the ballast gives way to the act in hand, and is held again when there is room. A real small disk."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.ballast import Ballast
from sync.durable import TEMPORARY
from sync.entry import new_id
from sync.errors import DiskFailed, DiskFull
from sync.files import FileStore
from sync.journal import Journal, Safety, entries, open_journal
from sync.keys import Ed25519Signer
from tests.sync.conftest import KEY, UNIT

MIB = 1024 * 1024
DISK = 48  # MiB


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, small enough to be filled."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mounted(folder):
        pytest.skip("no small disk can be mounted here: needs root on Linux")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def mounted(folder: Path) -> bool:
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def fill(folder: Path) -> Path:
    """Take every byte that is left."""
    rest = folder / "somebody-elses"
    with rest.open("wb", buffering=0) as file:
        for piece in (MIB, 4096, 1):
            try:
                while file.write(bytes(piece)) == piece:
                    continue
            except OSError:
                continue
    return rest


def receive(journal: Journal, officer: Ed25519Signer, size: int = 20_000) -> str:
    with journal.act(officer) as act:
        return act.add(new_id(), "received", {"note": "x" * size}).id


def test_the_act_in_hand_is_kept_on_a_full_disk(disk: Path, device, officer) -> None:
    ballast = Ballast(disk, 8 * MIB)
    with open_journal(disk / "counter", KEY, UNIT, device, safety=Safety(ballast=ballast)) as journal:
        assert ballast.make()
        rest = fill(disk)

        kept = receive(journal, officer)

        assert not ballast.is_there
        with journal.reading() as tx:
            assert entries.get(tx, kept) is not None
        assert not ballast.make()
        rest.unlink()
        assert ballast.make()
        assert ballast.path.stat().st_size == 8 * MIB


def test_a_scan_in_hand_is_filed_on_a_full_disk(disk: Path) -> None:
    ballast = Ballast(disk, 8 * MIB)
    store = FileStore(disk / "files", KEY, ballast)
    assert ballast.make()
    fill(disk)

    sha256 = store.put(b"scan" * 500_000)

    assert store.get(sha256) == b"scan" * 500_000
    assert not ballast.is_there


def test_without_ballast_a_full_disk_keeps_nothing_of_the_act_and_everything_before(
    disk: Path, device, officer
) -> None:
    with open_journal(disk / "counter", KEY, UNIT, device) as journal:
        before = receive(journal, officer)
        rest = fill(disk)
        with pytest.raises(DiskFull):
            receive(journal, officer, 900_000)
        with journal.reading() as tx:
            assert entries.get(tx, before) is not None
        rest.unlink()
        receive(journal, officer, 900_000)


def test_a_disk_that_takes_no_writing_is_said_in_words_and_loses_nothing(disk: Path, device, officer) -> None:
    with open_journal(disk / "counter", KEY, UNIT, device) as journal:
        kept = receive(journal, officer)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(DiskFailed):
        open_journal(disk / "counter", KEY, UNIT, device)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with open_journal(disk / "counter", KEY, UNIT, device) as journal, journal.reading() as tx:
        assert entries.get(tx, kept) is not None


def test_ballast_that_cannot_be_held_leaves_no_half_behind(tmp_path: Path, monkeypatch) -> None:
    ballast = Ballast(tmp_path, MIB)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not ballast.make()
    assert list(tmp_path.iterdir()) == []


def test_no_ballast_is_held_where_it_would_fill_the_disk(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    assert not Ballast(tmp_path, free).make()
    assert not Ballast(tmp_path, 0).make()
    assert not list(tmp_path.glob(f"{TEMPORARY}*"))


def test_ballast_stays_while_there_is_room(tmp_path: Path, device, officer) -> None:
    ballast = Ballast(tmp_path, MIB)
    with open_journal(tmp_path / "counter", KEY, UNIT, device, safety=Safety(ballast=ballast)) as journal:
        assert ballast.make()
        receive(journal, officer)
    assert ballast.is_there
