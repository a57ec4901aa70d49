"""What a screen or a round asks the journal costs the same, however much of it is settled."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from sync.entry import new_id
from sync.journal import Journal, alarms, deliveries, drafts, entries, numbers, ranges, references, revisions
from sync.journal.revisions import Turn
from tests.sync.conftest import MORNING, UNIT, FakeClocks

DEVICE = "device:q3"
DAY = (MORNING + timedelta(days=1)).date()
LISTS: dict[str, Callable[[Connection], object]] = {
    "the outbox": lambda tx: deliveries.pending(tx, 10),
    "the mailbox": deliveries.unsettled,
    "its flags": deliveries.flagged,
    "its alarms": lambda tx: alarms.unsettled(tx, UNIT),
    "its files": references.owners_of_waiting,
    "the banner": deliveries.counts,
    "what was not taken": deliveries.parked,
    "what lies here alone": deliveries.only_here,
    "its own files": deliveries.files_only_here,
    "a day": lambda tx: deliveries.of_day(tx, DAY),
    "ranges of a day": lambda tx: ranges.of_day(tx, "dossier", DAY),
    "turns held here": lambda tx: revisions.held(tx, "LanhDao", DEVICE),
    "turns with a person": revisions.with_person,
    "acts of the unit": lambda tx: entries.of_kinds(tx, UNIT, ["line_lost"]),
    "changes": lambda tx: entries.changes_since(tx, entries.last_change(tx) - 3, 10),
    "drafts": drafts.all,
}


def test_no_list_costs_more_when_ten_times_as_much_is_settled(
    journal: Journal, officer, answer, clocks: FakeClocks
) -> None:
    def settle(count: int) -> None:
        """Receive and sign so many dossiers, of which nothing is to be done any more."""
        for _ in range(count):
            clocks.pass_by(timedelta(days=3))
            with journal.act(officer) as act:
                subject, document = new_id(), new_id()
                value = numbers.provisional(act.tx, "TAM", DAY, journal.chain)
                number = {"series": "TAM", "value": value, "code": f"TAM-{value}"}
                sha256 = new_id().replace("-", "") * 2
                act.add(subject, "received", {"number": number, "files": [sha256]})
                revisions.begin(act.tx, document, sha256)
                revisions.give_turn(act.tx, Turn(document, "", ""))
                references.uploaded(act.tx, sha256)
        with journal.writing() as tx:
            deliveries.acknowledge(tx, [answer(each) for each in deliveries.pending(tx, count)])

    settle(20)
    few = costs(journal)
    settle(200)
    many = costs(journal)

    # A day is found by halves.
    assert {name: (few[name], many[name]) for name in LISTS if many[name] > few[name] * 1.5 + 50} == {}


def costs(journal: Journal) -> dict[str, int]:
    """For each list, how many instructions the database's machine runs."""
    with journal.reading() as tx:
        connection: Any = tx.connection.driver_connection
        done = 0

        def one_more() -> int:
            nonlocal done
            done += 1
            return 0

        found = {}
        connection.set_progress_handler(one_more, 1)
        for name, wanted in LISTS.items():
            done = 0
            wanted(tx)
            found[name] = done
        connection.set_progress_handler(None, 1)
        return found
