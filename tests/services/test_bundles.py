"""A leader without central: turns and papers go by a file from counter to counter, and central finds nothing wrong."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from clerk_app.clock import in_vietnam
from clerk_app.domain.delegation import DelegationOrder
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.progress import Progress
from clerk_app.services.hand_over_bundle import BundleNotWritten, NothingToHand, PlaceMissing, ReceiverUnknown
from clerk_app.services.roles import NotYourRole
from clerk_app.services.take_in_bundle import BundleOutdated, SenderRevoked, SenderUnknown
from sync import authors, keys
from sync import bundle as bundle_file
from sync.authors import Authors
from sync.bundle_errors import BundleForAnother, BundleNotBelieved, BundleUnreadable
from sync.central import accounts
from sync.central.database import open_database
from sync.errors import DiskFull, TurnElsewhere
from tests.leaks import leaks
from tests.services.two_counters import LEADER, OFFICER, SEAL, UPSTAIRS, Pair, all_is_well, fields, sign_all

T = TypeVar("T")


@pytest.mark.parametrize("first", ["hall", pytest.param("upstairs", marks=pytest.mark.long)])
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
    assert [why.facts["holder"] for why in batch.refused.values()] == ["Quầy 5"]
    assert done.receiver == "Quầy 5"
    with pytest.raises(NothingToHand):
        hall.bundles.hand_over(pair.stick, UPSTAIRS)

    done.file.unlink()
    again = hall.bundles.again(done.bundle, pair.stick)
    assert (again.file, again.documents) == (done.file, 1)
    assert len(pair.upstairs.bundles.take_in(again.file).to_sign) == 1
    assert [each.bundle for each in hall.bundles.out()] == [done.bundle]


@pytest.mark.parametrize("turns", ["here"])
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


@pytest.mark.parametrize("turns", ["here"])
def test_what_was_changed_or_is_for_another_or_from_a_stranger_is_refused(
    pair: Pair, receive, pin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, upstairs = pair.hall, pair.upstairs
    hall.issue_slip(receive(hall).id, pin(hall))
    done = hall.bundles.hand_over(pair.stick, UPSTAIRS)
    whole = done.file.read_bytes()
    assert b"%PDF" not in whole
    assert (
        leaks([done.file], ["Đặng Thị Ánh", "001188012345", "0912345678", people.PIN, people.PASSPHRASE])
        == set()
    )

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
    done.file.write_bytes(whole)
    known = authors.known(upstairs.bundles.take_in.journal)
    revoked = tuple(replace(key, revoked_at="2026-01-01T00:00:00.000Z") for key in known.keys)
    with monkeypatch.context() as later:
        later.setattr(authors, "known", lambda _: Authors(revoked))
        with pytest.raises(SenderRevoked):
            upstairs.bundles.take_in(done.file)
        assert hall.bundles.receivers() == ()
    assert upstairs.signing_room.list() == ()
    assert upstairs.find_dossiers("") == ()


@pytest.mark.parametrize("turns", ["here"])
def test_the_hub_of_a_ward_signs_nothing_and_is_handed_no_turn(pair: Pair) -> None:
    pair.central.start()
    database = open_database(f"sqlite:///{(pair.central.folder / 'central.db').as_posix()}")
    with closing(database), database.writing() as tx:
        hub = accounts.Device("hub-1", pair.hall.upkeep.journal.unit, "Máy chủ phường")
        key = keys.generate("device:hub-1").public_bytes
        accounts.enrol_device(tx, hub, accounts.new_token(), key, as_hub=True)
    pair.rounds(pair.hall)
    assert pair.hall.bundles.receivers() == (UPSTAIRS,)


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


@pytest.mark.parametrize("turns", ["here"])
def test_a_delegation_comes_with_the_bundle_where_it_was_not_heard_of_and_so_does_its_end(
    pair: Pair, receive, pin, leader, everybody
) -> None:
    hall, upstairs, second = pair.hall, pair.upstairs, everybody[people.SECOND_OFFICER.officer.id]
    today = in_vietnam(datetime.now(UTC)).date()

    def heard_in_the_hall_alone(act: Callable[[Desk], T]) -> T:
        pair.central.start()
        done = act(hall.switch(leader))
        pair.rounds(hall)
        pair.central.stop()
        hall.sending.lost()
        return done

    order = DelegationOrder(second.officer.id, today, today + timedelta(days=1), "12/GUQ-UBND")
    made = heard_in_the_hall_alone(lambda desk: desk.delegate(order))
    first = hall.issue_slip(receive(hall).id, pin(hall)).id
    assert upstairs.switch(second).signing_room is None
    pair.carry_up()
    deputy = upstairs.switch(second)
    sign_all(deputy, pin(deputy))
    pair.carry_down()
    assert fields(hall, first) == [OFFICER, LEADER]

    heard_in_the_hall_alone(lambda desk: desk.delegate.end(made.id))
    hall.issue_slip(receive(hall, "Hai").id, pin(hall))
    pair.carry_up()
    assert upstairs.switch(second).signing_room is None
    with pytest.raises(NotYourRole):
        deputy.signing_room.list()
    sign_all(upstairs, pin(upstairs))

    pair.central.start()
    pair.rounds(upstairs, hall, upstairs)
    all_is_well(pair, first, OFFICER, LEADER)
