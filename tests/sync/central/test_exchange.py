"""One round with a real central system in another process, over a real journal."""

import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.central.database import open_database
from sync.central.feed import note_backup
from sync.central.numbers import day_of
from sync.client import HttpCentral
from sync.contract import wire
from sync.contract.messages import LeaseRequest
from sync.engine import NumbersAhead, exchange
from sync.errors import DeviceRefused, EntryNotTaken, Offline
from sync.heads import Told
from sync.journal import deliveries, entries, numbers, traffic
from sync.leases import Want
from sync.push import carried, push
from sync.transfer import Quota
from tests.sync.central import scenario
from tests.sync.central.fake_network import FakeNetwork
from tests.sync.central.unwatched import Unwatched
from tests.sync.central.world import (
    HOUSE,
    Counter,
    Enrolment,
    Registry,
    RunningCentral,
    a_setting,
    open_counter,
    open_registry,
    running_central,
)

_COUNTER = Path(__file__).parent / "run_counter.py"


def waiting(counter: Counter) -> int:
    with counter.journal.reading() as tx:
        return deliveries.counts(tx).entries


def verdicts(counter: Counter, subject: str) -> list[str]:
    with counter.journal.reading() as tx:
        found = [deliveries.of_entry(tx, entry.id) for entry in entries.history(tx, subject)]
    return [delivery.verdict for delivery in found if delivery]


def test_two_counters_share_a_unit(registry: Registry, tmp_path: Path) -> None:
    scenario.two_counters_share_a_unit(registry, tmp_path)


def test_whatever_a_known_hand_writes_is_answered(registry: Registry, tmp_path: Path) -> None:
    scenario.whatever_a_known_hand_writes_is_answered(registry, tmp_path)


def test_the_very_bytes_arrive(registry: Registry, counter: Counter) -> None:
    subject = counter.receive()
    counter.exchange()

    with counter.journal.reading() as tx:
        [written] = entries.of_subject(tx, subject)
    [kept] = [row for row in registry.entries(counter.enrolment.unit) if row.subject == subject]
    assert (kept.header, kept.sig, kept.salt, kept.body) == (
        written.header,
        written.sig,
        written.salt,
        written.body,
    )


def test_a_lost_answer_comes_by_the_feed_and_counts_once(
    registry: Registry, enrolment: Enrolment, network: FakeNetwork
) -> None:
    with open_counter(registry.through(enrolment, network.base)) as counter:
        counter.exchange()
        subject = counter.receive()
        network.lost_answers = 1
        with pytest.raises(Offline):
            push(counter.journal, counter.central, Unwatched(), Told())
        taken = [row.id for row in registry.entries(enrolment.unit) if row.subject == subject]
        assert (len(taken), waiting(counter)) == (1, 1)

        assert counter.exchange().sent == 0

        assert waiting(counter) == 0
        assert [row.id for row in registry.entries(enrolment.unit) if row.subject == subject] == taken


def test_an_outage_loses_nothing(registry: Registry, enrolment: Enrolment, network: FakeNetwork) -> None:
    with open_counter(registry.through(enrolment, network.base)) as counter:
        counter.exchange()
        network.down = True
        subjects = {counter.receive() for _ in range(60)}
        with pytest.raises(Offline):
            counter.exchange()
        assert waiting(counter) == 60

        network.down = False
        assert counter.exchange().sent == 60

        arrived = [row.subject for row in registry.entries(enrolment.unit) if row.kind == "received"]
        assert (waiting(counter), len(arrived), set(arrived)) == (0, 60, subjects)


@pytest.mark.parametrize("point", ["answer_not_noted", "answer_not_committed", "answer_noted"])
def test_a_counter_that_dies_around_an_answer_sends_each_act_once(
    registry: Registry, enrolment: Enrolment, point: str
) -> None:
    with open_counter(enrolment) as counter:
        subject = counter.receive()
    died = subprocess.run([sys.executable, str(_COUNTER), point, enrolment.as_json()], cwd=HOUSE, check=False)
    assert died.returncode == -9

    with open_counter(enrolment) as counter:
        assert waiting(counter) == (0 if point == "answer_noted" else 2)
        counter.exchange()

        assert waiting(counter) == 0
        assert verdicts(counter, subject) == ["accepted"]
    assert [row.seq for row in registry.entries(enrolment.unit)] == [1, 2]


