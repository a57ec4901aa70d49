"""The desks of a ward with a hub, and what a test asks of them."""

from sync.errors import Offline
from sync.fold import Subject, fold
from sync.journal import deliveries, entries, retelling
from tests.sync.central.told import ahead
from tests.sync.central.ward import Ward
from tests.sync.central.world import RULES, Counter

SIGNED = {"move": {"from": "received", "to": "slip_issued"}}
APPROVED = {"move": {"from": "slip_issued", "to": "approved"}}

Desks = tuple[Counter, Counter, Counter]


def seen(counter: Counter, subject: str) -> Subject:
    with counter.journal.reading() as tx:
        return fold(entries.of_subject(tx, subject), RULES)


def state(counter: Counter, subject: str) -> str | None:
    return seen(counter, subject).state


def at_the_city(ward: Ward, subject: str) -> list[tuple[str, str]]:
    rows = [row for row in ward.town.registry.entries(ward.unit) if row.subject == subject]
    return [(row.kind, row.verdict) for row in sorted(rows, key=lambda row: row.position or 0)]


def rounds(ward: Ward, desks: Desks, times: int = 2) -> None:
    """Let everybody exchange, and the hub in between, until nothing new comes of it."""
    for _ in range(times):
        for desk in desks:
            desk.exchange(ahead(desk))
        ward.round()
    for desk in desks:
        desk.exchange(ahead(desk))


def failing_round(ward: Ward) -> None:
    """Let the hub try while its line is at fault."""
    try:
        ward.round()
    except Offline:
        return
    raise AssertionError("the line holds")


def open_entries(counter: Counter) -> int:
    with counter.journal.reading() as tx:
        return deliveries.counts(tx).entries + len(retelling.lost(tx))
