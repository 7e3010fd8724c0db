"""How many times as many seizures a day: a rate ratio with its interval, by a model that the counts allow.

Counts are taken to be Poisson. Where the calendar months within the two periods scatter more than that
(Dean's test of overdispersion, 5 %), the ratio and its interval are those of a negative binomial regression
on the months instead.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.discrete.discrete_model import (  # type: ignore[import-untyped]
    NegativeBinomial,
    Poisson,
)
from statsmodels.stats.rates import confint_poisson_2indep  # type: ignore[import-untyped]

from dashboard.filters import Span
from dashboard.trends.bootstrap import LEVEL

MIN_MONTHS = 3
"""Months (or parts of one) a period must have for its scatter to be tested."""
OVERDISPERSED = 0.05
POISSON, NEGATIVE_BINOMIAL, NO_FIT = "poisson", "negative_binomial", "no_fit"


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Events a day of the later period over those of the earlier; low and high are its 95 % interval.

    `model` is `poisson`, `negative_binomial` or `no_fit`, which has no interval (NaN). `used` of `events` are
    dated precisely enough for the model (all, for Poisson). `p_scatter` is the p-value of the test of
    overdispersion, NaN where there are too few months for one.
    """

    ratio: float
    low: float
    high: float
    model: str
    used: int
    events: int
    p_scatter: float = float("nan")

    @property
    def apart_from_one(self) -> bool:
        return self.low > 1 or self.high < 1


def monthly(events: pd.DataFrame, span: Span) -> pd.DataFrame:
    """`n` and `days` of each calendar month within a period; only events that lie in one month for sure."""
    days = pd.date_range(pd.Timestamp(span.start or span.end), pd.Timestamp(span.end)).to_period("M")
    lengths = pd.Series(1, index=days).groupby(level=0).sum()
    first, last = (events[name].dt.to_period("M") for name in ("date_start", "date_end"))
    inside = first[(first == last) & first.notna()]
    counts = inside.value_counts().reindex(lengths.index, fill_value=0)
    return pd.DataFrame({"n": counts.astype(float), "days": lengths.astype(float)})


def poisson_ratio(counts: tuple[int, int], days: tuple[int, int]) -> RateRatio:
    """The ratio of two Poisson counts (later, earlier) over so many days, with its score interval.

    Raises ValueError where a side has no event or no day.
    """
    if not all(counts) or not all(days):
        raise ValueError("a rate ratio needs events and days on both sides")
    low, high = confint_poisson_2indep(
        counts[0], days[0], counts[1], days[1], method="score", compare="ratio", alpha=1 - LEVEL
    )
    ratio = (counts[0] / days[0]) / (counts[1] / days[1])
    return RateRatio(ratio, float(low), float(high), POISSON, sum(counts), sum(counts))


def rate_ratio(now: pd.DataFrame, span: Span, before: pd.DataFrame, other: Span) -> RateRatio:
    """The ratio of two sets of events, each with its period. Raises ValueError where a side has none."""
    plain = poisson_ratio((len(now), len(before)), (span.days or 0, other.days or 0))
    sides = [monthly(before, other), monthly(now, span)]
    if min(len(side) for side in sides) < MIN_MONTHS or not all(side["n"].sum() for side in sides):
        return plain
    return _scattered(sides, plain)


def _scattered(sides: list[pd.DataFrame], plain: RateRatio) -> RateRatio:
    months = pd.concat(sides)
    later = np.repeat([0.0, 1.0], [len(side) for side in sides])
    shape = np.column_stack([np.ones(len(months)), later])
    n, days = months["n"].to_numpy(), months["days"].to_numpy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what does not converge is asked for, below
        test = Poisson(n, shape, exposure=days).fit(disp=0).get_diagnostic().test_dispersion()
        statistic, p = float(test.statistic[0]), float(test.pvalue[0])
        if not (statistic > 0 and p < OVERDISPERSED):
            return RateRatio(plain.ratio, plain.low, plain.high, POISSON, plain.used, plain.events, p)
        used = int(n.sum())
        try:
            fit = NegativeBinomial(n, shape, exposure=days).fit(disp=0, maxiter=300)
            ends = fit.conf_int(alpha=1 - LEVEL)[1]
            fitted = fit.mle_retvals["converged"] and np.isfinite(ends).all()
        except np.linalg.LinAlgError:
            fitted = False
    if not fitted:
        return RateRatio(plain.ratio, float("nan"), float("nan"), NO_FIT, used, plain.events, p)
    ratio, low, high = (float(np.exp(value)) for value in (fit.params[1], *ends))
    return RateRatio(ratio, low, high, NEGATIVE_BINOMIAL, used, plain.events, p)


def times(value: float) -> str:
    """A ratio, to two or three figures that count: 0.46, 1.36, 2.2, 13."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"
