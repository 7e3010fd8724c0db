"""What the filters leave of a release, and what they could not decide. Pure.

Every filter answers yes, no or undecided for each seizure: a year-only date across the edge of the period, an
uncertain place across the limit of the distance, a quantity nobody stated. Only yes is shown and counted; the
undecided are counted and listed beside, never silently dropped (analyst requirements 1.2, 1.5).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.border.position import with_line
from dashboard.figures.when import with_periods
from dashboard.filters import UNSTATED, Filters, Span
from dashboard.i18n import DEFAULT
from dashboard.release import Mask, Snapshot, machine_read, per_release
from dashboard.verdicts import CODED, Days, Verdict, days_of, in_span, verdicts

LEAN = (
    "event_id", "date_start", "date_end", "date_not_before", "date_not_after", "date_precision", "year",
    "country", "admin1", "admin1_ar",
    "admin1_code", "place", "place_ar", "latitude", "longitude", "place_precision", "place_uncertainty_km",
    "border_relation", "border_km", "border_km_low", "border_km_high", "border_distance_low_km",
    "border_distance_high_km", "border_sector", "border_side", "drug", "tablets_low", "tablets_best",
    "tablets_high", "tablets_qualifier", "event_type", "site_type", "transport", "authority", "is_bundle",
    "possible_duplicate_of", "figures_differ", "evidence", "n_outlets", "n_origins", "review_status",
)  # fmt: skip
"""What key figures, maps and charts read of a seizure; the rest are words for tables and the event's page."""
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

    Tables are cut from the release when they are first asked for: most answers need one or two of them.
    """

    filters: Filters
    span: Span
    comparison_span: Span | None
    snapshot: Snapshot
    masks: Mapping[str, Mask]
    tests: Mapping[str, Verdict]
    lang: str = DEFAULT
    """`place` and `admin1` are the names in this language, where the gazetteer has them."""
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What was worked out of it once, by whoever did."""

    def _rows(self, name: str) -> pd.DataFrame:
        frame = _table(self.snapshot, self.lang)
        mask = self.masks.get(name)
        return frame.iloc[:0] if mask is None else frame.take(np.flatnonzero(mask))

    def lean(self, name: str, columns: tuple[str, ...] = ()) -> pd.DataFrame:
        """The table of that name with the columns of `LEAN` and what follows from them: quick for many rows.

        With `columns`, those of them that the release has: to cut one costs as much as to count by it.
        """
        kept: pd.DataFrame | None = self.memo.get((name, columns))
        if kept is None:
            table = _lean_table(self.snapshot, self.lang)
            parts = ("events", "unstated_kind") if name == "drawn" else (name,)
            masks = [self.masks[part] for part in parts if part in self.masks]
            positions = [np.flatnonzero(mask) for mask in masks]
            own = table[[one for one in columns if one in table]] if columns else table
            kept = own.take(np.concatenate([*positions, np.array([], dtype=int)]))
            self.memo[name, columns] = kept
        return kept

    @property
    def mask(self) -> Mask:
        return self.masks["events"]

    def count(self, name: str) -> int:
        """How many rows the table of that name has."""
        return int(self.masks[name].sum()) if name in self.masks else 0

    def counts(self, names: tuple[str, ...], *columns: str) -> Counter[tuple[str, ...]]:
        """How many rows of the tables of these names have each combination of values of text columns."""
        coded = [self.snapshot.coded(column) for column in columns]
        sizes = tuple(len(values) for _, values in coded)
        found: Counter[tuple[str, ...]] = Counter()
        for mask in (self.masks[name] for name in names if name in self.masks):
            cells = np.ravel_multi_index([codes[mask] for codes, _ in coded], sizes)
            counted = np.bincount(cells, minlength=math.prod(sizes))
            for cell in np.flatnonzero(counted):
                places = np.unravel_index(cell, sizes)
                key = tuple(values[int(at)] for (_, values), at in zip(coded, places, strict=True))
                found[key] += int(counted[cell])
        return found

    @cached_property
    def events(self) -> pd.DataFrame:
        return self._rows("events")

    @cached_property
    def unstated_kind(self) -> pd.DataFrame:
        return self._rows("unstated_kind")

    @cached_property
    def undated(self) -> pd.DataFrame:
        return self._rows("undated")

    @cached_property
    def undecided(self) -> pd.DataFrame:
        return self._rows("undecided")

    @cached_property
    def undecided_by(self) -> Mapping[str, int]:
        return _undecided_by(self.tests, self.masks["undecided"])

    @cached_property
    def comparison(self) -> pd.DataFrame | None:
        return None if self.comparison_span is None else self._rows("comparison")

    @cached_property
    def comparison_unstated(self) -> pd.DataFrame | None:
        return None if self.comparison_span is None else self._rows("comparison_unstated")

    @cached_property
    def machine_read(self) -> pd.DataFrame:
        return self._rows("machine_read")

    @cached_property
    def outside(self) -> pd.DataFrame:
        return self._rows("outside")

    @cached_property
    def later(self) -> pd.DataFrame:
        return self._rows("later")

    @cached_property
    def awaiting(self) -> tuple[date, ...]:
        return _awaiting(self.masks["fitting"], self.snapshot) if "later" in self.masks else ()

    @cached_property
    def relax(self) -> Mapping[str, int]:
        return _relax(self.filters, len(self.mask), self.tests)

    @property
    def outside_matches(self) -> int:
        return self.count("outside")

    @property
    def unreviewed(self) -> int:
        """How many of `drawn` a machine read and nobody has reviewed."""
        return self.count("machine_read") if self.filters.with_machine_read() else 0

    @property
    def unreviewed_events(self) -> int:
        """How many of `events` a machine read and nobody has reviewed."""
        return int((self.mask & self.snapshot.machine_read).sum())

    @cached_property
    def curated(self) -> pd.DataFrame:
        """The events that people collected or reviewed."""
        return self.events[~machine_read(self.events)] if self.unreviewed else self.events

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """What maps, charts and tables show: the events and, beside them, the pills of unstated kind."""
        if not self.masks["unstated_kind"].any():
            return self.events
        positions = [np.flatnonzero(self.masks[name]) for name in ("events", "unstated_kind")]
        return _table(self.snapshot, self.lang).take(np.concatenate(positions))


