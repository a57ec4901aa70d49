"""A leader's noon: the list with its exceptions first, what has to be opened, one PIN, a pulled token, the rest of the list."""

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.token_card import TypedPin
from clerk_app.furniture import Desk
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import LEADER, OFFICER, PASSPHRASE, PIN, REGISTRAR
from clerk_app.services.unlock import unlock
from signing import errors
from signing.token_session import TokenSession
from tests.journeys.hands import Hands
from ui.approval.view_model import Step

Key = Qt.Key
PAPERS = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("ct01", "giay-to-cho-o", "can-cuoc"))


@pytest.fixture
def count(long_run: bool) -> int:
    return 120 if long_run else 8


@pytest.fixture
def slips(office: PracticeOffice, count: int) -> list[str]:
    """Slips that an officer has signed this morning."""
    unlocked = unlock(office.counter, OFFICER.officer.id, bytearray(PASSPHRASE.encode()))
    with open_desk(office.settings(), unlocked) as desk:
        return [issue(desk, number) for number in range(count)]


def issue(desk: Desk, number: int) -> str:
    person = Person(f"Đặng Thị {number}", phone="0912345678")
    draft = replace(desk.start_draft(), procedure="1.004222", applicant=Applicant(person), papers=PAPERS)
    dossier = desk.receive_dossier(desk.save_draft(draft))
    return desk.issue_slip(dossier.id, TypedPin(desk.token_cards()[0], bytearray(PIN.encode()))).id


def fields(desk: Desk, slip: str) -> list[str]:
    verdict = desk.verify_document(desk.slip_pdf(slip))
    assert verdict.valid
    return [each.field for each in verdict.signatures]


def open_what_must_be(hands: Hands) -> None:
    """F4 goes to each item that policy wants opened, until none is left."""
    model = hands.screens.approval
    while model.unopened:
        wanted = model.unopened[0]
        hands.press(Key.Key_F4)
        hands.wait(lambda wanted=wanted: model.is_opened(wanted))


def sign(hands: Hands) -> None:
    model, view = hands.screens.approval, hands.screens.approval_view
    hands.press(Key.Key_F9)
    hands.wait(lambda: model.step is Step.ASKING_PIN and view.pin.pin.hasFocus())
    hands.type(PIN, counted=False)
    hands.press(Key.Key_Return)
    hands.wait(lambda: model.outcome is not None)


@pytest.mark.timeout(1800)
def test_a_pulled_token_costs_a_message_and_the_list_goes_on_to_the_seal(
    slips: list[str], sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = sitting(LEADER)
    model, view, half = hands.screens.approval, hands.screens.approval_view, len(slips) // 2
    hands.press(Key.Key_5, ctrl=True)
    hands.wait(view.list.hasFocus)
    assert {item.id for item in model.items} == set(slips)
    assert not view.sign.isEnabled()  # the first of its procedure has to be opened
    open_what_must_be(hands)
    hands.wait(view.sign.isEnabled)

    with monkeypatch.context() as pulled:
        made, ask = [], TokenSession.sign

        def gone(session: TokenSession, data: bytes) -> bytes:
            if len(made) == half:
                session._child.end()
                raise errors.TokenRemoved
            made.append(data)
            return ask(session, data)

        pulled.setattr(TokenSession, "sign", gone)
        sign(hands)
    assert len(model.outcome.signed) == half
    assert len(model.outcome.left) == len(slips) - half
    assert "Thẻ ký số bị rút ra" in view.news.words
    hands.wait(lambda: len(model.items) == len(slips) - half)

    open_what_must_be(hands)
    sign(hands)
    hands.wait(lambda: model.items == ())
    sys.stdout.write(f"\nleader's list of {len(slips)}, cut once: {hands.keys} keys and two PINs\n")
    assert hands.keys <= 12
    for slip in slips:
        assert fields(hands.desk, slip) == ["CanBo", "LanhDao"]

    hands = sitting(REGISTRAR)
    hands.press(Key.Key_5, ctrl=True)
    hands.wait(hands.screens.approval_view.list.hasFocus)
    open_what_must_be(hands)
    hands.wait(hands.screens.approval_view.sign.isEnabled)
    sign(hands)
    assert fields(hands.desk, slips[0]) == ["CanBo", "LanhDao", "ConDau"]
    assert hands.desk.verify_journal().valid


@pytest.mark.long
def test_a_wrong_pin_asks_again_and_an_item_may_be_left_out(slips: list[str], sitting) -> None:
    hands = sitting(LEADER)
    model, view = hands.screens.approval, hands.screens.approval_view
    hands.press(Key.Key_5, ctrl=True)
    hands.wait(view.list.hasFocus)
    open_what_must_be(hands)
    view.list.choose(model.items[-1].id)
    kept_back = model.items[-1].id
    hands.press(Key.Key_Space)
    hands.wait(lambda: len(model.chosen) == len(model.items) - 1)

    hands.press(Key.Key_F9)
    hands.wait(lambda: model.step is Step.ASKING_PIN and view.pin.pin.hasFocus())
    hands.type("999999", counted=False)
    hands.press(Key.Key_Return)
    hands.wait(lambda: model.pin_notice is not None and model.step is Step.ASKING_PIN)
    hands.type(PIN, counted=False)
    hands.press(Key.Key_Return)
    hands.wait(lambda: model.outcome is not None)

    assert [item.id for item in model.items if item.id == kept_back]
    hands.wait(lambda: [item.id for item in model.items] == [kept_back])
    assert fields(hands.desk, kept_back) == ["CanBo"]
