"""Pieces of the window do what their keys say, and say it to those who cannot see them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.domain.token_card import TypedPin
from tests.ui.samples import CARD, NOW, a_page
from ui import theme
from ui.notices import Words
from ui.theme import Tone
from ui.widgets.avatar import initials
from ui.widgets.banner import Banner
from ui.widgets.checklist import ROW_HEIGHT, Checklist, Row
from ui.widgets.date_field import DateField, read_date
from ui.widgets.facts import Facts, Line, Lines
from ui.widgets.form_field import FormField
from ui.widgets.header import HEIGHT
from ui.widgets.key_button import KeyButton
from ui.widgets.navigation import Navigation, two_lines
from ui.widgets.page_strip import PageStrip
from ui.widgets.page_tiles import Page
from ui.widgets.pin_dialog import PinDialog
from ui.widgets.search_field import SearchField
from ui.widgets.status_badge import StatusBadge
from ui.widgets.toast import Toast
from ui.widgets.veil import Veil

ROWS = (
    Row("a", "Tờ khai", "Bản chính", "Đã đủ", Tone.OK),
    Row("b", "Giấy chứng sinh", "", "Còn thiếu", Tone.BAD),
)


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


# buttons and badges


def test_a_key_presses_its_button(qtbot: QtBot) -> None:
    window = QWidget()
    button = KeyButton("Ký và in giấy hẹn", "F9", "pen-line", "primary", window)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(window, Qt.Key.Key_F9)


def test_a_button_is_read_without_its_key(qtbot: QtBot) -> None:
    button = KeyButton("&Lưu tạm", "Ctrl+S", "save")
    qtbot.addWidget(button)

    assert _name(button) == "Lưu tạm"


def test_new_words_keep_the_key(qtbot: QtBot) -> None:
    button = KeyButton("Gửi ngay", "F5")
    qtbot.addWidget(button)

    button.set_words("Đang gửi, nhận…")

    assert button._shortcut.key().toString() == "F5"
    assert _name(button) == "Đang gửi, nhận…"


def test_a_buttons_words_are_never_cut(qtbot: QtBot) -> None:
    short, long = KeyButton("Ký", "F9"), KeyButton("Ký và in giấy hẹn", "F9")
    qtbot.addWidget(short)
    qtbot.addWidget(long)

    assert long.minimumSizeHint().width() > short.minimumSizeHint().width()


def test_a_badge_is_read_by_its_words(qtbot: QtBot) -> None:
    badge = StatusBadge("Chờ gửi", Tone.INFO, show_icon=True)
    qtbot.addWidget(badge)

    assert _name(badge) == "Chờ gửi"


def test_a_banner_says_all_it_shows(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)

    banner.say("Mất kết nối từ 08:42.", "14 hồ sơ đã lưu.", Tone.WARN, "wifi-off", "Thử kết nối lại")

    assert _name(banner) == "Mất kết nối từ 08:42. 14 hồ sơ đã lưu."


# fields


@pytest.mark.parametrize("typed", ["14/7/1989", "14-07-1989", "14071989", " 14.7.1989 "])
def test_a_date_is_read_however_it_is_typed(typed: str) -> None:
    read = read_date(typed)

    assert read is not None
    assert read.isoformat() == "1989-07-14"


@pytest.mark.parametrize("typed", ["", "31/02/2020", "7/1989", "hôm nay", "1/1/99"])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read_date(typed) is None


def test_a_date_is_tidied_when_the_field_is_left(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)

    qtbot.keyClicks(field, "1/2/2020")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert field.text() == "01/02/2020"


def test_a_wrong_date_stays_as_typed(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)

    qtbot.keyClicks(field, "31/02/2020")

    assert field.is_wrong
    assert field.text() == "31/02/2020"


def test_a_label_leads_to_its_field(qtbot: QtBot) -> None:
    field = FormField("&Họ và tên", QLineEdit(), required=True)
    qtbot.addWidget(field)

    field.say("Cần có họ tên chủ hồ sơ.")

    assert _name(field.field) == "Họ và tên"
    assert field.field.accessibleDescription() == "Cần có họ tên chủ hồ sơ."
    assert field.field.property("wrong") is True

    field.say("")
    assert field.field.property("wrong") is False


def test_the_search_asks_once_after_the_last_key(qtbot: QtBot) -> None:
    field = SearchField("Tìm", "Ctrl+K")
    qtbot.addWidget(field)
    asked: list[str] = []
    field.asked.connect(asked.append)

    with qtbot.waitSignal(field.asked):
        qtbot.keyClicks(field, "hanh ")

    assert asked == ["hanh"]


def test_down_leads_from_the_search_to_its_results(qtbot: QtBot) -> None:
    field = SearchField("Tìm")
    qtbot.addWidget(field)

    with qtbot.waitSignal(field.went_down):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_escape_empties_the_search_before_it_leaves(qtbot: QtBot) -> None:
    field = SearchField("Tìm")
    qtbot.addWidget(field)
    field.setText("hanh")

    with qtbot.assertNotEmitted(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert field.text() == ""


# lists


def test_space_steps_the_line_to_its_next_state(qtbot: QtBot) -> None:
    checklist = Checklist("Thành phần hồ sơ")
    qtbot.addWidget(checklist)
    checklist.set_rows(ROWS)
    qtbot.keyClick(checklist, Qt.Key.Key_Down)

    with qtbot.waitSignal(checklist.cycled) as cycled:
        qtbot.keyClick(checklist, Qt.Key.Key_Space)

    assert cycled.args == ["b"]


def test_a_letter_sets_a_state_at_once(qtbot: QtBot) -> None:
    checklist = Checklist("Thành phần hồ sơ", letters="dtm")
    qtbot.addWidget(checklist)
    checklist.set_rows(ROWS)

    with qtbot.waitSignal(checklist.state_asked) as asked:
        qtbot.keyClick(checklist, Qt.Key.Key_T)

    assert asked.args == ["a", "t"]


def test_other_rows_leave_the_focus_on_its_key(qtbot: QtBot) -> None:
    checklist = Checklist("Thành phần hồ sơ")
    qtbot.addWidget(checklist)
    checklist.set_rows(ROWS)
    checklist.choose("b")

    checklist.set_rows([Row("new", "Giấy khác"), *ROWS])

    assert checklist.current_key == "b"


def test_a_row_is_read_in_full(qtbot: QtBot) -> None:
    checklist = Checklist("Thành phần hồ sơ")
    qtbot.addWidget(checklist)
    checklist.set_rows(ROWS)

    index = checklist.model().index(0, 0)

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Tờ khai, Đã đủ, Bản chính"


def test_a_list_without_the_keys_still_shows_the_line_that_a_key_would_act_on(qtbot: QtBot) -> None:
    checklist, other = Checklist("Đã chuyển, chưa về"), QLineEdit()
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(checklist)
    column.addWidget(other)
    qtbot.addWidget(window)
    checklist.set_rows(ROWS)
    checklist.choose(ROWS[1].key)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()

    def ground(row: int) -> str:
        picture = checklist.viewport().grab().toImage()
        return picture.pixelColor(10, row * ROW_HEIGHT + 6).name().upper()

    now = theme.current()
    other.setFocus()
    assert ground(1) == now.sunken
    assert ground(0) not in (now.sunken, now.primary_soft)
    checklist.setFocus()
    assert ground(1) == now.primary_soft


@pytest.mark.parametrize(("height", "seen"), [(100, 96), (130, 130), (500, 500)])
def test_a_row_is_begun_only_where_its_title_can_be_read(height: int, seen: int, qtbot: QtBot) -> None:
    checklist = Checklist("Thành phần hồ sơ")
    qtbot.addWidget(checklist)
    checklist.set_rows([Row(str(n), "Giấy tờ") for n in range(5)])
    checklist.resize(400, height)
    checklist.show()

    assert checklist.viewport().height() == seen


def test_rows_are_painted_in_every_tone(qtbot: QtBot) -> None:
    checklist = Checklist("Thành phần hồ sơ")
    qtbot.addWidget(checklist)
    checklist.set_rows([Row(tone.name, tone.name, "chi tiết", "nhãn", tone) for tone in Tone])
    checklist.resize(500, 400)

    assert not checklist.grab().isNull()


def test_a_page_without_a_picture_is_asked_for_once(qtbot: QtBot) -> None:
    strip = PageStrip("Trang đã quét")
    qtbot.addWidget(strip)
    wanted: list[str] = []
    strip.wanted.connect(wanted.append)

    strip.set_pages([Page("p1", "Tờ khai")])
    strip.set_picture("p1", a_page(124))
    strip.set_pages([Page("p1", "Tờ khai"), Page("p2", "Chứng sinh", "mờ")])

    assert wanted == ["p1", "p2"]
    strip.resize(320, 300)
    assert not strip.grab().isNull()


def test_pages_are_walked_by_keys(qtbot: QtBot) -> None:
    strip = PageStrip("Trang đã quét")
    qtbot.addWidget(strip)
    strip.resize(320, 300)
    strip.set_pages([Page("p1", "Tờ khai"), Page("p2", "Chứng sinh", "mờ")])
    strip.choose("p1")
    qtbot.keyClick(strip, Qt.Key.Key_Right)

    with qtbot.waitSignal(strip.opened) as opened:
        qtbot.keyClick(strip, Qt.Key.Key_Return)

    assert opened.args == ["p2"]
    assert strip.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "Trang 2, Chứng sinh, mờ"


def test_facts_without_a_value_are_left_out(qtbot: QtBot) -> None:
    facts, lines = Facts(), Lines()
    qtbot.addWidget(facts)
    qtbot.addWidget(lines)

    facts.show_facts([("Chủ hồ sơ", "Trần Văn Được"), ("Người nộp", "")])
    lines.show_lines([Line("Tiếp nhận hồ sơ", "08:28"), Line("Ký số cơ quan")])

    assert facts.layout().count() == 2
    assert lines.layout().count() == 4


# the frame


def test_a_name_gives_its_first_and_last_letters() -> None:
    assert initials("Nguyễn Thị Hạnh") == "NH"
    assert initials("Y Blơ Niê") == "YN"
    assert initials("Được") == "Đ"
    assert initials("") == ""


def test_the_rail_breaks_words_in_the_second_half() -> None:
    assert two_lines("Tiếp nhận hồ sơ") == "Tiếp nhận\nhồ sơ"
    assert two_lines("Sổ theo dõi hồ sơ") == "Sổ theo dõi\nhồ sơ"
    assert two_lines("Kiểm tra thiết bị") == "Kiểm tra\nthiết bị"
    assert two_lines("Sổ") == "Sổ"


def test_ten_screens_fit_the_smallest_window_under_a_banner_and_what_is_rare_stands_at_the_foot(
    qtbot: QtBot,
) -> None:
    rail = Navigation()
    qtbot.addWidget(rail)
    daily = ("Tiếp nhận hồ sơ", "Sổ theo dõi hồ sơ", "Gửi, nhận dữ liệu", "Trả kết quả", "Ký duyệt")
    rare = ("Kiểm tra chữ ký", "Ký tệp", "Kiểm tra thiết bị", "Thiết lập", "Đối chiếu cuối ngày")
    for words in daily:
        rail.add(words, "send", "")
    rail.divide()
    for words in rare:
        rail.add(words, "send", "")

    banners = 2 * 38
    assert rail.minimumSizeHint().height() <= theme.MINIMUM_WINDOW[1] - HEIGHT - banners
    rail.resize(82, 1028)
    rail.show()
    tops = [each.y() for each in rail.buttons]
    assert tops == sorted(tops)
    assert tops[5] - tops[4] > 2 * (tops[4] - tops[3])
    assert rail.height() - rail.buttons[-1].geometry().bottom() < 20


def test_the_rail_says_how_much_waits(qtbot: QtBot) -> None:
    rail = Navigation()
    qtbot.addWidget(rail)
    button = rail.add("Gửi, nhận dữ liệu", "send", "Ctrl+3")

    button.set_count(14)

    assert _name(button) == "Gửi, nhận dữ liệu, 14 đang chờ"
    with qtbot.waitSignal(rail.chosen) as chosen:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen.args == [0]


def test_news_can_be_read_again(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    toast = Toast(window, lambda: NOW)

    toast.say("Đã lưu.")
    toast.say("Máy in hết giấy.", Tone.BAD)

    assert [news.words for news in toast.recent] == ["Máy in hết giấy.", "Đã lưu."]
    assert toast.recent[0].at == NOW


def test_news_of_two_sentences_stands_in_the_window_to_its_last_word(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    window.show()
    toast = Toast(window)

    toast.say("Đăng ký trên máy chủ hết hạn ngày 29/11/2026. Xin mã đăng ký mới. " * 2, Tone.WARN)

    words = toast._words
    toast.layout().activate()
    assert window.rect().contains(toast.geometry())
    assert words.height() >= words.heightForWidth(words.width()) > words.fontMetrics().height()
    toast.say("Đã lưu.")
    assert words.height() < 2 * words.fontMetrics().height()


# the PIN


@pytest.fixture
def dialog(qtbot: QtBot) -> PinDialog:
    made = PinDialog(now=lambda: NOW)
    qtbot.addWidget(made)
    return made


def test_the_window_behind_a_question_for_a_pin_is_darkened_while_it_stands(qtbot: QtBot) -> None:
    window = QWidget()
    screen = QWidget(window)
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    dialog = PinDialog(screen, lambda: NOW)
    (veil,) = screen.findChildren(Veil)
    assert not veil.isVisible()

    dialog.ask(CARD, "Ký giấy hẹn")
    assert veil.isVisible()
    assert veil.size() == window.size()
    window.resize(900, 700)
    assert veil.size() == window.size()

    dialog.reject()
    assert not veil.isVisible()


def test_a_pin_is_handed_over_once_and_leaves_the_field(dialog: PinDialog, qtbot: QtBot) -> None:
    dialog.ask(CARD, "Ký giấy hẹn")
    taken: list[TypedPin] = []
    dialog.entered.connect(taken.append)

    qtbot.keyClicks(dialog.pin, "246810")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Enter)
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Enter)

    assert [(typed.card, typed.pin) for typed in taken] == [(CARD, b"246810")]
    assert "246810" not in repr(taken)
    assert dialog.pin.text() == ""
    assert not dialog.can_sign


def test_the_next_question_allows_one_more_try(dialog: PinDialog, qtbot: QtBot) -> None:
    dialog.ask(CARD, "Ký giấy hẹn")
    qtbot.keyClicks(dialog.pin, "1")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Enter)

    dialog.ask(replace(CARD, tries_low=True), "Ký giấy hẹn", Words("Mã PIN chưa đúng.", "Nhập lại."))
    qtbot.keyClicks(dialog.pin, "2")

    assert dialog.can_sign


def test_the_last_try_asks_for_a_typed_word(dialog: PinDialog, qtbot: QtBot) -> None:
    dialog.ask(replace(CARD, final_try=True), "Ký giấy hẹn")
    qtbot.keyClicks(dialog.pin, "246810")
    assert not dialog.can_sign

    qtbot.keyClicks(dialog.sure, "lan cuoi")

    assert dialog.can_sign


def test_escape_cancels_and_empties(dialog: PinDialog, qtbot: QtBot) -> None:
    dialog.ask(CARD, "Ký giấy hẹn")
    qtbot.keyClicks(dialog.pin, "246810")

    with qtbot.waitSignal(dialog.cancelled):
        dialog.reject()

    assert dialog.pin.text() == ""
    assert not dialog.isVisible()


def test_a_token_at_work_cannot_be_cancelled(dialog: PinDialog, qtbot: QtBot) -> None:
    dialog.ask(CARD, "Ký giấy hẹn")
    qtbot.keyClicks(dialog.pin, "246810")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Enter)

    with qtbot.assertNotEmitted(dialog.cancelled):
        dialog.reject()

    assert dialog.isVisible()
    dialog.leave()
    assert not dialog.isVisible()


def test_one_key_chooses_the_pen(dialog: PinDialog, qtbot: QtBot) -> None:
    dialog.ask(CARD, "Ký giấy hẹn")
    with qtbot.waitActive(dialog):
        dialog.activateWindow()

    with qtbot.waitSignal(dialog.by_pen):
        qtbot.keyClick(dialog.pin, Qt.Key.Key_F8)

    assert not dialog.isVisible()


def test_a_practice_token_shows_its_pin(dialog: PinDialog) -> None:
    dialog.ask(replace(CARD, practice_pin="246810"), "Ký giấy hẹn")
    assert "246810" in dialog.pin.accessibleDescription()

    dialog.ask(CARD, "Ký giấy hẹn")
    assert dialog.pin.accessibleDescription() == ""


def test_a_token_that_wants_its_pin_each_time_says_so_before_it_is_typed(dialog: PinDialog) -> None:
    dialog.ask(replace(CARD, pin_each_time=True), "Ký 3 văn bản")
    assert "từng chữ ký" in dialog._each_time.text()
    assert not dialog._each_time.isHidden()

    dialog.ask(CARD, "Ký giấy hẹn")
    assert dialog._each_time.isHidden()


def test_that_a_revocation_is_not_known_is_said_and_keeps_nobody_from_signing(dialog: PinDialog) -> None:
    dialog.ask(replace(CARD, unsure=True), "Ký giấy hẹn")
    assert "thu hồi" in dialog._unsure.text()
    assert not dialog._unsure.isHidden()
    dialog.pin.setText("123456")
    assert dialog.can_sign

    dialog.ask(CARD, "Ký giấy hẹn")
    assert dialog._unsure.isHidden()


def test_a_token_with_its_own_keys_needs_no_field(dialog: PinDialog) -> None:
    dialog.ask(replace(CARD, pin_pad=True), "Ký giấy hẹn")

    assert dialog.can_sign
    assert not dialog.pin.isVisible()
