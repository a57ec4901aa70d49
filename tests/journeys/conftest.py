"""One practice office for each file of journeys, with its central system in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.desk import open_desk
from clerk_app.furniture import Desk
from clerk_app.practice.central import RunningCentral, start_central
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import LEADER, OFFICER, PASSPHRASE, PracticePerson
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings
from tests.journeys.hands import Hands
from tests.practice_office import new_office
from tests.second_counter import add_counter
from ui import theme
from ui.main_window import MainWindow
from ui.printing import FolderPrinter
from ui.screens import furnish
from ui.tasks import Task, Tasks


@dataclass(frozen=True)
class Said:
    """What a command, in a process of its own, answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> PracticeOffice:
    return new_office(tmp_path_factory.mktemp("journey") / "practice")


@pytest.fixture(scope="module")
def central(office: PracticeOffice) -> Iterator[RunningCentral]:
    running = start_central(office.central, office.central_port)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of the office's size that nobody looks at."""
    if not all(map(shutil.which, ("Xvfb", "xdotool"))):
        pytest.skip("needs Xvfb and xdotool")
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert screen.stdout is not None
    yield f":{screen.stdout.readline().strip()}"
    screen.terminate()
    screen.wait(10)
    screen.stdout.close()


@pytest.fixture
def clerk_app(office: PracticeOffice) -> Callable[..., Said]:
    """Run `clerk-app COMMAND …` on the office's counter as a process; `pin` goes through a pipe of its own."""

    def run(*words: object, pin: str = "") -> Said:
        reading, writing = os.pipe()
        os.write(writing, pin.encode())
        os.close(writing)
        command = [sys.executable, "-m", "ui", *map(str, words), "--json"]
        if pin:
            command += ["--pin-fd", str(reading)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                encoding="utf-8",
                pass_fds=(reading,),
                env=os.environ | {"CLERK_APP_DATA": str(office.counter)},
                timeout=120,
                check=False,
            )
        finally:
            os.close(reading)
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def hands(office: PracticeOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Hands]:
    """The real window of the office's officer, with a folder for a printer; central is not running."""
    theme.apply(QApplication.instance(), theme.LIGHT)  # type: ignore[arg-type]  # pytest-qt made it
    unlocked = unlock(office.counter, OFFICER.officer.id, bytearray(PASSPHRASE.encode()))
    tasks, window = Tasks(), MainWindow()
    with open_desk(office.settings(), unlocked) as desk:
        screens = furnish(desk, tasks, FolderPrinter(tmp_path / "printed"), every=3600.0)
        window.put(screens.workplace)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        screens.begin()
        made = Hands(qtbot, window, screens, desk, tmp_path / "printed")
        made.wait(lambda: screens.intake.draft.id and screens.intake_view.picker.line.hasFocus())
        yield made
        screens.intake_view.pin.leave()
        screens.stop()
        while tasks.findChildren(Task):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        tasks.finish()


@pytest.fixture
def sitting(office: PracticeOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Hands]]:
    """Somebody sits down before the window that already stands open on this counter."""
    theme.apply(QApplication.instance(), theme.LIGHT)  # type: ignore[arg-type]  # pytest-qt made it
    tasks, window, furnished = Tasks(), MainWindow(), []
    opening = unlock(office.counter, LEADER.officer.id, bytearray(PASSPHRASE.encode()))
    with open_desk(office.settings(), opening) as first:

        def sit(person: PracticePerson, *, listed: bool = True) -> Hands:
            desk = first.switch(unlock(office.counter, person.officer.id, bytearray(PASSPHRASE.encode())))
            screens = furnish(desk, tasks, FolderPrinter(tmp_path / "printed"), every=3600.0)
            furnished.append(screens)
            window.put(screens.workplace)
            with qtbot.waitActive(window):
                window.show()
                window.activateWindow()
            screens.begin()
            made = Hands(qtbot, window, screens, desk, tmp_path / "printed")
            made.wait(lambda: not listed or screens.approval is None or screens.approval.items)
            return made

        yield sit
        for screens in furnished:
            screens.stop()
        while tasks.findChildren(Task):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        tasks.finish()


def opened(settings: Settings, person: PracticePerson) -> Unlocked:
    return unlock(settings.folder, person.officer.id, bytearray(PASSPHRASE.encode()))


@pytest.fixture
def first(office: PracticeOffice, central: RunningCentral) -> Settings:
    return replace(office.settings(), further_turns="anywhere")


@pytest.fixture
def counter(first: Settings) -> Iterator[Desk]:
    """The counter in the hall, where slips are issued."""
    with open_desk(first, opened(first, OFFICER)) as desk:
        yield desk


@pytest.fixture
def leader(office: PracticeOffice, first: Settings, tmp_path: Path, qtbot: QtBot) -> Iterator[Hands]:
    """The leader before a window of their own, upstairs."""
    settings = add_counter(first, office.central, tmp_path / "upstairs", "quay-05")
    theme.apply(QApplication.instance(), theme.LIGHT)  # type: ignore[arg-type]  # pytest-qt made it
    tasks, window = Tasks(), MainWindow()
    with open_desk(settings, opened(settings, LEADER)) as desk:
        screens = furnish(desk, tasks, FolderPrinter(tmp_path / "printed"), every=1.0)
        window.put(screens.workplace)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        screens.begin()
        yield Hands(qtbot, window, screens, desk, tmp_path / "printed")
        screens.stop()
        while tasks.findChildren(Task):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        tasks.finish()
