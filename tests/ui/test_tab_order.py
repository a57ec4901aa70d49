"""Whoever works with keys alone comes to every button of every screen, in the order in which it is read."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.domain.officer import Role
from tests.ui.samples import a_sending, some_waiting
from tests.ui.test_screens_by_role import office, sit  # noqa: F401 - fixtures
from ui.screens import Screens
from ui.widgets.reading_order import in_reading_order


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.REGISTRAR])
def test_tab_goes_through_every_screen_as_one_reads_and_misses_no_button(
    sit,  # noqa: F811
    office,  # noqa: F811
    role: Role,
    qtbot: QtBot,
) -> None:
    office.waiting = some_waiting(parked=2)
    office.sending = replace(a_sending(waiting=5), parked=2)
    screens = sit(role)
    place = screens.workplace
    for number in range(place.screens.count()):
        place.show_screen(number)
        for page in pages(place.screens.widget(number)):
            qtbot.wait(20)
            walked = [each for each in chain_after(place.navigation.buttons[-1]) if page.isAncestorOf(each)]
            name = type(page).__name__
            if page is screens.intake_view:  # goes as a visit goes: what lies unfinished comes last
                assert set(walked) == set(seen(page)), name
            else:
                assert walked == seen(page), name
            assert [each.accessibleName() for each in out_of_reach(page, walked)] == [], name


def pages(screen: QWidget):
    """Show each page of a screen in turn."""
    if not isinstance(screen, QStackedWidget):
        yield screen
        return
    for page in range(screen.count()):
        screen.setCurrentIndex(page)
        yield screen.widget(page)


def seen(page: QWidget) -> list[QWidget]:
    """Return what could have the keys now, in reading order."""
    return [each for each in in_reading_order(page) if each.isVisible() and each.isEnabled()]


def chain_after(first: QWidget) -> list[QWidget]:
    """Return what Tab would come to after a widget, until it is back there."""
    found, each = [], first.nextInFocusChain()
    while each is not first:
        takes = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
        if takes and each.isVisible() and each.isEnabled():
            found.append(each)
        each = each.nextInFocusChain()
    return found


def out_of_reach(page: QWidget, walked: list[QWidget]) -> list[QAbstractButton]:
    """Return the buttons that could be pressed with the mouse alone: Tab does not come to them, and they have no key."""
    buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
    return [each for each in buttons if each not in walked and not each.accessibleDescription()]


def test_from_the_rail_tab_leads_to_the_first_button_of_the_screen(sit, qtbot: QtBot) -> None:  # noqa: F811
    screens: Screens = sit(Role.OFFICER)
    place = screens.workplace
    place.open(screens.mailbox_pages)
    with qtbot.waitActive(place.window()):
        place.window().activateWindow()
    qtbot.waitUntil(screens.mailbox_view.send.isEnabled)  # the first round is over
    place.navigation.buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(place.navigation.buttons[-1], Qt.Key.Key_Tab)

    assert screens.mailbox_view.send.hasFocus()
