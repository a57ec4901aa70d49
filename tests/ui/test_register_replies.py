"""The register says what became of a dossier that got no slip, and of a result that is gone."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Status
from clerk_app.domain.handover import Handover
from clerk_app.domain.history import HistoryLine
from tests.ui.samples import NOW, OFFICER, FakeOffice, a_document, a_dossier
from ui.act_words import act, short_code, status
from ui.register.detail_words import act_line
from ui.register.view import RegisterView
from ui.register.view_model import RegisterViewModel
from ui.tasks import Tasks

CODE = "PBS-H26.99.01-Q3-261123-0001"


@pytest.fixture
def office() -> FakeOffice:
    paper = replace(a_document("d-44", by_pen=True), kind=DocumentKind.SUPPLEMENT)
    asked = replace(a_dossier(44), code=CODE, status=Status.SUPPLEMENT_ASKED, due_at=None, documents=(paper,))
    handed = Handover(receiver="Lê Thị Nhận", lost_slip=True, at=NOW, by=OFFICER.name)
    returned = replace(a_dossier(43), status=Status.RETURNED, handed=handed)
    cut = replace(paper, id="cut", dossier="d-42", print_unfinished=True)
    accepted = a_dossier(42)
    return FakeOffice(dossiers=(asked, returned, replace(accepted, documents=(cut, *accepted.documents))))


@pytest.fixture
def model(office: FakeOffice, tasks: Tasks) -> RegisterViewModel:
    return RegisterViewModel(office.register_calls(), tasks)


@pytest.fixture
def view(model: RegisterViewModel, qtbot: QtBot) -> RegisterView:
    made = RegisterView(model, lambda: NOW)
    qtbot.addWidget(made)
    made.show()
    model.refresh()
    qtbot.waitUntil(lambda: len(model.found) == 3)
    return made


def test_what_was_asked_shows_its_paper_and_no_promise(view: RegisterView, model: RegisterViewModel) -> None:
    model.choose("d-44")

    cells = [view.table.rows.index(0, column).data() for column in range(6)]
    assert cells[0] == "PBS-Q3-261123-0001"
    assert cells[3:5] == ["–", "Chờ bổ sung"]
    assert view.detail.slip.text() == "Mở phiếu"
    assert view.detail.correct.isHidden()
    assert view.detail.sign.isHidden()
    assert "Hẹn trả" not in str(view.detail._facts._shown)


def test_a_returned_result_says_who_took_it(view: RegisterView, model: RegisterViewModel) -> None:
    model.choose("d-43")

    assert ("Trả cho", "Lê Thị Nhận (mất giấy hẹn)") in view.detail._facts._shown
    assert view.detail.correct.isHidden()
    assert view.detail.print.isEnabled()


def test_a_broken_off_print_of_a_reply_is_settled_too(
    view: RegisterView, model: RegisterViewModel, office: FakeOffice, qtbot: QtBot
) -> None:
    model.choose("d-42")
    assert model.must_settle
    assert model.slip is not None
    assert model.slip.kind is DocumentKind.SLIP
    with qtbot.waitSignal(model.acted):
        model.settle(True)

    assert office.settled == [("cut", True)]


def test_acts_and_states_have_words(office: FakeOffice) -> None:
    words = [act(kind) for kind in ("supplement_asked", "refused", "returned", "document_signed")]
    assert words == [
        "Yêu cầu bổ sung, hoàn thiện hồ sơ",
        "Từ chối tiếp nhận",
        "Trả kết quả",
        "Ký thêm vào phiếu",
    ]
    assert [status(each)[0] for each in office.dossiers] == [
        "Chờ bổ sung",
        "Đã trả kết quả",
        "Đã cấp giấy hẹn",
    ]
    assert short_code(office.dossiers[1]) == office.dossiers[1].code


def test_the_history_tells_reason_consent_and_receiver() -> None:
    details = (("reason", "thiếu giấy"), ("consent", "Trần Thị Lãnh"), ("receiver", "Lê Thị Nhận"))
    line = HistoryLine("e", "supplement_asked", NOW, OFFICER.name, a_dossier(1).sending, details)

    told = act_line(line, NOW).detail

    assert "lý do: thiếu giấy" in told
    assert "lãnh đạo đồng ý: Trần Thị Lãnh" in told
    assert "người nhận: Lê Thị Nhận" in told
