"""Files from the folder of a network scanner: on the draft first, out of the folder after."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from clerk_app.desk import open_desk
from clerk_app.furniture import Desk
from clerk_app.papers.watched_folder import REFUSED, FolderGone, WatchedFolder
from clerk_app.progress import Cancelled, Progress
from clerk_app.scanner_settings import ScanFolder
from clerk_app.services.scan_stacks import unpacked
from clerk_app.services.take_arrivals import ArrivalsLeft, ArrivalsRefused, TakeArrivals
from tests.doors import behind
from tests.papers.hostile import explodes_when_unfolded
from tests.services.test_scan_stack import stop_after


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "quét"
    folder.mkdir()
    return folder


@pytest.fixture
def watching(settings, clerk, inbox: Path) -> Iterator[Desk]:
    with open_desk(replace(settings, scan_folder=ScanFolder(inbox)), clerk) as desk:
        yield desk


@pytest.fixture
def take(watching: Desk, inbox: Path) -> TakeArrivals:
    """The desk's own, over a folder that counts as still at once."""
    return replace(behind(watching.take_arrivals), folder=WatchedFolder(inbox, settle=0))


def drop(inbox: Path, name: str, shade: int = 255) -> bytes:
    page = BytesIO()
    Image.new("L", (62, 87), shade).save(page, "JPEG")
    (inbox / name).write_bytes(page.getvalue())
    return page.getvalue()


def test_what_lies_there_is_laid_on_the_line_and_leaves_the_folder(
    watching: Desk, take: TakeArrivals, fill, inbox: Path
) -> None:
    drop(inbox, "a.jpg", 10)
    drop(inbox, "b.jpg", 200)
    told: list[str] = []

    taken = take(fill(watching), "ct01", Progress(), lambda file: told.append(file.name))

    assert taken.notice is None
    assert [file.name for file in taken.draft.papers[0].files] == told == ["a.jpg", "b.jpg"]
    assert list(inbox.iterdir()) == []
    sha256 = taken.draft.papers[0].files[0].sha256
    assert watching.page_picture(sha256, 0, 50).startswith(b"\x89PNG")


def test_a_file_leaves_the_folder_only_after_the_draft_holds_it(
    watching: Desk, take: TakeArrivals, fill, inbox: Path
) -> None:
    drop(inbox, "a.jpg")
    lies_there: list[bool] = []

    def look(_: object) -> None:
        (draft,) = watching.drafts()
        lies_there.append((inbox / "a.jpg").exists() and len(draft.stack.arrived) == 1)

    take(fill(watching), "ct01", Progress(), look)

    assert lies_there == [True]


def test_what_is_refused_is_named_with_its_reason_and_put_aside_and_the_rest_is_taken(
    watching: Desk, take: TakeArrivals, fill, inbox: Path
) -> None:
    drop(inbox, "a.jpg", 10)
    (inbox / "fax.tif").write_bytes(b"II*\0 %%EOF")
    (inbox / "bom.pdf").write_bytes(explodes_when_unfolded())
    drop(inbox, "z.jpg", 200)

    taken = take(fill(watching), "ct01", Progress())

    assert len(taken.draft.papers[0].files) == 2
    assert isinstance(taken.notice, ArrivalsRefused)
    assert "2 tệp không nhận được: fax.tif, bom.pdf" in str(taken.notice)
    assert "không phải PDF, JPEG hay PNG" in taken.notice.remedy.format(**taken.notice.facts)
    assert sorted(path.name for path in (inbox / REFUSED).iterdir()) == ["bom.pdf", "fax.tif"]


def test_what_cannot_be_removed_is_said_and_not_taken_twice(
    watching: Desk, take: TakeArrivals, fill, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(inbox, "a.jpg")
    monkeypatch.setattr(take.folder, "_keep", True)
    (inbox / "đã nhận").write_bytes(b"no folder")

    taken = take(fill(watching), "ct01", Progress())

    assert isinstance(taken.notice, ArrivalsLeft)
    assert len(taken.draft.papers[0].files) == 1
    assert take.waiting() == 0


def test_a_stop_in_the_middle_keeps_what_came_and_leaves_the_rest_in_the_folder(
    watching: Desk, take: TakeArrivals, fill, inbox: Path
) -> None:
    for number in range(3):
        drop(inbox, f"{number}.jpg", 50 * number)
    progress = Progress()

    with pytest.raises(Cancelled):
        take(fill(watching), "ct01", progress, stop_after(1, [], progress))

    (draft,) = watching.drafts()
    assert [file.name for file in unpacked(draft).papers[0].files] == ["0.jpg"]
    assert sorted(path.name for path in inbox.iterdir()) == ["1.jpg", "2.jpg"]
    taken = take(draft, "ct01", Progress())
    assert len(taken.draft.papers[0].files) == 3


def test_without_a_folder_there_is_nothing_to_wait_for(desk: Desk, settings, clerk, inbox: Path) -> None:
    assert replace(behind(desk.take_arrivals), folder=None).waiting() is None


def test_a_folder_that_went_away_is_said_in_words(watching: Desk, fill, inbox: Path) -> None:
    inbox.rmdir()

    with pytest.raises(FolderGone):
        watching.arrivals()
    with pytest.raises(FolderGone):
        watching.take_arrivals(fill(watching), "ct01", Progress())
