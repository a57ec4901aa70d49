"""A restore that finds the unit in mid-work: unknown authors, failing entries, wrong clocks, folders of another day."""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from sync.central import accounts
from sync.contract.messages import Carried, Offered, Verdict, Was
from sync.day import ask, compare
from sync.errors import CentralFailed, CentralWentBack, LeaseForged, LeasesHeldBack, Offline, StillUntold
from sync.heads import Told
from sync.journal import deliveries, numbers
from sync.journal.schema import leases
from sync.pull import pull
from sync.push import carried, push
from sync.retell import meet
from tests.sync.central.told import (
    WITHDRAWN,
    ahead,
    feed_of,
    flags,
    left,
    numbered,
    order,
    renamed,
    series_of,
    today,
    verdicts,
    waits,
)
from tests.sync.central.town import Town
from tests.sync.central.unwatched import Unwatched
from tests.sync.central.world import Counter, Enrolment, an_officer

Pair = tuple[Counter, Counter]
Opened = Callable[[Enrolment], Counter]


@dataclass
class Failing:
    """Stands before a counter's door to central, and fails at some offers."""

    counter: Counter
    at: Callable[["Failing", list[Carried]], Exception | None]
    calls: int = field(default=0)

    def __enter__(self) -> None:
        self._offer = self.counter.central.offer
        self.counter.central.offer = self.offer  # type: ignore[method-assign]

    def __exit__(self, *_: object) -> None:
        self.counter.central.offer = self._offer  # type: ignore[method-assign]

    def offer(self, batch: list[Carried], epoch: str | None = None) -> Offered:
        self.calls += 1
        if (error := self.at(self, batch)) is not None:
            raise error
        return self._offer(batch, epoch)


def enrol_again(town: Town, enrolment: Enrolment) -> None:
    with town.registry.database.writing() as tx:
        device = accounts.Device(enrolment.device, enrolment.unit, "Quầy 3")
        accounts.enrol_device(tx, device, enrolment.token, enrolment.device_signer.public_bytes)
        accounts.enrol_officer(tx, an_officer(enrolment))


def test_what_was_taken_before_the_first_page_of_the_feed_is_told_too(
    town: Town, opened: Opened, tmp_path: Path
) -> None:
    one = opened(town.enrol(tmp_path / "first"))
    backup = town.back_up()
    subject = one.receive()
    push(one.journal, one.central, Unwatched(), Told())  # and the line breaks before the feed is read
    assert verdicts(one, subject) == [("received", "accepted")]
    town.put_back(backup)

    one.exchange()

    assert subject in {row.subject for row in town.registry.entries(one.enrolment.unit)}


def test_a_counter_that_never_worked_holds_no_numbers_back_once_it_has_asked(
    town: Town, pair: Pair, opened: Opened, tmp_path: Path
) -> None:
    one, two = pair
    new = town.enrol(tmp_path / "third", one.enrolment.unit)
    town.put_back(town.back_up())
    for counter in pair:
        assert counter.exchange(ahead(one)).leases == 0

    opened(new).exchange(ahead(one))

    assert [counter.exchange(ahead(one)).leases for counter in (one, two)] == [1, 1]


def test_numbers_of_a_counter_that_central_does_not_know_any_more_are_waited_for(
    town: Town, pair: Pair, opened: Opened, tmp_path: Path
) -> None:
    one, two = pair
    backup = town.back_up()
    third = town.enrol(tmp_path / "third", one.enrolment.unit)
    three = opened(third)
    three.exchange(ahead(one))
    used = numbered(three, series_of(one), today())
    three.exchange()
    two.exchange()
    town.put_back(backup)

    one.exchange()
    [held_back] = [p for p in two.exchange(ahead(one)).problems if isinstance(p, LeasesHeldBack)]
    assert third.device in str(held_back.facts["waiting_for"])
    enrol_again(town, third)
    assert two.exchange(ahead(one)).leases == 0  # it is known again, and has not shown what it holds
    three.exchange(ahead(one))
    two.exchange(ahead(one))

    assert numbered(two, series_of(one), today()) != used
    two.exchange()
    assert flags(town, one.enrolment.unit) == []


