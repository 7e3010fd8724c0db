"""How a total and a sum of events lie to each other, by their bounds."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.reconcile.intervals import LABELS, Interval, judge, stated

amounts = st.floats(0, 1e9, allow_nan=False).map(lambda value: float(round(value)))
triples = st.tuples(amounts, amounts, amounts).map(sorted).map(lambda three: Interval(*three))
qualifiers = st.sampled_from(["exact", "about", "over", "under", ""])


@pytest.mark.parametrize(
    ("low", "best", "high", "qualifier", "expected"),
    [
        (24e6, 24e6, 24e6, "exact", Interval(24e6, 24e6, 24e6)),
        (24e6, 24.5e6, 24.5e6, "about", Interval(24e6, 24.5e6, 24.5e6)),
        (None, 9e6, None, "exact", Interval(9e6, 9e6, 9e6)),
        (177e6, 177e6, None, "over", Interval(177e6, 177e6, inf)),
        (14e3, 14e3, 14020.0, "over", Interval(14e3, 14e3, inf)),
        (200e6, 200e6, 200e6, "under", Interval(0, 200e6, 200e6)),
    ],
)
def test_what_a_source_leaves_open(
    low: float | None, best: float, high: float | None, qualifier: str, expected: Interval
) -> None:
    assert stated(low, best, high, qualifier) == expected


@pytest.mark.parametrize(
    ("total", "qualifier", "ours", "label"),
    [
        ((24, 24, 24), "exact", (9.6, 16.8, 17), "part"),
        ((24, 24, 24), "exact", (9.6, 16.8, 24), "traced"),
        ((24, 24, 24), "exact", (23, 25, 26), "traced"),
        ((24, 24, 24), "exact", (0, 0, 0), "not_traced"),
        ((24, 24, 24), "exact", (25, 26, 27), "differs"),
        ((25, 25, None), "over", (27, 27, 28), "above_minimum"),
        ((25, 25, None), "over", (20, 25, 26), "above_minimum"),
        ((25, 25, None), "over", (20, 22, 26), "traced"),
        ((25, 25, None), "over", (10, 11, 12), "part"),
        ((25, 25, None), "over", (900, 900, 900), "above_minimum"),
        ((200, 200, 200), "under", (70, 120, 130), "below_maximum"),
        ((200, 200, 200), "under", (190, 210, 210), "traced"),
        ((200, 200, 200), "under", (201, 210, 210), "differs"),
    ],
)
def test_the_label_follows_the_bounds(
    total: tuple[float, float, float | None], qualifier: str, ours: tuple[float, float, float], label: str
) -> None:
    assert judge(stated(*total, qualifier), Interval(*ours), qualifier).label == label


@given(triples, triples, qualifiers)
def test_a_verdict_adds_up_whatever_the_figures(total: Interval, ours: Interval, qualifier: str) -> None:
    assume(total.best > 0)
    official = stated(total.low, total.best, total.high, qualifier)
    verdict = judge(official, ours, qualifier)
    assert verdict.label in LABELS
    # what is traced and what is not make up the total, or events go beyond it by `by`
    assert verdict.rest.best + ours.best - verdict.by == pytest.approx(total.best)
    assert min(verdict.rest.best, verdict.by) == 0
    assert verdict.share.best * total.best == pytest.approx(ours.best)


@given(triples, triples)
def test_a_minimum_is_never_said_to_be_exceeded(total: Interval, ours: Interval) -> None:
    assume(total.best > 0)
    verdict = judge(stated(total.low, total.best, None, "over"), ours, "over")
    assert verdict.label in {"traced", "part", "not_traced", "above_minimum"}
    assert verdict.rest.high == inf


@pytest.mark.parametrize("wrong", [(2, 1, 3), (1, 3, 2), (-1, 0, 0)])
def test_bounds_in_the_wrong_order_are_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="no interval"):
        Interval(*wrong)
