"""A backup that was put back and nobody spoke of is found out by every counter that knows better, and nothing else is taken for it."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.central.backup import back_up
from sync.client import HttpCentral
from sync.clock import office_day
from sync.contract.messages import Answer, Carried, Offered, Page, Verdict
from sync.errors import CentralFailed, CentralWentBack, EntryNotTaken, EpochChanged, Offline
from sync.journal import deliveries, entries, feed, handed, numbers, retelling
from tests.sync.central.town import Town
from tests.sync.central.ward import Ward
from tests.sync.central.world import Counter, ahead, lose_the_line, open_counter


@pytest.fixture
def lost(town: Town, pair: tuple[Counter, Counter]) -> str:
    """A dossier that central has lost without a word; others went on until the feed was longer than before."""
    one, two = pair
    one.receive()
    one.exchange()
    backup = town.back_up()
    subject = one.receive()
    one.exchange()
    two.exchange()
    town.put_back(backup, said=False)
    third = town.registry.enrol(one.enrolment.folder.parent / "three", unit=one.enrolment.unit)
    with open_counter(third) as other:
        for _ in range(9):
            other.receive()
        other.exchange()
    return subject


def breaks_at(name: str, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a round lose the line after the answer to its push, or the answer itself."""
    with monkeypatch.context() as patch:
        ask = getattr(counter.central, name)

        def lose(*told: object) -> None:
            if name == "offer":
                ask(*told)
            raise Offline

        patch.setattr(counter.central, name, lose)
        with pytest.raises(Offline):
            counter.exchange()


@pytest.mark.parametrize("luck", ["good", "offer", "feed", "conflict"])
def test_a_backup_that_nobody_spoke_of_is_found_out_although_others_went_on(
    town: Town, pair: tuple[Counter, Counter], lost: str, monkeypatch: pytest.MonkeyPatch, luck: str
) -> None:
    one, two = pair
    if luck == "conflict":
        one.act(lost, "withdrawn", move={"from": "received", "to": "withdrawn"})
    else:
        one.receive()
    if luck in ("offer", "feed"):
        breaks_at(luck, one, monkeypatch)
    with pytest.raises(CentralWentBack):
        one.exchange(ahead())
    with one.journal.reading() as tx:
        cursor = feed.cursor(tx)
    for counter in (one, two):  # for as long as nobody says it, also to who had it from another
        with pytest.raises(CentralWentBack):
            counter.exchange(ahead())
    with one.journal.reading() as tx:
        assert feed.cursor(tx) == cursor
        assert numbers.left(tx, "HS", office_day(datetime.now(UTC)), one.journal.chain) == 0

    town.put_back(town.back_up())  # now it is said
    for counter in (one, two, one):
        counter.exchange()
    told = {row.verdict for row in town.registry.entries(one.enrolment.unit) if row.subject == lost}
    assert "accepted" in told


@pytest.mark.parametrize("waiting", [1, 2, 3, 4, 40])
def test_a_backup_that_nobody_spoke_of_is_found_out_however_much_waits_to_be_sent(
    town: Town, pair: tuple[Counter, Counter], waiting: int
) -> None:
    one, two = pair
    one.receive()
    one.exchange(ahead())
    two.exchange(ahead())
    backup = town.back_up()
    lost = {one.receive() for _ in range(3)}
    one.exchange(ahead())
    town.put_back(backup, said=False)
    written = lost | {one.receive() for _ in range(waiting)}
    for _ in range(2):
        with pytest.raises(CentralWentBack):
            one.exchange(ahead())

    town.put_back(town.back_up())
    for counter in (one, two, one):
        counter.exchange()
    assert written <= {row.subject for row in town.registry.entries(one.enrolment.unit)}
    with two.journal.reading() as tx:
        assert all(entries.of_subject(tx, subject) for subject in written)


def test_a_hub_that_was_put_back_unsaid_is_found_out(town: Town, tmp_path: Path) -> None:
    ward = Ward(town, tmp_path / "ward")
    first, second = ward.enrol(tmp_path / "first"), ward.enrol(tmp_path / "second")
    with closing(ward), open_counter(first) as one, open_counter(second) as two:
        one.receive()
        one.exchange()
        copy = tmp_path / "hub.db"
        back_up(ward.database, ward.setting.database, copy)
        one.receive()
        one.exchange()
        ward.put_back(copy, said=False)
        for _ in range(9):
            two.receive()
        two.exchange()
        one.receive()
        with pytest.raises(CentralWentBack):
            one.exchange()


