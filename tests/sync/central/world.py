"""A small world for the exchange: rules, a central system in a child process, counters with real journals."""

import json
import secrets
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from sync import keys
from sync.central import accounts
from sync.central.above import Above
from sync.central.admission import WRITERS
from sync.central.database import Database, open_database
from sync.central.schema import alarms, entries
from sync.client import Account, HttpCentral
from sync.clock import TimeSource, office_day
from sync.engine import Exchanged, NumbersAhead, Parts, exchange
from sync.entry import Entry
from sync.errors import Offline
from sync.files import FileStore
from sync.journal import Journal, Safety, open_journal
from sync.journal.safety import UNGUARDED
from sync.keys import Ed25519Signer
from sync.leases import Want
from sync.rules import KindRule, Nature, Rules
from tests import nursery
from tests.sync.central.unwatched import Unwatched

HOUSE = Path(__file__).parents[3]

RULES = Rules.of(
    [
        KindRule(
            "received",
            Nature.FACT,
            frozenset({(None, "received")}),
            frozenset({"applicant", "fee"}),
            frozenset({"officer"}),
        ),
        KindRule(
            "slip_signed", Nature.FACT, frozenset({("received", "slip_issued")}), roles=frozenset({"officer"})
        ),
        KindRule(
            "withdrawn", Nature.REQUEST, frozenset({("received", "withdrawn")}), roles=frozenset({"officer"})
        ),
        KindRule(
            "applicant_changed", Nature.REQUEST, groups=frozenset({"applicant"}), roles=frozenset({"officer"})
        ),
        KindRule(
            "approved", Nature.REQUEST, frozenset({("slip_issued", "approved")}), roles=frozenset({"leader"})
        ),
        KindRule("noted", Nature.FACT),
        KindRule(
            "delegated",
            Nature.FACT,
            roles=frozenset({"leader"}),
            grants=frozenset({"approved"}),
        ),
        KindRule("checked", Nature.FACT, not_by_author_of=frozenset({"received"})),
        KindRule("confirmed", Nature.REQUEST, not_by_author_of=frozenset({"received"})),
        KindRule("redacted", Nature.FACT, roles=frozenset({"leader"})),
    ]
)
PUBLISHED = {"catalogue": b'{"procedures":[]}', "calendar": b'{"days_off":[]}'}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a central system lives and what it signs with; the child reads it as JSON."""

    database: str
    folder: Path
    signing_key: bytes
    certificate: Path | None = None  # PEM; None: no TLS
    tls_key: Path | None = None
    writers: int = WRITERS  # at once
    pause_after: int = 0  # entries recorded before it stands still in mid-batch; 0: never
    workers: int = 1
    above: Above | None = None  # of a hub
    alone: bool = False  # a hub that does no rounds by itself
    rules: Rules = RULES

    def as_json(self) -> str:
        told = {"database": self.database, "folder": str(self.folder), "signing_key": self.signing_key.hex()}
        tls = {"certificate": str(self.certificate or ""), "tls_key": str(self.tls_key or "")}
        counts = {name: getattr(self, name) for name in ("writers", "pause_after", "workers", "alone")}
        above = None
        if self.above is not None:
            above = {**asdict(self.above), "public_key": self.above.public_key.hex()}
            del above["route"]
        return json.dumps({**told, **tls, **counts, "above": above, "rules": self.rules.as_json()})


class RunningCentral:
    """The central system, as a process of its own."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.public_key = Ed25519Signer("central", setting.signing_key).public_bytes
        several = setting.workers > 1  # which start each other
        self._child = nursery.begin("tests.sync.central.run_central", setting.as_json(), alone=several)
        self.port = int(self.says())

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def base(self) -> str:
        return f"{'https' if self.setting.certificate else 'http'}://127.0.0.1:{self.port}"

    def says(self) -> str:
        """Wait for the child's next line."""
        return self._child.says()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._child.kill()

    def stop(self) -> int:
        """Tell it to end, and return how it did."""
        self._child.terminate()
        return self._child.wait(30)


