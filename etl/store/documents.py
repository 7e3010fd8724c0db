"""What servers answered: every version of a page as it was sent, and what came of each question."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, select, update

from etl.acquire.records import Answer, Trouble
from etl.fetched import RawDocument
from etl.store.journal import log
from etl.store.pages import key_sha256, page_id
from etl.store.records import Asked, Kept
from etl.store.tables import documents, listings, pages

NEWEST = and_(documents.c.page_id == pages.c.id, documents.c.version == pages.c.version)
"""The documents that are the newest version of their page."""


def keep(connection: Connection, asked: Asked, answer: Answer, revisit_at: datetime | None) -> Kept:
    """Keep an answer unless the newest version has the same bytes; either way the page is fetched.

    ValueError: an answer without a body of its own (304).
    """
    if answer.status == 304:
        raise ValueError("an unchanged page has no body to keep: note_unchanged is for it")
    page = page_id(connection, asked)
    held = connection.execute(
        select(pages.c.version, documents.c.id, documents.c.sha256)
        .select_from(pages.outerjoin(documents, NEWEST))
        .where(pages.c.id == page)
        .with_for_update(of=pages)
    ).one()
    sha256 = hashlib.sha256(answer.body).hexdigest()
    if held.sha256 == sha256:
        kept = Kept(held.id, False, held.version)
    else:
        row = _row(answer, asked.url, sha256) | {"page_id": page, "version": held.version + 1}
        document_id = connection.execute(insert(documents).values(row).returning(documents.c.id)).scalar_one()
        kept = Kept(int(document_id), True, held.version + 1)
    answered = {
        "version": kept.version,
        "etag": answer.headers.get("etag", ""),
        "last_modified": answer.headers.get("last-modified", ""),
    }
    _note(connection, page, _fetched(asked, revisit_at) | answered)
    outcome = "kept" if kept.is_new else "same"
    log(connection, asked, outcome, page_id=page, document_id=kept.document_id)
    return kept


def note_unchanged(connection: Connection, asked: Asked, revisit_at: datetime | None) -> None:
    """The server said that nothing is new since the newest version."""
    page = page_id(connection, asked)
    _note(connection, page, _fetched(asked, revisit_at))
    log(connection, asked, "unchanged", page_id=page)


def note_failure(
    connection: Connection,
    asked: Asked,
    trouble: Trouble,
    next_attempt: datetime | None,
    *,
    is_dead: bool,
    is_refused: bool,
) -> None:
    """A page could not be fetched; its documents stay. Without a next attempt it is given up, or dead."""
    page = page_id(connection, asked)
    again, never = "refused" if is_refused else "failed", "dead" if is_dead else "gave_up"
    failed = {
        "state": again if next_attempt else never,
        "attempts": pages.c.attempts + 1,
        "tried_at": asked.at,
        "next_attempt": next_attempt,
        "revisit_at": None,
    }
    _note(connection, page, failed)
    log(connection, asked, "failed", page_id=page, trouble=trouble)


def is_whole(body: bytes, sha256: str, size: int) -> bool:
    """Whether a stored body is what was fetched: `size` bytes with this checksum."""
    try:
        content = zlib.decompressobj().decompress(body, size + 1)
    except zlib.error:
        return False
    return len(content) == size and hashlib.sha256(content).hexdigest() == sha256


def latest(connection: Connection, source_id: str, url: str) -> RawDocument | None:
    """The newest version of a page that a source names."""
    wanted = _raw_documents().where(
        NEWEST, pages.c.key_sha256 == key_sha256(url), listings.c.source_id == source_id
    )
    row = connection.execute(wanted).one_or_none()
    return raw_document(row) if row else None


def versions(connection: Connection, source_id: str, url: str) -> Iterator[RawDocument]:
    """Every version of a page that a source names, the newest first; one in memory at a time."""
    wanted = (
        _raw_documents()
        .where(pages.c.key_sha256 == key_sha256(url), listings.c.source_id == source_id)
        .order_by(documents.c.version.desc())
        .execution_options(stream_results=True, yield_per=1)
    )
    with connection.execute(wanted) as found:
        yield from map(raw_document, found)


def raw_documents() -> Select[*tuple[Any, ...]]:
    """Documents with the listing of the first source that named their page: rows for `raw_document`."""
    named = listings.alias()
    first = (
        select(named.c.source_id)
        .where(named.c.page_id == documents.c.page_id)
        .order_by(named.c.first_seen, named.c.source_id)
        .limit(1)
        .scalar_subquery()
    )
    return _raw_documents().where(listings.c.source_id == first)


def raw_document(row: Row[*tuple[Any, ...]]) -> RawDocument:
    """The record of a row of `raw_documents`."""
    return RawDocument(
        document_id=row.id,
        version=row.version,
        source_id=row.source_id,
        url=row.url,
        final_url=row.final_url,
        fetched_at=row.fetched_at,
        status=row.status,
        headers=json.loads(row.headers),
        sha256=row.sha256,
        body=zlib.decompress(row.body),
        language=row.language,
        listed_title=row.title,
        listed_published=row.published,
    )


def _raw_documents() -> Select[*tuple[Any, ...]]:
    columns = (listings.c.source_id, listings.c.language, listings.c.title, listings.c.published)
    return select(documents, *columns).select_from(documents.join(pages).join(listings))


def _row(answer: Answer, url: str, sha256: str) -> dict[str, object]:
    return {
        "url": url,
        "final_url": answer.final_url,
        "fetched_at": answer.fetched_at,
        "status": answer.status,
        "headers": json.dumps(dict(answer.headers), sort_keys=True),
        "sha256": sha256,
        "size": len(answer.body),
        "body": zlib.compress(answer.body),
    }


def _fetched(asked: Asked, revisit_at: datetime | None) -> dict[str, object]:
    return {
        "state": "fetched",
        "attempts": 0,
        "tried_at": asked.at,
        "next_attempt": None,
        "revisit_at": revisit_at,
    }


def _note(connection: Connection, page: int, values: Mapping[str, object]) -> None:
    connection.execute(update(pages).where(pages.c.id == page).values(values))
