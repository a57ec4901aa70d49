"""Brings central's database up to date: an SQLite file is copied first, then everything happens in one transaction."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, insert, select, text

from sync.central.schema import server
from sync.errors import CentralNewer

_MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7_204_113  # one process at a time brings a PostgreSQL database up to date


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or of older ones those of today; a stop in between leaves them as they were.

    What lies in an SQLite file is copied beside it first, e.g. to `central.db.before-c0004-20261129T081500`; of a
    PostgreSQL database its administrator has the backup. Raises `CentralNewer` for one that a newer program made.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    with engine.connect() as tx:
        found = MigrationContext.configure(tx).get_current_revision()
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise CentralNewer(found=found, known=newest)
    if found not in (None, newest) and engine.dialect.name == "sqlite":
        _copy(engine, f"before-{newest}")
    with engine.begin() as tx:
        _upgrade(tx, config)


def _upgrade(tx: Connection, config: Config) -> None:
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
    config.attributes["connection"] = tx
    command.upgrade(config, "head")
    if tx.execute(select(server)).first() is None:
        tx.execute(insert(server).values(id=1, epoch=secrets.token_hex(8)))


def _copy(engine: Engine, why: str) -> None:
    path = Path(engine.url.database or "")
    copy = path.with_name(f"{path.name}.{why}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    plain = engine.raw_connection()  # VACUUM wants no transaction around it
    try:
        plain.cursor().execute("VACUUM INTO ?", (str(copy),))
    finally:
        plain.close()
