"""The list of sources: `data/sources.toml` -> checked records, and plain words for what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from etl.acquire.listings.sitemaps import is_dated
from etl.acquire.records import KINDS, Source, Trouble
from etl.acquire.source_checks import KEYS, NEEDED, NEEDED_OPTIONS, OPTIONS
from etl.acquire.troubles import trouble
from etl.weburl import url_key

_TABLE = "source"  # [[source]]


def read_sources(path: Path) -> tuple[tuple[Source, ...], tuple[Trouble, ...]]:
    """Read and check the list of sources: one `[[source]]` an entry, in the file's order.

    An entry with a fault is left out and named in a trouble; it doesn't stop the others. A file that can't be
    read at all gives no source and one trouble.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return (), (trouble("sources_unreadable", path=path.name, why=error),)
    sources: list[Source] = []
    troubles = [trouble("sources_part_unknown", key=key) for key in sorted(document.keys() - {_TABLE})]
    entries = document.get(_TABLE, [])
    if not isinstance(entries, list):
        return (), (trouble("sources_unreadable", path=path.name, why="it has no [[source]] entries"),)
    for place, entry in enumerate(entries, 1):
        name = _name(entry, place)
        found = next(_faults(entry, name), None) or _repeated(entry, name, sources)
        if found:
            troubles.append(found)
        else:
            options = MappingProxyType(dict(entry.get("options", {})))
            sources.append(Source(**{**entry, "options": options}))
    return tuple(sources), tuple(troubles)


def fingerprint(source: Source) -> str:
    """A short hash of what decides which pages a source names: kind, address, query, options, on or off.

    Two lists with the same fingerprints ask the same; names, notes, ranges and cadence are not in it.
    """
    asked = [source.kind, source.url, source.query, dict(source.options), source.enabled]
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _name(entry: Any, place: int) -> str:
    said = entry.get("id") if isinstance(entry, dict) else None
    return f"{said} (number {place})" if isinstance(said, str) and said else f"number {place}"


def _faults(entry: Any, name: str) -> Iterator[Trouble]:
    """What is wrong with an entry by itself; what comes later in it relies on what came before."""
    if not isinstance(entry, dict):
        yield _wrong(name, "it", entry, "a table")
        return
    kind = entry.get("kind")
    if kind is None:
        yield trouble("source_key_missing", entry=name, key="kind")
    elif kind not in KINDS:
        yield trouble("source_kind_unknown", entry=name, value=_shown(kind), known=", ".join(KINDS))
    for key, value in entry.items():
        if key not in KEYS:
            yield trouble("source_key_unknown", entry=name, key=key, known=", ".join(KEYS))
        elif not KEYS[key].holds(value):
            yield _wrong(name, key, value, KEYS[key].expected)
    for key in NEEDED[str(kind)]:
        if key not in entry:
            yield trouble("source_key_missing", entry=name, key=key)
    if entry.get("minimum", 0) > entry.get("maximum", Source("", "", "").maximum):
        yield _wrong(name, "maximum", entry.get("maximum"), KEYS["maximum"].expected)
    if kind != "sitemap" and is_dated(entry.get("url", "")):
        yield _wrong(
            name, "url", entry["url"], "an address without places for a date (only sitemaps have them)"
        )
    yield from _faults_of_options(str(kind), entry.get("options", {}), name)


def _faults_of_options(kind: str, options: Mapping[str, Any], name: str) -> Iterator[Trouble]:
    if kind not in OPTIONS:
        return
    rules = OPTIONS[kind]
    for key, value in options.items():
        if key not in rules:
            yield trouble("source_option_unknown", entry=name, kind=kind, key=key, known=", ".join(rules))
        elif not rules[key].holds(value):
            yield _wrong(name, f"options.{key}", value, rules[key].expected)
    for key in NEEDED_OPTIONS.get(kind, ()):
        if key not in options:
            yield trouble("source_key_missing", entry=name, key=f"options.{key}")


def _repeated(entry: Mapping[str, Any], name: str, sources: list[Source]) -> Trouble | None:
    for source in sources:
        if source.id == entry["id"]:
            return trouble("source_repeated", entry=name, other=source.id, key="id")
        same = source.query == entry.get("query", "") and source.options == entry.get("options", {})
        if same and entry.get("url") and url_key(source.url) == url_key(entry["url"]):
            return trouble("source_repeated", entry=name, other=source.id, key="address")
        if same and source.query and source.url == entry.get("url", ""):
            return trouble("source_repeated", entry=name, other=source.id, key="query")
    return None


def _wrong(name: str, key: str, value: object, expected: str) -> Trouble:
    return trouble("source_value_wrong", entry=name, key=key, value=_shown(value), expected=expected)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
