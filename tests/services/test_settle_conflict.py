"""Two counters corrected the same dossier: one act chooses a side for each group, and ends in the slip that says so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.conflict import Choice
from clerk_app.domain.correction import Correction
from clerk_app.domain.dossier import Dossier, ReturnChannel, SendState
from clerk_app.domain.handover import Handover, Receiver
from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import Waiting
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.roles import NotYourRole
from clerk_app.services.settle_conflict import SeenOtherwise, SideMissing
from clerk_app.services.settle_waiting import NothingToSettle
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from tests.second_counter import add_counter
from tests.services.conftest import RunningCentral


@dataclass
class Counters:
    """Two counters of one unit, each with a clerk."""

    here: Desk
    there: Desk


@pytest.fixture
def counters(
    settings: Settings, tmp_path: Path, central: RunningCentral, clerk: Unlocked
) -> Iterator[Counters]:
    here = replace(settings, central=central.address)
    there = add_counter(here, central.folder, tmp_path / "second", "quay-05")
    with open_desk(here, clerk) as first, open_desk(there, clerk) as second:
        yield Counters(first, second)


@pytest.fixture
def dossier(counters: Counters, receive) -> Dossier:
    """Accepted here, with a slip, and known to both counters."""
    made = receive(counters.here)
    counters.here.slip_for_pen(made.id, "thẻ hỏng")
    rounds(counters.here, counters.there)
    return counters.here.dossier(made.id)


def rounds(*desks: Desk) -> None:
    for desk in desks:
        desk.exchange(Progress())


def correct(desk: Desk, dossier: Dossier, channel: ReturnChannel | None = None, **owner: str) -> None:
    now = desk.dossier(dossier.id)
    people = replace(now.applicant, owner=replace(now.applicant.owner, **owner))
    desk.reissue_slip(dossier.id, Correction(people, channel or now.return_channel, "sai sót"), None)


def in_conflict(counters: Counters, dossier: Dossier) -> Waiting:
    """Let both correct the name in one outage; the other counter is first."""
    correct(counters.there, dossier, name="Đặng Thị Anh")
    correct(counters.here, dossier, name="Đặng Thị Ánh Tuyết", phone="0900000001")
    rounds(counters.there, counters.here, counters.here)
    return parked(counters.here)


def parked(desk: Desk) -> Waiting:
    [found] = [each for each in desk.waiting() if each.parked and not each.settled]
    return found


def choice(found: Waiting, *groups: str, reason: str = "theo giấy khai sinh") -> Choice:
    return Choice(found.entry, frozenset(groups), reason, found.conflicts)


def valid(desk: Desk, dossier: Dossier) -> list[int]:
    return [each.issue for each in desk.dossier(dossier.id).documents if each.valid]


def nothing_is_left(desk: Desk, dossier: Dossier) -> None:
    assert desk.waiting() == ()
    assert desk.dossier(dossier.id).sending is SendState.SENT
    assert desk.verify_journal().valid


def test_choosing_ours_is_one_act_that_ends_in_a_new_slip(counters: Counters, dossier: Dossier, pin) -> None:
    here, there = counters.here, counters.there
    found = in_conflict(counters, dossier)
    assert found.to_choose == ("applicant",)
    assert here.dossier(dossier.id).applicant.owner.name == "Đặng Thị Anh"
    assert valid(here, dossier) == [2, 2]  # one of each counter, until somebody decides

    slip = here.settle_conflict(choice(found, "applicant"), pin(here))

    assert (slip.issue, valid(here, dossier)) == (3, [3])
    assert "Đặng Thị Ánh Tuyết" in text(here, slip.id)
    rounds(here, here, there)
    for desk in (here, there):
        owner = desk.dossier(dossier.id).applicant.owner
        assert (owner.name, owner.phone) == ("Đặng Thị Ánh Tuyết", "0900000001")
        assert valid(desk, dossier) == [3]
        nothing_is_left(desk, dossier)
    decided = [line for line in here.history(dossier.id) if line.kind == Kind.CORRECTED]
    assert len(decided) == 3
    assert ("reason", "theo giấy khai sinh") in decided[-1].details
    with pytest.raises(NothingToSettle):
        here.settle_conflict(choice(found, "applicant"), None)


def test_what_is_kept_as_it_counts_ends_the_slip_that_said_otherwise(
    counters: Counters, dossier: Dossier
) -> None:
    here, there = counters.here, counters.there
    found = in_conflict(counters, dossier)

    here.settle_waiting(found.entry, "bên kia đúng")

    assert valid(here, dossier) == [2]
    rounds(here, here, there)
    for desk in (here, there):
        assert desk.dossier(dossier.id).applicant.owner.name == "Đặng Thị Anh"
        [left] = [each for each in desk.dossier(dossier.id).documents if each.valid]
        [theirs] = [each for each in there.dossier(dossier.id).documents if each.valid]
        assert left.id == theirs.id
        nothing_is_left(desk, dossier)


def test_sides_are_chosen_group_by_group_and_each_is_taken_whole(
    counters: Counters, dossier: Dossier
) -> None:
    here, there = counters.here, counters.there
    correct(
        there, dossier, ReturnChannel(detail="Trả qua bưu chính"), name="Đặng Thị Anh", phone="0900000009"
    )
    correct(here, dossier, ReturnChannel(detail="Trả tại quầy 5"), name="Đặng Thị Ánh Tuyết")
    rounds(there, here, here)
    found = parked(here)
    assert set(found.to_choose) == {"applicant", "return_channel"}

    here.settle_conflict(choice(found, "applicant"), None)

    rounds(here, here, there)
    for desk in (here, there):
        now = desk.dossier(dossier.id)
        assert (now.applicant.owner.name, now.applicant.owner.phone) == ("Đặng Thị Ánh Tuyết", "0912345678")
        assert now.return_channel.detail == "Trả qua bưu chính"
        nothing_is_left(desk, dossier)


def test_who_is_overtaken_again_sees_it_again(counters: Counters, dossier: Dossier) -> None:
    here, there = counters.here, counters.there
    found = in_conflict(counters, dossier)
    here.settle_conflict(choice(found, "applicant"), None)
    correct(there, dossier, name="Đặng Thị An")
    rounds(there, here, here)

    again = parked(here)
    assert again.entry != found.entry
    name = next(each for each in again.conflicts if each.field == "owner_name")
    assert (name.base, name.theirs, name.ours) == ("Đặng Thị Anh", "Đặng Thị An", "Đặng Thị Ánh Tuyết")

    slip = here.settle_conflict(choice(again, "applicant"), None)

    rounds(here, here, there)
    for desk in (here, there):
        assert desk.dossier(dossier.id).applicant.owner.name == "Đặng Thị Ánh Tuyết"
        assert [each.id for each in desk.dossier(dossier.id).documents if each.valid] == [slip.id]
        nothing_is_left(desk, dossier)


def test_what_changed_since_it_was_looked_at_is_looked_at_again(counters: Counters, dossier: Dossier) -> None:
    here, there = counters.here, counters.there
    found = in_conflict(counters, dossier)
    rounds(there)
    correct(there, dossier, name="Đặng Thị An")
    rounds(there, here)
    before = len(here.history(dossier.id))

    with pytest.raises(SeenOtherwise):
        here.settle_conflict(choice(found, "applicant"), None)

    assert len(here.history(dossier.id)) == before
    assert here.settle_conflict(choice(parked(here), "applicant"), None).issue == 4


def test_a_choice_that_is_none_or_cannot_stand_changes_nothing(
    counters: Counters, dossier: Dossier, leader: Unlocked
) -> None:
    here = counters.here
    found = in_conflict(counters, dossier)
    before = here.history(dossier.id)
    with pytest.raises(SideMissing):
        here.settle_conflict(choice(found), None)
    with pytest.raises(SideMissing):
        here.settle_conflict(choice(found, "fee"), None)
    with pytest.raises(NotYourRole):
        here.switch(leader).settle_conflict(choice(found, "applicant"), None)
    assert here.history(dossier.id) == before


def test_a_result_that_was_handed_over_leaves_nothing_to_choose(counters: Counters, dossier: Dossier) -> None:
    here, there = counters.here, counters.there
    there.return_result(dossier.id, Handover(Receiver.OWNER, dossier.applicant.owner.name))
    correct(here, dossier, name="Đặng Thị Ánh Tuyết")
    rounds(there, here, here)
    found = parked(here)
    assert found.to_choose == ()

    here.settle_waiting(found.entry, "đã trả kết quả")

    rounds(here, here, there)
    for desk in (here, there):
        assert valid(desk, dossier) == [1]
        nothing_is_left(desk, dossier)


def text(desk: Desk, document: str) -> str:
    pdf = pypdfium2.PdfDocument(desk.slip_pdf(document))
    return "".join(page.get_textpage().get_text_range() for page in pdf)
