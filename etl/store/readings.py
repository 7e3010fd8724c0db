"""What readers made of the documents; never changed for one (document, version of the reader)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from etl.fetched import RawDocument, ReadPage, StoredPage
from etl.store.documents import NEWEST, raw_document, raw_documents
from etl.store.inserts import insert
from etl.store.tables import documents, listings, pages, readings

_BETWEEN = "\n"  # stands in no id of a source
_ROWS_AT_ONCE = 20
_NOTHING = ReadPage("", "")


def unread(connection: Connection, reader_version: str, limit: int, after: int) -> list[RawDocument]:
    """Versions of pages that this reader has not read, in the order of their ids, from `after` on."""
    read = and_(readings.c.document_id == documents.c.id, readings.c.reader_version == reader_version)
    wanted = (
        raw_documents()
        .outerjoin(readings, read)
        .where(readings.c.id.is_(None), documents.c.id > after)
        .order_by(documents.c.id)
        .limit(limit)
    )
    return [raw_document(row) for row in connection.execute(wanted)]


def save(
    connection: Connection,
    document_id: int,
    reader_version: str,
    page: ReadPage | None,
    issue: tuple[str, str],
) -> None:
    """Keep what a reader made of a document, and its issue (code, message); the first reading stays."""
    page = page or _NOTHING
    row = {
        "document_id": document_id,
        "reader_version": reader_version,
        "text_sha256": page.text_sha256,
        "title": page.title,
        "text": zlib.compress(page.text.encode("utf-8", "surrogatepass")),
        "lang": page.lang,
        "published": page.published,
        "publisher": page.publisher,
        "signature": page.signature,
        "issue_code": issue[0],
        "issue_message": issue[1],
    }
    connection.execute(insert(connection, readings).values(row).on_conflict_do_nothing())


def stored_pages(connection: Connection, reader_version: str) -> Iterator[StoredPage]:
    """The newest version of each page that this reader has read, by checksum of the text, then by address.

    Streamed: what is held in memory at once is the pages of one checksum.
    """
    wanted = _read(reader_version).where(NEWEST).order_by(readings.c.text_sha256)
    with connection.execute(wanted) as found:
        for _, rows in groupby(found, key=attrgetter("text_sha256")):
            yield from sorted(map(_stored_page, rows), key=attrgetter("url"))


def reworded_pages(connection: Connection, reader_version: str) -> Iterator[list[StoredPage]]:
    """Every version, the oldest first, of each page of which this reader has read different words.

    Streamed: what is held in memory at once is the versions of one page.
    """
    reworded = (
        select(documents.c.page_id)
        .select_from(readings.join(documents).join(pages))
        .where(readings.c.reader_version == reader_version, pages.c.version > 1)
        .group_by(documents.c.page_id)
        .having(func.count(readings.c.text_sha256.distinct()) > 1)
    )
    wanted = (
        _read(reader_version)
        .where(documents.c.page_id.in_(reworded))
        .order_by(documents.c.page_id, documents.c.version)
    )
    with connection.execute(wanted) as found:
        for _, rows in groupby(found, key=attrgetter("page_id")):
            yield [_stored_page(row) for row in rows]


def _read(reader_version: str) -> Select[*tuple[Any, ...]]:
    """Versions of pages as this reader read them: rows for `_stored_page`."""
    of_page = select(listings).where(listings.c.page_id == pages.c.id)
    url = (
        of_page.with_only_columns(listings.c.url)
        .order_by(listings.c.first_seen, listings.c.source_id)
        .limit(1)
        .scalar_subquery()
    )
    source_ids = of_page.with_only_columns(
        func.aggregate_strings(listings.c.source_id, _BETWEEN)
    ).scalar_subquery()
    return (
        select(
            readings,
            documents.c.page_id,
            documents.c.version,
            documents.c.final_url,
            documents.c.fetched_at,
            documents.c.sha256,
            url.label("url"),
            source_ids.label("source_ids"),
        )
        .select_from(readings.join(documents).join(pages))
        .where(readings.c.reader_version == reader_version)
        .execution_options(stream_results=True, yield_per=_ROWS_AT_ONCE)
    )


def _stored_page(row: Row[*tuple[Any, ...]]) -> StoredPage:
    return StoredPage(
        document_id=row.document_id,
        version=row.version,
        source_ids=tuple(sorted(row.source_ids.split(_BETWEEN))),
        url=row.url,
        final_url=row.final_url,
        fetched_at=row.fetched_at,
        sha256=row.sha256,
        title=row.title,
        text=zlib.decompress(row.text).decode("utf-8", "surrogatepass"),
        lang=row.lang,
        published=row.published,
        publisher=row.publisher,
        text_sha256=row.text_sha256,
        signature=bytes(row.signature),
        issue_code=row.issue_code,
        issue_message=row.issue_message,
    )
