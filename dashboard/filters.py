"""What the reader asked for: `Filters` <-> query string. Pages, permalinks and exports share it.

The query string is the whole state: short readable keys, defaults left out, values it does not understand
ignored and reported in `Filters.ignored` (a visible notice, never an error page). What the filters do to the
data is in `dashboard.selection`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import parse_qsl, quote, urlencode

CHANGE_OF_GOVERNMENT = date(2024, 12, 8)
"""Change of government in Syria: the cut of the default period (analyst requirements, section 4)."""

SCOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "iq-sy": ("IQ", "SY"),
        "iq": ("IQ",),
        "sy": ("SY",),
        "jo": ("JO",),
        "gulf": ("AE", "BH", "KW", "OM", "QA", "SA"),
        "all": (),
    }
)
PERIODS = ("change", "12m", "all")  # a year or any other span is a pair of dates
COMPARISONS = ("before", "year", "none")
GRAINS = ("auto", "month", "quarter", "year")
SCALES = ("log", "linear")
READ = ("curated", "all")
"""What people collected, or with it what a machine read and nobody has reviewed."""
CAPTAGON = ("captagon", "amphetamine_tablets")
"""Counted together: Saudi customs call the same tablets amphetamine tablets."""
UNSTATED = ("pills_unspecified", "unspecified")
"""Pills of unstated kind: a series beside the captagon figure, never inside it."""

# Keys that belong to the page and not to the selection: other parts of the dashboard read them.
OTHER_KEYS = frozenset({
    "lang", "theme", "basemap", "for", "all", "columns", "sort", "since", "list", "table", "release",
    "measure", "by", "layer", "step",
})  # fmt: skip

_CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_ADMIN1 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_EVENT = re.compile(r"(?:CAP-)?0*(\d{1,9})")
MAX_IDS = 400
"""Events that a link may choose one by one; more would not fit an address."""
_MAX_TEXT = 200


@dataclass(frozen=True)
class Ignored:
    """A part of a query string that was not understood."""

    key: str
    value: str


@dataclass(frozen=True)
class Span:
    """A period of days, both ends included; `start` None = from the beginning, undated events included."""

    start: date | None
    end: date

    @property
    def days(self) -> int | None:
        return None if self.start is None else (self.end - self.start).days + 1


@dataclass(frozen=True)
class Filters:
    """One state of the dashboard. Empty tuples, "" and None mean: no restriction.

    `since` is a preset of `PERIODS` or, for dates of the reader's own, "" with `date_from`/`date_to`.
    Quantities are tablets, distances kilometres to the Iraq-Syria border.
    """

    scope: str = "iq-sy"
    since: str = "change"
    date_from: date | None = None
    date_to: date | None = None
    vs: str = "before"
    vs_from: date | None = None
    vs_to: date | None = None
    country: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    drug: tuple[str, ...] = ()  # () = captagon with amphetamine tablets; ("any",) = every drug
    min: int | None = None
    max: int | None = None
    border_km: int | None = None
    sector: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    transport: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    origins: int | None = None
    precision: tuple[str, ...] = ()
    q: str = ""
    grain: str = "auto"
    scale: str = "log"
    cut: date | None = None  # the page of trends compares the time before and after this day
    read: str = "curated"
    ids: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str) -> Self:
        """The state a query string describes (with or without its `?`)."""
        try:
            pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=False, max_num_fields=100)
        except ValueError:
            return cls(ignored=(Ignored("query", query[:80]),))
        return cls.from_pairs(pairs)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """The state of decoded key-value pairs; of a repeated key the values are joined."""
        merged: dict[str, str] = {}
        for key, value in pairs:
            merged[key] = f"{merged[key]},{value}" if key in merged and key not in {"q"} else str(value)
        values: dict[str, Any] = {}
        ignored: list[Ignored] = []
        for key, text in merged.items():
            if key in OTHER_KEYS:
                continue
            reader = _READERS.get(key)
            found = reader(text.strip()) if reader else None
            if found is None:
                ignored.append(Ignored(key[:40], text[:80]))
            else:
                values |= found
        _order(values, "min", "max", ignored)
        _order(values, "date_from", "date_to", ignored)
        return cls(**values, ignored=tuple(ignored))

    def to_query(self) -> str:
        """The shortest query string that reads back as this state, without `?`; "" for the default view."""
        return urlencode(self.to_pairs(), quote_via=quote, safe=",:.-")

    def to_pairs(self) -> list[tuple[str, str]]:
        """Key and text of everything that differs from the default, in a fixed order."""
        pairs: list[tuple[str, str]] = []
        if self.scope != "iq-sy":
            pairs.append(("scope", self.scope))
        if self.date_from or self.since != "change":
            pairs.append(("from", self.date_from.isoformat() if self.date_from else self.since))
        if self.date_to:
            pairs.append(("to", self.date_to.isoformat()))
        if self.vs_from and self.vs_to:
            pairs.append(("vs", f"{self.vs_from.isoformat()}..{self.vs_to.isoformat()}"))
        elif self.vs != "before":
            pairs.append(("vs", self.vs))
        for key in _PLAIN_KEYS:
            value = getattr(self, key)
            if value == _DEFAULTS[key]:
                continue
            if isinstance(value, date):
                value = value.isoformat()
            if key == "ids":
                value = [str(int(event_id.removeprefix("CAP-"))) for event_id in value]
            pairs.append((key, ",".join(value) if isinstance(value, tuple | list) else str(value)))
        return pairs

    def countries(self) -> tuple[str, ...]:
        """Countries the view is limited to; () = all."""
        return self.country or SCOPES[self.scope]

    def span(self, complete_to: date) -> Span:
        """The period shown; it never reaches past the day to which the data is complete."""
        end = min(self.date_to, complete_to) if self.date_to else complete_to
        if self.date_from:
            start: date | None = self.date_from
        else:
            start = {"change": CHANGE_OF_GOVERNMENT, "12m": _years_before(end, 1) + timedelta(days=1)}.get(
                self.since
            )
        return Span(min(start, end) if start else None, end)

    def comparison(self, complete_to: date) -> Span | None:
        """The period to compare with: as long before, the same days a year earlier, or given dates."""
        if self.vs_from and self.vs_to:
            return Span(self.vs_from, min(self.vs_to, complete_to))
        span = self.span(complete_to)
        if span.start is None or span.days is None or self.vs == "none":
            return None
        if self.vs == "year":
            back = self.years_back(span)
            return Span(_years_before(span.start, back), _years_before(span.end, back))
        return Span(span.start - timedelta(days=span.days), span.start - timedelta(days=1))

    def years_back(self, span: Span) -> int:
        """How many years earlier the same days lie clear of `span`."""
        return 1 if span.days is None else max(1, -(-span.days // 366))

    def grain_for(self, first: date, last: date) -> str:
        """Month, quarter or year: the reader's choice, else what keeps a chart of first..last readable."""
        if self.grain != "auto":
            return self.grain
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return "month" if months <= 30 else "quarter" if months <= 80 else "year"

    def with_machine_read(self) -> bool:
        """Whether seizures that a machine read and nobody has reviewed are shown and counted too."""
        return self.read == "all"

    def drugs(self) -> tuple[str, ...]:
        """Drugs of the main figure; () = every drug."""
        return () if "any" in self.drug else self.drug or CAPTAGON

    def shows_unstated(self) -> bool:
        """Whether pills of unstated kind stand beside: they do unless the filter has them already."""
        drugs = self.drugs()
        return bool(drugs) and set(CAPTAGON) <= set(drugs) and not set(UNSTATED) & set(drugs)

    def without(self, *names: str) -> Self:
        """The same state with these fields back at their defaults."""
        return replace(self, **{name: _DEFAULTS[name] for name in names})

    def active(self) -> tuple[str, ...]:
        """Names of the selecting fields that differ from the default view, in the order of the query."""
        return tuple(name for name in _SELECTING if getattr(self, name) != _DEFAULTS[name])


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _order(values: dict[str, Any], low: str, high: str, ignored: list[Ignored]) -> None:
    """An interval given the wrong way round is turned, and said so."""
    if values.get(low) is not None and values.get(high) is not None and values[low] > values[high]:
        values[low], values[high] = values[high], values[low]
        ignored.append(Ignored(f"{low}/{high}", f"{values[high]} > {values[low]}"))


