"""Two counters corrected one dossier while the line was down: the choice, the PIN and the new slip by keys alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clerk_app.desk import open_desk
from clerk_app.domain.correction import Correction
from clerk_app.furniture import Desk
from clerk_app.practice.central import RunningCentral
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import OFFICER, PASSPHRASE, PIN
from clerk_app.progress import Progress
from clerk_app.services.unlock import unlock
from tests.journeys.hands import Hands
from tests.journeys.test_a_leaders_noon import issue
from tests.second_counter import add_counter
from ui.intake.stage import Stage

Key = Qt.Key
INTAKE = 0  # an officer's first screen


@pytest.fixture
def other(office: PracticeOffice, central: RunningCentral, tmp_path: Path) -> Iterator[Desk]:
    """The counter beside, with its own line."""
    settings = add_counter(office.settings(), office.central, tmp_path / "beside", "quay-05")
    unlocked = unlock(settings.folder, OFFICER.officer.id, bytearray(PASSPHRASE.encode()))
    with open_desk(settings, unlocked) as desk:
        yield desk


def correct(desk: Desk, dossier: str, name: str) -> None:
    now = desk.dossier(dossier)
    people = replace(now.applicant, owner=replace(now.applicant.owner, name=name))
    desk.reissue_slip(dossier, Correction(people, now.return_channel, "sai tên"), None)


@pytest.mark.timeout(300)
def test_ours_is_chosen_signed_and_printed_without_a_mouse(
    central: RunningCentral, hands: Hands, other: Desk
) -> None:
    here = hands.desk
    issue(here, 1)
    (dossier,) = here.find_dossiers("")
    for desk in (here, other):
        desk.exchange(Progress())
    correct(other, dossier.id, "Đặng Thị Anh")
    correct(here, dossier.id, "Đặng Thị Ánh Tuyết")
    for desk in (other, here, here):
        desk.exchange(Progress())

    hands.press(Key.Key_3, ctrl=True)
    panel = hands.screens.mailbox_view.panel
    hands.wait(panel.isVisible)
    hands.press(Key.Key_Return, ctrl=True)
    theirs, ours = panel.conflicts.sides["applicant"].buttons()
    hands.wait(theirs.hasFocus)
    hands.press(Key.Key_Space, Key.Key_Right)
    assert ours.isChecked()
    hands.press(Key.Key_Tab)
    hands.type("theo giấy khai sinh", counted=False)
    hands.press(Key.Key_Return)

    slip = hands.screens.intake.slip
    hands.wait(lambda: slip.stage is Stage.ASKING_PIN)
    assert hands.screens.workplace.current == INTAKE
    hands.type(PIN, counted=False)
    hands.press(Key.Key_Return)
    hands.wait(lambda: slip.stage is Stage.DONE)

    (paper,) = hands.printed.glob("*.pdf")
    assert "Đặng Thị Ánh Tuyết" in hands.paper(paper.name)
    hands.wait(lambda: not any(each.parked for each in here.waiting()))  # it goes up at once
    hands.wait(lambda: not hands.screens.rounds.busy)
    hands.press(Key.Key_3, ctrl=True)
    hands.press(Key.Key_F5)  # what waited behind the one that was not taken
    hands.wait(lambda: here.waiting() == ())
    other.exchange(Progress())
    for desk in (here, other):
        now = desk.dossier(dossier.id)
        assert now.applicant.owner.name == "Đặng Thị Ánh Tuyết"
        assert [each.issue for each in now.documents if each.valid] == [3]
        assert desk.verify_journal().valid
