"""A paper is missing: the citizen leaves with Mẫu 02 after a few keys, and the draft is back by name next time."""

import sys

import pytest
from PySide6.QtCore import Qt

from clerk_app.domain.dossier import Status
from clerk_app.practice.people import PIN
from tests.journeys.hands import Hands
from ui.intake.stage import Stage

Key = Qt.Key
NAME = "Trần Văn Được"


@pytest.fixture
def at_the_checklist(hands: Hands) -> Hands:
    """A birth to register by keys: name typed, declaration and card shown, the birth note missing."""
    intake = hands.screens.intake
    hands.type("khai sinh")
    hands.wait(lambda: [each.code for each in intake.procedures.found][:1] == ["1.001193"])
    hands.press(Key.Key_Return)
    hands.wait(lambda: intake.draft.procedure == "1.001193" and intake.papers.rows)
    hands.type(NAME)
    hands.press(Key.Key_F5, Key.Key_Space, *[Key.Key_Down] * 4, Key.Key_Space)
    hands.wait(lambda: [each.place for each in intake.todo] == ["paper:giay-chung-sinh"])
    hands.keys = 0
    return hands


def sign(hands: Hands) -> None:
    """Type the PIN into its dialog; its letters are no work of this screen."""
    dialog = hands.screens.intake_view.pin
    hands.wait(lambda: dialog.isVisible() and dialog.pin.hasFocus())
    hands.type(PIN, counted=False)
    hands.press(Key.Key_Return)


def test_what_is_missing_is_asked_for_and_comes_back_by_name(at_the_checklist: Hands) -> None:
    hands, intake = at_the_checklist, at_the_checklist.screens.intake
    hands.press(Key.Key_F10, Key.Key_Return)
    sign(hands)
    hands.wait(lambda: intake.stage is Stage.DONE and intake.slip.copies == 1)

    sys.stdout.write(f"\nMẫu 02: {hands.keys} keys and a PIN from the checklist to the printed paper\n")
    assert hands.keys <= 6
    printed = hands.paper("Phiếu yêu cầu bổ sung")
    assert f"Hồ sơ của: {NAME}" in printed
    assert "1. Giấy chứng sinh" in printed
    assert "2." not in printed.partition("nội dung sau:")[2].partition("Lý do:")[0]
    assert f"số điện thoại {hands.desk.unit.phone} để được hướng dẫn./." in printed
    (asked,) = hands.desk.find_dossiers("tran van duoc")
    assert asked.status is Status.SUPPLEMENT_ASKED
    assert hands.desk.verify_document(hands.desk.slip_pdf(asked.documents[0].id)).valid

    hands.press(Key.Key_N, ctrl=True)
    hands.wait(lambda: intake.stage is Stage.EDITING and intake.draft.id not in ("", asked.id))
    hands.keys = 0
    hands.press(Key.Key_F2)
    hands.type("duoc")
    hands.press(Key.Key_Return)
    hands.wait(lambda: intake.draft.id == asked.id and intake.papers.rows)
    sys.stdout.write(f"the draft is back by name: {hands.keys} keys\n")
    assert intake.people.applicant.owner.name == NAME

    hands.press(Key.Key_F5, Key.Key_Down, Key.Key_Space)
    hands.wait(lambda: not intake.todo)
    hands.press(Key.Key_F9)
    sign(hands)
    hands.wait(lambda: intake.stage is Stage.DONE and intake.slip.copies == 1)
    accepted = hands.desk.dossier(asked.id)
    assert accepted.status is Status.SLIP_ISSUED
    assert [line.kind for line in hands.desk.history(asked.id)][:1] == ["supplement_asked"]
    assert all(each.id != asked.id for each in hands.desk.drafts())


def test_a_refusal_with_its_reason_and_ground_closes_the_draft(at_the_checklist: Hands) -> None:
    hands, intake = at_the_checklist, at_the_checklist.screens.intake
    draft = intake.draft.id
    hands.press(Key.Key_F11)
    hands.wait(lambda: intake.stage is Stage.REPLYING)
    hands.press(Key.Key_Down, Key.Key_Tab)
    hands.type("Điều 13 Luật Hộ tịch")
    hands.press(Key.Key_Return)
    sign(hands)
    hands.wait(lambda: intake.stage is Stage.DONE and intake.slip.copies == 1)

    letters = len("Điều 13 Luật Hộ tịch")
    sys.stdout.write(f"\nMẫu 03: {hands.keys - letters} keys, the ground and a PIN\n")
    printed = hands.paper("Phiếu từ chối tiếp nhận")
    assert "Căn cứ: Điều 13 Luật Hộ tịch" in printed
    assert "với lý do cụ thể như sau:" in printed
    assert hands.desk.dossier(draft).status is Status.REFUSED
    assert all(each.id != draft for each in hands.desk.drafts())


def test_esc_leaves_the_paper_and_the_draft_is_as_it_was(at_the_checklist: Hands) -> None:
    hands, intake = at_the_checklist, at_the_checklist.screens.intake
    draft = intake.draft
    hands.press(Key.Key_F10)
    hands.wait(lambda: intake.stage is Stage.REPLYING)
    hands.press(Key.Key_Return)
    dialog = hands.screens.intake_view.pin
    hands.wait(lambda: dialog.isVisible() and dialog.pin.hasFocus())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: intake.stage is Stage.REPLYING and hands.screens.intake_view.reply.list.hasFocus())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: intake.stage is Stage.EDITING)

    assert intake.draft.papers == draft.papers
    assert intake.people.applicant.owner.name == NAME
    assert hands.desk.history(draft.id) == ()
