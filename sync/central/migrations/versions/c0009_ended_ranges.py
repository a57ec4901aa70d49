"""Ranges whose day is over, and what their counter called void of them."""

import sqlalchemy as sa
from alembic import op

revision = "c0009"
down_revision = "c0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lease_ends",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("unused", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.hash"], name=op.f("fk_lease_ends_entry_entries")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_lease_ends")),
    )
    op.create_index(op.f("ix_lease_ends_series_day"), "lease_ends", ["series", "day"])
    op.create_index(op.f("ix_leases_device_day"), "leases", ["device", "day"])
