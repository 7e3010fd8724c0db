"""What the filters leave of a release, and what they could not decide. Pure.

Every filter answers yes, no or undecided for each seizure: a year-only date across the edge of the period, an
uncertain place across the limit of the distance, a quantity nobody stated. Only yes is shown and counted; the
undecided are counted and listed beside, never silently dropped (analyst requirements 1.2, 1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.filters import UNSTATED, Filters, Span
from dashboard.release import Mask, Snapshot, machine_read, per_release
from dashboard.search import matches

MACHINE_READ = "machine_read"
"""The release's reason for not counting what nobody has reviewed."""
NEAR_COUNTRIES = ("IQ", "SY")
# Filter -> the column it reads. Blank and `unknown` cells leave the filter undecided.
CODED = {
    "sector": "border_sector",
    "relation": "border_relation",
    "type": "event_type",
    "site": "site_type",
    "transport": "transport",
    "authority": "authority",
}
# The field of Filters behind each test, to name what a reader could relax.
_RELAX = {
    "scope": ("scope", "country", "admin1"),
    "period": ("since", "date_from", "date_to"),
    "drug": ("drug",),
    "quantity": ("min", "max"),
    "border_km": ("border_km",),
    "origins": ("origins",),
    "precision": ("precision",),
    "read": ("read",),
    "q": ("q",),
    "ids": ("ids",),
} | {name: (name,) for name in CODED}
_RELAXED: Mapping[str, Mapping[str, Any]] = {
    "scope": {"scope": "all", "country": (), "admin1": ()},
    "period": {"since": "all", "date_from": None, "date_to": None},
    "drug": {"drug": ("any",)},
    "read": {"read": "all"},
}


@dataclass(frozen=True)
class Verdict:
    """One filter's answer for every seizure: surely in, and possibly in (includes surely)."""

    sure: Mask
    possible: Mask


@dataclass(frozen=True, eq=False)
class Selection:
    """The seizures of one state of the filters, all of them rows of `snapshot.seizures`.

    `events` are shown and counted. Beside them stand `unstated_kind` (same filters, pills of unstated kind),
    `undated` (no date on any page, possibly in the period), `undecided` (another filter can't be decided),
    `comparison` (same filters, the other period; None without one), `machine_read` (same filters, read by a
    machine and not reviewed: shown and counted only where the filters say so), `outside` (matches of the text
    search that the other filters hide) and `later` (after the day to which the data are complete, hence in no
    figure; empty where the period ends before that day). `awaiting` are the days of machine-read reports of
    that time. `undecided_by` counts per filter; `relax` gives, for each active filter, how many events would
    show without it.
    """

    filters: Filters
    span: Span
    comparison_span: Span | None
    mask: Mask
    events: pd.DataFrame
    unstated_kind: pd.DataFrame
    undated: pd.DataFrame
    undecided: pd.DataFrame
    undecided_by: Mapping[str, int]
    comparison: pd.DataFrame | None
    comparison_unstated: pd.DataFrame | None
    machine_read: pd.DataFrame
    outside: pd.DataFrame
    later: pd.DataFrame
    awaiting: tuple[date, ...]
    relax: Mapping[str, int]

    @property
    def outside_matches(self) -> int:
        return len(self.outside)

    @property
    def unreviewed(self) -> int:
        """How many of `drawn` a machine read and nobody has reviewed."""
        return len(self.machine_read) if self.filters.with_machine_read() else 0

    @cached_property
    def curated(self) -> pd.DataFrame:
        """The events that people collected or reviewed."""
        return self.events[~machine_read(self.events)] if self.unreviewed else self.events

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """What maps, charts and tables show: the events and, beside them, the pills of unstated kind."""
        return pd.concat([self.events, self.unstated_kind]) if len(self.unstated_kind) else self.events


