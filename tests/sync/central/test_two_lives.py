"""One counter's chain in two hands: a restored copy, a copied folder, a copied computer, before a real central system."""

import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.clock import office_day
from sync.contract.messages import LeaseRequest
from sync.engine import NumbersAhead
from sync.entry import NO_HASH
from sync.errors import CentralFailed, JournalDoubted
from sync.journal import Safety, deliveries, entries, numbers
from sync.leases import Want
from sync.push import carried
from tests.sync.central.chain_writer import ChainWriter, received
from tests.sync.central.world import Counter, Enrolment, Registry, open_counter
from tests.sync.fake_mark import FakeMarks

WITHDRAWN = {"move": {"from": "received", "to": "withdrawn"}}


def flags(registry: Registry, unit: str) -> set[str]:
    return {alarm.reason for alarm in registry.alarms(unit)}


def copied(enrolment: Enrolment, to: Path) -> Enrolment:
    shutil.copytree(enrolment.folder, to)
    return replace(enrolment, folder=to)


def waiting(counter: Counter) -> int:
    with counter.journal.reading() as tx:
        return deliveries.counts(tx).entries


def number_for(counter: Counter, series: str) -> int | None:
    with counter.journal.act(counter.enrolment.officer_signer) as act:
        value = numbers.take(act.tx, series, office_day(act.now), counter.journal.chain)
        if value is not None:
            body = received(number={"series": series, "value": value, "code": f"{series}-{value}"})
            act.add(str(uuid.uuid4()), "received", body)
        return value


def test_a_restored_counter_gets_back_what_it_had_sent_and_uses_no_number_twice(
    registry: Registry, enrolment: Enrolment, tmp_path: Path
) -> None:
    marks, series = Safety(FakeMarks()), f"dossier-{enrolment.unit}"
    ahead = NumbersAhead([Want(series, 20)], [office_day(datetime.now(UTC))])
    with open_counter(enrolment, marks) as counter:
        counter.exchange(ahead)
        given = {number_for(counter, series)}
    older = copied(enrolment, tmp_path / "older")
    with open_counter(enrolment, marks) as counter:
        given |= {number_for(counter, series) for _ in range(3)}
        sent = counter.receive()
        counter.exchange()
        lost = counter.receive()

    with open_counter(older, marks) as counter:
        assert number_for(counter, series) is None  # every range of the old chain is void
        counter.exchange(ahead)
        given_again = {number_for(counter, series) for _ in range(5)}
        counter.exchange()
        with counter.journal.reading() as tx:
            assert len(entries.of_subject(tx, sent)) == 1
            assert entries.of_subject(tx, lost) == ()
        assert waiting(counter) == 0
    assert None not in given | given_again
    assert not given & given_again
    assert flags(registry, enrolment.unit) == set()


def test_what_waits_in_the_life_before_is_settled_in_the_next(
    registry: Registry, enrolment: Enrolment, tmp_path: Path
) -> None:
    marks = Safety(FakeMarks())
    with (
        open_counter(registry.enrol(tmp_path / "other", unit=enrolment.unit)) as other,
        open_counter(enrolment, marks) as counter,
    ):
        subject = counter.receive()
        for each in (counter, other):
            each.exchange()
        other.act(subject, "withdrawn", **WITHDRAWN)
        other.exchange()
        refused = counter.act(subject, "withdrawn", **WITHDRAWN)
        counter.act(subject, "noted")  # waits behind it
        counter.exchange()
        assert waiting(counter) == 1
    with open_counter(enrolment, Safety(FakeMarks())) as counter:  # whatever the reason for a new chain
        assert counter.journal.chain != refused.chain
        counter.act(subject, "noted", resolves=[refused.id])
        for _ in range(2):
            counter.exchange()
        assert waiting(counter) == 0
    assert {row.verdict for row in registry.entries(enrolment.unit)} == {"accepted", "conflict"}


def test_of_two_computers_with_one_folder_each_ends_with_a_chain_of_its_own(
    registry: Registry, enrolment: Enrolment, tmp_path: Path
) -> None:
    first_marks = Safety(FakeMarks())
    with open_counter(enrolment, first_marks) as counter:
        counter.receive()
        counter.exchange()
    elsewhere = copied(enrolment, tmp_path / "elsewhere")

    with (
        open_counter(enrolment, first_marks) as first,
        open_counter(elsewhere, Safety(FakeMarks())) as second,
    ):
        old = first.journal.chain
        assert second.journal.chain != old
        second.receive()
        second.exchange()
        first.receive()
        first.exchange()
        assert first.journal.chain != old
        assert isinstance(first.journal.news[0], JournalDoubted)
        assert flags(registry, enrolment.unit) == {"chain_closed"}

        for counter in (first, second):
            counter.receive()
            counter.exchange()
            assert waiting(counter) == 0
        assert flags(registry, enrolment.unit) == {"chain_closed"}
    rows = registry.entries(enrolment.unit)
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.verdict == "accepted" for row in rows)