@per_release(16)
def apply(filters: Filters, snapshot: Snapshot) -> Selection:
    """The selection of `filters` in `snapshot`; computed once per state, whoever asks."""
    frame = snapshot.seizures
    complete_to = snapshot.data_complete_to
    span, other_span = filters.span(complete_to), filters.comparison(complete_to)
    if filters.ids:
        other_span = None  # chosen seizures have no counterpart in another period
    tests = verdicts(filters, snapshot)
    days = days_of(snapshot)
    when = in_span(days, span, complete_to)
    beside = (
        snapshot.among("drug", UNSTATED) if filters.shows_unstated() else np.zeros(len(frame), dtype=bool)
    )
    rest = _all(len(frame), tests, skip=("drug",))
    either = _all(len(frame), tests, skip=("drug", "read"))
    main = tests["drug"].sure
    mask = rest.sure & when.sure & main
    dateless = snapshot.among("date_precision", ("none",))
    possible = rest.possible & when.possible & main & ~mask
    undated = rest.sure & when.possible & ~when.sure & main & dateless
    fitting = either.sure & (main | beside)
    masks = {
        "events": mask,
        "unstated_kind": rest.sure & when.sure & beside,
        "undated": undated,
        "undecided": possible & ~undated,
        "machine_read": fitting & when.sure & snapshot.machine_read,
        "fitting": fitting,
    }
    if other_span is not None:
        then = in_span(days, other_span, complete_to).sure
        masks |= {"comparison": rest.sure & main & then, "comparison_unstated": rest.sure & beside & then}
    if filters.q:
        masks["outside"] = tests["q"].sure & ~(mask | masks["unstated_kind"])
    if span.end >= complete_to:
        masks["later"] = fitting & _after(days, complete_to)
    return Selection(filters, span, other_span, snapshot, masks, tests | {"period": when})


