"""What an entry of the list of sources must look like: each key and option, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from etl.acquire.listings.links import LONGEST_URL, web_address


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether a value is right, and what it must be, in words that follow "must be"."""

    holds: Callable[[Any], bool]
    expected: str


def _matches(pattern: str) -> Callable[[Any], bool]:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _number(low: float, high: float, *, whole: bool = False) -> Callable[[Any], bool]:
    kinds = int if whole else (int, float)
    return lambda value: isinstance(value, kinds) and not isinstance(value, bool) and low <= value <= high


def _compiles(compile_it: Callable[[str], object]) -> Callable[[Any], bool]:
    def holds(value: Any) -> bool:
        try:
            compile_it(value)
        except (re.error, etree.XPathError, TypeError, ValueError):
            return False
        return bool(value)

    return holds


def _address(value: Any) -> bool:
    """A web address; the places for a date that a sitemap's may have are filled with figures first."""
    return isinstance(value, str) and bool(
        web_address(re.sub(r"\{(?:year|month|day|mm|dd|date)\}", "1", value))
    )


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


TRUTH = Rule(lambda value: isinstance(value, bool), "true or false")
TEXT = Rule(lambda value: isinstance(value, str), "a text")
WORDS = Rule(lambda value: isinstance(value, str) and bool(value.strip()), "a text that is not blank")
FOLDER = Rule(
    lambda value: isinstance(value, str) and bool(value.strip()) and "\0" not in value,
    'a folder, such as "drop"',
)
HOSTS = Rule(_strings, 'a list of hosts, such as ["example.org"]')

KEYS: Mapping[str, Rule] = {
    "id": Rule(_matches(r"[a-z0-9][a-z0-9_]{1,63}"), "small letters, figures and _, 2 to 64 of them"),
    "name": WORDS,
    "kind": WORDS,
    "url": Rule(_address, f"an http(s) address without an account, of at most {LONGEST_URL:,} characters"),
    "query": WORDS,
    "language": Rule(_matches("(?:[a-z]{2,3})?"), "an ISO 639 code of two or three small letters, or blank"),
    "country": Rule(_matches("(?:[A-Z]{2})?"), "an ISO 3166 code of two capital letters, or blank"),
    "every_hours": Rule(_number(0.25, 24 * 31), "a number of hours from 0.25 to 744"),
    "minimum": Rule(_number(0, 100_000, whole=True), "a whole number from 0 to 100,000"),
    "maximum": Rule(_number(1, 100_000, whole=True), "a whole number from 1 to 100,000, not below minimum"),
    "enabled": TRUTH,
    "verified": TRUTH,
    "robots": TEXT,
    "note": TEXT,
    "options": Rule(lambda value: isinstance(value, dict), "a table of options"),
}

_COMMON = {"narrow": TRUTH}
OPTIONS: Mapping[str, Mapping[str, Rule]] = {
    "feed": _COMMON,
    "sitemap": _COMMON
    | {
        "days": Rule(_number(0.25, 90), "a number of days from 0.25 to 90"),
        "max_sitemaps": Rule(_number(1, 100, whole=True), "a whole number from 1 to 100"),
        "depth": Rule(_number(0, 3, whole=True), "a whole number from 0 to 3"),
        "other_hosts": HOSTS,
    },
    "pages": _COMMON
    | {
        "xpath": Rule(_compiles(etree.XPath), "an XPath expression"),
        "pattern": Rule(_compiles(re.compile), "a regular expression"),
        "other_hosts": HOSTS,
    },
    "gdelt": _COMMON
    | {
        "hours": Rule(_number(0.25, 90 * 24), "a number of hours from 0.25 to 2,160"),
        "sourcelang": Rule(_matches("[a-z]{3,20}"), "a language's English name in small letters"),
        "maxrecords": Rule(_number(1, 250, whole=True), "a whole number from 1 to 250"),
        "max_requests": Rule(_number(1, 64, whole=True), "a whole number from 1 to 64"),
    },
    "inbox": _COMMON | {"folder": FOLDER},
}
"""Kind -> its options. A `table` may have any: its mapping of columns is checked by the reader of tables."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "feed": ("id", "name", "url"),
    "sitemap": ("id", "name", "url"),
    "pages": ("id", "name", "url"),
    "gdelt": ("id", "name", "query"),
    "table": ("id", "name", "url"),
    "inbox": ("id", "name"),
}

NEEDED_OPTIONS: Mapping[str, tuple[str, ...]] = {"inbox": ("folder",)}
