"""A hub whose line fails, whose power is cut, which is put back, or under which the city is put back."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.central.backup import back_up
from sync.errors import LeasesHeldBack
from sync.journal import numbers
from tests.sync.central.hub_desks import (
    APPROVED,
    SIGNED,
    Desks,
    at_the_city,
    failing_round,
    open_entries,
    rounds,
    seen,
    state,
)
from tests.sync.central.told import WITHDRAWN, ahead, left, numbered, renamed, series_of, today, verdicts
from tests.sync.central.town import Town
from tests.sync.central.ward import Ward
from tests.sync.central.world import HOUSE, Counter, Enrolment, open_counter

_DYING = Path(__file__).parent / "run_hub.py"


def cut_power(ward: Ward, point: str) -> None:
    """Let the hub do a round in a program that dies there."""
    command = [sys.executable, str(_DYING), point, ward.setting.as_json()]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def all_agree(ward: Ward, desks: Desks, subject: str) -> None:
    """Every side has the same final course of a dossier, and nothing waits anywhere."""
    rows = ward.town.registry.entries(ward.unit)
    taken = sorted(
        (row for row in rows if row.subject == subject and row.verdict == "accepted"),
        key=lambda row: row.position,
    )
    order = [row.id for row in taken]
    assert len({row.id for row in rows}) == len(rows)
    for desk in desks:
        assert [entry.id for entry in seen(desk, subject).entries] == order
        assert open_entries(desk) == 0


@pytest.mark.parametrize(
    "point",
    ["answer_not_noted", "answer_not_committed", "page_not_committed", "file_not_noted", "block_not_kept"],
)
def test_a_hub_killed_in_mid_round_loses_and_doubles_nothing(ward: Ward, desks: Desks, point: str) -> None:
    one, two, _ = desks
    ward.wan.down = True
    subject = one.receive(files=[one.files.put(b"giay")])
    one.exchange()
    two.exchange()
    two.act(subject, "slip_signed", **SIGNED)
    two.exchange()
    one.exchange(ahead(one, datetime(2030, 1, 2, tzinfo=UTC).date()))
    ward.wan.down = False
    cut_power(ward, point)
    ward.restart()
    rounds(ward, desks, 1)
    assert at_the_city(ward, subject) == [("received", "accepted"), ("slip_signed", "accepted")]
    all_agree(ward, desks, subject)
    assert ward.town.registry.alarms(ward.unit) == []


@pytest.mark.parametrize("lost", [1, 3, 5, *(pytest.param(each, marks=pytest.mark.long) for each in (2, 4))])
def test_an_answer_of_the_city_that_never_arrives_costs_a_round_and_nothing_else(
    ward: Ward, desks: Desks, lost: int
) -> None:
    one, *_ = desks
    ward.wan.down = True
    subject = one.receive(files=[one.files.put(b"giay")])
    one.exchange()
    ward.wan.down = False
    ward.wan.lost_answers = lost
    for _ in range(lost):
        if ward.wan.lost_answers:
            failing_round(ward)
    rounds(ward, desks, 1)
    all_agree(ward, desks, subject)


def test_a_hub_that_is_away_for_a_while_leaves_each_counter_to_work_alone(ward: Ward, desks: Desks) -> None:
    one, two, leader = desks
    ward.lan.down = True
    subject = one.receive()
    assert verdicts(one, subject) == [("received", "none")]
    ward.lan.down = False
    ward.restart()
    rounds(ward, desks, 1)
    two.act(subject, "slip_signed", **SIGNED)
    two.exchange()
    leader.exchange()
    leader.act(subject, "approved", **APPROVED)
    rounds(ward, desks, 1)
    assert state(one, subject) == "approved"
    all_agree(ward, desks, subject)


def test_a_city_put_back_is_told_again_in_the_old_order_and_the_ward_follows_it(
    ward: Ward, desks: Desks
) -> None:
    one, two, _ = desks
    backup = ward.town.back_up()
    subject = one.receive()
    rounds(ward, desks)
    one.act(subject, "withdrawn", **WITHDRAWN)
    one.exchange()
    two.act(subject, "withdrawn", **WITHDRAWN)
    rounds(ward, desks)
    assert [verdict for _, verdict in at_the_city(ward, subject)] == ["accepted", "accepted", "conflict"]
    number = numbered(one, series_of(one), today())
    one.exchange()
    ward.town.put_back(backup)
    one.act(subject, "noted")
    assert at_the_city(ward, subject) == []
    rounds(ward, desks, 3)
    told = [
        ("received", "accepted"),
        ("withdrawn", "accepted"),
        ("withdrawn", "conflict"),
        ("noted", "accepted"),
    ]
    assert at_the_city(ward, subject) == told
    all_agree(ward, desks, subject)
    assert sorted(told) == sorted(verdicts(two, subject))
    with one.journal.reading() as tx:
        spare = numbers.left(tx, series_of(one), today(), one.journal.chain)
    assert number is not None
    assert spare >= 1
    later = datetime(2031, 3, 4, tzinfo=UTC).date()
    done = one.exchange(ahead(one, later))
    assert done.problems == ()
    assert left(one, series_of(one), later) == 20  # the city has seen all ranges, and gives new ones


def test_what_the_city_gave_before_there_was_a_hub_is_shown_to_a_city_put_back(
    town: Town, opened: Callable[[Enrolment], Counter], tmp_path: Path
) -> None:
    first = town.enrol(tmp_path / "before")
    backup = town.back_up()
    with open_counter(first) as counter:
        counter.exchange(ahead(counter))
        before = counter.receive()
        counter.exchange()
    ward = Ward(town, tmp_path / "ward", unit=first.unit)
    try:
        ward.round()
        desk = opened(ward.here(first))
        desk.exchange(ahead(desk))
        taken = numbered(desk, series_of(desk), today())
        desk.exchange()
        ward.round()
        desk.exchange()
        assert verdicts(desk, before) == [("received", "accepted")]
        assert open_entries(desk) == 0
        assert ward.registry.alarms(first.unit) == []
        town.put_back(backup)
        ward.enrol_hub()  # it came after the backup
        for _ in range(3):
            ward.round()
            desk.exchange(ahead(desk))
        assert open_entries(desk) == 0
        assert {row.first for row in ward.leased_at_the_city()} >= {1}
        assert taken == 1
        assert town.registry.alarms(first.unit) == []
    finally:
        ward.close()


def test_a_hub_put_back_hears_from_the_city_and_its_counters_what_it_lost(ward: Ward, desks: Desks) -> None:
    one, two, _ = desks
    copy = ward.setting.folder / "backup.db"
    back_up(ward.database, ward.setting.database, copy)
    ward.wan.down = True
    held = one.receive()
    one.exchange()
    ward.wan.down = False
    settled = two.receive()
    two.exchange()
    taken = [numbered(one, series_of(one), today()) for _ in range(20)]
    one.exchange(ahead(one))  # a second range, of which the backup knows nothing
    taken += [numbered(one, series_of(one), today())]
    ward.round()
    ward.wan.down = True
    another = one.receive()
    one.exchange()
    ward.put_back(copy)
    assert type(two.exchange(ahead(two)).problems[-1]) is not LeasesHeldBack
    two_more = [numbered(two, series_of(two), today()) for _ in range(20)]
    done = two.exchange(ahead(two))
    assert [type(problem) for problem in done.problems] == [LeasesHeldBack]
    rounds_alone(desks)
    ward.wan.down = False
    two.exchange(ahead(two))
    taken += [*two_more, numbered(two, series_of(two), today())]
    assert len(set(taken)) == len(taken)
    rounds(ward, desks, 2)
    for subject in (held, settled, another):
        assert at_the_city(ward, subject) == [("received", "accepted")]
        all_agree(ward, desks, subject)
    assert ward.town.registry.alarms(ward.unit) == []


def rounds_alone(desks: Desks) -> None:
    for desk in desks:
        desk.exchange(ahead(desk))


def test_a_counter_that_goes_back_to_the_city_offers_what_only_the_hub_had(
    ward: Ward, desks: Desks, opened: Callable[[Enrolment], Counter], town: Town
) -> None:
    one, two, _ = desks
    ward.wan.down = True
    subject = one.receive()
    one.exchange()
    two.exchange()
    one.journal.close()
    again = opened(ward.town.registry.through(one.enrolment, town.network.base))
    problems = again.exchange(ahead(again)).problems
    assert [type(problem).__name__ for problem in problems] == ["EpochChanged"]
    assert at_the_city(ward, subject) == [("received", "accepted")]
    assert verdicts(again, subject) == [("received", "accepted")]
    ward.wan.down = False
    ward.round()
    two.exchange()
    assert verdicts(two, subject) == [("received", "accepted")]


def test_what_the_hub_has_is_durable_only_when_the_city_has_backed_it_up(ward: Ward, desks: Desks) -> None:
    one, *_ = desks
    subject = one.receive()
    rounds(ward, desks, 1)
    back_up(ward.database, ward.setting.database, ward.setting.folder / "backup.db")
    assert one.central.feed("").durable_to == 0
    ward.town.back_up()
    ward.round()
    page = one.central.feed("")
    [place] = [item.position for item in page.items if subject.encode() in item.entry.header]
    assert page.durable_to >= place
    one.act(subject, "withdrawn", **WITHDRAWN)
    one.exchange()
    ward.round()
    after = one.central.feed("")
    assert after.durable_to == page.durable_to < after.items[-1].position


def test_a_correction_held_by_the_hub_is_read_by_a_colleague_before_the_city_knows_it(
    ward: Ward, desks: Desks
) -> None:
    one, two, _ = desks
    subject = one.receive()
    rounds(ward, desks, 1)
    ward.wan.down = True
    two.act(subject, "applicant_changed", **renamed("Nguyễn Thị Anh", "Nguyễn Thị Ánh"))
    two.exchange()
    one.exchange()
    one.act(subject, "applicant_changed", **renamed("Nguyễn Thị Ảnh", "Nguyễn Thị Anh"))
    one.exchange()
    two.exchange()
    assert seen(two, subject).fields["applicant"]["name"] == "Nguyễn Thị Ảnh"
    ward.wan.down = False
    rounds(ward, desks, 1)
    all_agree(ward, desks, subject)
