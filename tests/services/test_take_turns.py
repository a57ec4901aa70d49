"""Further turns at another counter: central grants each to one, the papers follow, and a late signature has no effect."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.document import SignatureField
from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.roles import NotYourRole, Permit
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from sync.client import HttpCentral
from sync.errors import CentralBusy, FileMissing, Offline, TurnElsewhere
from tests.second_counter import add_counter
from tests.services.conftest import RunningCentral

OFFICER, LEADER, SEAL = SignatureField


@dataclass
class Counters:
    """Two counters of one unit: at the first slips are issued, at the others leader and registrar sit."""

    first: Desk
    second: Desk


@pytest.fixture
def anywhere(settings: Settings, central: RunningCentral) -> Settings:
    return replace(settings, central=central.address, further_turns="anywhere")


@pytest.fixture
def counters(
    anywhere: Settings, tmp_path: Path, central: RunningCentral, clerk: Unlocked, leader: Unlocked
) -> Iterator[Counters]:
    there = add_counter(anywhere, central.folder, tmp_path / "second", "quay-05")
    with (
        open_desk(anywhere, clerk) as first,
        open_desk(there, leader) as second,
    ):
        yield Counters(first, second)


def rounds(*desks: Desk) -> None:
    for desk in desks:
        desk.exchange(Progress())


def fields(desk: Desk, slip: str) -> list[str]:
    verdict = desk.verify_document(desk.slip_pdf(slip))
    assert verdict.valid
    return [each.field for each in verdict.signatures]


def sign_all(desk: Desk, typed) -> tuple:
    room = desk.signing_room
    batch = room.sign([item.shown for item in room.list()], typed, Progress())
    assert not batch.refused
    assert batch.stopped is None
    return batch.signed


def test_a_leader_at_another_counter_takes_signs_and_the_slip_comes_back_signed(
    counters: Counters, receive, pin, leader, registrar, seal_pin
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    assert first.switch(leader).signing_room.list() == ()  # nobody has the turn yet, this counter neither
    rounds(first, second)

    (waiting,) = second.signing_room.turns.elsewhere()
    assert (waiting.document, waiting.is_free) == (slip, True)
    assert second.signing_room.turns([slip]) == 1
    assert second.signing_room.list() == ()  # asked for, not granted
    assert second.signing_room.turns.elsewhere()[0].asked
    rounds(second)
    assert second.signing_room.turns.elsewhere() == ()
    (signed,) = sign_all(second, pin(second))
    assert fields(second, slip) == [OFFICER, LEADER]

    rounds(second, first)
    assert first.dossier(signed.dossier).documents[0].head == signed.head
    assert fields(first, slip) == [OFFICER, LEADER]

    sealing = first.switch(registrar)  # the seal is at the first counter
    assert sealing.signing_room.turns([slip]) == 1
    rounds(first)
    sign_all(sealing, seal_pin(sealing))
    assert fields(first, slip) == [OFFICER, LEADER, SEAL]
    rounds(first, second)
    assert fields(second, slip) == [OFFICER, LEADER, SEAL]
    for desk in (first, second):
        assert desk.verify_journal().valid
        assert desk.waiting() == ()


def test_of_two_who_ask_one_has_the_turn_and_the_other_reads_so(
    counters: Counters, receive, pin, leader
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    rounds(first, second)
    here = first.switch(leader)
    here.signing_room.turns([slip])
    second.signing_room.turns([slip])

    rounds(second, first, second, first)

    assert [item.id for item in second.signing_room.list()] == [slip]
    assert here.signing_room.list() == ()
    (waiting,) = here.signing_room.turns.elsewhere()
    assert (waiting.holder, waiting.asked, waiting.is_free) == ("device:quay-05", False, False)
    assert waiting.machine == "Quầy 5"  # as central's list of authors has it
    assert here.signing_room.turns([slip]) == 0  # it is somebody's
    assert first.waiting() == ()  # nothing for a person to settle
    sign_all(second, pin(second))
    rounds(second, first)
    assert fields(first, slip) == [OFFICER, LEADER]


def test_a_signature_made_after_the_turn_was_taken_over_is_kept_and_has_no_effect(
    counters: Counters, receive, pin, leader, looked_at
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    rounds(first, second)
    second.signing_room.turns([slip])
    rounds(second, first)
    here = first.switch(leader)
    assert here.signing_room.turns([slip], from_others=True) == 1
    rounds(first)  # taken over while the other counter is away
    (late,) = sign_all(second, pin(second))
    (signed,) = sign_all(here, pin(here))

    rounds(second, first, second, first)

    for desk in (first, second):
        document = desk.dossier(signed.dossier).documents[0]
        assert document.head == signed.head
        assert document.without_effect == (late.head,)
        assert fields(desk, slip) == [OFFICER, LEADER]
    (flagged,) = second.waiting()
    assert (flagged.flagged, flagged.code) == (True, second.dossier(signed.dossier).code)
    assert "không có hiệu lực" in flagged.reason
    assert "của ai" in flagged.next_step


def test_a_slip_is_not_signed_twice_from_one_screen_after_the_turn_went(
    counters: Counters, receive, pin, leader, looked_at
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    rounds(first, second)
    second.signing_room.turns([slip])
    rounds(second)
    shown = looked_at(second, slip)
    here = first.switch(leader)
    rounds(first)
    here.signing_room.turns([slip], from_others=True)
    rounds(first, second)  # the second counter learns of it
    batch = second.signing_room.sign(shown, pin(second), Progress())
    assert [type(why) for why in batch.refused.values()] == [TurnElsewhere]


def test_papers_that_a_hub_cannot_fetch_now_come_later_and_the_line_is_not_lost_for_it(
    counters: Counters, receive, pin, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    rounds(first, second)
    second.signing_room.turns([slip])

    def upstream(*_: object) -> bytes:
        raise CentralBusy(status=503, retry_after=60.0)

    with monkeypatch.context() as hub:
        hub.setattr(HttpCentral, "get_file", upstream)
        rounds(second)
        assert second.sending().alone_since is None
        assert second.signing_room.list() == ()
    rounds(second)
    sign_all(second, pin(second))
    assert fields(second, slip) == [OFFICER, LEADER]


def test_without_central_nothing_is_taken_and_what_was_asked_comes_later(
    counters: Counters, receive, pin, central
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    rounds(first, second)
    central.stop()
    second.signing_room.turns([slip])
    with pytest.raises(CentralOffline):
        second.exchange(Progress())
    assert second.signing_room.list() == ()
    central.start()
    rounds(second)
    assert [item.id for item in second.signing_room.list()] == [slip]


def test_turns_are_asked_for_by_who_signs_them(counters: Counters, registrar) -> None:
    with pytest.raises(NotYourRole):
        replace(counters.second.signing_room.turns, permit=Permit(registrar.officer))([])


def test_a_slip_is_shown_at_another_counter_too_and_stays_there(
    counters: Counters, receive, pin, central: RunningCentral
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    rounds(first, second)

    assert second.slip_pdf(slip) == first.slip_pdf(slip)
    central.stop()
    assert second.slip_pdf(slip) == first.slip_pdf(slip)


def test_what_is_nowhere_is_missing_and_what_cannot_be_asked_for_says_so(
    counters: Counters, receive, pin, central: RunningCentral
) -> None:
    first, second = counters.first, counters.second
    slip = first.issue_slip(receive(first).id, pin(first)).id
    rounds(first, second)
    with pytest.raises(FileMissing):
        second.page_picture("0" * 64, 0, 200)
    central.stop()
    with pytest.raises(Offline):
        second.slip_pdf(slip)
