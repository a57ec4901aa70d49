"""A stack of sheets in the scanner: a jam, a crash and a slow window lose no page, and what is open is offered again."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import PaperFile
from clerk_app.furniture import Desk
from clerk_app.papers.sane import private_environment
from clerk_app.papers.scanner import ScannerJammed
from clerk_app.progress import Cancelled, Progress
from clerk_app.scanner_settings import ScannerSettings, ScanWay
from clerk_app.services.scan_stacks import unpacked
from tests import nursery
from tests.services.scanning_to_kill import SHEETS


@pytest.fixture
def with_scanner(settings, clerk, tmp_path: Path) -> Callable[..., object]:
    """Open a desk with a feeder of ten sheets; a second way jams at once."""
    jammed = SHEETS | {"read-return-value": "SANE_STATUS_JAMMED"}
    ways = (ScanWay("Khay", SHEETS, feeder=True), ScanWay("Kẹt", jammed, feeder=True))
    scanner = ScannerSettings("test:0", private_environment(tmp_path / "sane", ["test"]), ways=ways)
    return lambda: open_desk(replace(settings, scanner=scanner), clerk)


@pytest.fixture
def scanning(with_scanner) -> Iterator[Desk]:
    with with_scanner() as desk:
        yield desk


def stop_after(pages: int, came: list[PaperFile], progress: Progress) -> Callable[[PaperFile], None]:
    def tell(file: PaperFile) -> None:
        came.append(file)
        if len(came) == pages:
            progress.cancel()

    return tell


def scan_some(desk: Desk, draft: Draft, pages: int) -> list[PaperFile]:
    """Let the officer stop the scanner after some pages."""
    came: list[PaperFile] = []
    progress = Progress()
    with pytest.raises(Cancelled):
        desk.scan_papers(draft, "ct01", progress, "Khay", stop_after(pages, came, progress))
    return came


def stored(desk: Desk) -> Draft:
    (draft,) = desk.drafts()
    return draft


@pytest.fixture
def kill_at(settings) -> Callable[[str], None]:
    return partial(kill_while_scanning, settings.folder)


def kill_while_scanning(folder: Path, point: str) -> None:
    """Let a counter scan until it stands still at a point, and kill it there, with the scanimage that it leaves."""
    child = nursery.begin("tests.services.scanning_to_kill", str(folder), point)
    said = child.says()
    _kill_and_clear(child)
    assert said == "here"


def _kill_and_clear(child: nursery.Child) -> None:
    """Kill a counter as a power cut would, and the scanimage that it leaves: the `test` scanner hangs in there."""
    left = [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and _parent(process) == child.pid
    ]
    child.kill()
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def test_killed_in_mid_scan_the_pages_before_are_on_the_draft_and_the_scan_goes_on(
    kill_at, with_scanner, settings
) -> None:
    kill_at("before page 4 is noted")
    for path in (settings.folder / "files").rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))
    with with_scanner():
        pass  # closing it sweeps old files that nobody refers to

    with with_scanner() as desk:
        draft = stored(desk)
        assert draft.applicant.owner.name == "Đặng Thị Ánh"
        assert draft.stack is not None
        assert (draft.stack.paper, draft.stack.pages, draft.stack.open) == ("ct01", 3, True)
        for file in draft.stack.arrived:
            assert desk.page_picture(file.sha256, 0, 60).startswith(b"\x89PNG")

        whole = desk.scan_papers(draft, "ct01", Progress())

        assert len(whole.papers[0].files) == 3 + 10
        assert desk.save_draft(whole).stack is None


def test_killed_before_the_stack_is_whole_all_ten_pages_are_there(kill_at, with_scanner) -> None:
    kill_at("before the stack is whole")

    with with_scanner() as desk:
        draft = stored(desk)
        assert draft.stack is not None
        assert (draft.stack.pages, len(draft.stack.arrived)) == (10, 10)
        whole = desk.end_stack(draft)
        assert len(whole.papers[0].files) == 10


def test_a_jam_leaves_the_stack_open_and_the_feeders_end_closes_it(scanning: Desk, fill) -> None:
    draft = fill(scanning)
    scan_some(scanning, draft, 4)
    with pytest.raises(ScannerJammed):
        scanning.scan_papers(draft, "ct01", Progress(), "Kẹt")
    assert stored(scanning).stack.pages == 4

    whole = scanning.scan_papers(draft, "ct01", Progress(), "Khay")

    assert len(whole.papers[0].files) == 14
    assert scanning.save_draft(whole).stack is None


def test_a_jam_before_the_first_page_leaves_no_stack(scanning: Desk, fill) -> None:
    with pytest.raises(ScannerJammed):
        scanning.scan_papers(fill(scanning), "ct01", Progress(), "Kẹt")

    assert stored(scanning).stack is None


def test_who_types_meanwhile_takes_no_page_away_and_loses_no_word(scanning: Desk, fill) -> None:
    draft = fill(scanning)
    typed = replace(draft, note="gọi lại sau")
    came: list[PaperFile] = []
    progress = Progress()

    def type_on(file: PaperFile) -> None:
        scanning.save_draft(typed)  # the window has not heard of the page yet
        stop_after(3, came, progress)(file)

    with pytest.raises(Cancelled):
        scanning.scan_papers(draft, "ct01", progress, "Khay", type_on)

    kept = stored(scanning)
    assert kept.note == "gọi lại sau"
    assert kept.stack.arrived == tuple(came)
    assert unpacked(kept).papers[0].files == tuple(came)


def test_a_page_that_the_papers_hold_does_not_come_back_once_it_is_taken_off(scanning: Desk, fill) -> None:
    draft = fill(scanning)
    scan_some(scanning, draft, 2)
    seen = scanning.save_draft(unpacked(stored(scanning)))
    assert seen.stack is not None
    assert (seen.stack.pages, seen.stack.arrived) == (2, ())

    scanning.save_draft(draft)

    assert unpacked(stored(scanning)).papers[0].files == ()


def test_the_officer_may_say_that_what_came_is_all(scanning: Desk, fill) -> None:
    draft = fill(scanning)
    came = scan_some(scanning, draft, 2)

    whole = scanning.end_stack(draft)

    assert whole.papers[0].files == tuple(came)
    assert scanning.save_draft(whole).stack is None
    assert scanning.end_stack(whole).papers == whole.papers


def test_a_stack_for_another_paper_lays_what_is_left_of_the_first(scanning: Desk, fill) -> None:
    draft = fill(scanning)
    came = scan_some(scanning, draft, 2)

    whole = scanning.scan_papers(draft, "can-cuoc", Progress(), "Khay")

    files = {paper.key: paper.files for paper in whole.papers}
    assert files["ct01"] == tuple(came)
    assert len(files["can-cuoc"]) == 10
