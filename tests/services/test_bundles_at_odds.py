"""Turns that went by hand against what others did meanwhile: of two signatures one counts, the same everywhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.progress import Progress
from clerk_app.services.recall_turns import RecallReasonMissing
from clerk_app.services.recovery import restore_snapshot
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from tests.second_counter import add_counter
from tests.services.conftest import RunningCentral
from tests.services.two_counters import LEADER, OFFICER, UPSTAIRS, Pair, all_is_well, fields, sign_all


@pytest.mark.parametrize("first", ["hall", pytest.param("upstairs", marks=pytest.mark.long)])
def test_a_turn_is_taken_back_with_a_reason_and_of_two_signatures_one_counts_everywhere(
    pair: Pair, receive, pin, leader, first: str
) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id
    pair.carry_up()
    with pytest.raises(RecallReasonMissing):
        hall.bundles.recall([slip], " ")
    assert [each.document for each in hall.bundles.recall([slip], "mất USB trên đường")] == [slip]
    assert hall.bundles.out() == ()
    here = hall.switch(leader)
    (mine,) = sign_all(here, pin(here))
    (theirs,) = sign_all(upstairs, pin(upstairs))  # it was not lost after all

    pair.central.start()
    order = (hall, upstairs) if first == "hall" else (upstairs, hall)
    pair.rounds(*order, *order)

    counts, late = (mine, theirs) if first == "hall" else (theirs, mine)
    for desk in (hall, upstairs):
        document = desk.dossier(mine.dossier).documents[0]
        assert document.head == counts.head
        assert document.without_effect == (late.head,)
        assert fields(desk, slip) == [OFFICER, LEADER]
    flagged = order[1].waiting()
    assert all("không có hiệu lực" in each.reason for each in flagged)
    assert [each.kind for each in flagged][-1:] == ["slip_approved"]
    assert order[0].waiting() == ()
    told = [line for line in hall.history(mine.dossier) if line.kind == "turn_recalled"]
    assert ("reason", "mất USB trên đường") in told[0].details


def test_the_receivers_signature_never_reaches_central_before_the_turn_that_it_was_made_under(
    pair: Pair, receive, pin
) -> None:
    """The sender is gone for ever: what it handed over is told by the counter that holds it."""
    hall, upstairs = pair.hall, pair.upstairs
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id
    pair.carry_up()
    sign_all(upstairs, pin(upstairs))
    pair.central.start()
    pair.rounds(upstairs)
    assert pair.central.count("alarms") == 0
    assert pair.central.count("entries WHERE kind = 'turn_handed' AND verdict = 'accepted'") == 1
    assert fields(upstairs, slip) == [OFFICER, LEADER]
    assert upstairs.waiting() == ()
    assert upstairs.sending().files_waiting == 0
    pair.rounds(hall)  # no bundle came back: central brings it
    all_is_well(pair, slip, OFFICER, LEADER)


@pytest.mark.parametrize("turns", ["anywhere"])
def test_a_turn_that_central_granted_to_a_third_counter_meanwhile_counts_there_and_nowhere_else(
    pair: Pair, settings: Settings, receive, pin, leader, tmp_path: Path
) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    pair.central.start()
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id
    there = add_counter(
        replace(settings, central=pair.central.address, further_turns="anywhere"),
        pair.central.folder,
        tmp_path / "third",
        "quay-07",
    )
    with open_desk(there, leader) as third:
        pair.rounds(hall, upstairs, third)
        assert hall.bundles.waiting() == ()  # central can be asked: it grants, nobody else
        hall.sending.lost()  # the hall and upstairs lose their line, the third counter does not
        upstairs.sending.lost()
        third.signing_room.turns([slip])
        pair.rounds(third)
        (counts,) = sign_all(third, pin(third))
        pair.rounds(third)

        done = hall.bundles.hand_over(pair.stick, UPSTAIRS)
        assert (done.documents, done.unsure) == (1, 1)
        upstairs.bundles.take_in(done.file)
        (late,) = sign_all(upstairs, pin(upstairs))

        pair.rounds(upstairs, hall, third, upstairs, hall)
        for desk in (hall, upstairs, third):
            document = desk.dossier(late.dossier).documents[0]
            assert (document.head, document.without_effect) == (counts.head, (late.head,))
            assert fields(desk, slip) == [OFFICER, LEADER]
    assert [each.kind for each in upstairs.waiting()] == ["slip_approved"]
    (went,) = hall.waiting()
    assert "lượt ký đã ở nơi khác" in went.reason


@pytest.mark.parametrize("turns", ["here"])
def test_a_counter_that_was_restored_waits_for_a_person_before_it_signs_an_old_bundle_again(
    settings: Settings,
    turns: str,
    tmp_path: Path,
    central: RunningCentral,
    clerk: Unlocked,
    leader: Unlocked,
    receive,
    pin,
) -> None:
    first = replace(settings, central=central.address, further_turns=turns)
    there = add_counter(first, central.folder, tmp_path / "upstairs", "quay-05")
    with open_desk(first, clerk) as hall:
        with open_desk(there, leader) as upstairs:
            for desk in (hall, upstairs):
                desk.exchange(Progress())
            snapshot = upstairs.upkeep.snapshot()
            hall.issue_slip(receive(hall).id, pin(hall))
            done = hall.bundles.hand_over(tmp_path, UPSTAIRS)
            upstairs.bundles.take_in(done.file)
            sign_all(upstairs, pin(upstairs))
        restore_snapshot(there, leader, snapshot.path.name, even_if_sound=True)
        with open_desk(there, leader) as upstairs:
            taken = upstairs.bundles.take_in(done.file)
            assert (taken.to_sign, len(taken.with_person)) == ((), 1)
            assert upstairs.signing_room.list() == ()
            upstairs.give_back_turn(taken.with_person[0])
            assert len(upstairs.signing_room.list()) == 1


@pytest.mark.parametrize("turns", ["anywhere"])
@pytest.mark.parametrize("first", ["hall", pytest.param("upstairs", marks=pytest.mark.long)])
def test_a_turn_that_the_receiver_had_asked_for_before_the_outage_comes_by_hand_and_nobody_has_to_look(
    pair: Pair, receive, pin, first: str
) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    pair.central.start()
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id
    pair.rounds(hall, upstairs)
    pair.central.stop()
    hall.sending.lost()
    assert upstairs.signing_room.turns([slip]) == 1  # nobody answers any more
    pair.carry_up()
    sign_all(upstairs, pin(upstairs))

    pair.central.start()
    order = (hall, upstairs) if first == "hall" else (upstairs, hall)
    pair.rounds(*order, *order, *order, *order)  # refused, settled by the machine, then the signature
    for desk in (hall, upstairs):
        assert fields(desk, slip) == [OFFICER, LEADER]
        assert desk.dossier(desk.find_dossiers("")[0].id).documents[0].without_effect == ()
        assert desk.sending().entries_waiting == 0
        assert desk.waiting() == ()
