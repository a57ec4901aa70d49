"""A leader without central: turns and papers go by a file from counter to counter, and central finds nothing wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.document import SignatureField
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.hand_over_bundle import BundleNotWritten, NothingToHand, PlaceMissing, ReceiverUnknown
from clerk_app.services.recall_turns import RecallReasonMissing
from clerk_app.services.recovery import restore_snapshot
from clerk_app.services.take_in_bundle import BundleOutdated, SenderUnknown
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from sync import bundle as bundle_file
from sync.errors import BundleForAnother, BundleNotBelieved, BundleUnreadable, DiskFull, TurnElsewhere
from tests.second_counter import add_counter
from tests.services.conftest import RunningCentral

OFFICER, LEADER, SEAL = SignatureField
HALL, UPSTAIRS = "device:quay-03", "device:quay-05"


@dataclass
class Pair:
    """Two counters of one unit, a stick that goes between them, and central, which may be away."""

    hall: Desk
    upstairs: Desk
    stick: Path
    central: RunningCentral

    def carry_up(self):
        done = self.hall.bundles.hand_over(self.stick, UPSTAIRS)
        return self.upstairs.bundles.take_in(done.file)

    def carry_down(self):
        done = self.upstairs.bundles.hand_over(self.stick, HALL)
        return self.hall.bundles.take_in(done.file)

    def rounds(self, *desks: Desk) -> None:
        for desk in desks:
            desk.exchange(Progress())


@pytest.fixture(params=["here", "anywhere"])
def turns(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def pair(
    settings: Settings, turns: str, tmp_path: Path, central: RunningCentral, clerk: Unlocked, leader: Unlocked
) -> Iterator[Pair]:
    first = replace(settings, central=central.address, further_turns=turns)
    there = add_counter(first, central.folder, tmp_path / "upstairs", "quay-05")
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_desk(first, clerk) as hall, open_desk(there, leader) as upstairs:
        pair = Pair(hall, upstairs, stick, central)
        pair.rounds(hall, upstairs)  # each has heard of the other once
        central.stop()
        hall.sending.lost()
        upstairs.sending.lost()
        yield pair


def sign_all(desk: Desk, typed) -> tuple:
    room = desk.signing_room
    batch = room.sign([item.shown for item in room.list()], typed, Progress())
    assert not batch.refused
    assert batch.stopped is None
    return batch.signed


def fields(desk: Desk, slip: str) -> list[str]:
    verdict = desk.verify_document(desk.slip_pdf(slip))
    assert verdict.valid
    return [each.field for each in verdict.signatures]


def all_is_well(pair: Pair, slip: str, *signed: SignatureField) -> None:
    """Both counters and central tell the same, nobody is asked to look at anything."""
    for desk in (pair.hall, pair.upstairs):
        assert fields(desk, slip) == list(signed)
        assert desk.waiting() == ()
        assert desk.verify_journal().valid
        assert desk.sending().entries_waiting == 0
    heads = {
        desk.dossier(desk.find_dossiers("")[0].id).documents[0].head for desk in (pair.hall, pair.upstairs)
    }
    assert len(heads) == 1
    assert pair.central.count("alarms") == 0
    assert pair.central.count("entries WHERE verdict <> 'accepted'") == 0


@pytest.mark.parametrize("first", ["hall", "upstairs"])
def test_a_slip_goes_up_is_signed_and_comes_back_and_central_takes_both_in_any_order(
    pair: Pair, receive, pin, registrar, seal_pin, first: str
) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id

    taken = pair.carry_up()
    assert len(taken.to_sign) == 1
    (item,) = upstairs.signing_room.list()
    assert item.id == slip
    sign_all(upstairs, pin(upstairs))
    assert fields(upstairs, slip) == [OFFICER, LEADER]

    back = pair.carry_down()
    assert back.signed == taken.to_sign
    assert fields(hall, slip) == [OFFICER, LEADER]
    sealing = hall.switch(registrar)  # the seal is in the hall
    sign_all(sealing, seal_pin(sealing))

    pair.central.start()
    order = (hall, upstairs) if first == "hall" else (upstairs, hall)
    pair.rounds(*order, *order)
    all_is_well(pair, slip, OFFICER, LEADER, SEAL)


def test_after_a_turn_was_handed_over_this_counter_does_not_sign_and_a_bundle_can_be_written_again(
    pair: Pair, receive, pin, leader, looked_at
) -> None:
    hall = pair.hall
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id
    shown = looked_at(hall, slip)
    done = hall.bundles.hand_over(pair.stick, UPSTAIRS)

    here = hall.switch(leader)
    assert here.signing_room.list() == ()
    batch = here.signing_room.sign(shown, pin(here), Progress())
    assert [type(why) for why in batch.refused.values()] == [TurnElsewhere]
    with pytest.raises(NothingToHand):
        hall.bundles.hand_over(pair.stick, UPSTAIRS)

    done.file.unlink()
    again = hall.bundles.again(done.bundle, pair.stick)
    assert (again.file, again.documents) == (done.file, 1)
    assert len(pair.upstairs.bundles.take_in(again.file).to_sign) == 1
    assert [each.bundle for each in hall.bundles.out()] == [done.bundle]


def test_a_bundle_that_cannot_be_written_is_recorded_and_written_later(
    pair: Pair, receive, pin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = pair.hall
    hall.issue_slip(receive(hall).id, pin(hall))
    with pytest.raises(PlaceMissing):
        hall.bundles.hand_over(pair.stick / "gone", UPSTAIRS)
    assert len(hall.bundles.waiting()) == 1  # nothing was handed over
    with pytest.raises(ReceiverUnknown):
        hall.bundles.hand_over(pair.stick, "device:quay-99")

    with monkeypatch.context() as full:
        full.setattr(bundle_file, "write_durably", _full)
        with pytest.raises(BundleNotWritten) as told:
            hall.bundles.hand_over(pair.stick, UPSTAIRS)
    assert hall.bundles.waiting() == ()
    assert list(pair.stick.iterdir()) == []

    again = hall.bundles.again(told.value.facts["bundle"], pair.stick)
    assert len(pair.upstairs.bundles.take_in(again.file).to_sign) == 1


def _full(*_: object) -> None:
    raise DiskFull


def test_a_bundle_taken_in_twice_brings_nothing_new_and_an_old_one_is_refused(
    pair: Pair, receive, pin
) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id
    done = hall.bundles.hand_over(pair.stick, UPSTAIRS)

    first, second = upstairs.bundles.take_in(done.file), upstairs.bundles.take_in(done.file)
    assert first.to_sign == second.to_sign
    assert (first.is_new, second.is_new) == (True, False)

    pair.carry_down()  # unsigned: the turn goes back
    assert upstairs.signing_room.list() == ()
    with pytest.raises(BundleOutdated):
        upstairs.bundles.take_in(done.file)
    assert upstairs.signing_room.list() == ()

    assert len(pair.carry_up().to_sign) == 1  # and up once more
    sign_all(upstairs, pin(upstairs))
    with pytest.raises(BundleOutdated):
        upstairs.bundles.take_in(done.file)
    pair.carry_down()
    pair.central.start()
    pair.rounds(upstairs, hall, upstairs, hall)
    all_is_well(pair, slip, OFFICER, LEADER)


def test_what_was_changed_or_is_for_another_or_from_a_stranger_is_refused(pair: Pair, receive, pin) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    hall.issue_slip(receive(hall).id, pin(hall))
    done = hall.bundles.hand_over(pair.stick, UPSTAIRS)
    whole = done.file.read_bytes()
    assert b"%PDF" not in whole
    assert "Ánh".encode() not in whole

    with pytest.raises(BundleForAnother):
        hall.bundles.take_in(done.file)
    for wrong, why in (
        (whole[:-1], BundleNotBelieved),
        (whole[:-200] + bytes(200), BundleNotBelieved),
        (whole.replace(b"quay-03", b"quay-04"), SenderUnknown),
        (whole[:40], BundleUnreadable),
        (b"%PDF-1.7", BundleUnreadable),
        (b"", BundleUnreadable),
    ):
        done.file.write_bytes(wrong)
        with pytest.raises(why):
            upstairs.bundles.take_in(done.file)
    assert upstairs.signing_room.list() == ()
    assert upstairs.find_dossiers("") == ()


@pytest.mark.parametrize("first", ["hall", "upstairs"])
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


@pytest.mark.parametrize("turns", ["here"])
def test_a_document_that_the_leader_gave_back_comes_down_with_the_reason_and_goes_up_once_more(
    pair: Pair, receive, pin, looked_at
) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    slip = hall.issue_slip(receive(hall).id, pin(hall)).id
    pair.carry_up()
    (shown,) = looked_at(upstairs, slip)
    upstairs.signing_room.send_back(shown, "Thiếu ngày cấp")
    assert pair.carry_down().to_sign == ()
    (back,) = hall.unfinished().sent_back
    assert back.documents[0].sent_back == "Thiếu ngày cấp"

    hall.resubmit(slip, "đã đối chiếu, ngày cấp có ở mặt sau")
    assert pair.carry_up().news == 1
    sign_all(upstairs, pin(upstairs))
    pair.carry_down()
    pair.central.start()
    pair.rounds(hall, upstairs, hall)
    all_is_well(pair, slip, OFFICER, LEADER)


@pytest.mark.parametrize("turns", ["anywhere"])
@pytest.mark.parametrize("first", ["hall", "upstairs"])
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
