"""The frame around the work: one window, three screens, a search and the state of the connection."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.samples import NOW, OFFICER, UNIT, FakeOffice, a_sending, some_waiting
from ui.mailbox.rounds import Rounds
from ui.mailbox.view import MailboxView
from ui.mailbox.view_model import MailboxViewModel
from ui.main_window import MainWindow
from ui.register.view import RegisterView
from ui.register.view_model import RegisterViewModel
from ui.tasks import Tasks
from ui.widgets.key_button import KeyButton
from ui.widgets.status_badge import StatusBadge
from ui.workplace import Workplace


@pytest.fixture
def place(qtbot: QtBot) -> Workplace:
    made = Workplace(OFFICER, UNIT, lambda: NOW)
    qtbot.addWidget(made)
    made.add_screen("Tiếp nhận hồ sơ", "file-plus", "Ctrl+1", QLineEdit())
    made.add_screen("Sổ theo dõi hồ sơ", "book-open", "Ctrl+2", QLineEdit())
    return made


@pytest.fixture
def shown(place: Workplace, qtbot: QtBot) -> Workplace:
    with qtbot.waitActive(place):
        place.show()
        place.activateWindow()
    return place


def test_the_first_screen_is_shown(place: Workplace) -> None:
    assert place.current == 0


@pytest.mark.parametrize(
    ("set_as", "shown"), [("Q3", "Quầy 3"), ("3", "Quầy 3"), ("Quầy Hộ tịch", "Quầy Hộ tịch")]
)
def test_the_head_names_the_counter_as_people_do(set_as: str, shown: str, qtbot: QtBot) -> None:
    place = Workplace(OFFICER, replace(UNIT, counter=set_as), lambda: NOW)
    qtbot.addWidget(place)

    assert shown in [each.words for each in place.header.findChildren(StatusBadge)]


def test_keys_lead_to_screens(shown: Workplace, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown.current == 1

    qtbot.keyClick(shown, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert shown.current == 0


def test_one_key_leads_to_the_search(shown: Workplace, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert shown.header.search.hasFocus()
    with qtbot.waitSignal(shown.searched) as searched:
        qtbot.keyClicks(shown.header.search, "hanh")
    assert searched.args == ["hanh"]


def test_a_screens_key_puts_the_keys_on_it(shown: Workplace, qtbot: QtBot) -> None:
    shown.header.search.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert shown.screens.widget(1).hasFocus()


def test_escape_leads_from_the_search_back_to_the_work(shown: Workplace, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    qtbot.keyClick(shown.header.search, Qt.Key.Key_Escape)

    assert shown.screens.widget(0).hasFocus()


def test_being_alone_is_said_with_the_hour_and_what_waits(place: Workplace) -> None:
    place.show_connection(a_sending(alone=True, waiting=14), busy=False)

    assert place.banner.words == (
        "Mất kết nối từ 08:42 – vẫn tiếp nhận bình thường. "
        "14 hồ sơ đã lưu an toàn trên máy này, sẽ tự gửi khi có mạng."
    )
    assert not place.banner.isHidden()


def test_a_round_that_reaches_central_takes_the_banner_away(place: Workplace) -> None:
    place.show_connection(a_sending(alone=True), busy=False)

    place.show_connection(a_sending(), busy=False)

    assert place.banner.isHidden()


def test_the_banner_tries_again(place: Workplace, qtbot: QtBot) -> None:
    place.show_connection(a_sending(alone=True), busy=False)

    with qtbot.waitSignal(place.reconnect_asked):
        place.banner.pressed.emit()


def test_a_lock_is_one_key_away(shown: Workplace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.lock_asked):
        qtbot.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_news_is_listed_in_the_head(shown: Workplace) -> None:
    shown.say("Đã cấp giấy hẹn.")

    menu = shown.header.news_menu(shown.toast.recent)

    assert [action.text() for action in menu.actions()] == ["09:12   Đã cấp giấy hẹn."]


def test_the_window_fits_the_smallest_screen(qtbot: QtBot, tasks: Tasks) -> None:
    window = _whole_window(qtbot, tasks)

    wanted = window.minimumSizeHint()

    assert wanted.width() <= 1290
    assert wanted.height() <= 704
    assert window.minimumSize() == QSize(1290, 704)


def test_no_words_are_cut_on_the_smallest_screen(qtbot: QtBot, tasks: Tasks) -> None:
    window = _whole_window(qtbot, tasks)
    window.resize(1290, 704)
    window.show()

    cut = [
        widget.text()
        for kind in (QLabel, QPushButton)
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and widget.text()
        and widget.width() < widget.sizeHint().width()
        and not (isinstance(widget, QLabel) and widget.wordWrap())
    ]

    assert cut == []


def test_everything_that_takes_keys_has_a_name(qtbot: QtBot, tasks: Tasks) -> None:
    window = _whole_window(qtbot, tasks)
    window.show()

    nameless = [
        type(widget).__name__
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and isinstance(widget, QAbstractButton | QLineEdit)
        and not widget.accessibleName()
    ]

    assert nameless == []


def test_a_locked_window_returns_to_the_same_work(qtbot: QtBot) -> None:
    window, page, work = MainWindow(), QWidget(), QWidget()
    qtbot.addWidget(window)
    window.put(page)
    window.put(work)

    window.put(page)
    window.put(work)

    assert window.centralWidget().currentWidget() is work
    assert window.centralWidget().count() == 2


def test_closing_lets_the_desk_be_put_away(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)

    with qtbot.waitSignal(window.closing):
        window.close()


def _whole_window(qtbot: QtBot, tasks: Tasks) -> MainWindow:
    office = FakeOffice(sending=a_sending(alone=True, waiting=14, parked=1), waiting=some_waiting())
    rounds = Rounds(office.round_calls(), tasks)
    register = RegisterViewModel(office.register_calls(), tasks)
    mailbox = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    window, place = MainWindow(), Workplace(OFFICER, UNIT, lambda: NOW)
    qtbot.addWidget(window)
    place.add_screen("Sổ theo dõi hồ sơ", "book-open", "Ctrl+2", RegisterView(register, lambda: NOW))
    place.add_screen("Gửi, nhận dữ liệu", "send", "Ctrl+3", MailboxView(mailbox, lambda: NOW))
    window.put(place)
    register.refresh()
    rounds.refresh()
    qtbot.waitUntil(lambda: register.chosen is not None and rounds.sending is not None)
    place.show_connection(rounds.sending, busy=False)
    return window


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def busy_place(shown: Workplace, done: list[str], qtbot: QtBot) -> Workplace:
    """A workplace whose third screen has acts of its own."""
    screen = QWidget()
    column = QVBoxLayout(screen)
    for words, key in (("Ký và in giấy hẹn", "F9"), ("Lưu tạm", "Ctrl+S"), ("Không có phím", "")):
        button = KeyButton(words, key)
        button.clicked.connect(partial(done.append, words))
        column.addWidget(button)
    shown.add_screen("Thiết lập", "settings", "Ctrl+9", screen)
    shown.show_screen(2)
    return shown


def _look_for(place: Workplace, text: str, qtbot: QtBot) -> None:
    qtbot.keyClick(place, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(place.header.search, text)


def test_an_act_is_found_by_a_few_letters_without_accents(
    busy_place: Workplace, done: list[str], qtbot: QtBot
) -> None:
    _look_for(busy_place, "ky in", qtbot)
    assert busy_place.act_list.rows == ["Tìm “ky in” trong sổ theo dõi", "Ký và in giấy hẹn"]

    qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Down)
    qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Return)

    assert done == ["Ký và in giấy hẹn"]
    assert busy_place.header.search.text() == ""
    assert busy_place.act_list.isHidden()


def test_enter_still_looks_for_a_dossier(busy_place: Workplace, done: list[str], qtbot: QtBot) -> None:
    _look_for(busy_place, "luu", qtbot)

    with qtbot.waitSignal(busy_place.results_asked):
        qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Return)

    assert done == []


def test_a_name_that_is_no_act_opens_no_list(busy_place: Workplace, qtbot: QtBot) -> None:
    _look_for(busy_place, "nguyen van ky", qtbot)

    assert busy_place.act_list.isHidden()


def test_a_question_mark_lists_everything_that_can_be_done(busy_place: Workplace, qtbot: QtBot) -> None:
    _look_for(busy_place, "?", qtbot)

    assert busy_place.act_list.rows[1:] == [
        "Ký và in giấy hẹn", "Lưu tạm", "Tiếp nhận hồ sơ", "Sổ theo dõi hồ sơ", "Thiết lập", "Khóa",
    ]  # fmt: skip


def test_escape_closes_the_list_before_it_clears_the_search(busy_place: Workplace, qtbot: QtBot) -> None:
    _look_for(busy_place, "thiet", qtbot)

    qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Escape)

    assert busy_place.act_list.isHidden()
    assert busy_place.header.search.text() == "thiet"


def test_an_act_of_a_screen_that_the_search_covered_is_done_there(
    busy_place: Workplace, done: list[str], qtbot: QtBot
) -> None:
    _look_for(busy_place, "luu", qtbot)
    busy_place.show_screen(1)  # as a search does

    qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Down)
    qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Return)

    assert (busy_place.current, done) == (2, ["Lưu tạm"])


def test_a_screen_is_found_by_its_name(busy_place: Workplace, qtbot: QtBot) -> None:
    _look_for(busy_place, "so theo", qtbot)

    qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Down)
    qtbot.keyClick(busy_place.header.search, Qt.Key.Key_Return)

    assert busy_place.current == 1
