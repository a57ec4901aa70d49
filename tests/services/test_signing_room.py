"""A leader's list and the seal's: exceptions first, one PIN, each item signed once or named, and cut anywhere it goes on."""

from dataclasses import replace

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.approval import Standing
from clerk_app.domain.document import DocumentKind, SignatureField
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import NoToken, PinWrong
from clerk_app.furniture import Desk
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.sign_turn import DocumentMoved, SignTurn
from signing import errors
from signing.token_session import TokenSession
from sync.errors import TurnElsewhere
from tests.services.test_slips import correction_of

NAMES = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")


@pytest.fixture
def issued(desk: Desk, receive, pin) -> list[str]:
    """Slips that the officer has signed, in this order."""
    return [desk.issue_slip(receive(desk, name).id, pin(desk)).id for name in NAMES]


def shown(room) -> list:
    return [item.shown for item in room.list()]


def test_only_a_leader_and_the_seal_have_lists(desk: Desk, leader, registrar) -> None:
    assert desk.signing_room is None
    assert desk.switch(leader).signing_room.field is SignatureField.LEADER
    assert desk.switch(registrar).signing_room.field is SignatureField.SEAL


def test_exceptions_come_first_and_the_first_of_each_procedure_has_to_be_opened(
    desk: Desk, issued, pin, leader
) -> None:
    dossier = desk.dossier(desk.find_dossiers("Sáu")[0].id)
    desk.reissue_slip(dossier.id, correction_of(dossier, "Sáu Mới"), pin(desk))

    listed = desk.switch(leader).signing_room.list()

    assert listed[0].person == "Sáu Mới"
    assert {Standing.REISSUED, Standing.FIRST} <= listed[0].standings
    assert len(listed) == len(NAMES)  # the slip that was replaced is not among them
    rest = [item for item in listed[1:] if item.standings - {Standing.SAMPLE}]
    assert rest == []


def test_a_list_is_signed_under_one_pin_and_goes_on_to_the_seal(
    desk: Desk, issued, pin, seal_pin, leader, registrar
) -> None:
    deciding, steps = desk.switch(leader), []
    room = deciding.signing_room
    batch = room.sign(shown(room), pin(deciding), Progress(lambda *step: steps.append(step)))

    assert [document.id for document in batch.signed] == [item.id for item in shown_in_order(desk, issued)]
    assert (dict(batch.refused), batch.left, batch.stopped) == ({}, (), None)
    assert steps[-1][:2] == (len(NAMES), len(NAMES))
    assert room.list() == ()

    sealing = desk.switch(registrar)
    sealed = sealing.signing_room.sign(shown(sealing.signing_room), seal_pin(sealing), Progress())
    assert len(sealed.signed) == len(NAMES)
    for slip in issued:
        verdict = desk.verify_document(desk.slip_pdf(slip))
        assert verdict.valid
        assert len(verdict.signatures) == 3
    assert desk.verify_journal().valid


def shown_in_order(desk: Desk, issued: list[str]) -> list:
    """The documents by when they are due, then by code: the order of the list."""
    every = [each for dossier in desk.find_dossiers("") for each in desk.dossier(dossier.id).documents]
    codes = {dossier.id: dossier.code for dossier in desk.find_dossiers("")}
    return sorted((each for each in every if each.id in issued), key=lambda each: codes[each.dossier])


def test_what_moved_since_it_was_shown_is_named_and_holds_up_no_other(
    desk: Desk, issued, pin, leader
) -> None:
    deciding = desk.switch(leader)
    room = deciding.signing_room
    listed = shown(room)
    listed[2] = replace(listed[2], sha256="ab" * 32)

    batch = room.sign(listed, pin(deciding), Progress())

    assert len(batch.signed) == len(NAMES) - 1
    assert {slip: type(why) for slip, why in batch.refused.items()} == {listed[2].id: DocumentMoved}
    assert [item.id for item in room.list()] == [listed[2].id]


def test_the_seal_names_what_no_leader_has_signed(
    desk: Desk, issued, pin, seal_pin, leader, registrar, looked_at
) -> None:
    deciding = desk.switch(leader)
    deciding.approve_documents(looked_at(deciding, *issued[:2]), pin(deciding))
    sealing = desk.switch(registrar)
    assert {item.id for item in sealing.signing_room.list()} == set(issued[:2])

    batch = sealing.signing_room.sign(looked_at(sealing, *issued[:3]), seal_pin(sealing), Progress())

    assert len(batch.signed) == 2
    assert {slip: type(why) for slip, why in batch.refused.items()} == {issued[2]: TurnElsewhere}


def test_a_wrong_pin_signs_nothing_and_costs_one_try(desk: Desk, issued, pin, leader) -> None:
    deciding = desk.switch(leader)
    room = deciding.signing_room
    with pytest.raises(PinWrong):
        raise room.sign(shown(room), TypedPin(room.cards()[0], bytearray(b"999999")), Progress()).stopped
    assert len(room.list()) == len(NAMES)