@per_release(64)
def apply(filters: Filters, snapshot: Snapshot) -> Selection:
    """The selection of `filters` in `snapshot`; computed once per state, whoever asks."""
    frame = snapshot.seizures
    complete_to = snapshot.data_complete_to
    span, other_span = filters.span(complete_to), filters.comparison(complete_to)
    if filters.ids:
        other_span = None  # chosen seizures have no counterpart in another period
    tests = _tests(filters, snapshot)
    when = _in_span(frame, span, complete_to)
    unstated = (
        _among(frame["drug"], UNSTATED) if filters.shows_unstated() else np.zeros(len(frame), dtype=bool)
    )

    rest = _all(frame, tests, skip=("drug",))
    either = _all(frame, tests, skip=("drug", "read"))
    main, beside = tests["drug"].sure, unstated
    mask = rest.sure & when.sure & main
    dateless = (frame["date_precision"] == "none").to_numpy()
    possible = rest.possible & when.possible & main & ~mask
    undated = rest.sure & when.possible & ~when.sure & main & dateless
    undecided = possible & ~undated
    fitting = either.sure & (main | beside)
    to_the_end = span.end >= complete_to
    return Selection(
        filters=filters,
        span=span,
        comparison_span=other_span,
        mask=mask,
        events=frame[mask],
        unstated_kind=frame[rest.sure & when.sure & beside],
        undated=frame[undated],
        undecided=frame[undecided],
        undecided_by=_undecided_by(tests | {"period": when}, undecided),
        comparison=_other(frame, rest.sure & main, other_span, complete_to),
        comparison_unstated=_other(frame, rest.sure & beside, other_span, complete_to),
        machine_read=frame[fitting & when.sure & snapshot.machine_read],
        outside=_outside(frame, filters, tests, mask | (rest.sure & when.sure & beside)),
        later=frame[fitting & _after(frame, complete_to)] if to_the_end else frame.iloc[:0],
        awaiting=_awaiting(frame[fitting], snapshot) if to_the_end else (),
        relax=_relax(filters, frame, tests | {"period": when}),
    )


def relaxed(filters: Filters, name: str) -> Filters:
    """`filters` with one filter opened as wide as it goes."""
    opened = filters.without(*_RELAX[name])
    return replace(opened, **_RELAXED.get(name, {}))


def _tests(filters: Filters, snapshot: Snapshot) -> dict[str, Verdict]:
    frame = snapshot.seizures
    tests = {
        "counted": _certain(_countable(frame, snapshot)),
        "scope": _place(frame, filters),
        "drug": _drug(frame, filters),
    }
    if snapshot.machine_read.any() and not filters.with_machine_read():
        tests["read"] = _certain(~snapshot.machine_read)
    if filters.min is not None or filters.max is not None:
        tests["quantity"] = _quantity(frame, filters.min, filters.max)
    if filters.border_km is not None:
        tests["border_km"] = _near(frame, filters.border_km)
    for name, column in CODED.items():
        if wanted := getattr(filters, name):
            tests[name] = _coded(frame[column], wanted)
    if filters.origins is not None:
        tests["origins"] = _certain((frame["n_origins"] >= filters.origins).to_numpy())
    if filters.precision:
        tests["precision"] = _certain(_among(frame["place_precision"], filters.precision))
    if filters.q:
        tests["q"] = _certain(matches(filters.q, snapshot))
    if filters.ids:
        tests["ids"] = _certain(_among(frame["event_id"], filters.ids))
    return tests


def _certain(mask: Mask) -> Verdict:
    return Verdict(mask, mask)


def _countable(frame: pd.DataFrame, snapshot: Snapshot) -> Mask:
    """What is counted, and what would be but for its being machine-read: a release never counts that."""
    counted = frame["counted"].to_numpy(dtype=bool)
    if not snapshot.machine_read.any():
        return counted
    return counted | (snapshot.machine_read & _among(frame["not_counted_reason"], (MACHINE_READ,)))


def _among(values: pd.Series, wanted: tuple[str, ...]) -> Mask:
    return np.asarray(values.isin(wanted), dtype=bool)


def _coded(values: pd.Series, wanted: tuple[str, ...]) -> Verdict:
    sure = _among(values, wanted)
    return Verdict(sure, sure | _among(values, ("", "unknown")))


def _drug(frame: pd.DataFrame, filters: Filters) -> Verdict:
    wanted = filters.drugs()
    return _certain(_among(frame["drug"], wanted) if wanted else np.ones(len(frame), dtype=bool))


def _place(frame: pd.DataFrame, filters: Filters) -> Verdict:
    """A seizure whose page names no country, or no governorate, stays undecided."""
    everywhere = np.ones(len(frame), dtype=bool)
    sure, possible = everywhere, everywhere
    if countries := filters.countries():
        sure = _among(frame["country"], countries)
        possible = sure | _among(frame["country"], ("",))
    if filters.admin1:
        wanted = set(filters.admin1)
        codes = [set(cell.split("|")) - {""} for cell in frame["admin1_code"]]
        inside = np.array([bool(found) and found <= wanted for found in codes], dtype=bool)
        touching = np.array([bool(found & wanted) for found in codes], dtype=bool)
        homes = tuple({code[:2] for code in wanted})
        blank = np.array([not found for found in codes], dtype=bool) & _among(frame["country"], (*homes, ""))
        sure, possible = sure & inside, possible & (touching | blank)
    return Verdict(sure, possible)


def _quantity(frame: pd.DataFrame, low: int | None, high: int | None) -> Verdict:
    """By the chosen figure. No stated quantity: undecided."""
    best = frame["tablets_best"].to_numpy(dtype=float)
    unknown = np.isnan(best)
    sure = ~unknown
    if low is not None:
        sure = sure & (best >= low)
    if high is not None:
        sure = sure & (best <= high)
    return Verdict(sure, sure | unknown)


