"""When a seizure happened, no more precisely than its reports say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from etl.events.case import Case
from etl.records import Bundle, Choice, Event, Report
from etl.vocabulary import load

BASES = ("stated", "weekday", "published", "other_report")
"""From the best ground to the worst: a date filled in from another outlet never overrules an own one."""
PRECISIONS = ("day", "week", "month", "year")
DAYS_APART = 3
"""Own days of reports further apart than this are flagged: announcements trail an event by a day or two."""

WEEK = timedelta(days=7)

Span = tuple[date, date]
COLUMNS = ("date_start", "date_end", "date_precision", "date_basis", "year", "month", "date_not_before",
           "date_not_after", "date_bound_basis")  # fmt: skip


def choose(case: Case) -> dict[str, Choice]:
    """The date columns of the event."""
    dated = [r for r in case.reports if r.claim.when.start and r.claim.when.precision in PRECISIONS]
    if not dated:
        return {"date_precision": Choice("none", "none"), **_bounds(case, None)}
    dated = _told_in_time(case, dated)
    base = _most_voiced(case, _on_best_basis(dated))
    chosen = _refine(case, dated, base)
    when = chosen.claim.when
    start, end = _span(chosen)
    givers = tuple(sorted(r.report_id for r in dated if _span(r) == (start, end)))
    rule = f"{when.basis or 'stated'}_date"
    columns: dict[str, object] = {
        "date_start": start,
        "date_end": end,
        "date_precision": when.precision,
        "date_basis": when.basis or "stated",
        "year": start.year if start.year == end.year else None,
        "month": start.month if (start.year, start.month) == (end.year, end.month) else None,
    }
    found = {name: Choice(value, rule, givers) for name, value in columns.items()}
    return found | ({} if when.precision == "day" else _bounds(case, (start, end)))


def of_period(event: Event, bundle: Bundle) -> dict[str, Choice]:
    """The date columns of what a joint announcement leaves over: the period that it names, never its own day.

    A period without a beginning only bounds the seizures; without any, the announcement's own date stands.
    """
    ids = tuple(sorted(r.report_id for r in bundle.reports))
    start, end = bundle.start, bundle.end
    if start is None and end is None:
        return {name: event.values[name] for name in COLUMNS if name in event.values}
    found: dict[str, object] = {"date_precision": "none", "date_not_before": start, "date_not_after": end}
    if start and end and start.year == end.year:
        found |= {
            "date_start": start,
            "date_end": end,
            "date_precision": _precision(start, end),
            "date_basis": "stated",
            "year": start.year,
            "month": start.month if start.month == end.month else None,
        }
        if start == end:
            found |= {"date_not_before": None, "date_not_after": None}
    if found["date_not_before"] or found["date_not_after"]:
        found["date_bound_basis"] = ("page",)
    return {name: Choice(value, "period", ids) for name, value in found.items() if value is not None}


def _precision(start: date, end: date) -> str:
    """The code for a span within one year."""
    if start.month == end.month or end - start <= WEEK:
        return "day" if start == end else "week" if end - start <= WEEK else "month"
    return "year"


def days_apart(case: Case) -> tuple[int, tuple[str, ...]]:
    """Days between the earliest and the latest day that reports name of their own, and those reports."""
    own = [
        r
        for r in case.trusted
        if r.claim.when.precision == "day"
        and r.claim.when.basis in {"stated", "weekday"}
        and r.claim.when.start
    ]
    days = sorted(_span(r)[0] for r in own)
    return ((days[-1] - days[0]).days if days else 0), tuple(sorted(r.report_id for r in own))


def _span(report: Report) -> Span:
    when = report.claim.when
    assert when.start is not None
    return when.start, when.end or when.start


def _told_in_time(case: Case, dated: list[Report]) -> list[Report]:
    """Without the dates after the first page that told the news, while another date stands."""
    told = [r.claim.published for r in case.trusted if r.claim.role == "primary" and r.claim.published]
    slack = timedelta(days=int(load("dates")["publication_slack_days"]))
    return [r for r in dated if not told or _span(r)[0] <= min(told) + slack] or dated


def _on_best_basis(reports: Iterable[Report]) -> list[Report]:
    rank = {
        r.report_id: BASES.index(r.claim.when.basis) if r.claim.when.basis in BASES else 0 for r in reports
    }
    best = min(rank.values())
    return [r for r in reports if rank[r.report_id] == best]


def _most_voiced(case: Case, reports: list[Report]) -> Report:
    """The report whose span most origins give; of equals the more precise, then the preferred report's."""
    voices: dict[Span, set[str]] = {}
    for report in reports:
        voices.setdefault(_span(report), set()).add(case.origin(report))
    return min(reports, key=lambda r: (-len(voices[_span(r)]), PRECISIONS.index(r.claim.when.precision)))


def _refine(case: Case, dated: list[Report], base: Report) -> Report:
    """A more precise date inside the chosen span says the same and more: the month gives way to its day."""
    start, end = _span(base)
    coarse = PRECISIONS.index(base.claim.when.precision)
    finer = [
        r
        for r in dated
        if PRECISIONS.index(r.claim.when.precision) < coarse and start <= _span(r)[0] and _span(r)[1] <= end
    ]
    return _refine(case, dated, _most_voiced(case, _on_best_basis(finer))) if finer else base


def _bounds(case: Case, span: Span | None) -> dict[str, Choice]:
    """Earliest and latest possible day where the day isn't known: the tightest bounds that agree."""
    bounded = [r for r in case.reports if r.claim.when.not_before or r.claim.when.not_after]
    lower = max((r.claim.when.not_before for r in bounded if r.claim.when.not_before), default=None)
    upper = min((r.claim.when.not_after for r in bounded if r.claim.when.not_after), default=None)
    if lower and upper and lower > upper:
        # The bounds contradict each other: the widest span holds whichever of them is right.
        lower = min(r.claim.when.not_before for r in bounded if r.claim.when.not_before)
        upper = max(r.claim.when.not_after for r in bounded if r.claim.when.not_after)
    if span:
        lower, upper = max(lower or span[0], span[0]), min(upper or span[1], span[1])
        lower, upper = (lower, upper) if lower <= upper else span
    basis = tuple(sorted({r.claim.when.bound_basis for r in bounded if r.claim.when.bound_basis}))
    ids = tuple(sorted(r.report_id for r in bounded))
    found = {"date_not_before": lower, "date_not_after": upper, "date_bound_basis": basis or None}
    return {name: Choice(value, "bounds", ids) for name, value in found.items() if value}
