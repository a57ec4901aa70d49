"""What a leader will not sign goes back with a reason; mended or submitted once more it comes again."""

import pytest

from clerk_app.domain.document import SignatureField, shown
from clerk_app.errors import OfficeError
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.roles import NotYourRole, Permit
from clerk_app.services.send_back import (
    NothingSentBack,
    SendBack,
    SendBackReasonMissing,
    SentBackAlready,
)
from clerk_app.services.sign_turn import DocumentMoved, DocumentReplaced, DocumentSentBack
from sync.errors import TurnElsewhere
from tests.services.test_slips import correction_of

WHY = "Họ tên chủ hồ sơ sai dấu"


@pytest.fixture
def slip(desk: Desk, receive, pin):
    """A slip that the officer has signed."""
    return desk.issue_slip(receive(desk, "Nguyễn Thị Hòa").id, pin(desk))


def give_back(desk: Desk, slip, leader, reason: str = WHY):
    deciding = desk.switch(leader)
    return deciding.signing_room.send_back(shown(slip.id, deciding.slip_pdf(slip.id)), reason)


def test_what_was_given_back_leaves_the_leaders_list_and_stands_open_at_the_counter(
    desk: Desk, slip, leader
) -> None:
    returned = give_back(desk, slip, leader)

    assert returned.sent_back == WHY
    assert returned.valid  # the citizen holds it, and it counts with the officer's signature
    assert desk.switch(leader).signing_room.list() == ()
    assert [dossier.id for dossier in desk.unfinished().sent_back] == [slip.dossier]
    line = desk.history(slip.dossier)[-1]
    assert (line.kind, dict(line.details)) == ("sent_back", {"reason": WHY})
    assert desk.verify_journal().valid


def test_submitted_again_it_can_be_signed_as_it_is(desk: Desk, slip, leader, pin) -> None:
    give_back(desk, slip, leader)
    again = desk.resubmit(slip.id, "Tên đúng như thẻ căn cước")
    assert not again.sent_back
    assert not desk.unfinished().sent_back

    deciding = desk.switch(leader)
    listed = [item.shown for item in deciding.signing_room.list()]
    batch = deciding.signing_room.sign(listed, pin(deciding), Progress())
    assert [document.signed_by for document in batch.signed] == [
        (SignatureField.OFFICER, SignatureField.LEADER)
    ]


def test_a_corrected_slip_comes_in_its_place(desk: Desk, slip, leader, pin) -> None:
    give_back(desk, slip, leader)
    dossier = desk.dossier(slip.dossier)
    newer = desk.reissue_slip(dossier.id, correction_of(dossier, "Nguyễn Thị Hoà"), pin(desk))

    assert not desk.unfinished().sent_back
    assert [item.id for item in desk.switch(leader).signing_room.list()] == [newer.id]


def test_what_was_given_back_is_not_signed_by_a_list_made_before(desk: Desk, slip, leader, pin) -> None:
    deciding = desk.switch(leader)
    listed = [item.shown for item in deciding.signing_room.list()]
    give_back(desk, slip, leader)
    batch = deciding.signing_room.sign(listed, pin(deciding), Progress())
    assert isinstance(batch.refused[slip.id], DocumentSentBack)
    assert WHY in str(batch.refused[slip.id])


def refused(act) -> type[OfficeError]:
    with pytest.raises(OfficeError) as caught:
        act()
    return type(caught.value)


def test_nothing_goes_back_without_a_reason_twice_or_unseen(desk: Desk, slip, leader, pin) -> None:
    deciding = desk.switch(leader)
    room, seen = deciding.signing_room, shown(slip.id, deciding.slip_pdf(slip.id))
    assert refused(lambda: room.send_back(seen, "  ")) is SendBackReasonMissing
    assert refused(lambda: room.send_back(shown(slip.id, b"other"), WHY)) is DocumentMoved
    room.send_back(seen, WHY)
    assert refused(lambda: room.send_back(seen, WHY)) is SentBackAlready

    dossier = desk.dossier(slip.dossier)
    desk.reissue_slip(dossier.id, correction_of(dossier, "Nguyễn Thị Hoà"), pin(desk))
    assert refused(lambda: room.send_back(seen, WHY)) is DocumentReplaced
    assert refused(lambda: desk.resubmit(slip.id, "")) is NothingSentBack


def test_only_who_signs_the_next_turn_gives_back(desk: Desk, slip, leader, registrar) -> None:
    documents = desk.switch(leader).approve_documents.turn.documents
    seen = shown(slip.id, desk.slip_pdf(slip.id))
    for officer in (desk.officer, registrar.officer):
        send_back = SendBack(documents, Permit(officer), SignatureField.LEADER)
        assert refused(lambda call=send_back: call(seen, WHY)) is NotYourRole
    with pytest.raises(TurnElsewhere):  # the leader has not signed: it is not the seal's turn
        desk.switch(registrar).signing_room.send_back(seen, WHY)
    with pytest.raises(NotYourRole):
        desk.switch(leader).resubmit(slip.id, "")
