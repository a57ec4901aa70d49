"""The intake screen in English, at each moment from the empty draft to the corrected slip."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clerk_app.domain.applicant import PersonKind, Relation
from clerk_app.domain.paper import PaperState
from tests.ui.intake.conftest import BIRTH, CARD, COPIES, QR, RESIDENCE, FakeDesk
from tests.ui.intake.hands import Hands
from tests.ui.intake.test_view import fill, to_pin
from tests.ui.vietnamese import vietnamese_in
from ui.intake.people_model import Who
from ui.intake.stage import Stage
from ui.intake.view import IntakeView
from ui.intake.view_model import IntakeViewModel
from ui.theme import MINIMUM_WINDOW
from ui.widgets import navigation

pytestmark = pytest.mark.usefixtures("english")

Until = Callable[[Callable[[], bool]], None]
Key = Qt.Key
WAY = "Màu 300"  # the office named its ways of scanning
SCANNED = "Trang quét"  # the name that the fake scanner gives


def _left(view: IntakeView) -> list[str]:
    """List the Vietnamese on the screen that is no data; longer English words may not make it too wide either."""
    assert view.minimumSizeHint().width() <= MINIMUM_WINDOW[0] - navigation.WIDTH
    data = (BIRTH, RESIDENCE, COPIES, CARD, QR.split("|"), SCANNED, "Nữ", WAY)
    return [*vietnamese_in(view, *data), *vietnamese_in(view.pin, *data)]


def test_an_empty_draft_and_each_kind_of_person_are_asked_for_in_english(
    view: IntakeView, model: IntakeViewModel, settled: Callable[[], None]
) -> None:
    assert _left(view) == []

    for procedure in (COPIES, RESIDENCE):
        model.choose(procedure)
        for kind in PersonKind:
            model.people.choose_kind(Who.OWNER, kind)
            settled()
            assert _left(view) == []
    for relation in Relation:
        model.people.choose_relation(relation)
        settled()
        assert _left(view) == []


def test_what_is_impossible_or_unlikely_about_a_person_is_told_in_english(
    view: IntakeView, model: IntakeViewModel, settled: Callable[[], None]
) -> None:
    model.choose(RESIDENCE)
    for number in ("00108900123", "111111111111", "001989001234", "999089001234"):
        model.people.type(Who.OWNER, name="A", id_number=number, sex="Nữ", phone="1")
        model.sign_and_print()
        settled()
        assert model.remarks
        assert _left(view) == []


def test_each_state_of_a_paper_is_told_in_english(
    view: IntakeView, model: IntakeViewModel, settled: Callable[[], None]
) -> None:
    model.choose(BIRTH)
    for state in PaperState:
        model.papers.set_state("to-khai", state, "reason")
        settled()
        assert _left(view) == []

    model.scans.scan("chung-sinh")
    settled()
    assert _left(view) == []

    model.papers.owe_scan("ket-hon", "reason")
    model.sign_and_print()  # refused: something is missing
    settled()

    assert _left(view) == []


def test_from_the_first_key_to_the_corrected_slip_in_english(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: FakeDesk, until: Until
) -> None:
    fill(hands, view, until)
    assert _left(view) == []

    hands.press(Key.Key_F9)
    until(lambda: view.pin.isVisible() and view.pin.pin.hasFocus())
    hands.type("654321")
    hands.press(Key.Key_Return)
    until(lambda: bool(desk.pins) and view.pin.pin.isEnabled() and not view.pin.pin.text())
    assert _left(view) == []

    hands.type("123456")
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE and model.slip.copies > 0)
    assert _left(view) == []

    hands.press(Key.Key_F7)
    until(lambda: model.stage is Stage.CORRECTING)
    assert _left(view) == []


def test_a_slip_for_the_pen_is_asked_for_in_english(
    hands: Hands, view: IntakeView, model: IntakeViewModel, desk: FakeDesk, until: Until
) -> None:
    desk.cards = (replace(CARD, practice_pin="123456"),)
    to_pin(hands, view, until)
    assert _left(view) == []

    hands.press(Key.Key_F8)
    until(view.ask.line.hasFocus)
    assert _left(view) == []
