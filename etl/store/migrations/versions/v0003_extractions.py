"""What the extractor made of texts, kept so that a refresh reads only what is new."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "extractions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("input_sha256", sa.LargeBinary, nullable=False),
        sa.Column("extractor", _WORDS, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_extractions"),
        sa.UniqueConstraint("input_sha256", "extractor", name="uq_extractions_input_sha256_extractor"),
    )
