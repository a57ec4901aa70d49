"""A day held against a real central: what agrees is counted, and whatever does not is named."""

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from sync.body import Voided, voids
from sync.central import schema
from sync.clock import bounds_of_day, office_day
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import LeaseRequest, Signed
from sync.contract.wire import day_as_json
from sync.day import Compared, Odd, ask, compare
from sync.engine import NumbersAhead
from sync.errors import StatementForged
from sync.journal import deliveries, doubts, numbers, ranges
from sync.keys import Ed25519Signer
from sync.leases import Want
from tests.sync.central.world import Counter, Enrolment, Registry

TODAY = office_day(datetime.now(UTC))


def numbered(counter: Counter, **body: object) -> str:
    """Receive under a leased number, as a counter does."""
    series = f"dossier-{counter.enrolment.unit}"
    subject = str(uuid.uuid4())
    with counter.journal.act(counter.enrolment.officer_signer) as act:
        value = numbers.take(act.tx, series, TODAY, counter.journal.chain)
        number = {"series": series, "value": value, "code": f"{counter.enrolment.unit}-{value:04d}"}
        move = {"from": None, "to": "received"}
        act.add(subject, "received", {"move": move, "number": number, **body})
    return subject


def beside(counter: Counter, day: date = TODAY) -> Compared:
    account = counter.enrolment
    return compare(counter.journal, day, ask(counter.central, account.device, day, account.central_key))


def odd(compared: Compared) -> list[Odd]:
    return [each.odd for each in compared.found]


@pytest.fixture
def ready(counter: Counter) -> Counter:
    """A counter with numbers at hand and nothing to send."""
    counter.exchange(NumbersAhead([Want(f"dossier-{counter.enrolment.unit}", 5)], [TODAY]))
    return counter