def _read_date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
    return found if found and 1990 <= found.year <= 2100 else None


def _from(text: str) -> dict[str, Any] | None:
    if text in PERIODS:
        return {"since": text}
    found = _read_date(text)
    return {"since": "", "date_from": found} if found else None


def _to(text: str) -> dict[str, Any] | None:
    found = _read_date(text)
    return {"date_to": found} if found else None


def _cut(text: str) -> dict[str, Any] | None:
    found = _read_date(text)
    return {"cut": found} if found else None


def _vs(text: str) -> dict[str, Any] | None:
    if text in COMPARISONS:
        return {"vs": text}
    start, separator, end = text.partition("..")
    first, last = _read_date(start), _read_date(end)
    if not separator or first is None or last is None or first > last:
        return None
    return {"vs": "", "vs_from": first, "vs_to": last}


def _one_of(name: str, allowed: Iterable[str]) -> Any:
    known = frozenset(allowed)
    return lambda text: {name: text} if text in known else None


def _many(name: str, pattern: re.Pattern[str]) -> Any:
    def read(text: str) -> dict[str, Any] | None:
        parts = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        return {name: parts} if parts and all(pattern.fullmatch(part) for part in parts) else None

    return read


def _number(name: str, lowest: int, highest: int) -> Any:
    def read(text: str) -> dict[str, Any] | None:
        if not re.fullmatch(r"\d{1,12}", text, re.ASCII):
            return None
        return {name: int(text)} if lowest <= int(text) <= highest else None

    return read