def test_a_copied_computer_is_found_out_by_its_second_entry_in_one_place(
    registry: Registry, enrolment: Enrolment, tmp_path: Path
) -> None:
    with open_counter(enrolment) as counter:
        counter.receive()
        counter.exchange()
    elsewhere = copied(enrolment, tmp_path / "elsewhere")

    with open_counter(enrolment) as first, open_counter(elsewhere) as second:
        first.receive()
        first.exchange()
        mine = second.receive()
        second.exchange()
        assert second.journal.chain != first.journal.chain
        second.exchange()
        assert waiting(second) == 0
        with second.journal.reading() as tx:
            assert len(entries.of_subject(tx, mine)) == 1
    assert "second_hash" in flags(registry, enrolment.unit)


def test_what_goes_straight_on_from_the_end_of_a_chain_is_taken_and_flagged(
    registry: Registry, counter: Counter
) -> None:
    subject = counter.receive()
    counter.exchange()
    old = ended(counter, at=2)
    beyond = ChainWriter(counter.enrolment.officer_signer, old, 2, hash_at(counter, old, 2))
    fact = beyond.write(str(uuid.uuid4()), "received", received())
    request = beyond.write(subject, "withdrawn", WITHDRAWN)

    answers = counter.central.offer([carried(fact), carried(request)]).answers

    assert [(answer.verdict.value, answer.flags) for answer in answers] == [
        ("accepted", ("chain_closed",)),
        ("accepted", ("chain_closed",)),
    ]
    assert flags(registry, counter.enrolment.unit) == {"chain_closed"}
    granted = counter.exchange(NumbersAhead([Want("dossier", 5)], [office_day(datetime.now(UTC))]))
    assert granted.leases == 1  # for the chain that follows


def test_what_takes_another_course_than_the_end_of_a_chain_is_kept_as_a_fact_and_refused_as_a_request(
    counter: Counter,
) -> None:
    subject = counter.receive()
    counter.exchange()
    counter.receive()
    old = ended(counter, at=3)  # central has not seen that one
    aside = ChainWriter(counter.enrolment.officer_signer, old, 2, hash_at(counter, old, 2))
    facts = [aside.write(str(uuid.uuid4()), "received", received()) for _ in range(2)]
    request = aside.write(subject, "withdrawn", WITHDRAWN)

    answers = counter.central.offer([carried(entry) for entry in (*facts, request)]).answers

    assert [answer.verdict.value for answer in answers] == ["accepted", "accepted", "refused"]
    assert all("chain_forked" in answer.flags for answer in answers)


def test_unsent_requests_that_come_back_from_outside_to_a_moved_counter_are_taken(
    registry: Registry, enrolment: Enrolment, tmp_path: Path
) -> None:
    marks = Safety(FakeMarks())
    with open_counter(enrolment, marks) as counter:
        subject = counter.receive()
        counter.exchange()
    nightly = copied(enrolment, tmp_path / "nightly")
    with open_counter(enrolment, marks) as counter:
        counter.receive()
        counter.act(subject, "withdrawn", **WITHDRAWN)
        with counter.journal.reading() as tx:
            sealed = deliveries.pending(tx, 100)

    with open_counter(nightly, Safety(FakeMarks())) as counter:  # on another computer
        assert counter.journal.take_back(sealed) == 2
        counter.exchange()
        with counter.journal.reading() as tx:
            found = [deliveries.of_entry(tx, entry.id).verdict for entry in sealed]
        assert found == ["accepted", "accepted"]
    assert flags(registry, enrolment.unit) == {"chain_closed"}


def test_a_range_for_a_chain_that_has_ended_is_refused(counter: Counter) -> None:
    counter.exchange()
    old = ended(counter, at=1)
    wish = wish_of(old)
    with pytest.raises(CentralFailed) as refusal:
        counter.central.lease(wish)
    assert refusal.value.facts["status"] == 409


def test_a_counter_cannot_end_the_chain_of_another(
    registry: Registry, counter: Counter, opened: Callable[[Enrolment], Counter], tmp_path: Path
) -> None:
    counter.exchange()
    other = opened(registry.enrol(tmp_path / "other", unit=counter.enrolment.unit))
    chain = counter.journal.chain
    pen = ChainWriter(other.enrolment.device_signer)
    after = {"chain": chain, "seq": 1, "hash": hash_at(counter, chain, 1)}
    opening = pen.write(other.enrolment.unit, "chain_opened", {"reason": "moved", "after": after})
    other.central.offer([carried(opening)])

    counter.receive()
    counter.exchange()

    assert counter.journal.chain == chain
    assert flags(registry, counter.enrolment.unit) == set()


def ended(counter: Counter, at: int) -> str:
    """End the counter's chain from outside, at one place; return its id."""
    chain = counter.journal.chain
    pen = ChainWriter(counter.enrolment.device_signer, last=hash_at(counter, chain, at))
    after = {"chain": chain, "seq": at, "hash": pen.last}
    body = {"reason": "restored", "after": after, "void": [], "lost": []}
    opening = pen.write(counter.enrolment.unit, "chain_opened", body)
    [answer] = counter.central.offer([carried(opening)]).answers
    assert answer.verdict.value == "accepted"
    return chain


def hash_at(counter: Counter, chain: str, seq: int) -> str:
    with counter.journal.reading() as tx:
        return entries.hash_at(tx, chain, seq) or NO_HASH


def wish_of(chain: str) -> LeaseRequest:
    return LeaseRequest(str(uuid.uuid4()), chain, "dossier", office_day(datetime.now(UTC)).isoformat(), 5)
