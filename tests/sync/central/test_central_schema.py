"""The migrations make exactly the tables that the code speaks to; and what its errors mean."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import OperationalError

from sync.central.database import may_pass, open_database
from sync.central.schema import metadata


def test_migrated_tables_are_those_of_the_schema(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'central.db'}")
    with database.reading() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []
    database.close()


def test_only_what_may_pass_is_told_as_being_busy(tmp_path: Path) -> None:
    """Who is told "busy" offers nothing else meanwhile, so one question that can never be answered is no such thing."""
    database = open_database(f"sqlite:///{tmp_path / 'central.db'}")
    with database.reading() as tx, pytest.raises(OperationalError, match="too large") as never:
        tx.exec_driver_sql("SELECT " + "+".join(["1"] * 2000))
    held = sqlite3.connect(tmp_path / "central.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with database.reading() as tx:
        tx.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(OperationalError, match="locked") as later:
            tx.exec_driver_sql("UPDATE server SET epoch = 'x'")
    held.close()
    database.close()

    assert not may_pass(never.value)
    assert may_pass(later.value)
