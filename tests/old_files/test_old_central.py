"""What earlier versions of central left in its database is brought up to date, on SQLite and PostgreSQL; nothing is lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Boolean, Engine, MetaData, create_engine, insert, select, text

from sync.central import upgrade
from sync.central.database import open_database
from sync.errors import CentralNewer
from tests.old_files.conftest import HOUSE, OldOffice
from tests.sync.central.test_exchange_postgresql import _BINARIES, cluster

__all__ = ["cluster"]  # a fixture

Rows = dict[str, list[dict[str, Any]]]
MIGRATIONS = HOUSE / "sync" / "central" / "migrations"
KILLED = 'from tests.old_files.test_old_central import be_killed_half_way; be_killed_half_way("{url}")'


def test_an_old_database_is_copied_and_brought_up_to_date(old: OldOffice) -> None:
    before, revision = contents(sqlite_in(old)), revision_of(sqlite_in(old))

    open_database(sqlite_in(old)).close()

    after = contents(sqlite_in(old))
    assert before["entries"]
    assert before["number_uses"]
    assert_nothing_lost(before, after)
    copies = list(old.central.glob("central.db.before-*"))
    if revision_of(sqlite_in(old)) == revision:
        assert copies == []
    else:
        assert [contents(f"sqlite:///{copy}") for copy in copies] == [before]
        assert revision_of(f"sqlite:///{copies[0]}") == revision


def test_an_upgrade_killed_half_way_leaves_everything_and_is_done_at_the_next_opening(
    oldest: OldOffice,
) -> None:
    before = contents(sqlite_in(oldest))

    assert killed(sqlite_in(oldest)) == 9

    assert contents(sqlite_in(oldest)) == before
    open_database(sqlite_in(oldest)).close()
    assert_nothing_lost(before, contents(sqlite_in(oldest)))


def test_a_database_of_a_newer_program_is_refused_in_words(oldest: OldOffice) -> None:
    engine = create_engine(sqlite_in(oldest))
    with engine.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = 'c9999'"))
    engine.dispose()
    with pytest.raises(CentralNewer, match="c9999"):
        open_database(sqlite_in(oldest))


@pytest.fixture
def of_postgres(cluster: str, old: OldOffice) -> Iterator[str]:
    """The same old rows in a PostgreSQL database of the same revision."""
    name = f"old_{os.urandom(4).hex()}"
    server = create_engine(cluster, isolation_level="AUTOCOMMIT")
    with server.connect() as tx:
        tx.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    url = cluster.rpartition("/")[0] + f"/{name}"
    engine = create_engine(url)
    bring_to(engine, revision_of(sqlite_in(old)))
    pour(contents(sqlite_in(old)), engine)
    engine.dispose()
    return url


@pytest.mark.skipif(not _BINARIES, reason="PostgreSQL is not installed")
def test_an_old_database_on_postgresql_is_brought_up_to_date(of_postgres: str) -> None:
    before = contents(of_postgres)
    open_database(of_postgres).close()
    assert_nothing_lost(before, contents(of_postgres))


@pytest.mark.skipif(not _BINARIES, reason="PostgreSQL is not installed")
def test_an_upgrade_killed_half_way_on_postgresql_leaves_everything(of_postgres: str) -> None:
    before, revision = contents(of_postgres), revision_of(of_postgres)
    if revision == newest():
        pytest.skip("nothing to bring up to date")
    assert killed(of_postgres) == 9
    assert (contents(of_postgres), revision_of(of_postgres)) == (before, revision)
    open_database(of_postgres).close()
    assert_nothing_lost(before, contents(of_postgres))


def sqlite_in(old: OldOffice) -> str:
    return f"sqlite:///{old.central / 'central.db'}"


def contents(url: str) -> Rows:
    """Return every row of every table."""
    engine, metadata = create_engine(url), MetaData()
    metadata.reflect(engine)
    with engine.connect() as tx:
        found = {
            table.name: [dict(row._mapping) for row in tx.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table.name != "alembic_version"
        }
    engine.dispose()
    return found


def assert_nothing_lost(before: Rows, after: Rows) -> None:
    for table, rows in before.items():
        kept = [{name: row[name] for name in rows[0]} for row in after[table]] if rows else []
        assert kept == rows, table


def revision_of(url: str) -> str:
    engine = create_engine(url)
    with engine.connect() as tx:
        revision = str(tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    engine.dispose()
    return revision


def newest() -> str:
    return max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("c*.py"))


def bring_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, revision)


def pour(rows: Rows, engine: Engine) -> None:
    """Write rows of an SQLite database, in which a truth is a number."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.begin() as tx:
        for table in metadata.sorted_tables:
            truths = {column.name for column in table.c if isinstance(column.type, Boolean)}
            for row in rows.get(table.name, []):
                told = {name: bool(value) if name in truths else value for name, value in row.items()}
                tx.execute(insert(table).values(told))


def killed(url: str) -> int:
    """Let a program open the database that is killed when half of the way is done."""
    told = os.environ | {"PYTHONPATH": str(HOUSE)}
    return subprocess.run(
        [sys.executable, "-c", KILLED.format(url=url)], cwd=HOUSE, env=told, check=False
    ).returncode


def be_killed_half_way(url: str) -> None:
    whole = upgrade.command.upgrade

    def half(config: Config, _: str) -> None:
        whole(config, "+1")
        os._exit(9)

    upgrade.command.upgrade = half
    open_database(url)
