"""Which reports tell of one published total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.records import Report
from etl.vocabulary import fold
from etl.vocabulary.scopes import Scope, ScopeContext, parse_scope

SAME = 0.02
"""Two figures this close are one figure, rounded differently."""
ALIKE = 2.0
"""Reports of one scope may differ by this factor ("119 million", misread as 190) and still mean one total."""
DAYS_APART = 45
"""Announcements of the same wording further apart than this are different totals."""


def scope_of(report: Report) -> Scope:
    """What the report's total covers, by the words of its scope and its row."""
    claim = report.claim
    return parse_scope(
        claim.scope,
        ScopeContext(
            country=claim.country,
            admin1=claim.admin1,
            place=claim.place,
            drug=claim.drug,
            agencies="|".join(claim.agencies),
            publisher=report.outlet.name,
            has_quantity=claim.amount.quantity is not None or claim.weight_kg is not None,
            has_period=claim.period_start is not None or claim.period_end is not None,
        ),
    )


def preference(report: Report) -> tuple[bool, bool, bool, date, str]:
    """Official text first, then good before weak, with a figure before without, early before late."""
    return (
        not report.is_official,
        report.claim.quality == "weak",
        report.claim.amount.quantity is None,
        report.claim.published or date.max,
        report.report_id,
    )


def same_totals(reports: Sequence[Report]) -> list[list[Report]]:
    """Groups of reports of one total, whatever the order of `reports`."""
    groups: list[list[Report]] = []
    by_block: dict[tuple[str, str], list[list[Report]]] = {}
    for report in sorted(reports, key=lambda r: r.report_id):
        blocks = _blocks(report)
        near = [group for block in blocks for group in by_block.get(block, [])]
        home = next((group for group in near if any(_same_total(report, other) for other in group)), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(report)
        for block in blocks:
            if not any(group is home for group in by_block.setdefault(block, [])):
                by_block[block].append(home)
    return groups


def known_totals(reports: Sequence[Report], totals: Sequence[Sequence[Report]]) -> dict[str, int]:
    """report_id -> index of the total in `totals` that a report tells too, the first of several.

    Read on the page of a known report, the figure alone is enough: the page says it of one total.
    """
    by_block: dict[tuple[str, str], list[int]] = {}
    for index, group in enumerate(totals):
        for block in sorted({block for report in group for block in (*_blocks(report), _page(report))}):
            by_block.setdefault(block, []).append(index)
    found = {}
    for report in reports:
        blocks = (*_blocks(report), _page(report))
        near = sorted({index for block in blocks for index in by_block.get(block, [])})
        told = [i for i in near if any(_same_total(report, r) or _on_page(report, r) for r in totals[i])]
        if told:
            found[report.report_id] = told[0]
    return found


def _page(report: Report) -> tuple[str, str]:
    return "page", report.claim.url or report.report_id


def _on_page(report: Report, known: Report) -> bool:
    ratio = _ratio(report, known)
    same_country = report.claim.country in {known.claim.country, ""} or not known.claim.country
    return _page(report) == _page(known) and same_country and ratio is not None and ratio <= 1 + SAME


def _blocks(report: Report) -> tuple[tuple[str, str], ...]:
    """Only reports that share one of these can be of one total: its wording, or its country and period."""
    claim = report.claim
    found = [("scope", fold(claim.scope))] if claim.scope else []
    if claim.period_start or claim.period_end:
        found.append(("period", f"{claim.country} {claim.period_start} {claim.period_end}"))
    if not found:
        found.append(("figure", f"{claim.country} {claim.amount.quantity}"))
    return tuple(found)


def _same_total(a: Report, b: Report) -> bool:
    if a.claim.country and b.claim.country and a.claim.country != b.claim.country:
        return False
    figures = _ratio(a, b)
    if a.claim.scope and fold(a.claim.scope) == fold(b.claim.scope):
        return (figures is None or figures <= ALIKE) and _days_apart(a, b) <= DAYS_APART
    same_period = (a.claim.period_start, a.claim.period_end) == (b.claim.period_start, b.claim.period_end)
    dated = a.claim.period_start is not None or a.claim.period_end is not None
    same_drugs = scope_of(a).drug_scope == scope_of(b).drug_scope
    same_figure = figures is not None and figures <= 1 + SAME
    return same_period and dated and same_drugs and same_figure


def _ratio(a: Report, b: Report) -> float | None:
    """Larger over smaller figure in the first unit that both give; None where they share none."""
    for x, y in ((a.tablets, b.tablets), (a.kg, b.kg)):
        if x.best and y.best and x.basis == y.basis == "stated":
            return max(x.best, y.best) / min(x.best, y.best)
    return None


def _days_apart(a: Report, b: Report) -> int:
    """Days between the ends of the two totals, 0 where one isn't dated."""
    ends = [
        r.claim.period_end or (r.claim.when.start if r.claim.when.precision == "day" else None)
        for r in (a, b)
    ]
    if ends[0] is None or ends[1] is None:
        return 0
    return abs((ends[0] - ends[1]).days)
