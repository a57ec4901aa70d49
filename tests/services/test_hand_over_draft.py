"""A draft is the counter's: who began it and who goes on are known, and its holder or a leader hands it over."""

from dataclasses import replace

import pytest

from clerk_app.domain.dossier import Hand
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.services.hand_over_draft import DraftGone, DraftOfAnother, NobodyToTakeIt
from clerk_app.services.roles import NotYourRole

HANH, THUY = people.OFFICER.officer, people.SECOND_OFFICER.officer


def hand(officer) -> Hand:
    return Hand(officer.id, officer.name)


@pytest.fixture
def colleague(desk: Desk, everybody) -> Desk:
    return desk.switch(everybody[THUY.id])


def test_who_goes_on_with_a_draft_has_it_and_who_began_it_stays_named(
    desk: Desk, colleague: Desk, fill
) -> None:
    draft = fill(desk)
    (seen,) = colleague.drafts()
    assert (seen.begun_by, seen.held_by) == (hand(HANH), hand(HANH))

    colleague.save_draft(replace(seen, note="bổ sung số điện thoại"))
    (seen,) = desk.drafts()
    assert (seen.begun_by, seen.held_by) == (hand(HANH), hand(THUY))

    dossier = colleague.receive_dossier(draft)
    (line,) = desk.history(dossier.id)
    assert (line.author, line.details) == (THUY.name, (("begun_by", HANH.name),))


def test_who_receives_what_they_began_is_named_once(desk: Desk, receive) -> None:
    assert desk.history(receive(desk).id)[0].details == ()


def test_a_holder_hands_over_and_a_switch_of_officers_keeps_it(desk: Desk, colleague: Desk, fill) -> None:
    draft = fill(desk, note="chờ bản chính")
    given = desk.hand_over_draft(draft.id, THUY.id)

    assert colleague.drafts() == (given,)
    assert (given.begun_by, given.held_by, given.note) == (hand(HANH), hand(THUY), "chờ bản chính")


def test_only_the_holder_or_a_leader_hands_a_draft_over(desk: Desk, colleague: Desk, leader, fill) -> None:
    draft = fill(desk)
    with pytest.raises(DraftOfAnother) as refused:
        colleague.hand_over_draft(draft.id, people.RECEIVER.officer.id)
    assert HANH.name in str(refused.value)

    given = desk.switch(leader).hand_over_draft(draft.id, people.RECEIVER.officer.id)
    assert given.held_by == hand(people.RECEIVER.officer)


def test_a_draft_goes_to_who_can_receive_and_not_to_others(desk: Desk, everybody, fill) -> None:
    draft = fill(desk)
    assert {each.id for each in desk.hand_over_draft.candidates()} == {THUY.id, people.RECEIVER.officer.id}
    for nobody in (people.AUDITOR.officer.id, people.LEADER.officer.id, "khong-co"):
        with pytest.raises(NobodyToTakeIt):
            desk.hand_over_draft(draft.id, nobody)
    with pytest.raises(DraftGone):
        desk.hand_over_draft("khong-co", THUY.id)
    with pytest.raises(NotYourRole):
        desk.switch(everybody[people.AUDITOR.officer.id]).hand_over_draft(draft.id, THUY.id)
