"""Positions along the line, against brute force by `pyproj.Geod`."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import border
from geo.polyline import WGS84, Floats

TIE_KM = 0.02
CHECKS = [("Faysh Khabur", 4), ("Rabia", 45), ("Al-Qaim", 365), ("Al-Waleed", 583)]


def by_brute_force(lon: float, lat: float) -> tuple[Floats, Floats]:
    """Km along and geodesic distance of each segment's nearest point, by golden section on the segment."""
    line = border.geodesic_line()
    low, high = line.vertex_km[:-1].copy(), line.vertex_km[1:].copy()
    segments = np.arange(len(low))
    start_lon, start_lat = line.vertices[:-1].T
    azimuth, _, _ = WGS84.inv(start_lon, start_lat, *line.vertices[1:].T)

    def distance(km: Floats) -> Floats:
        x, y, _ = WGS84.fwd(start_lon, start_lat, azimuth, (km - line.vertex_km[segments]) * 1000)
        return np.asarray(WGS84.inv(x, y, np.full_like(x, lon), np.full_like(y, lat))[2]) / 1000

    ratio = (5**0.5 - 1) / 2
    for _ in range(48):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        left = distance(a) < distance(b)
        low, high = np.where(left, low, a), np.where(left, b, high)
    middle = (low + high) / 2
    ends = np.stack([line.vertex_km[:-1], middle, line.vertex_km[1:]])
    all_distances = np.stack([distance(k) for k in ends])
    best = np.argmin(all_distances, axis=0)
    return ends[best, segments], all_distances[best, segments]


@settings(max_examples=120, deadline=None)
@given(st.floats(34, 50), st.floats(28, 41))
def test_agrees_with_brute_force(lon: float, lat: float) -> None:
    km, distance = by_brute_force(lon, lat)
    found = border.positions(lon, lat)
    nearest = distance.min()
    assert found.distance_km[0] == pytest.approx(nearest, rel=1e-3, abs=0.01)
    tied = km[distance <= nearest + TIE_KM]
    assert np.abs(tied - found.km[0]).min() <= 0.1


@settings(max_examples=40, deadline=None)
@given(st.floats(-180, 180), st.floats(-85, 85))
def test_distance_holds_all_over_the_world(lon: float, lat: float) -> None:
    _, distance = by_brute_force(lon, lat)
    assert border.positions(lon, lat).distance_km[0] == pytest.approx(distance.min(), rel=1e-3, abs=0.01)


@settings(max_examples=80, deadline=None)
@given(st.floats(0, 599), st.floats(0, 0.3))
def test_points_beside_the_line_find_their_km(km: float, offset: float) -> None:
    lon, lat = border.point_at(km)
    found = border.positions(lon, lat)
    assert found.distance_km[0] < 1e-4
    assert found.km[0] == pytest.approx(km, abs=0.01)
    beside = border.positions(lon + offset / 100, lat)  # a degree of longitude is under 100 km here
    assert beside.distance_km[0] <= offset + 1e-6


@settings(max_examples=60, deadline=None)
@given(st.floats(37, 46), st.floats(31, 39), st.floats(0, 80), st.floats(0, 360), st.floats(0, 1))
def test_low_and_high_hold_every_point_of_the_disc(
    lon: float, lat: float, radius: float, azimuth: float, share: float
) -> None:
    x, y, _ = WGS84.fwd(lon, lat, azimuth, radius * share * 1000)
    disc, inside = border.positions(lon, lat, radius), border.positions(x, y)
    assert disc.distance_low_km[0] <= inside.distance_km[0] <= disc.distance_high_km[0]
    assert disc.km_low[0] <= disc.km[0] <= disc.km_high[0]
    # Far off the hollow side of a bend the nearest point can jump between sampled directions.
    if inside.distance_km[0] < 25 and radius < 25:
        assert disc.km_low[0] - 2 <= inside.km[0] <= disc.km_high[0] + 2


@pytest.mark.parametrize(("name", "km"), CHECKS)
def test_known_crossings(name: str, km: float) -> None:
    found = next(c for c in border.CROSSINGS if c.name == name)
    assert found.official
    assert found.km == pytest.approx(km, abs=2)


def test_length() -> None:
    assert pytest.approx(599.3, abs=0.05) == border.LENGTH_KM
    assert len(border.line().coords) == 62


def test_the_lines_own_error_is_in_every_range() -> None:
    found = border.positions(41.0, 34.4)
    assert found.km_high[0] - found.km_low[0] == pytest.approx(2 * border.LINE_ERROR_KM)
    assert found.distance_high_km[0] == pytest.approx(found.distance_km[0] + border.LINE_ERROR_KM)


def test_a_bend_widens_the_range() -> None:
    """Around Aleppo a disc's points have their nearest point in the north or in the far south of the line."""
    on_straight = border.positions(39.5, 33.2, 10)
    assert on_straight.km_high[0] - on_straight.km_low[0] == pytest.approx(24, abs=0.1)
    hollow = border.positions(38.1, 36.1, 10)
    assert hollow.km_low[0] < 180
    assert hollow.km_high[0] > 480


def test_unknown_coordinates_stay_unknown() -> None:
    found = border.positions([np.nan, 41.0], [34.0, 34.4], 5)
    assert np.isnan(found.km[0])
    assert np.isnan(found.distance_high_km[0])
    assert found.sector.tolist() == ["", "anbar_euphrates"]
    assert found.nearest_crossing.tolist() == ["", "Al-Qaim"]


def test_nothing_to_measure() -> None:
    assert border.positions([], []).km.size == 0


@pytest.mark.parametrize(("lon", "lat", "radius"), [(41, 34, -1), (34, 141, 0)])
def test_impossible_input_is_refused(lon: float, lat: float, radius: float) -> None:
    with pytest.raises(ValueError, match=r"negative|latitude"):
        border.positions(lon, lat, radius)


def test_sectors_cover_the_line_once() -> None:
    groups = {s.parent for s in border.SECTORS}
    parts = [s for s in border.SECTORS if s.code not in groups]
    assert parts[0].km_low == 0
    assert parts[-1].km_high == pytest.approx(border.LENGTH_KM)
    assert all(a.km_high == b.km_low for a, b in pairwise(parts))
    assert all(s.name_en and s.name_ar for s in border.SECTORS)


@pytest.mark.parametrize(
    ("km", "code"),
    [
        (0, "nineveh"),
        (276.9, "nineveh"),
        (277, "anbar_euphrates"),
        (365, "anbar_euphrates"),
        (583, "anbar_desert"),
        (599.3, "anbar_desert"),
        (float("nan"), ""),
    ],
)
def test_sector_of_a_km(km: float, code: str) -> None:
    assert border.sector_of(km) == code


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (277, 599.3, "anbar"),
        (410, 500, "anbar_desert"),
        (0, 599.3, ""),
        (10, 100, "nineveh"),
        (380, 420, "anbar"),
    ],
)
def test_sector_of_a_stretch(low: float, high: float, code: str) -> None:
    assert border.sector_of_stretch(low, high) == code


def test_stretches_are_parts_of_the_line() -> None:
    part = border.stretch(100, 200)
    assert WGS84.geometry_length(part) / 1000 == pytest.approx(100, abs=0.01)
    assert border.stretch(-5, 9999).equals_exact(border.line(), 1e-9)
    with pytest.raises(ValueError, match="no stretch"):
        border.stretch(300, 300)