def _text(text: str) -> dict[str, Any] | None:
    cleaned = " ".join(text.split())[:_MAX_TEXT].strip()
    return {"q": cleaned} if cleaned else None


def _ids(text: str) -> dict[str, Any] | None:
    found = [_EVENT.fullmatch(part.strip()) for part in text.split(",") if part.strip()]
    if not found or len(found) > MAX_IDS or not all(found):
        return None
    return {"ids": tuple(dict.fromkeys(f"CAP-{int(match[1]):06d}" for match in found if match))}


_CODED = ("sector", "relation", "type", "site", "transport", "authority", "agency")
_READERS: Mapping[str, Any] = MappingProxyType(
    {
        "scope": _one_of("scope", SCOPES),
        "from": _from,
        "to": _to,
        "vs": _vs,
        "country": _many("country", _COUNTRY),
        "admin1": _many("admin1", _ADMIN1),
        "min": _number("min", 0, 10**12 - 1),
        "max": _number("max", 0, 10**12 - 1),
        "border_km": _number("border_km", 0, 2000),
        "origins": _number("origins", 1, 99),
        "q": _text,
        "grain": _one_of("grain", GRAINS),
        "scale": _one_of("scale", SCALES),
        "cut": _cut,
        "read": _one_of("read", READ),
        "ids": _ids,
    }
    | {key: _many(key, _CODE) for key in (*_CODED, "drug", "precision")}
)
_DEFAULTS: Mapping[str, Any] = MappingProxyType({f.name: f.default for f in fields(Filters)})
_PLAIN_KEYS = (
    "country", "admin1", "drug", "min", "max", "border_km", "sector", "relation", "type", "site",
    "transport", "authority", "agency", "origins", "precision", "q", "grain", "scale", "cut",
    "read", "ids",
)  # fmt: skip
_SELECTING = (
    "scope", "since", "date_from", "date_to",
    *(key for key in _PLAIN_KEYS if key not in {"grain", "scale", "cut"}),
)  # fmt: skip
