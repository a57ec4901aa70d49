"""Counters and central systems as earlier versions of the program left them."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from clerk_app.desk import open_desk
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings, read_enrolment, read_settings
from clerk_app.store.key_slots import derived
from sync.journal.mark import Mark, MarkFile
from tests.old_files.packing import unpack
from tests.services.conftest import SteppingClock

HERE = Path(__file__).parent
HOUSE = HERE.parents[1]
EVERY = sorted(path.name.partition(".")[0] for path in HERE.glob("*.tar.xz"))


@dataclass(frozen=True)
class OldOffice:
    """One counter and its central, of an earlier version, on this computer as if they had always been here."""

    folder: Path

    @property
    def counter(self) -> Path:
        return self.folder / "counter"

    @property
    def central(self) -> Path:
        return self.folder / "central"

    @cached_property
    def told(self) -> dict[str, Any]:
        """What its officers had been told."""
        told: dict[str, Any] = json.loads((self.folder / "told.json").read_text("utf-8"))
        return told

    def key(self, purpose: str) -> bytes:
        return derived(bytes.fromhex(self.told["data_key"]), purpose)

    @cached_property
    def settings(self) -> Settings:
        """Its settings; the token and the second place stayed where they were made."""
        found = read_settings(self.counter)
        recovery = replace(found.recovery, second_place=None, ballast_mb=0)
        return replace(found, tokens=(), recovery=recovery, central="http://127.0.0.1:9")

    @cached_property
    def clerk(self) -> Unlocked:
        return unlock(self.counter, self.told["officer"], bytearray(people.PASSPHRASE.encode()))

    @contextmanager
    def opened(self, central: str = "http://127.0.0.1:9") -> Iterator[Desk]:
        """Open it with today's program, an hour after it was closed."""
        clock = SteppingClock(datetime.fromtimestamp(self.told["at"], UTC) + timedelta(hours=1))
        with open_desk(replace(self.settings, central=central), self.clerk, clock) as desk:
            yield desk

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Read a table of the journal past the program."""
        with closing(self.journal()) as journal:
            return list(journal.execute(f"SELECT * FROM {table} ORDER BY rowid"))  # noqa: S608 - of this test

    def journal(self, path: Path | None = None) -> Any:
        """Open the journal, or a copy of it, past the program."""
        connection = sqlcipher.connect(str(path or self.counter / "journal.db"), isolation_level=None)
        connection.execute(f"PRAGMA key = \"x'{self.key('journal').hex()}'\"")
        return connection


@pytest.fixture(
    params=[EVERY[0], *(pytest.param(each, marks=pytest.mark.long) for each in EVERY[1:-1]), EVERY[-1]]
)
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OldOffice:
    return _laid_down(request.param, tmp_path, monkeypatch)


@pytest.fixture
def oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OldOffice:
    return _laid_down(EVERY[0], tmp_path, monkeypatch)


def _laid_down(name: str, room: Path, monkeypatch: pytest.MonkeyPatch) -> OldOffice:
    office = OldOffice(unpack(HERE / f"{name}.tar.xz", room / "office"))
    state = office.folder / "state"
    monkeypatch.setenv("CLERK_APP_STATE", str(state))
    keeper = MarkFile.here(state, read_enrolment(office.counter).device_secret)
    for path in state.glob("*.mark"):  # it names the computer on which it was made
        told = json.loads(path.read_text("ascii"))
        told.pop("seal")
        keeper.write(Mark(**told))
    return office
