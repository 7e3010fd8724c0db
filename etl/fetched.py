"""Documents as they were fetched and as they were read: what passes between the store and the readers.

Apart from the store, so that a reader's process need not load a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One version of a page as it was sent. `source_id`, `listed_title`, `listed_published` and `language`
    are of the first source that listed the page."""

    document_id: int
    version: int
    source_id: str
    url: str
    final_url: str
    fetched_at: datetime
    status: int
    headers: Mapping[str, str]
    sha256: str  # of `body`
    body: bytes
    language: str = ""
    listed_title: str = ""
    listed_published: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a page reader made of a document. `signature` tells near-duplicates, its form is the reader's."""

    title: str
    text: str
    lang: str = ""
    published: date | None = None
    publisher: str = ""
    text_sha256: str = ""  # 64 hexadecimal digits
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A version of a page as it was read. Where it couldn't be read, title and text are empty and
    the issue says why. `url` is that of the first source that listed it."""

    document_id: int
    version: int
    source_ids: tuple[str, ...]  # every source that listed the page, sorted
    url: str
    final_url: str
    fetched_at: datetime
    sha256: str
    title: str
    text: str
    lang: str
    published: date | None
    publisher: str
    text_sha256: str
    signature: bytes
    issue_code: str
    issue_message: str
