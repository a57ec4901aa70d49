"""Proof is asked for behind the work: again soon when it went well, later and later while the authority is away."""

import threading

from pytestqt.qtbot import QtBot

from clerk_app.domain.proving import Proving as Found
from clerk_app.progress import Progress
from signing.errors import TimeStampUnavailable
from ui.proving import Proving
from ui.tasks import Tasks


class FakeAuthority:
    """Answers what the test says, and counts."""

    def __init__(self, *found: Found) -> None:
        self.found = list(found)
        self.asked = 0

    def __call__(self, _: Progress) -> Found:
        self.asked += 1
        return self.found.pop(0) if self.found else Found(0, 0, None, 0, has_authority=True)


def test_papers_proven_are_told_and_the_next_look_comes(tasks: Tasks, qtbot: QtBot) -> None:
    authority = FakeAuthority(Found(3, 0, None, 0, has_authority=True))
    proving, told = Proving(authority, tasks, 0.01), list[int]()
    proving.proven.connect(told.append)

    proving.start()

    qtbot.waitUntil(lambda: authority.asked >= 3)
    proving.stop()
    assert told == [3]


def test_each_failure_doubles_the_pause_and_a_success_ends_it(tasks: Tasks, qtbot: QtBot) -> None:
    away = Found(0, 1, None, 0, has_authority=True, trouble=TimeStampUnavailable(reason="thử"))
    authority = FakeAuthority(away, away)
    proving, pauses = Proving(authority, tasks, 0.01), list[float]()
    proving._timer.timeout.connect(lambda: pauses.append(proving._timer.interval() / 1000))

    proving.start()

    qtbot.waitUntil(lambda: len(pauses) >= 4)
    proving.stop()
    assert pauses[:4] == [0.01, 0.02, 0.04, 0.01]


def test_leaving_stops_a_look_under_way_and_begins_no_other(tasks: Tasks, qtbot: QtBot) -> None:
    under_way, left = threading.Event(), threading.Event()

    def slow(watch: Progress) -> Found:
        under_way.set()
        while not watch.stopped:
            left.wait(0.01)
        left.set()
        return Found(0, 1, None, 0, has_authority=True)

    proving = Proving(slow, tasks, 0.01)
    proving.start()
    qtbot.waitUntil(under_way.is_set)

    proving.stop()

    qtbot.waitUntil(left.is_set)
    qtbot.waitUntil(lambda: proving._task is None)
    assert not proving._timer.isActive()
