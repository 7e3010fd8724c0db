"""A published total as a record, and whether it can be held against events. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.reconcile.kinds import by_outlet, kind_of
from dashboard.release import Snapshot, machine_read, per_release

PERIOD_TOTAL, BUNDLE, SUM_OF_LISTED = "period_total", "bundle", "sum_of_listed"
TABLETS, KG = "tablets", "kg"
UNITS = {"tablets": TABLETS, "capsules": TABLETS, "kg": KG}
COMPARED_SCOPES = frozenset({"national", "governorate"})
EARLIEST = date(1990, 1, 1)
"""First day that an address of the dashboard can name; older periods have no events to be held against."""


@dataclass(frozen=True, slots=True)
class Total:
    """One row of `aggregates.csv`. Amounts are in `unit` (tablets or kg); None is unknown.

    `high` None: the source says "at least" (`qualifier` over) or gives no amount. `admin1` are ISO 3166-2
    codes, `parts` the ids of the events that a joint announcement names, `remainder` the event that holds
    what it does not break out.
    """

    aggregate_id: str
    kind: str
    issuer: str
    issuer_country: str
    scope: str
    scope_kind: str
    country: str
    territory: str
    admin1: tuple[str, ...]
    agency: str
    drug: str
    drug_scope: str
    start: date | None
    end: date | None
    low: float | None
    best: float | None
    high: float | None
    unit: str
    qualifier: str
    n_incidents: int | None
    said_on: date | None
    parts: tuple[str, ...]
    remainder: str
    superseded_by: str
    sources: tuple[str, ...]
    machine: bool

    @property
    def issuer_kind(self) -> str:
        """One of `kinds.KINDS`."""
        return kind_of(self.issuer, self.issuer_country)

    @property
    def by_outlet(self) -> bool:
        """Whether no official body is named as the issuer: a count that an outlet or an institute gives."""
        return by_outlet(self.issuer, self.issuer_country)

    @property
    def whole_year(self) -> bool:
        """Whether it is of one calendar year, from its first day to its last."""
        start = self.start
        return start is not None and (start, self.end) == (date(start.year, 1, 1), date(start.year, 12, 31))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a total is not held against events: in what it differs (`of`), and how (`code`)."""

    of: str
    code: str


def not_comparable(total: Total, complete_to: date) -> tuple[Reason, ...]:
    """All reasons why a total cannot be held against events; () where it can.

    `complete_to`: the day to which reports were collected; a period that reaches past it is not whole.
    """
    found: list[Reason] = []
    if total.kind != PERIOD_TOTAL:
        found.append(Reason("kind", total.kind))
    if total.drug_scope != "captagon":
        found.append(Reason("drug", total.drug_scope or "other"))
    if total.scope_kind == "agency" or (total.agency and total.scope_kind in COMPARED_SCOPES):
        found.append(Reason("agency", "one"))
    elif total.scope_kind not in COMPARED_SCOPES:
        found.append(Reason("territory", total.scope_kind or "unknown"))
    elif not total.country:
        found.append(Reason("territory", "unknown"))
    elif total.scope_kind == "governorate" and not total.admin1:
        found.append(Reason("territory", "governorate_unknown"))
    if total.start is None or total.end is None:
        found.append(Reason("period", "unknown"))
    elif total.end > complete_to:
        found.append(Reason("period", "later"))
    elif total.start < EARLIEST:
        found.append(Reason("period", "earlier"))
    if not total.best or total.unit not in {TABLETS, KG}:
        found.append(Reason("unit", "none"))
    return tuple(found)


def fits(total: Total, countries: tuple[str, ...]) -> bool:
    """Whether a total is about one of these countries (all where empty).

    A total of a whole region belongs to each country of it: which those are, no source says.
    """
    return not countries or total.country in countries or total.scope_kind in {"regional", "international"}


def overlaps(total: Total, start: date | None, end: date) -> bool:
    """Whether the period of a total meets the days `start`..`end`; one without any period does."""
    first, last = total.start or total.end, total.end or total.start
    if first is None or last is None:
        return True
    return first <= end and (start is None or last >= start)


@per_release(1)
def totals(snapshot: Snapshot) -> tuple[Total, ...]:
    """All totals of a release in the order of its file."""
    frame = snapshot.aggregates
    if frame.empty:
        return ()
    machine = machine_read(frame)
    return tuple(
        _total(row, machine=bool(read)) for row, read in zip(frame.to_dict("records"), machine, strict=True)
    )


def _total(row: Mapping[Any, Any], *, machine: bool) -> Total:
    def text(name: str) -> str:
        value = row.get(name, "")
        return value if isinstance(value, str) else ""

    def many(name: str) -> tuple[str, ...]:
        return tuple(part for part in text(name).split("|") if part)

    incidents = _number(row.get("n_incidents"))
    return Total(
        aggregate_id=text("aggregate_id"),
        kind=text("kind"),
        issuer=text("issuer"),
        issuer_country=text("issuer_country"),
        scope=text("scope_as_reported"),
        scope_kind=text("scope_kind"),
        country=text("country"),
        territory=text("territory"),
        admin1=many("admin1_code"),
        agency=text("agency"),
        drug=text("drug"),
        drug_scope=text("drug_scope"),
        start=_day(row.get("period_start")),
        end=_day(row.get("period_end"), last=True),
        low=_number(row.get("low")),
        best=_number(row.get("best")),
        high=_number(row.get("high")),
        unit=UNITS.get(text("unit"), ""),
        qualifier=text("qualifier"),
        n_incidents=None if incidents is None else int(incidents),
        said_on=_day(row.get("said_on")),
        parts=many("parts"),
        remainder=text("remainder_event"),
        superseded_by=text("superseded_by"),
        sources=tuple(url for url in many("source_urls") if url.startswith(("http://", "https://"))),
        machine=machine,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not pd.isna(value) else None


def _day(value: object, *, last: bool = False) -> date | None:
    """A day; of `2025` or `2025-09`, which older releases have, the first or the last one."""
    if isinstance(value, pd.Timestamp):
        return None if pd.isna(value) else value.date()
    text = value if isinstance(value, str) else ""
    try:
        if len(text) in {4, 7}:
            period = pd.Period(text, "Y" if len(text) == 4 else "M")
            return (period.end_time if last else period.start_time).date()
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
