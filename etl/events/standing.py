"""What an event rests on, whether it is counted, and what a careful reader should know of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from etl.events import when, where
from etl.events.case import Case
from etl.events.what import Quantities
from etl.records import Choice
from etl.vocabulary.scopes import adds_up_several

ALLEGED_FLAG = "claim_of_site"
"""Flag of a report on a site that is only alleged: the event is listed and not counted."""

CONVERSION_FLAGS = frozenset({"converted_from_weight", "kind_unstated_converted"})
"""Flags of a report's figure that concern the event only where its own figure is computed."""

PARTS_UNKNOWN = "parts_unknown"
"""Why the rest of a joint announcement isn't counted: its seizures may be events already."""

MACHINE_READ = "machine_read"
"""Why a machine-read event isn't counted: no person has reviewed it."""

Flags = dict[str, tuple[str, ...]]
"""Flag -> reports concerned (empty: the event as a whole)."""


def choose(case: Case, quantities: Quantities) -> dict[str, Choice]:
    """Corroboration, sources and standing of the event."""
    outlets = {r.outlet.outlet_id for r in case.reports}
    origins = set(case.origins.values())
    days = [r.claim.published for r in case.reports if r.claim.published]
    urls = case.every(lambda r: (r.claim.url,))
    official = case.first(lambda r: r.claim.url if r.is_official else None)
    alleged = all(ALLEGED_FLAG in r.flags for r in case.trusted)
    machine = all(r.claim.is_machine_read for r in case.reports)
    left_out = "alleged_site" if alleged else MACHINE_READ if machine else ""
    sums = [r for r in case.trusted if adds_up_several(r.claim.notes)]
    bundle = 2 * len(sums) >= len(case.trusted)
    differ = quantities.tablets.differ or quantities.kg.differ
    return {
        "counted": Choice(not left_out, left_out or "seizure"),
        "not_counted_reason": Choice(ALLEGED_FLAG if alleged else left_out or None, left_out or "none"),
        "is_bundle": Choice(bundle, "notes" if bundle else "single"),
        "n_incidents": Choice(None if bundle else 1, "notes" if bundle else "single"),
        "figures_differ": Choice(differ, "ratio_1_5"),
        "evidence": Choice(_evidence(case, len(origins)), "evidence"),
        "n_reports": Choice(len(case.reports), "count"),
        "n_outlets": Choice(len(outlets), "count"),
        "n_origins": Choice(len(origins), "count"),
        "languages": case.union(lambda r: (r.claim.lang,)),
        "source_urls": urls,
        "official_url": official,
        "review_status": Choice("machine", "documents") if machine else Choice("curated", "ledger"),
        "first_reported": Choice(min(days) if days else None, "earliest_publication"),
    }


def _evidence(case: Case, n_origins: int) -> str:
    """The first that holds: only recalled, only weak, an official text, several origins, one."""
    if all(r.claim.role == "background" for r in case.reports):
        return "recalled_only"
    if all(r.claim.quality == "weak" for r in case.reports):
        return "weak"
    if any(r.is_official for r in case.reports):
        return "official_text"
    return "several_origins" if n_origins > 1 else "one_origin"


def flags(
    case: Case, values: Mapping[str, Choice], quantities: Quantities, doubtful: Collection[str]
) -> Flags:
    """The event's check notes: those of its reports, and what only shows when they lie side by side."""
    found: dict[str, set[str]] = {}
    for report in case.reports:
        for flag in report.flags:
            found.setdefault(flag, set()).add(report.report_id)

    def add(flag: str, concerned: Iterable[str] = (), *, holds: bool = True) -> None:
        if holds:
            found.setdefault(flag, set()).update(concerned)

    if quantities.tablets.span.basis != "converted":  # then no published figure is computed from a weight
        for flag in CONVERSION_FLAGS & found.keys():
            del found[flag]
    for chosen in (quantities.tablets, quantities.kg):
        for verdict, flag in (("set_aside_outlier", "outlier_figure"), ("superseded", "count_grew")):
            concerned = [report_id for report_id, v in chosen.verdicts.items() if v == verdict]
            add(flag, concerned, holds=bool(concerned))
    add("figures_differ", holds=bool(values["figures_differ"].value))
    kinds = {r.drug_group for r in case.trusted}
    add("drugs_differ", (r.report_id for r in case.trusted), holds=len(kinds) > 1)
    apart, concerned_by_days = when.days_apart(case)
    add("dates_differ", concerned_by_days, holds=apart > when.DAYS_APART)
    places = where.contradictions(case)
    add("places_differ", places, holds=bool(places))
    twins = [r.report_id for r in case.reports if r.report_id in doubtful]
    add("possible_duplicate", twins, holds=bool(twins))
    add("bundle", holds=bool(values["is_bundle"].value))
    add("undated", holds=values["date_precision"].value == "none")
    add("recalled_only", holds=values["evidence"].value == "recalled_only")
    add("weak_sources", holds=values["evidence"].value == "weak")
    return {flag: tuple(sorted(found[flag])) for flag in sorted(found)}
