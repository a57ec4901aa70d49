"""Rounds with central start by themselves, spread out, and stop nobody."""

import random
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.domain.conflict import Conflict
from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import FilesOnTheLine, Sending, Waiting, WaitingFiles
from clerk_app.errors import CentralOffline, OfficeError
from clerk_app.progress import Progress
from clerk_app.services.next_steps import CHOOSE
from tests.ui.samples import NOW, FakeOffice, a_sending, some_waiting
from ui.mailbox import words
from ui.mailbox.conflict_grid import ConflictScroll
from ui.mailbox.rounds import RoundCalls, Rounds
from ui.mailbox.view import MailboxView
from ui.mailbox.view_model import MailboxViewModel
from ui.tasks import Tasks


class StrangeAnswer(OfficeError):
    message = "Máy chủ trung tâm trả lời lạ."
    remedy = "Báo người quản trị."


def nobody_barred() -> None:
    """Who sits here may stay."""


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def rounds(office: FakeOffice, tasks: Tasks) -> Rounds:
    return Rounds(office.round_calls(), tasks, 20.0, random.Random(7))  # noqa: S311 - not for keys


def test_a_round_brings_how_things_stand(rounds: Rounds, office: FakeOffice, qtbot: QtBot) -> None:
    office.sending = a_sending(waiting=3)

    with qtbot.waitSignal(rounds.exchanged):
        rounds.send_now()

    assert rounds.sending == office.sending
    assert not rounds.busy
    rounds.stop()


def test_the_first_round_starts_by_itself(rounds: Rounds, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rounds.exchanged):
        rounds.start()

    rounds.stop()


