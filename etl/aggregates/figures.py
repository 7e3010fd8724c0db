"""The figure and the period of a published total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from etl.records import Report, Span


def amounts(reports: Sequence[Report]) -> dict[str, object]:
    """low, best, high, unit and wording: in tablets where any report counts them, else in kilograms.

    Best is the newest official figure, else the one that most outlets give, of equals the middle one. "More
    than" has no high.
    """
    given = {
        "tablets": [(r, r.tablets) for r in reports if r.tablets.basis == "stated" and r.tablets.known],
        "kg": [(r, r.kg) for r in reports if r.kg.basis == "stated" and r.kg.known],
    }
    unit = next((unit for unit, spans in given.items() if spans), "")
    if not unit:
        words = next((r.claim.amount.as_written for r in reports if r.claim.amount.as_written), "")
        return {"unit": "", "qualifier": "unstated", "quantity_as_reported": words, "low": None, "best": None,
                "high": None, "weight_kg": None}  # fmt: skip
    chosen, span = _best(given[unit])
    spans = [s for _, s in given[unit]]
    highs = [s.high for s in spans if s.high is not None]
    best = span.best or 0.0
    high = max([*highs, *(s.best for s in spans if s.best is not None)])
    weights = (
        [r.claim.weight_kg for r in reports if r.claim.weight_kg is not None] if unit == "tablets" else []
    )
    return {
        "low": min(s.low if s.low is not None else s.best for s in spans if s.best is not None),
        "best": best,
        "high": None if span.high is None and high <= best else high,
        "unit": unit,
        "qualifier": chosen.claim.amount.qualifier,
        "quantity_as_reported": chosen.claim.amount.as_written,
        "weight_kg": Counter(weights).most_common(1)[0][0] if weights else None,
    }


def _best(given: Sequence[tuple[Report, Span]]) -> tuple[Report, Span]:
    official = [pair for pair in given if pair[0].is_official]
    if official:
        return max(official, key=lambda pair: (pair[0].claim.published or date.min, pair[0].report_id))
    outlets: dict[float, set[str]] = {}
    for report, span in given:
        outlets.setdefault(span.best or 0.0, set()).add(report.outlet.outlet_id)
    most = max(len(names) for names in outlets.values())
    leading = sorted(value for value, names in outlets.items() if len(names) == most)
    middle = leading[(len(leading) - 1) // 2]
    return next(pair for pair in given if pair[1].best == middle)


def period(reports: Sequence[Report]) -> tuple[date | None, date | None]:
    """First and last day covered, as most reports give them; a month's or year's end is not filled in."""
    ended = [r for r in reports if r.claim.period_end]
    spans = Counter((r.claim.period_start, r.claim.period_end) for r in ended or reports)
    most = max(spans.values())
    return min((s for s, n in spans.items() if n == most), key=lambda s: (str(s[0]), str(s[1])))
