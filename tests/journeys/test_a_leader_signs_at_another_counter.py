"""A slip is issued at one counter and signed by the leader at another: one key takes it, outages in between."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.desk import open_desk
from clerk_app.furniture import Desk
from clerk_app.practice.central import RunningCentral
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import LEADER, OFFICER, PASSPHRASE, PracticePerson
from clerk_app.progress import Progress
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings
from tests.journeys.hands import Hands
from tests.journeys.test_a_leaders_noon import fields, issue, open_what_must_be, sign
from tests.second_counter import add_counter
from ui import theme
from ui.main_window import MainWindow
from ui.printing import FolderPrinter
from ui.screens import furnish
from ui.tasks import Task, Tasks

Key = Qt.Key


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


@pytest.mark.timeout(300)
def test_slips_of_the_hall_are_taken_signed_and_come_back(counter: Desk, leader: Hands) -> None:
    slips = [issue(counter, number) for number in range(3)]
    counter.exchange(Progress())

    model, view = leader.screens.approval, leader.screens.approval_view
    leader.press(Key.Key_5, ctrl=True)
    leader.wait(lambda: len(model.free) == len(slips))
    assert "3 văn bản ở quầy khác chờ ký." in view._elsewhere_words.text()
    leader.press(Key.Key_F8)
    leader.wait(lambda: {item.id for item in model.items} == set(slips))
    assert not view.elsewhere.isVisible()

    open_what_must_be(leader)
    leader.wait(view.sign.isEnabled)
    sign(leader)
    leader.wait(lambda: model.items == ())
    leader.wait(lambda: leader.desk.sending().entries_waiting == 0)
    leader.wait(lambda: leader.desk.sending().files_waiting == 0)

    counter.exchange(Progress())
    for slip in slips:
        assert fields(counter, slip) == ["CanBo", "LanhDao"]
