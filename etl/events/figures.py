"""Which of the outlets' figures an event publishes as `best`, and between which bounds.

The rule, in its order:

1. Set aside, while another figure stands: a figure whose own count and weight give no plausible tablet
   (flag `mass_check`), one more than 3 times off the median of the other origins, and an earlier count that
   later grew.
2. The newest official statement.
3. The figure of most independent origins.
4. The figure in more precise wording.
5. The median.

`low` and `high` run over the figures that stand. "More than" is a low and a best without a high.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from etl.records import Report, Span
from etl.vocabulary.forms import worded_qualifier

OUTLIER = 3.0
"""Times off the median of the other origins at which a figure is set aside."""
SAME = 0.02
"""Two figures this close are one figure, rounded differently ("about 3 million" and 2,987,000)."""
MASS_FLAG = "mass_check"
WORDING = {"exact": 0, "range": 1, "about": 2, "over": 3, "under": 3, "unstated": 4}
"""Qualifiers from the most precise to the least."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One report's figure of one kind (tablets, kilograms, arrests ...)."""

    report_id: str
    span: Span
    origin: str
    official: bool = False
    published: date | None = None
    qualifier: str = "exact"
    plausible: bool = True

    @property
    def value(self) -> float:
        assert self.span.best is not None
        return self.span.best

    @property
    def wording(self) -> tuple[int, int]:
        """Smaller is more precise: first the qualifier, then the number of significant digits."""
        digits = len(f"{self.value:.0f}".rstrip("0")) if self.value >= 1 else 1
        return WORDING.get(self.qualifier, 4), -digits


@dataclass(frozen=True, slots=True)
class Chosen:
    """The outcome. `verdicts` says of each figure's report what the rule did with it (`best_rule` codes)."""

    span: Span
    rule: str = ""
    figure: Figure | None = None
    verdicts: dict[str, str] = field(default_factory=dict)
    differ: bool = False

    @property
    def report_ids(self) -> tuple[str, ...]:
        return tuple(sorted(r for r, verdict in self.verdicts.items() if verdict in {"chosen", "agrees"}))


def choose(figures: Iterable[Figure], already: Mapping[str, str] | None = None) -> Chosen:
    """Apply the rule. Without any figure the span is empty and the rule blank.

    `already` maps reports to why their other figure (the count beside the weight) was set aside: the weight
    of an earlier count is an earlier weight.
    """
    given = sorted(figures, key=lambda f: (f.report_id, f.value))
    if not given:
        return Chosen(Span())
    aside = _set_aside(given, already or {})
    standing = [f for f in given if f.report_id not in aside]
    rule, best = _best(standing)
    if "superseded" in aside.values() and rule not in {"official_newest"}:
        rule = "update"
    verdicts = {f.report_id: "agrees" if _same(f.value, best.value) else "differs" for f in standing}
    return Chosen(
        span=_bounds(standing, best),
        rule=rule,
        figure=best,
        verdicts=verdicts | aside | {best.report_id: "chosen"},
        differ=_differ([f for f in given if aside.get(f.report_id) != "superseded"]),
    )


def figures_of(
    reports: Sequence[Report], origins: dict[str, str], span: Callable[[Report], Span]
) -> list[Figure]:
    """The known figures among the reports, as `span` reads them."""
    return [
        Figure(
            report_id=r.report_id,
            span=span(r),
            origin=origins.get(r.report_id, r.report_id),
            official=r.is_official,
            published=r.claim.published,
            qualifier=worded_qualifier(r.claim.amount.qualifier, r.claim.amount.as_written),
            plausible=MASS_FLAG not in r.flags,
        )
        for r in reports
        if span(r).known
    ]


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= SAME * max(abs(a), abs(b))


def _set_aside(figures: Sequence[Figure], already: Mapping[str, str]) -> dict[str, str]:
    """report_id -> why its figure is set aside. Each reason applies only while another figure stands."""
    aside: dict[str, str] = {}

    def drop(losers: Iterable[Figure], why: str) -> None:
        out = {f.report_id for f in losers}
        if any(f.report_id not in out and f.report_id not in aside for f in figures):
            aside.update(dict.fromkeys(out - aside.keys(), why))

    for why in ("superseded", "set_aside_outlier"):
        drop((f for f in figures if already.get(f.report_id) == why), why)
    sound = [f for f in figures if f.plausible]
    # A count that others give as well is not the slip of its pair: the weight is.
    drop(
        (f for f in figures if not f.plausible and not any(_same(f.value, s.value) for s in sound)),
        "set_aside_implausible",
    )
    drop(_outgrown([f for f in figures if f.report_id not in aside]), "superseded")
    drop(_outliers([f for f in figures if f.report_id not in aside]), "set_aside_outlier")
    return aside