def test_a_counter_that_dies_in_a_page_takes_the_page_again(
    registry: Registry, enrolment: Enrolment, tmp_path: Path, opened: Callable[[Enrolment], Counter]
) -> None:
    other = opened(registry.enrol(tmp_path / "other", unit=enrolment.unit))
    subject = other.receive()
    other.exchange()
    died = subprocess.run(
        [sys.executable, str(_COUNTER), "page_not_committed", enrolment.as_json()], cwd=HOUSE, check=False
    )
    assert died.returncode == -9

    counter = opened(enrolment)
    assert verdicts(counter, subject) == []
    assert counter.exchange().received == 2
    assert verdicts(counter, subject) == ["accepted"]


def test_central_that_dies_in_mid_batch_has_taken_all_or_nothing(tmp_path: Path) -> None:
    setting = a_setting(tmp_path / "central")
    with (
        running_central(replace(setting, pause_after=3)) as standing,
        open_registry(standing) as registry,
    ):
        enrolment = registry.enrol(tmp_path / "counter")
        with open_counter(enrolment) as counter:
            for _ in range(9):
                counter.receive()
        sending = subprocess.Popen(
            [sys.executable, str(_COUNTER), "", enrolment.as_json()], cwd=HOUSE, stderr=subprocess.DEVNULL
        )
        assert standing.says() == "standing still"
        standing.kill()
        assert sending.wait() == 1  # Offline
        assert registry.entries(enrolment.unit) == []
    with (
        running_central(setting) as again,
        open_registry(again) as registry,
        open_counter(registry.through(enrolment, again.base)) as counter,
    ):
        assert counter.exchange().sent == 10
        assert [row.seq for row in registry.entries(enrolment.unit)] == list(range(1, 11))


def test_central_ends_when_it_is_told_to(tmp_path: Path) -> None:
    central = RunningCentral(a_setting(tmp_path / "central"))

    assert central.stop() in {0, -15}


def test_a_conflict_parks_its_own_subject_only(registry: Registry, counter: Counter) -> None:
    stuck, free = counter.receive(), counter.receive()
    counter.act(stuck, "withdrawn", move={"from": "slip_issued", "to": "withdrawn"})
    counter.act(stuck, "noted", note="sau việc bị từ chối")
    counter.act(free, "slip_signed", move={"from": "received", "to": "slip_issued"})

    done = counter.exchange()

    assert done.parked == 1
    assert verdicts(counter, stuck) == ["accepted", "refused", "waits"]
    assert verdicts(counter, free) == ["accepted", "accepted"]
    with counter.journal.reading() as tx:
        [parked] = deliveries.parked(tx)
    assert (parked.reason, parked.owner) == ("move", "Trưởng bộ phận")
    assert [row.seq for row in registry.entries(counter.enrolment.unit)] == [1, 2, 3, 4, 5, 6]


def test_a_resolving_entry_lets_go_what_waits(counter: Counter) -> None:
    subject = counter.receive()
    refused = counter.act(subject, "withdrawn", move={"from": "gone", "to": "withdrawn"})
    counter.act(subject, "slip_signed", move={"from": "received", "to": "slip_issued"})
    counter.exchange()
    assert verdicts(counter, subject) == ["accepted", "refused", "waits"]

    counter.act(subject, "noted", resolves=[refused.id])
    counter.exchange()
    counter.exchange()

    assert verdicts(counter, subject)[-2:] == ["accepted", "accepted"]


@pytest.fixture
def failing_at(registry: Registry) -> Iterator[Callable[[str], None]]:
    """Make central's database fail whenever an entry of a subject is to be recorded."""
    made: list[str] = []

    def fail(subject: str) -> None:
        made.append(f"fails_{len(made)}")
        with registry.database.writing() as tx:
            tx.exec_driver_sql(
                f"CREATE TRIGGER {made[-1]} BEFORE INSERT ON entries WHEN NEW.subject = '{subject}' "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )

    yield fail
    with registry.database.writing() as tx:
        for trigger in made:
            tx.exec_driver_sql(f"DROP TRIGGER {trigger}")


