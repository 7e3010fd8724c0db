"""The map draws every event once, no more precisely than its place is known."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import map_marks as marks
from dashboard.figures.map import BOUNDS, map_figure, view_of
from dashboard.figures.mapstyle import TILES, style
from dashboard.figures.view import Look
from dashboard.theme import DARK
from tests.dashboard.figures.conftest import AL_QAIM, STRIP, MakeEvents

AREA = {"type": "Polygon", "coordinates": [[[44, 33], [45, 33], [45, 34], [44, 33]]]}
LINE = {"type": "LineString", "coordinates": [[36.0, 32.6], [36.8, 32.3], [38.8, 33.4]]}
TOWN = AL_QAIM | {"place_precision": "town", "place_uncertainty_km": 5.0}
GOVERNORATE = {"place_precision": "governorate", "admin1": "Anbar", "admin1_code": "IQ-AN"}


def trace(figure: go.Figure, uid: str) -> Any:
    return next(found for found in figure.data if found.uid == uid)


@pytest.mark.parametrize(
    ("row", "form"),
    [
        (AL_QAIM, "exact"),
        (TOWN, "town"),
        (TOWN | {"place_uncertainty_km": 130.0}, "district"),
        (STRIP, "border_strip"),
        (GOVERNORATE, "governorate"),
        (GOVERNORATE | {"admin1_code": "IQ-AN|IQ-NI"}, "governorate"),
        (GOVERNORATE | {"admin1_code": "ZZ-99"}, "beside"),
        (GOVERNORATE | {"place_precision": "country"}, "beside"),
        (AL_QAIM | {"latitude": None}, "governorate"),
        ({"place_precision": "none", "country": ""}, "beside"),
        (
            STRIP | {"country": "JO", "border_side": "", "border_distance_high_km": 308, "admin1_code": ""},
            "beside",
        ),
    ],
)
def test_form_follows_from_what_is_known_of_the_place(
    row: dict[str, Any], form: str, make_events: MakeEvents, look: Look
) -> None:
    view = map_figure(make_events(row), look)
    assert view.how_drawn is not None
    assert {name for name, n in view.how_drawn.items() if n} == {form}
    assert (view.drawn, view.total) == (int(form != "beside"), 1)
    assert sum(entry.n for entry in view.beside) == int(form == "beside")


@pytest.mark.parametrize(("geometry", "precision"), [(AREA, "district"), (LINE, "border_strip")])
def test_shapes_of_the_release_are_drawn(
    geometry: dict[str, Any], precision: str, make_events: MakeEvents, look: Look
) -> None:
    view = map_figure(make_events({"place_precision": precision}), look, areas={"CAP-000001": geometry})
    [feature] = trace(view.figure, "areas").geojson["features"]
    assert feature["geometry"]["type"] == "Polygon"
    assert view.drawn == 1


def test_nothing_coarser_than_a_town_has_a_circle(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(STRIP, GOVERNORATE, {"place_precision": "country"}), look)
    assert not trace(view.figure, "circles").lon


def test_a_town_stands_in_a_disc_of_its_true_radius(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(TOWN | {"tablets": 1_000_000}), look)
    [feature] = trace(view.figure, "areas").geojson["features"]
    latitudes = [lat for _, lat in feature["geometry"]["coordinates"][0]]
    assert (max(latitudes) - min(latitudes)) * 110.9 == pytest.approx(10, abs=0.3)
    assert trace(view.figure, "circles").marker.opacity[0] < 1


def test_events_at_one_spot_share_their_ids_and_a_count(make_events: MakeEvents, look: Look) -> None:
    events = make_events(AL_QAIM | {"tablets": 10}, AL_QAIM | {"tablets": 3_000_000}, GOVERNORATE)
    figure = map_figure(events, look).figure
    assert set(trace(figure, "circles").customdata) == {"CAP-000002|CAP-000001"}
    assert list(trace(figure, "words").text) == ["▨ 1", "×2"]
    assert trace(figure, "governorates").customdata == ("CAP-000003",)


def test_an_event_of_two_governorates_shades_both_and_counts_once(
    make_events: MakeEvents, look: Look
) -> None:
    view = map_figure(make_events(GOVERNORATE | {"admin1_code": "IQ-AN|IQ-NI"}), look)
    assert list(trace(view.figure, "governorates").locations) == ["IQ-AN", "IQ-NI"]
    assert view.drawn == 1
    assert len(view.notes) == 1


def test_no_quantity_is_a_hollow_ring_and_never_a_zero(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(AL_QAIM), look)
    assert list(trace(view.figure, "circles").marker.color)[-1] == look.palette.paper
    assert any(entry["mark"] == "ring" for entry in view.figure.layout.meta["key"])
    assert "no quantity stated" in trace(view.figure, "circles").hovertext[0]


def test_pills_of_unstated_kind_have_no_countrys_colour(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(AL_QAIM | {"drug": "pills_unspecified", "tablets": 5}), look)
    assert look.palette.unstated in trace(view.figure, "circles").marker.color
    assert look.palette.country("IQ") not in trace(view.figure, "circles").marker.color


@given(st.floats(300_000, 1e9), st.floats(1, 20))
def test_area_of_a_circle_is_in_proportion_to_the_tablets(tablets: float, times: float) -> None:
    ratio = marks.diameter(tablets * times) ** 2 / marks.diameter(tablets) ** 2
    assert ratio == pytest.approx(times, rel=0.05)


def test_crowded_circles_are_gathered(make_events: MakeEvents, look: Look) -> None:
    many = [AL_QAIM | {"latitude": 30 + i / 50} for i in range(marks.CLUSTER_ABOVE + 1)]
    assert trace(map_figure(make_events(*many), look).figure, "circles").cluster.enabled
    assert not trace(map_figure(make_events(*many[:5]), look).figure, "circles").cluster.enabled


def test_a_filter_change_changes_data_only(make_events: MakeEvents, look: Look) -> None:
    some, none = (map_figure(make_events(*rows), look).figure for rows in ([AL_QAIM, STRIP, GOVERNORATE], []))
    assert {t.uid for t in some.data} == {t.uid for t in none.data}
    assert some.layout.map.style == none.layout.map.style
    assert some.layout.uirevision == none.layout.uirevision
    assert map_figure(make_events(), look, scope="gulf").figure.layout.uirevision != some.layout.uirevision


@pytest.mark.parametrize("rows", [[], [AL_QAIM], [GOVERNORATE, AL_QAIM], [AL_QAIM, STRIP] * 200])
def test_each_trace_has_a_place_of_its_own(
    make_events: MakeEvents, look: Look, rows: list[dict[str, Any]]
) -> None:
    """Of traces that share one, or that follow an empty one, plotly takes all layers anew each time."""
    drawing = map_figure(make_events(*rows), look).drawing
    places = [trace["below"] for trace in drawing["data"]]
    assert len(set(places)) == len(places)
    assert set(places) <= {layer["id"] for layer in drawing["layout"]["map"]["style"]["layers"]}
    full = [bool(trace.get("lon") or trace.get("locations")) for trace in drawing["data"]]
    assert full == sorted(full)


def test_the_style_asks_no_other_host(look: Look) -> None:
    for lang in ("en", "ar"):
        text = json.dumps(style(Look(palette=look.palette, lang=lang)))
        assert "://" not in text
        assert "glyphs" not in text
        assert "sprite" not in text
    assert TILES in json.dumps(style(look, tiles=True))


def test_each_theme_language_and_tile_switch_has_its_own_style_id(look: Look) -> None:
    looks = [(look, False), (look, True), (Look(palette=DARK), False), (Look(lang="ar"), False)]
    assert len({style(seen, tiles)["id"] for seen, tiles in looks}) == len(looks)


def test_layers_name_known_sources_and_unique_ids(look: Look) -> None:
    found = style(look)
    assert {layer["source"] for layer in found["layers"] if "source" in layer} <= set(found["sources"])
    ids = [layer["id"] for layer in found["layers"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scope", [*BOUNDS, "unknown"])
def test_every_scope_has_a_view(scope: str) -> None:
    centre, zoom = view_of(scope)
    assert -180 < centre["lon"] < 180
    assert 2 < zoom < 9


def test_the_table_lists_every_event_and_how_it_is_drawn(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(AL_QAIM | {"tablets": 10}, {"date_start": None}), look)
    assert list(view.table["Event"]) == ["CAP-000001", "CAP-000002"]
    assert list(view.table["Drawn as"]) == ["exact place", "listed beside the map"]
    assert list(view.table["Date"]) == ["1 Jun 2025", "undated"]


def test_a_long_list_is_cut_in_the_hover(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(*[AL_QAIM] * 9), look)
    assert trace(view.figure, "circles").hovertext[0].endswith("and 3 more")


def test_an_empty_selection_says_so(make_events: MakeEvents, look: Look) -> None:
    assert "No reported seizure" in map_figure(make_events(), look).summary
