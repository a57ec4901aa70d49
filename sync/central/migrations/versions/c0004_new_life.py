"""A server that was restored knows it, and which devices have shown the numbers that they hold."""

import sqlalchemy as sa
from alembic import op

revision = "c0004"
down_revision = "c0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("server", sa.Column("restored_at", sa.Text(), nullable=True))
    op.add_column("devices", sa.Column("shown_epoch", sa.Text(), nullable=True))
