"""Pages come to the counter and are shown; one that cannot be painted says so and holds nothing up."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from clerk_app.papers.refusals import PaperTooSlow
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
    started.papers.scan("to-khai")
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
