"""What page readers made of the documents, kept so that a build needn't read every page again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, _WORDS, nullable=False)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        _text("reader_version"),
        sa.Column("text_sha256", sa.LargeBinary, nullable=False),
        _text("title"),
        sa.Column("text", sa.LargeBinary, nullable=False),
        _text("lang"),
        sa.Column("published", sa.Date),
        _text("publisher"),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        _text("issue_code"),
        _text("issue_message"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("document_id", "reader_version", name="uq_readings_document_id_reader_version"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_readings_document_id"),
    )
    op.create_index("ix_readings_reader_version_text_sha256", "readings", ["reader_version", "text_sha256"])
