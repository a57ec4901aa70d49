"""The rail shows what the role may use and nothing else; who may not sign or settle is not offered it."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.domain.document import SignatureField
from clerk_app.domain.dossier import Status
from clerk_app.domain.officer import Role
from tests.ui.samples import OFFICER, FakeOffice
from tests.ui.test_approval import FakeRoom
from tests.ui.test_delegations import FakeDelegations
from tests.ui.test_screens import FakeDesk
from tests.ui.test_settings import FakeFile
from tests.ui.test_sign_file import FakeOffice as FakeFiles
from ui.main_window import MainWindow
from ui.printing import FolderPrinter
from ui.screens import Screens, furnish
from ui.tasks import Tasks

_OF_SIGNERS = ["Ctrl+2", "Ctrl+3", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8", "Ctrl+9", "Ctrl+0"]
RAILS = {
    Role.OFFICER: ["Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+6", "Ctrl+8", "Ctrl+9", "Ctrl+0"],
    Role.LEADER: _OF_SIGNERS,
    Role.REGISTRAR: _OF_SIGNERS,
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
        desk.settings, desk.list_scanners = FakeFile(), lambda: ()
        if role in (Role.LEADER, Role.REGISTRAR):
            let_sign(desk, role)
        if role in (Role.RECEIVER, Role.ADMINISTRATOR):
            desk.unfinished = desk.waiting = desk.register_choices = refuse
            desk.find_dossiers = desk.seek_dossiers = refuse
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


def let_sign(desk: FakeDesk, role: Role) -> None:
    """Give the desk what a signer of further signatures has: a list to sign, files, delegations for a leader."""
    field = SignatureField.LEADER if role is Role.LEADER else SignatureField.SEAL
    room, files, told = FakeRoom().calls(), FakeFiles().calls(), FakeDelegations().calls()

    class Turns:
        elsewhere = staticmethod(room.elsewhere)
        __call__ = staticmethod(room.take)

    class Delegate:
        candidates, end = staticmethod(told.candidates), staticmethod(told.end)
        __call__ = staticmethod(told.delegate)

    desk.signing_room = SimpleNamespace(
        field=field, list=room.list, cards=room.cards, sign=room.sign, turns=Turns(), send_back=room.send_back
    )
    desk.delegations, desk.delegate = told.list, Delegate()
    desk.sign_file = SimpleNamespace(
        acts=files.acts,
        look=files.look,
        picture=files.picture,
        place=files.place,
        sign_size=files.size,
        check=files.check,
        cards=files.cards,
    )


def refuse(*_: object) -> None:
    raise AssertionError("this role does not see dossiers")


@pytest.mark.parametrize("role", RAILS)
def test_the_rail_has_the_screens_of_the_role_each_under_its_own_key(sit, role: Role) -> None:
    assert [each.key for each in sit(role).workplace.navigation.buttons] == RAILS[role]


@pytest.mark.parametrize("role", RAILS)
def test_no_key_does_two_things_on_a_page(sit, role: Role, qtbot: QtBot) -> None:
    place = sit(role).workplace
    for number in range(place.screens.count()):
        place.show_screen(number)
        screen = place.screens.widget(number)
        pages = screen.count() if isinstance(screen, QStackedWidget) else 1
        for page in range(pages):
            if isinstance(screen, QStackedWidget):
                screen.setCurrentIndex(page)
            qtbot.wait(0)
            keys = Counter(key for each in place.window().findChildren(QShortcut) for key in live_keys(each))
            assert [key for key, count in keys.items() if count > 1] == []


def live_keys(shortcut: QShortcut) -> list[str]:
    """Return the keys that a shortcut would answer to now."""
    owner = shortcut.parent()
    live = isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled() and shortcut.isEnabled()
    keys = shortcut.keys()
    return [each.toString() for each in keys if each.toString()] if live else []


def test_who_signs_no_slips_is_offered_to_receive_and_nothing_further(sit, qtbot: QtBot) -> None:
    view = sit(Role.RECEIVER).intake_view
    qtbot.waitUntil(view.foot.sign.isVisible)
    assert view.foot.sign.words == "Tiếp nhận"
    assert "trước khi tiếp nhận" in view.todo.words
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
