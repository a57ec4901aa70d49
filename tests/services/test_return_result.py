"""A result is handed over once, to somebody with a name; at once or by appointment, in one act."""

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.domain.acceptance import PapersMissing
from clerk_app.domain.dossier import SendState, Status
from clerk_app.domain.handover import Handover, Receiver
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.reply import Pen
from clerk_app.domain.returning import (
    AlreadyReturned,
    NothingToReturn,
    ReceiverMissing,
    ReceiverPaperMissing,
    proposed_receiver,
)
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.issue_slip import NoSlipNeeded
from clerk_app.services.reissue_slip import NothingToReplace
from clerk_app.services.return_result import NotAtOnce
from clerk_app.services.roles import NotYourRole
from tests.services.test_replies import REFUSAL
from tests.services.test_slips import correction_of

AT_ONCE = {
    "procedure": "2.000635",
    "papers": tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("to-khai", "can-cuoc")),
}
OWNER = Handover(receiver="Đặng Thị Ánh", id_number="001188012345")


def test_a_returned_dossier_says_to_whom_when_and_by_whom(desk: Desk, receive) -> None:
    dossier = receive(desk)
    desk.slip_for_pen(dossier.id, "thẻ hỏng")
    given = replace(OWNER, lost_slip=True, result_number="12/TT", result_day=date(2026, 11, 2))

    after = desk.return_result(dossier.id, given)

    assert after.status is Status.RETURNED
    assert after.handed is not None
    assert replace(after.handed, at=None, by="") == given
    assert after.handed.by == desk.officer.name
    assert desk.dossier(dossier.id) == after
    assert [line.kind for line in desk.history(dossier.id)] == ["received", "slip_for_pen", "returned"]


def test_a_returned_dossier_is_not_returned_signed_or_corrected_again(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    desk.slip_for_pen(dossier.id, "thẻ hỏng")
    desk.return_result(dossier.id, OWNER)

    with pytest.raises(AlreadyReturned, match="Đặng Thị Ánh"):
        desk.return_result(dossier.id, OWNER)
    with pytest.raises(NothingToReplace):
        desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Oanh"), pin(desk))
    with pytest.raises(NoSlipNeeded):
        desk.slip_for_pen(dossier.id, "thẻ hỏng")

    assert [line.kind for line in desk.history(dossier.id)][2:] == ["returned"]


def test_nobody_without_name_or_paper_gets_a_result(desk: Desk, receive) -> None:
    dossier = receive(desk)

    with pytest.raises(ReceiverMissing):
        desk.return_result(dossier.id, Handover())
    with pytest.raises(ReceiverPaperMissing):
        desk.return_result(dossier.id, Handover(Receiver.OTHER, "Lê Thị Nhận"))

    assert desk.dossier(dossier.id) == dossier


def test_of_what_was_refused_there_is_nothing_to_return(desk: Desk, fill) -> None:
    draft = fill(desk)
    desk.refuse_dossier(draft, REFUSAL, Pen("thẻ hỏng"))

    with pytest.raises(NothingToReturn):
        desk.return_result(draft.id, OWNER)


def test_a_leader_hands_nothing_over(desk: Desk, receive, leader) -> None:
    dossier = receive(desk)

    with pytest.raises(NotYourRole):
        desk.switch(leader).return_result(dossier.id, OWNER)


def test_at_once_a_dossier_is_received_and_returned_in_one_act(desk: Desk, fill, receive) -> None:
    draft = fill(desk, **AT_ONCE)

    dossier = desk.return_at_once(draft, OWNER)

    assert dossier.status is Status.RETURNED
    assert dossier.code.endswith("-0001")
    assert dossier.documents == ()
    assert desk.drafts() == ()
    lines = desk.history(draft.id)
    assert [line.kind for line in lines] == ["received", "returned"]
    assert lines[0].occurred_at == lines[1].occurred_at
    assert not desk.unfinished()
    assert receive(desk).code.endswith("-0002")


def test_at_once_pressed_twice_is_one_dossier(desk: Desk, fill) -> None:
    draft = fill(desk, **AT_ONCE)

    assert desk.return_at_once(draft, OWNER) == desk.return_at_once(draft, OWNER)

    assert len(desk.history(draft.id)) == 2


def test_what_is_by_appointment_or_incomplete_is_not_returned_at_once(desk: Desk, fill) -> None:
    by_appointment = fill(desk)
    incomplete = fill(desk, **AT_ONCE | {"papers": ()})

    with pytest.raises(NotAtOnce):
        desk.return_at_once(by_appointment, OWNER)
    with pytest.raises(PapersMissing):
        desk.return_at_once(incomplete, OWNER)
    with pytest.raises(ReceiverMissing):
        desk.return_at_once(fill(desk, **AT_ONCE), Handover())

    assert len(desk.drafts()) == 3
    assert desk.find_dossiers("") == ()


def test_what_is_usually_returned_at_once_may_get_its_slip_as_always(desk: Desk, fill, pin) -> None:
    dossier = desk.receive_dossier(fill(desk, **AT_ONCE))

    desk.issue_slip(dossier.id, pin(desk))
    after = desk.return_result(dossier.id, proposed_receiver(dossier.applicant))

    assert after.status is Status.RETURNED
    assert [line.kind for line in desk.history(dossier.id)] == ["received", "slip_signed", "returned"]


def test_the_originals_that_lie_here_are_named(desk: Desk, receive) -> None:
    laid = (
        LaidPaper("ct01", PaperState.PRESENT),
        LaidPaper("giay-to-cho-o", PaperState.SHOWN_ONLY),
        LaidPaper("can-cuoc", PaperState.SHOWN_ONLY),
    )
    dossier = receive(desk, papers=laid)

    (kept,) = desk.originals_kept(dossier.id)

    assert kept == dossier.papers[0].title


def test_central_takes_the_return_as_it_is(online: Desk, central, receive) -> None:
    dossier = receive(online)

    online.return_result(dossier.id, OWNER)
    online.exchange(Progress())

    assert online.dossier(dossier.id).sending is SendState.SENT
    assert not [each for each in online.waiting() if each.flagged or each.parked]
