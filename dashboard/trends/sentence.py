"""The words of a verdict: a headline, the figures under it, and what could change it. Both languages.

Facts and doubts only, never a cause; with a verdict withheld, the figures still stand, uncompared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from dashboard.collection.marks import across, marks, warning
from dashboard.components.sentence import totals_allowed
from dashboard.filters import CHANGE_OF_GOVERNMENT, MAX_IDS, Filters, Span
from dashboard.i18n import DEFAULT, day, listed, t, tablets, tablets_between
from dashboard.release import Snapshot
from dashboard.trends import coverage, verdict
from dashboard.trends.outages import watch
from dashboard.trends.periods import Compared
from dashboard.trends.rates import RateRatio, times
from dashboard.trends.sides import Carrier
from dashboard.trends.verdict import MIN_RATIO, Verdict


@dataclass(frozen=True)
class Doubt:
    """A sentence, and the address of the seizures it is about where these are listed."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Said:
    """`headline` answers the question; `facts` are its figures; `doubts` say what could change it."""

    headline: str
    facts: tuple[str, ...]
    doubts: tuple[Doubt, ...]

    @property
    def text(self) -> str:
        """The whole as plain text."""
        doubts = (doubt.words for doubt in self.doubts)
        return " ".join((self.headline, *self.facts, *doubts)).replace("<b>", "").replace("</b>", "")


def said(compared: Compared, snapshot: Snapshot, lang: str = DEFAULT) -> Said:
    """What the page says of these periods."""
    found = verdict.verdict(compared, snapshot)
    facts = _figures(found, compared, lang) if compared.spans else ()
    of_reports = (*_coverage(compared, snapshot, found, lang), *_caution(compared, snapshot, lang))
    doubts = (
        *map(Doubt, (*_doubtful(found, lang), *_loose(found, compared, lang))),
        *_undecided(compared, lang),
        *map(Doubt, of_reports),
    )
    return Said(headline(found, lang), facts, doubts)


def headline(found: Verdict, lang: str = DEFAULT) -> str:
    """The sentence of the cell of the decision table that was reached."""
    if found.withheld:
        return t(f"trends.withheld.{found.withheld}", lang=lang)
    n = {"now": found.now.events, "before": found.before.events}
    size = _size(found.carrier, lang) if found.carrier else ""
    return t(f"trends.cell.{found.counts}.{found.tablets}", lang=lang, size=size, **n)


def _size(carrier: Carrier, lang: str) -> str:
    """`12 M tablets`; `50–100 M tablets (figures differ)` where outlets do (analyst requirements 1.12)."""
    if not carrier.differs:
        return t("trends.carrier.agreed", lang=lang, amount=tablets(carrier.best, lang))
    return t("trends.carrier.differs", lang=lang, amount=tablets_between(carrier.low, carrier.high, lang))


def counted(n: int, lang: str = DEFAULT) -> str:
    """`1 reported seizure`; nothing collected is not zero seizures."""
    return t("trends.events", lang=lang, n=n) if n else t("trends.no_report", lang=lang)


def span_name(span: Span, lang: str = DEFAULT) -> str:
    """`2025`, or `8 Dec 2024 – 6 Mar 2026`."""
    start = span.start
    if start is None:
        return t("trends.until", lang=lang, last=day(span.end, lang))
    if start.year == span.end.year and f"{start:%m%d}{span.end:%m%d}" == "01011231":
        return str(start.year)
    return t("trends.span", lang=lang, first=day(start, lang), last=day(span.end, lang))


def _figures(found: Verdict, compared: Compared, lang: str) -> tuple[str, ...]:
    assert compared.spans is not None
    spans = {"earlier": span_name(compared.spans[0], lang), "later": span_name(compared.spans[1], lang)}
    before, now = found.before, found.now
    events, then = (counted(n, lang) for n in (before.events, now.events))
    facts = [t("trends.fact.events", lang=lang, events=events, now=then, **spans)]
    beside = [compared.now.count(name) for name in ("comparison_unstated", "unstated_kind")]
    if any(beside):
        earlier, later = (counted(n, lang) for n in beside)
        facts.append(t("trends.fact.unstated", lang=lang, before=earlier, now=later))
    if found.tablets == verdict.WITHHELD or not totals_allowed(compared.filters, compared.shown.span):
        facts.append(t("lead.tablets_withheld", lang=lang))
    elif before.with_quantity and now.with_quantity:
        facts.append(_tablets(found, lang))
    if found.ratio is not None:
        facts.append(_ratio(found.ratio, lang))
    return tuple(facts)


