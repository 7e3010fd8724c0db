"""What was seized, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from etl.amounts import kg_of, tablets_of
from etl.events import figures
from etl.events.case import Case, said_on
from etl.events.figures import Chosen, Figure, figures_of
from etl.records import Choice, Report, Span
from etl.vocabulary.drugs import drug_group, drugs

VAGUE = ("amphetamine", "precursor", "equipment", "pills_unspecified", "mixed", "unspecified")
"""Kinds that say less than a named drug, from the most to the least specific."""
NO_FORM: frozenset[object] = frozenset({"unknown"})
TABLETS = "tablets"
NOT_WHOLE = frozenset({"crushed_or_powder", "raw_material", "mixed_load"})
"""Forms of a weight that is not that of whole tablets."""


@dataclass(frozen=True)
class Quantities:
    """The chosen figures of both units, for the flags and for the reports' own verdicts."""

    tablets: Chosen
    kg: Chosen

    @property
    def main(self) -> Chosen:
        """The unit the outlets state: tablets where any does, else kilograms."""
        return self.tablets if self.tablets.figure and self.tablets.span.basis == "stated" else self.kg


def specificity(drug: str) -> int:
    """Smaller is more specific; named drugs in the vocabulary's order, Captagon first."""
    named = [code for code in drugs() if code not in VAGUE]
    return named.index(drug) if drug in named else len(named) + VAGUE.index(drug)


def choose_drug(case: Case) -> dict[str, Choice]:
    """The most specific kind that a good primary report names, and how many of the reports name it."""
    drug = min((r.claim.drug for r in case.trusted), key=specificity)
    naming = [r for r in case.reports if r.claim.drug == drug]
    ids = tuple(sorted(r.report_id for r in naming))
    form = _form(case)
    return {
        "drug": Choice(drug, "most_specific", ids),
        "drug_group": Choice(drug_group(drug), "most_specific", ids),
        "drugs_as_reported": case.every(lambda r: (r.claim.drug,)),
        "drug_agreement": Choice(f"{len(naming)}/{len(case.reports)}", "count", ids),
        "form": Choice(form.value or "unknown", form.rule, form.report_ids),
        "other_drugs": case.every(_other_loads),
    }


def _form(case: Case) -> Choice:
    """What the load physically was, whatever drug each report calls it.

    Where nobody counted tablets, one trusted report that weighed something else is enough (raw material,
    powder, several drugs together, a drug that is no pill): a number of tablets would then be made up.
    """
    voted = case.vote(lambda r: r.form, among=case.trusted, unknown=NO_FORM)
    counted = any(r.tablets.basis == "stated" and r.tablets.known for r in case.trusted)
    if voted.value != TABLETS or counted:
        return voted
    against = [r for r in case.trusted if _weighs_something_else(r)]
    if not against:
        return voted
    return replace(case.vote(lambda r: r.form, among=against, unknown=NO_FORM), rule="not_whole_tablets")


def _weighs_something_else(report: Report) -> bool:
    no_pill = report.drug_group not in {"captagon", "pills_unspecified", "unspecified"}
    return report.form in NOT_WHOLE or (
        no_pill and report.form != TABLETS and report.kg.basis == "stated" and report.kg.known
    )


def choose_quantities(case: Case, drug: str, form: str) -> tuple[dict[str, Choice], Quantities]:
    """Tablets and kilograms. Weight becomes tablets only for the form `tablets`, where nobody counted."""
    main = _of_main_load(case.reports, drug)
    if form in NOT_WHOLE:
        main = [r for r in case.reports if r.form == form and r.kg.known] or main
    tablets = _prefer_stated(figures_of(main, case.origins, _tablets_if_countable(form)))
    kg = _prefer_stated(figures_of(_weighing(main, drug), case.origins, lambda r: r.kg))
    counted = figures.choose(_dated(tablets, case))
    weighed = figures.choose(_dated(kg, case), counted.verdicts)
    chosen = _converted_alike(Quantities(counted, weighed))
    return _columns(case, chosen), chosen


