"""Stage `validate`: an event is published as the schema promises, or kept out with its reason.

Nothing vanishes: the reports of an event that is kept out go to the quarantine, one line each, and
`balance` proves that every row read is published or quarantined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import shapely

from etl.records import Event, Issue, RowRef
from etl.schema import SEIZURES, Field
from geo import areas

PUBLISHER_COLUMNS = frozenset({"event_id", "event_url", "last_changed", "release", "n_machine_reports"})
"""Filled in at publication, after this check."""
OUTSIDE_KM = 150.0
"""An island that the 1:10m polygons leave out, or a load taken off the coast, may lie this far outside."""
_KM_A_DEGREE = 111.2
_ORDERED = (
    ("date_start", "date_end"),
    ("date_not_before", "date_not_after"),
    ("tablets_low", "tablets_best", "tablets_high"),
    ("kg_low", "kg_best", "kg_high"),
    ("arrests_low", "arrests", "arrests_high"),
    ("border_km_low", "border_km", "border_km_high"),
    ("border_distance_low_km", "border_distance_km", "border_distance_high_km"),
)


def validate(events: Sequence[Event]) -> tuple[tuple[Event, ...], tuple[Issue, ...]]:
    """The events that can be published, and a blocking issue for each report of the others."""
    astray = _outside_their_country(events)
    good, issues = [], []
    for event in events:
        wrong = problems(event) + ([astray[event.key]] if event.key in astray else [])
        if wrong:
            issues += [_issue(report.claim.ref, report.report_id, wrong[0]) for report in event.reports]
        else:
            good.append(event)
    return tuple(good), tuple(issues)


def problems(event: Event) -> list[str]:
    """What keeps the event from being a row of `seizures.csv`; [] when nothing does."""
    values = {name: choice.value for name, choice in event.values.items()}
    found = [p for field in SEIZURES.fields if (p := _cell_problem(field, values.get(field.name)))]
    for columns in _ORDERED:
        known = [value for name in columns if (value := values.get(name)) is not None]
        if any(a > b for a, b in pairwise(known)):  # type: ignore[operator]
            found.append(f"{' <= '.join(columns)} does not hold: {', '.join(map(str, known))}")
    if values.get("latitude") is not None and values.get("place_precision") not in {"exact", "town"}:
        found.append("a place coarser than a town has coordinates")
    if values.get("date_precision") == "none" and values.get("date_start") is not None:
        found.append("an undated event has a date")
    return found


def balance(rows_read: int, published: Iterable[RowRef], quarantined: Iterable[RowRef]) -> str:
    """ "" when every row read is either published or quarantined, else what doesn't add up."""
    out, kept = set(published), set(quarantined)
    if both := out & kept:
        return f"{min(both).file} line {min(both).line} is both published and quarantined"
    if len(out) + len(kept) != rows_read:
        return f"{rows_read} rows were read, but {len(out)} published and {len(kept)} quarantined"
    return ""


def _cell_problem(field: Field, value: object) -> str:
    """The first thing wrong with one cell, "" for none."""
    if value is None or value in ("", (), []):
        missing = field.required and field.name not in PUBLISHER_COLUMNS
        return f"{field.name} is blank" if missing else ""
    items = list(value) if isinstance(value, (tuple, list)) else [value]
    if field.codes and (unknown := [item for item in items if str(item) not in field.allowed]):
        return f"{field.name} has the code {unknown[0]!r}, which its list does not know"
    if field.pattern and not _matches(field.pattern, "|".join(map(str, items))):
        return f"{field.name} is {value!r}, not of the form {field.pattern}"
    if isinstance(value, (int, float)):
        return _range_problem(field, value)
    return ""


def _range_problem(field: Field, value: float) -> str:
    if field.minimum is not None and value < field.minimum:
        return f"{field.name} is {value}, below {field.minimum}"
    if field.maximum is not None and value > field.maximum:
        return f"{field.name} is {value}, above {field.maximum}"
    return ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _matches(pattern: str, text: str) -> bool:
    return _compiled(pattern).fullmatch(text) is not None


def _outside_their_country(events: Sequence[Event]) -> dict[str, str]:
    """key -> sentence, for events whose point lies well outside the country they are said to be in."""
    shapes: Mapping[str, shapely.Geometry] = areas.country_shapes()
    by_country: dict[str, list[Event]] = {}
    for event in events:
        if event.values["latitude"].value is not None:
            by_country.setdefault(str(event.values["country"].value), []).append(event)
    found = {}
    for code in sorted(by_country.keys() & shapes.keys()):
        x = np.array([float(e.values["longitude"].value) for e in by_country[code]])  # type: ignore[arg-type]
        y = np.array([float(e.values["latitude"].value) for e in by_country[code]])  # type: ignore[arg-type]
        shape = shapes[code]
        shapely.prepare(shape)
        points = np.asarray(shapely.points(x, y))
        away = np.zeros(len(points))
        outside = ~shapely.covers(shape, points)
        away[outside] = shapely.distance(shape, points[outside]) * _KM_A_DEGREE
        for event, km in zip(by_country[code], away, strict=True):
            if km > OUTSIDE_KM:
                place = event.values["place"].value
                found[event.key] = f"{place!r} lies {km:.0f} km outside {code}, the country of the event"
    return found


def _issue(ref: RowRef, report_id: str, problem: str) -> Issue:
    message = f"The event that this report tells of cannot be published: {problem}."
    return Issue("invalid_event", message, ref, report_id=report_id, blocking=True)


def without_remainders(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The same issues as warnings: for a bundle's rest that can't be published, whose reports still tell a
    total.
    """
    return tuple(replace(issue, blocking=False) for issue in issues)
