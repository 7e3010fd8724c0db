"""What was read, remembered between refreshes: the same text or table gives the same as long as its reader is
the same.

A build without memory reads every text anew and arrives at the same release; `etl build` does that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import msgspec

from etl.acquire.records import Source
from etl.extract.claims import claims
from etl.extract.records import Document, Extraction
from etl.fetched import RawDocument
from etl.store import Tracker
from etl.store.extractions import OF_TABLES
from etl.tables import TableRows, TableSource, read_table

FAILED = b""
"""Remembered of a text on which the extractor failed."""
_AT_ONCE = 500
_ROOT = Path(__file__).resolve().parents[1]
_PARTS = ("etl/extract", "etl/vocabulary", "geo")
_LIBRARIES = ("pyahocorasick", "hijridate", "rapidfuzz")
_TABLE_PARTS = ("etl/tables", "etl/bounded", "etl/decoding.py", "etl/rows.py", "etl/records.py", *_PARTS)
_TABLE_LIBRARIES = ("charset-normalizer", "openpyxl")
_decoder = msgspec.json.Decoder(Extraction)
_table_decoder = msgspec.json.Decoder(TableRows)


@cache
def extractor_version() -> str:
    """The checksum of everything that an extraction depends on beside its text: code, words, places."""
    return _checksum(_PARTS, _LIBRARIES)


@cache
def tables_version() -> str:
    """The same of what a table's rows depend on beside its bytes and its mapping."""
    return OF_TABLES + _checksum(_TABLE_PARTS, _TABLE_LIBRARIES)


def _checksum(parts: Iterable[str], libraries: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        for path in sorted([_ROOT / part, *(_ROOT / part).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(_ROOT).as_posix()} {content}\n".encode())
    for library in libraries:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:16]


def input_sha256(document: Document) -> str:
    """The checksum of what the extractor sees of a document."""
    seen = (
        document.title,
        document.text,
        document.lang,
        document.published,
        document.publisher,
        document.url,
    )
    parts = (str(part).encode("utf-8", "surrogatepass") for part in seen)
    return hashlib.sha256(b"".join(b"%d:%s" % (len(part), part) for part in parts)).hexdigest()


class Memory:
    """The extractions that a store remembers, for `etl.machine.Reader`."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction | None]:
        """The extractions of documents: read now where they aren't remembered, None where that failed."""
        waiting = iter(documents)
        while batch := list(islice(waiting, _AT_ONCE)):
            keys = [input_sha256(document) for document in batch]
            known = self._tracker.extractions(extractor_version(), keys)
            for key, document in zip(keys, batch, strict=True):
                content = known.get(key)
                if content is None:
                    yield claims(document)
                else:
                    yield None if content == FAILED else _decoder.decode(content)


def table_rows(tracker: Tracker, raw: RawDocument, source: Source, *, keep: bool = False) -> TableRows:
    """The rows of a table, read now where they aren't remembered; `keep`: for the next time, if any could be.

    What could not be read is tried again: the machine may have been too busy. Raises TrackerError.
    """
    told = TableSource(source.url, source.name, source.language, raw.fetched_at.date())
    seen = (raw.sha256, source.id, told.url, told.publisher, told.lang, dict(source.options))
    key = hashlib.sha256(json.dumps(seen, default=str).encode("ascii")).hexdigest()
    content = tracker.extractions(tables_version(), [key]).get(key)
    if content is not None:
        return replace(_table_decoder.decode(content), newest=told.fetched)
    rows = read_table(raw.body, source.options, source.id, source=told)
    if keep and rows.rows_read:
        with suppress(UnicodeEncodeError):  # half a character, of which a workbook may consist
            tracker.save_extractions(tables_version(), {key: msgspec.json.encode(rows)})
    return rows
