"""A citizen comes back with half a code or a name: the dossier is found, opened, and told whole; by keys in the window."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.correction import Correction
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.furniture import Desk
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import OFFICER, PASSPHRASE
from clerk_app.services.unlock import unlock
from ui import theme
from ui.main_window import MainWindow
from ui.printing import FolderPrinter
from ui.screens import Screens, furnish
from ui.tasks import Tasks

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
REGISTER = 1  # of an officer's screens
LONG = 30_000  # ms, for a machine under load
Key = Qt.Key


@pytest.fixture(scope="module")
def desk(office: PracticeOffice) -> Iterator[Desk]:
    unlocked = unlock(office.counter, OFFICER.officer.id, bytearray(PASSPHRASE.encode()))
    with open_desk(replace(office.settings(), central=""), unlocked) as opened:
        yield opened


@pytest.fixture(scope="module")
def morning(desk: Desk, office: PracticeOffice) -> tuple[Dossier, ...]:
    """Three dossiers; the slip of the first was wrong and is replaced."""
    names = ("Đặng Ngọc Ánh", "Y Blơ Niê", "Phạm Quốc Khánh")
    received = [receive(desk, office, name, number) for number, name in enumerate(names)]
    person = replace(received[0].applicant.owner, name="Đặng Ngọc Ảnh")
    desk.reissue_slip(
        received[0].id, Correction(Applicant(person), received[0].return_channel, "sai dấu"), None
    )
    return tuple(desk.dossier(each.id) for each in received)


def receive(desk: Desk, office: PracticeOffice, name: str, number: int) -> Dossier:
    draft = replace(
        desk.start_draft(),
        procedure="2.000635",
        applicant=Applicant(Person(name, id_number=f"0011900770{number:02}", phone=f"091234567{number}")),
        papers=(LaidPaper("can-cuoc", PaperState.SHOWN_ONLY),),
    )
    page = office.papers / "to-khai-trich-luc.png"
    draft = desk.lay_papers(draft, "to-khai", page.read_bytes(), page.name)
    dossier = desk.receive_dossier(draft)
    desk.slip_for_pen(dossier.id, "thẻ quên ở nhà")
    return dossier


@pytest.fixture
def screens(desk: Desk, morning: tuple[Dossier, ...], tmp_path: Path, qtbot: QtBot) -> Iterator[Screens]:
    theme.apply(QApplication.instance(), theme.LIGHT)
    tasks, window = Tasks(), MainWindow()
    made = furnish(desk, tasks, FolderPrinter(tmp_path), 1000.0)
    window.put(made.workplace)
    qtbot.addWidget(window)
    with qtbot.waitActive(window, timeout=LONG):
        window.show()
        window.activateWindow()
    made.begin()
    qtbot.waitUntil(lambda: len(made.register.found) == len(morning), timeout=LONG)
    yield made
    made.stop()
    tasks.finish()


TYPED = (
    ("blo nie", 1),
    ("0002", 1),
    ("khanh trich luc", 2),
    ("001190077000", 0),
    ("5672", 2),
    ("dang ngoc", 0),
)


def test_half_a_name_or_a_few_digits_find_the_dossier(
    screens: Screens, morning: tuple[Dossier, ...], qtbot: QtBot
) -> None:
    for typed, who in TYPED:
        qtbot.keyClick(screens.workplace, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(QApplication.focusWidget(), typed)
        said = f"1 hồ sơ khớp “{typed}”"
        qtbot.waitUntil(lambda said=said: screens.register_view._summary.words == said, timeout=LONG)

        assert screens.register.found == (morning[who],)
        assert screens.register.chosen == morning[who]
    assert screens.workplace.current == REGISTER


def test_its_whole_story_is_told_with_the_slip_that_counts_no_more_and_its_pages(
    screens: Screens, morning: tuple[Dossier, ...], qtbot: QtBot
) -> None:
    screens.workplace.searched.emit("dang ngoc")
    detail = screens.register_view.detail
    qtbot.waitUntil(lambda: screens.register.chosen == morning[0], timeout=LONG)
    qtbot.waitUntil(lambda: len(screens.register.detail.lines) == 4, timeout=LONG)
    qtbot.waitUntil(lambda: len(detail.documents.rows) == 2, timeout=LONG)

    assert [row.badge for row in detail.documents.rows] == ["", "Không còn giá trị"]
    told = [line.kind for line in screens.register.detail.lines]
    assert told == ["received", "slip_for_pen", "corrected", "slip_for_pen"]
    assert screens.register.detail.lines[2].details == (
        ("reason", "sai dấu"),
        ("owner_name", "Đặng Ngọc Ánh → Đặng Ngọc Ảnh"),
    )
    qtbot.waitUntil(lambda: len(detail.papers.strip._pages.pictures) == 1, timeout=LONG)
    detail.papers.strip.setFocus()
    qtbot.keyClick(detail.papers.strip, Key.Key_Return)
    qtbot.waitUntil(lambda: not detail.papers.dialog.sheet.seen.isNull(), timeout=LONG)
    qtbot.keyClick(detail.papers.dialog, Key.Key_Escape)
    assert detail.papers.dialog.isHidden()


def test_what_is_not_sent_is_filtered_by_one_key(
    screens: Screens, morning: tuple[Dossier, ...], qtbot: QtBot
) -> None:
    screens.workplace.show_screen(REGISTER)
    screens.register_view.setFocus()
    qtbot.keyClick(screens.workplace, Key.Key_6, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: screens.register_view._summary.words == "3 hồ sơ khớp bộ lọc", timeout=LONG)
    qtbot.keyClick(screens.workplace, Key.Key_0, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(lambda: screens.register_view._summary.words == "3 hồ sơ", timeout=LONG)
