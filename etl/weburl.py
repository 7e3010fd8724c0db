"""Addresses of web pages: when two of them are one page. The one place that decides it."""

from __future__ import annotations

from functools import cache
from urllib.parse import SplitResult, urlsplit, urlunsplit

from etl.vocabulary import load

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def page_name(url: str) -> str:
    """The page behind the address: scheme, www, a trailing slash or a fragment make no other page.

    "" where it is no address.
    """
    host, parts = page_host(url), _split(url)
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host and parts else ""


def page_host(url: str) -> str:
    """The host of an address, without www; "" where it is no address."""
    parts = _split(url)
    return parts.netloc.lower().removeprefix("www.") if parts else ""


def normal_url(url: str) -> str:
    """The address in its one normal form, which can still be asked for.

    Scheme and host in lower case, without default port, fragment and what only counts readers (`utm_...`).
    What is no address comes back stripped of blanks.
    """
    parts = _split(url)
    if not parts or not parts.netloc:
        return url.strip()
    account, at, host = parts.netloc.rpartition("@")
    host = host.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))
    return urlunsplit((parts.scheme, f"{account}{at}{host}", parts.path or "/", _kept(parts.query), ""))


def url_key(url: str) -> str:
    """What tells one page from another: the page behind the normal form; the text itself of what is no
    address."""
    normal = normal_url(url)
    return page_name(normal) or normal


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def _kept(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _counts_readers(part.split("=", 1)[0]))


def _counts_readers(name: str) -> bool:
    names, beginnings = _tracking()
    name = name.lower()
    return name in names or name.startswith(beginnings)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    listed = [str(name) for name in load("web_addresses")["tracking"]]
    beginnings = tuple(name[:-1] for name in listed if name.endswith("*"))
    return frozenset(name for name in listed if not name.endswith("*")), beginnings