def _near(frame: pd.DataFrame, limit: int) -> Verdict:
    """Within `limit` km of the Iraq-Syria border, all of the uncertainty considered.

    The release leaves distances blank where a seizure outside Iraq and Syria lies farther than 100 km.
    """
    low = frame["border_distance_low_km"].to_numpy(dtype=float)
    high = frame["border_distance_high_km"].to_numpy(dtype=float)
    unknown = np.isnan(low) & _among(frame["country"], (*NEAR_COUNTRIES, ""))
    sure = high <= limit
    return Verdict(sure, sure | (low <= limit) | unknown)


def _in_span(frame: pd.DataFrame, span: Span, complete_to: date) -> Verdict:
    """By the whole span of days a seizure may lie in, from its date or, undated, from its known bounds.

    What was reported cannot lie after the day to which the reports were collected: a year-only date of the
    last year ends there.
    """
    end_of_data = np.datetime64(complete_to, "D")
    first = frame["date_start"].fillna(frame["date_not_before"]).to_numpy(dtype="datetime64[D]")
    last = frame["date_end"].fillna(frame["date_not_after"]).to_numpy(dtype="datetime64[D]")
    last = np.minimum(last, np.fmax(first, end_of_data))  # fmax: an unknown first day bounds nothing
    first_known, last_known = ~np.isnat(first), ~np.isnat(last)
    end = np.datetime64(span.end, "D")
    too_late = first_known & (first > end)
    if span.start is None:
        sure = ~too_late & ((last_known & (last <= end)) | (span.end >= complete_to))
        return Verdict(sure, ~too_late)
    start = np.datetime64(span.start, "D")
    too_early = last_known & (last < start)
    sure = first_known & last_known & (first >= start) & (last <= end)
    return Verdict(sure, ~too_late & ~too_early)


def _after(frame: pd.DataFrame, complete_to: date) -> Mask:
    first = frame["date_start"].fillna(frame["date_not_before"]).to_numpy(dtype="datetime64[D]")
    return np.asarray(~np.isnat(first) & (first > np.datetime64(complete_to, "D")), dtype=bool)


def _awaiting(events: pd.DataFrame, snapshot: Snapshot) -> tuple[date, ...]:
    """The days, after the data's end, that unreviewed reports of these events tell of.

    A report that dates nothing counts for the day of its publication, where its event is undated too.
    """
    reports = snapshot.reports
    if not {"event_id", "date_start"} <= set(reports.columns):
        return ()
    own = reports[machine_read(reports) & reports["event_id"].isin(events["event_id"]).to_numpy()]
    told = pd.to_datetime(own["date_start"])
    if "published" in own:
        dated = set(events.loc[events["date_start"].notna(), "event_id"])
        told = told.fillna(pd.to_datetime(own["published"]).where(~own["event_id"].isin(dated)))
    later = told[told > pd.Timestamp(snapshot.data_complete_to)]
    return tuple(sorted(moment.date() for moment in later))


def _other(frame: pd.DataFrame, rest: Mask, span: Span | None, complete_to: date) -> pd.DataFrame | None:
    return None if span is None else frame[rest & _in_span(frame, span, complete_to).sure]


def _all(frame: pd.DataFrame, tests: Mapping[str, Verdict], skip: tuple[str, ...] = ()) -> Verdict:
    sure = np.ones(len(frame), dtype=bool)
    possible = sure
    for name, verdict in tests.items():
        if name not in skip:
            sure, possible = sure & verdict.sure, possible & verdict.possible
    return Verdict(sure, possible)


def _undecided_by(tests: Mapping[str, Verdict], undecided: Mask) -> dict[str, int]:
    counts = {name: int((undecided & ~verdict.sure).sum()) for name, verdict in tests.items()}
    return {name: n for name, n in counts.items() if n}


def _outside(
    frame: pd.DataFrame, filters: Filters, tests: Mapping[str, Verdict], shown: Mask
) -> pd.DataFrame:
    """Seizures that the text search finds and the other filters hide: all drugs, dates and precisions."""
    return frame[tests["q"].sure & ~shown] if filters.q else frame.iloc[:0]


def _relax(filters: Filters, frame: pd.DataFrame, tests: Mapping[str, Verdict]) -> dict[str, int]:
    gains = {}
    for name in tests:
        if name == "counted":
            continue
        without = int(_all(frame, tests, skip=(name,)).sure.sum())
        if without and relaxed(filters, name) != filters:
            gains[name] = without
    return dict(sorted(gains.items(), key=lambda item: (-item[1], item[0])))
