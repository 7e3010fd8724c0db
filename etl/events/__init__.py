"""Stage `events`: the reports of a cluster -> one Event whose every value names its rule and its reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.events import standing, what, when, where, who
from etl.events.case import Case
from etl.events.figures import Chosen
from etl.records import Choice, Cluster, Event, Linking, Report

__all__ = ["build_event", "build_events"]


def build_events(reports: Iterable[Report], linking: Linking) -> tuple[Event, ...]:
    """One event a cluster, in the order of their keys (smallest report_id)."""
    by_id = {report.report_id: report for report in reports}
    events = [build_event([by_id[i] for i in cluster.report_ids], cluster) for cluster in linking.clusters]
    return tuple(sorted(events, key=lambda event: event.key))


def build_event(reports: Iterable[Report], cluster: Cluster) -> Event:
    """Choose every column of one event from its reports (at least one)."""
    case = Case.of(reports, cluster)
    values: dict[str, Choice] = when.choose(case) | where.choose(case) | what.choose_drug(case)
    drug, form = str(values["drug"].value), str(values["form"].value)
    quantity_columns, quantities = what.choose_quantities(case, drug, form)
    values |= quantity_columns
    values |= who.choose(case, str(values["country"].value or ""))
    values |= standing.choose(case, quantities)
    flags = standing.flags(case, values, quantities)
    values["flags"] = Choice(tuple(flags) or None, "flags")
    return Event(
        key=min(cluster.report_ids),
        reports=tuple(sorted(case.reports, key=lambda r: r.report_id)),
        cluster=cluster,
        values=values,
        flags=tuple(flags),
        flag_reports=flags,
        verdicts=_verdicts(case, quantities.main),
    )


def _verdicts(case: Case, chosen: Chosen) -> Mapping[str, str]:
    """report_id -> what the rule did with its figure, of the unit that the outlets state."""
    return {r.report_id: chosen.verdicts.get(r.report_id, "no_figure") for r in case.reports}
