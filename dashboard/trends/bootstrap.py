"""The 95 % intervals of a count, a sum and a median, by resampling what was reported. Fixed seed.

Nothing here knows of coverage: what no outlet reported, and what nobody searched for, is in no interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import bootstrap

Numbers = npt.NDArray[np.float64]
SEED = 20_241_208
LEVEL = 0.95
MOST, FEWEST, WORK = 4_999, 199, 4_000_000
"""Resamples: as many as `WORK` numbers allow, within these bounds; the number is stated with the interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the 95 % interval of `resamples` bootstrap samples."""

    value: float
    low: float
    high: float
    resamples: int

    @property
    def apart_from_one(self) -> bool:
        """Of a ratio: whether chance alone is an unlikely reason for it."""
        return self.low > 1 or self.high < 1


def resamples(n: int) -> int:
    """How often a sample of `n` is drawn again."""
    return int(np.clip(WORK // max(n, 1), FEWEST, MOST))


def count(n: int) -> Interval:
    """The number of events, each of which might have happened any number of times (Poisson bootstrap)."""
    drawn = _generator().poisson(n, MOST)
    return _interval(float(n), drawn.astype(float), MOST)


def total_ratio(now: Numbers, before: Numbers) -> Interval:
    """Sum of `now` over sum of `before`, each event drawn a Poisson(1) number of times.

    `inf` where nothing is drawn of `before`.
    """
    rng, times = _generator(), resamples(len(now) + len(before))
    sums = [rng.poisson(1.0, (times, len(side))) @ side for side in (now, before)]
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.nan_to_num(sums[0] / sums[1], nan=1.0, posinf=np.inf)
        value = float(np.sum(now) / np.sum(before)) if np.sum(before) else float("inf")
    return _interval(value, drawn, times)


def median(sizes: Numbers) -> Interval:
    """The median size of seizures. Raises ValueError for fewer than two."""
    times = resamples(len(sizes))
    found = bootstrap(
        (sizes,), np.median, n_resamples=times, confidence_level=LEVEL, method="percentile", rng=_generator()
    ).confidence_interval
    return Interval(float(np.median(sizes)), float(found.low), float(found.high), times)


def median_ratio(now: Numbers, before: Numbers) -> Interval:
    """Median of `now` over median of `before`. Raises ValueError for fewer than two on a side."""
    times = resamples(len(now) + len(before))
    found = bootstrap(
        (now, before),
        _ratio,
        n_resamples=times,
        confidence_level=LEVEL,
        method="percentile",
        rng=_generator(),
    ).confidence_interval
    return Interval(float(_ratio(now, before)), float(found.low), float(found.high), times)


def _ratio(now: Numbers, before: Numbers, axis: int = -1) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = np.median(now, axis=axis) / np.median(before, axis=axis)
    return found


def _generator() -> np.random.Generator:
    return np.random.default_rng(SEED)


def _interval(value: float, drawn: Numbers, times: int) -> Interval:
    ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    # An order statistic, not a mean of two: a ratio may be infinite.
    low, high = np.quantile(drawn, ends, method="inverted_cdf")
    return Interval(value, float(low), float(high), times)