def test_two_rounds_never_run_at_once(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    begun: list[int] = []

    def exchange(_: Progress) -> Sending:
        begun.append(1)
        gate.wait(10)
        return a_sending()

    rounds = Rounds(RoundCalls(exchange, a_sending, nobody_barred), tasks)
    with qtbot.waitSignal(rounds.exchanged):
        rounds.send_now()
        rounds.send_now()
        gate.set()

    assert begun == [1]
    rounds.stop()


def test_rounds_that_were_ended_stay_so_and_tell_nobody_even_if_one_was_under_way(
    tasks: Tasks, qtbot: QtBot
) -> None:
    begun, gate = threading.Event(), threading.Event()

    def exchange(_: Progress) -> Sending:
        begun.set()
        gate.wait(10)
        return a_sending()

    rounds, told = Rounds(RoundCalls(exchange, a_sending, nobody_barred), tasks, 0.0), list[int]()
    rounds.send_now()
    qtbot.waitUntil(begun.is_set)
    rounds.changed.connect(lambda: told.append(1))

    rounds.stop()
    gate.set()
    qtbot.waitUntil(lambda: not rounds.busy)

    assert told == []
    assert not rounds._timer.isActive()


def test_central_being_away_is_a_state_and_no_trouble(
    rounds: Rounds, office: FakeOffice, qtbot: QtBot
) -> None:
    office.online = False
    office.sending = a_sending(alone=True, waiting=14)

    rounds.send_now()
    qtbot.waitUntil(lambda: not rounds.busy and rounds.sending is not None)

    assert rounds.trouble is None
    assert rounds.sending == office.sending
    rounds.stop()


def test_other_failures_are_told(tasks: Tasks, qtbot: QtBot) -> None:
    def exchange(_: Progress) -> Sending:
        raise StrangeAnswer

    rounds = Rounds(RoundCalls(exchange, a_sending, nobody_barred), tasks)
    model = MailboxViewModel(FakeOffice().mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)

    rounds.send_now()
    qtbot.waitUntil(lambda: rounds.trouble is not None)

    assert "Máy chủ trung tâm trả lời lạ." in view.trouble.words
    rounds.stop()


def test_a_problem_that_did_not_hold_the_round_up_is_told(tasks: Tasks, qtbot: QtBot) -> None:
    rounds = Rounds(
        RoundCalls(lambda _: replace(a_sending(), problems=(StrangeAnswer(),)), a_sending, nobody_barred),
        tasks,
    )
    view = MailboxView(MailboxViewModel(FakeOffice().mailbox_calls(), rounds, tasks), lambda: NOW)
    qtbot.addWidget(view)

    with qtbot.waitSignal(rounds.exchanged):
        rounds.send_now()

    assert "Máy chủ trung tâm trả lời lạ." in view.trouble.words
    rounds.stop()


def test_a_busy_central_is_left_alone_for_as_long_as_it_asked(rounds: Rounds) -> None:
    rounds._on_failed(CentralOffline(retry_after=120.0))
    rounds._timer.stop()

    assert rounds._timer.interval() >= 120_000


def test_delays_spread_wider_while_central_is_away(rounds: Rounds) -> None:
    online = [rounds.delay() for _ in range(200)]
    rounds._missed = 3
    alone = [rounds.delay() for _ in range(200)]
    rounds._missed = 50
    long_alone = [rounds.delay() for _ in range(200)]

    assert 10 <= min(online) <= max(online) <= 30
    assert max(alone) > 80
    assert min(alone) < 30
    assert max(long_alone) <= 300


def test_what_was_done_is_offered_soon_but_not_to_a_central_that_is_away(
    rounds: Rounds, office: FakeOffice, qtbot: QtBot
) -> None:
    rounds.soon()
    assert rounds._timer.remainingTime() <= 2000

    office.online = False
    rounds.send_now()
    qtbot.waitUntil(lambda: not rounds.busy)
    waits = rounds._timer.remainingTime()
    rounds.soon()

    assert rounds._timer.remainingTime() <= waits
    rounds.stop()


def test_the_screen_tells_what_waits_and_what_must_be_mended(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.sending = a_sending(alone=True, waiting=14, parked=1)
    office.waiting = some_waiting(count=6, parked=1)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)

    rounds.refresh()
    qtbot.waitUntil(lambda: bool(model.groups) and model.sending is not None)

    assert view.connection.value == "Mất kết nối từ 08:42"
    assert view.amount.value == "14 hồ sơ · 42 việc · 28 tệp"
    assert view.numbers.value == "còn 37 số hôm nay · 24/11: 75 số"
    assert len(view.waiting.rows) == 6
    assert view.waiting.rows[1].title == "H26.99.01-261123-0001 · Lê Thị Mỹ Duyên"
    assert view.waiting.rows[1].detail == "Cán bộ ký giấy hẹn · từ 09:07"
    assert view.parked.rows[0].badge == "Cần xử lý"
    assert view.panel._owner.text() == "Phạm Quang Vinh xử lý"
    assert "Chọn bên đúng cho từng mục" in view.panel._step.text()


def test_a_dossier_is_one_line_however_much_of_it_waits(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    [first] = some_waiting(count=1, parked=0)
    kinds = ("slip_signed", "print_started", "print_ended")
    office.waiting = (first, *(replace(first, entry=f"w-{kind}", kind=kind) for kind in kinds))
    office.files = (
        WaitingFiles("d-0", first.code, first.person, 3, 1_400_000),
        WaitingFiles("d-9", "H26.99.01-261123-0009", "Y Blơ Niê", 1, 2_000),
    )
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.groups))

    one, other = view.waiting.rows
    assert one.detail == "4 việc · Tiếp nhận hồ sơ, Cán bộ ký giấy hẹn… · 3 tệp, 1,3 MB · từ 09:12"
    assert (other.title, other.detail) == ("H26.99.01-261123-0009 · Y Blơ Niê", "1 tệp, 2 KB")


def test_a_flag_is_looked_at_by_one_key(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    [odd] = some_waiting(count=1, parked=0)
    office.waiting = (replace(odd, flagged=True, next_step="Mở hồ sơ xem lại."),)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.parked))
    assert view.panel.settle.text() == "Đã xem"
    assert view.panel.how.isHidden()
    view.parked.setFocus()

    with qtbot.waitSignal(model.settled):
        qtbot.keyClick(view.parked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not model.parked)

    assert office.looked_at == [("w-0", "")]
    assert view.panel.isHidden()