def test_a_day_that_agrees_counts_everything_on_both_sides(ready: Counter) -> None:
    paper = ready.files.put(b"%PDF-1.7 " + uuid.uuid4().bytes)
    for _ in range(3):
        numbered(ready, files=[paper])
    ready.exchange()

    day = beside(ready)

    assert day.found == ()
    assert (len(day.ours), day.there) == (4, 4)  # the chain's opening, and three dossiers
    assert [number.value for number, _ in day.numbers] == [1, 2, 3]
    assert day.asked_at is not None
    assert abs(day.asked_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_was_not_sent_is_named_with_and_without_central(ready: Counter) -> None:
    subject = numbered(ready)

    alone, asked = compare(ready.journal, TODAY, None), beside(ready)

    assert (odd(alone), alone.asked_at) == ([Odd.NOT_SENT], None)
    assert odd(asked) == [Odd.NOT_SENT]
    assert asked.found[0].subject == subject


def test_what_was_not_taken_says_why_and_what_waits_behind_it(ready: Counter) -> None:
    subject = numbered(ready)
    ready.act(subject, "withdrawn", move={"from": "gone", "to": "withdrawn"})
    ready.act(subject, "noted")
    ready.exchange()

    day = beside(ready)

    assert odd(day) == [Odd.NOT_TAKEN, Odd.WAITS]
    assert (day.found[0].reason, day.found[0].owner != "") == ("move", True)


def test_a_file_that_central_lacks_is_named(ready: Counter, registry: Registry) -> None:
    paper = ready.files.put(b"%PDF-1.7 " + uuid.uuid4().bytes)
    subject = numbered(ready, files=[paper])
    ready.exchange()
    with registry.database.writing() as tx:
        tx.execute(delete(schema.files).where(schema.files.c.sha256 == paper))

    day = beside(ready)

    assert [(each.odd, each.subject) for each in day.found] == [(Odd.FILE_NOT_THERE, subject)]


def test_an_entry_that_central_lost_is_named(ready: Counter, registry: Registry) -> None:
    subject = numbered(ready)
    ready.exchange()
    with registry.database.writing() as tx:
        lost = [row.hash for row in registry.entries(ready.enrolment.unit) if row.subject == subject]
        tx.execute(delete(schema.number_uses).where(schema.number_uses.c.entry.in_(lost)))
        tx.execute(delete(schema.entries).where(schema.entries.c.hash.in_(lost)))

    day = beside(ready)

    assert [(each.odd, each.subject) for each in day.found] == [(Odd.NOT_THERE, subject)]
    assert day.there == len(day.ours) - 1


def test_another_answer_than_ours_is_named(ready: Counter, registry: Registry) -> None:
    subject = numbered(ready)
    ready.exchange()
    with registry.database.writing() as tx:
        those = schema.entries.c.subject == subject
        tx.execute(update(schema.entries).where(those).values(verdict="refused"))

    assert odd(beside(ready)) == [Odd.ANSWERED_OTHERWISE]


def test_a_number_under_another_code_is_named(ready: Counter, registry: Registry) -> None:
    subject = numbered(ready)
    ready.exchange()
    with registry.database.writing() as tx:
        uses = schema.number_uses
        mine = uses.c.series == f"dossier-{ready.enrolment.unit}"
        tx.execute(update(uses).where(mine).values(code="khác"))

    day = beside(ready)

    assert [(each.odd, each.subject) for each in day.found] == [(Odd.NUMBER_ELSEWHERE, subject)]


def test_work_that_central_has_of_us_and_we_have_not_is_named(
    ready: Counter, enrolment: Enrolment, opened: Callable[[Enrolment], Counter]
) -> None:
    twin = opened(replace(enrolment, folder=enrolment.folder.with_name("twin")))
    twin.receive()
    twin.exchange()

    day = beside(ready)

    strangers = [each for each in day.found if each.odd is Odd.NOT_OURS]
    assert [each.place for each in strangers] == [f"{twin.journal.chain}:1", f"{twin.journal.chain}:2"]
    assert len(strangers) == len(day.found)


def test_another_day_and_another_device_are_left_out(
    ready: Counter, registry: Registry, opened: Callable[[Enrolment], Counter]
) -> None:
    other = opened(registry.enrol(ready.enrolment.folder.with_name("other"), unit=ready.enrolment.unit))
    other.receive()
    other.exchange()
    ready.exchange()

    today, yesterday = beside(ready), beside(ready, TODAY - timedelta(days=1))

    assert (today.found, len(today.ours)) == ((), 1)
    assert (yesterday.found, yesterday.ours) == ((), ())


def test_a_day_is_the_offices_own() -> None:
    first, end = bounds_of_day(date(2026, 11, 27))

    assert (first, end) == (datetime(2026, 11, 26, 17, tzinfo=UTC), datetime(2026, 11, 27, 17, tzinfo=UTC))


def test_the_journal_reads_a_day_from_where_it_begins(ready: Counter) -> None:
    ready.receive()
    with ready.journal.reading() as tx:
        found = [delivery.entry.kind for delivery in deliveries.of_day(tx, TODAY)]
        before = deliveries.of_day(tx, TODAY - timedelta(days=1))
        after = deliveries.of_day(tx, TODAY + timedelta(days=1))

    assert (found, before, after) == (["chain_opened", "received"], (), ())


class Liar:
    """A central that answers what it is told to."""

    def __init__(self, answer: Signed) -> None:
        self._answer = answer

    def day(self, _day: str) -> Signed:
        return self._answer


@pytest.mark.parametrize("lie", ["nobody", "purpose", "device", "day", "time", "verdict", "rubbish"])
def test_an_account_that_central_did_not_sign_for_this_day_is_not_believed(ready: Counter, lie: str) -> None:
    account = ready.enrolment
    told = day_as_json(ask(ready.central, account.device, TODAY, account.central_key))
    signer = Ed25519Signer("central", b"k" * 32)
    match lie:
        case "device" | "day":
            told[lie] = "2026-01-01"
        case "time":
            told["at"] = "bây giờ"
        case "verdict":
            told["entries"][0]["verdict"] = "perhaps"  # type: ignore[index]
    data = b"[]" if lie == "rubbish" else as_json(told)
    purpose = seals.HEAD if lie == "purpose" else seals.DAY
    key = account.central_key if lie == "nobody" else signer.public_bytes

    with pytest.raises(StatementForged):
        ask(Liar(seals.seal(data, purpose, signer)), account.device, TODAY, key)  # type: ignore[arg-type]

    assert json.loads(data) is not None


TOMORROW = TODAY + timedelta(days=1)


def in_sum(compared: Compared) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Return size, used, void and apart of each range, here and at central."""
    here = [(each.size, len(each.used), each.void, each.apart) for each in compared.ranges]
    return here, [(each.size, each.used, each.void, each.apart) for each in compared.ranges_there]


def a_day_later(counter: Counter, day: date = TODAY) -> Compared:
    """Hold the day's ranges against central's account as it is done on the day after."""
    account = counter.enrolment
    told = ask(counter.central, account.device, day, account.central_key)
    return compare(counter.journal, day, told, f"dossier-{account.unit}", TOMORROW)


def call_void(counter: Counter, **other: object) -> None:
    """Say what nobody took of the ranges whose day is over, as the day after begins."""
    with counter.journal.act(counter.enrolment.device_signer) as act:
        those = ranges.to_void(act.tx, counter.journal.chain, TOMORROW)
        act.add(counter.journal.unit, "noted", {"voids": voids([replace(each, **other) for each in those])})


def test_every_number_of_a_range_is_used_or_void_on_both_sides(ready: Counter) -> None:
    for _ in range(2):
        numbered(ready)
    ready.exchange()
    before = a_day_later(ready)
    assert odd(before) == [Odd.RANGE_NOT_ENDED]
    assert in_sum(before) == ([(5, 2, 0, 0)], [(5, 2, 0, 0)])

    call_void(ready)
    assert odd(a_day_later(ready)) == [Odd.NOT_SENT, Odd.VOID_NOT_SENT]
    ready.exchange()

    after = a_day_later(ready)
    assert after.found == ()
    assert in_sum(after) == ([(5, 2, 3, 0)], [(5, 2, 3, 0)])
    with ready.journal.reading() as tx:
        assert numbers.left(tx, f"dossier-{ready.enrolment.unit}", TODAY, ready.journal.chain) == 0
        assert ranges.to_void(tx, ready.journal.chain, TOMORROW) == ()


def test_a_range_whose_answer_was_lost_is_void_as_a_whole(ready: Counter) -> None:
    series = f"dossier-{ready.enrolment.unit}"
    lost = LeaseRequest(str(uuid.uuid4()), ready.journal.chain, series, TODAY.isoformat(), 7)
    with ready.journal.writing() as tx:
        numbers.ask(tx, lost)
    ready.central.lease(lost)

    call_void(ready)
    ready.exchange()

    here, there = in_sum(a_day_later(ready))
    assert here == [(0, 0, 0, 0), (5, 0, 5, 0)]
    assert there == [(5, 0, 5, 0), (7, 0, 7, 0)]
    assert odd(a_day_later(ready)) == []


def test_numbers_of_a_chain_that_ended_are_set_apart(
    ready: Counter, enrolment: Enrolment, opened: Callable[[Enrolment], Counter]
) -> None:
    numbered(ready)
    ready.exchange()
    with ready.journal.writing() as tx:
        doubts.note(tx, ready.journal.chain, "second_hash")
    ready.exchange()  # ends the chain
    ready.exchange()  # and says so

    day = a_day_later(ready)

    assert day.found == ()
    assert in_sum(day) == ([(5, 1, 0, 4)], [(5, 1, 0, 4)])


def test_a_number_that_was_called_void_and_is_used_all_the_same_is_an_alarm(
    ready: Counter, registry: Registry
) -> None:
    numbered(ready)
    call_void(ready, unused=((1, 5),))  # it says of a used number that nobody took it
    ready.exchange()
    assert "number_void" in {alarm.reason for alarm in registry.alarms(ready.enrolment.unit)}
    _, there = in_sum(a_day_later(ready))
    assert there == [(5, 1, 4, 0)]
    assert sum(there[0][1:]) == there[0][0]


def test_no_entry_calls_void_what_another_chain_holds(ready: Counter) -> None:
    foreign = Voided(str(uuid.uuid4()), f"dossier-{ready.enrolment.unit}", TODAY.isoformat(), ((1, 2),))
    with (
        pytest.raises(RuntimeError, match="does not hold"),
        ready.journal.act(ready.enrolment.device_signer) as act,
    ):
        act.add(ready.journal.unit, "noted", {"voids": voids([foreign])})