def _converted_alike(chosen: Quantities) -> Quantities:
    """A converted figure is that of the published figure of the other unit, bounds and all."""
    tablets, kg = chosen.tablets, chosen.kg
    if tablets.span.basis == "converted" and kg.span.basis == "stated":
        tablets = replace(tablets, span=tablets_of(kg.span))
    if kg.span.basis == "converted" and tablets.span.basis == "stated":
        kg = replace(kg, span=kg_of(tablets.span))
    return Quantities(tablets, kg)


def _of_main_load(reports: Sequence[Report], drug: str) -> list[Report]:
    """Reports whose figure is of the event's drug: the weight of a mixed load is not that of its Captagon."""
    group = drug_group(drug)
    named = [r for r in reports if r.drug_group == group]
    vague = [r for r in reports if r.drug_group in {"pills_unspecified", "unspecified"}]
    return named + [r for r in vague if r not in named] or list(reports)


def _weighing(main: list[Report], drug: str) -> list[Report]:
    """Without those that weigh "drugs" where others say how much was `drug`: theirs may be all of them."""
    if drug_group(drug) == "unspecified":
        return main
    named = [r for r in main if r.drug_group == drug_group(drug)]
    told = any(span.known and span.basis == "stated" for r in named for span in (r.tablets, r.kg))
    return [r for r in main if r.drug_group != "unspecified"] if told else main


def _tablets_if_countable(form: str) -> Callable[[Report], Span]:
    def span(report: Report) -> Span:
        countable = report.tablets.basis != "converted" or form == "tablets"
        return report.tablets if countable else Span()

    return span


def _prefer_stated(given: list[Figure]) -> list[Figure]:
    """Figures that outlets state; converted ones only where there are no others."""
    return [f for f in given if f.span.basis == "stated"] or given


def _dated(given: list[Figure], case: Case) -> list[Figure]:
    """Figures with the day they were said, month-only publication dates included."""
    days = {r.report_id: said_on(r) for r in case.reports}
    return [replace(f, published=days[f.report_id]) for f in given]


def _columns(case: Case, chosen: Quantities) -> dict[str, Choice]:
    by_id = {r.report_id: r for r in case.reports}
    found: dict[str, Choice] = {}
    for unit, choice in (("tablets", chosen.tablets), ("kg", chosen.kg)):
        rule = choice.rule or "none"
        span = choice.span
        found |= {
            f"{unit}_low": Choice(span.low, rule, choice.report_ids),
            f"{unit}_best": Choice(span.best, rule, choice.report_ids),
            f"{unit}_high": Choice(span.high, rule, choice.report_ids),
            f"{unit}_basis": Choice(span.basis, rule, choice.report_ids),
        }
    source = chosen.main.figure or chosen.tablets.figure
    report = by_id[source.report_id] if source else None
    converted = [c.figure for c in (chosen.tablets, chosen.kg) if c.figure and c.span.basis == "converted"]
    grams = by_id[converted[0].report_id].conversion_g if converted else None
    words = case.first(lambda r: r.claim.amount.as_written)
    if report and report.claim.amount.as_written:
        words = Choice(report.claim.amount.as_written, chosen.main.rule, (report.report_id,))
    return found | {
        "tablets_qualifier": Choice(source.qualifier if source else "unstated", chosen.main.rule),
        "tablets_rule": Choice(chosen.tablets.rule or None, chosen.tablets.rule or "none"),
        "conversion_g": Choice(grams, "conversion", (converted[0].report_id,) if converted else ()),
        "quantity_as_reported": words,
    }


def _other_loads(report: Report) -> list[str]:
    """Further drugs as the ledger writes them: drug:quantity:unit."""
    return [
        f"{load.drug}:{'' if load.quantity is None else f'{load.quantity:g}'}:{load.unit}"
        for load in report.claim.other_loads
    ]
