"""Long work tells the window's thread how it ended, exactly once."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from clerk_app.errors import CentralOffline
from clerk_app.progress import Progress
from ui.tasks import Lane, Tasks


def test_a_result_arrives_in_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[tuple[object, bool]] = []
    worked: list[bool] = []
    task = tasks.start(Lane.READING, lambda _: worked.append(QThread.isMainThread()) or 42)
    task.succeeded.connect(lambda result: heard.append((result, QThread.isMainThread())))

    with qtbot.waitSignal(task.succeeded):
        pass

    assert heard == [(42, True)]
    assert worked == [False]


def test_a_notice_arrives_as_failed(tasks: Tasks, qtbot: QtBot) -> None:
    def work(_: Progress) -> object:
        raise CentralOffline

    task = tasks.start(Lane.NETWORK, work)

    with qtbot.waitSignal(task.failed) as failed:
        pass

    assert isinstance(failed.args[0], CentralOffline)


def test_a_cancelled_task_ends_as_cancelled(tasks: Tasks, qtbot: QtBot) -> None:
    asked = threading.Event()

    def work(progress: Progress) -> object:
        asked.wait(10)
        progress.step(1, 2)
        return "never"

    task = tasks.start(Lane.PAPER, work)
    task.cancel()
    with qtbot.waitSignal(task.cancelled), qtbot.assertNotEmitted(task.succeeded):
        asked.set()


def test_progress_is_told_before_the_end(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[object] = []
    task = tasks.start(Lane.PAPER, lambda progress: progress.step(1, 3, "Đang quét"))
    task.progressed.connect(lambda *step: told.append(step))
    task.succeeded.connect(lambda _: told.append("end"))

    with qtbot.waitSignal(task.succeeded):
        pass

    assert told == [(1, 3, "Đang quét"), "end"]


def test_one_lane_does_one_thing_after_another(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[int] = []
    for number in range(20):
        last = tasks.start(Lane.ARCHIVE, lambda _, number=number: order.append(number))

    with qtbot.waitSignal(last.succeeded):
        pass

    assert order == list(range(20))


def test_a_bug_reaches_the_hook_for_bugs(tasks: Tasks, qtbot: QtBot) -> None:
    def work(_: Progress) -> object:
        return 1 / 0

    with capture_exceptions() as bugs:
        task = tasks.start(Lane.READING, work)
        with qtbot.waitSignal(task.destroyed):
            pass

    assert [kind for kind, _, _ in bugs] == [ZeroDivisionError]


def test_leaving_waits_for_work_on_its_way(qtbot: QtBot) -> None:
    lanes = Tasks()
    done: list[int] = []
    lanes.start(Lane.ARCHIVE, lambda _: done.append(1))

    lanes.finish()

    assert done == [1]


@pytest.mark.parametrize("lane", list(Lane))
def test_lanes_do_not_wait_for_each_other(tasks: Tasks, qtbot: QtBot, lane: Lane) -> None:
    gate = threading.Event()
    tasks.start(lane, lambda _: gate.wait(10))
    others = [tasks.start(other, lambda _: None) for other in Lane if other is not lane]

    with qtbot.waitSignals([other.succeeded for other in others]):
        pass

    gate.set()


def test_nothing_begins_once_the_clerk_has_left(tasks: Tasks, qtbot: QtBot) -> None:
    begun: list[int] = []
    tasks.finish()

    task = tasks.start(Lane.READING, lambda _: begun.append(1))
    with qtbot.waitSignal(task.cancelled):
        pass

    assert begun == []


def test_a_late_timer_may_outlive_the_lanes(qapp: object, qtbot: QtBot) -> None:
    lanes = Tasks()
    lanes.finish()
    shiboken6.delete(lanes)

    task = lanes.start(Lane.READING, lambda _: None)
    with qtbot.waitSignal(task.cancelled):
        pass
