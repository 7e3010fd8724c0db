"""Stage `page_reading`: a fetched document -> its words, by the same readers as the pages of the inbox.

What was read is kept beside the document with the version of the reader, so that a page is taken apart once,
and again when the reader changes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib.metadata import version

import msgspec

from etl.extract.claims import claims
from etl.extract.documents import read_bytes
from etl.extract.privacy import with_names
from etl.extract.records import Document
from etl.fetched import RawDocument, ReadPage
from etl.papers import text_sha256
from etl.records import Issue, RowRef
from etl.syndication import signature
from etl.vocabulary.issues import issue

READER_VERSION = f"3 trafilatura {version('trafilatura')}"
"""Raise the number when the same bytes would give other words."""

IS_TABLE = "document_is_table"
"""The code of documents that are no pages but tables, which the ledger reads."""

_CLOCKS = timedelta(days=1)
"""A page may bear tomorrow's date: east of UTC it is tomorrow."""


def read_document(raw: RawDocument, is_table: bool) -> tuple[ReadPage | None, Issue | None]:
    """The words of a document, and what is wrong with it; without words the issue says why.

    `is_table`: its source gives rows, not pages; `etl.tables` reads them. What a page doesn't say of itself
    (title, day, language) is taken from the listing that named it.
    """
    ref = RowRef(raw.url, 1)
    if is_table:
        return None, issue(IS_TABLE, ref, value=raw.url)
    found = list(read_bytes(raw.body, raw.headers.get("content-type", ""), raw.url))
    document = next((one for one in found if isinstance(one, Document)), None)
    trouble = next((one for one in found if isinstance(one, Issue)), None)
    if document is None:
        return None, trouble or issue("document_without_text", ref)
    document = _completed(document, raw)
    latest = raw.fetched_at.date() + _CLOCKS
    if document.published and document.published > latest:
        shown = document.published.isoformat()
        trouble = issue("document_date_ahead", ref, value=shown, fetched=raw.fetched_at.date())
        document = replace(document, published=None)
    page = ReadPage(
        title=document.title,
        text=document.text,
        lang=document.lang,
        published=document.published,
        publisher=document.publisher,
        text_sha256=text_sha256(document),
        signature=signature(document.body),
    )
    return page, trouble


def extract(document: Document) -> bytes:
    """Read a document's words; the extraction, ready to be quoted, in the form that is kept."""
    return msgspec.json.encode(with_names(document, claims(document)))


def _completed(document: Document, raw: RawDocument) -> Document:
    listed = raw.listed_published.date() if raw.listed_published else None
    return replace(
        document,
        title=document.title or raw.listed_title,
        lang=document.lang or raw.language,
        published=document.published or listed,
    )