def test_an_act_is_given_up_only_with_a_word(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.waiting = some_waiting(count=1, parked=1)[:1]
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.parked))

    view.panel.settle.click()
    assert view.panel.conflicts.sides["applicant"].button(0).hasFocus()
    qtbot.keyClick(view.panel.conflicts.sides["applicant"].button(0), Qt.Key.Key_Space)
    view.panel.settle.click()
    assert view.panel.how.hasFocus()
    assert office.looked_at == []
    qtbot.keyClicks(view.panel.how, "da bao nguoi dan")
    with qtbot.waitSignal(model.settled):
        qtbot.keyClick(view.panel.how, Qt.Key.Key_Return)

    assert office.looked_at == [("p-w-0", "da bao nguoi dan")]


def test_an_acceptance_that_is_parked_offers_no_way_to_drop_it(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    [parked] = some_waiting(count=1, parked=1)[:1]
    office.waiting = (replace(parked, kind="received"),)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.parked))

    assert view.panel.settle.isHidden()
    assert view.panel.how.isHidden()


def test_how_far_a_round_is_can_be_seen(tasks: Tasks, qtbot: QtBot) -> None:
    gate, told = threading.Event(), threading.Event()

    def exchange(progress: Progress) -> Sending:
        progress.step(3, 12, "Đang gửi tệp")
        told.set()
        gate.wait(10)
        return a_sending()

    rounds = Rounds(RoundCalls(exchange, a_sending, nobody_barred), tasks)
    view = MailboxView(MailboxViewModel(FakeOffice().mailbox_calls(), rounds, tasks), lambda: NOW)
    qtbot.addWidget(view)

    with qtbot.waitSignal(rounds.exchanged):
        rounds.send_now()
        assert told.wait(10)
        qtbot.waitUntil(lambda: view.under_way.said == "Đang gửi tệp 3/12")
        assert not view.under_way.isHidden()
        gate.set()

    assert view.under_way.isHidden()
    rounds.stop()


def test_what_was_taken_with_a_flag_stands_with_what_must_be_mended(
    rounds: Rounds, tasks: Tasks, qtbot: QtBot
) -> None:
    [odd] = some_waiting(count=1, parked=0)
    odd = replace(odd, flagged=True, reason="Số này đã được dùng.", owner="Phạm Quang Vinh")
    model = MailboxViewModel(FakeOffice(waiting=(odd,)).mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)

    model.refresh()
    qtbot.waitUntil(lambda: bool(model.parked))

    assert model.groups == ()
    assert view.parked.rows[0].detail == "Tiếp nhận hồ sơ · Số này đã được dùng."
    assert view.panel._owner.text() == "Phạm Quang Vinh xử lý"


def test_a_line_leads_to_its_dossier(rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    office.waiting = some_waiting(count=2, parked=0)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.groups))

    with qtbot.waitSignal(view.dossier_asked) as asked:
        view.waiting.opened.emit("d-1")

    assert asked.args == ["H26.99.01-261123-0001"]


def test_an_act_on_no_dossier_is_named_by_itself(rounds: Rounds, tasks: Tasks, qtbot: QtBot) -> None:
    opened = Waiting("w-0", "", "", "chain_opened", NOW)
    model = MailboxViewModel(FakeOffice(waiting=(opened,)).mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.groups))

    with qtbot.assertNotEmitted(view.dossier_asked):
        view.waiting.opened.emit("")

    assert view.waiting.rows[0].title == "Việc của quầy"
    assert view.waiting.rows[0].detail == "Mở sổ ghi việc của quầy · từ 09:12"


