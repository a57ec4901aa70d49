"""What was ordered to be deleted is known, so that it is not kept again."""

import sqlalchemy as sa
from alembic import op

revision = "c0007"
down_revision = "c0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "redacted",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_redacted_unit")),
        sa.PrimaryKeyConstraint("unit", "what", "subject", "id", name=op.f("pk_redacted")),
    )
