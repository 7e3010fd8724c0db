"""What the tests of listings share: a moment, sources, and a real client that asks loopback servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from etl.acquire.client import Client, Limits
from etl.acquire.listings import Get
from etl.acquire.records import Answer, Listing, Source
from tests.etl.acquire.fetching import NO_AUTHORITIES

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADDRESS = "https://news.example.org/feed"


@contextmanager
def asking() -> Iterator[Get]:
    """A client that may ask loopback and has no manners."""
    limits = Limits(connect_s=60, read_s=60, total_s=100, attempts=1, backoff_s=0.01)
    with Client(
        limits, allow_private=True, delay_s=0.0, per_host=10, obey_robots=False, tls=NO_AUTHORITIES
    ) as client:
        yield client.get


def source(kind: str, url: str, **said: Any) -> Source:
    options = MappingProxyType(said.pop("options", {}))
    return Source(id="outlet", name="Outlet", kind=kind, url=url, options=options, **said)


def answer(body: bytes, content_type: str = "application/xml", url: str = ADDRESS) -> Answer:
    return Answer(url, url, 200, NOW, body, {"content-type": content_type})


def codes(listing: Listing) -> list[str]:
    return [trouble.code for trouble in listing.troubles]
