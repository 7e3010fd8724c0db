"""The sentence over the first screen: facts only, made from the selection.

Rules (analyst requirements 1.1, 1.3, 1.8, 1.13): "reported seizures"; no comparison below ten events a side;
no 0 for a period from which no report was collected; no sum of tablets over all countries and years; each
total also without its largest seizure; never a cause; what nobody has reviewed is named wherever it is
counted; a comparison across a change of the collection says so; what narrows the view is named with the
count, so that no part is taken for the whole country.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.collection.marks import across, marks, warning
from dashboard.components import state
from dashboard.filters import CHANGE_OF_GOVERNMENT, SCOPES, Filters, Span
from dashboard.i18n import DEFAULT, clauses, day, t, tablets
from dashboard.labels import country, governorate, labeller
from dashboard.release import Snapshot
from dashboard.selection import Selection
from dashboard.stats import MIN_EVENTS, Figures, figures_of

LONG = 5 * 366  # days; longer than this, and over all countries, tablets are not added up
MIN_CHANGE = math.log(1.25)  # a median that moved less is not worth a sentence
MIN_SHIFT = 0.25  # share of events by which a method must have moved to be worth a sentence

NAMED = 3  # governorates or filters that a sentence names one by one
_PLACES = frozenset({"country", "admin1"})  # filters that `where` tells


@dataclass(frozen=True)
class Lead:
    """The sentence in parts: `facts` in reading order (may hold <b>), and the `caution` that closes it."""

    facts: tuple[str, ...]
    caution: str

    @property
    def text(self) -> str:
        """The whole as plain text, for citations and tests."""
        return " ".join((*self.facts, self.caution)).replace("<b>", "").replace("</b>", "")


def totals_allowed(filters: Filters, span: Span) -> bool:
    """No tablet total over all years and countries (1.8)."""
    everywhere = not filters.countries() and not filters.ids
    return not everywhere or (span.days is not None and span.days <= LONG)


def lead(selection: Selection, snapshot: Snapshot, lang: str = DEFAULT) -> Lead:
    """What the selection shows, in words."""
    now = figures_of(selection, "events")
    before = figures_of(selection, "comparison") if selection.comparison_span is not None else None
    comparable = before is not None and min(now.events, before.events) >= MIN_EVENTS
    facts = [_count(selection, snapshot, now, before, lang)]
    if not now.events and selection.count("unstated_kind"):
        facts.append(t("lead.unstated", lang=lang, n=selection.count("unstated_kind")))
    if not totals_allowed(selection.filters, selection.span):
        facts.append(t("lead.tablets_withheld", lang=lang))
    elif now.events:
        facts.append(_tablets(now, before if comparable else None, lang))
    if unreviewed := selection.unreviewed_events:
        facts.append(t("read.lead", lang=lang, n=unreviewed))
    if comparable:
        facts += _shifts(selection, snapshot, lang)
    crossing = selection.comparison_span is not None and (
        selection.comparison_span.end < CHANGE_OF_GOVERNMENT <= selection.span.end
    )
    caution = t("lead.caution_change" if crossing else "lead.caution", lang=lang)
    changed = warning(across(marks(snapshot), selection.span, selection.comparison_span), lang)
    return Lead(tuple(facts), f"{caution} {changed}".rstrip())


def where(filters: Filters, lang: str = DEFAULT) -> str:
    """In Iraq and Syria; in Jordan; in 4 countries; in Anbar, Iraq."""
    if filters.admin1:
        return _governorates(filters.admin1, lang)
    if not filters.country:
        return t(f"scope_in.{filters.scope}", lang=lang)
    for scope, codes in SCOPES.items():
        if codes and set(codes) == set(filters.country):
            return t(f"scope_in.{scope}", lang=lang)
    if len(filters.country) <= 2:
        joined = " + ".join(country(code, lang) for code in filters.country)
        return t("scope_in.chosen", lang=lang, countries=joined)
    return t("scope_in.several", lang=lang, n=len(filters.country))


def _governorates(codes: tuple[str, ...], lang: str) -> str:
    """By ISO 3166-2 code, whose first two letters are the country."""
    homes = " + ".join(country(code, lang) for code in dict.fromkeys(code[:2] for code in codes))
    if len(codes) > NAMED:
        return t("scope_in.governorates_several", lang=lang, n=len(codes), countries=homes)
    places = " + ".join(governorate(code, lang) for code in codes)
    return t("scope_in.governorates", lang=lang, places=places, countries=homes)


def narrowed_by(filters: Filters, snapshot: Snapshot, lang: str = DEFAULT) -> str:
    """The filters beyond place and period, as their chips name them: Transport: Balloon; search “Anbar”."""
    said = [
        t("lead.search", lang=lang, text=text) if name == "q" else text
        for name, text in state.narrowed(filters, snapshot, lang)
        if name not in _PLACES
    ]
    more = len(said) - NAMED
    rest = [t("lead.more_filters", lang=lang, n=more)] if more > 0 else []
    return clauses([*said[:NAMED], *rest], lang).replace("<", "‹")  # a reader's own <b> emphasises nothing


def when(span: Span, snapshot: Snapshot, lang: str = DEFAULT) -> str:
    """Since 8 Dec 2024; in 2023; from .. to ..; in all years."""
    ends_with_data = span.end == snapshot.data_complete_to
    if span.start is None:
        return t("when.all" if ends_with_data else "when.until", lang=lang, end=day(span.end, lang))
    if (span.start.month, span.start.day, span.end.month, span.end.day) == (1, 1, 12, 31) and (
        span.start.year == span.end.year
    ):
        return t("when.year", lang=lang, year=str(span.start.year))
    if ends_with_data:
        return t("when.since", lang=lang, day=day(span.start, lang))
    return t("when.between", lang=lang, start=day(span.start, lang), end=day(span.end, lang))


def other_period(selection: Selection, snapshot: Snapshot, lang: str = DEFAULT) -> str:
    """In the 15 months before; in the same days a year earlier; from .. to .."""
    span, filters = selection.comparison_span, selection.filters
    if span is None or span.days is None:
        return ""
    if filters.vs == "year":
        return t("when.year_before", lang=lang, n=filters.years_back(selection.span))
    if filters.vs == "before":
        months = round(span.days / 30.44)
        if months >= 2:
            return t("when.months_before", lang=lang, n=months)
        return t("when.days_before", lang=lang, n=span.days)
    return when(span, snapshot, lang)


def _count(selection: Selection, snapshot: Snapshot, now: Figures, before: Figures | None, lang: str) -> str:
    place, period = where(selection.filters, lang), when(selection.span, snapshot, lang)
    filters = narrowed_by(selection.filters, snapshot, lang)
    if not now.events:
        if filters:
            period = t("lead.narrowed", lang=lang, view=period, filters=filters)
        if before is None or not before.events:
            return t("lead.zero", lang=lang, where=place, when=period)
        other = other_period(selection, snapshot, lang)
        return t("lead.zero_other", lang=lang, where=place, when=period, other=before.events, period=other)
    count = t("lead.count", lang=lang, n=now.events, where=place, when=period)
    if filters:
        count = t("lead.fitting", lang=lang, n=now.events, count=count, filters=filters)
    if before is None:
        return t("lead.count_only", lang=lang, count=count)
    key = "lead.count_other" if min(now.events, before.events) >= MIN_EVENTS else "lead.count_few"
    if not before.events:
        key = "lead.count_none_before"
    return t(key, lang=lang, count=count, other=before.events, period=other_period(selection, snapshot, lang))


def _tablets(now: Figures, before: Figures | None, lang: str) -> str:
    if now.best is None or now.without_largest is None:
        return t("lead.tablets_none", lang=lang)
    if now.with_quantity == 1:
        return t("lead.tablets_one", lang=lang, now=tablets(now.best, lang))
    values = {"now": tablets(now.best, lang), "now_rest": tablets(now.without_largest, lang)}
    if before is None or before.best is None or before.without_largest is None:
        return t("lead.tablets", lang=lang, **values)
    return t(
        "lead.tablets_both",
        lang=lang,
        before=tablets(before.best, lang),
        before_rest=tablets(before.without_largest, lang),
        **values,
    )


def _shifts(selection: Selection, snapshot: Snapshot, lang: str) -> list[str]:
    """For the country with the clearest change: median size and method, ten events on each side at least."""
    if selection.comparison_span is None:
        return []
    sizes = _sizes(selection, "events"), _sizes(selection, "comparison")
    methods = (
        _methods(selection, "events", "unstated_kind"),
        _methods(selection, "comparison", "comparison_unstated"),
    )
    codes = sizes[0].keys() & sizes[1].keys() | methods[0].keys() & methods[1].keys()
    found: list[tuple[float, str]] = []
    for code in sorted(codes - {""}):
        change, median = _median(*sizes, code, lang)
        method = _method(*methods, code, snapshot, lang)
        if median and method:
            found.append((change + 1, t("lead.and", lang=lang, a=median, b=method[0])))
        elif median or method:
            found.append((change, (method[1] if method else median) + "."))
    return [max(found)[1]] if found else []


def _sizes(selection: Selection, name: str) -> dict[str, tuple[int, float]]:
    """Seizures with a stated quantity and their median, by country."""
    rows = selection.lean(name, ("country", "tablets_best"))
    best = rows["tablets_best"].to_numpy(dtype=float)
    codes, countries = pd.factorize(rows["country"])
    found: dict[str, tuple[int, float]] = {}
    for at, code in enumerate(countries):
        known = best[(codes == at) & ~np.isnan(best)]
        if len(known):
            found[str(code)] = (len(known), float(np.median(known)))
    return found


def _methods(selection: Selection, *names: str) -> dict[str, Counter[str]]:
    """Seizures by country and known method."""
    found: dict[str, Counter[str]] = {}
    for (code, method), n in selection.counts(names, "country", "transport").items():
        if method not in {"", "unknown"}:
            found.setdefault(code, Counter())[method] = n
    return found


def _median(
    now: Mapping[str, tuple[int, float]], before: Mapping[str, tuple[int, float]], code: str, lang: str
) -> tuple[float, str]:
    """How much the median changed (natural log of the ratio), and the words; "" where it hardly moved."""
    sides = [side[code] for side in (now, before) if code in side]
    if len(sides) < 2 or min(count for count, _ in sides) < MIN_EVENTS:
        return 0.0, ""
    middles = [middle for _, middle in sides]
    change = abs(math.log(middles[0] / middles[1])) if min(middles) > 0 else 0.0
    if change < MIN_CHANGE:
        return 0.0, ""
    values = {"now": tablets(middles[0], lang), "before": tablets(middles[1], lang)}
    return change, t("lead.median", lang=lang, country=country(code, lang), **values)


def _method(
    now: Mapping[str, Counter[str]],
    before: Mapping[str, Counter[str]],
    code: str,
    snapshot: Snapshot,
    lang: str,
) -> tuple[str, str] | None:
    """The method whose share grew most, of events with a known one, pills of unstated kind included."""
    counts = [side.get(code, Counter()) for side in (now, before)]
    totals = [side.total() for side in counts]
    if min(totals) < MIN_EVENTS:
        return None
    shares = {
        name: counts[0][name] / totals[0] - counts[1][name] / totals[1]
        for name in sorted(counts[0] | counts[1])
    }
    method = max(shares, key=lambda name: shares[name])
    if shares[method] < MIN_SHIFT:
        return None
    label = labeller(snapshot, lang)("transport", method)
    params = {
        "n": counts[0][method],
        "of": totals[0],
        "before": counts[1][method],
        "before_of": totals[1],
        "method": label[:1].lower() + label[1:],
    }
    return (
        t("lead.method", lang=lang, **params),
        t("lead.method_alone", lang=lang, country=country(code, lang), **params),
    )