def test_an_empty_range_says_what_comes_instead(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.sending = replace(a_sending(), numbers_left=0, numbers_next=None)
    view = MailboxView(MailboxViewModel(FakeOffice().mailbox_calls(), rounds, tasks), lambda: NOW)
    qtbot.addWidget(view)

    with qtbot.waitSignal(rounds.changed):
        rounds.refresh()

    assert view.numbers.value == "hết, cấp số tạm"


def test_nothing_waiting_is_said_in_words(rounds: Rounds, tasks: Tasks, qtbot: QtBot) -> None:
    model = MailboxViewModel(FakeOffice().mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)

    model.refresh()
    qtbot.waitUntil(lambda: model._reading is None)

    assert view.waiting.isHidden()
    assert not view._no_waiting.isHidden()


def test_a_correction_that_came_second_is_shown_beside_what_counts(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.waiting = some_waiting(parked=2)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model)
    qtbot.addWidget(view)
    view.show()
    model.refresh()
    qtbot.waitUntil(lambda: len(model.parked) == 2)
    grid = view.panel.conflicts

    assert view.parked.current_key == "p-w-0"
    qtbot.waitUntil(grid.isVisible)
    said = [each.text() for each in grid.findChildren(QLabel)]
    assert said[:5] == [
        "Chủ hồ sơ, người nộp",
        "Tên chủ hồ sơ",
        "Trần Văn Đươc",
        "Trần Văn Được",
        "Trần Văn Đượt",
    ]

    qtbot.keyClick(view.parked, Qt.Key.Key_Down)
    assert view.parked.current_key == "p-w-1"
    assert not grid.isVisible()


def test_the_heads_stay_over_their_columns_while_a_long_conflict_scrolls(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.waiting = some_waiting(count=1, parked=1)
    first = office.waiting[0]
    names = ("owner_phone", "submitter_name", "submitter_phone", "owner_id_number", "owner_address")
    more = [Conflict("applicant", name, "", "số nhà " * 9, "tổ dân phố " * 9) for name in names]
    office.waiting = (replace(first, conflicts=(*first.conflicts, *more)), *office.waiting[1:])
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    view.resize(1280, 700)
    view.show()
    model.refresh()
    qtbot.waitUntil(view.panel.conflicts.isVisible)
    scroll = view.panel.findChild(ConflictScroll)
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    bar.setValue(bar.maximum())

    assert [each.text() for each in scroll.heads] == ["Lúc đầu", "Đang có hiệu lực", "Quầy này ghi"]
    assert all(scroll.rect().contains(each.geometry()) and each.isVisible() for each in scroll.heads)
    theirs = view.panel.conflicts.sides["applicant"].button(0)
    assert scroll.heads[1].mapToGlobal(QPoint()).x() == theirs.mapToGlobal(QPoint()).x()
    assert all(each.y() + each.height() <= scroll.viewport().y() for each in scroll.heads)


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        (frozenset(Kind), "Chọn bên đúng cho từng mục"),
        (
            frozenset({Kind.SETTLED, Kind.LOOKED_AT}),
            "giữ nguyên dữ liệu đang có hiệu lực thì ghi lý do rồi bấm Đã xử lý",
        ),
        (frozenset(), "Cán bộ tiếp nhận chọn bên đúng cho từng mục; ở đây chỉ xem."),
    ],
)
def test_a_conflict_asks_only_those_to_choose_who_may(acts: frozenset[Kind], said: str) -> None:
    [found] = [replace(each, next_step=CHOOSE) for each in some_waiting(count=1, parked=1) if each.parked]
    assert said in words.step(found, acts)
    flagged = replace(found, to_choose=(), parked=False, flagged=True, next_step="Bấm Đã xem.")
    may_look = Kind.LOOKED_AT in acts
    assert ("Bấm" in words.step(flagged, acts)) is may_look


