"""Changes of events as a reader reads them: names of columns, old and new values, the event in a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.cite import kept
from dashboard.cite.compare import MERGED, SPLIT, WITHDRAWN, Change, Value
from dashboard.cite.since import Headline
from dashboard.event.headline import short, title
from dashboard.i18n import DEFAULT, day, has, t, tablets
from dashboard.labels import labeller
from dashboard.release import Snapshot

# In the order of what readers quote; columns beyond these are named by their published names, after them.
TOLD = (
    "counted", "not_counted_reason", "tablets_low", "tablets_best", "tablets_high", "tablets_qualifier",
    "kg_low", "kg_best", "kg_high", "drug", "form", "date_start", "date_end", "date_precision",
    "date_not_before", "date_not_after", "country", "admin1_code", "place", "place_precision",
    "place_uncertainty_km", "border_km_low", "border_km_high", "border_distance_low_km",
    "border_distance_high_km", "border_relation", "border_sector", "event_type", "site_type", "transport",
    "concealment", "authority", "agencies", "partner_countries", "origin_country", "destination_country",
    "arrests", "n_outlets", "n_origins", "evidence", "figures_differ", "possible_duplicate_of",
    "review_status",
)  # fmt: skip
_RANK = {name: i for i, name in enumerate(TOLD)}
# Said by another column of the list, or only of use to programs.
_ECHOES = frozenset({"year", "month", "country_iso3", "admin1", "admin1_ar", "place_ar", "border_km",
                     "border_distance_km", "arrests_low", "arrests_high"})  # fmt: skip
LONG = 80


@dataclass(frozen=True, slots=True)
class Shift:
    """One column's old and new value in the reader's words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """One changed event: `shifts` are told in full, `others` only by the published names of their columns."""

    kind: str
    event_id: str
    title: str
    when: str
    shifts: tuple[Shift, ...]
    others: tuple[str, ...]
    into: tuple[str, ...]
    release: str
    on: str
    page: bool


def line(change: Change, then: kept.Rows, now: kept.Rows, snapshot: Snapshot, lang: str = DEFAULT) -> Line:
    """A change in words. `snapshot` is the release whose words and codes are used, mostly that in force.

    `page`: the event has a page in that release.
    """
    gone = change.kind in {MERGED, WITHDRAWN}
    row = (
        (then if gone else now).get(change.event_id) or now.get(change.event_id) or then.get(change.event_id)
    )
    event = kept.as_event(row) if row else None
    told = sorted((value for value in change.values if value.column in _RANK), key=lambda v: _RANK[v.column])
    return Line(
        kind=change.kind,
        event_id=change.event_id,
        title=title(event, snapshot, lang) if event is not None else "",
        when=short(event, lang) if event is not None else "",
        shifts=tuple(shift(value, snapshot, lang) for value in told),
        others=tuple(
            value.column
            for value in change.values
            if value.column not in _RANK and value.column not in _ECHOES
        ),
        into=change.into,
        release=change.release,
        on=change.on,
        page=not gone,
    )


def shift(value: Value, snapshot: Snapshot, lang: str = DEFAULT) -> Shift:
    """`Tablets, best: 10,000 -> 12,000`."""
    return Shift(
        name=column(value.column, lang),
        old=shown(value.column, value.old, snapshot, lang),
        new=shown(value.column, value.new, snapshot, lang),
    )


def column(name: str, lang: str = DEFAULT) -> str:
    """The reader's name of a column; its published name where it has none."""
    key = f"changed.column.{name}"
    return t(key, lang=lang) if has(key, lang) else name


def shown(name: str, cell: str, snapshot: Snapshot, lang: str = DEFAULT) -> str:
    """A cell as people read it: thousands apart, codes in words, blank as `not stated`."""
    if cell == "":
        return t("code.not_stated", lang=lang)
    kind = snapshot.fields.get(("seizures", name), {}).get("type", "string")
    if kind in {"integer", "number"} and name not in {"counted", "figures_differ", "is_bundle"}:
        return _number(cell)
    if name in {"counted", "figures_differ", "is_bundle"}:
        return t("changed.yes" if cell in {"1", "true"} else "changed.no", lang=lang)
    if _coded(name, snapshot):
        label = labeller(snapshot, lang)
        return ", ".join(label(name, code) for code in cell.split("|"))
    text = cell.replace("|", ", ")
    return text if len(text) <= LONG else f"{text[: LONG - 1].rstrip()}…"


def _coded(name: str, snapshot: Snapshot) -> bool:
    if name == "country" or name.endswith("_country") or name in {"admin1_code", "partner_countries"}:
        return name != "partner_countries"
    return bool(snapshot.fields.get(("seizures", name), {}).get("captagon:labels")) or name in {
        "drug", "event_type", "site_type", "transport", "place_precision", "evidence", "border_sector",
        "border_relation", "authority",
    }  # fmt: skip


def _number(cell: str) -> str:
    try:
        value = float(cell)
    except ValueError:
        return cell
    return f"{value:,.0f}" if value == round(value) else f"{value:,.3f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Then:
    """One figure of the headline in both releases."""

    name: str
    then: str
    now: str
    moved: bool


def figures_then_and_now(then: Headline, now: Headline, lang: str = DEFAULT) -> tuple[Then, ...]:
    """Events, tablets low to high and the median: then and now."""
    pairs = (
        ("events", f"{then.events:,}", f"{now.events:,}"),
        ("tablets", _span(then, lang), _span(now, lang)),
        ("median", _figure(then.median, lang), _figure(now.median, lang)),
    )
    moved = (
        then.events != now.events,
        (then.low, then.best, then.high) != (now.low, now.best, now.high),
        then.median != now.median,
    )
    return tuple(
        Then(t(f"kpi.{name}", lang=lang), old, new, went)
        for (name, old, new), went in zip(pairs, moved, strict=True)
    )


def _span(found: Headline, lang: str) -> str:
    if found.low is None or found.high is None:
        return t("kpi.none", lang=lang)
    low, high = tablets(found.low, lang), tablets(found.high, lang)
    return low if low == high else f"{low} – {high}"


def _figure(value: float | None, lang: str) -> str:
    return t("kpi.none", lang=lang) if value is None else tablets(value, lang)


def long_kind(told: Line, lang: str = DEFAULT) -> str:
    """`merged into CAP-000012`; `corrected`."""
    if told.kind in {MERGED, SPLIT} and told.into:
        return t(f"changed.into.{told.kind}", lang=lang, ids=", ".join(told.into))
    return t(f"changed.kind.{told.kind}", lang=lang)


def iso_day(text: str, lang: str = DEFAULT) -> str:
    """A day of the log as a reader writes it; the text itself where it is none."""
    try:
        return day(date.fromisoformat(text), lang)
    except ValueError:
        return text
