"""The core of the exchange on a real PostgreSQL, in a cluster of the test's own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import Connection, create_engine, make_url, select, text
from sqlalchemy.exc import OperationalError

from sync import keys
from sync.central import accounts, enrolment, entries, files, identity, leases, new_life, passwords
from sync.central.backup import back_up
from sync.central.database import Database
from sync.central.files import FileRoom
from sync.central.schema import entries as entry_rows
from sync.central.upgrade import _UPGRADE_LOCK
from sync.client import Account, HttpCentral
from sync.clock import office_day
from sync.contract import enrolling
from sync.contract.messages import LeaseRequest
from sync.contract.wire import lease_from
from sync.engine import NumbersAhead
from sync.errors import CodeRefused, Offline
from sync.journal import deliveries, retelling
from sync.journal import entries as journal_entries
from sync.leases import Want
from sync.redaction import REDACTED, redacts
from tests.sync.central import scenario
from tests.sync.central.test_day import TODAY, a_day_later, call_void, in_sum, numbered
from tests.sync.central.world import (
    RULES,
    Counter,
    Enrolment,
    Registry,
    RunningCentral,
    a_setting,
    open_counter,
    open_registry,
    running_central,
)

KEY = keys.generate("central")
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LONG = timedelta(days=9999)
_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))

pytestmark = pytest.mark.skipif(not _BINARIES, reason="PostgreSQL is not installed")


def as_postgres(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL, which refuses to be root."""
    command = [str(_BINARIES[-1] / program), *arguments]
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, capture_output=True, cwd="/")


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="central-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data, port = str(folder / "data"), a_free_port()
        as_postgres(
            "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "-N"
        )
        address = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
        as_postgres("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", address, "start")
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            as_postgres("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def central(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentral]:
    setting = replace(a_setting(tmp_path_factory.mktemp("central")), database=cluster)
    with running_central(setting) as central:
        yield central


@pytest.fixture(scope="module")
def registry(central: RunningCentral) -> Iterator[Registry]:
    with open_registry(central) as registry:
        yield registry


def test_two_counters_share_a_unit(registry: Registry, tmp_path: Path) -> None:
    scenario.two_counters_share_a_unit(registry, tmp_path)


def test_whatever_a_known_hand_writes_is_answered(registry: Registry, tmp_path: Path) -> None:
    scenario.whatever_a_known_hand_writes_is_answered(registry, tmp_path)


def test_a_feed_read_while_others_write_misses_nothing(registry: Registry, tmp_path: Path) -> None:
    """Two counters push at the same time while a third reads: the order of the feed is the order of the commits."""
    reading = registry.enrol(tmp_path / "reading")
    with open_counter(reading) as reader:
        reader.exchange()
        scenario.push_at_once(registry, tmp_path, reading.unit, reader)


def test_what_one_holds_nobody_else_settles_meanwhile(registry: Registry, tmp_path: Path) -> None:
    """A unit's feed and a series are in one hand until its transaction ends; other units are not kept waiting."""
    held, free = registry.enrol(tmp_path / "held"), registry.enrol(tmp_path / "free")
    with registry.database.writing() as first:
        entries.take(first, device(held), [], RULES, NOW)
        leases.grant(first, device(held), wish("held"), KEY, NOW)
        impatiently(registry.database, lambda tx: entries.take(tx, device(free), [], RULES, NOW))
        impatiently(registry.database, lambda tx: leases.grant(tx, device(free), wish("free"), KEY, NOW))
        for taking in (
            lambda tx: entries.take(tx, device(held), [], RULES, NOW),
            lambda tx: leases.grant(tx, device(free), wish("held"), KEY, NOW),
        ):
            with pytest.raises(OperationalError, match="lock"):
                impatiently(registry.database, taking)


def test_two_counters_that_end_the_same_file_at_once_have_brought_it_once(
    registry: Registry, tmp_path: Path
) -> None:
    known = registry.enrol(tmp_path / "one")
    upload = files.Upload(device(known), uuid.uuid4().hex * 2, 5)

    def own() -> None:
        with registry.database.writing() as tx:
            files.note_owner(tx, upload, NOW)

    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor(1) as pool, registry.database.reading() as looking:
        with registry.database.writing() as first:
            files.note_owner(first, upload, NOW)
            second = pool.submit(own)
            while not looking.execute(waiting).scalar_one():
                continue
        second.result()
    with registry.database.reading() as tx:
        assert files.size_of(tx, known.unit, upload.sha256) == 5


def impatiently(database: Database, taking: Callable[[Connection], object]) -> None:
    with database.writing() as tx:
        tx.execute(text("SET LOCAL lock_timeout = '20ms'"))
        taking(tx)


def device(enrolment: Enrolment) -> accounts.Device:
    return accounts.Device(enrolment.device, enrolment.unit, "Quầy 1")


def wish(series: str) -> LeaseRequest:
    return LeaseRequest(str(uuid.uuid4()), str(uuid.uuid4()), series, "2026-11-20", 5)


def test_two_programs_that_open_a_database_bring_it_up_to_date_once(registry: Registry, cluster: str) -> None:
    with open_registry(registry.central) as second, second.database.reading() as tx:
        assert len(tx.exec_driver_sql("SELECT version_num FROM alembic_version").all()) == 1


def test_of_many_who_ask_with_one_code_at_once_one_becomes_known(registry: Registry, tmp_path: Path) -> None:
    unit = registry.enrol(tmp_path / "counter").unit
    named = enrolment.Named("device", unit, f"quay-{uuid.uuid4().hex[:6]}", "Quầy mới", NOW + LONG)
    with registry.database.writing() as tx:
        code = enrolment.make_code(tx, named, datetime.now(UTC), timedelta(hours=1))

    def ask(_: int) -> str:
        key = keys.generate("somebody")
        wish = enrolling.signed_wish(enrolling.Wish(code, "request-1", key.public_bytes), key)
        with HttpCentral(registry.central.base, Account("", "")) as central:
            try:
                return central.enrol(wish).subject
            except CodeRefused as refused:
                return refused.why

    with ThreadPoolExecutor(4) as asking:
        said = sorted(asking.map(ask, range(4)))

    assert said.count(named.id) == 1
    assert set(said) == {named.id, "code_used"}


def test_one_sign_in_code_gives_one_word_to_many_who_show_it(registry: Registry, tmp_path: Path) -> None:
    who = registry.enrol(tmp_path / "counter")
    asked = identity.Asked("http://127.0.0.1:5000/signed-in", "state", "nonce", "x" * 43, "")
    now = datetime.now(UTC)
    with registry.database.writing() as tx:
        passwords.set_password(tx, who.officer, "câu dài dễ nhớ", now)
    assert passwords.check(registry.database, who.officer, "câu dài dễ nhớ", now) == who.unit
    verifier = "v" * 43
    asked = replace(asked, challenge=identity.create_s256_code_challenge(verifier))
    with registry.database.writing() as tx:
        code = identity.new_code(tx, asked, who.officer, who.unit, now)
    shown = {
        "code": code,
        "client_id": identity.CLIENT,
        "redirect_uri": asked.redirect_uri,
        "code_verifier": verifier,
    }

    def show(_: int) -> bool:
        with registry.database.writing() as tx:
            return identity.use_code(tx, shown, now) is not None

    with ThreadPoolExecutor(4) as showing:
        assert sorted(showing.map(show, range(4))) == [False, False, False, True]


@pytest.fixture
def empty(cluster: str) -> Iterator[str]:
    """A database of the cluster in which nothing was ever made."""
    engine = create_engine(cluster, isolation_level="AUTOCOMMIT")
    with engine.connect() as admin:
        admin.exec_driver_sql("CREATE DATABASE empty")
        yield make_url(cluster).set(database="empty").render_as_string(hide_password=False)
        admin.exec_driver_sql("DROP DATABASE empty WITH (FORCE)")
    engine.dispose()


def test_two_programs_that_start_on_an_empty_database_at_once_both_come_up(
    empty: str, tmp_path: Path
) -> None:
    """Both stand before the lock of the upgrade when it is let go."""
    settings = [replace(a_setting(tmp_path / name), database=empty) for name in ("one", "two")]
    engine = create_engine(empty)
    queue = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with ThreadPoolExecutor(2) as starting, engine.connect() as gate, engine.connect() as looking:
        gate.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        started = [starting.submit(RunningCentral, setting) for setting in settings]
        while (waiting := looking.execute(queue).scalar_one()) < 2 and not any(s.done() for s in started):
            looking.rollback()
        gate.rollback()
        running = [each.result() for each in started]
    try:
        assert waiting == 2
        for central in running:
            assert requests.get(f"{central.base}/v1/health", timeout=10).status_code == 200
        with engine.connect() as looking:
            assert looking.execute(text("SELECT count(*) FROM server")).scalar_one() == 1
    finally:
        for central in running:
            central.kill()
        engine.dispose()


@pytest.fixture
def busy_house(empty: str, tmp_path: Path) -> Iterator[Registry]:
    """Central with three workers at one address."""
    setting = replace(a_setting(tmp_path / "central"), database=empty, workers=3)
    with running_central(setting) as central, open_registry(central) as registry:
        yield registry


def test_several_workers_keep_one_order_and_give_no_number_twice(
    busy_house: Registry, tmp_path: Path
) -> None:
    reading = busy_house.enrol(tmp_path / "reading")
    assert len(workers_of(busy_house.central)) == 3
    with open_counter(reading) as reader:
        reader.exchange()
        scenario.push_at_once(busy_house, tmp_path, reading.unit, reader)
        places = [row.position for row in busy_house.entries(reading.unit)]
        assert sorted(places) == list(range(1, len(places) + 1))

        wishes = [wish("giấy hẹn") for _ in range(30)]
        with ThreadPoolExecutor(6) as asking:
            granted = [
                lease_from(signed.data) for signed in asking.map(reader.central.another().lease, wishes)
            ]
        numbers = [number for lease in granted for number in range(lease.first, lease.last + 1)]
        assert sorted(numbers) == list(range(1, 151))


def test_a_worker_that_dies_costs_nothing_and_is_started_again(busy_house: Registry, tmp_path: Path) -> None:
    enrolment = busy_house.enrol(tmp_path / "one")
    first = workers_of(busy_house.central)
    with open_counter(enrolment) as one:
        one.exchange()
        for _ in range(3):
            subject = one.receive()
            os.kill(workers_of(busy_house.central).pop(), signal.SIGKILL)
            while not sent(one):
                continue
            assert [row.verdict for row in busy_house.entries(enrolment.unit) if row.subject == subject] == [
                "accepted"
            ]
    while len(workers_of(busy_house.central) - first) < 1:
        time.sleep(0.1)


def sent(counter: Counter) -> bool:
    """Do a round; a connection to a worker that died is lost, and the next round goes on."""
    with suppress(Offline):
        counter.exchange()
    with counter.journal.reading() as tx:
        return deliveries.counts(tx).entries == 0


def workers_of(central: RunningCentral) -> set[int]:
    """Return the processes that answer; Linux only, as PostgreSQL of these tests is."""
    children = Path(f"/proc/{central.pid}/task/{central.pid}/children").read_text(encoding="ascii").split()
    return {int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


def test_a_backup_put_back_is_told_what_it_lost(registry: Registry, cluster: str, tmp_path: Path) -> None:
    first = registry.enrol(tmp_path / "first")
    second = registry.enrol(tmp_path / "second", unit=first.unit)
    ahead = NumbersAhead([Want(f"dossier-{first.unit}", 20)], [office_day(datetime.now(UTC))])
    with open_counter(first) as one, open_counter(second) as two:
        one.receive("Trước")
        one.exchange()
        copy = tmp_path / "central.dump"
        copied = back_up(registry.database, cluster, copy)
        assert copied == sum(1 for _ in all_entries(registry))
        one.receive("Sau")
        one.exchange(ahead)
        two.exchange()
        stood = [(row.id, row.position) for row in registry.entries(first.unit)]

        registry.database.close()
        put_back(cluster, copy)
        with registry.database.writing() as tx:
            new_life.begin(tx, FileRoom(registry.central.setting.folder), datetime.now(UTC))

        assert two.exchange(ahead).leases == 0
        assert one.exchange(ahead).leases == 0
        assert two.exchange(ahead).leases == 1
        one.exchange()
        assert [(row.id, row.position) for row in registry.entries(first.unit)][: len(stood)] == stood
        with one.journal.reading() as tx:
            assert deliveries.counts(tx).entries == 0
            assert retelling.lost(tx) == ()


def test_a_redaction_is_done_again_after_a_backup_from_before_it_was_put_back(
    registry: Registry, cluster: str, tmp_path: Path
) -> None:
    first = registry.enrol(tmp_path / "first")
    chief = registry.enrol(tmp_path / "chief", unit=first.unit, role="leader")
    room = FileRoom(registry.central.setting.folder)
    with open_counter(first) as one, open_counter(chief) as leader:
        scan = one.files.put(b"scan " + uuid.uuid4().bytes)
        named = one.receive("Phùng Thị Bị Xóa", files=[scan])
        one.exchange()
        leader.exchange()
        copy = tmp_path / "central.dump"
        back_up(registry.database, cluster, copy)
        with leader.journal.reading() as tx:
            going = [entry.id for entry in journal_entries.history(tx, named)]
        leader.act(named, REDACTED, **redacts(going, [scan]), ground="QĐ 1", ordered_by="Chủ tịch")
        leader.exchange()
        one.exchange()
        assert held(registry, "Bị Xóa") == 0
        assert not room.holds(scan)

        registry.database.close()
        put_back(cluster, copy)
        with registry.database.writing() as tx:
            new_life.begin(tx, room, datetime.now(UTC))
        assert held(registry, "Bị Xóa") == 1  # the backup holds it
        one.exchange()
        leader.exchange()
        one.exchange()
        assert held(registry, "Bị Xóa") == 0
        with one.journal.reading() as tx:
            assert [entry.body for entry in journal_entries.history(tx, named) if entry.id in going] == [None]
            assert retelling.lost(tx) == ()
        assert registry.alarms(first.unit) == []


def held(registry: Registry, what: str) -> int:
    """Count the bodies in which a text stands."""
    with registry.database.reading() as tx:
        bodies = tx.execute(select(entry_rows.c.body).where(entry_rows.c.body.is_not(None))).scalars()
        return sum(what.encode() in bytes(body) for body in bodies)


def put_back(url: str, copy: Path) -> None:
    """Let PostgreSQL's own tool put a backup in the place of what is there."""
    address = make_url(url).set(drivername="postgresql").render_as_string()
    command = ["pg_restore", "--clean", "--if-exists", f"--dbname={address}", str(copy)]
    subprocess.run(command, check=True, capture_output=True)


def all_entries(registry: Registry) -> list[str]:
    with registry.database.reading() as tx:
        return list(tx.execute(select(entry_rows.c.hash).where(entry_rows.c.position.is_not(None))).scalars())


def test_what_became_of_a_range_is_counted_here_too(registry: Registry, tmp_path: Path) -> None:
    with open_counter(registry.enrol(tmp_path / "one")) as counter:
        counter.exchange(NumbersAhead([Want(f"dossier-{counter.enrolment.unit}", 5)], [TODAY]))
        numbered(counter)
        call_void(counter)
        counter.exchange()

        day = a_day_later(counter)

        assert day.found == ()
        assert in_sum(day) == ([(5, 1, 4, 0)], [(5, 1, 4, 0)])