def _tablets(found: Verdict, lang: str) -> str:
    before, now = found.before, found.now
    pair = {"before": tablets(before.tablets, lang), "now": tablets(now.tablets, lang)}
    words = t("trends.fact.tablets", lang=lang, **pair)
    if before.doubtful or now.doubtful:
        rest = {
            f"{name}_rest": tablets(side.tablets - side.doubtful_tablets, lang)
            for name, side in (("before", before), ("now", now))
        }
        words = t("trends.fact.tablets_doubtful", lang=lang, **pair, **rest)
    ends = [tablets_between(side.low, side.high, lang) for side in (before, now)]
    if ends != [*pair.values()]:
        words += " " + t("trends.fact.range", lang=lang, before=ends[0], now=ends[1])
    parts = [
        t(f"trends.fact.without_{name}", lang=lang,
          before=tablets(before.without(most), lang), now=tablets(now.without(most), lang))
        for most, name in ((1, "one"), (3, "three"))
        if min(before.with_quantity, now.with_quantity) > most
    ]  # fmt: skip
    return " ".join([words, *parts])


def _ratio(ratio: RateRatio, lang: str) -> str:
    if math.isnan(ratio.low):  # no interval: the model did not fit
        return t("trends.fact.ratio_alone", lang=lang, ratio=times(ratio.ratio))
    words = {"ratio": times(ratio.ratio), "low": times(ratio.low), "high": times(ratio.high)}
    return t("trends.fact.ratio", lang=lang, **words)


def _doubtful(found: Verdict, lang: str) -> tuple[str, ...]:
    n = found.before.doubtful + found.now.doubtful
    if not n or found.without is None:
        return ()
    if found.without.cell == found.cell:
        return (t("trends.doubt.repeats_same", lang=lang, n=n),)
    return (t("trends.doubt.repeats_other", lang=lang, n=n, sentence=headline(found.without, lang)),)


def _loose(found: Verdict, compared: Compared, lang: str) -> tuple[str, ...]:
    """That undated seizures change nothing is said only where no other filter leaves any undecided."""
    if found.withheld == verdict.NO_COMPARISON:
        return ()
    others = len(compared.undecided)
    if not found.loose:
        return () if others else (t("trends.doubt.no_loose", lang=lang),)
    key = "loose_matter" if found.loose_matters else "loose_open" if others else "loose_same"
    return (t(f"trends.doubt.{key}", lang=lang, n=found.loose, tablets=tablets(found.loose_tablets, lang)),)


def _undecided(compared: Compared, lang: str) -> tuple[Doubt, ...]:
    """Seizures of which another filter cannot tell whether they fit, with their list."""
    if compared.spans is None or not (n := len(compared.undecided)):
        return ()
    why = listed((t(f"why.{name}", lang=lang) for name in compared.undecided_by), lang)
    filters = compared.shown.filters
    if n <= MAX_IDS:  # more than an address names: then the list has those dated across an edge too
        filters = replace(filters, ids=tuple(compared.undecided["event_id"]))
    href = f"/records?{filters.to_query()}&list=undecided"
    return (Doubt(t("trends.doubt.undecided", lang=lang, n=n, why=why), href),)


def _coverage(compared: Compared, snapshot: Snapshot, found: Verdict, lang: str) -> tuple[str, ...]:
    """Whether more outlets reported too: a rise of reports and a rise of seizures look alike."""
    if compared.spans is None:
        return ()
    reports = coverage.reports(compared.filters, snapshot)
    before, now = (coverage.active(reports, span)[0] for span in compared.spans)
    if not before and not now:
        return ()
    grown = now >= MIN_RATIO * before
    shrunk = now * MIN_RATIO <= before
    key = {(verdict.RISE, True, False): "more", (verdict.FALL, False, True): "fewer"}.get(
        (found.counts, grown, shrunk), "outlets"
    )
    return (t(f"trends.doubt.{key}", lang=lang, before=before, now=now),)


def _caution(compared: Compared, snapshot: Snapshot, lang: str) -> tuple[str, ...]:
    if compared.spans is None:
        return (t("lead.caution", lang=lang),)
    other, span = compared.spans
    crossing = other.end < CHANGE_OF_GOVERNMENT <= span.end
    words = [t("lead.caution_change" if crossing else "lead.caution", lang=lang)]
    if crossed := across(marks(snapshot), span, other):
        words.append(warning(crossed, lang))
    silent = [
        one for part in (other, span) for one in watch(snapshot).inside(part.start or part.end, part.end)
    ]
    if silent:
        names = len({one.source for one in silent})
        words.append(t("trends.doubt.outages", lang=lang, n=names))
    return tuple(words)


def query_without_cut(filters: Filters) -> str:
    """The address of the same view without a chosen day."""
    return filters.without("cut").to_query()
