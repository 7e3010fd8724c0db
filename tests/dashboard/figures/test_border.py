"""The straightened border shows places at the line only, each as surely as it is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.figures.border import BorderView, border_figure
from dashboard.figures.shapes import disc, middle, ribbon, strip
from dashboard.figures.view import Look
from geo.border import length_km, positions
from tests.dashboard.figures.conftest import AL_QAIM, STRIP, MakeEvents

FAR = AL_QAIM | {"border_distance_low_km": 220, "border_distance_high_km": 240}
WIDE = AL_QAIM | {"place_precision": "governorate", "border_distance_high_km": 300}


def drawn(make_events: MakeEvents, look: Look, *rows: dict[str, Any]) -> BorderView:
    return border_figure(make_events(*rows), look, start=date(2024, 12, 8), end=date(2026, 3, 6))


@pytest.mark.parametrize(
    ("row", "n"),
    [(AL_QAIM, 1), (STRIP, 1), (FAR, 0), (WIDE, 0), ({}, 0), (AL_QAIM | {"date_start": None}, 0)],
)
def test_only_dated_places_at_the_line_are_drawn(
    row: dict[str, Any], n: int, make_events: MakeEvents, look: Look
) -> None:
    view = drawn(make_events, look, row)
    assert (view.drawn, view.total) == (n, 1)
    assert len(view.table) == n


def test_what_is_not_drawn_is_counted(make_events: MakeEvents, look: Look) -> None:
    crossed = FAR | {"border_relation": "crosses_stated"}
    view = drawn(make_events, look, AL_QAIM, AL_QAIM | {"date_start": None}, crossed, WIDE)
    assert (view.undated, view.elsewhere) == (1, 1)
    assert "found away" in view.notes[1]


def test_north_is_on_top_and_iraq_on_the_right(make_events: MakeEvents, look: Look) -> None:
    figure = drawn(make_events, look, AL_QAIM).figure
    low, high = figure.layout.yaxis.range
    assert low > length_km() > 0 > high
    [mark] = [trace for trace in figure.data if trace.customdata is not None and len(trace.customdata)]
    assert mark.xaxis == "x2"
    assert mark.customdata[0] == "CAP-000001"
    assert mark.y[0] == pytest.approx(364.6)


def test_a_stretch_is_a_bar_over_its_km(make_events: MakeEvents, look: Look) -> None:
    view = drawn(make_events, look, STRIP | {"tablets": 245_000})
    bars = [shape for shape in view.figure.layout.shapes if shape.yref == "y" and shape.xref == "x2"]
    assert [(bar.y0, bar.y1) for bar in bars] == [(276.0, 599.3)]
    assert list(view.table["Km along the border"]) == ["km 276–599"]


def test_a_town_has_a_bar_and_an_exact_place_none(make_events: MakeEvents, look: Look) -> None:
    town = AL_QAIM | {"place_precision": "town", "tablets": 10, "country": "SY", "border_side": "SY"}
    bars = [s for s in drawn(make_events, look, town, AL_QAIM).figure.layout.shapes if s.xref in {"x", "x2"}]
    assert [bar.xref for bar in bars] == ["x"]


def test_official_crossings_are_named_with_their_km(make_events: MakeEvents, look: Look) -> None:
    texts = " ".join(a.text for a in drawn(make_events, look).figure.layout.annotations)
    for part in (
        "Faysh Khabur",
        "Rabia",
        "Al-Qaim",
        "km 365",
        "Al-Waleed",
        "km 583",
        "Nineveh",
        "no report collected",
    ):
        assert part in texts


def test_without_a_start_the_axis_begins_with_the_first_event(make_events: MakeEvents, look: Look) -> None:
    events = make_events(AL_QAIM | {"date_start": "2015-05-05"}, AL_QAIM)
    first = border_figure(events, look, start=None, end=date(2026, 3, 6)).figure.layout.xaxis.range[0]
    assert first.year == 2014
    assert border_figure(make_events(), look, start=None, end=date(2026, 3, 6)).drawn == 0


@pytest.mark.parametrize("side", ["IQ", "SY"])
def test_a_strip_lies_on_its_own_side_of_the_line(side: str) -> None:
    area = strip(300, 500, side, 20)
    lon, lat = middle(area)
    found = positions(lon, lat)
    assert found.distance_km[0] == pytest.approx(10, abs=4)
    assert 350 < found.km[0] < 450
    other_lon, other_lat = middle(strip(300, 500, "SY" if side == "IQ" else "IQ", 20))
    assert (lat < other_lat) == (side == "IQ")
    assert lon != other_lon


def test_discs_and_ribbons_are_closed_polygons() -> None:
    for area in (disc(40.98, 34.4, 10), ribbon(((36.0, 32.6), (36.8, 32.3), (38.8, 33.4)))):
        [ring] = area["coordinates"]
        assert ring[0] == ring[-1]
        assert len(ring) > 4
