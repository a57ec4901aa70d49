"""A central system may be the hub of a ward: what it is to the system above it."""

import sqlalchemy as sa
from alembic import op

revision = "c0010"
down_revision = "c0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hub",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text()),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("to_show", sa.Boolean(), nullable=False),
        sa.Column("authors", sa.LargeBinary()),
        sa.Column("authors_sig", sa.LargeBinary()),
        sa.Column("authors_etag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hub"),
    )
    op.create_table(
        "hub_entries",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("place", sa.BigInteger()),
        sa.ForeignKeyConstraint(["hash"], ["entries.hash"], name="fk_hub_entries_hash_entries"),
        sa.PrimaryKeyConstraint("hash", name="pk_hub_entries"),
    )
    waiting = sa.text("NOT final")
    op.create_index(
        "ix_hub_entries_waiting", "hub_entries", ["n"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index("ix_hub_entries_place", "hub_entries", ["place"])
    op.create_table(
        "hub_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_hub_files"),
    )
    op.create_table(
        "hub_leases",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_hub_leases"),
    )
    op.create_table(
        "hub_blocks",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger()),
        sa.Column("last", sa.BigInteger()),
        sa.Column("next", sa.BigInteger()),
        sa.Column("data", sa.LargeBinary()),
        sa.Column("sig", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("request_id", name="pk_hub_blocks"),
    )
    op.create_index("ix_hub_blocks_series_day", "hub_blocks", ["series", "day"])
