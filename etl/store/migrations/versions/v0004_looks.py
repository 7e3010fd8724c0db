"""On which days a source could be had, so that a release can tell an outage from a quiet day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table; what came of looks before is not known."""
    op.create_table(
        "looks",
        sa.Column("source_id", _WORDS, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("failed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("source_id", "day", name="pk_looks"),
    )
