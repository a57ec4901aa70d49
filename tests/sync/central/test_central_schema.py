"""The migrations make exactly the tables that the code speaks to."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from sync.central.database import open_database
from sync.central.schema import metadata


def test_migrated_tables_are_those_of_the_schema(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'central.db'}")
    with database.reading() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []
    database.close()
