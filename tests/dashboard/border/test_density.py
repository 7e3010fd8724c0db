"""Spread over the line, every event keeps its mass; two periods are compared from ten events each on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dashboard.border.density import Density, density, spread
from dashboard.border.pair import Pair, Period
from dashboard.border.position import bins, crossed_elsewhere, on_line, reach, sector_edges, shares
from dashboard.border.sectors import ELSEWHERE, TOTAL, UNKNOWN, lines, methods
from dashboard.filters import Span
from geo.border import length_km
from tests.dashboard.figures.conftest import AL_QAIM, STRIP, MakeEvents

LENGTH = length_km()
KM = st.floats(-50, LENGTH + 50)
NOW, BEFORE = Span(date(2025, 1, 1), date(2025, 12, 31)), Span(date(2024, 1, 1), date(2024, 12, 31))


def made(make_events: MakeEvents, now: int, before: int, row: dict[str, Any] = AL_QAIM) -> Pair:
    """Two periods with so many events each, all like `row`."""
    empty = make_events()
    periods = [
        Period(name, span, make_events(*[row] * n), empty)
        for name, span, n in (("now", NOW, now), ("before", BEFORE, before))
    ]
    return Pair(None, *periods)  # type: ignore[arg-type]


@given(hnp.arrays(float, st.integers(1, 30), elements=KM), st.data(), st.floats(1, 700))
def test_every_event_keeps_its_mass(ends: np.ndarray, data: st.DataObject, width: float) -> None:
    others = data.draw(hnp.arrays(float, len(ends), elements=KM))
    low, high = np.minimum(ends, others), np.maximum(ends, others)
    for edges in (bins(width), sector_edges()[1]):
        part = shares(low, high, edges)
        assert part.shape == (len(ends), len(edges) - 1)
        assert (part >= 0).all()
        assert part.sum(axis=1) == pytest.approx(1)


@given(st.floats(0, LENGTH), st.floats(0.01, 200))
def test_mass_lies_only_where_the_event_may(low: float, wide: float) -> None:
    high = min(LENGTH, low + wide)
    edges = bins(20)
    [part] = shares(np.array([low]), np.array([high]), edges)
    outside = (edges[1:] < low) | (edges[:-1] > high)
    assert part[outside].sum() == 0


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 40, [0.5, 0.5, 0]),
        (10, 30, [0.5, 0.5, 0]),
        (20, 20, [0, 1, 0]),
        (0, 0, [1, 0, 0]),
        (60, 60, [0, 0, 1]),
        (50, 90, [0, 0, 1]),
        (-9, -3, [1, 0, 0]),
    ],
)
def test_shares_of_known_stretches(low: float, high: float, expected: list[float]) -> None:
    [part] = shares(np.array([float(low)]), np.array([float(high)]), np.array([0.0, 20, 40, 60]))
    assert list(part) == pytest.approx(expected)


def test_bins_need_two_edges() -> None:
    with pytest.raises(ValueError, match="two edges"):
        shares(np.array([1.0]), np.array([2.0]), np.array([0.0]))


@pytest.mark.parametrize("width", [1, 7, 20, 50, 599, 1000])
def test_bins_cover_the_line_once(width: float) -> None:
    edges = bins(width)
    assert (edges[0], edges[-1]) == (0, LENGTH)
    assert (np.diff(edges) > 0).all()


def test_an_event_without_a_stretch_stands_at_its_foot(make_events: MakeEvents) -> None:
    low, high = reach(make_events(AL_QAIM | {"border_km_low": None, "border_km_high": None}))
    assert (low[0], high[0]) == (364.6, 364.6)


def test_tablets_are_spread_with_their_event_and_unknown_ones_add_none(make_events: MakeEvents) -> None:
    found = spread(make_events(STRIP | {"tablets": 300}, STRIP, AL_QAIM | {"tablets": 7}), bins(20))
    assert found.tablets.sum() == pytest.approx(307)
    assert found.events.sum() == pytest.approx(3)


@pytest.mark.parametrize(("now", "before", "compared"), [(10, 10, True), (9, 30, False), (30, 9, False)])
def test_ten_events_in_each_period_or_no_density(
    now: int, before: int, compared: bool, make_events: MakeEvents
) -> None:
    pair = made(make_events, now, before)
    assert pair.comparable is compared
    assert (density(pair) is not None) is compared


def test_nine_at_the_line_are_not_ten_because_of_others_elsewhere(make_events: MakeEvents) -> None:
    pair = made(make_events, 12, 12)
    far = AL_QAIM | {"border_distance_low_km": 220, "border_distance_high_km": 240}
    mixed = replace(pair.now, events=make_events(*[AL_QAIM] * 9, *[far] * 9))
    assert not replace(pair, now=mixed).comparable


def test_change_is_in_counts_of_equal_periods_and_a_year_of_others(make_events: MakeEvents) -> None:
    pair = made(make_events, 20, 10)
    found = density(pair)
    assert isinstance(found, Density)
    assert found.change.sum() == pytest.approx(10)
    assert found.sectors_now.events.sum() == pytest.approx(20)
    long = replace(
        pair,
        before=Period(
            "before", Span(date(2021, 1, 1), date(2024, 12, 31)), pair.before.events, pair.before.unstated
        ),
    )
    slow = density(long)
    assert slow is not None
    assert slow.change.sum() == pytest.approx(20 - 10 / 4, rel=0.01)


@pytest.mark.parametrize(
    ("row", "here", "elsewhere"),
    [
        (AL_QAIM, True, False),
        (STRIP, True, False),
        (AL_QAIM | {"place_precision": "governorate"}, False, False),
        (AL_QAIM | {"place_precision": "governorate", "border_relation": "crosses_stated"}, False, True),
        (AL_QAIM | {"border_distance_high_km": 90, "border_relation": "crosses_stated"}, False, True),
        (AL_QAIM | {"border_distance_low_km": 26, "border_distance_high_km": 30}, False, False),
    ],
)
def test_what_lies_at_the_line(
    row: dict[str, Any], here: bool, elsewhere: bool, make_events: MakeEvents
) -> None:
    events = make_events(row)
    assert (bool(on_line(events).iloc[0]), bool(crossed_elsewhere(events).iloc[0])) == (here, elsewhere)


def table_events(make_events: MakeEvents, *rows: dict[str, Any]) -> Any:
    """Rows with what the key figures read beside."""
    events = make_events(*rows)
    return events.assign(border_sector=[row.get("border_sector", "") for row in rows], evidence="one_origin")


def test_the_table_counts_each_event_in_one_sector_and_in_the_total(make_events: MakeEvents) -> None:
    rows = (
        AL_QAIM | {"border_sector": "anbar_euphrates", "tablets": 10, "transport": "truck"},
        AL_QAIM | {"border_sector": "anbar_euphrates", "tablets": 30, "transport": "unknown"},
        STRIP | {"border_sector": "anbar", "tablets": 5, "transport": "balloon"},
        STRIP | {"border_sector": "", "border_km_low": 0},
        {"place_precision": "governorate", "border_relation": "crosses_stated", "tablets": 900},
    )
    unstated = table_events(make_events, STRIP | {"border_sector": "anbar", "tablets": 8})
    now = Period("now", NOW, table_events(make_events, *rows), unstated)
    found = {line.sector: line for line in lines(Pair(None, now, None))}  # type: ignore[arg-type]
    events = {code: line.figures.events for code, line in found.items()}
    assert events[TOTAL] == 4 == sum(n for code, n in events.items() if code not in {TOTAL, ELSEWHERE})
    assert events[UNKNOWN] == events[ELSEWHERE] == 1
    euphrates = found["anbar_euphrates"]
    assert (euphrates.figures.median, euphrates.figures.largest) == (20, 30)
    assert euphrates.methods == (("truck", 1), ("", 1))
    assert (found["anbar"].unstated, found["anbar"].unstated_tablets, found["anbar"].figures.events) == (
        1,
        8,
        1,
    )
    assert found["nineveh"].empty


def test_methods_put_the_commonest_first_and_not_stated_last(make_events: MakeEvents) -> None:
    kinds = ["", "unknown", "", "car", "balloon", "balloon"]
    assert methods(make_events(*({"transport": kind} for kind in kinds))) == (
        ("balloon", 2),
        ("car", 1),
        ("", 3),
    )