def test_numbers_that_others_told_of_are_not_given_out_after_a_counter_was_revoked(
    town: Town, pair: Pair
) -> None:
    one, two = pair
    backup = town.back_up()
    one.exchange(ahead(one))
    used = numbered(one, series_of(one), today())
    one.exchange()
    two.exchange()
    town.put_back(backup)
    with town.registry.database.writing() as tx:
        accounts.revoke(tx, f"device:{one.enrolment.device}", datetime.now(UTC))

    two.exchange(ahead(one))

    assert numbered(two, series_of(one), today()) != used
    two.exchange()
    assert flags(town, one.enrolment.unit) == []


@pytest.mark.parametrize("days", [1, 2])
def test_ranges_are_shown_whatever_day_the_counter_believes_it_is(town: Town, pair: Pair, days: int) -> None:
    one, two = pair
    later = today() + timedelta(days=days)
    one.exchange(ahead(one, later))
    backup = town.back_up()
    one.exchange(ahead(one))
    used = numbered(one, series_of(one), today())
    one.exchange()
    town.put_back(backup)

    for counter in (two, one, two):
        counter.exchange(ahead(one, later))
    two.exchange(ahead(one))

    assert numbered(two, series_of(one), today()) != used
    two.exchange()
    assert flags(town, one.enrolment.unit) == []


def test_a_lease_that_central_never_signed_is_news_and_stops_nothing(town: Town, pair: Pair) -> None:
    one, _ = pair
    one.exchange(ahead(one))
    town.put_back(town.back_up())
    with one.journal.writing() as tx:
        tx.execute(update(leases).values(signature=b"0" * 64))
    subject = one.receive()

    done = one.exchange()

    assert LeaseForged in map(type, done.problems)
    assert verdicts(one, subject) == [("received", "accepted")]


def test_new_work_waits_behind_what_central_fails_at(town: Town, pair: Pair) -> None:
    one, two = pair
    subject = one.receive("S")
    one.exchange()
    two.exchange()
    backup = town.back_up()
    lost = one.act(subject, "applicant_changed", **renamed("A", "S"))
    one.exchange()
    town.put_back(backup)
    one.act(subject, "applicant_changed", **renamed("B", "A"))

    with Failing(one, lambda _, batch: CentralFailed(status=500) if carries(batch, lost.header) else None):
        assert one.exchange().parked == 0
    one.exchange()
    one.exchange()

    assert [verdict for _, verdict in verdicts(one, subject)] == ["accepted"] * 3


def test_new_work_waits_behind_an_author_whom_central_has_forgotten(
    town: Town, pair: Pair, tmp_path: Path
) -> None:
    one, two = pair
    subject = one.receive("S")
    one.exchange()
    two.exchange()
    backup = town.back_up()
    colleague = town.enrol(tmp_path / "colleague", one.enrolment.unit)
    with one.journal.act(colleague.officer_signer) as act:
        act.add(subject, "applicant_changed", renamed("A", "S"))
    one.exchange()
    two.exchange()
    town.put_back(backup)
    two.act(subject, "applicant_changed", **renamed("B", "A"))

    done = two.exchange()
    assert done.parked == 0
    [untold] = [problem for problem in done.problems if isinstance(problem, StillUntold)]
    assert untold.facts == {"count": 1, "authors": f"officer:{colleague.officer}"}
    with town.registry.database.writing() as tx:
        accounts.enrol_officer(tx, an_officer(colleague))
    for counter in (one, two, one):
        assert counter.exchange().parked == 0

    assert [verdict for _, verdict in verdicts(two, subject)] == ["accepted"] * 3
    assert waits(one) == waits(two) == 0
    assert flags(town, one.enrolment.unit) == []


def test_a_second_restore_in_the_middle_tells_in_the_right_order(town: Town, pair: Pair) -> None:
    one, two = pair
    subject, names = one.receive("N0"), [f"N{number}" for number in range(71)]
    one.exchange()
    two.exchange()
    backup = town.back_up()
    for seen, to in itertools.pairwise(names):
        one.act(subject, "applicant_changed", **renamed(to, seen))
    one.exchange()
    town.put_back(backup)
    for number in range(10):
        two.receive(f"Khác {number}")
    two.exchange()
    with (
        pytest.raises(Offline),
        Failing(one, lambda door, _: Offline(why="connection") if door.calls == 2 else None),
    ):
        one.exchange()
    pull(one.journal, one.central, lambda: lambda _: None, Unwatched())
    town.put_back(backup)

    for counter in (one, two, one):
        counter.exchange()

    assert {verdict for _, verdict in verdicts(one, subject)} == {"accepted"}
    assert order(one, subject) == order(two, subject)


