"""No map shows a place more precisely than it is known: asked of every event of the shipped release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import shape

from dashboard.event import inset
from dashboard.figures.map import map_figure
from dashboard.figures.map_marks import circles
from dashboard.figures.map_place import BESIDE, DISTRICT, EXACT, GOVERNORATE, STRIP, TOWN, Placed, place
from dashboard.figures.view import Look
from dashboard.release import Snapshot, load
from dashboard.theme import LIGHT
from geo.polyline import WGS84

DATA = Path(__file__).resolve().parents[3] / "data"
LOOK = Look(label=lambda _, value: value)
POINTS = {EXACT, TOWN}


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    return load(DATA)


@pytest.fixture(scope="module")
def placed(shipped: Snapshot) -> tuple[Placed, ...]:
    return place(shipped.seizures, shipped.areas)


@pytest.fixture(scope="module")
def traces(shipped: Snapshot) -> dict[str, Any]:
    drawing = map_figure(shipped.seizures, LOOK, scope="all", areas=shipped.areas).drawing
    return {trace["uid"]: trace for trace in drawing["data"]}


def ids(trace: dict[str, Any]) -> set[str]:
    return {event_id for joined in trace.get("customdata", ()) for event_id in joined.split("|")}


def known(shipped: Snapshot, *precisions: str) -> set[str]:
    rows = shipped.seizures
    return set(rows.loc[rows["place_precision"].isin(precisions), "event_id"])


def test_only_exact_places_and_towns_have_a_point(shipped: Snapshot, traces: dict[str, Any]) -> None:
    points = ids(traces["circles"]) | ids(traces["machine-read"])
    assert points
    assert points <= known(shipped, EXACT, TOWN)


def test_what_is_known_to_its_governorate_is_a_shaded_area_with_a_count(
    shipped: Snapshot, traces: dict[str, Any]
) -> None:
    wanted, shaded = known(shipped, GOVERNORATE), ids(traces["governorates"])
    assert wanted
    assert wanted <= shaded
    assert not shaded & (ids(traces["circles"]) | ids(traces["areas"]))
    for n, joined in zip(traces["governorates"]["z"], traces["governorates"]["customdata"], strict=True):
        assert n == len(joined.split("|"))
    assert sum(text.startswith("▨") for text in traces["words"]["text"]) >= len(traces["governorates"]["z"])


def test_what_is_known_to_its_country_is_on_no_map_and_in_the_list_beside(shipped: Snapshot) -> None:
    view = map_figure(shipped.seizures, LOOK, scope="all", areas=shipped.areas)
    drawn = set().union(*(ids(trace) for trace in view.drawing["data"]))
    listed = {event_id for entry in view.beside for event_id in entry.event_ids}
    countries = known(shipped, "country", "none")
    assert countries <= listed
    assert not drawn & countries
    assert drawn | listed == set(shipped.seizures["event_id"])


def radius_km(geometry: Any) -> float:
    """Mean radius of a ring about the middle of its corners."""
    ring = np.array(geometry["coordinates"][0][:-1])
    lon, lat = ring.mean(axis=0)
    *_, metres = WGS84.inv(np.full(len(ring), lon), np.full(len(ring), lat), ring[:, 0], ring[:, 1])
    return float(np.mean(metres)) / 1000


def test_discs_of_towns_and_districts_have_the_radius_that_is_published(placed: tuple[Placed, ...]) -> None:
    discs = [event for event in placed if event.row.place_precision in {TOWN, DISTRICT} and event.geometry]
    assert {event.row.place_precision for event in discs} == {TOWN, DISTRICT}
    for event in discs:
        # corners are published to 0.001 degrees: 0.1 km
        assert radius_km(event.geometry) == pytest.approx(event.row.place_uncertainty_km, rel=0.015, abs=0.12)


def test_every_town_and_district_has_its_disc(placed: tuple[Placed, ...]) -> None:
    without = [
        event.row.event_id
        for event in placed
        if event.row.place_precision in {TOWN, DISTRICT} and event.geometry is None
    ]
    assert without == []


def test_a_stretch_is_an_area_at_the_line_and_never_a_point(placed: tuple[Placed, ...]) -> None:
    strips = [event for event in placed if event.row.place_precision == STRIP]
    assert strips
    assert all(event.form == STRIP and event.geometry and not event.spot for event in strips)
    assert not circles(strips, LOOK)["lon"]
    own = [e for e in strips if e.row.border_distance_high_km <= 25 and e.row.border_side in {"IQ", "SY"}]
    assert own
    for event in own:
        assert shape(dict(event.geometry or {})).area > 0


@pytest.mark.parametrize("form", [EXACT, TOWN, DISTRICT, STRIP, GOVERNORATE, BESIDE])
def test_the_key_explains_each_form_that_the_map_shows(
    form: str, shipped: Snapshot, placed: tuple[Placed, ...]
) -> None:
    assert any(event.form == form for event in placed)
    layout = map_figure(shipped.seizures, LOOK, scope="all", areas=shipped.areas).drawing["layout"]
    [entry] = [entry for entry in layout["meta"]["key"] if entry["mark"] == form]
    assert entry["text"] == LOOK.t(f"map.key_{form}")


def test_the_small_map_of_an_event_has_a_dot_for_an_exact_place_only(shipped: Snapshot) -> None:
    for _, event in shipped.seizures.iterrows():
        scene = inset.scene(event, shipped)
        precision = event["place_precision"]
        if precision in {"country", "none"}:
            assert scene is None
            continue
        assert scene is not None
        assert scene.is_point == (precision in POINTS)
        assert scene.has_dot == (precision == EXACT)


def test_the_small_map_draws_the_dot_where_it_says_so(shipped: Snapshot) -> None:
    for precision, dots in ((EXACT, 1), (TOWN, 0), (DISTRICT, 0), (STRIP, 0), (GOVERNORATE, 0)):
        rows = shipped.seizures
        event = rows[rows["place_precision"] == precision].iloc[0]
        scene = inset.scene(event, shipped)
        assert scene is not None
        assert inset.svg(scene, shipped, LIGHT, "#000000").count("<circle") == dots, precision


def test_the_disc_of_a_town_on_its_small_map_has_its_radius(shipped: Snapshot) -> None:
    towns = shipped.seizures[shipped.seizures["place_precision"] == TOWN]
    for _, event in towns.iterrows():
        scene = inset.scene(event, shipped)
        assert scene is not None
        west, _, east, _ = scene.seizure.bounds
        assert (east - west) / 2 == pytest.approx(event["place_uncertainty_km"])
