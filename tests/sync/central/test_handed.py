"""What one counter handed to another by hand: central hears both of either, in the order in which one built on the other."""

import uuid
from dataclasses import replace
from pathlib import Path

from sync.central import accounts
from sync.entry import Entry
from sync.journal import deliveries, entries, handed
from tests.sync.central.world import Counter, Registry, an_officer, open_counter


def hand(giver: Counter, taker: Counter, subject: str) -> tuple[Entry, ...]:
    with giver.journal.reading() as tx:
        found = handed.to_hand(tx, {subject})
    with taker.journal.writing() as tx:
        return handed.take_in(tx, found)


def verdicts(counter: Counter, subject: str) -> list[tuple[str, str]]:
    with counter.journal.reading() as tx:
        found = [deliveries.of_entry(tx, entry.id) for entry in entries.history(tx, subject)]
    return [(each.entry.kind, each.verdict) for each in found if each]


def test_the_taker_tells_central_both_and_the_giver_finds_nothing_doubled(
    registry: Registry, tmp_path: Path
) -> None:
    first = registry.enrol(tmp_path / "first")
    second = registry.enrol(tmp_path / "second", unit=first.unit)
    with open_counter(first) as giver, open_counter(second) as taker:
        other = giver.receive()  # of nobody's concern, but of the same chain: no gap may be seen
        subject = giver.receive()
        assert len(hand(giver, taker, subject)) == 3  # with the opening of its chain
        taker.act(subject, "withdrawn", move={"from": "received", "to": "withdrawn"})

        assert taker.exchange().sent == 5
        assert giver.exchange().received == 2
        assert taker.exchange().received == 0
        for counter in (giver, taker):
            assert verdicts(counter, subject) == [("received", "accepted"), ("withdrawn", "accepted")]
            assert verdicts(counter, other) == [("received", "accepted")]
        assert registry.alarms(first.unit) == []
        assert len(registry.entries(first.unit)) == 5


def test_what_was_built_on_an_entry_waits_until_central_has_settled_that_one(
    registry: Registry, tmp_path: Path
) -> None:
    """Central does not know yet who wrote it: only that is offered, not what another counter did on it."""
    first = registry.enrol(tmp_path / "first")
    second = registry.enrol(tmp_path / "second", unit=first.unit)
    stranger = replace(first, officer="can-bo-moi", officer_key=bytes([7]) * 32)
    with open_counter(stranger) as giver, open_counter(second) as taker:
        subject, mine = giver.receive(), taker.receive()
        hand(giver, taker, subject)
        taker.act(subject, "withdrawn", move={"from": "received", "to": "withdrawn"})

        taker.exchange()
        assert verdicts(taker, subject) == [("received", "waits"), ("withdrawn", "none")]
        assert verdicts(taker, mine) == [("received", "accepted")]

        with registry.database.writing() as tx:
            accounts.enrol_officer(tx, an_officer(stranger))
        taker.exchange()
        assert verdicts(taker, subject) == [("received", "accepted"), ("withdrawn", "accepted")]
        assert registry.alarms(first.unit) == []


def test_a_subject_of_many_counters_goes_up_in_one_round(registry: Registry, tmp_path: Path) -> None:
    first = registry.enrol(tmp_path / "first")
    second = registry.enrol(tmp_path / "second", unit=first.unit)
    with open_counter(first) as giver, open_counter(second) as taker:
        subject = str(uuid.uuid4())
        giver.act(subject, "received", move={"from": None, "to": "received"})
        for counter, back in ((taker, giver), (giver, taker), (taker, giver)):
            hand(back, counter, subject)
            counter.act(subject, "noted")
        giver_knows, taker_knows = verdicts(giver, subject), verdicts(taker, subject)
        assert (len(giver_knows), len(taker_knows)) == (3, 4)
        taker.exchange()
        assert {verdict for _, verdict in verdicts(taker, subject)} == {"accepted"}
        giver.exchange()
        assert len(verdicts(giver, subject)) == 4
        assert registry.alarms(first.unit) == []
