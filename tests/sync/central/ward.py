"""A ward: counters before a hub, and the hub's own line to the city's central system."""

import secrets
import shutil
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from sync import keys
from sync.central import accounts, new_life
from sync.central.above import Above
from sync.central.database import Database, open_database
from sync.central.files import FileRoom
from sync.central.schema import leases
from sync.central.upstream import House, Upstream
from sync.keys import Ed25519Signer
from tests.sync.central.fake_network import FakeNetwork
from tests.sync.central.town import Town
from tests.sync.central.world import Enrolment, Registry, RunningCentral, Setting, a_setting


class Ward:
    """A hub whose rounds a test calls for (`round`), or that does its own; counters ask through `lan`, it through `wan`."""

    def __init__(
        self, town: Town, folder: Path, *, unit: str = "", database: str = "", by_itself: bool = False
    ) -> None:
        self.town = town
        self.wan = FakeNetwork(town.central.port)
        self.unit = unit or str(uuid.uuid4())
        if not unit:
            with town.registry.database.writing() as tx:
                accounts.enrol_unit(tx, accounts.Unit(self.unit, "Phường có máy chủ", "Trưởng bộ phận"))
        key = keys.generate("device:hub").private_bytes
        self._device = accounts.Device(f"hub-{secrets.token_hex(4)}", self.unit, "Máy chủ phường")
        self._token = accounts.new_token()
        self._key = Ed25519Signer("hub", key)
        self.enrol_hub()
        above = Above(self.wan.base, self.unit, self._device.id, self._token, town.central.public_key)
        made = a_setting(folder / "hub")
        self.setting: Setting = replace(
            made,
            database=database or made.database,
            signing_key=key,
            above=above,
            alone=not by_itself,
            rules=town.setting.rules,
        )
        self.hub = RunningCentral(self.setting)
        self.lan = FakeNetwork(self.hub.port)
        self.database: Database = open_database(self.setting.database)
        house = House(
            self.database, FileRoom(self.setting.folder), town.setting.rules, Ed25519Signer("central", key)
        )
        self.upstream = Upstream(above, house)

    def enrol_hub(self) -> None:
        """Make the hub known to the city."""
        with self.town.registry.database.writing() as tx:
            accounts.enrol_device(tx, self._device, self._token, self._key.public_bytes, as_hub=True)

    @property
    def registry(self) -> Registry:
        """The hub's own books."""
        return Registry(self.database, self.hub)

    def enrol(self, folder: Path, role: str = "officer") -> Enrolment:
        """Make a counter known to the city, that asks the hub alone."""
        new = self.town.registry.enrol(folder, self.lan.base, self.unit, role)
        self.upstream.round()
        return new

    def round(self) -> None:
        """Let the hub speak to the city once."""
        self.wan.port = self.town.central.port
        self.upstream.round()

    def restart(self) -> None:
        """Kill the hub and start it again."""
        self.hub.kill()
        self.hub = RunningCentral(self.setting)
        self.lan.port = self.hub.port

    def put_back(self, backup: Path, *, said: bool = True) -> None:
        """Lose the hub's database; a backup takes its place, and somebody says so if that is `said`."""
        self.hub.kill()
        self.database.engine.dispose()
        database = self.setting.folder / "central.db"
        for part in ("", "-wal", "-shm"):
            database.with_name(f"{database.name}{part}").unlink(missing_ok=True)
        shutil.copy(backup, database)
        if said:
            with self.database.writing() as tx:
                new_life.begin(tx, FileRoom(self.setting.folder), datetime.now(UTC))
        self.hub = RunningCentral(self.setting)
        self.lan.port = self.hub.port

    def here(self, enrolment: Enrolment) -> Enrolment:
        """Return the enrolment of a counter that asks the hub from now on."""
        return replace(enrolment, base=self.lan.base)

    def leased_at_the_city(self) -> list[Row[Any]]:
        with self.town.registry.database.reading() as tx:
            return list(tx.execute(select(leases).where(leases.c.unit == self.unit)))

    def close(self) -> None:
        for network in (self.lan, self.wan):
            network.close()
        self.database.close()
        self.hub.kill()