@pytest.mark.parametrize("after", [0, pytest.param(1, marks=pytest.mark.long), 4])
def test_a_pulled_token_leaves_each_item_signed_once_or_not_at_all_and_the_rest_goes_on(
    desk: Desk, issued, pin, leader, monkeypatch, after: int
) -> None:
    deciding = desk.switch(leader)
    room, sign, made = deciding.signing_room, TokenSession.sign, []

    def pulled(session, data: bytes) -> bytes:
        if len(made) >= after:
            session._child.end()
            raise errors.TokenRemoved
        made.append(data)
        return sign(session, data)

    monkeypatch.setattr(TokenSession, "sign", pulled)
    listed = shown(room)
    batch = room.sign(listed, pin(deciding), Progress())
    monkeypatch.undo()

    assert isinstance(batch.stopped, errors.TokenRemoved)
    assert len(batch.signed) == after
    assert batch.left == tuple(each.id for each in listed[after:])
    again = room.sign(shown(room), pin(deciding), Progress())
    assert [document.id for document in again.signed] == list(batch.left)
    for slip in issued:
        fields = [each.field for each in desk.verify_document(desk.slip_pdf(slip)).signatures]
        assert fields == ["CanBo", "LanhDao"]


def test_a_token_that_wants_its_pin_each_time_signs_the_list_one_by_one(
    desk: Desk, issued, pin, leader, monkeypatch
) -> None:
    """What SoftHSM does with CKA_ALWAYS_AUTHENTICATE stands in tests/signing/test_pin_each_time.py."""
    deciding = desk.switch(leader)
    room, sign, signed_in = deciding.signing_room, TokenSession.sign, set()

    def strict(session, data: bytes) -> bytes:
        if session in signed_in:
            raise errors.PinEachTime
        signed_in.add(session)
        return sign(session, data)

    monkeypatch.setattr(TokenSession, "sign", strict)
    listed = shown(room)
    for number, each in enumerate(listed, start=1):
        batch = room.sign(shown(room), pin(deciding), Progress())
        assert [document.id for document in batch.signed] == [each.id]
        assert len(batch.left) == len(listed) - number
        assert batch.left == () or isinstance(batch.stopped, errors.PinEachTime)


def test_a_leader_who_stops_keeps_what_was_signed(desk: Desk, issued, pin, leader) -> None:
    deciding = desk.switch(leader)
    room = deciding.signing_room
    watch = Progress(lambda *step: watch.cancel() if step == (2, len(NAMES), "Đang ký") else None)

    batch = room.sign(shown(room), pin(deciding), watch)

    assert batch.stopped is None
    assert 2 <= len(batch.signed) < len(NAMES)
    assert {each.id for each in batch.signed} | set(batch.left) == set(issued)
    assert {item.id for item in room.list()} == set(batch.left)


def test_a_leader_who_stops_before_the_token_was_asked_has_signed_nothing(
    desk: Desk, issued, pin, leader
) -> None:
    deciding = desk.switch(leader)
    room, watch, typed = deciding.signing_room, Progress(), pin(deciding)
    watch.cancel()
    with pytest.raises(Cancelled):
        room.sign(shown(room), typed, watch)
    assert not any(typed.pin)
    assert len(room.list()) == len(NAMES)


def test_a_list_that_was_cut_by_a_kill_is_read_again(settings, clerk, leader, receive, pin) -> None:
    with open_desk(settings, clerk) as desk:
        slip = desk.issue_slip(receive(desk).id, pin(desk))
        sign = SignTurn._sign
        deciding = desk.switch(leader)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SignTurn, "_sign", lambda *args: (sign(*args), (_ for _ in ()).throw(KeyError))[0])
            with pytest.raises(KeyError):
                deciding.signing_room.sign(shown(deciding.signing_room), pin(deciding), Progress())
    with open_desk(settings, clerk) as desk:
        deciding = desk.switch(leader)
        assert [item.id for item in deciding.signing_room.list()] == [slip.id]
        assert (
            len(deciding.signing_room.sign(shown(deciding.signing_room), pin(deciding), Progress()).signed)
            == 1
        )


def test_a_paper_is_signed_to_its_own_end_whatever_the_settings_say_since(
    settings, clerk, leader, registrar, receive, pin, seal_pin, looked_at
) -> None:
    officer, deputy, seal = SignatureField

    def asking(*fields: SignatureField):
        return open_desk(
            replace(settings, signatures={**settings.signatures, DocumentKind.SLIP: fields}), clerk
        )

    with asking(officer, deputy, seal) as desk:
        whole = desk.issue_slip(receive(desk, "Một").id, pin(desk))
    with asking(officer, deputy) as desk:
        short = desk.issue_slip(receive(desk, "Hai").id, pin(desk))
    with asking(officer) as desk:
        deciding = desk.switch(leader)
        deciding.approve_documents(looked_at(desk, whole.id), pin(deciding))
    with asking(officer, deputy, seal) as desk:
        deciding, sealing = desk.switch(leader), desk.switch(registrar)
        deciding.approve_documents(looked_at(desk, short.id), pin(deciding))
        assert [item.id for item in sealing.signing_room.list()] == [whole.id]
        (sealed,) = sealing.seal_documents(looked_at(desk, whole.id), seal_pin(sealing))
    assert sealed.signed_by == (officer, deputy, seal)


def test_no_token_is_said_before_anything_is_signed(desk: Desk, issued, pin, seal_pin, leader) -> None:
    deciding = desk.switch(leader)
    room = deciding.signing_room
    batch = room.sign(shown(room), seal_pin(deciding), Progress())
    assert batch.signed == ()
    assert batch.stopped is not None
    assert not isinstance(batch.stopped, NoToken)  # his own is there: the PIN was typed for another
