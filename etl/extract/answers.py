"""An extraction as one JSON object an article: the format in which extractors are scored and handed on.

{"id", "doc_class", "events": [{"kind", "date", "date_end", "country", "admin1", "place", "place_as_written",
"amounts": [{"drug", "low", "high", "unit", "qualifier"}], "value_usd", "arrests", "killed", "agencies",
"joint_with", "concealment", "transport", "event_type", "origin", "destination", "passage"}]}

What the page doesn't say is null or an empty list. Dates are as precise as the page: YYYY-MM-DD, YYYY-MM or
YYYY. Countries are ISO 3166 alpha-2 codes; governorates and places have English names, a governorate with
another usual transliteration ("Makkah (Mecca)"); drugs, units, transport and event types are the ledger's
words. Agencies and concealment come as written and, where that differs, in canonical English. `passage` is
where the words stand: first and last offset in title and text.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from etl.extract.records import Document, Extraction, Found, TextClaim
from etl.extract.text import fold_phrase
from etl.records import When
from etl.vocabulary import load
from geo import names
from geo.fold import fold

LONGEST_WRITTEN = 8
"""Words of a page that still are a name or a thing; longer spans give the canonical English alone."""


def answer(document: Document, extraction: Extraction) -> dict[str, Any]:
    """Return the object of one article, ready for `json.dumps`; `partly` only where the page was not read
    whole.
    """
    read = {
        "id": document.id,
        "doc_class": extraction.doc_class,
        "events": [_event(document, claim) for claim in extraction.claims],
    }
    return {**read, "partly": True} if extraction.partly else read


def _event(document: Document, claim: TextClaim) -> dict[str, Any]:
    start, end = stated_dates(claim.when.value) if claim.when else (None, None)
    return {
        "kind": claim.kind,
        "date": start,
        "date_end": end,
        "country": _value(claim.country),
        "admin1": _governorate(claim.admin1.value) if claim.admin1 else None,
        "place": _value(claim.place),
        "place_as_written": _written(document, claim.place or claim.admin1) or None,
        "amounts": [
            {
                "drug": a.drug,
                "low": _plain(a.low),
                "high": _plain(a.high),
                "unit": a.unit,
                "qualifier": a.qualifier,
            }
            for a in (found.value for found in claim.amounts)
        ],
        "value_usd": _dollars(claim.value_usd),
        "arrests": _value(claim.arrests),
        "killed": _value(claim.killed),
        "agencies": _both_forms(document, claim.agencies),
        "joint_with": list(dict.fromkeys(found.value for found in claim.partners)),
        "concealment": _both_forms(document, claim.concealment) or None,
        "transport": ledger_word(claim.transport.value) if claim.transport else None,
        "event_type": _value(claim.event_type),
        "origin": _value(claim.origin),
        "destination": _value(claim.destination),
        "passage": [claim.start, claim.end],
    }


def stated_dates(when: When) -> tuple[str | None, str | None]:
    """Return first and last date of a span, cut to what the page said; last: None for one day, month, year.

    A week is written as its month: ISO dates have no shorter form that every reader knows.
    """
    if when.start is None or when.end is None:
        return None, None
    length = {"day": 10, "week": 7, "month": 7, "year": 4}.get(when.precision) or _length(
        when.start, when.end
    )
    first, last = when.start.isoformat()[:length], when.end.isoformat()[:length]
    return first, None if last == first or when.precision == "week" else last


def governorate_name(code: str) -> str:
    """Return the English name of an ISO 3166-2 code; the code itself where nothing has it."""
    try:
        return names.governorate(code).name_en
    except KeyError:
        return code


def _governorate(code: str) -> str:
    """The English name, with the other usual transliteration in parentheses ("Makkah (Mecca)")."""
    name = governorate_name(code)
    other = _other_spelling(code)
    return f"{name} ({other})" if other else name


@cache
def _other_spelling(code: str) -> str:
    """The first alias that is the same word in other letters, and no part of another governorate's name."""
    try:
        own = names.governorate(code)
    except KeyError:
        return ""
    key = fold(own.name_en)
    taken = {w for g in names.governorates(own.country) if g.code != code for w in fold(g.name_en).split()}
    for alias in filter(str.isascii, own.aliases):
        other = fold(alias)
        if other != key and other[0] == key[0] and " " not in other and other not in taken:
            return alias
    return ""


def ledger_word(transport: str) -> str:
    """Return the ledger's word for a means of transport ("ship/container" for `ship_container`)."""
    entry = load("methods")["transport"].get(transport)
    return str(entry["ledger"][0]) if entry else transport


def _length(start: date, end: date) -> int:
    """How much of a period's dates says something: whole years, whole months or days."""
    if end.day != calendar.monthrange(end.year, end.month)[1] or start.day != 1:
        return 10
    return 4 if (start.month, end.month) == (1, 12) else 7


def _value(found: Found[Any] | None) -> Any:
    return None if found is None or found.value == "" else found.value


def _plain(number: float) -> float:
    """The number without a fraction of zero."""
    return int(number) if number.is_integer() else number


def _dollars(found: Found[tuple[float, float]] | None) -> float | None:
    """The sum; of a range the middle, as one column has to hold it."""
    return None if found is None else _plain(sum(found.value) / 2)


def _written(document: Document, found: Found[str] | None) -> str:
    if found is None:
        return ""
    words = document.body[found.start : found.end].split()
    return " ".join(words) if len(words) <= LONGEST_WRITTEN else ""


def _both_forms(document: Document, found: Iterable[Found[str]]) -> list[str]:
    """Each name as written, then in canonical English, without repeats."""
    forms: dict[str, str] = {}
    for one in found:
        for form in (_written(document, one), one.value):
            forms.setdefault(fold_phrase(form), form)
    forms.pop("", None)
    return list(forms.values())
