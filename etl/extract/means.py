"""Means in a text: how drugs were hidden, by what they travelled, and what kind of event it was.

Rules of transport, better before worse: `transport.vehicle` (a truck, a balloon), `transport.generic` (a
"vehicle"), `transport.building`, `transport.seaport` (goods at a sea port, no ship named).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from etl.extract import hiding
from etl.extract.hiding_signs import is_van
from etl.extract.hiding_words import accusative
from etl.extract.lexicon import Lexicon, Match, shared
from etl.extract.mentions import Means
from etl.extract.nearby import word_after
from etl.extract.text import Text
from etl.vocabulary import load

_BREAK = re.compile(r"\n")


class _Word(NamedTuple):
    kind: str  # transport, generic, building, port, shipment, land, not
    code: str = ""


def find(text: Text) -> list[Means]:
    """Return the concealments, means of transport and kinds of event that a text names, sorted by start."""
    hidden = hiding.find(text)
    goods = [means for means in hidden if means.rule in {"hidden.goods", "hidden.common"}]
    found = [*hidden, *_transport(text, goods), *_events(text)]
    return sorted(found, key=lambda m: (m.start, m.end, m.kind))


def _transport(text: Text, goods: Sequence[Means]) -> Iterator[Means]:
    matches = _vehicles().find(text)
    ports = [match for match in matches if match.value.kind == "port" and _is_sea_port(text.words, match)]
    for match in matches:
        kind, code = match.value
        if kind in {"vehicle", "generic", "building"} and not _is_other(text, match):
            yield Means(match.start, match.end, "transport", code, f"transport.{kind}")
    if ports:
        shipments = [(match.start, match.end) for match in matches if match.value.kind == "shipment"]
        yield from _by_sea(text.words, ports, shipments + [(means.start, means.end) for means in goods])


def _by_sea(words: str, ports: Sequence[Match[_Word]], loads: Sequence[tuple[int, int]]) -> Iterator[Means]:
    """Yield a ship for loads on the line of a sea port, at the load and at the port."""
    lines = [match.start() for match in _BREAK.finditer(words)]
    with_port = {bisect_left(lines, port.start) for port in ports}
    loaded = [(start, end) for start, end in loads if bisect_left(lines, start) in with_port]
    with_load = {bisect_left(lines, start) for start, _ in loaded}
    docked = [(port.start, port.end) for port in ports if bisect_left(lines, port.start) in with_load]
    for start, end in (*loaded, *docked):
        yield Means(start, end, "transport", "ship_container", "transport.seaport")


def _is_sea_port(words: str, match: Match[_Word]) -> bool:
    """Tell a named sea port from a crossing on land that is called one: "Al-Haditha port", "dry port"."""
    around = words[max(0, match.start - 18) : match.end + 22]
    if any(name in around for name in _lists()["land"]):
        return False
    arabic = words[match.start] >= "ء"
    return not arabic or words[max(0, match.start - 2) : match.start] not in {"ال", "لل"}


def _is_other(text: Text, match: Match[_Word]) -> bool:
    """Tell whether the word names something else: "car bomb", the فان of "فإن"."""
    return word_after(text.words, match.end) in _lists()["describes"] or not is_van(
        text, match.start, match.end
    )


def _events(text: Text) -> Iterator[Means]:
    for match in _event_words().find(text):
        yield Means(match.start, match.end, "event_type", match.value, f"event.{match.value}")


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = load("means_text")
    return {
        "describes": frozenset(table["transport_not"]["before"]),
        "land": frozenset(table["seaport"]["land"]),
    }


@shared
def _vehicles() -> Lexicon[_Word]:
    return Lexicon(_vehicle_entries())


def _vehicle_entries() -> Iterator[tuple[str, _Word]]:
    table = load("means_text")
    for phrase in table["transport_not"]["phrases"]:
        yield phrase, _Word("not")
    for code, phrases in table["transport"].items():
        for phrase in phrases:
            for form in (phrase, *accusative(phrase)):
                yield form, _Word("building" if code == "building" else "vehicle", code)
    for code, phrases in table["transport_generic"].items():
        for phrase in phrases:
            yield phrase, _Word("generic", code)
    for phrase in table["seaport"]["ports"]:
        yield phrase, _Word("port")
    for phrase in table["seaport"]["shipments"]:
        yield phrase, _Word("shipment")


@shared
def _event_words() -> Lexicon[str]:
    return Lexicon(
        (phrase, code) for code, phrases in load("means_text")["event_type"].items() for phrase in phrases
    )
