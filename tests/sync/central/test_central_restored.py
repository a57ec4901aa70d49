"""Central is put back from a backup: its counters tell it what it lost, and no number goes out twice."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from sync.central.accounts import revoke
from sync.client import HttpCentral
from sync.contract.messages import BATCH_BYTES, Carried, Offered, Verdict, Was
from sync.day import ask, compare
from sync.errors import EpochChanged, LeasesHeldBack, Offline
from sync.journal import alarms, deliveries, numbers, references
from sync.push import carried
from tests.sync.central.told import (
    WITHDRAWN,
    ahead,
    feed_of,
    flags,
    left,
    numbered,
    order,
    series_of,
    today,
    verdicts,
    waits,
)
from tests.sync.central.town import Town
from tests.sync.central.world import Counter


def test_what_a_restored_central_lost_is_told_again_and_stands_as_it_stood(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    before = one.receive("Trước")
    one.exchange()
    backup = town.back_up()
    lost = one.receive("Sau")
    one.act(lost, "slip_signed", move={"from": "received", "to": "slip_issued"})
    one.exchange()
    two.exchange()
    unsent = one.receive("Chưa gửi")
    unit = one.enrolment.unit
    stood = feed_of(town, unit)

    town.put_back_file(backup)
    assert len(feed_of(town, unit)) == len(stood) - 2
    done = one.exchange()

    assert [type(each) for each in done.problems] == [EpochChanged]
    assert feed_of(town, unit)[: len(stood)] == stood
    assert [row[1:] for row in feed_of(town, unit)[len(stood) :]] == [("accepted", "[]")]
    assert verdicts(one, unsent) == [("received", "accepted")]
    assert waits(one) == 0
    two.exchange()
    assert two.exchange().problems == ()
    for subject in (before, lost, unsent):
        assert order(one, subject) == order(two, subject) != []
    assert town.registry.alarms(unit) == []


def test_of_two_who_wrote_against_each_other_the_same_one_counts_again(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    subject = one.receive()
    one.exchange()
    two.exchange()
    backup = town.back_up()
    two.act(subject, "withdrawn", **WITHDRAWN)
    two.exchange()
    one.act(subject, "withdrawn", **WITHDRAWN)
    assert one.exchange().parked == 1

    town.put_back(backup)
    one.exchange()  # the loser comes first
    two.exchange()
    one.exchange()

    told = [("received", "accepted"), ("withdrawn", "accepted"), ("withdrawn", "conflict")]
    assert sorted(verdicts(one, subject)) == sorted(verdicts(two, subject)) == told
    assert order(one, subject) == order(two, subject)
    rows = [row for row in town.registry.entries(one.enrolment.unit) if row.kind == "withdrawn"]
    assert {(row.device, row.verdict) for row in rows} == {
        (two.enrolment.device, "accepted"),
        (one.enrolment.device, "conflict"),
    }


def test_a_verdict_that_comes_out_otherwise_is_an_alarm_and_no_secret(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    subject = one.receive()
    one.exchange()
    two.exchange()
    backup = town.back_up()
    two.act(subject, "withdrawn", **WITHDRAWN)
    two.exchange()  # `one` never hears of it
    town.put_back(backup)
    one.act(subject, "withdrawn", **WITHDRAWN)
    assert one.exchange().parked == 0

    two.exchange()
    two.exchange()

    assert verdicts(two, subject) == [
        ("received", "accepted"),
        ("withdrawn", "conflict"),
        ("withdrawn", "accepted"),
    ]
    with two.journal.reading() as tx:
        assert [alarm.what for alarm in alarms.unsettled(tx, two.journal.unit)] == ["accepted_then_conflict"]
    assert order(one, subject) == order(two, subject)


def test_the_work_of_a_counter_that_is_gone_comes_from_another(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    backup = town.back_up()
    subject = one.receive()
    one.exchange()
    two.exchange()
    town.put_back(backup)
    with town.registry.database.writing() as tx:
        revoke(tx, f"device:{one.enrolment.device}", datetime.now(UTC))

    two.exchange()

    [row] = [row for row in town.registry.entries(one.enrolment.unit) if row.subject == subject]
    assert (row.verdict, row.device) == ("accepted", one.enrolment.device)
    assert waits(two) == 0


def test_no_number_is_given_out_before_every_counter_has_shown_what_it_holds(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    series, wish = series_of(one), ahead(one)
    backup = town.back_up()
    one.exchange(wish)
    used = numbered(one, series, today())
    town.put_back(backup)

    held_back = two.exchange(wish)
    refused = [each for each in held_back.problems if isinstance(each, LeasesHeldBack)]
    assert (held_back.leases, len(refused)) == (0, 1)
    assert refused[0].facts["waiting_for"] == "Quầy 1"
    assert left(two, series, today()) == 0

    one.exchange(wish)
    assert two.exchange(wish).leases == 1
    with one.journal.reading() as tx:
        [(theirs, _)] = numbers.held(tx, one.journal.chain)
    with two.journal.reading() as tx:
        [(ours, _)] = numbers.held(tx, two.journal.chain)
    assert theirs.last < ours.first
    two.exchange()
    assert flags(town, one.enrolment.unit) == []
    assert used == theirs.first


def test_a_counter_that_is_gone_holds_no_numbers_back_once_it_is_revoked(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    wish = ahead(one)
    town.put_back(town.back_up())
    assert two.exchange(wish).leases == 0
    with town.registry.database.writing() as tx:
        revoke(tx, f"device:{one.enrolment.device}", datetime.now(UTC))

    assert two.exchange(wish).leases == 1


def test_files_that_central_lost_are_sent_again(town: Town, pair: tuple[Counter, Counter]) -> None:
    one, _ = pair
    backup = town.back_up()
    paper = one.files.put(b"%PDF-1.7 " + uuid.uuid4().bytes)
    one.receive(files=[paper])
    one.exchange()
    town.put_back(backup)

    assert one.central.have([paper]) == (paper,)
    one.exchange()

    assert one.central.have([paper]) == ()
    with one.journal.reading() as tx:
        assert references.not_uploaded(tx) == ()


def test_a_line_that_breaks_while_it_is_told_costs_nothing(town: Town, pair: tuple[Counter, Counter]) -> None:
    one, two = pair
    backup = town.back_up()
    subjects = [one.receive(f"Người {number}") for number in range(130)]
    one.exchange()
    stood = feed_of(town, one.enrolment.unit)
    town.put_back(backup)
    broke = 0
    for room in (1_500, 4_000, 12_000, 20_000):
        town.network.up_left = room
        try:
            one.exchange()
        except Offline:
            broke += 1
    town.network.up_left = None

    one.exchange()
    assert broke >= 2

    assert feed_of(town, one.enrolment.unit) == stood
    two.exchange()
    assert all(order(one, subject) == order(two, subject) for subject in subjects)


def test_what_is_told_again_goes_in_requests_of_a_bounded_size(
    town: Town, pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    backup = town.back_up()
    for number in range(12):
        one.receive(f"Người {number}", note="ghi chú " * 5_000)
    one.exchange()
    stood = feed_of(town, one.enrolment.unit)
    town.put_back(backup)
    sizes: list[int] = []
    offer = HttpCentral.offer

    def weighed(central: HttpCentral, entries: Sequence[Carried], epoch: str | None = None) -> Offered:
        sizes.append(sum(entry.size for entry in entries))
        return offer(central, entries, epoch)

    monkeypatch.setattr(HttpCentral, "offer", weighed)

    one.exchange()

    assert feed_of(town, one.enrolment.unit) == stood
    assert len(sizes) > 1
    assert max(sizes) <= BATCH_BYTES


def test_a_day_agrees_again_whoever_told_it(town: Town, pair: tuple[Counter, Counter]) -> None:
    one, two = pair
    backup = town.back_up()
    one.receive()
    one.exchange()
    two.exchange()
    town.put_back(backup)
    two.exchange()  # tells of the other's work too
    one.exchange()

    enrolment = one.enrolment
    compared = compare(
        one.journal, today(), ask(one.central, enrolment.device, today(), enrolment.central_key)
    )

    assert (compared.found, compared.there) == ((), 2)


def test_a_central_that_was_never_restored_does_not_listen_to_what_it_is_told_it_said(
    counter: Counter,
) -> None:
    counter.act(counter.receive(), "withdrawn", **WITHDRAWN)
    with counter.journal.reading() as tx:
        waiting = deliveries.pending(tx, 10)
    refused = Was(Verdict.REFUSED, "role")

    answers = counter.central.offer([carried(entry, refused) for entry in waiting]).answers

    assert {answer.verdict.value for answer in answers} == {"accepted"}


def test_what_is_meant_for_another_life_is_not_taken(town: Town, pair: tuple[Counter, Counter]) -> None:
    one, _ = pair
    one.receive()
    with one.journal.reading() as tx:
        batch = [carried(entry) for entry in deliveries.pending(tx, 10)]
    with pytest.raises(EpochChanged):
        one.central.offer(batch, "an older life")
    assert one.exchange().sent == 1


def test_a_second_restore_before_the_first_is_told_loses_nothing(
    town: Town, pair: tuple[Counter, Counter]
) -> None:
    one, two = pair
    backup = town.back_up()
    lost = one.receive()
    one.exchange()
    two.exchange()
    town.put_back(backup)
    town.network.up_left = 3_000
    with pytest.raises(Offline):
        one.exchange()
    town.network.up_left = None
    town.put_back(backup)

    for counter in (two, one, two):
        counter.exchange()

    assert verdicts(one, lost) == verdicts(two, lost) == [("received", "accepted")]
    assert flags(town, one.enrolment.unit) == []
