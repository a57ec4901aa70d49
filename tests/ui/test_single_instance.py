"""A counter has one window, however often the program is started."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from ui import desktop, single_instance
from ui.main_window import MainWindow
from ui.single_instance import SingleInstance

HOUSE = Path(__file__).parents[2]
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.single_instance import SingleInstance
app = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]))
print(second.take(), second.call_the_other())
"""
CRASHED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.single_instance import SingleInstance
app = QCoreApplication([])
print(SingleInstance(Path(sys.argv[1])).take(), flush=True)
os._exit(9)
"""


def _started(program: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def first(tmp_path: Path) -> Iterator[SingleInstance]:
    made = SingleInstance(tmp_path)
    assert made.take()
    yield made
    made.release()


def test_who_comes_second_brings_the_first_one_up(
    first: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.asked, timeout=60_000):
        second = _started(SECOND, tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)

    assert second.communicate()[0] == "False True\n"


def test_another_counter_on_the_same_computer_has_its_own_window(
    first: SingleInstance, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = SingleInstance(tmp_path / "other")

    assert other.take()
    other.release()


def test_a_window_that_was_closed_leaves_room_for_the_next(tmp_path: Path) -> None:
    closed = SingleInstance(tmp_path)
    assert closed.take()
    closed.release()

    following = SingleInstance(tmp_path)

    assert following.take()
    following.release()


def test_a_crash_leaves_room_for_the_next(tmp_path: Path) -> None:
    crashed = _started(CRASHED, tmp_path)
    assert crashed.communicate(timeout=60)[0] == "True\n"

    following = SingleInstance(tmp_path)

    assert following.take()
    following.release()


def test_a_folder_that_is_not_there_holds_no_window_up(tmp_path: Path) -> None:
    nowhere = SingleInstance(tmp_path / "nothing")

    assert nowhere.take()
    nowhere.release()


def test_a_window_that_does_not_answer_is_told(
    first: SingleInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[-1]))
    monkeypatch.setattr(single_instance, "_PATIENCE", 50)
    first._server.close()  # it still holds the lock, and listens no more
    second = SingleInstance(tmp_path)

    assert not second.take()
    assert desktop._give_way(second) == 1
    assert "không trả lời" in said[0]


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_window_comes_up_again_when_it_was_made_small(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.showMinimized()

    window.come_up()

    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.isVisible()
