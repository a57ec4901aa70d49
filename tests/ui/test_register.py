"""The register finds by a few letters and leads on with one key."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from clerk_app.domain.dossier import Gone, GoneBy, SendState, Status
from clerk_app.domain.found_so_far import FoundSoFar
from clerk_app.domain.history import HistoryLine
from clerk_app.domain.register_filter import Due, RegisterFilter
from clerk_app.domain.retention import line_of
from clerk_app.errors import CentralOffline
from clerk_app.progress import Progress
from tests.ui.samples import NOW, FakeOffice, a_document, a_dossier
from ui.printing import NoPrinter
from ui.register import filter_words
from ui.register.detail_words import act_line
from ui.register.found_list import PAGE
from ui.register.period_dialog import PeriodDialog
from ui.register.view import RegisterView
from ui.register.view_model import RegisterViewModel
from ui.tasks import Tasks
from ui.theme import MINIMUM_WINDOW
from ui.widgets.navigation import Navigation


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def model(office: FakeOffice, tasks: Tasks) -> RegisterViewModel:
    return RegisterViewModel(office.register_calls(), tasks)


@pytest.fixture
def view(model: RegisterViewModel, qtbot: QtBot) -> Iterator[RegisterView]:
    made = RegisterView(model, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1200, 660)
    return made


def _search(model: RegisterViewModel, qtbot: QtBot, text: str) -> None:
    model.search(text)
    qtbot.waitUntil(lambda: not model.list.busy)


def test_the_newest_stand_first_and_the_first_is_open(model: RegisterViewModel, qtbot: QtBot) -> None:
    _search(model, qtbot, "")

    assert model.chosen is model.found[0]
    qtbot.waitUntil(lambda: bool(model.detail.lines))


def test_a_newer_search_wins_over_an_older_one(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    calls = office.register_calls()

    def slow_find(text: str, *more: Any) -> FoundSoFar:
        if text == "trần":
            gate.wait(10)
        return calls.find(text, *more)

    model = RegisterViewModel(replace(calls, find=slow_find), tasks)
    model.search("trần")
    model.search("lê")
    gate.set()
    qtbot.waitUntil(lambda: not model.list.busy)

    assert {dossier.applicant.owner.name for dossier in model.found} == {"Lê Thị Mỹ Duyên"}


def test_a_slip_that_was_given_back_says_why_and_is_submitted_by_one_key(
    view: RegisterView, office: FakeOffice, qtbot: QtBot
) -> None:
    slip = replace(a_document("d-43"), sent_back="Sai tên")
    office.dossiers = tuple(
        replace(each, documents=(slip,)) if each.id == "d-43" else each for each in office.dossiers
    )
    view._model.search("")
    qtbot.waitUntil(lambda: bool(view._model.found))
    view._model.choose("d-43")
    detail = view.detail
    assert "Sai tên" in detail._notice.words
    assert not detail.again.isHidden()
    detail.again.click()
    qtbot.waitUntil(lambda: office.resubmitted == [("doc-d-43", "")])

    view._model.choose("d-42")
    assert detail.again.isHidden()


def test_a_search_that_was_overtaken_is_not_begun(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    calls = office.register_calls()

    def slow_find(text: str, *more: Any) -> FoundSoFar:
        begun.set()
        gate.wait(10)
        return calls.find(text, *more)

    model = RegisterViewModel(replace(calls, find=slow_find), tasks)

    model.search("l")
    assert begun.wait(10)
    for text in ("lê", "lê t"):  # both wait behind the first
        model.search(text)
    gate.set()
    qtbot.waitUntil(lambda: not model.list.busy)

    assert office.searches[-1] == "lê t"
    assert "lê" not in office.searches


def test_a_newer_search_breaks_the_older_one_off(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    asking = threading.Event()
    calls = office.register_calls()

    def endless_find(text: str, limit: int, wanted: RegisterFilter, after: str, progress: Progress) -> Any:
        while text == "l":
            asking.set()
            progress.step(0, 1)
        return calls.find(text, limit, wanted, after, progress)

    model = RegisterViewModel(replace(calls, find=endless_find), tasks)
    model.search("l")
    assert asking.wait(10)

    _search(model, qtbot, "lê")

    assert {dossier.applicant.owner.name for dossier in model.found} == {"Lê Thị Mỹ Duyên"}


def test_further_pages_come_while_one_scrolls_and_the_count_is_told(
    office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.dossiers = tuple(a_dossier(number) for number in range(PAGE + 5, 0, -1))
    model = RegisterViewModel(office.register_calls(), tasks)
    view = RegisterView(model, lambda: NOW)
    qtbot.addWidget(view)
    view.resize(1200, 660)
    view.show()
    _search(model, qtbot, "")
    qtbot.waitUntil(lambda: model.list.total is not None)
    assert (len(model.found), model.list.more) == (PAGE, True)
    assert view._summary.words == f"{PAGE + 5} hồ sơ"

    qtbot.keyClick(view.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not model.list.more)
    assert [dossier.id for dossier in model.found] == [each.id for each in office.dossiers]
    assert model.chosen is model.found[PAGE - 1]

    model.refresh()  # a round with central: the list stays as deep as it was
    qtbot.waitUntil(lambda: not model.list.busy)
    assert [dossier.id for dossier in model.found] == [each.id for each in office.dossiers]
    assert view.table.rows.rowCount() == PAGE + 5


def test_what_was_read_deep_down_stays_when_the_top_is_read_again(
    office: FakeOffice, tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.register.found_list.DEEP", PAGE)
    office.dossiers = tuple(a_dossier(number) for number in range(2 * PAGE + 5, 0, -1))
    model = RegisterViewModel(office.register_calls(), tasks)
    _search(model, qtbot, "")
    model.list.load_more()
    qtbot.waitUntil(lambda: not model.list.busy)
    office.dossiers = (a_dossier(2 * PAGE + 6), *office.dossiers)

    model.refresh()
    qtbot.waitUntil(lambda: not model.list.busy)

    assert [dossier.id for dossier in model.found] == [each.id for each in office.dossiers[: 2 * PAGE + 1]]
    assert model.list.more


def test_what_is_found_among_the_newest_stands_there_while_the_older_are_looked_through(
    office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    office.dossiers = tuple(a_dossier(number) for number in range(30, 0, -1))
    office.looks_through, gate = 10, threading.Event()
    calls = office.register_calls()

    def find(text: str, limit: int, wanted: RegisterFilter, goes_on: str, progress: Progress) -> FoundSoFar:
        if goes_on:
            gate.wait(10)
        return calls.find(text, limit, wanted, goes_on, progress)

    model = RegisterViewModel(replace(calls, find=find), tasks)
    view = RegisterView(model, lambda: NOW)
    qtbot.addWidget(view)
    name = office.dossiers[0].applicant.owner.name
    fitting = [each.id for each in office.dossiers if each.applicant.owner.name == name]

    model.search(name)
    qtbot.waitUntil(lambda: bool(model.found))
    shown = [each.id for each in model.found]
    assert shown == fitting[: len(shown)] != fitting
    assert view._summary.words == f"{len(shown)} hồ sơ khớp, đang tìm tiếp trong hồ sơ cũ hơn…"

    gate.set()
    qtbot.waitUntil(lambda: not model.list.busy)
    assert [each.id for each in model.found] == fitting
    assert view._summary.words == f"{len(fitting)} hồ sơ khớp “{name}”"
    assert (model.list.total, model.list.more) == (len(fitting), False)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # a menu, offscreen
def test_a_filter_is_chosen_by_keys_and_taken_away_by_one(
    view: RegisterView, model: RegisterViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()

    qtbot.keyClick(view, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in range(1 + list(Status).index(Status.RECEIVED)):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(model.found) == 1 and not model.list.busy)

    assert model.wanted == RegisterFilter(status=Status.RECEIVED)
    assert view.filters.state.text() == "Chưa ký giấy hẹn"
    assert view._summary.words == "1 hồ sơ khớp bộ lọc"
    with qtbot.waitActive(view):
        view.activateWindow()
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(model.found) == len(office.dossiers))
    assert not model.wanted
    assert view.filters.clear.isHidden()


def test_filter_and_search_hold_together_and_nothing_says_what_to_do(
    view: RegisterView, model: RegisterViewModel, qtbot: QtBot
) -> None:
    view.filters.asked.emit(RegisterFilter(status=Status.RECEIVED))
    _search(model, qtbot, "lê")

    assert model.found == ()
    assert "Alt+0" in view._nothing.text()
    assert "khớp “lê” và bộ lọc" in view._summary.words


def test_every_state_of_the_domain_can_be_chosen_in_words() -> None:
    offered = filter_words.states(RegisterFilter())

    assert {each.wanted.status for each in offered} == {None, *Status}
    assert len({each.words for each in offered}) == len(offered)


def test_the_days_of_receipt_are_those_of_the_calendar() -> None:
    spans = {
        each.words: (each.wanted.received_from, each.wanted.received_to)
        for each in filter_words.periods(RegisterFilter(), date(2026, 3, 4))
    }

    assert spans["Tuần này"] == (date(2026, 3, 2), date(2026, 3, 4))
    assert spans["Tháng trước"] == (date(2026, 2, 1), date(2026, 2, 28))
    assert spans["Năm nay"] == (date(2026, 1, 1), date(2026, 3, 4))


def test_days_of_ones_own_are_asked_for_and_checked(qtbot: QtBot) -> None:
    dialog = PeriodDialog(None, None)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.since, "5/3/2026")
    qtbot.keyClicks(dialog.until, "4/3/2026")
    dialog._done.click()
    assert "Ngày đầu sau ngày cuối" in dialog._wrong.text()

    dialog.until.setText("")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog._done.click()

    assert chosen.args == [date(2026, 3, 5), None]


def test_a_replaced_slip_stays_in_sight_and_is_not_printed(
    office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    dossier = a_dossier(44)
    wrong = replace(dossier.documents[0], id="wrong", valid=False, prints=2)
    right = replace(dossier.documents[0], issue=2, replaces="wrong", prints=0)
    office.dossiers = (replace(dossier, documents=(wrong, right)),)
    model = RegisterViewModel(office.register_calls(), tasks)
    view = RegisterView(model, lambda: NOW)
    qtbot.addWidget(view)
    _search(model, qtbot, "")

    rows = view.detail.documents.rows
    assert [(row.title, row.badge) for row in rows] == [
        ("Giấy hẹn · lần cấp 2", ""),
        ("Giấy hẹn · lần cấp 1", "Không còn giá trị"),
    ]
    assert rows[1].detail == "cán bộ, lãnh đạo, cơ quan đã ký số · đã in 2 lần"
    view.detail.documents.choose("wrong")
    with qtbot.waitSignal(model.pages_read):
        qtbot.keyClick(view.detail.documents, Qt.Key.Key_Return)
    assert "không còn giá trị" in view.preview._title.text()
    assert view.preview._print.isHidden()
    view.preview.hide()


def test_the_papers_pages_are_drawn_small_and_one_opens_large(
    view: RegisterView, model: RegisterViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")
    part = view.detail.papers
    qtbot.waitUntil(lambda: len(part.strip._pages.pictures) == 3, timeout=30_000)
    qtbot.waitUntil(lambda: bool(model.detail.titles))
    assert [row.detail for row in part.papers.rows] == [
        "Đã nộp · 2 trang",
        "Đã nộp · 1 trang",
        "Chỉ xuất trình",
    ]

    part.papers.choose("chung-sinh")
    qtbot.keyClick(part.papers, Qt.Key.Key_Return)
    assert part.dialog.words == "Trang 3/3 · Giấy chứng sinh"
    qtbot.keyClick(part.dialog, Qt.Key.Key_Left)
    qtbot.keyClick(part.dialog, Qt.Key.Key_Left)
    qtbot.keyClick(part.dialog, Qt.Key.Key_Left)

    assert part.dialog.words == "Trang 1/3 · Tờ khai đăng ký khai sinh"
    qtbot.waitUntil(
        lambda: office.drawn[-1][:2] == ("aa" * 32, 0) and office.drawn[-1][2] > 200, timeout=30_000
    )
    qtbot.waitUntil(lambda: not part.dialog.sheet.seen.isNull(), timeout=30_000)
    qtbot.keyClick(part.dialog, Qt.Key.Key_Escape)
    assert part.dialog.isHidden()


def test_an_unsigned_dossier_goes_on_with_enter(
    view: RegisterView, model: RegisterViewModel, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")

    with qtbot.waitSignal(view.sign_asked) as asked:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)

    assert asked.args[0].status is Status.RECEIVED


def test_an_unsigned_dossier_offers_to_sign_and_nothing_else(
    view: RegisterView, model: RegisterViewModel, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")

    assert not view.detail.sign.isHidden()
    assert view.detail.print.isHidden()
    assert view.detail.correct.isHidden()


def test_a_signed_one_is_printed_again(
    view: RegisterView, model: RegisterViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")
    model.choose("d-44")

    with qtbot.waitSignal(model.printed) as printed:
        qtbot.mouseClick(view.detail.print, Qt.MouseButton.LeftButton)

    assert office.printed == ["doc-d-44"]
    assert printed.args == [2]


def test_a_printer_that_is_away_is_said_with_its_remedy(
    office: FakeOffice, tasks: Tasks, qtbot: QtBot
) -> None:
    def no_printer(_: str) -> int:
        raise NoPrinter

    model = RegisterViewModel(replace(office.register_calls(), print_slip=no_printer), tasks)
    _search(model, qtbot, "")
    model.choose("d-44")

    model.print_again()
    qtbot.waitUntil(lambda: model.notice is not None)

    assert isinstance(model.notice, NoPrinter)
    assert model.can_print


def test_a_slip_is_opened_page_by_page(view: RegisterView, model: RegisterViewModel, qtbot: QtBot) -> None:
    _search(model, qtbot, "")
    model.choose("d-44")

    with qtbot.waitSignal(model.pages_read) as read:
        qtbot.mouseClick(view.detail.slip, Qt.MouseButton.LeftButton)

    assert len(read.args[1]) == 1
    view.preview.hide()


def test_a_correction_is_asked_of_the_counter(
    view: RegisterView, model: RegisterViewModel, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")
    model.choose("d-44")

    with qtbot.waitSignal(view.correct_asked) as asked:
        qtbot.mouseClick(view.detail.correct, Qt.MouseButton.LeftButton)

    assert asked.args[0].id == "d-44"


def test_a_broken_off_print_is_asked_about(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    unsure = replace(a_document("d-44"), print_unfinished=True)
    office.dossiers = (replace(a_dossier(44), documents=(unsure,)),)
    model = RegisterViewModel(office.register_calls(), tasks)
    view = RegisterView(model, lambda: NOW)
    qtbot.addWidget(view)
    _search(model, qtbot, "")
    assert not view.detail._unsure.isHidden()

    with qtbot.waitSignal(model.acted):
        qtbot.mouseClick(view.detail._came, Qt.MouseButton.LeftButton)

    assert office.settled == [("doc-d-44", True)]


def test_a_refreshed_list_keeps_the_open_dossier(
    model: RegisterViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")
    model.choose("d-44")
    office.dossiers = (a_dossier(47), *office.dossiers)

    model.refresh()
    qtbot.waitUntil(lambda: not model.list.busy)

    assert model.chosen is not None
    assert model.chosen.id == "d-44"


def test_a_row_is_read_in_full(view: RegisterView, model: RegisterViewModel, qtbot: QtBot) -> None:
    _search(model, qtbot, "")

    said = view.table.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == (
        "H26.99.01-261123-0046, Huỳnh Tấn Phước, Đăng ký khai sinh, 08:28, 16:30 24/11, Chưa ký giấy hẹn, Chờ gửi"
    )


def test_the_list_is_painted(view: RegisterView, model: RegisterViewModel, qtbot: QtBot) -> None:
    _search(model, qtbot, "")

    assert not view.grab().isNull()


def test_nothing_found_says_what_to_try(view: RegisterView, model: RegisterViewModel, qtbot: QtBot) -> None:
    _search(model, qtbot, "không ai")

    assert "không ai" in view._summary.words
    assert "không dấu" in view._nothing.text()
    assert model.chosen is None


def test_the_chips_fit_the_smallest_window_whatever_is_chosen(
    view: RegisterView, model: RegisterViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    office.dossiers = (replace(a_dossier(44), received_by="Hoàng Thị Phương Dung"),)
    model.refresh()
    qtbot.waitUntil(lambda: bool(model.choices.officers))
    days = {"received_from": date(2025, 11, 1), "received_to": date(2026, 10, 30)}
    everything = RegisterFilter(
        Status.RECEIVED,
        Due.TOMORROW,
        **days,
        procedure="1.001193",
        officer="Hoàng Thị Phương Dung",
        unsent=True,
    )

    view.filters.show_filter(everything, model.choices)

    rail = Navigation().sizeHint().width()
    assert view.minimumSizeHint().width() <= MINIMUM_WINDOW[0] - rail


def test_a_page_that_nobody_opened_is_not_asked_for(
    view: RegisterView, model: RegisterViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    _search(model, qtbot, "")

    view.detail.papers.dialog.sheet.wanted.emit(640)
    qtbot.waitUntil(lambda: len(view.detail.papers.strip._pages.pictures) == 3, timeout=30_000)

    assert {width for _, _, width in office.drawn} == {124}


def test_a_correction_tells_what_was_wrong_and_what_is_right() -> None:
    details = (("reason", "sai dấu"), ("owner_name", "Ánh → Ảnh"), ("relation", "self → parent"))
    line = HistoryLine("e", "corrected", NOW, "Hạnh", SendState.SENT, details)

    assert act_line(line, NOW).detail == "09:12 · Hạnh · lý do: sai dấu · tên chủ hồ sơ: Ánh → Ảnh"


def test_a_dossier_whose_content_is_gone_keeps_its_line_and_says_why(
    office: FakeOffice, view: RegisterView, model: RegisterViewModel, qtbot: QtBot
) -> None:
    deleted = Gone(GoneBy.ORDER, "Quyết định 12/QĐ-UBND", "Chủ tịch UBND phường", NOW)
    whys = {"d-46": Gone(GoneBy.AGE), "d-45": deleted}
    office.dossiers = tuple(
        replace(line_of(replace(each, status=Status.RETURNED)), gone=whys[each.id])
        if each.id in whys
        else each
        for each in office.dossiers
    )
    model.refresh()
    qtbot.waitUntil(lambda: [each.gone for each in model.found[:2]] == list(whys.values()))
    rows = [view.table.model().index(row, 1).data().splitlines()[0] for row in range(2)]
    assert rows == ["Hồ sơ đã chuyển lưu trữ", "Đã xóa theo Quyết định 12/QĐ-UBND"]
    model.choose("d-45")
    texts = {each.text() for each in view.detail.findChildren(QLabel) if each.isVisibleTo(view)}
    assert {"Quyết định 12/QĐ-UBND", "Chủ tịch UBND phường"} <= texts
    assert not view.detail.papers.isVisibleTo(view)
    assert not view.detail._above_acts.isVisibleTo(view)  # nothing is left to be done


def test_a_retired_dossier_is_looked_at_as_central_has_it_and_only_until_another_is_chosen(
    office: FakeOffice, view: RegisterView, model: RegisterViewModel, qtbot: QtBot
) -> None:
    whole = next(each for each in office.dossiers if each.id == "d-46")
    office.old = {"d-46": replace(whole, status=Status.RETURNED, documents=(a_document("d-46"),))}
    line = replace(line_of(office.old["d-46"]), gone=Gone(GoneBy.AGE))
    office.dossiers = tuple(line if each.id == "d-46" else each for each in office.dossiers)
    model.refresh()
    qtbot.waitUntil(lambda: model.found[:1] == (line,))
    model.choose("d-46")
    view.detail.bring.click()
    qtbot.waitUntil(lambda: model.brought is not None)
    model.refresh()  # a round that comes meanwhile takes nothing away
    qtbot.waitUntil(lambda: not model.list.busy)
    assert model.chosen == office.old["d-46"]
    detail = view.detail
    assert detail.papers.isVisibleTo(view)
    assert (detail.bring.isVisibleTo(view), detail.print.isVisibleTo(view)) == (False, False)
    with qtbot.waitSignal(model.pages_read):
        detail.slip.click()
    assert not view.preview.check.isVisibleTo(view.preview)
    view.preview.hide()
    model.choose("d-45")
    model.choose("d-46")
    assert (model.brought, model.chosen) == (None, line)
    office.online = False
    detail.bring.click()
    qtbot.waitUntil(lambda: isinstance(model.notice, CentralOffline))
