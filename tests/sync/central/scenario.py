"""The core of the exchange, told once and played on both databases."""

import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.central.numbers import day_of
from sync.client import Account, HttpCentral
from sync.day import Odd, ask, compare
from sync.engine import NumbersAhead
from sync.entry import NO_HASH, Entry
from sync.heads import Told
from sync.journal import deliveries, entries, numbers, references
from sync.leases import Want
from sync.push import carried, push
from sync.redaction import REDACTED, redacts
from tests.sync.central.chain_writer import ChainWriter
from tests.sync.central.unwatched import Unwatched
from tests.sync.central.world import Counter, Registry, open_counter

SERIES = "dossier"


def two_counters_share_a_unit(registry: Registry, folder: Path) -> None:
    """Entries, files, numbers and documents go up once and come down to the other counter; a late request conflicts."""
    today = datetime.fromisoformat(day_of(datetime.now(UTC))).date()
    first = registry.enrol(folder / "first")
    second = registry.enrol(folder / "second", unit=first.unit)
    with open_counter(first) as one, open_counter(second) as two:
        granted = one.exchange(NumbersAhead([Want(f"{SERIES}-{first.unit}", 20)], [today]))
        assert (granted.leases, granted.documents) == (1, ("catalogue", "calendar"))

        subject = str(uuid.uuid4())
        paper = one.files.put(b"%PDF-1.7 " + uuid.uuid4().bytes)
        with one.journal.act(first.officer_signer) as act:
            series = f"{SERIES}-{first.unit}"
            value = numbers.take(act.tx, series, today, one.journal.chain)
            assert value == 1
            act.add(
                subject,
                "received",
                {
                    "set": {"applicant": {"name": "Trần Văn Bình"}},
                    "move": {"from": None, "to": "received"},
                    "files": [paper],
                    "number": {"series": series, "value": value, "code": f"{first.unit}-0001"},
                },
            )
        sent = one.exchange()
        assert (sent.sent, sent.parked, sent.files_sent) == (1, 0, 1)
        assert two.exchange().received == 2  # the other's chain_opened and acceptance

        two.act(subject, "withdrawn", move={"from": "received", "to": "withdrawn"})
        one.act(subject, "withdrawn", move={"from": "received", "to": "withdrawn"})
        assert two.exchange().parked == 0
        assert one.exchange().parked == 1

        with one.journal.reading() as tx:
            assert [delivery.reason for delivery in deliveries.parked(tx)] == ["state"]
            assert references.not_uploaded(tx) == ()
        rows = registry.entries(first.unit)
        assert len({row.id for row in rows}) == len(rows) == 5
        assert [row.position for row in sorted(rows, key=lambda r: r.position)] == [1, 2, 3, 4, 5]

        day = compare(one.journal, today, ask(one.central, first.device, today, first.central_key))
        assert ([each.odd for each in day.found], day.there, len(day.numbers)) == ([Odd.NOT_TAKEN], 2, 1)


def push_at_once(registry: Registry, folder: Path, unit: str, reader: Counter) -> None:
    """Two counters send at the same time while the reader reads; it ends with everything, by its own cursor."""
    with ExitStack() as stack:
        writers = [
            stack.enter_context(open_counter(registry.enrol(folder / name, unit=unit))) for name in ("a", "b")
        ]
        for writer in writers:
            for _ in range(60):
                writer.receive()
        with ThreadPoolExecutor(2) as pool:
            pushes = [
                pool.submit(push, writer.journal, writer.central, Unwatched(), Told()) for writer in writers
            ]
            while not all(sent.done() for sent in pushes):
                reader.exchange()
            assert [sent.result().sent for sent in pushes] == [61, 61]
        reader.exchange()
        with reader.journal.reading() as tx:
            known = [
                entry.id
                for writer in writers
                for subject in {entry.subject for entry in own(writer)}
                for entry in entries.of_subject(tx, subject)
            ]
        assert {entry.id for writer in writers for entry in own(writer)} <= set(known)


def own(counter: Counter) -> list[Entry]:
    """Return the acceptances of a counter's own chain."""
    with counter.journal.reading() as tx:
        subjects = {subject for _, subject in entries.changes_since(tx, 0)} - {counter.enrolment.unit}
        return [entry for subject in subjects for entry in entries.of_subject(tx, subject)]


def whatever_a_known_hand_writes_is_answered(registry: Registry, folder: Path) -> None:
    """No word in a body is more than the database can take, and what comes after it is taken."""
    known = registry.enrol(folder / "hostile", role="leader")
    pen, opener = ChainWriter(known.officer_signer), ChainWriter(known.device_signer)
    long, nothing = secrets.token_hex(8000), "a\0b"
    number, void = {"series": "s", "value": 1}, {"request_id": "r", "series": "s", "day": "2026-11-20"}
    bodies: list[dict[str, Any]] = [
        {"number": {**number, "code": long}},
        {"number": {**number, "code": nothing}},
        {"number": {**number, "code": "c", "series": nothing}},
        {"voids": [{**void, "request_id": nothing, "unused": None}]},
        {"voids": [{**void, "day": long, "unused": None}]},
        {"voids": [{**void, "unused": [[n, n] for n in range(1, 4000, 2)]}]},
        {"resolves": [nothing, long]},
        {"resolves": [str(n) for n in range(70_000)]},
    ]
    offered = [pen.write(str(uuid.uuid4()), "noted", body) for body in bodies]
    offered.append(pen.write(str(uuid.uuid4()), REDACTED, dict(redacts([nothing, long], [nothing, long]))))
    for after in ({"chain": nothing, "hash": long}, {"chain": pen.chain, "hash": "0" * 64}):
        opener.chain, opener.seq, opener.last = str(uuid.uuid4()), 0, NO_HASH
        offered.append(opener.write(known.unit, "chain_opened", {"after": {"seq": 10**30, **after}}))
    offered.append(pen.write(str(uuid.uuid4()), "noted"))
    with HttpCentral(known.base, Account(known.device, known.token)) as central:
        said = [central.offer([carried(entry)]).answers[0] for entry in offered]
    refused = [(answer.verdict, answer.reason) for answer in said[:3]]
    assert refused == [("refused", "body")] * 3
    assert {answer.verdict for answer in said[3:]} == {"accepted"}
