"""A clerk scans with F6: real scanimage, SANE's own virtual scanners, the real window; jams, stops and a crash lose nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.desk import open_desk
from clerk_app.papers.sane import private_environment
from clerk_app.practice import people
from clerk_app.practice.office import PracticeOffice
from clerk_app.scanner_settings import ScanFolder, ScannerSettings, ScanWay
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings, read_settings
from tests.services.test_scan_stack import kill_while_scanning
from ui import theme
from ui.intake.view import IntakeView
from ui.printing import FolderPrinter
from ui.screens import Screens, furnish
from ui.tasks import Tasks

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Key = Qt.Key
SHEETS = {"source": "Automatic Document Feeder", "mode": "Color", "resolution": "20"}
SLOW = SHEETS | {"resolution": "75", "read-delay": "yes", "read-delay-duration": "200000"}
BIRTH = "1.001193"  # Đăng ký khai sinh
PATIENCE = 60_000  # ms


@dataclass
class Clerk:
    """Keys on the intake screen, and what it shows."""

    qtbot: QtBot
    screens: Screens

    @property
    def view(self) -> IntakeView:
        return self.screens.intake_view

    def press(self, key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        if QApplication.activePopupWidget() is None and QApplication.focusWidget() is None:
            self.screens.workplace.activateWindow()  # where no window manager does it after a menu
            self.see(lambda: QApplication.focusWidget() is not None)
        self.qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key, held)

    def see(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=PATIENCE)

    def choose_way(self, number: int) -> None:
        self.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        self.press(Key(Key.Key_0 + number))

    def is_idle(self) -> bool:
        return not self.screens.intake.at_work and self.screens.intake.keeper.safe

    def pages(self, key: str = "to-khai") -> int:
        return sum(page.paper == key for page in self.screens.intake.papers.pages)

    def begin(self, line: str = "to-khai") -> None:
        """Put a birth registration on the counter, the keys on one line of its checklist."""
        intake = self.screens.intake
        self.see(lambda: bool(intake.draft.id))
        intake.procedures.search(BIRTH)
        self.see(lambda: any(each.code == BIRTH for each in intake.procedures.found))
        intake.choose(next(each for each in intake.procedures.found if each.code == BIRTH))
        self.view.papers.go_to(line)


@pytest.fixture
def settings(office: PracticeOffice, tmp_path: Path) -> Settings:
    """A counter with a glass, a feeder, a slow feeder, one that jams, and the folder of a network scanner."""
    shutil.copytree(office.counter, tmp_path / "counter")
    Image.new("RGB", (620, 877), "white").save(tmp_path / "page.ppm")
    (tmp_path / "quét").mkdir()
    jammed = SHEETS | {"read-return-value": "SANE_STATUS_JAMMED"}
    ways = (
        ScanWay("Mặt kính", {"filename": str(tmp_path / "page.ppm")}, device="pnm:0"),
        ScanWay("Khay", SHEETS, feeder=True),
        ScanWay("Khay chậm", SLOW, feeder=True),
        ScanWay("Khay kẹt", jammed, feeder=True),
    )
    environment = private_environment(tmp_path / "sane", ["pnm", "test"])
    return replace(
        read_settings(tmp_path / "counter"),
        central="http://127.0.0.1:9",
        scanner=ScannerSettings("test:0", environment, ways=ways),
        scan_folder=ScanFolder(tmp_path / "quét"),
    )


@pytest.fixture
def unlocked(settings: Settings) -> Unlocked:
    return unlock(settings.folder, people.OFFICER.officer.id, bytearray(people.PASSPHRASE.encode()))


@pytest.fixture
def clerk(settings: Settings, unlocked: Unlocked, qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    theme.apply(QApplication.instance(), theme.LIGHT)  # type: ignore[arg-type]  # qtbot made one
    tasks = Tasks()
    with open_desk(settings, unlocked) as desk:
        screens = furnish(desk, tasks, FolderPrinter(tmp_path / "printed"), 3600)
        screens.workplace.resize(1366, 768)
        screens.workplace.show()
        qtbot.waitActive(screens.workplace)
        screens.begin()
        yield Clerk(qtbot, screens)
        screens.stop()
        screens.workplace.hide()
        tasks.finish()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_f6_scans_the_page_on_the_glass_and_another_way_is_two_keys_away(clerk: Clerk) -> None:
    clerk.begin()
    clerk.press(Key.Key_F6)
    clerk.see(lambda: clerk.pages() == 1 and clerk.is_idle())

    clerk.choose_way(2)
    clerk.see(lambda: clerk.pages() == 11 and clerk.is_idle())

    assert not clerk.view.papers.scan_row.isVisible()
    clerk.see(lambda: len(clerk.view.pages.strip.pages) == 11)
    (draft,) = (line.draft for line in clerk.screens.intake.keeper.shelf.lines)
    assert sum(len(paper.files) for paper in draft.papers) == 11


@pytest.mark.long
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_stack_that_is_stopped_lies_open_until_it_goes_on_or_is_whole(clerk: Clerk) -> None:
    clerk.begin()
    clerk.choose_way(3)
    clerk.see(lambda: clerk.pages() >= 2)
    clerk.press(Key.Key_F6)
    clerk.see(clerk.is_idle)

    came = clerk.pages()
    assert 2 <= came < 10
    row = clerk.view.papers.scan_row
    assert row.isVisible()
    assert row.line.words.startswith(f"Lần quét dở: {came} trang đã lưu")

    clerk.choose_way(4)
    clerk.see(lambda: "kẹt" in clerk.view.todo.words and clerk.is_idle())
    assert clerk.pages() == came

    clerk.choose_way(2)
    clerk.see(lambda: clerk.pages() == came + 10 and clerk.is_idle())
    assert not row.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_came_before_the_program_was_killed_is_there_and_the_clerk_says_that_it_is_all(
    settings: Settings, request: pytest.FixtureRequest
) -> None:
    kill_while_scanning(settings.folder, "before page 4 is filed")

    clerk: Clerk = request.getfixturevalue("clerk")
    clerk.see(lambda: bool(clerk.screens.intake.keeper.shelf.lines))
    clerk.press(Key.Key_F2)
    clerk.press(Key.Key_Return)

    row = clerk.view.papers.scan_row
    clerk.see(lambda: row.isVisible() and clerk.pages("ct01") == 3)
    assert row.line.words.startswith("Lần quét dở: 3 trang đã lưu")
    clerk.see(lambda: len(clerk.view.pages.strip.pages) == 3)
    clerk.press(Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    clerk.see(lambda: not row.isVisible() and clerk.is_idle())
    assert clerk.pages("ct01") == 3


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_a_network_scanner_dropped_is_laid_on_the_line_by_one_key(
    clerk: Clerk, settings: Settings
) -> None:
    folder = settings.scan_folder.path
    assert folder is not None
    Image.new("L", (62, 87), 200).save(folder / "scan0001.jpg")
    clerk.begin()

    row = clerk.view.papers.scan_row
    clerk.see(lambda: row.isVisible() and "1 tệp đang chờ" in row.line.words)
    clerk.press(Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    clerk.see(lambda: clerk.pages() == 1 and clerk.is_idle())

    assert list(folder.iterdir()) == []
    clerk.see(lambda: not row.isVisible())