def test_a_gap_that_another_counter_closes_in_the_same_round_is_no_alarm(
    town: Town, pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    for counter in (one, two):
        counter.exchange()
    subject = one.receive()
    with one.journal.reading() as tx:
        [stuck] = entries.of_subject(tx, subject)
    one.receive()
    offer, read = one.central.offer, one.central.feed

    def failing(batch: Sequence[Carried], epoch: str | None) -> Offered:
        if any(carried.header == stuck.header for carried in batch):
            raise CentralFailed(status=500)
        return offer(batch, epoch)

    def meanwhile(cursor: str) -> Page:
        with two.journal.writing() as tx:
            handed.take_in(tx, [stuck])  # it came on a stick
        two.exchange()
        return read(cursor)

    monkeypatch.setattr(one.central, "offer", failing)
    monkeypatch.setattr(one.central, "feed", meanwhile)
    assert [type(problem) for problem in one.exchange().problems] == [EntryNotTaken]
    monkeypatch.undo()
    for counter in (one, two):
        assert counter.exchange().problems == ()


def test_entries_that_come_by_hand_in_the_wrong_order_are_no_alarm(pair: tuple[Counter, Counter]) -> None:
    one, two = pair
    one.exchange()
    two.exchange()
    named = []
    for subject in (one.receive(), one.receive()):
        with one.journal.reading() as tx:
            named += entries.of_subject(tx, subject)
    with two.journal.writing() as tx:
        handed.take_in(tx, named[::-1])
    assert two.exchange().problems == ()
    assert one.exchange().problems == ()


def test_an_entry_that_central_could_not_take_yet_leaves_a_gap_and_no_alarm(
    pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    one.receive()
    one.exchange()
    first, second = one.receive(), one.receive()
    one.receive()
    for stuck in ({first, second}, {first}):
        monkeypatch.setattr("sync.engine.held_back", lambda _, stuck=stuck: frozenset(stuck))
        assert one.exchange().problems == ()
    monkeypatch.undo()
    assert one.exchange().problems == ()
    with one.journal.reading() as tx:
        assert deliveries.counts(tx).entries == 0


def test_flags_of_a_life_of_the_city_that_is_over_are_no_alarm_at_a_hub(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward = Ward(town, tmp_path / "ward")
    with closing(ward), open_counter(ward.enrol(tmp_path / "first")) as one:
        for _ in range(2):
            one.exchange()
            ward.round()
        one.exchange()
        backup = town.back_up()
        first = one.receive()
        one.receive()
        with one.journal.reading() as tx:
            [stuck] = entries.of_subject(tx, first)
        one.exchange()  # the hub holds both, in their order
        offer = HttpCentral.offer

        def failing(city: HttpCentral, batch: Sequence[Carried], epoch: str | None = None) -> Offered:
            if any(carried.header == stuck.header for carried in batch):
                raise CentralFailed(status=500)
            return offer(city, batch, epoch)

        with monkeypatch.context() as patch:
            patch.setattr(HttpCentral, "offer", failing)
            ward.round()  # the second is final, and the city has missed the first
        one.exchange()
        town.put_back(backup)
        with monkeypatch.context() as patch:
            patch.setattr(HttpCentral, "feed", lose_the_line)
            with pytest.raises(Offline):
                ward.round()  # it hears of the new life, and no more
        assert [type(problem) for problem in one.exchange().problems] == [EpochChanged]
        ward.round()
        assert one.exchange().problems == ()
        told = {row.subject for row in town.registry.entries(one.enrolment.unit)}
        assert first in told


def test_a_place_counts_in_the_life_that_gave_it(pair: tuple[Counter, Counter]) -> None:
    one, _ = pair
    subject = one.receive()
    one.exchange()
    with one.journal.writing() as tx:
        [entry] = entries.of_subject(tx, subject)
        retelling.begin(tx, "two")
        bare = Answer(entry.id, entry.hash, Verdict.ACCEPTED)  # it has the entry, and not its body
        deliveries.settle(tx, entry.id, bare, 7, bare=True)
        retelling.begin(tx, "three")
        delivery = deliveries.of_entry(tx, entry.id)
    assert delivery is not None
    assert delivery.place is None
