"""A leader without central: turns and papers go by a file from counter to counter, and central finds nothing wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.document import SignatureField
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
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
    pair: Pair, receive, pin, first: str
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

    pair.central.start()
    order = (hall, upstairs) if first == "hall" else (upstairs, hall)
    pair.rounds(*order, *order)
    all_is_well(pair, slip, OFFICER, LEADER)
