"""A leader finds a mistake and gives the slip back by keys; the officer sees why, and either mends it or submits it again."""

import pytest
from PySide6.QtCore import Qt

from clerk_app.desk import open_desk
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import LEADER, OFFICER, PASSPHRASE
from clerk_app.services.unlock import unlock
from tests.journeys.test_a_leaders_noon import issue

Key = Qt.Key
WHY = "Sai tên"


@pytest.fixture
def slips(office: PracticeOffice) -> list[str]:
    """Two slips that an officer has signed this morning."""
    unlocked = unlock(office.counter, OFFICER.officer.id, bytearray(PASSPHRASE.encode()))
    with open_desk(office.settings(), unlocked) as desk:
        return [issue(desk, number) for number in range(2)]


def test_a_slip_given_back_comes_again_when_the_officer_submits_it(slips: list[str], sitting) -> None:
    hands = sitting(LEADER)
    model, view = hands.screens.approval, hands.screens.approval_view
    hands.press(Key.Key_5, ctrl=True)
    hands.wait(view.list.hasFocus)
    hands.press(Key.Key_F4)  # the first has to be opened
    hands.wait(view.back.isEnabled)
    wrong = model.open_item
    hands.press(Key.Key_F7)
    hands.wait(view.reason.reason.hasFocus)
    assert wrong.code in view.reason.findChild(type(view.reason._title)).text()
    hands.press(Key.Key_Return)  # no reason yet: nothing happens
    assert view.reason.isVisible()
    hands.type(WHY, counted=False)
    hands.press(Key.Key_Return)
    hands.wait(lambda: [item.id for item in model.items] == [each for each in slips if each != wrong.id])

    hands = sitting(OFFICER)
    shelf = hands.screens.intake_view.shelf
    hands.wait(lambda: wrong.dossier in {row.key for row in shelf.list.rows})
    shelf.list.choose(wrong.dossier)
    shelf.list.opened.emit(wrong.dossier)
    register, detail = hands.screens.register, hands.screens.register_view.detail
    hands.wait(lambda: register.sent_back == WHY and detail.again.isVisible())
    assert WHY in detail._notice.words
    hands.press(Key.Key_F10)
    hands.wait(lambda: not register.sent_back)
    hands.wait(lambda: wrong.dossier not in {row.key for row in shelf.list.rows})

    hands = sitting(LEADER)
    hands.wait(lambda: {item.id for item in hands.screens.approval.items} == set(slips))
    assert hands.desk.verify_journal().valid


@pytest.mark.long
def test_esc_leaves_the_slip_in_the_list(slips: list[str], sitting) -> None:
    hands = sitting(LEADER)
    model, view = hands.screens.approval, hands.screens.approval_view
    hands.press(Key.Key_5, ctrl=True)
    hands.wait(view.list.hasFocus)
    hands.press(Key.Key_F4)
    hands.wait(view.back.isEnabled)
    before = model.items
    hands.press(Key.Key_F7)
    hands.wait(view.reason.reason.hasFocus)
    hands.press(Key.Key_Escape)
    hands.wait(view.list.hasFocus)
    assert not view.reason.isVisible()
    assert model.items == before
