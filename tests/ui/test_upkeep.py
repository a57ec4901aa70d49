"""What the counter found while it looked after itself: the gravest is said, read, and comes back only anew."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.errors import Notice
from clerk_app.services.upkeep import DiskOnBallast, NoSecondPlace
from tests.ui.samples import OFFICER, UNIT
from ui.tasks import Tasks
from ui.upkeep import Upkeeping
from ui.workplace import Workplace


class Found:
    """What the next look finds."""

    def __init__(self, *notices: Notice) -> None:
        self.notices = notices
        self.looks = 0

    def __call__(self) -> tuple[Notice, ...]:
        self.looks += 1
        return self.notices


@pytest.fixture
def workplace(qtbot: QtBot) -> Workplace:
    made = Workplace(OFFICER, UNIT)
    qtbot.addWidget(made)
    return made


def looked(upkeep: Upkeeping, qtbot: QtBot) -> None:
    upkeep.look()
    qtbot.waitUntil(lambda: not upkeep._running)


def test_the_gravest_is_said_and_the_next_when_it_was_read(
    workplace: Workplace, tasks: Tasks, qtbot: QtBot
) -> None:
    upkeep = Upkeeping(Found(DiskOnBallast(), NoSecondPlace()), tasks)
    upkeep.changed.connect(lambda: workplace.show_upkeep(upkeep.notices))
    workplace.care_read.connect(upkeep.read)
    workplace.show()
    looked(upkeep, qtbot)

    assert "Ổ đĩa đã đầy" in workplace.care.words
    assert "Dọn ổ đĩa ngay" in workplace.care.words
    workplace.care.pressed.emit()
    assert "nơi lưu thứ hai" in workplace.care.words
    workplace.care.pressed.emit()
    assert workplace.care.isHidden()
    looked(upkeep, qtbot)
    assert workplace.care.isHidden()


def test_what_was_read_is_said_again_when_it_comes_back(tasks: Tasks, qtbot: QtBot) -> None:
    found = Found(DiskOnBallast())
    upkeep = Upkeeping(found, tasks)
    looked(upkeep, qtbot)
    upkeep.read()
    assert upkeep.notices == ()

    found.notices = ()
    looked(upkeep, qtbot)
    found.notices = (DiskOnBallast(),)
    looked(upkeep, qtbot)
    assert [type(notice) for notice in upkeep.notices] == [DiskOnBallast]


def test_a_look_that_fails_is_news_like_another(tasks: Tasks, qtbot: QtBot) -> None:
    def fails() -> tuple[Notice, ...]:
        raise DiskOnBallast

    upkeep = Upkeeping(fails, tasks)
    looked(upkeep, qtbot)
    assert [type(notice) for notice in upkeep.notices] == [DiskOnBallast]


def test_two_looks_never_run_at_once(tasks: Tasks, qtbot: QtBot) -> None:
    gate, looks = threading.Event(), []

    def slow() -> tuple[Notice, ...]:
        looks.append(1)
        gate.wait(30)
        return ()

    upkeep = Upkeeping(slow, tasks)
    upkeep.look()
    upkeep.look()
    gate.set()
    qtbot.waitUntil(lambda: not upkeep._running)
    assert len(looks) == 1


def test_it_looks_from_the_start_on_and_no_more_when_stopped(tasks: Tasks, qtbot: QtBot) -> None:
    found = Found()
    upkeep = Upkeeping(found, tasks, every=0.01)
    upkeep.start()
    qtbot.waitUntil(lambda: found.looks >= 3)
    upkeep.stop()
    assert not upkeep._timer.isActive()


def test_a_look_that_met_a_bug_is_not_the_last_one(tasks: Tasks, qtbot: QtBot) -> None:
    looks = []

    def failing() -> tuple[Notice, ...]:
        looks.append(1)
        if len(looks) == 1:
            raise RuntimeError("a bug")
        return (NoSecondPlace(),)

    upkeep = Upkeeping(failing, tasks)
    with qtbot.captureExceptions() as bugs:
        looked(upkeep, qtbot)
    assert len(bugs) == 1
    looked(upkeep, qtbot)
    assert [type(notice) for notice in upkeep.notices] == [NoSecondPlace]
