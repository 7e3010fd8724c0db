"""Totals of one issuer that do not go together: they stand side by side, none is said to be right. Pure.

Two totals of one issuer for the same place, body and drugs do not go together where the period of one holds
that of the other and its figure is smaller (a running total that falls), or where they are for about the same
period and lie far apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dashboard.figures.amounts import DIFFERS
from dashboard.reconcile.totals import PERIOD_TOTAL, Total

FALLS, APART = "falls", "apart"
SAME_PERIOD = 0.8
"""Share of the days of both periods together that both must cover to be about the same period."""

_PARENT = re.compile(r"\(([^()]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two totals that do not go together. `first` is the earlier one by the end of its period."""

    how: str
    first: Total
    second: Total


@dataclass(frozen=True, slots=True)
class Beside:
    """Totals of one issuer to show side by side, by the end of their periods, with what parts them."""

    issuer: str
    totals: tuple[Total, ...]
    clashes: tuple[Clash, ...]


def side_by_side(totals: Iterable[Total]) -> tuple[Beside, ...]:
    """Groups of totals that do not go together; () where all do. In the order of their first ids."""
    series: dict[tuple[object, ...], list[Total]] = {}
    for total in totals:
        if total.kind == PERIOD_TOTAL and total.start and total.end and total.best and total.unit:
            series.setdefault(_series(total), []).append(total)
    found: list[Beside] = []
    for (issuer, *_), own in series.items():
        clashes = [clash for pair in combinations(sorted(own, key=_age), 2) if (clash := _clash(*pair))]
        for group in _connected(clashes):
            members = {one.aggregate_id for clash in group for one in (clash.first, clash.second)}
            listed = tuple(sorted((t for t in own if t.aggregate_id in members), key=_age))
            found.append(Beside(str(issuer), listed, tuple(group)))
    return tuple(found)


def issuer_of(total: Total) -> str:
    """The body a total is from: the ministry where a department's name carries it in brackets."""
    parent = _PARENT.search(total.issuer)
    return parent[1].strip() if parent else total.issuer


def _series(total: Total) -> tuple[object, ...]:
    body = total.agency if total.scope_kind == "agency" and total.agency else issuer_of(total)
    shared = (total.country, total.admin1, total.territory, total.drug_scope, total.unit)
    return (body, total.issuer_country, total.scope_kind, *shared)


def _age(total: Total) -> tuple[date, date, str]:
    return (total.end or date.min, total.start or date.min, total.aggregate_id)


def _clash(first: Total, second: Total) -> Clash | None:
    one, other = _days(first), _days(second)
    if first.best is None or second.best is None:
        return None
    if one != other:
        wide, narrow = (first, second) if one[0] <= other[0] and one[1] >= other[1] else (second, first)
        (start, end), (inner_start, inner_end) = _days(wide), _days(narrow)
        holds = start <= inner_start and end >= inner_end
        if holds and (wide.high if wide.high is not None else wide.best or 0) < (narrow.low or 0):
            return Clash(FALLS, first, second)
    together = (min(one[1], other[1]) - max(one[0], other[0])).days + 1
    either = (max(one[1], other[1]) - min(one[0], other[0])).days + 1
    larger, smaller = max(first.best, second.best), min(first.best, second.best)
    if together >= SAME_PERIOD * either and larger >= DIFFERS * smaller:
        return Clash(APART, first, second)
    return None


def _days(total: Total) -> tuple[date, date]:
    return (total.start or date.min, total.end or date.max)


def _connected(clashes: list[Clash]) -> list[list[Clash]]:
    """Clashes that share a total, together."""
    groups: list[list[Clash]] = []
    for clash in clashes:
        ids = {clash.first.aggregate_id, clash.second.aggregate_id}
        touching = [
            group
            for group in groups
            if any(ids & {one.first.aggregate_id, one.second.aggregate_id} for one in group)
        ]
        joined = [one for group in touching for one in group] + [clash]
        groups = [group for group in groups if group not in touching] + [joined]
    return groups
