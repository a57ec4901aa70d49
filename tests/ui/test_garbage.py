"""What the window let go is destroyed in the window's own thread."""

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.garbage import GarbageCollector


class Dropped:
    """Stands in a cycle with itself and tells in which thread it is destroyed."""

    def __init__(self, told: list[threading.Thread]) -> None:
        self.itself, self._told = self, told

    def __del__(self) -> None:
        self._told.append(threading.current_thread())


@pytest.fixture
def collector(qapp: object) -> Iterator[GarbageCollector]:
    holder = QObject()
    yield GarbageCollector(holder)
    holder.deleteLater()


def _make_much(objects: list[Any]) -> None:
    objects.extend([] for _ in range(200_000))


@pytest.mark.usefixtures("collector")
def test_a_lane_that_makes_many_objects_collects_nothing() -> None:
    told: list[threading.Thread] = []
    Dropped(told)
    lane = threading.Thread(target=_make_much, args=([],))

    lane.start()
    lane.join()

    assert told == []
    assert not gc.isenabled()


def test_the_windows_thread_collects_what_is_due(collector: GarbageCollector, qtbot: QtBot) -> None:
    told: list[threading.Thread] = []
    Dropped(told)
    objects: list[Any] = []

    def is_collected() -> bool:
        _make_much(objects)  # each look takes older objects with it
        collector.look()
        return bool(told)

    qtbot.waitUntil(is_collected)

    assert told == [threading.main_thread()]
