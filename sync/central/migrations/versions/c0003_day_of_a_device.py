"""What a device brought of one day is found without reading everything."""

from alembic import op

revision = "c0003"
down_revision = "c0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_entries_device_occurred_at"), "entries", ["device", "occurred_at"], unique=False)
