"""The rail shows what the role may use and nothing else; who may not sign or settle is not offered it."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.domain.dossier import Status
from clerk_app.domain.officer import Role
from tests.ui.samples import OFFICER, FakeOffice
from tests.ui.test_screens import FakeDesk
from ui.main_window import MainWindow
from ui.printing import FolderPrinter
from ui.screens import Screens, furnish
from ui.tasks import Tasks

RAILS = {
    Role.OFFICER: ["Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+6", "Ctrl+8", "Ctrl+9", "Ctrl+0"],
    Role.RECEIVER: ["Ctrl+1", "Ctrl+6"],
    Role.ADMINISTRATOR: ["Ctrl+6", "Ctrl+8", "Ctrl+9"],
    Role.AUDITOR: ["Ctrl+2", "Ctrl+3", "Ctrl+6", "Ctrl+0"],
}


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def sit(office: FakeOffice, tasks: Tasks, qtbot: QtBot, tmp_path: Path):
    window, made = MainWindow(), []
    qtbot.addWidget(window)

    def furnished(role: Role) -> Screens:
        desk = FakeDesk(office)
        desk.officer = replace(OFFICER, roles=frozenset({role}))
        if role in (Role.RECEIVER, Role.ADMINISTRATOR):
            desk.unfinished = desk.waiting = desk.find_dossiers = desk.register_choices = refuse
        screens = furnish(desk, tasks, FolderPrinter(tmp_path), every=3600)
        made.append(screens)
        window.put(screens.workplace)
        window.show()
        screens.begin()
        return screens

    yield furnished
    for screens in made:
        screens.stop()
    tasks.finish()


def refuse(*_: object) -> None:
    raise AssertionError("this role does not see dossiers")


@pytest.mark.parametrize("role", RAILS)
def test_the_rail_has_the_screens_of_the_role_each_under_its_own_key(sit, role: Role) -> None:
    assert [each.key for each in sit(role).workplace.navigation.buttons] == RAILS[role]


def test_who_signs_no_slips_is_offered_to_receive_and_nothing_further(sit, qtbot: QtBot) -> None:
    view = sit(Role.RECEIVER).intake_view
    qtbot.waitUntil(view.foot.sign.isVisible)
    assert view.foot.sign.words == "Tiếp nhận"
    assert not view.foot.at_once.isVisible()
    assert not view.todo.supplement.isVisible()
    assert not view.todo.refusal.isVisible()


def test_an_auditor_reads_a_dossier_and_is_offered_no_act_on_it(
    sit, office: FakeOffice, qtbot: QtBot
) -> None:
    screens = sit(Role.AUDITOR)
    register = screens.register
    qtbot.waitUntil(lambda: bool(register.found))
    unsigned = next(each for each in register.found if each.status is Status.RECEIVED)
    signed = next(each for each in register.found if each.status is Status.SLIP_ISSUED)

    register.choose(unsigned.id)
    assert not register.can_sign
    register.choose(signed.id)
    detail = screens.register_view.detail
    assert detail.slip.isVisibleTo(screens.workplace)
    assert not any(
        each.isVisibleTo(screens.workplace) for each in (detail.print, detail.correct, detail.again)
    )


def test_a_search_leads_nowhere_for_who_sees_no_dossier(sit, office: FakeOffice, qtbot: QtBot) -> None:
    place = sit(Role.ADMINISTRATOR).workplace
    place.searched.emit("Nguyễn")
    place.results_asked.emit()
    assert place.current == 0
