"""What passes between the parts of acquiring: a source, what it lists, what a server answered.

`SourceChange` and `CoverageRow`, which are published, stand in `etl.records`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

KINDS = ("feed", "sitemap", "pages", "gdelt", "table", "inbox")
"""How a source is asked. Dead links of any of them are looked up in the web archive."""


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of `data/sources.toml`.

    `minimum` and `maximum` bound the number of items that a listing normally has: outside them the source has
    changed and a person should look. `options` holds what only its kind knows (window, link pattern, mapping
    of columns); the readers of the kinds check it.
    """

    id: str
    name: str
    kind: str  # one of KINDS
    url: str = ""
    query: str = ""
    language: str = ""
    country: str = ""  # ISO 3166 alpha-2: where the outlet sits, a hint only
    every_hours: float = 6.0
    minimum: int = 0
    maximum: int = 1000
    enabled: bool = True
    verified: bool = False  # the address was seen in public material
    robots: str = ""  # note on robots.txt, terms and licence
    note: str = ""
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Listed:
    """One page that a listing names, before it is fetched. `published` is UTC; None where not told or not
    to be believed."""

    url: str
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong while acquiring: a code of `acquire_codes.toml`, one sentence for people
    (what happened, where, what to do), and where."""

    code: str
    message: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one look at a source gave. `unchanged`: the server said that nothing is new since the last look.

    `etag` and `last_modified` are those of the listing's (first) page, to be sent with the next look.
    """

    items: tuple[Listed, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: `body` is decompressed, within the limits, not decoded to text.

    `headers` has lower-case names, only those of interest (content-type, etag, last-modified,
    content-language, date). 304 has an empty body.
    """

    url: str  # as asked
    final_url: str  # after redirects
    status: int
    fetched_at: datetime  # UTC
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def content_type(self) -> str:
        """The media type without its parameters, lower case."""
        return self.headers.get("content-type", "").split(";", 1)[0].strip().lower()
