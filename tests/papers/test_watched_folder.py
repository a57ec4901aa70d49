"""What a network scanner drops into a folder is taken when it is whole, and not a moment before."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk_app.errors import Notice
from clerk_app.papers.watched_folder import REFUSED, TAKEN, Arrival, FolderGone, WatchedFolder

MakePdf = Callable[..., bytes]


class FakeClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "quét"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(inbox: Path, clock: FakeClock) -> WatchedFolder:
    return WatchedFolder(inbox, settle=3, clock=clock)


def names(watched: WatchedFolder) -> list[str]:
    return [arrival.name for arrival in watched.waiting()]


def settled(watched: WatchedFolder, clock: FakeClock) -> tuple[Arrival, ...]:
    watched.waiting()
    clock.now += 3
    return watched.waiting()


def test_a_whole_file_is_offered_once_it_has_not_changed_for_a_while(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes
) -> None:
    (inbox / "scan1.jpg").write_bytes(jpeg)
    assert names(watched) == []

    clock.now = 2.9
    assert names(watched) == []
    clock.now = 3.0
    assert names(watched) == ["scan1.jpg"]


def test_a_file_that_still_grows_waits_for_its_end(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, make_pdf: MakePdf
) -> None:
    data = make_pdf(5)
    for end in (100, 500, 900):
        (inbox / "scan.pdf").write_bytes(data[:end])
        assert names(watched) == []
        clock.now += 2

    (inbox / "scan.pdf").write_bytes(data)
    assert [arrival.size for arrival in settled(watched, clock)] == [len(data)]


def test_a_file_that_pauses_half_way_is_not_taken_for_whole(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes
) -> None:
    (inbox / "scan.jpg").write_bytes(jpeg[: len(jpeg) // 2])

    assert settled(watched, clock) == ()
    clock.now += 30
    assert names(watched) == ["scan.jpg"]  # after half a minute it is judged as it is


def test_what_no_scanner_leaves_is_not_looked_at(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes
) -> None:
    for name in (".scan.jpg", "~scan.jpg", "scan.jpg.part", "scan.tmp", "Thumbs.db", "ghi chú.docx"):
        (inbox / name).write_bytes(jpeg)
    (inbox / "thư mục.pdf").mkdir()
    (inbox / "rỗng.pdf").touch()
    (inbox.parent / "mật.jpg").write_bytes(jpeg)
    (inbox / "lối tắt.jpg").symlink_to(inbox.parent / "mật.jpg")

    assert settled(watched, clock) == ()


def test_the_oldest_comes_first(watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes) -> None:
    for number, name in enumerate(("b.jpg", "a.jpg", "c.jpg")):
        (inbox / name).write_bytes(jpeg)
        os.utime(inbox / name, (1000 + number, 1000 + number))

    assert [arrival.name for arrival in settled(watched, clock)] == ["b.jpg", "a.jpg", "c.jpg"]


def test_a_file_that_was_taken_is_deleted(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes
) -> None:
    (inbox / "scan.jpg").write_bytes(jpeg)
    (arrival,) = settled(watched, clock)

    assert watched.read(arrival) == jpeg
    assert watched.take_away(arrival)

    assert list(inbox.iterdir()) == []


def test_a_file_that_was_taken_is_put_aside_where_the_office_wants_it_so(
    inbox: Path, clock: FakeClock, jpeg: bytes
) -> None:
    watched = WatchedFolder(inbox, keep=True, settle=3, clock=clock)
    for _ in range(2):
        (inbox / "scan.jpg").write_bytes(jpeg)
        (arrival,) = settled(watched, clock)
        assert watched.take_away(arrival)

    assert sorted(path.name for path in (inbox / TAKEN).iterdir()) == ["scan (2).jpg", "scan.jpg"]
    assert settled(watched, clock) == ()


def test_a_file_that_was_refused_lies_apart_and_is_not_offered_again(
    watched: WatchedFolder, inbox: Path, clock: FakeClock
) -> None:
    (inbox / "fax.tiff").write_bytes(b"II*\0 %%EOF")
    (arrival,) = settled(watched, clock)

    assert watched.put_aside(arrival)

    assert [path.name for path in (inbox / REFUSED).iterdir()] == ["fax.tiff"]
    assert settled(watched, clock) == ()


def test_a_file_that_changed_since_it_was_seen_is_neither_read_nor_removed(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes, png: bytes
) -> None:
    (inbox / "scan.jpg").write_bytes(jpeg)
    (arrival,) = settled(watched, clock)
    (inbox / "scan.jpg").write_bytes(png)

    assert watched.read(arrival) is None
    watched.take_away(arrival)

    assert (inbox / "scan.jpg").read_bytes() == png


def test_a_file_that_somebody_else_took_is_nothing(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes
) -> None:
    (inbox / "scan.jpg").write_bytes(jpeg)
    (arrival,) = settled(watched, clock)
    (inbox / "scan.jpg").unlink()

    assert watched.read(arrival) is None
    assert watched.take_away(arrival)


def test_a_file_that_cannot_be_removed_is_not_taken_twice(
    watched: WatchedFolder, inbox: Path, clock: FakeClock, jpeg: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "scan.jpg").write_bytes(jpeg)
    (arrival,) = settled(watched, clock)

    def held(_: Path) -> None:
        raise PermissionError

    with monkeypatch.context() as system:
        system.setattr(Path, "unlink", held)
        assert not watched.take_away(arrival)
    assert names(watched) == []

    (inbox / "scan.jpg").write_bytes(jpeg + b"\xff\xd9")
    assert len(settled(watched, clock)) == 1  # another file of that name is


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path / "mất")

    with pytest.raises(FolderGone) as gone:
        watched.waiting()

    assert isinstance(gone.value, Notice)
    assert "mất" in str(gone.value)
