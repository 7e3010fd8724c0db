"""The tables of the store. A change here needs a migration beside it (`migrations/versions`).

pages      one web page, known by its address in normal form; what to do next with it
listings   which source named the page, when first, and whether it looked relevant there
looks      on which days a source itself could be had
documents  the versions of a page, as they were sent; never changed, never deleted
readings   what one version of the page reader made of a document
fetch_log  one line for every answer, refusal or trouble
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from etl.store.columns import Digest, Moment, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Words, nullable=False),
    Column("exit_code", Integer),
    Column("counts", Words, nullable=False),  # JSON object
    Column("message", Words, nullable=False),
)

source_states = Table(
    "source_states",
    metadata,
    Column("source_id", Words, primary_key=True),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("last_tried", Moment),
    Column("last_ok", Moment),
    Column("failures", Integer, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("message", Words, nullable=False),
)

looks = Table(
    "looks",
    metadata,
    Column("source_id", Words, primary_key=True),
    Column("day", Date, primary_key=True),  # UTC
    Column("answered", Boolean, nullable=False),  # at one look of the day at least
    Column("failed", Boolean, nullable=False),  # likewise
)

source_list = Table(
    "source_list",
    metadata,
    Column("source_id", Words, primary_key=True),
    Column("fingerprint", Words, nullable=False),
)

source_changes = Table(
    "source_changes",
    metadata,
    Column("day", Date, primary_key=True),
    Column("source_id", Words, primary_key=True),
    Column("change", Words, primary_key=True),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key_sha256", Digest, nullable=False, unique=True),  # of the url key, which may be of any length
    Column("state", Words, nullable=False),  # pending | fetched | failed | refused | gave_up | dead
    Column("version", Integer, nullable=False),  # of the newest document; 0: none yet
    Column("attempts", Integer, nullable=False),  # failures in a row
    Column("tried_at", Moment),
    Column("next_attempt", Moment),
    Column("revisit_at", Moment),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("archive_tried", Moment),
    Column("archive_url", Words, nullable=False),
)

listings = Table(
    "listings",
    metadata,
    Column("source_id", Words, primary_key=True),
    Column("page_id", Integer, ForeignKey("pages.id"), primary_key=True),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("published", Moment),
    Column("first_seen", Moment, nullable=False),
    Column("relevant", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Index(None, "page_id"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", Integer, ForeignKey("pages.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("url", Words, nullable=False),
    Column("final_url", Words, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Words, nullable=False),  # JSON object
    Column("sha256", Digest, nullable=False),  # of the body as it was before compression
    Column("size", Integer, nullable=False),  # bytes, likewise
    Column("body", LargeBinary, nullable=False),  # zlib
    UniqueConstraint("page_id", "version"),
)

fetch_log = Table(
    "fetch_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
    Column("source_id", Words, nullable=False),
    Column("page_id", Integer, ForeignKey("pages.id")),
    Column("document_id", Integer, ForeignKey("documents.id")),
    Column("at", Moment, nullable=False),
    Column("outcome", Words, nullable=False),  # kept | same | unchanged | failed | trouble
    Column("code", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("url", Words, nullable=False),  # of troubles only: the others name their page
    Index(None, "at"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False),
    Column("reader_version", Words, nullable=False),
    Column("text_sha256", Digest, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", LargeBinary, nullable=False),  # UTF-8, zlib
    Column("lang", Words, nullable=False),
    Column("published", Date),
    Column("publisher", Words, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("issue_code", Words, nullable=False),
    Column("issue_message", Words, nullable=False),
    UniqueConstraint("document_id", "reader_version"),
    Index(None, "reader_version", "text_sha256"),
)

extractions = Table(
    "extractions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("input_sha256", Digest, nullable=False),
    Column("extractor", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
    UniqueConstraint("input_sha256", "extractor"),
)
