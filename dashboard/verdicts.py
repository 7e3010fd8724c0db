"""What each filter answers for every seizure: yes, no or undecided. Pure.

A year-only date across the edge of the period, an uncertain place across the limit of the distance, a
quantity that nobody stated: such a seizure is possibly in, not surely (analyst requirements 1.2, 1.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.filters import Filters, Span
from dashboard.release import Mask, Snapshot, per_release
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
    "agency": "agency_codes",
}
LISTED = frozenset({"agency"})
"""Filters whose column holds several codes in a cell: one that is asked for is enough."""


@dataclass(frozen=True)
class Verdict:
    """One filter's answer for every seizure: surely in, and possibly in (includes surely)."""

    sure: Mask
    possible: Mask


def verdicts(filters: Filters, snapshot: Snapshot) -> dict[str, Verdict]:
    """The answer of every active filter but the period, by name; `counted`, `scope` and `drug` always."""
    frame = snapshot.seizures
    tests = {
        "counted": _certain(_countable(snapshot)),
        "scope": _place(snapshot, filters),
        "drug": _drug(snapshot, filters),
    }
    if snapshot.machine_read.any() and not filters.with_machine_read():
        tests["read"] = _certain(~snapshot.machine_read)
    if filters.min is not None or filters.max is not None:
        tests["quantity"] = _quantity(frame, filters.min, filters.max)
    if filters.border_km is not None:
        tests["border_km"] = _near(snapshot, filters.border_km)
    for name, column in CODED.items():
        if wanted := getattr(filters, name):
            tests[name] = (_any_of if name in LISTED else _coded)(column, wanted, snapshot)
    if filters.origins is not None:
        tests["origins"] = _certain((frame["n_origins"] >= filters.origins).to_numpy())
    if filters.precision:
        tests["precision"] = _certain(snapshot.among("place_precision", filters.precision))
    if filters.q:
        tests["q"] = _certain(matches(filters.q, snapshot))
    if filters.ids:
        tests["ids"] = _certain(np.asarray(frame["event_id"].isin(filters.ids), dtype=bool))
    return tests


def _certain(mask: Mask) -> Verdict:
    return Verdict(mask, mask)


def _countable(snapshot: Snapshot) -> Mask:
    """What is counted, and what would be but for its being machine-read: a release never counts that."""
    counted = snapshot.seizures["counted"].to_numpy(dtype=bool)
    if not snapshot.machine_read.any():
        return counted
    return counted | (snapshot.machine_read & snapshot.among("not_counted_reason", (MACHINE_READ,)))


def _coded(column: str, wanted: tuple[str, ...], snapshot: Snapshot) -> Verdict:
    sure = snapshot.among(column, wanted)
    return Verdict(sure, sure | snapshot.among(column, ("", "unknown")))


def _any_of(column: str, wanted: tuple[str, ...], snapshot: Snapshot) -> Verdict:
    codes, cells = snapshot.coded(column)
    asked = frozenset(wanted)
    sure = np.array([not asked.isdisjoint(cell.split("|")) for cell in cells], dtype=bool)[codes]
    return Verdict(sure, sure | snapshot.among(column, ("", "unknown")))


def _drug(snapshot: Snapshot, filters: Filters) -> Verdict:
    wanted = filters.drugs()
    everything = np.ones(len(snapshot.seizures), dtype=bool)
    return _certain(snapshot.among("drug", wanted) if wanted else everything)


def _place(snapshot: Snapshot, filters: Filters) -> Verdict:
    """A seizure whose page names no country, or no governorate, stays undecided."""
    everywhere = np.ones(len(snapshot.seizures), dtype=bool)
    sure, possible = everywhere, everywhere
    if countries := filters.countries():
        sure = snapshot.among("country", countries)
        possible = sure | snapshot.among("country", ("",))
    if filters.admin1:
        wanted = set(filters.admin1)
        codes, cells = snapshot.coded("admin1_code")
        named = [set(cell.split("|")) - {""} for cell in cells]
        inside = np.array([bool(found) and found <= wanted for found in named], dtype=bool)[codes]
        touching = np.array([bool(found & wanted) for found in named], dtype=bool)[codes]
        homes = tuple({code[:2] for code in wanted})
        blank = snapshot.among("admin1_code", ("",)) & snapshot.among("country", (*homes, ""))
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


def _near(snapshot: Snapshot, limit: int) -> Verdict:
    """Within `limit` km of the Iraq-Syria border, all of the uncertainty considered.

    The release leaves distances blank where a seizure outside Iraq and Syria lies farther than 100 km.
    """
    frame = snapshot.seizures
    low = frame["border_distance_low_km"].to_numpy(dtype=float)
    high = frame["border_distance_high_km"].to_numpy(dtype=float)
    unknown = np.isnan(low) & snapshot.among("country", (*NEAR_COUNTRIES, ""))
    sure = high <= limit
    return Verdict(sure, sure | (low <= limit) | unknown)


@dataclass(frozen=True, eq=False)
class Days:
    """The first and the last day that each seizure may lie on, NaT where nothing bounds it."""

    first: npt.NDArray[np.datetime64]
    last: npt.NDArray[np.datetime64]


@per_release(1)
def days_of(snapshot: Snapshot) -> Days:
    """The days of every seizure, in the order of the table."""
    frame = snapshot.seizures
    first = frame["date_start"].fillna(frame["date_not_before"]).to_numpy(dtype="datetime64[D]")
    last = frame["date_end"].fillna(frame["date_not_after"]).to_numpy(dtype="datetime64[D]")
    return Days(first, last)


def in_span(days: Days, span: Span, complete_to: date) -> Verdict:
    """By the whole span of days a seizure may lie in, from its date or, undated, from its known bounds.

    What was reported cannot lie after the day to which the reports were collected: a year-only date of the
    last year ends there.
    """
    end_of_data = np.datetime64(complete_to, "D")
    first = days.first
    last = np.minimum(days.last, np.fmax(first, end_of_data))  # fmax: an unknown first day bounds nothing
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
