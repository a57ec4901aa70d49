"""Pages come to the counter and are shown; one that cannot be painted says so and holds nothing up."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import PaperFile
from clerk_app.domain.stack import ScanStack
from clerk_app.papers.refusals import PaperTooSlow
from clerk_app.papers.scanner import ScannerJammed
from clerk_app.papers.watched_folder import FolderGone
from clerk_app.progress import Progress
from ui.intake.papers_model import Page
from ui.intake.view_model import IntakeViewModel as Model

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def started(model: Model, until: Until) -> Model:
    model.start()
    until(lambda: bool(model.draft.id))
    return model


@pytest.fixture
def pages(started: Model, desk: Any, until: Until) -> tuple[Page, ...]:
    """Two pages on the counter."""
    started.choose(desk.procedures[0])
    started.scans.scan("to-khai")
    until(lambda: len(started.papers.pages) == 2)
    return started.papers.pages


def test_a_page_that_cannot_be_painted_becomes_a_sheet_that_says_so(
    started: Model, desk: Any, pages: tuple[Page, ...], until: Until
) -> None:
    def refuse(*_: object) -> bytes:
        raise PaperTooSlow(seconds=15)

    desk.paint = refuse
    sheets: list[QImage] = []
    for width in (124, 900):
        started.papers.picture(pages[0], width).succeeded.connect(
            lambda png: sheets.append(QImage.fromData(png))
        )
    until(lambda: len(sheets) == 2)

    for sheet in sheets:
        colours = {sheet.pixelColor(x, y).name() for x in range(sheet.width()) for y in range(sheet.height())}
        assert QColor("#B3261E").name() in colours
    assert {sheet.width() for sheet in sheets} == {124, 900}
    assert started.notice is None  # said on the sheet, not over what is left to do


def test_a_page_that_hangs_does_not_hold_up_another_nor_a_search(
    started: Model, desk: Any, pages: tuple[Page, ...], until: Until
) -> None:
    gate, seen = Event(), []

    def hang_on_first(sha256: str, page: int, width: int, progress: Progress) -> bytes:
        if page == 0:
            assert gate.wait(60)
        return b"png"

    desk.paint = hang_on_first
    started.papers.picture(pages[0], 124).succeeded.connect(lambda _: seen.append(0))
    started.papers.picture(pages[1], 124).succeeded.connect(lambda _: seen.append(1))
    started.procedures.search("khai sinh")
    until(lambda: seen == [1] and bool(started.procedures.found))

    gate.set()
    until(lambda: seen == [1, 0])


def test_a_page_that_hangs_is_given_up_when_the_next_draft_is_opened(
    started: Model, desk: Any, pages: tuple[Page, ...], until: Until
) -> None:
    given_up = []

    def hang_until_cancelled(_: str, __: int, ___: int, progress: Progress) -> bytes:
        while True:
            progress.step(0, 1)
            gate.wait(0.01)

    gate = Event()
    desk.paint = hang_until_cancelled
    started.papers.picture(pages[0], 124).cancelled.connect(lambda: given_up.append(0))
    started.new()
    until(lambda: given_up == [0])


def test_each_page_of_a_stack_is_seen_as_it_comes_and_a_whole_stack_leaves_nothing_to_do(
    started: Model, desk: Any, until: Until
) -> None:
    desk.sheets = 3
    started.choose(desk.procedures[0])
    seen: list[int] = []
    started.scans.edited.connect(lambda _: seen.append(len(started.papers.pages)))
    started.scans.scan("to-khai")
    until(lambda: not started.at_work)

    assert seen == [2, 4, 6]
    assert started.scans.stack is None


def test_a_jam_leaves_an_open_stack_that_goes_on_or_is_said_to_be_whole(
    started: Model, desk: Any, until: Until
) -> None:
    desk.sheets, desk.jam = 2, ScannerJammed()
    started.choose(desk.procedures[0])
    started.scans.scan("to-khai")
    until(lambda: not started.at_work and started.notice is not None)

    assert isinstance(started.notice, ScannerJammed)
    assert started.scans.stack is not None
    assert started.scans.stack.pages == 2
    assert started.todo[0].text.startswith("Lần quét dở")
    assert started.todo[0].place == "paper:to-khai"

    started.scans.scan("chung-sinh")
    until(lambda: not started.at_work)
    assert {page.paper for page in started.papers.pages} == {"to-khai"}  # it went on with the stack
    assert started.scans.stack.pages == 4

    started.scans.end_stack()
    until(lambda: desk.stacks_ended == [started.draft.id])
    assert started.scans.stack is None
    assert not started.todo[0].text.startswith("Lần quét dở")


def test_a_scan_that_brought_nothing_leaves_no_stack(started: Model, desk: Any, until: Until) -> None:
    desk.sheets, desk.jam = 0, ScannerJammed()
    started.choose(desk.procedures[0])
    started.scans.scan("to-khai")
    until(lambda: not started.at_work and started.notice is not None)

    assert started.scans.stack is None


def test_a_draft_that_a_stop_cut_off_shows_its_pages_and_its_open_stack(
    started: Model, desk: Any, until: Until
) -> None:
    file = PaperFile("ab" * 32, "image/jpeg", 1, "trang-1")
    stack = ScanStack("to-khai", 3, (file,))
    draft = Draft("draft-cut", desk.procedures[0].code, stack=stack, updated_at=started.draft.updated_at)
    desk.kept[draft.id] = draft

    started.open(draft)
    until(lambda: bool(started.papers.pages) and started.keeper.safe)

    assert [page.file for page in started.papers.pages] == [file]
    assert started.scans.stack is not None
    assert started.scans.stack.pages == 3
    assert desk.saves[-1].papers[0].files == (file,)

    started.new()
    assert started.scans.stack is None


def test_a_way_of_scanning_stays_until_another_is_chosen(started: Model, desk: Any, until: Until) -> None:
    started.choose(desk.procedures[0])
    for way in ("", "Khay nạp nhiều tờ", ""):
        started.scans.scan("to-khai", way)
        until(lambda: not started.at_work)

    assert desk.ways_used == ["Màu 300", "Khay nạp nhiều tờ", "Khay nạp nhiều tờ"]


def test_files_in_the_folder_of_a_network_scanner_are_counted_and_taken_to_a_line(
    started: Model, desk: Any, until: Until
) -> None:
    started.choose(desk.procedures[0])
    desk.folder = 3
    started.scans.watch()
    until(lambda: started.scans.waiting == 3)

    started.scans.take("chung-sinh")
    until(lambda: not started.at_work and started.scans.waiting == 0)

    assert {page.paper for page in started.papers.pages} == {"chung-sinh"}
    assert len(started.papers.pages) == 6
    assert started.scans.stack is None
    assert started.notice is None


def test_files_that_the_folder_keeps_are_said_and_leave_no_open_stack(
    started: Model, desk: Any, until: Until
) -> None:
    started.choose(desk.procedures[0])
    desk.folder, desk.left_over = 1, PaperTooSlow(seconds=1)
    started.scans.watch()
    until(lambda: started.scans.waiting == 1)
    started.scans.take("chung-sinh")
    until(lambda: not started.at_work and started.notice is not None)

    assert started.notice is desk.left_over
    assert started.scans.stack is None


def test_a_folder_that_is_gone_is_a_line_and_no_alarm_each_time(
    started: Model, desk: Any, until: Until
) -> None:
    started.choose(desk.procedures[0])
    desk.folder = FolderGone(folder="Z:")
    told: list[object] = []
    started.scans.watch()
    until(lambda: started.scans.folder_trouble is not None)
    started.scans.changed.connect(lambda: told.append(0))
    started.scans.look()
    started.scans.look()
    until(lambda: not started.scans._looking)

    assert told == []
    assert started.notice is None
    desk.folder = 0
    started.scans.look()
    until(lambda: started.scans.folder_trouble is None)


def test_a_counter_without_such_a_folder_does_not_look_again(started: Model, desk: Any, until: Until) -> None:
    until(lambda: not started.scans._look.isActive())
    assert started.scans.waiting == 0