def test_between_the_news_and_the_telling_a_dossier_reads_as_before(town: Town, pair: Pair) -> None:
    one, two = pair
    subject = one.receive("S")
    one.exchange()
    two.exchange()
    backup = town.back_up()
    one.act(subject, "applicant_changed", set={"applicant": {"name": "A"}})
    two.act(subject, "applicant_changed", set={"applicant": {"name": "B"}})
    two.exchange()
    one.exchange()
    before = order(one, subject)
    town.put_back(backup)

    meet(one.journal, one.central.time().epoch)  # and the line breaks
    assert order(one, subject) == before
    one.exchange()
    assert order(one, subject) == before


def test_what_waited_once_leaves_no_gap_when_it_is_told_again(town: Town, pair: Pair) -> None:
    one, two = pair
    subject = one.receive()
    one.exchange()
    two.exchange()
    backup = town.back_up()
    two.act(subject, "withdrawn", **WITHDRAWN)
    two.exchange()
    lost = one.act(subject, "withdrawn", **WITHDRAWN)
    one.act(subject, "noted", text="chờ sau việc kia")
    one.receive("Khác")
    one.exchange()
    one.act(subject, "noted", resolves=[lost.id])
    for counter in (one, one, two):
        counter.exchange()
    stood = feed_of(town, one.enrolment.unit)
    town.put_back(backup)

    one.exchange()
    two.exchange()

    assert feed_of(town, one.enrolment.unit) == stood


def test_a_day_agrees_though_another_told_of_a_counter_that_central_did_not_know(
    town: Town, pair: Pair, opened: Opened, tmp_path: Path
) -> None:
    one, two = pair
    backup = town.back_up()
    third = town.enrol(tmp_path / "third", one.enrolment.unit)
    three = opened(third)
    with three.journal.act(one.enrolment.officer_signer) as act:  # whom central knows
        body = {"set": {"applicant": {"name": "X"}}, "move": {"from": None, "to": "received"}}
        act.add(str(uuid.uuid4()), "received", body)
    three.exchange()
    two.exchange()
    town.put_back(backup)
    two.exchange()
    enrol_again(town, third)
    for counter in (three, two, three, two):
        counter.exchange()

    for counter in (two, three):
        enrolment = counter.enrolment
        told = ask(counter.central, enrolment.device, today(), enrolment.central_key)
        assert compare(counter.journal, today(), told).found == ()


def test_files_of_an_older_folder_are_asked_for_again(town: Town, pair: Pair) -> None:
    one, _ = pair
    paper = one.files.put(uuid.uuid4().bytes)
    one.receive(files=[paper])
    one.exchange()
    backup = town.back_up()
    [file] = town.setting.folder.rglob(paper)
    file.unlink()
    town.put_back(backup)

    one.exchange()

    assert one.central.have([paper]) == ()
    assert one.central.get_file(paper)


def test_nobody_can_let_new_work_be_refused_by_saying_that_it_was(town: Town, pair: Pair) -> None:
    one, two = pair
    town.put_back(town.back_up())
    for counter in (one, two, one, two):
        counter.exchange()
    subject = one.receive()
    with one.journal.reading() as tx:
        waiting = deliveries.pending(tx, 10)

    two.central.offer([carried(entry, Was(Verdict.REFUSED, "role")) for entry in waiting])
    one.exchange()

    assert verdicts(one, subject) == [("received", "accepted")]


def test_a_backup_that_nobody_spoke_of_is_found_out(town: Town, pair: Pair) -> None:
    one, two = pair
    backup = town.back_up()
    for _ in range(3):
        one.receive()
    one.exchange()
    town.put_back(backup, said=False)

    with pytest.raises(CentralWentBack):
        one.exchange()
    assert two.exchange().problems == ()
    town.put_back(town.back_up())  # now it is said
    one.exchange()
    assert waits(one) == 0
    with one.journal.reading() as tx:
        assert numbers.left(tx, series_of(one), today(), one.journal.chain) == 0
    assert left(one, series_of(one), today()) == 0


def carries(batch: list[Carried], header: bytes) -> bool:
    return any(each.header == header for each in batch)
