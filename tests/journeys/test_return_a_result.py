"""A result is handed over: by the slip's code in a few keys, by its QR in two, at once without a slip."""

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.returning import AlreadyReturned
from tests.journeys.hands import Hands
from ui.intake.stage import Stage

Key = Qt.Key


@pytest.fixture
def dossier(hands: Hands) -> Dossier:
    """One whose slip is in the citizen's hand."""
    laid = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("ct01", "giay-to-cho-o", "can-cuoc"))
    draft = replace(
        hands.desk.start_draft(),
        procedure="1.004222",
        applicant=Applicant(Person("Đặng Ngọc Ánh", phone="0912345678")),
        papers=laid,
    )
    received = hands.desk.receive_dossier(hands.desk.save_draft(draft))
    hands.desk.slip_for_pen(received.id, "thẻ hỏng")
    return hands.desk.dossier(received.id)


def test_by_the_last_digits_of_the_code(hands: Hands, dossier: Dossier) -> None:
    result = hands.screens.result
    digits = dossier.code[-4:]
    hands.press(Key.Key_4, ctrl=True)
    hands.wait(hands.screens.result_view.line.hasFocus)
    hands.type(digits)
    hands.press(Key.Key_Return)
    hands.wait(hands.screens.result_view.handover.who.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: result.last is not None)

    sys.stdout.write(f"\nresult by code: {hands.keys - len(digits)} keys and {len(digits)} digits\n")
    assert hands.keys - len(digits) <= 4
    after = hands.desk.dossier(dossier.id)
    assert after.status is Status.RETURNED
    assert after.handed is not None
    assert after.handed.receiver == "Đặng Ngọc Ánh"
    assert [line.kind for line in hands.desk.history(dossier.id)] == ["received", "slip_for_pen", "returned"]


def test_by_the_qr_of_the_slip_and_never_twice(hands: Hands, dossier: Dossier) -> None:
    view, result = hands.screens.result_view, hands.screens.result
    qr = f"{dossier.code}|{dossier.entry_hash[:16]}"
    hands.press(Key.Key_4, ctrl=True)
    hands.wait(view.line.hasFocus)
    hands.type(qr, counted=False)
    hands.press(Key.Key_Return)
    hands.wait(view.handover.who.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: result.last is not None)
    sys.stdout.write(f"\nresult by QR: {hands.keys} keys, one of them the scanner's Enter\n")

    hands.type(qr, counted=False)
    hands.press(Key.Key_Return)
    hands.wait(lambda: isinstance(result.notice, AlreadyReturned))
    hands.press(Key.Key_F9)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: result.open is None)
    assert [line.kind for line in hands.desk.history(dossier.id)].count("returned") == 1


def test_at_once_in_one_screen_from_the_first_key_to_the_returned_result(hands: Hands) -> None:
    intake = hands.screens.intake
    hands.type("trich luc")
    hands.wait(lambda: [each.code for each in intake.procedures.found] == ["2.000635"])
    hands.press(Key.Key_Return)
    hands.wait(lambda: intake.draft.procedure == "2.000635" and intake.papers.rows)
    hands.type("Y Blơ Niê")
    hands.press(Key.Key_F5, Key.Key_Space, Key.Key_Down, Key.Key_Space)
    hands.wait(lambda: not intake.todo)
    hands.press(Key.Key_F12)
    hands.wait(lambda: intake.stage is Stage.DONE)

    letters = len("trich luc") + len("Y Blơ Niê")
    sys.stdout.write(f"\nat once: {hands.keys - letters} keys and {letters} letters\n")
    (dossier,) = hands.desk.find_dossiers("y blo nie")
    assert dossier.status is Status.RETURNED
    assert dossier.documents == ()
    assert [line.kind for line in hands.desk.history(dossier.id)] == ["received", "returned"]
    assert not hands.printed.exists()
