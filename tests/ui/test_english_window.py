"""The window in English: no Vietnamese is left on it but what is data, and the errors and acts of the floors follow."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.errors import PinWrong
from clerk_app.papers.scanner import ScannerInfo
from clerk_app.practice.people import PASSPHRASE
from tests.ui.samples import (
    BIRTH,
    CARD,
    NOW,
    OFFICER,
    OTHER,
    UNIT,
    FakeOffice,
    a_document,
    a_dossier,
    a_sending,
    some_waiting,
)
from tests.ui.test_screens import FakeDesk
from tests.ui.test_settings import CHOICES, FakeFile
from tests.ui.vietnamese import vietnamese_in
from ui.act_words import act
from ui.main_window import MainWindow
from ui.notices import in_words
from ui.printing import FolderPrinter, NoPrinter
from ui.screens import Screens, furnish
from ui.tasks import Tasks
from ui.unlock.view import UnlockView
from ui.unlock.view_model import UnlockViewModel
from ui.widgets.crash_dialog import CrashDialog
from ui.widgets.palette import EVERYTHING
from ui.widgets.pin_dialog import PinDialog

pytestmark = pytest.mark.usefixtures("english")
REGISTER = 1  # of an officer's screens
WRITTEN_ON_PAPERS = "Nữ"
CHECK = "Tệp nhật ký nguyên vẹn."  # what a check found is still told in Vietnamese


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice(sending=a_sending(alone=True, waiting=3, parked=1), waiting=some_waiting())


@pytest.fixture
def screens(office: FakeOffice, tasks: Tasks, tmp_path: Path, qtbot: QtBot) -> Iterator[Screens]:
    window = MainWindow()
    qtbot.addWidget(window)
    desk = FakeDesk(office)
    desk.settings, desk.list_scanners = FakeFile(), lambda: (ScannerInfo("test:0", "tester"),)
    made = furnish(desk, tasks, FolderPrinter(tmp_path), 20.0)
    window.put(made.workplace)
    window.show()
    with qtbot.waitSignal(made.rounds.exchanged):
        made.begin()
        made.rounds.send_now()
    qtbot.waitUntil(lambda: bool(made.register.found) and bool(made.intake.draft.id))
    yield made
    made.stop()


def _left(screens: Screens, office: FakeOffice) -> list[str]:
    """List the Vietnamese on the whole window that no value of the office brought there."""
    own_name = "Tiếng Việt"  # a language is offered by its own name
    data = (
        OFFICER,
        UNIT,
        BIRTH,
        CARD,
        CHOICES,
        CHECK,
        WRITTEN_ON_PAPERS,
        own_name,
        office.dossiers,
        office.waiting,
    )
    return vietnamese_in(screens.workplace.window(), *data)


def test_the_unlock_page_speaks_english(tasks: Tasks, qtbot: QtBot) -> None:
    model = UnlockViewModel((OFFICER, OTHER), lambda *_: None, tasks)
    model.refuse(PinWrong())
    page = UnlockView(model, UNIT.name, practice=PASSPHRASE)
    qtbot.addWidget(page)

    assert page.trouble.words.startswith("The PIN is not right.")
    assert vietnamese_in(page, OFFICER, OTHER, UNIT) == []


def test_every_screen_and_the_list_of_all_acts_speak_english(
    screens: Screens, office: FakeOffice, qtbot: QtBot
) -> None:
    place, there = screens.workplace, _something_to_show(screens)
    screens.intake.choose(BIRTH)

    for screen in range(place.screens.count()):
        place.show_screen(screen)
        place.header.search.setText(EVERYTHING)
        place.header.search.textEdited.emit(EVERYTHING)
        qtbot.waitUntil(there.get(screen, lambda: True))

        assert len(place.act_list.rows) > place.screens.count()
        assert _left(screens, office) == []


def _something_to_show(screens: Screens) -> dict[int, Callable[[], bool]]:
    return {
        screens.workplace.screens.indexOf(screens.mailbox_pages): lambda: bool(screens.mailbox.parked),
        screens.workplace.screens.indexOf(screens.health_view): lambda: bool(screens.health.checks),
        screens.workplace.screens.indexOf(screens.settings_view): lambda: (
            screens.settings.choices is not None
        ),
    }


def test_the_dossiers_of_the_register_are_told_in_english(
    screens: Screens, office: FakeOffice, qtbot: QtBot
) -> None:
    screens.workplace.show_screen(REGISTER)

    for dossier in ("d-46", "d-44", "d-43"):  # not signed, signed, by pen
        screens.register.choose(dossier)
        qtbot.waitUntil(lambda: bool(screens.register.detail.lines))

        assert _left(screens, office) == []


def test_a_print_that_was_cut_off_is_asked_about_in_english(
    screens: Screens, office: FakeOffice, qtbot: QtBot
) -> None:
    cut = replace(a_dossier(41), documents=(replace(a_document("d-41"), print_unfinished=True),))
    office.dossiers = (cut, *office.dossiers)
    begun = replace(screens, cut_prints=lambda: (cut,))

    begun.begin()
    qtbot.waitUntil(lambda: screens.register.must_settle)

    assert "did it come out?" in screens.workplace.toast.recent[0].words
    assert _left(screens, office) == []


@pytest.mark.parametrize(
    "card", [CARD, replace(CARD, final_try=True), replace(CARD, tries_low=True, practice_pin="1")]
)
def test_the_pin_is_asked_for_in_english(card: object, qtbot: QtBot) -> None:
    dialog = PinDialog(None, lambda: NOW)
    qtbot.addWidget(dialog)

    dialog.ask(card, "Sign slip 1", in_words(PinWrong()))

    assert vietnamese_in(dialog, OFFICER) == []


def test_a_crash_is_reported_in_english(qtbot: QtBot) -> None:
    dialog = CrashDialog()
    qtbot.addWidget(dialog)

    dialog.add("builtins.ZeroDivisionError")

    assert vietnamese_in(dialog) == []


def test_errors_of_the_window_and_of_the_floors_are_told_in_english() -> None:
    assert in_words(PinWrong()).remedy.endswith("or choose Sign by hand.")
    assert in_words(NoPrinter()).message == "No printer is there."


def test_acts_are_called_by_their_english_names() -> None:
    assert act("received") == "Dossier received"
    assert act("of_a_newer_version") == "of_a_newer_version"
