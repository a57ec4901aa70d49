"""The register finds by a few letters and leads on with one key."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.domain.dossier import Dossier, Status
from tests.ui.samples import NOW, FakeOffice, a_document, a_dossier
from ui.printing import NoPrinter
from ui.register.view import RegisterView
from ui.register.view_model import LIMIT, RegisterViewModel
from ui.tasks import Tasks


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
    qtbot.waitUntil(lambda: model._search is None)


def test_the_newest_stand_first_and_the_first_is_open(model: RegisterViewModel, qtbot: QtBot) -> None:
    _search(model, qtbot, "")

    assert model.chosen is model.found[0]
    qtbot.waitUntil(lambda: bool(model.detail.lines))


def test_a_newer_search_wins_over_an_older_one(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    calls = office.register_calls()

    def slow_find(text: str, limit: int) -> tuple[Dossier, ...]:
        if text == "trần":
            gate.wait(10)
        return calls.find(text, limit)

    model = RegisterViewModel(replace(calls, find=slow_find), tasks)
    model.search("trần")
    model.search("lê")
    gate.set()
    qtbot.waitUntil(lambda: model._search is None)

    assert {dossier.applicant.owner.name for dossier in model.found} == {"Lê Thị Mỹ Duyên"}


def test_a_search_that_was_overtaken_is_not_begun(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    begun, gate = threading.Event(), threading.Event()
    calls = office.register_calls()

    def slow_find(text: str, limit: int) -> tuple[Dossier, ...]:
        begun.set()
        gate.wait(10)
        return calls.find(text, limit)

    model = RegisterViewModel(replace(calls, find=slow_find), tasks)

    model.search("l")
    assert begun.wait(10)
    for text in ("lê", "lê t"):  # both wait behind the first
        model.search(text)
    gate.set()
    qtbot.waitUntil(lambda: model._search is None)

    assert office.searches[-1] == "lê t"
    assert "lê" not in office.searches


def test_more_than_the_list_holds_is_said(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> None:
    office.dossiers = tuple(a_dossier(number) for number in range(LIMIT + 5))
    model = RegisterViewModel(office.register_calls(), tasks)

    _search(model, qtbot, "")

    assert len(model.found) == LIMIT
    assert model.more


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

    assert len(read.args[0]) == 1
    view._preview.hide()


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
    qtbot.waitUntil(lambda: model._search is None)

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

    assert "không ai" in view._summary.text()
    assert "không dấu" in view._nothing.text()
    assert model.chosen is None
