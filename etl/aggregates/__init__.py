"""Stage `aggregates`: reports of totals -> one row a total, its parts among the events, and what is left
over.

A total never enters a sum of events and never has an event date. A bundle ("five attempts announced
together") is made of seizures: where they are events it adds nothing, and what isn't broken out becomes one
event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.aggregates.figures import amounts, period
from etl.aggregates.grouping import known_totals, preference, same_totals, scope_of
from etl.aggregates.parts import PageIndex, find_parts, remainder
from etl.records import Aggregate, Event, Report

__all__ = ["build_aggregates", "destroyed_events", "join_totals"]


def build_aggregates(reports: Sequence[Report], events: Sequence[Event]) -> tuple[Aggregate, ...]:
    """One Aggregate a published total, by key. `reports` may hold other rows too: they are passed over."""
    totals = [
        _total(group) for group in same_totals([r for r in reports if r.claim.event_type == "aggregate"])
    ]
    pages = PageIndex.of(events)
    found: list[Aggregate] = []
    for total in sorted(totals, key=lambda t: (_best(t), t.key)):
        parts = find_parts(total, pages)
        found.append(
            replace(
                total,
                part_keys=tuple(sorted(event.key for event in parts)),
                remainder=remainder(total, parts, found, pages),
                superseded_by=_superseded_by(total, totals),
            )
        )
    return tuple(sorted(found, key=lambda total: total.key))


def join_totals(
    machine: Sequence[Report], totals: Sequence[Aggregate]
) -> tuple[tuple[Aggregate, ...], tuple[Aggregate, ...]]:
    """Machine-read reports of totals: the curated `totals` with those that tell them too, and totals of their
    own of the others.

    A joined report changes nothing of its total, and a total of theirs is never made of parts: what was
    counted is settled among the curated ones.
    """
    reports = sorted(
        (r for r in machine if r.claim.event_type == "aggregate"), key=lambda report: report.report_id
    )
    homes = known_totals(reports, [total.reports for total in totals])
    joined = tuple(
        replace(total, joined=tuple(r for r in reports if homes.get(r.report_id) == index))
        for index, total in enumerate(totals)
    )
    own = [_total(group) for group in same_totals([r for r in reports if r.report_id not in homes])]
    return joined, tuple(sorted(own, key=lambda total: total.key))


def destroyed_events(reports: Sequence[Report], events: Sequence[Event]) -> dict[str, tuple[str, ...]]:
    """report_id of a destruction -> keys of the seizures whose drugs were destroyed, where that is known.

    Known means: the page tells of the seizure too, or country and figure are the seizure's, which lies
    within a month before.
    """
    pages = PageIndex.of(events)
    found = {}
    for report in reports:
        if report.claim.event_type == "destruction":
            keys = tuple(sorted(event.key for event in pages.destroyed(report)))
            if keys:
                found[report.report_id] = keys
    return found


def _total(group: Sequence[Report]) -> Aggregate:
    """The columns of one total; its words are those of the most preferred report."""
    reports = tuple(sorted(group, key=preference))
    first, scope = reports[0], scope_of(reports[0])
    days = [r.claim.published for r in reports if r.claim.published]
    codes = {r.location.admin1_codes for r in reports if r.location.admin1_codes}
    start, end = period(reports)
    values: dict[str, object] = {
        "kind": scope.kind,
        "issuer": scope.issuer,
        "issuer_country": scope.issuer_country,
        "scope_as_reported": first.claim.scope,
        "scope_kind": scope.scope_kind,
        "country": next((r.claim.country for r in reports if r.claim.country), ""),
        "territory": scope.territory,
        "admin1_code": next(iter(codes)) if len(codes) == 1 else (),
        "agency": scope.agency,
        "drug": first.claim.drug,
        "drug_scope": scope.drug_scope,
        "period_start": start,
        "period_end": end,
        "n_incidents": scope.n_incidents,
        "said_on": min(days, default=None),
        "n_reports": len(reports),
        "n_outlets": len({r.outlet.outlet_id for r in reports}),
        "report_ids": tuple(sorted(r.report_id for r in reports)),
        "source_urls": tuple(dict.fromkeys(r.claim.url for r in reports)),
        **amounts(reports),
    }
    return Aggregate(key=min(r.report_id for r in reports), reports=reports, values=values)


_SAME_SERIES = (
    "kind",
    "issuer",
    "scope_kind",
    "country",
    "territory",
    "admin1_code",
    "agency",
    "drug_scope",
    "unit",
)


def _superseded_by(total: Aggregate, others: Sequence[Aggregate]) -> str:
    """Key of the next running total of the same series: same start, later end, and no smaller.

    A running total that falls contradicts the earlier one; both then stand side by side.
    """
    mine = total.values
    if mine["kind"] != "period_total" or mine["period_start"] is None or mine["period_end"] is None:
        return ""
    later = [
        other
        for other in others
        if all(other.values[name] == mine[name] for name in (*_SAME_SERIES, "period_start"))
        and other.values["period_end"] is not None
        and str(other.values["period_end"]) > str(mine["period_end"])
        and _best(other) >= _best(total)
    ]
    return min(later, key=lambda other: (str(other.values["period_end"]), other.key)).key if later else ""


def _best(total: Aggregate) -> float:
    best = total.values["best"]
    return best if isinstance(best, (int, float)) else 0.0
