"""Means in a text: how drugs were hidden, by what they travelled, and what kind of event it was.

Rules of transport, better before worse: `transport.vehicle` (a truck, a balloon), `transport.generic` (a
"vehicle"), `transport.building`, `transport.seaport` (a consignment at a port, no ship named).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extract import hiding
from etl.extract.lexicon import Lexicon, Match
from etl.extract.mentions import Means
from etl.extract.nearby import sentences_of, word_after
from etl.extract.text import Text
from etl.vocabulary import load


class _Word(NamedTuple):
    kind: str  # transport, generic, building, port, shipment, land, not
    code: str = ""


def find(text: Text) -> list[Means]:
    """Return the concealments, means of transport and kinds of event that a text names, sorted by start."""
    found = [*hiding.find(text), *_transport(text), *_events(text)]
    return sorted(found, key=lambda m: (m.start, m.end, m.kind))


def _transport(text: Text) -> Iterator[Means]:
    matches = _vehicles().find(text)
    ports = [match for match in matches if match.value.kind == "port"]
    shipments = [match.start for match in matches if match.value.kind == "shipment"]
    sentences = sentences_of(text.folded) if ports and shipments else None
    for match in matches:
        kind, code = match.value
        if kind in {"vehicle", "generic", "building"} and not _is_other(text, match):
            yield Means(match.start, match.end, "transport", code, f"transport.{kind}")
        elif kind == "port" and sentences is not None and not _is_land(text.words, match):
            low, high = sentences.around(match.start)
            place = bisect_left(shipments, low)
            if place < len(shipments) and shipments[place] < high:
                yield Means(match.start, match.end, "transport", "ship/container", "transport.seaport")


def _is_other(text: Text, match: Match[_Word]) -> bool:
    """Tell whether the word names something else: "car bomb", the فان of "فإن"."""
    return word_after(text.words, match.end) in _lists()["describes"] or not hiding.is_van(
        text, match.start, match.end
    )


def _is_land(words: str, match: Match[_Word]) -> bool:
    """Tell whether a "port" is a crossing on land: "Al-Haditha port", "dry port"."""
    around = words[max(0, match.start - 18) : match.end + 22]
    return any(name in around for name in _lists()["land"])


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


@cache
def _vehicles() -> Lexicon[_Word]:
    return Lexicon(_vehicle_entries())


def _vehicle_entries() -> Iterator[tuple[str, _Word]]:
    table = load("means_text")
    for phrase in table["transport_not"]["phrases"]:
        yield phrase, _Word("not")
    for code, phrases in table["transport"].items():
        for phrase in phrases:
            yield phrase, _Word("building" if code == "building" else "vehicle", code)
    for code, phrases in table["transport_generic"].items():
        for phrase in phrases:
            yield phrase, _Word("generic", code)
    for phrase in table["seaport"]["ports"]:
        yield phrase, _Word("port")
    for phrase in table["seaport"]["shipments"]:
        yield phrase, _Word("shipment")


@cache
def _event_words() -> Lexicon[str]:
    return Lexicon(
        (phrase, code) for code, phrases in load("means_text")["event_type"].items() for phrase in phrases
    )
