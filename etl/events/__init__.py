"""Stage `events`: the reports of a cluster -> one Event whose every value names its rule and its reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from etl.amounts import kg_of, tablets_of
from etl.events import standing, what, when, where, who
from etl.events.case import Case
from etl.events.figures import Chosen
from etl.records import Bundle, Choice, Cluster, Event, Linking, Report, Span
from etl.vocabulary.units import tablet_mass

__all__ = ["build_bundle", "build_event", "build_events"]


def build_events(reports: Iterable[Report], linking: Linking) -> tuple[Event, ...]:
    """One event a cluster, in the order of their keys (smallest report_id)."""
    by_id = {report.report_id: report for report in reports}
    doubtful = {report_id for pair in linking.possibly_same for report_id in pair[:2]}
    events = [
        build_event([by_id[i] for i in cluster.report_ids], cluster, doubtful) for cluster in linking.clusters
    ]
    return tuple(sorted(events, key=lambda event: event.key))


def build_event(
    reports: Iterable[Report], cluster: Cluster, doubtful: Collection[str] = frozenset()
) -> Event:
    """Choose every column of one event from its reports (at least one).

    `doubtful` are reports that may tell of the same seizure as one of another event.
    """
    case = Case.of(reports, cluster)
    values: dict[str, Choice] = when.choose(case) | where.choose(case) | what.choose_drug(case)
    drug, form = str(values["drug"].value), str(values["form"].value)
    quantity_columns, quantities = what.choose_quantities(case, drug, form)
    values |= quantity_columns
    values |= who.choose(case, str(values["country"].value or ""))
    values |= standing.choose(case, quantities)
    flags = standing.flags(case, values, quantities, doubtful)
    values["flags"] = Choice(tuple(flags) or None, "flags")
    return Event(
        key=min(cluster.report_ids),
        reports=case.reports,
        cluster=cluster,
        values=values,
        flags=tuple(flags),
        flag_reports=flags,
        verdicts=_verdicts(case, quantities.main),
    )


def build_bundle(bundle: Bundle) -> Event:
    """One event for what a joint announcement doesn't break out, placed no finer than the announcement."""
    key = min(r.report_id for r in bundle.reports)
    ids = tuple(sorted(r.report_id for r in bundle.reports))
    event = build_event(bundle.reports, Cluster(ids, (), tuple((i, key) for i in ids)))
    quantity: dict[str, object] = {
        "is_bundle": True,
        "n_incidents": bundle.n_incidents,
        "figures_differ": False,
    }
    tablets, kg, grams = _both_units(bundle, str(event.values["form"].value))
    quantity["conversion_g"] = grams
    for unit, span in (("tablets", tablets), ("kg", kg)):
        quantity |= {f"{unit}_low": span.low, f"{unit}_best": span.best, f"{unit}_high": span.high,
                     f"{unit}_basis": span.basis}  # fmt: skip
    if event.values["event_type"].value not in who.EVENT_TYPES:
        quantity["event_type"] = "interdiction"
    if not bundle.certain:
        quantity |= {"counted": False, "not_counted_reason": standing.PARTS_UNKNOWN}
    values = event.values | {name: Choice(value, "sum_less_parts", ids) for name, value in quantity.items()}
    values = {n: c for n, c in values.items() if n not in when.COLUMNS} | when.of_period(event, bundle)
    flags = {
        flag: about for flag, about in event.flag_reports.items() if flag not in {"figures_differ", "undated"}
    }
    flags |= {"bundle": ids} | ({"undated": ()} if values["date_precision"].value == "none" else {})
    values["flags"] = Choice(tuple(sorted(flags)), "flags")
    return replace(event, values=values, flags=tuple(sorted(flags)), flag_reports=flags)


def _both_units(bundle: Bundle, form: str) -> tuple[Span, Span, float | None]:
    """What is left over in tablets and kilograms, and the grams a tablet where one is computed."""
    if form != what.TABLETS or bundle.tablets.known == bundle.kg.known:
        return bundle.tablets, bundle.kg, None
    if bundle.kg.known:
        return tablets_of(bundle.kg), bundle.kg, tablet_mass().best
    return bundle.tablets, kg_of(bundle.tablets), tablet_mass().best


def _verdicts(case: Case, chosen: Chosen) -> Mapping[str, str]:
    """report_id -> what the rule did with its figure, of the unit that the outlets state."""
    return {r.report_id: chosen.verdicts.get(r.report_id, "no_figure") for r in case.reports}
