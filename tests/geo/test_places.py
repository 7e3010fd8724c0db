"""Places of the gazetteer and the lines, strips and areas that they cover."""

import pytest
from shapely.geometry import Point

from geo import areas, gazetteer, lines, names
from geo.grammar import grammar
from geo.places import index, places, precision_of
from geo.polyline import WGS84

POINTS = {"exact", "town", "district"}
# GeoNames files them under a country whose Natural Earth polygon leaves them out.
BEYOND = {"gn:400747": "Abu Musa, an island that two states claim", "gn:8199394": "Ariel, in the West Bank"}


def test_every_place_is_whole() -> None:
    kinds = set(grammar()["kinds"])
    for place in places().values():
        assert place.name
        assert place.kind in kinds
        assert place.country in {c.code for c in names.countries()} or place.country == ""
        if place.admin1_code:
            assert names.governorate(place.admin1_code).country == place.country
        if place.precision in POINTS:
            assert place.latitude is not None
            assert place.uncertainty_km is not None
            assert place.uncertainty_km > 0
        if place.precision == "border_strip":
            assert place.depth_km == 20
            assert areas.strip_line(place).length > 0


def test_points_lie_in_or_beside_their_country() -> None:
    """GeoNames points and ours against Natural Earth; reclaimed land and causeways reach 15 km beyond it."""
    for place in places().values():
        shape = areas.country_shape(place.country)
        if shape is None or place.longitude is None or place.kind == "waters" or place.place_id in BEYOND:
            continue
        away = shape.distance(Point(place.longitude, place.latitude)) * 111
        assert away <= max(15.0, place.uncertainty_km or 0), place.place_id


@pytest.mark.parametrize(
    ("kind", "uncertainty", "admin1", "expected"),
    [
        ("crossing", 2, "IQ-AN", "exact"),
        ("crossing", 12, "IQ-AN", "town"),
        ("crossing", 50, "SA-04", "district"),
        ("town", 3, "IQ-AN", "town"),
        ("town", 30, "IQ-AN", "district"),
        ("desert", 170, "IQ-AN", "governorate"),
        ("region", 220, "", "country"),
        ("border_strip", None, "IQ-AN", "border_strip"),
    ],
)
def test_precision_follows_kind_and_uncertainty(
    kind: str, uncertainty: float | None, admin1: str, expected: str
) -> None:
    assert precision_of(kind, uncertainty, admin1) == expected


def test_crossings_know_their_other_side() -> None:
    jaber = gazetteer.by_id("jo:jaber-border-crossing")
    assert gazetteer.by_id(jaber.paired_with).place_id == "sy:nasib-border-crossing"
    for place in places().values():
        if place.paired_with:
            twin = gazetteer.by_id(place.paired_with)
            _, _, metres = WGS84.inv(place.longitude, place.latitude, twin.longitude, twin.latitude)
            assert twin.country != place.country
            assert metres < 15_000, place.place_id


def test_kind_words_never_leave_a_governorates_name() -> None:
    """ "Hatay Airport" must not make "Hatay" an airport."""
    assert not [n for n in index()["hatay"] if n.place.kind == "airport"]


def test_capitals_are_places() -> None:
    for country, place_id in grammar()["capitals"].items():
        assert gazetteer.by_id(place_id).country == country


@pytest.mark.parametrize("code", ["IQ-SY", "JO-SY", "LB-SY", "SY-TR", "IQ-KW", "SA-YE"])
def test_borders_run_between_their_countries(code: str) -> None:
    line = lines.line(code)
    for km in (1.0, line.length_km / 2, line.length_km - 1):
        point = Point(line.point_at(km))
        for country in code.split("-"):
            shape = areas.country_shape(country)
            assert shape is not None
            assert shape.distance(point) * 111 < 1


def test_a_strip_is_as_deep_as_it_says_and_on_its_own_side() -> None:
    place = gazetteer.by_id("strip:IQ-AN:IQ-SY")
    strip = areas.strip_polygon(place)
    iraq = areas.country_shape("IQ")
    assert iraq is not None
    assert strip.difference(iraq.buffer(1e-6)).area == pytest.approx(0, abs=1e-6)
    area = abs(WGS84.geometry_area_perimeter(strip)[0]) / 1e6
    assert area == pytest.approx((place.km_high - place.km_low) * place.depth_km, rel=0.1)  # type: ignore[operator]


def test_only_strips_have_a_line() -> None:
    town = gazetteer.by_id("iq:al-qaim")
    for ask in (areas.strip_line, areas.strip_polygon):
        with pytest.raises(ValueError, match="no border strip"):
            ask(town)


@pytest.mark.parametrize(
    ("place_id", "square_km"),
    [
        ("iq:al-qaim", 28),
        ("gov:IQ-AN", 138_000),
        ("country:JO", 89_000),
        ("gov:IQ-KR", 39_000),
        ("gov:LB-BH", 5_000),
    ],
)
def test_places_cover_their_area(place_id: str, square_km: float) -> None:
    shape = areas.area_of(gazetteer.by_id(place_id))
    assert shape is not None
    assert abs(WGS84.geometry_area_perimeter(shape)[0]) / 1e6 == pytest.approx(square_km, rel=0.06)


def test_unmapped_countries_have_no_area() -> None:
    assert areas.area_of(gazetteer.by_id("country:DE")) is None


def test_country_polygons() -> None:
    table = areas.country_polygons()
    assert {"IQ", "SY", "JO"} <= set(table["code"])
    assert table.geometry.is_valid.all()
    assert areas.governorate_polygons().geometry.is_valid.all()
