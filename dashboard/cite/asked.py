"""What a page or a feed of changes is asked for: since when, which countries, machine-read or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dashboard.cite.recent import WEEK
from dashboard.filters import Filters


@dataclass(frozen=True, slots=True)
class Asked:
    """`refused`: a `since=` that is no day; the default stands in its place and the page says so."""

    since: date
    countries: tuple[str, ...]
    machine: bool
    refused: str = ""

    def query(self, lang: str = "en", *, dated: bool = True) -> str:
        """The query string that asks for the same; without the day, a feed moves on by itself."""
        pairs = [("since", self.since.isoformat())] if dated else []
        pairs += [("country", ",".join(self.countries))] if self.countries else []
        pairs += [("read", "all")] if self.machine else []
        pairs += [("lang", lang)] if lang != "en" else []
        return urlencode(pairs, safe=",")


def asked(query: Mapping[str, str], today: date) -> Asked:
    """What a query string asks for; without a day, the last seven."""
    text = str(query.get("since", ""))
    refused, since = "", today - WEEK
    if text:
        try:
            since = date.fromisoformat(text)
        except ValueError:
            refused = text[:40]
    filters = Filters.from_pairs(
        [(key, str(query[key])) for key in ("country", "scope", "read") if query.get(key)]
    )
    countries = filters.country or (filters.countries() if query.get("scope") else ())
    return Asked(since, countries, filters.with_machine_read(), refused)
