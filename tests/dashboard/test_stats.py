"""Key figures: unknown is never zero, low leaves possible repeats out, 'more than' stays open."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.stats import figures


def test_events_without_a_quantity_count_as_events_only(make_snapshot: Any) -> None:
    found = figures(make_snapshot({"tablets": 100}, {"tablets": 300}, {}).seizures)
    assert (found.events, found.with_quantity, found.median, found.best) == (3, 2, 200, 400)
    assert found.without_largest == 100


def test_nothing_known_is_nothing_said(make_snapshot: Any) -> None:
    found = figures(make_snapshot({}).seizures)
    assert (found.median, found.low, found.best, found.high, found.without_largest) == (None,) * 5
    assert found.largest_id == ""
    assert figures(make_snapshot({}).seizures.iloc[:0]).events == 0


def test_low_leaves_possible_repeats_out(make_snapshot: Any) -> None:
    found = figures(
        make_snapshot({"tablets": 7}, {"tablets": 7, "possible_duplicate_of": "CAP-000001"}).seizures
    )
    assert (found.low, found.best, found.high) == (7, 14, 14)
    assert (found.doubtful, found.doubtful_tablets) == (1, 7)


def test_more_than_has_no_high_and_is_counted(make_snapshot: Any) -> None:
    rows = [{"tablets_low": 3, "tablets_best": 3}, {"tablets_low": 5, "tablets_best": 10, "tablets_high": 20}]
    found = figures(make_snapshot(*rows).seizures)
    assert (found.low, found.best, found.high, found.open_ended) == (8, 13, 23, 1)


def test_undated_and_corroboration(make_snapshot: Any) -> None:
    rows = [
        {"tablets": 5, "date_start": None, "date_precision": "none"},
        {"n_outlets": 3, "evidence": "several_origins", "figures_differ": True},
        {"n_outlets": 2},
    ]
    found = figures(make_snapshot(*rows).seizures)
    assert (found.undated, found.undated_tablets) == (1, 5)
    assert (found.several_outlets, found.one_outlet, found.figures_differ) == (2, 1, 1)
    assert found.evidence == {"one_origin": 2, "several_origins": 1}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_largest_is_named(make_snapshot: Any, order: tuple[int, int]) -> None:
    rows = [{"tablets": 5}, {"tablets": 50}]
    found = figures(make_snapshot(*(rows[i] for i in order)).seizures)
    assert found.largest == 50
    assert found.largest_id == f"CAP-00000{order.index(1) + 1}"
