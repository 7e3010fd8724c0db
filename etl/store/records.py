"""What goes into the store of fetched documents and comes out of it. All times are UTC and aware."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Run:
    """One refresh. A run that was killed has the outcome `interrupted` and no end."""

    run_id: int
    owner: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""  # "" while it is at work
    exit_code: int | None = None
    counts: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    message: str = ""


@dataclass(frozen=True, slots=True)
class SourceState:
    """How the last looks at a source went. `failures`: in a row; `listed`: items of the last good look."""

    source_id: str
    etag: str = ""
    last_modified: str = ""
    last_tried: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    listed: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for a page, and when."""

    run_id: int
    source_id: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A page to be asked for now. `document_id`, `etag` and `last_modified` are of the newest version;
    `listed_at`: when the source listed it first; `tried_at`: when it was last asked for; `refused`: the
    server then said that it is gone or forbidden."""

    source_id: str
    url: str
    url_key: str
    attempts: int  # failures in a row
    document_id: int | None = None
    etag: str = ""
    last_modified: str = ""
    listed_at: datetime | None = None
    tried_at: datetime | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an answer lies. `is_new` is false where the newest version already had the same bytes."""

    document_id: int
    is_new: bool
    version: int  # 1 and up


@dataclass(frozen=True, slots=True)
class Problem:
    """A trouble as it was noted."""

    at: datetime
    source_id: str
    code: str
    message: str
    url: str = ""