def test_an_entry_at_which_central_fails_holds_back_its_own_subject_only(
    counter: Counter, failing_at: Callable[[str], None]
) -> None:
    subjects = [counter.receive() for _ in range(12)]
    stuck = subjects[4]
    counter.act(stuck, "noted")
    failing_at(stuck)
    today = datetime.fromisoformat(day_of(datetime.now(UTC))).date()
    series = f"lanes-{counter.enrolment.unit}"

    done = counter.exchange(NumbersAhead([Want(series, 5)], [today]))

    assert verdicts(counter, stuck) == ["none", "none"]
    assert {tuple(verdicts(counter, free)) for free in subjects if free != stuck} == {("accepted",)}
    assert (done.sent, done.parked, done.leases) == (12, 0, 1)
    [problem] = done.problems
    assert isinstance(problem, EntryNotTaken)
    assert problem.facts["status"] == 500


def test_a_central_that_failed_says_that_it_hangs_up(
    counter: Counter, failing_at: Callable[[str], None]
) -> None:
    subject = counter.receive()
    failing_at(subject)
    with counter.journal.reading() as tx:
        told = [wire.carried_as_json(carried(entry)) for entry in entries.of_subject(tx, subject)]
    who = {"Authorization": f"Device {counter.enrolment.device}:{counter.enrolment.token}"}

    answer = requests.post(
        f"{counter.enrolment.base}/v1/entries", json={"entries": told}, headers=who, timeout=30
    )

    assert (answer.status_code, answer.headers["Connection"]) == (500, "close")


def test_what_central_failed_at_is_sent_once_it_is_mended(
    registry: Registry, counter: Counter, failing_at: Callable[[str], None]
) -> None:
    stuck, free = counter.receive(), counter.receive()
    failing_at(stuck)
    counter.exchange()
    with registry.database.writing() as tx:
        tx.exec_driver_sql("DROP TRIGGER fails_0")
        tx.exec_driver_sql("CREATE TRIGGER fails_0 BEFORE INSERT ON entries WHEN 0 BEGIN SELECT 1; END")

    done = counter.exchange()

    assert (verdicts(counter, stuck), verdicts(counter, free)) == (["accepted"], ["accepted"])
    assert done.problems == ()


def test_a_central_that_fails_at_everything_is_not_asked_entry_by_entry(
    registry: Registry, counter: Counter, failing_at: Callable[[str], None]
) -> None:
    for _ in range(40):
        failing_at(counter.receive())
    failing_at(counter.journal.unit)

    done = counter.exchange()

    assert (done.sent, len(done.problems)) == (0, 8)
    assert waiting(counter) == 41


def test_more_waiting_entries_than_a_batch_do_not_hide_the_rest(counter: Counter) -> None:
    stuck = counter.receive()
    counter.act(stuck, "withdrawn", move={"from": "gone", "to": "withdrawn"})
    for _ in range(60):
        counter.act(stuck, "noted")
    counter.exchange()
    free = counter.receive()

    counter.exchange()

    assert verdicts(counter, free) == ["accepted"]
    assert waiting(counter) == 60


def test_an_unknown_kind_is_kept_and_forwarded(
    registry: Registry, counter: Counter, tmp_path: Path, opened: Callable[[Enrolment], Counter]
) -> None:
    other = opened(registry.enrol(tmp_path / "other", unit=counter.enrolment.unit))
    subject = counter.receive()
    act = counter.act(subject, "of_next_year", anything={"at": "all"})
    counter.exchange()
    other.exchange()

    with other.journal.reading() as tx:
        [_, arrived] = entries.of_subject(tx, subject)
    assert (arrived.header, arrived.body) == (act.header, act.body)


def test_a_large_file_goes_on_where_it_was_cut(
    registry: Registry, enrolment: Enrolment, network: FakeNetwork
) -> None:
    data = b"".join(uuid.uuid4().bytes for _ in range(5 * 65536))  # 5 MiB
    with open_counter(registry.through(enrolment, network.base)) as counter:
        sha256 = counter.files.put(data)
        counter.receive(files=[sha256])
        network.up_left = 3_400_000
        with pytest.raises(Offline):
            counter.exchange()

        network.up_left, network.sent_up = None, 0
        assert counter.exchange().files_sent == 1

        assert network.sent_up < len(data) - 2 * 1024 * 1024
        assert counter.central.get_file(sha256) == data


