"""An extraction for people: the fields of a claim in a fixed order, each with its value as words.

What the plain summary and the coloured explanation of the command line have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from etl.extract.answers import governorate_name, ledger_word, stated_dates
from etl.extract.privacy import DIRECTIONS
from etl.extract.records import Document, Extraction, Found, LoadAmount, PlaceRole, TextClaim
from etl.records import When

_CONTROLS = {
    **{c: "\ufffd" for c in [*range(0x20), *range(0x7F, 0xA0)] if chr(c) not in "\n\t\r"},
    **DIRECTIONS,
    0x0D: " ",
}


class Shown(NamedTuple):
    """One value of a claim: field, value as words, its words in `Document.body` (none: start = end)."""

    field: str
    value: str
    start: int
    end: int
    rule: str


FIELDS = (
    "date", "country", "governorate", "place", "amount", "value", "arrests", "killed", "agency", "partner",
    "concealment", "transport", "kind", "origin", "destination", "named",
)  # fmt: skip
"""The names of the fields, in the order in which they are shown; `named`: further places of the passage."""


def values(claim: TextClaim) -> Iterator[Shown]:
    """Yield what a claim says, in the order of FIELDS."""
    yield from _one("date", claim.when, _when)
    yield from _one("country", claim.country)
    yield from _one("governorate", claim.admin1, governorate_name)
    yield from _one("place", claim.place)
    yield from (s for amount in claim.amounts for s in _one("amount", amount, _amount))
    yield from _one("value", claim.value_usd, _dollars)
    yield from _one("arrests", claim.arrests)
    yield from _one("killed", claim.killed)
    yield from (s for agency in claim.agencies for s in _one("agency", agency))
    yield from (s for partner in claim.partners for s in _one("partner", partner))
    yield from (s for hidden in claim.concealment for s in _one("concealment", hidden))
    yield from _one("transport", claim.transport, ledger_word)
    yield from _one("kind", claim.event_type)
    yield from _one("origin", claim.origin)
    yield from _one("destination", claim.destination)
    yield from (s for place in claim.places for s in _one("named", place, _place))


def summary(document: Document, extraction: Extraction) -> str:
    """Return a document's claims as plain lines: field, value, the page's words with their place, rule."""
    head = f"{document.id}: {extraction.doc_class.replace('_', ' ')}"
    lines = [harmless(f"{head}, {document.title}" if document.title else head)]
    for number, claim in enumerate(extraction.claims, 1):
        lines.append(f"  {number} {claim.kind}{scope(claim)}, characters {claim.start}-{claim.end}")
        lines += [_line(document, shown) for shown in values(claim)]
        if claim.flags:
            lines.append(f"    {'flags':12} {', '.join(claim.flags)}")
    return "\n".join(lines)


def scope(claim: TextClaim) -> str:
    """Return what a total covers, as an addition to its kind."""
    return f" ({claim.scope})" if claim.scope else ""


def quoted(document: Document, shown: Shown) -> str:
    """Return the words of a value on one line, "" where it follows from the whole page."""
    return " ".join(harmless(document.body[shown.start : shown.end]).split())


def harmless(text: str) -> str:
    """Return a page's words, as many characters, without those that a terminal or an eye would obey."""
    return text.translate(_CONTROLS)


def _line(document: Document, shown: Shown) -> str:
    words = quoted(document, shown)
    said = f'"{words}" {shown.start}-{shown.end}' if words else "the page"
    return f"    {shown.field:12} {shown.value}  <- {said} [{shown.rule}]"


def _one(field: str, found: Found[Any] | None, words: Callable[[Any], object] = str) -> Iterator[Shown]:
    if found is not None:
        yield Shown(field, harmless(str(words(found.value))), found.start, found.end, found.rule)


def _when(when: When) -> str:
    first, last = stated_dates(when)
    span = " to ".join(filter(None, (first, last))) or "unknown"
    return f"{span} ({when.basis})" if when.basis else span


def _place(place: PlaceRole) -> str:
    return f"{place.name} ({place.role.replace('_', ' ')})"


def _amount(amount: LoadAmount) -> str:
    number = (
        f"{amount.low:,.10g}" if amount.low == amount.high else f"{amount.low:,.10g} to {amount.high:,.10g}"
    )
    qualifier = "" if amount.qualifier in ("exact", "range") else f"{amount.qualifier} "
    return f"{qualifier}{number} {amount.unit} of {amount.drug}"


def _dollars(span: tuple[float, float]) -> str:
    return " to ".join(f"{sum_:,.10g}" for sum_ in dict.fromkeys(span)) + " USD"
