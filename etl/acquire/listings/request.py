"""What the readers of listings are asked: one look at one source at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from etl.acquire.records import Answer, Source

Get = Callable[..., Answer]
"""`get(url, *, etag="", last_modified="", accept=..., apart_s=0.0)`: the client. Raises FetchError."""
Strings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A look at a source: `now` is UTC, `since` (None: not told) the moment from which pages are wanted."""

    source: Source
    now: datetime
    since: datetime | None = None

    def strings(self, option: str) -> Strings:
        """The values of an option that is a list of strings; () where it isn't set."""
        values = self.source.options.get(option, ())
        return tuple(str(value) for value in values) if isinstance(values, (list, tuple)) else ()
