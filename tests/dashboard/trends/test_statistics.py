"""Intervals and ratios: against exact results where there are any, and what must hold for every series."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

from dashboard.filters import Span
from dashboard.trends import bootstrap, rates
from dashboard.trends.sides import side
from tests.dashboard.trends.cases import EARLIER, LATER, spread

BEFORE, AFTER = Span(*EARLIER), Span(*LATER)
sizes = st.lists(st.integers(1, 10**8).map(float), min_size=2, max_size=40).map(np.array)


def frame(days: list[date]) -> pd.DataFrame:
    stamps = pd.to_datetime(pd.Series(days, dtype=object))
    return pd.DataFrame({"date_start": stamps, "date_end": stamps})


def evenly(n: int, period: tuple[date, date]) -> pd.DataFrame:
    return frame([date.fromisoformat(row["date_start"]) for row in spread(n, period)])


@pytest.mark.parametrize("n", [10, 23, 51, 400])
def test_the_interval_of_a_count_is_near_the_exact_one(n: int) -> None:
    found = bootstrap.count(n)
    low, high = confint_poisson(n, 1, method="exact-c")
    assert found.value == n
    assert abs(found.low - low) <= 1.0 + 0.05 * n
    assert abs(found.high - high) <= 1.5 + 0.05 * n


def test_the_same_numbers_give_the_same_interval() -> None:
    numbers = np.array([1e3, 5e4, 2e5, 3e5, 1e6])
    assert bootstrap.median(numbers) == bootstrap.median(numbers.copy())
    assert bootstrap.count(20) == bootstrap.count(20)


@settings(deadline=None, max_examples=25)
@given(sizes)
def test_the_median_lies_in_its_interval_and_that_among_the_sizes(numbers: np.ndarray) -> None:
    found = bootstrap.median(numbers)
    assert numbers.min() <= found.low <= found.value <= found.high <= numbers.max()


@settings(deadline=None, max_examples=25)
@given(sizes)
def test_a_period_against_itself_is_no_change(numbers: np.ndarray) -> None:
    for found in (bootstrap.total_ratio(numbers, numbers), bootstrap.median_ratio(numbers, numbers)):
        assert found.value == pytest.approx(1)
        assert not found.apart_from_one


def test_fewer_resamples_of_more_numbers() -> None:
    assert bootstrap.resamples(20) == bootstrap.MOST
    assert bootstrap.resamples(10**6) == bootstrap.FEWEST


def test_even_counts_are_poisson_with_the_score_interval() -> None:
    found = rates.rate_ratio(evenly(40, LATER), AFTER, evenly(20, EARLIER), BEFORE)
    exact = confint_poisson_2indep(40, 184, 20, 184, method="score", compare="ratio")
    assert (found.model, found.used, found.events) == (rates.POISSON, 60, 60)
    assert found.ratio == pytest.approx(2)
    assert (found.low, found.high) == pytest.approx(exact)
    assert found.apart_from_one


def test_clustered_counts_get_a_wider_interval() -> None:
    """Forty seizures of which thirty-two fall in one month say less than forty spread evenly."""
    burst = frame(
        [date(2025, 3, 1 + i % 28) for i in range(32)] + [date(2025, 1 + i % 6, 5) for i in range(8)]
    )
    before = frame([date(2024, 7 + i % 6, 9) for i in range(6)] + [date(2024, 12, 1 + i) for i in range(14)])
    found = rates.rate_ratio(burst, AFTER, before, BEFORE)
    even = rates.poisson_ratio((40, 20), (184, 184))
    assert found.model == rates.NEGATIVE_BINOMIAL
    assert found.p_scatter < rates.OVERDISPERSED
    assert found.high / found.low > even.high / even.low
    assert even.apart_from_one
    assert not found.apart_from_one


def test_short_periods_are_not_tested_for_scatter() -> None:
    first, second = Span(date(2025, 1, 1), date(2025, 1, 31)), Span(date(2025, 2, 1), date(2025, 3, 3))
    found = rates.rate_ratio(
        evenly(12, (date(2025, 2, 1), date(2025, 3, 3))),
        second,
        evenly(12, (date(2025, 1, 1), date(2025, 1, 31))),
        first,
    )
    assert (found.model, math.isnan(found.p_scatter)) == (rates.POISSON, True)


@pytest.mark.parametrize("counts", [(0, 5), (5, 0)])
def test_no_ratio_without_events(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="both sides"):
        rates.poisson_ratio(counts, (10, 10))


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 900), st.integers(1, 900))
def test_a_ratio_turned_round_is_its_inverse(a: int, b: int, days: int, other: int) -> None:
    found, turned = rates.poisson_ratio((a, b), (days, other)), rates.poisson_ratio((b, a), (other, days))
    assert found.low <= found.ratio <= found.high
    assert found.ratio * turned.ratio == pytest.approx(1)
    assert found.low * turned.high == pytest.approx(1, rel=0.01)  # the library searches for the ends


def test_months_count_only_what_lies_in_one() -> None:
    rows = pd.DataFrame(
        {
            "date_start": pd.to_datetime(["2024-07-01", "2024-08-01", "2024-09-29", "2024-01-01", None]),
            "date_end": pd.to_datetime(["2024-07-01", "2024-08-31", "2024-10-05", "2024-12-31", None]),
        }
    )
    found = rates.monthly(rows, BEFORE)
    assert found["n"].sum() == 2
    assert found["days"].sum() == BEFORE.days


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 10**8) | st.none(), max_size=30))
def test_what_the_largest_hold_and_what_is_left_add_up(tablets: list[int | None]) -> None:
    column = pd.Series(tablets, dtype=float)
    figures = {"tablets_low": column, "tablets_best": column, "tablets_high": column}
    rows = pd.DataFrame(figures | {"figures_differ": False, "possible_duplicate_of": ""})
    found = side(rows, 30)
    for most in (1, 3):
        assert found.top(most) + found.without(most) == pytest.approx(found.tablets)
        carrier = found.carrier(most)
        assert carrier.low == carrier.best == carrier.high == pytest.approx(found.top(most))
    assert found.without(3) <= found.without(1) <= found.tablets
    assert found.events == len(tablets)
    assert found.with_quantity == sum(value is not None for value in tablets)
