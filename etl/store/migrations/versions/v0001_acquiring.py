"""What acquiring needs: runs, sources, pages, their listings and documents, the log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, _WORDS, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, nullable=False),
        _text("owner"),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        _text("outcome"),
        sa.Column("exit_code", sa.Integer),
        _text("counts"),
        _text("message"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "source_states",
        _text("source_id"),
        _text("etag"),
        _text("last_modified"),
        sa.Column("last_tried", _MOMENT),
        sa.Column("last_ok", _MOMENT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("listed", sa.Integer, nullable=False),
        _text("message"),
        sa.PrimaryKeyConstraint("source_id", name="pk_source_states"),
    )
    op.create_table(
        "source_list",
        _text("source_id"),
        _text("fingerprint"),
        sa.PrimaryKeyConstraint("source_id", name="pk_source_list"),
    )
    op.create_table(
        "source_changes",
        sa.Column("day", sa.Date, nullable=False),
        _text("source_id"),
        _text("change"),
        sa.PrimaryKeyConstraint("day", "source_id", "change", name="pk_source_changes"),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key_sha256", sa.LargeBinary, nullable=False),
        _text("state"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried_at", _MOMENT),
        sa.Column("next_attempt", _MOMENT),
        sa.Column("revisit_at", _MOMENT),
        _text("etag"),
        _text("last_modified"),
        sa.Column("archive_tried", _MOMENT),
        _text("archive_url"),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.UniqueConstraint("key_sha256", name="uq_pages_key_sha256"),
    )
    op.create_table(
        "listings",
        _text("source_id"),
        sa.Column("page_id", sa.Integer, nullable=False),
        _text("url"),
        _text("title"),
        _text("language"),
        sa.Column("published", _MOMENT),
        sa.Column("first_seen", _MOMENT, nullable=False),
        sa.Column("relevant", sa.Boolean, nullable=False),
        _text("reason"),
        sa.PrimaryKeyConstraint("source_id", "page_id", name="pk_listings"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_listings_page_id"),
    )
    op.create_index("ix_listings_page_id", "listings", ["page_id"])
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("page_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _text("url"),
        _text("final_url"),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        _text("headers"),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("page_id", "version", name="uq_documents_page_id_version"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_documents_page_id"),
    )
    op.create_table(
        "fetch_log",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        _text("source_id"),
        sa.Column("page_id", sa.Integer),
        sa.Column("document_id", sa.Integer),
        sa.Column("at", _MOMENT, nullable=False),
        _text("outcome"),
        _text("code"),
        _text("message"),
        _text("url"),
        sa.PrimaryKeyConstraint("id", name="pk_fetch_log"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_fetch_log_run_id"),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_fetch_log_page_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_fetch_log_document_id"),
    )
    op.create_index("ix_fetch_log_at", "fetch_log", ["at"])
