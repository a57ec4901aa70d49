"""What a restored central and its counters tell of a subject, for the tests of a restore."""

import uuid
from datetime import UTC, date, datetime

from sqlalchemy import select

from sync.central.schema import alarms as alarm_rows
from sync.clock import office_day
from sync.engine import NumbersAhead
from sync.journal import deliveries, entries, numbers, retelling
from sync.leases import Want
from tests.sync.central.town import Town
from tests.sync.central.world import Counter

WITHDRAWN = {"move": {"from": "received", "to": "withdrawn"}}


def today() -> date:
    return office_day(datetime.now(UTC))


def series_of(counter: Counter) -> str:
    return f"dossier-{counter.enrolment.unit}"


def ahead(counter: Counter, *days: date) -> NumbersAhead:
    """Want twenty numbers for today, unless other days are named."""
    return NumbersAhead([Want(series_of(counter), 20)], days or [today()])


def renamed(to: str, seen: str) -> dict[str, object]:
    return {"set": {"applicant": {"name": to}}, "base_values": {"applicant": {"name": seen}}}


def verdicts(counter: Counter, subject: str) -> list[tuple[str, str]]:
    with counter.journal.reading() as tx:
        told = [deliveries.of_entry(tx, entry.id) for entry in entries.history(tx, subject)]
    return [(each.entry.kind, each.verdict) for each in told]


def feed_of(town: Town, unit: str) -> list[tuple[str, str, str]]:
    rows = sorted(town.registry.entries(unit), key=lambda row: row.position or 0)
    return [(row.id, row.verdict, row.flags) for row in rows]


def order(counter: Counter, subject: str) -> list[str]:
    with counter.journal.reading() as tx:
        return [entry.id for entry in entries.of_subject(tx, subject)]


def waits(counter: Counter) -> int:
    with counter.journal.reading() as tx:
        return deliveries.counts(tx).entries + len(retelling.lost(tx))


def numbered(counter: Counter, series: str, day: date) -> int | None:
    with counter.journal.act(counter.enrolment.officer_signer) as act:
        value = numbers.take(act.tx, series, day, counter.journal.chain)
        body = {"set": {"applicant": {"name": "Có số"}}, "move": {"from": None, "to": "received"}}
        number = {"series": series, "value": value, "code": f"{series}-{value}"}
        act.add(str(uuid.uuid4()), "received", {**body, "number": number})
        return value


def left(counter: Counter, series: str, day: date) -> int:
    with counter.journal.reading() as tx:
        return numbers.left(tx, series, day, counter.journal.chain)


def flags(town: Town, unit: str) -> list[str]:
    with town.registry.database.reading() as tx:
        found = select(alarm_rows.c.reason).where(
            alarm_rows.c.unit == unit, alarm_rows.c.settled_at.is_(None)
        )
        return list(tx.execute(found).scalars())
