"""A result is handed over in three keys from the slip's code; nobody gets it twice, or in another's place unseen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Status
from clerk_app.domain.handover import Receiver
from clerk_app.domain.returning import (
    AlreadyReturned,
    NothingToReturn,
    ReceiverPaperMissing,
    ResultDayImpossible,
    SlipOfAnother,
)
from tests.ui.samples import NOW, FakeOffice, a_dossier
from ui.result.view import ResultView
from ui.result.view_model import NothingFound, ResultViewModel
from ui.tasks import Tasks

Key = Qt.Key
TODAY = date(2026, 11, 23)


@pytest.fixture
def office() -> FakeOffice:
    brought = replace(
        a_dossier(41),
        applicant=Applicant(Person("Lê Thị Mẹ"), Person("Trần Văn Cậu", id_number="001089000012")),
    )
    return FakeOffice(dossiers=(a_dossier(44), a_dossier(43), a_dossier(42), brought))


@pytest.fixture
def model(office: FakeOffice, tasks: Tasks) -> ResultViewModel:
    return ResultViewModel(office.result_calls(), tasks, lambda: TODAY)


@pytest.fixture
def view(model: ResultViewModel, qtbot: QtBot) -> Iterator[ResultView]:
    made = ResultView(model, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1274, 672)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.line.setFocus()
    yield made
    made.hide()


def press(qtbot: QtBot, view: ResultView, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or view, key)


def type_in(qtbot: QtBot, view: ResultView, text: str) -> None:
    for letter in text:
        qtbot.keyClick(QApplication.focusWidget() or view, letter)


def opened(model: ResultViewModel) -> bool:
    return model.open is not None and bool(model.open.originals)


def test_a_few_digits_of_the_code_and_two_enters_hand_the_result_over(
    view: ResultView, model: ResultViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    type_in(qtbot, view, "0043")
    press(qtbot, view, Key.Key_Return)
    qtbot.waitUntil(lambda: opened(model) and view.handover.who.hasFocus())
    with qtbot.waitSignal(model.returned) as told:
        press(qtbot, view, Key.Key_Return)

    assert told.args[0].id == "d-43"
    (handover,) = office.handed
    assert handover.receiver == office.dossier("d-43").applicant.owner.name
    assert "Đã trả kết quả H26.99.01-261123-0043" in view.handover.notice.words
    assert view.line.hasFocus()
    assert view.line.text() == ""


def test_a_scanner_s_reading_of_the_slip_opens_its_dossier(
    view: ResultView, model: ResultViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    type_in(qtbot, view, f"H26.99.01-261123-0042|{'ef' * 8}")
    press(qtbot, view, Key.Key_Return)
    qtbot.waitUntil(lambda: opened(model))

    assert model.open is not None
    assert model.open.dossier.id == "d-42"


def test_a_qr_that_is_not_in_the_register_opens_nothing(model: ResultViewModel, qtbot: QtBot) -> None:
    model.go(f"H26.99.01-261123-0042|{'00' * 8}")
    qtbot.waitUntil(lambda: model.notice is not None)

    assert isinstance(model.notice, SlipOfAnother)
    assert model.open is None


def test_who_may_receive_the_originals_and_the_due_time_are_shown(
    view: ResultView, model: ResultViewModel, qtbot: QtBot
) -> None:
    model.go("0041")
    qtbot.waitUntil(lambda: opened(model))

    rows = view.handover.who.rows
    assert [row.title for row in rows] == ["Lê Thị Mẹ", "Trần Văn Cậu", "Người khác"]
    assert [row.badge for row in rows] == ["", "Nhận", ""]
    said = " ".join(str(fact) for fact in view.handover._facts._shown)
    assert "Tờ khai đăng ký khai sinh\\nGiấy chứng sinh" in said
    assert "16:30" in said


def test_another_person_gives_name_number_and_authorisation(
    view: ResultView, model: ResultViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    model.go("0043")
    qtbot.waitUntil(lambda: opened(model) and view.handover.who.hasFocus())
    press(qtbot, view, Key.Key_Down, Key.Key_Return)
    assert view.handover.name.hasFocus()
    type_in(qtbot, view, "Le Thi Nhan")
    press(qtbot, view, Key.Key_Return)
    assert isinstance(model.notice, ReceiverPaperMissing)
    press(qtbot, view, Key.Key_Tab)
    type_in(qtbot, view, "001190000001")
    press(qtbot, view, Key.Key_Tab)
    type_in(qtbot, view, "so 12")
    with qtbot.waitSignal(model.returned):
        press(qtbot, view, Key.Key_Return)

    (handover,) = office.handed
    assert (handover.who, handover.receiver) == (Receiver.OTHER, "Le Thi Nhan")
    assert (handover.id_number, handover.paper) == ("001190000001", "so 12")


def test_a_lost_slip_and_the_result_itself_are_noted(
    view: ResultView, model: ResultViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    model.go("0043")
    qtbot.waitUntil(lambda: opened(model) and view.handover.who.hasFocus())
    view.handover.lost.click()
    view.handover.result_number.setFocus()
    type_in(qtbot, view, "12/TT")
    press(qtbot, view, Key.Key_Tab)
    type_in(qtbot, view, "24112026")
    press(qtbot, view, Key.Key_Return)
    assert isinstance(model.notice, ResultDayImpossible)
    model.write(result_day=TODAY - timedelta(days=1))
    with qtbot.waitSignal(model.returned):
        press(qtbot, view, Key.Key_F9)

    (handover,) = office.handed
    assert handover.lost_slip
    assert (handover.result_number, handover.result_day) == ("12/TT", date(2026, 11, 22))


def test_what_was_returned_or_refused_is_not_handed_over(
    view: ResultView, model: ResultViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    office.return_result("d-43", replace(model.handover, receiver="Trần Văn Được"))
    refused = replace(a_dossier(40), status=Status.REFUSED, due_at=None)
    office.dossiers = (*office.dossiers, refused)

    for text, why in (("0043", AlreadyReturned), ("0040", NothingToReturn)):
        model.go(text)
        qtbot.waitUntil(lambda why=why: isinstance(model.notice, why))  # type: ignore[misc]
        assert not view.handover.confirm.isEnabled()
        model.confirm()
    assert len(office.handed) == 1


def test_nothing_found_is_said_and_several_are_chosen_from(
    view: ResultView, model: ResultViewModel, qtbot: QtBot
) -> None:
    model.go("zzz")
    qtbot.waitUntil(lambda: isinstance(model.notice, NothingFound))
    type_in(qtbot, view, "h26")
    qtbot.waitUntil(lambda: len(model.found) == 4)
    press(qtbot, view, Key.Key_Return)
    assert view.list.hasFocus()
    press(qtbot, view, Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: opened(model))

    assert model.open is not None
    assert model.open.dossier.id == "d-43"


def test_a_request_with_the_same_last_digits_stands_in_nobody_s_way(
    view: ResultView, model: ResultViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    accepted = office.dossiers[1]
    asked = replace(a_dossier(7), code=f"PBS-{accepted.code}", status=Status.SUPPLEMENT_ASKED, due_at=None)
    office.dossiers = (asked, *office.dossiers)
    type_in(qtbot, view, "0043")
    qtbot.waitUntil(lambda: len(model.found) == 2)
    press(qtbot, view, Key.Key_Return)
    qtbot.waitUntil(lambda: opened(model))

    assert model.open is not None
    assert model.open.dossier.id == accepted.id
    assert view.list.current_key == accepted.id  # and not the other that was found


def test_esc_puts_the_dossier_back_and_fields_stay_empty_for_the_next(
    view: ResultView, model: ResultViewModel, qtbot: QtBot
) -> None:
    model.go("0043")
    qtbot.waitUntil(lambda: opened(model) and view.handover.who.hasFocus())
    view.handover.lost.click()
    press(qtbot, view, Key.Key_Escape)
    assert model.open is None
    assert view.line.hasFocus()
    model.go("0042")
    qtbot.waitUntil(lambda: opened(model))

    assert not view.handover.lost.isChecked()
    assert not model.handover.lost_slip
