"""Central lets in so many writers at once; the others are asked to come again, and nothing is lost by that."""

import hashlib
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from sync.central import passwords, schema
from sync.central.admission import Admission
from sync.central.database import open_database
from sync.central.refusal import Refusal
from sync.client import Account, HttpCentral
from sync.errors import CentralBusy
from sync.journal import deliveries, references
from tests.sync.central.test_contract import conforms
from tests.sync.central.world import (
    Counter,
    Enrolment,
    Registry,
    RunningCentral,
    a_setting,
    open_registry,
    running_central,
)

COUNTERS, WRITERS = 6, 2
DATA = b"a scan of a page"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentral]:
    setting = replace(a_setting(tmp_path_factory.mktemp("central")), writers=WRITERS)
    with running_central(setting) as central:
        yield central


@pytest.fixture(scope="module")
def registry(central: RunningCentral) -> Iterator[Registry]:
    with open_registry(central) as registry:
        yield registry


@contextmanager
def in_mid_sentence(central: RunningCentral, known: Enrolment) -> Iterator[socket.socket]:
    """Begin to send a part of a file, and hold the place: central wants to read the body, and it does not come."""
    told = (
        f"PUT /v1/files/{'0' * 64} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Device {known.device}:{known.token}",
        "Upload-Length: 9",
        "Content-Length: 9",
        "Expect: 100-continue",
        "",
        "",
    )
    with socket.create_connection(("127.0.0.1", central.port)) as line:
        line.settimeout(60)
        line.sendall("\r\n".join(told).encode())
        assert line.recv(100).startswith(b"HTTP/1.1 100 ")
        yield line


def until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does in its own time."""
    while not condition():
        time.sleep(0.02)


def put(central: RunningCentral, known: Enrolment) -> requests.Response:
    headers = {"Authorization": f"Device {known.device}:{known.token}", "Upload-Length": str(len(DATA))}
    return requests.put(f"{central.base}/v1/files/{SHA256}", data=DATA, headers=headers, timeout=20)


def test_who_comes_beyond_the_places_is_asked_to_come_again(
    central: RunningCentral, enrolment: Enrolment
) -> None:
    with in_mid_sentence(central, enrolment), in_mid_sentence(central, enrolment):
        refused = put(central, enrolment)
        conforms("Problem", refused.json())
        assert (refused.json()["reason"], refused.headers["Retry-After"]) == ("busy", "5")
        account = Account(enrolment.device, enrolment.token)
        with closing(HttpCentral(enrolment.base, account)) as counter:
            counter.time()  # who only asks is let in
            with pytest.raises(CentralBusy) as busy:
                counter.offer([])
            assert (busy.value.retry_after, busy.value.speaks_of_itself) == (5.0, True)

    until(lambda: put(central, enrolment).status_code == 200)


def test_one_device_does_not_take_all_places() -> None:
    admission = Admission(most=3, most_of_one=2)
    with admission.place("one"), admission.place("one"):
        with pytest.raises(Refusal), admission.place("one"):
            pass
        with admission.place("two"), pytest.raises(Refusal), admission.place("three"):
            pass
        with admission.place("three"):
            pass
    with admission.place("one"), admission.place("one"), admission.place("two"):
        pass


def test_a_crowd_that_guesses_passwords_leaves_threads_for_the_counters_and_costs_nobody_a_try(
    tmp_path: Path,
) -> None:
    database, now = open_database(f"sqlite:///{tmp_path / 'central.db'}"), datetime.now(UTC)
    with database.writing() as tx:
        passwords.set_password(tx, "an", "câu dài dễ nhớ", now)
    enough = threading.Event()

    def hash_slowly() -> str:
        try:
            with passwords.hashing():
                enough.wait(60)
        except Refusal as refusal:
            return refusal.reason
        return ""

    with ThreadPoolExecutor(40) as pool:
        crowd = [pool.submit(hash_slowly) for _ in range(40)]
        try:
            until(lambda: sum(each.done() for each in crowd) >= 28)
            with pytest.raises(Refusal):
                passwords.check(database, "an", "câu dài dễ nhớ", now)
        finally:
            enough.set()
    assert sorted(each.result() for each in crowd) == [""] * 12 + ["busy"] * 28
    with database.reading() as tx:
        assert tx.execute(select(schema.passwords.c.wrong)).scalar_one() == 0
    database.close()


def test_many_counters_at_once_bring_everything_with_few_places(
    registry: Registry, opened: Callable[[Enrolment], Counter], tmp_path_factory: pytest.TempPathFactory
) -> None:
    counters = [opened(registry.enrol(tmp_path_factory.mktemp("many"))) for _ in range(COUNTERS)]
    for counter in counters:
        for _ in range(6):
            counter.receive(files=[counter.files.put(uuid.uuid4().bytes * 3000)])

    def drain(counter: Counter) -> int:
        """Come again as often as it is asked to; returns how often that was."""
        asked: list[float] = []
        while len(asked) < 200:
            try:
                counter.exchange()
            except CentralBusy as busy:
                asked.append(busy.retry_after)
                time.sleep(0.05)
            else:
                assert 0 not in asked
                return len(asked)
        raise AssertionError("never let in")

    with ThreadPoolExecutor(COUNTERS) as pool:
        list(pool.map(drain, counters))

    for counter in counters:
        with counter.journal.reading() as tx:
            assert (deliveries.counts(tx).entries, references.not_uploaded(tx)) == (0, ())
        found = registry.entries(counter.enrolment.unit)
        assert [row.verdict for row in found] == ["accepted"] * 7