def test_tab_goes_from_a_line_to_its_sides_and_not_to_the_next_screen(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.waiting = some_waiting(count=1, parked=1)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    place, view = QWidget(), MailboxView(model, lambda: NOW)
    row = QHBoxLayout(place)
    row.addWidget(view)
    row.addWidget(QPushButton("what comes after"))
    qtbot.addWidget(place)
    with qtbot.waitActive(place):
        place.show()
        place.activateWindow()
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.parked))

    view.parked.setFocus()
    qtbot.keyClick(view.parked, Qt.Key.Key_Tab)
    assert view.panel.conflicts.sides["applicant"].button(0).hasFocus()


def test_a_side_is_chosen_with_keys_and_leads_on_to_the_slip(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    first = office.dossiers[0].id
    [found] = [replace(each, dossier=first) for each in some_waiting(count=1, parked=1) if each.parked]
    office.waiting = (found,)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.parked))
    theirs, ours = view.panel.conflicts.sides["applicant"].buttons()
    assert not theirs.isChecked()
    assert not ours.isChecked()
    assert view.panel.settle.words == "Chọn bên cho từng mục"

    view.parked.setFocus()
    qtbot.keyClick(view.parked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert theirs.hasFocus()
    qtbot.keyClick(theirs, Qt.Key.Key_Space)
    assert view.panel.settle.words == "Giữ dữ liệu đang có hiệu lực"
    qtbot.keyClick(theirs, Qt.Key.Key_Right)
    assert ours.isChecked()
    assert view.panel.settle.words == "Cấp giấy theo bên đã chọn"
    qtbot.keyClick(ours, Qt.Key.Key_Tab)
    assert view.panel.how.hasFocus()
    qtbot.keyClicks(view.panel.how, "theo giay khai sinh")
    with qtbot.waitSignal(model.decided) as decided:
        qtbot.keyClick(view.panel.how, Qt.Key.Key_Return)

    choice, dossier = decided.args
    assert (choice.entry, choice.ours, choice.reason) == (
        found.entry,
        frozenset({"applicant"}),
        "theo giay khai sinh",
    )
    assert choice.seen == found.conflicts
    assert dossier.id == first
    assert office.looked_at == []
    assert not model.settling


def test_the_officer_lets_large_files_wait_and_sees_what_waits(
    office: FakeOffice, rounds: Rounds, tasks: Tasks, qtbot: QtBot
) -> None:
    files = FilesOnTheLine(sent_today=52_428_800, limit=104_857_600, held=3, held_size=31_457_280)
    office.sending = replace(a_sending(waiting=3), files=files)
    view = MailboxView(MailboxViewModel(office.mailbox_calls(), rounds, tasks), lambda: NOW)
    qtbot.addWidget(view)
    rounds.refresh()
    qtbot.waitUntil(lambda: view.held.text() != "")
    assert view.held.text() == "3 tệp (30,0 MB) đang chờ; hôm nay đã gửi 50,0 MB trong mức 100,0 MB tệp."

    view.pause.click()
    qtbot.waitUntil(lambda: "tạm dừng" in view.held.text())
    assert office.sending.files.paused
    assert "Gửi tiếp" in view.pause.text()
    view.pause.click()
    qtbot.waitUntil(lambda: "tạm dừng" not in view.held.text())

    assert not office.sending.files.paused
    rounds.stop()


def test_what_only_the_hub_of_the_ward_has_is_told_apart(
    rounds: Rounds, office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.sending = replace(a_sending(waiting=3, parked=1), held=4)
    on_their_way = some_waiting(3, 1)
    office.waiting = tuple(replace(each, held=each.entry != "w-1") for each in on_their_way)
    model = MailboxViewModel(office.mailbox_calls(), rounds, tasks)
    view = MailboxView(model, lambda: NOW)
    qtbot.addWidget(view)
    with qtbot.waitSignal(model.changed):
        model.refresh()
    rounds.refresh()

    assert [("chờ thành phố" in row.detail) for row in view.waiting.rows] == [True, False, True]
    assert view.parked.rows[0].detail.startswith("Cấp lại do sai sót · chờ thành phố · ")
    qtbot.waitUntil(lambda: view.connection.value == "4 việc chờ thành phố")
    rounds.stop()