@contextmanager
def running_central(setting: Setting) -> Iterator[RunningCentral]:
    central = RunningCentral(setting)
    try:
        yield central
    finally:
        central.kill()


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a counter was given when it was enrolled; a child counter reads it as JSON."""

    folder: Path
    base: str
    central_key: bytes
    unit: str
    device: str
    token: str
    device_key: bytes
    officer: str
    officer_key: bytes
    data_key: bytes

    def as_json(self) -> str:
        plain = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({k: v.hex() if isinstance(v, bytes) else str(v) for k, v in plain.items()})

    @classmethod
    def from_json(cls, text: str) -> "Enrolment":
        told: dict[str, Any] = json.loads(text)
        for name in ("central_key", "device_key", "officer_key", "data_key"):
            told[name] = bytes.fromhex(told[name])
        return cls(**{**told, "folder": Path(told["folder"])})

    @property
    def device_signer(self) -> Ed25519Signer:
        return Ed25519Signer(f"device:{self.device}", self.device_key)

    @property
    def officer_signer(self) -> Ed25519Signer:
        return Ed25519Signer(f"officer:{self.officer}", self.officer_key)


@dataclass(slots=True)
class Counter:
    """A counter at work: a real journal, a real file store, a real connection."""

    enrolment: Enrolment
    journal: Journal
    files: FileStore
    central: HttpCentral

    def act(self, subject: str, kind: str, **body: Any) -> Entry:
        with self.journal.act(self.enrolment.officer_signer) as act:
            return act.add(subject, kind, body)

    def receive(self, name: str = "Nguyễn Thị Ánh", **body: Any) -> str:
        subject = str(uuid.uuid4())
        self.act(
            subject,
            "received",
            set={"applicant": {"name": name}},
            move={"from": None, "to": "received"},
            **body,
        )
        return subject

    def parts(self) -> Parts:
        return Parts(self.journal, self.files, self.central, self.enrolment.central_key)

    def exchange(self, ahead: NumbersAhead | None = None) -> Exchanged:
        return exchange(self.parts(), ahead or NumbersAhead(), Unwatched())


@contextmanager
def open_counter(
    enrolment: Enrolment, safety: Safety = UNGUARDED, source: TimeSource | None = None
) -> Iterator[Counter]:
    signer = enrolment.device_signer
    with ExitStack() as stack:
        journal = open_journal(enrolment.folder, enrolment.data_key, enrolment.unit, signer, source, safety)
        stack.callback(journal.close)
        files = FileStore(enrolment.folder / "files", enrolment.data_key)
        central = HttpCentral(enrolment.base, Account(enrolment.device, enrolment.token))
        stack.callback(central.close)
        yield Counter(enrolment, journal, files, central)


@dataclass(frozen=True, slots=True)
class Registry:
    """The back door of a central system: its database, to enrol by and to look into."""

    database: Database
    central: RunningCentral

    def enrol(self, folder: Path, base: str = "", unit: str = "", role: str = "officer") -> Enrolment:
        """Make a counter known, in a unit of its own unless one is named."""
        new = Enrolment(
            folder=folder,
            base=base or self.central.base,
            central_key=self.central.public_key,
            unit=unit or str(uuid.uuid4()),
            device=f"quay-{secrets.token_hex(4)}",
            token=accounts.new_token(),
            device_key=secrets.token_bytes(32),
            officer=f"can-bo-{secrets.token_hex(4)}",
            officer_key=secrets.token_bytes(32),
            data_key=secrets.token_bytes(32),
        )
        with self.database.writing() as tx:
            if not unit:
                accounts.enrol_unit(tx, accounts.Unit(new.unit, "Phường thử nghiệm", "Trưởng bộ phận"))
            device = accounts.Device(new.device, new.unit, "Quầy 1")
            accounts.enrol_device(tx, device, new.token, new.device_signer.public_bytes)
            accounts.enrol_officer(tx, an_officer(new, frozenset(role.split())))
        return new

    def through(self, enrolment: Enrolment, base: str) -> Enrolment:
        return replace(enrolment, base=base)

    def entries(self, unit: str) -> list[Row[Any]]:
        found = select(entries).where(entries.c.unit == unit).order_by(entries.c.chain, entries.c.seq)
        with self.database.reading() as tx:
            return list(tx.execute(found))

    def alarms(self, unit: str) -> list[Row[Any]]:
        found = select(alarms).where(alarms.c.unit == unit, alarms.c.settled_at.is_(None))
        with self.database.reading() as tx:
            return list(tx.execute(found))


@contextmanager
def open_registry(central: RunningCentral) -> Iterator[Registry]:
    database = open_database(central.setting.database)
    try:
        yield Registry(database, central)
    finally:
        database.close()


def a_setting(folder: Path) -> Setting:
    folder.mkdir(parents=True, exist_ok=True)
    return Setting(f"sqlite:///{folder / 'central.db'}", folder, keys.generate("central").private_bytes)


def an_officer(enrolment: Enrolment, roles: frozenset[str] = frozenset({"officer"})) -> accounts.Officer:
    now = datetime.now(UTC)
    public_key = enrolment.officer_signer.public_bytes
    span = (now - timedelta(days=1), now + timedelta(days=365))
    return accounts.Officer(enrolment.officer, enrolment.unit, public_key, roles, *span)


def ahead() -> NumbersAhead:
    """Return that five numbers are wanted for today."""
    return NumbersAhead((Want("HS", 5),), [office_day(datetime.now(UTC))])


def lose_the_line(*_: object) -> None:
    """Stand for a question to central that does not get through."""
    raise Offline
