"""A central system that can be backed up, killed and put back, behind a line that stays the same, and its counters."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine

from sync.central import new_life
from sync.central.backup import back_up
from sync.central.database import Database, open_database
from sync.central.files import FileRoom
from sync.central.schema import metadata
from sync.rules import Rules
from tests.sync.central.fake_network import FakeNetwork
from tests.sync.central.world import RULES, Enrolment, Registry, RunningCentral, Setting, a_setting


class Town:
    """One central on SQLite. Its counters ask through `network`, whatever port it answers on."""

    def __init__(self, folder: Path, rules: Rules = RULES) -> None:
        self.setting: Setting = replace(a_setting(folder / "central"), rules=rules)
        self.central = RunningCentral(self.setting)
        self.network = FakeNetwork(self.central.port)
        self._folder = folder
        self._database: Database = open_database(self.setting.database)
        self._backups = 0

    @property
    def registry(self) -> Registry:
        return Registry(self._database, self.central)

    def enrol(self, folder: Path, unit: str = "", role: str = "officer") -> Enrolment:
        """Make a counter known that asks through the network."""
        return self.registry.enrol(folder, self.network.base, unit, role)

    def back_up(self) -> Path:
        """Back up the database as it is now."""
        self._backups += 1
        copy = self._folder / f"backup-{self._backups}.db"
        back_up(self._database, self.setting.database, copy)
        return copy

    def restart(self) -> None:
        """Kill central and start it again."""
        self.central.kill()
        self._start()

    def put_back(self, backup: Path, *, said: bool = True) -> None:
        """Lose what the database holds for what a backup holds; central runs on, in a new life if that is `said`."""
        with self._database.writing() as tx:
            tx.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in metadata.sorted_tables:
                tx.execute(table.delete())
            with create_engine(f"sqlite:///{backup}").connect() as kept:
                for table in metadata.sorted_tables:
                    if rows := [dict(row) for row in kept.execute(table.select()).mappings()]:
                        tx.execute(table.insert(), rows)
            if said:
                new_life.begin(tx, FileRoom(self.setting.folder), datetime.now(UTC))

    def put_back_file(self, backup: Path) -> None:
        """Lose the database file with its program, and begin a new life with a backup in its place."""
        self.central.kill()
        self._database.close()
        for name in ("central.db", "central.db-wal", "central.db-shm"):
            (self.setting.folder / name).unlink(missing_ok=True)
        shutil.copy(backup, self.setting.folder / "central.db")
        self._database = open_database(self.setting.database)
        with self._database.writing() as tx:
            new_life.begin(tx, FileRoom(self.setting.folder), datetime.now(UTC))
        self._start()

    def close(self) -> None:
        self.network.close()
        self._database.close()
        self.central.kill()

    def _start(self) -> None:
        self.central = RunningCentral(self.setting)
        self.network.port = self.central.port
