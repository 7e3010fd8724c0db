"""So many events that the map counts them by cells: the same events, in the same forms, none finer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.figures import map_many
from dashboard.figures import map_place as places
from dashboard.figures.map import BOUNDS, map_figure
from dashboard.figures.map_placing import placing
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.release import Snapshot, load
from dashboard.selection import apply
from tests.dashboard.figures.conftest import AL_QAIM, MakeEvents

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    return load(DATA)


@pytest.mark.parametrize("query", ["", "scope=all&from=all&drug=any&read=all", "scope=gulf&from=all"])
@pytest.mark.parametrize("name", ["lean", "whole"])
def test_each_event_takes_the_form_it_has_on_the_map_of_few(shipped: Snapshot, query: str, name: str) -> None:
    """The map of few events tells each event's form one by one; the cells must come to the same counts."""
    selection = apply(Filters.from_query(query), shipped)
    drawn = selection.lean("drawn") if name == "lean" else selection.drawn
    many = map_many.gather(drawn, placing(shipped.seizures, shipped.areas), 30.0)
    placed = places.place(drawn, shipped.areas)
    assert many.counts == places.counts(placed)
    dots = [event for event in placed if event.form in places.DOTS]
    assert int(many.cells["n"].sum()) == len(dots)
    assert many.cells["tablets"].sum() == pytest.approx(
        sum(event.row.tablets_best for event in dots if event.row.tablets_best > 0)
    )
    assert many.governorates == {code: len(group) for code, group in places.by_governorate(placed).items()}
    shaped = places.grouped((e for e in placed if e.form not in places.DOTS), "shape")
    of_few: dict[Any, int] = {}
    for group in shaped.values():
        key = (group[0].colour_key, json.dumps(group[0].geometry))
        of_few[key] = of_few.get(key, 0) + len(group)
    of_many: dict[Any, int] = {}
    for area in many.areas:
        key = (area.key, json.dumps(area.geometry))
        of_many[key] = of_many.get(key, 0) + area.n
    assert of_many == of_few


def test_circles_lie_within_the_cell_of_their_events(make_events: MakeEvents) -> None:
    spots = [(34.0 + step / 7, 41.0 + step / 5) for step in range(20)]
    events = make_events(*(AL_QAIM | {"latitude": lat, "longitude": lon} for lat, lon in spots))
    many = map_many.gather(events, placing(events, {}), 50.0)
    assert many.cells["n"].sum() == len(spots)
    for row in many.cells.itertuples():
        inside = [spot for spot in spots if abs(spot[0] - row.lat) <= 1 and abs(spot[1] - row.lon) <= 1]
        assert row.n <= len(inside)
        assert min(lat for lat, _ in inside) <= row.lat <= max(lat for lat, _ in inside)


def test_the_fuller_cell_has_the_larger_circle_and_none_vanishes() -> None:
    counts = pd.Series([1, 10, 100, 10_000])
    sizes = map_many.diameters(counts, counts)
    assert sizes == sorted(sizes)
    assert sizes[0] > 0
    assert sizes[-1] == pytest.approx(10 * sizes[2], rel=0.5)
    assert map_many.diameters(pd.Series([], dtype=int), counts) == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_more_events_than_can_be_told_apart_are_drawn_by_cells(make_events: MakeEvents, lang: str) -> None:
    """From the limit on, the map changes its way of drawing; its traces stay, on the one map."""
    few = [AL_QAIM | {"latitude": 34 + n / 1000, "event_id": f"CAP-{n:06d}"} for n in range(map_many.MOST)]
    look = Look(lang=lang)
    by_one = map_figure(make_events(*few), look)
    one_more = {"place_precision": "governorate", "admin1_code": "IQ-AN", "event_id": "CAP-900000"}
    by_cell = map_figure(make_events(*few, one_more), look)
    assert {trace.uid for trace in by_cell.figure.data} == {trace.uid for trace in by_one.figure.data}
    circles = next(trace for trace in by_cell.figure.data if trace.uid == "circles")
    assert len(circles.lon) < 50 < map_many.MOST
    assert look.t("many.note") in by_cell.notes
    assert (by_cell.drawn, by_cell.total) == (map_many.MOST + 1, map_many.MOST + 1)
    assert by_cell.table.iloc[:, -1].sum() == map_many.MOST + 1
    shaded = next(trace for trace in by_cell.figure.data if trace.uid == "governorates")
    assert list(shaded.locations) == ["IQ-AN"]


def test_events_of_no_place_stay_beside_the_map(make_events: MakeEvents) -> None:
    rows = [{"place_precision": "country", "country": code} for code in ("IQ", "SY", "SY", "")]
    events = make_events(*rows)
    many = map_many.gather(events, placing(events, {}), BOUNDS["all"][2])
    assert {code: len(ids) for code, ids in many.countries.items()} == {"": 1, "IQ": 1, "SY": 2}
    assert many.cells.empty
    assert not many.areas