@per_release(16)
def spoken(filters: Filters, snapshot: Snapshot, lang: str) -> Selection:
    """The same selection for a page in `lang`: its tables name places in that language."""
    found = apply(filters, snapshot)
    return found if lang == DEFAULT else replace(found, lang=lang, memo={})


@per_release(2)
def _table(snapshot: Snapshot, lang: str) -> pd.DataFrame:
    frame = snapshot.seizures
    own = {column: f"{column}_{lang}" for column in ("place", "admin1") if f"{column}_{lang}" in frame}
    if not own:
        return frame
    return frame.assign(**{to: frame[by].where(frame[by] != "", frame[to]) for to, by in own.items()})


@per_release(2)
def _lean_table(snapshot: Snapshot, lang: str) -> pd.DataFrame:
    """The texts as categories: to cut and compare numbers is ten times quicker than Python's strings.

    What follows from a row alone comes along: its periods, and whether it lies at the border.
    """
    frame = _table(snapshot, lang)
    table = frame[[name for name in LEAN if name in frame]].copy()
    texts = [name for name in table if table[name].dtype == object and name != "event_id"]
    return with_line(with_periods(table.astype(dict.fromkeys(texts, "category"))))


def relaxed(filters: Filters, name: str) -> Filters:
    """`filters` with one filter opened as wide as it goes."""
    opened = filters.without(*_RELAX[name])
    return replace(opened, **_RELAXED.get(name, {}))


def _after(days: Days, complete_to: date) -> Mask:
    return np.asarray(~np.isnat(days.first) & (days.first > np.datetime64(complete_to, "D")), dtype=bool)


def _awaiting(fitting: Mask, snapshot: Snapshot) -> tuple[date, ...]:
    """The days, after the data's end, that unreviewed reports of these events tell of."""
    positions, days = _told_later(snapshot)
    return tuple(sorted(moment.date() for moment in days[fitting[positions]]))


@per_release(1)
def _told_later(snapshot: Snapshot) -> tuple[npt.NDArray[np.intp], pd.DatetimeIndex]:
    """Unreviewed reports of the time after the data's end: the row of their event, and the day they tell of.

    A report that dates nothing counts for the day of its publication, where its event is undated too.
    """
    reports, seizures = snapshot.reports, snapshot.seizures
    none = np.array([], dtype=np.intp), pd.DatetimeIndex([])
    if not {"event_id", "date_start"} <= set(reports.columns):
        return none
    own = reports[machine_read(reports)]
    positions = pd.Index(seizures["event_id"]).get_indexer(pd.Index(own["event_id"]))
    own, positions = own[positions >= 0], positions[positions >= 0]
    told = pd.to_datetime(own["date_start"])
    if "published" in own:
        undated = seizures["date_start"].isna().to_numpy()[positions]
        told = told.fillna(pd.to_datetime(own["published"]).where(undated))
    later = (told > pd.Timestamp(snapshot.data_complete_to)).to_numpy()
    return positions[later], pd.DatetimeIndex(told[later])


def _all(length: int, tests: Mapping[str, Verdict], skip: tuple[str, ...] = ()) -> Verdict:
    sure = np.ones(length, dtype=bool)
    possible = sure
    for name, verdict in tests.items():
        if name not in skip:
            sure, possible = sure & verdict.sure, possible & verdict.possible
    return Verdict(sure, possible)


def _undecided_by(tests: Mapping[str, Verdict], undecided: Mask) -> dict[str, int]:
    counts = {name: int((undecided & ~verdict.sure).sum()) for name, verdict in tests.items()}
    return {name: n for name, n in counts.items() if n}


def _relax(filters: Filters, length: int, tests: Mapping[str, Verdict]) -> dict[str, int]:
    gains = {}
    for name in tests:
        if name == "counted":
            continue
        without = int(_all(length, tests, skip=(name,)).sure.sum())
        if without and relaxed(filters, name) != filters:
            gains[name] = without
    return dict(sorted(gains.items(), key=lambda item: (-item[1], item[0])))
