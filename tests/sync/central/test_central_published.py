"""What central publishes, and whom it knows."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync import keys
from sync.central import accounts, published
from sync.central.database import Database, open_database
from sync.central.refusal import Refusal

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
KEY = keys.generate("central")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'central.db'}")
    yield database
    database.close()


def test_a_version_grows_with_the_content_and_only_then(database: Database) -> None:
    versions = []
    for content in (b"one", b"one", b"two", b"one"):
        with database.writing() as tx:
            published.publish(tx, "catalogue", content, KEY, NOW)
        with database.reading() as tx:
            newest = published.newest(tx, "catalogue")
        versions.append((newest.version, newest.content))

    assert versions == [(1, b"one"), (1, b"one"), (2, b"two"), (3, b"one")]


def test_a_new_key_signs_the_same_content_anew(database: Database) -> None:
    for key in (KEY, keys.generate("central")):
        with database.writing() as tx:
            published.publish(tx, "catalogue", b"one", key, NOW)

    with database.reading() as tx:
        assert published.newest(tx, "catalogue").version == 2


def test_nothing_else_is_published(database: Database) -> None:
    with pytest.raises(ValueError, match="drivers"), database.writing() as tx:
        published.publish(tx, "drivers", b"one", KEY, NOW)


def test_a_revoked_device_is_forbidden_and_its_token_is_nowhere_in_clear(
    database: Database, tmp_path: Path
) -> None:
    device = accounts.Device("quay-1", str(uuid.uuid4()), "Quầy 1")
    token = accounts.new_token()
    with database.writing() as tx:
        accounts.enrol_unit(tx, accounts.Unit(device.unit, "Phường thử", "Trưởng bộ phận"))
        accounts.enrol_device(tx, device, token, keys.generate("device:quay-1").public_bytes)
    with database.reading() as tx:
        assert accounts.authenticate(tx, f"Device quay-1:{token}") == device
    with database.writing() as tx:
        accounts.revoke(tx, "device:quay-1", NOW)

    with pytest.raises(Refusal) as refusal, database.reading() as tx:
        accounts.authenticate(tx, f"Device quay-1:{token}")

    assert refusal.value.status == 403
    assert all(token.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def enrol_and_fail(database: Database, unit: accounts.Unit) -> None:
    with database.writing() as tx:
        accounts.enrol_unit(tx, unit)
        raise InterruptedError


def test_what_a_transaction_did_is_undone_when_it_fails(database: Database) -> None:
    unit = accounts.Unit(str(uuid.uuid4()), "Phường thử", "Trưởng bộ phận")
    with pytest.raises(InterruptedError):
        enrol_and_fail(database, unit)

    with database.writing() as tx:
        accounts.enrol_unit(tx, unit)
        assert accounts.owner_of(tx, unit.id) == "Trưởng bộ phận"