def asked_in(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what one round asks, by path."""
    asked: list[str] = []
    send = HttpCentral._send

    def noting(central: HttpCentral, method: str, path: str, *args: Any, **more: Any) -> Any:
        asked.append(path)
        return send(central, method, path, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(HttpCentral, "_send", noting)
        counter.exchange()
    return asked


def test_a_round_with_nothing_to_say_and_to_hear_asks_one_question(
    counter: Counter, registry: Registry, opened: Callable[[Enrolment], Counter], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    counter.receive()
    counter.exchange()
    assert asked_in(counter, monkeypatch) == ["/news"]

    with registry.database.writing() as tx:
        note_backup(tx, {counter.enrolment.unit: 1})
    assert asked_in(counter, monkeypatch) == ["/news", "/feed", "/authors"]
    assert asked_in(counter, monkeypatch) == ["/news"]

    neighbour = opened(registry.enrol(tmp_path / "neighbour", unit=counter.enrolment.unit))
    assert asked_in(counter, monkeypatch) == ["/news", "/authors"]
    neighbour.receive()
    neighbour.exchange()
    assert asked_in(counter, monkeypatch) == ["/news", "/feed", "/authors"]
    assert asked_in(counter, monkeypatch) == ["/news"]


def test_what_was_cut_and_sent_again_is_counted_as_it_left(
    registry: Registry, enrolment: Enrolment, network: FakeNetwork
) -> None:
    data = uuid.uuid4().bytes * 65536  # 1 MiB
    with open_counter(registry.through(enrolment, network.base)) as counter:
        counter.receive(files=[counter.files.put(data)])
        parts = replace(counter.parts(), quota=Quota("2026-11-20"))
        network.up_left = 400_000
        with pytest.raises(Offline):
            exchange(parts, NumbersAhead(), Unwatched())
        with counter.journal.reading() as tx:
            cut = traffic.sent_on(tx, "2026-11-20")
        network.up_left = None
        exchange(parts, NumbersAhead(), Unwatched())
        with counter.journal.reading() as tx:
            whole = traffic.sent_on(tx, "2026-11-20")

    assert 0 < cut < whole
    assert whole >= len(data)


def test_a_lost_lease_answer_brings_the_same_range(
    registry: Registry, enrolment: Enrolment, network: FakeNetwork, opened: Callable[[Enrolment], Counter]
) -> None:
    today = datetime.fromisoformat(day_of(datetime.now(UTC))).date()
    ahead = NumbersAhead([Want(f"one-{enrolment.unit}", 10)], [today])
    counter = opened(registry.through(enrolment, network.base))
    counter.exchange()
    wish = LeaseRequest(
        str(uuid.uuid4()), counter.journal.chain, f"one-{enrolment.unit}", today.isoformat(), 10
    )
    with counter.journal.writing() as tx:
        numbers.ask(tx, wish)
    first = counter.central.lease(wish)
    network.lost_answers = 1
    with pytest.raises(Offline):
        counter.central.lease(wish)

    assert counter.exchange(ahead).leases == 1

    with counter.journal.reading() as tx:
        [(lease, signed)] = numbers.held(tx, counter.journal.chain)
        left = numbers.left(tx, f"one-{enrolment.unit}", today, counter.journal.chain)
    assert (lease.first, lease.last, signed, left) == (1, 10, first, 10)


def test_a_device_that_is_not_known_parks_nothing(registry: Registry, enrolment: Enrolment) -> None:
    stranger = replace(enrolment, token="x")
    with open_counter(stranger) as counter:
        counter.receive()
        with pytest.raises(DeviceRefused):
            counter.exchange()
        assert waiting(counter) == 2
        with counter.journal.reading() as tx:
            assert deliveries.parked(tx) == ()


def test_a_watcher_may_stop_the_round(counter: Counter) -> None:
    class Impatient:
        def step(self, done: int, total: int, doing: str = "") -> None:
            raise InterruptedError

    counter.receive()
    with pytest.raises(InterruptedError):
        exchange(counter.parts(), NumbersAhead(), Impatient())

    assert waiting(counter) == 2


def test_legal_time_follows_central(counter: Counter) -> None:
    counter.exchange()
    entry = counter.act(counter.enrolment.unit, "noted")

    assert entry.clock.server is not None
    assert entry.clock.age is not None


def test_opening_a_database_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'central.db'}"
    open_database(url).close()
    database = open_database(url)
    with database.reading() as tx:
        assert len(tx.exec_driver_sql("SELECT version_num FROM alembic_version").all()) == 1
    database.close()
