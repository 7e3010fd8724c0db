"""Ticks of axes of numbers: few, round, and for any size of the data."""

from __future__ import annotations

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.ticks import powers, round_step

POSITIVE = st.floats(min_value=1e-2, max_value=1e15)


@pytest.mark.parametrize(
    ("top", "parts", "step"),
    [
        (1, 5, 1),
        (5, 5, 1),
        (6, 5, 2),
        (11, 5, 5),
        (26, 5, 10),
        (25_001, 5, 10_000),
        (3e9, 5, 10**9),
        (7, 3, 5),
    ],
)
def test_the_step_is_round_and_as_small_as_fits(top: float, parts: float, step: int) -> None:
    assert round_step(top, parts) == step


@given(POSITIVE, st.sampled_from([2.5, 3, 5]))
def test_no_axis_is_divided_into_more_parts(top: float, parts: float) -> None:
    step = round_step(top, parts)
    assert top / step <= parts
    assert str(step).rstrip("0") in {"1", "2", "5"}


@given(POSITIVE, POSITIVE)
def test_powers_are_all_those_between(one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = powers(low, high)
    assert all(low < value < high for value in found)
    assert found == [10.0**e for e in range(-3, 17) if low < 10.0**e < high]
    assert all(log10(value) == round(log10(value)) for value in found)
