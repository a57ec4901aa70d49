"""Files at central on the disk: what a counter is told has arrived is there after a power cut."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.central import files as central_files
from sync.central.accounts import Device
from sync.central.files import FileRoom, Upload
from sync.central.refusal import Refusal

DEVICE = Device("quay-1", "unit", "Quầy 1")
DATA = b"a page" * 1000


@pytest.fixture
def room(tmp_path: Path) -> FileRoom:
    return FileRoom(tmp_path)


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the disk, in order: `settle <path>` and `rename <path>`, paths under the room's folder."""
    order: list[str] = []
    settle, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        told = os.fstat(handle)
        [path] = [each for each in (tmp_path, *tmp_path.rglob("*")) if os.path.samestat(each.stat(), told)]
        order.append(f"settle {path.relative_to(tmp_path)}")
        settle(handle)

    def replace(path: Path, target: Path) -> Path:
        order.append(f"rename {target.relative_to(tmp_path)}")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    return order


@pytest.mark.skipif(os.name == "nt", reason="Windows settles a folder by itself")
def test_each_part_is_settled_before_it_is_told_and_the_whole_before_and_after_its_renaming(
    room: FileRoom, done: list[str], tmp_path: Path
) -> None:
    sha256 = hashlib.sha256(DATA).hexdigest()
    upload = Upload(DEVICE, sha256, len(DATA))

    assert room.receive(upload, 0, DATA[:100]) == 100
    [part] = [path.relative_to(tmp_path) for path in (tmp_path / "parts").iterdir()]
    assert done == [f"settle {part}"]
    assert room.receive(upload, 100, DATA[100:]) == len(DATA)

    place = Path("files") / sha256[:2]
    assert done[1:] == [f"settle {part}", "settle files", f"rename {place / sha256}", f"settle {place}"]
    assert room.read(sha256) == DATA


def test_a_part_that_the_disk_did_not_take_is_not_told_as_arrived(
    room: FileRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise OSError(5, "Input/output error")

    sha256 = hashlib.sha256(DATA).hexdigest()
    monkeypatch.setattr(os, "fsync", broken)

    with pytest.raises(OSError, match="Input/output"):
        room.receive(Upload(DEVICE, sha256, len(DATA)), 0, DATA[:100])


def test_two_workers_with_one_folder_never_mix_the_parts_of_a_file(tmp_path: Path) -> None:
    """A request that arrived late and its repetition, each in another worker."""
    rooms = [FileRoom(tmp_path), FileRoom(tmp_path)]
    for turn in range(20):
        data = os.urandom(50_000) + bytes([turn])
        upload = Upload(DEVICE, hashlib.sha256(data).hexdigest(), len(data))
        with ThreadPoolExecutor(2) as workers:
            ends = [workers.submit(send, room, upload, data) for room in rooms]
            [end.result() for end in ends]
        assert rooms[0].read(upload.sha256) == data


def send(room: FileRoom, upload: Upload, data: bytes) -> None:
    """Send a file in parts, going on where central says that it stands."""
    offset = 0
    while offset < len(data) and not room.holds(upload.sha256):
        try:
            offset = room.receive(upload, offset, data[offset : offset + 10_000])
        except Refusal as refused:
            offset = int(refused.headers["Upload-Offset"])  # only a 409 has it


def test_a_worker_does_not_wait_for_ever_for_another(
    room: FileRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = Upload(DEVICE, hashlib.sha256(DATA).hexdigest(), len(DATA))
    monkeypatch.setattr(central_files, "_PATIENCE", 0.05)
    with room._alone(upload.sha256), pytest.raises(Refusal, match="503"):
        FileRoom(tmp_path).receive(upload, 0, DATA)
    assert FileRoom(tmp_path).receive(upload, 0, DATA) == len(DATA)


def test_parts_of_a_file_that_came_whole_by_another_are_swept_and_others_after_a_month(
    room: FileRoom, tmp_path: Path
) -> None:
    sha256, other = hashlib.sha256(DATA).hexdigest(), hashlib.sha256(DATA * 2).hexdigest()
    late = replace(DEVICE, id="another")
    room.receive(Upload(late, sha256, len(DATA)), 0, DATA[:100])
    room.receive(Upload(late, other, 2 * len(DATA)), 0, DATA)
    send(room, Upload(DEVICE, sha256, len(DATA)), DATA)
    now = datetime.now(UTC)

    assert room.sweep(now) == 0
    assert room.sweep(now + timedelta(days=2)) == 1

    assert [path.name.endswith(other) for path in (tmp_path / "parts").iterdir()] == [True]
    assert room.read(sha256) == DATA
    with pytest.raises(Refusal, match="409") as refused:
        room.receive(Upload(late, sha256, len(DATA)), 100, DATA[100:])
    assert refused.value.headers["Upload-Offset"] == "0"
    assert room.sweep(now + timedelta(days=29)) == 0
    assert room.sweep(now + timedelta(days=31)) == 1
    assert room.receive(Upload(late, other, 2 * len(DATA)), 0, DATA) == len(DATA)