def _outliers(figures: Sequence[Figure]) -> list[Figure]:
    """Figures more than 3 times off the median of the other origins (one voice each).

    The farthest goes first, so that one slip among three doesn't drag the median over to its side. Of two
    origins each is off the other: neither is the slip, both stand.
    """
    standing = list(figures)
    while len({f.origin for f in standing}) > 2:
        worst = max(standing, key=lambda f: (_times_off(f, standing), f.report_id))
        if _times_off(worst, standing) <= OUTLIER:
            break
        standing.remove(worst)
    return [f for f in figures if f not in standing]


def _times_off(figure: Figure, figures: Sequence[Figure]) -> float:
    """How many times larger or smaller a figure is than the median of the other origins; 1 without any."""
    by_origin: dict[str, list[float]] = defaultdict(list)
    for other in figures:
        if other.origin != figure.origin:
            by_origin[other.origin].append(other.value)
    if not by_origin:
        return 1.0
    middle = median(median(values) for values in by_origin.values())
    small, large = sorted((figure.value, middle))
    return large / small if small > 0 else (1.0 if large == 0 else float("inf"))


def _outgrown(figures: Sequence[Figure]) -> list[Figure]:
    """Earlier counts of a load that was still being counted (10 million at first, 33 million in the end).

    The larger figure must be that of several origins, and every dated report of a smaller one must have been
    published before the first dated report of the larger: otherwise the figures merely differ.
    """
    top = max((f.value for f in figures), default=0.0)
    final = [f for f in figures if _same(f.value, top)]
    earlier = [f for f in figures if not _same(f.value, top)]
    first_final = min((f.published for f in final if f.published), default=None)
    days = [f.published for f in earlier if f.published]
    several = len({f.origin for f in final}) >= 2
    grew = any(top >= 1.5 * f.value for f in earlier)
    if several and grew and first_final is not None and days and max(days) < first_final:
        return earlier
    return []


def _best(figures: Sequence[Figure]) -> tuple[str, Figure]:
    """Rule and figure among those that stand (at least one)."""
    groups = _groups(figures)
    if len(figures) == 1:
        return "only_figure", figures[0]
    if len(groups) == 1:
        return "same_figure", _representative(figures)
    if official := [f for f in figures if f.official]:
        newest = max((f.published or date.min) for f in official)
        return "official_newest", _representative(
            [f for f in official if (f.published or date.min) == newest]
        )
    voices = [len({f.origin for f in group}) for group in groups]
    if voices.count(max(voices)) == 1:
        return "most_origins", _representative(groups[voices.index(max(voices))])
    leading = [group for group, n in zip(groups, voices, strict=True) if n == max(voices)]
    wordings = [min(f.wording for f in group) for group in leading]
    if wordings.count(min(wordings)) == 1:
        return "more_precise", _representative(leading[wordings.index(min(wordings))])
    ordered = sorted(figures, key=lambda f: (f.value, f.report_id))
    return "median", ordered[(len(ordered) - 1) // 2]


def _groups(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures that are one number, rounded differently, from small to large."""
    groups: list[list[Figure]] = []
    for figure in sorted(figures, key=lambda f: (f.value, f.report_id)):
        if groups and _same(groups[-1][0].value, figure.value):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _representative(figures: Sequence[Figure]) -> Figure:
    """Of figures that say the same: official first, then the most precise wording, then the commonest."""
    common = Counter(f.value for f in figures)
    return min(figures, key=lambda f: (not f.official, f.wording, -common[f.value], f.report_id))


def _bounds(figures: Sequence[Figure], best: Figure) -> Span:
    """Low and high over the figures that stand, around `best`."""
    lows = [f.span.low if f.span.low is not None else f.value for f in figures if f.qualifier != "under"]
    highs = [f.span.high if f.span.high is not None else f.value for f in figures]
    low = min([*lows, best.value]) if lows or best.span.low is not None else None
    high: float | None = max(highs)
    if best.span.high is None and high is not None and high <= best.value:
        high = None  # "more than 3 million", and nobody says by how much
    return Span(low=low, best=best.value, high=high, basis=best.span.basis)


def _differ(figures: Sequence[Figure]) -> bool:
    """Whether the largest reported figure is 1.5 times the smallest or more, those set aside included."""
    values = [f.value for f in figures if f.span.basis == "stated"]
    highs = [f.span.high for f in figures if f.span.basis == "stated" and f.span.high is not None]
    return bool(values) and min(values) >= 0 and max(values + highs) >= 1.5 * min(values) and max(values) > 0
