"""Mẫu 02, Mẫu 03 and Trả ngay on the intake screen: prefilled, checked before a PIN, and nothing saved too late."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Status
from clerk_app.domain.paper import PaperState
from clerk_app.domain.reply import NothingAsked, RefusalGroundMissing, SupplementAgain
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import NoToken, PinWrong
from tests.ui.intake.conftest import BIRTH, COPIES, NOW
from ui.intake.people_model import Who
from ui.intake.shelf_card import ShelfCard
from ui.intake.stage import Stage
from ui.intake.view_model import IntakeViewModel

Until = Callable[[Callable[[], bool]], None]
PIN = b"123456"


@pytest.fixture
def lacking(model: IntakeViewModel, settled: Callable[[], None], until: Until) -> IntakeViewModel:
    """A birth with a name; two papers are missing, one cannot be read."""
    model.start()
    until(lambda: bool(model.draft.id))
    model.choose(BIRTH)
    model.people.type(Who.OWNER, name="Trần Văn Được")
    model.papers.tick("can-cuoc")
    model.papers.set_state("to-khai", PaperState.ILLEGIBLE)
    settled()
    return model


def enter_pin(model: IntakeViewModel, pin: bytes) -> None:
    assert model.slip.card is not None
    model.slip.enter_pin(TypedPin(model.slip.card, bytearray(pin)))


def to_pin(model: IntakeViewModel, until: Until) -> None:
    model.give_reply()
    until(lambda: model.stage is Stage.ASKING_PIN)


def test_the_form_is_prefilled_with_what_is_missing_or_illegible(lacking: IntakeViewModel) -> None:
    lacking.begin_reply(DocumentKind.SUPPLEMENT)

    form = lacking.reply.form
    assert lacking.stage is Stage.REPLYING
    assert [paper.key for paper in form.papers if paper.wanted] == ["to-khai", "chung-sinh", "cu-tru"]
    form.tick("cu-tru")
    form.write(more="Ký lại trang 2\n\n")
    assert [item.split(" (")[0] for item in form.items] == [
        "Tờ khai đăng ký khai sinh",
        "Giấy chứng sinh",
        "Ký lại trang 2",
    ]


def test_a_signed_request_is_printed_and_its_draft_waits_on_the_shelf(
    lacking: IntakeViewModel, desk: Any, until: Until
) -> None:
    draft = lacking.draft
    lacking.begin_reply(DocumentKind.SUPPLEMENT)
    to_pin(lacking, until)
    enter_pin(lacking, PIN)
    until(lambda: lacking.stage is Stage.DONE and lacking.slip.copies == 1)
    until(lambda: any(line.draft.supplements for line in lacking.keeper.shelf.lines))

    assert len(desk.asked[0].items) == 3
    assert not lacking.slip.can_correct
    assert desk.kept[draft.id].applicant.owner.name == "Trần Văn Được"
    assert lacking.keeper.shelf.unsigned == ()


def test_a_late_save_never_brings_a_refused_draft_back(
    lacking: IntakeViewModel, desk: Any, until: Until, settled: Callable[[], None]
) -> None:
    draft = lacking.draft.id
    desk.save_gate.clear()
    lacking.people.type(Who.OWNER, phone="0912345678")
    lacking.save()
    lacking.begin_reply(DocumentKind.REFUSAL)
    lacking.reply.form.write(reason="Không thuộc thẩm quyền", ground="Điều 13")
    lacking.give_reply()
    assert lacking.stage is Stage.REPLYING  # waits behind the save
    desk.save_gate.set()
    until(lambda: lacking.stage is Stage.ASKING_PIN)
    enter_pin(lacking, PIN)
    until(lambda: lacking.stage is Stage.DONE)
    settled()

    assert draft not in desk.kept
    assert desk.saves[-1].applicant.owner.phone == "0912345678"


def test_what_is_left_out_is_said_before_any_pin(lacking: IntakeViewModel, desk: Any) -> None:
    lacking.begin_reply(DocumentKind.SUPPLEMENT)
    for paper in lacking.reply.form.papers:
        if paper.wanted:
            lacking.reply.form.tick(paper.key)
    lacking.give_reply()
    assert isinstance(lacking.reply.form.notice, NothingAsked)
    lacking.end_reply()
    lacking.begin_reply(DocumentKind.REFUSAL)
    lacking.reply.form.write(reason="Không thuộc thẩm quyền")
    lacking.give_reply()

    assert isinstance(lacking.reply.form.notice, RefusalGroundMissing)
    assert desk.pins == []


def test_once_more_asks_for_a_reason_and_a_consent_before_any_pin(
    lacking: IntakeViewModel, desk: Any, until: Until
) -> None:
    lacking.keeper.put(replace(lacking.draft, supplements=1))
    lacking.begin_reply(DocumentKind.SUPPLEMENT)
    lacking.give_reply()
    until(lambda: isinstance(lacking.reply.form.notice, SupplementAgain))
    assert lacking.stage is Stage.REPLYING
    lacking.reply.form.write(again="Giấy mới hết hạn", consent="Trần Thị Lãnh")
    to_pin(lacking, until)
    enter_pin(lacking, PIN)
    until(lambda: lacking.stage is Stage.DONE)

    assert desk.asked[0].consent == "Trần Thị Lãnh"


def test_without_a_token_the_form_says_so_and_the_pen_leads_on(
    lacking: IntakeViewModel, desk: Any, until: Until
) -> None:
    desk.cards = ()
    lacking.begin_reply(DocumentKind.SUPPLEMENT)
    lacking.give_reply()
    until(lambda: isinstance(lacking.reply.form.notice, NoToken))
    assert lacking.stage is Stage.REPLYING
    lacking.give_reply(by_pen=True)
    until(lambda: lacking.stage is Stage.ASKING_PEN)
    lacking.slip.sign_by_pen(lacking.slip.pen_reason)
    until(lambda: lacking.stage is Stage.DONE)

    assert desk.pen_reasons == ["Không thấy thẻ ký số"]


def test_a_wrong_pin_asks_again_and_esc_leads_back_to_the_form(
    lacking: IntakeViewModel, desk: Any, until: Until
) -> None:
    lacking.begin_reply(DocumentKind.SUPPLEMENT)
    to_pin(lacking, until)
    enter_pin(lacking, b"000000")
    until(lambda: lacking.stage is Stage.ASKING_PIN and isinstance(lacking.slip.pin_notice, PinWrong))
    lacking.slip.cancel()

    assert lacking.stage is Stage.REPLYING
    lacking.end_reply()
    assert lacking.stage is Stage.EDITING
    assert desk.asked == []


def test_a_reply_needs_a_name_and_mau_02_a_procedure(
    model: IntakeViewModel, until: Until, qtbot: Any
) -> None:
    model.start()
    until(lambda: bool(model.draft.id))
    for kind, place in ((DocumentKind.SUPPLEMENT, "procedure"), (DocumentKind.REFUSAL, "owner.name")):
        with qtbot.waitSignal(model.place_wanted) as wanted:
            model.begin_reply(kind)
        assert wanted.args == [place]
    model.people.type(Who.OWNER, name="Trần Văn Được")
    model.begin_reply(DocumentKind.REFUSAL)

    assert model.stage is Stage.REPLYING
    assert model.reply.form.words.request == ""


def test_at_once_a_complete_draft_is_received_and_returned(
    model: IntakeViewModel, desk: Any, until: Until, qtbot: Any
) -> None:
    model.start()
    until(lambda: bool(model.draft.id))
    model.choose(BIRTH)
    assert not model.at_once
    model.choose(COPIES)
    assert model.at_once
    model.people.type(Who.OWNER, name="Đặng Ngọc Ánh")
    model.return_at_once()
    assert model.stage is Stage.EDITING  # a paper is missing
    model.papers.tick("ban-chinh")
    with qtbot.waitSignal(model.answered) as told:
        model.return_at_once()

    dossier = told.args[0]
    assert dossier.status is Status.RETURNED
    assert dossier.handed.receiver == "Đặng Ngọc Ánh"
    assert model.stage is Stage.DONE
    assert desk.printed == []


def test_the_shelf_finds_a_draft_by_a_few_letters_of_a_name_or_a_phone(
    lacking: IntakeViewModel, until: Until, qtbot: Any
) -> None:
    lacking.people.type(Who.OWNER, phone="0912 345 678")
    lacking.new()
    until(
        lambda: [line.draft.applicant.owner.phone for line in lacking.keeper.shelf.lines] == ["0912 345 678"]
    )
    shelf = ShelfCard(lacking.keeper, lambda: NOW)
    qtbot.addWidget(shelf)
    for typed, fits in (("duoc tr", 1), ("09123", 1), ("duyen", 0), ("", 1)):
        shelf.search.setText(typed)
        assert len(shelf.list.rows) == fits, typed
    shelf.search.setText("duoc")

    with qtbot.waitSignal(shelf.draft_wanted) as wanted:
        shelf.search.agreed.emit()
    assert wanted.args[0].applicant.owner.name == "Trần Văn Được"
    assert shelf.search.text() == ""
