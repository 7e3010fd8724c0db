"""The base map: an offline vector style of our own. Land, governorates, borders, the Iraq-Syria line, labels.

Everything is drawn from GeoJSON files under `/assets/geo` and from words rendered by the browser: a
style without
`glyphs` makes MapLibre draw text from local fonts, Arabic joined and right to left, and asks no server for
anything. The style never changes with the data, so a filter change moves data only; a theme, a language
or the tile switch each give another style `id`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dashboard.figures.view import Look
from dashboard.theme import DARK, LIGHT, Palette
from geo import border
from geo.polyline import WGS84

ASSETS = "/assets/geo"
UNDER_LINE = ("governorates", "areas")
UNDER_WORDS = ("circles", "machine-read")
OVER_WORDS = ("words", "circles-gathered", "machine-read-gathered")
"""Where the traces of a map lie, from below: areas under the Iraq-Syria line; words of the data over those of
the map, hence placed first: counts win over names, those of clusters over all."""
TICK_EVERY_KM = 100
_TICK_KM = 5.0  # half length of a tick across the line
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
FONT = "Inter"
FONT_ARABIC = "Noto Sans Arabic"

# Governorates without a polygon (Akkar, Halabja ...) stand as discs that lie inside others: no lines of the
# map.
HOME = ["in", ["get", "country"], ["literal", ["IQ", "SY"]]]
SHAPES = ["==", ["get", "basis"], "polygon"]

Layer = dict[str, Any]


def style(look: Look, tiles: bool = False, assets: str = ASSETS) -> dict[str, Any]:
    """The MapLibre style for a theme and language. `tiles` adds OpenStreetMap's (online; off by default)."""
    return _style(look.palette.name, look.lang, tiles, assets)


@lru_cache(maxsize=16)
def _style(theme: str, lang: str, tiles: bool, assets: str) -> dict[str, Any]:
    p = DARK if theme == "dark" else LIGHT
    sources: dict[str, Any] = {
        name: {"type": "geojson", "data": f"{assets}/{file}.geojson"}
        for name, file in {
            "land": "land",
            "governorates": "governorates",
            "borders": "borders",
            "border": "iraq_syria_border",
            "crossings": "crossings",
            "labels": "labels",
        }.items()
    }
    sources["ticks"] = {"type": "geojson", "data": _ticks()}
    base = [*_ground(p), *_lines(p)]
    if tiles:
        sources["tiles"] = {
            "type": "raster",
            "tiles": [TILES],
            "tileSize": 256,
            "attribution": "© OpenStreetMap",
        }
        base = [{"id": "tiles", "type": "raster", "source": "tiles"}, *_lines(p)]
    return {
        "version": 8,
        "id": "-".join(("captagon", theme, lang, "tiles" if tiles else "own")),
        "sources": sources,
        "layers": [
            *base,
            *map(_over, UNDER_LINE),
            *_border(p),
            *map(_over, UNDER_WORDS),
            *_words(p, lang),
            *map(_over, OVER_WORDS),
        ],
    }


def below(trace: str) -> str:
    """The layer that a trace is drawn below: one for each, by the names above.

    Of traces that share one, plotly takes all layers from the map and adds them again at each change.
    """
    return f"over-{trace}"


def _over(trace: str) -> Layer:
    """A layer of which nothing is seen."""
    return {"id": below(trace), "type": "background", "layout": {"visibility": "none"}}


def _ground(p: Palette) -> list[Layer]:
    return [
        {"id": "sea", "type": "background", "paint": {"background-color": p.sea}},
        {
            "id": "land",
            "type": "fill",
            "source": "land",
            "paint": {"fill-color": p.land, "fill-antialias": False},
        },
        {
            "id": "focus",
            "type": "fill",
            "source": "governorates",
            "filter": ["all", SHAPES, HOME],
            "paint": {"fill-color": p.paper if p.name == "light" else p.rule, "fill-antialias": False},
        },
    ]


def _lines(p: Palette) -> list[Layer]:
    return [
        {
            "id": "governorate-line",
            "type": "line",
            "source": "governorates",
            "filter": ["all", SHAPES, ["any", HOME, [">=", ["zoom"], 6.5]]],
            "minzoom": 4,
            "paint": {"line-color": p.rule_strong, "line-width": 0.6, "line-opacity": 0.55},
        },
        _country_line(p, "settled", {}),
        _country_line(p, "disputed", {"line-dasharray": [3, 2]}),
    ]


def _country_line(p: Palette, kind: str, paint: dict[str, Any]) -> Layer:
    return {
        "id": f"country-line-{kind}",
        "type": "line",
        "source": "borders",
        "filter": ["==", ["get", "disputed"], int(kind == "disputed")],
        "layout": {"line-join": "round"},
        "paint": {
            "line-color": p.muted,
            "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 7, 0.9],
            **paint,
        },
    }


def _border(p: Palette) -> list[Layer]:
    joined = {"line-join": "round", "line-cap": "round"}
    width = ["interpolate", ["linear"], ["zoom"], 3, 1.2, 6, 2.6, 9, 4]
    return [
        {
            "id": "border-casing",
            "type": "line",
            "source": "border",
            "filter": ["==", ["get", "layer"], "sector"],
            "layout": joined,
            "paint": {
                "line-color": p.paper,
                "line-width": ["interpolate", ["linear"], ["zoom"], 3, 2.5, 6, 5.5, 9, 8],
            },
        },
        {
            "id": "border",
            "type": "line",
            "source": "border",
            "filter": ["==", ["get", "layer"], "sector"],
            "layout": joined,
            "paint": {"line-color": p.accent, "line-width": width},
        },
        {
            "id": "tick",
            "type": "line",
            "source": "ticks",
            "minzoom": 4.5,
            "filter": ["==", ["geometry-type"], "LineString"],
            "paint": {"line-color": p.accent, "line-width": 1.6},
        },
        {
            "id": "crossing",
            "type": "circle",
            "source": "crossings",
            "minzoom": 4.2,
            "filter": ["any", ["==", ["get", "official"], 1], [">=", ["zoom"], 7.5]],
            "paint": {
                "circle-radius": ["case", ["==", ["get", "official"], 1], 4, 2.5],
                "circle-color": p.paper,
                "circle-stroke-color": p.accent,
                "circle-stroke-width": 1.8,
            },
        },
    ]


def _words(p: Palette, lang: str) -> list[Layer]:
    arabic = lang == "ar"
    name = ["get", "name_ar" if arabic else "name_en"]
    halo = {"text-halo-color": p.paper, "text-halo-width": 1.6}

    def words(key: str, source: str, field: Any, size: Any, **layout: Any) -> Layer:
        return {
            "id": f"label-{key}",
            "type": "symbol",
            "source": source,
            "layout": {
                "text-field": field,
                "text-font": [FONT_ARABIC if arabic else FONT],
                "text-size": size,
                "text-max-width": 9,
                **layout,
            },
            "paint": {"text-color": p.muted, **halo},
        }

    kind = ["get", "kind"]
    around = {"text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.7}
    above = {"text-variable-anchor": ["bottom", "left", "right"], "text-radial-offset": 0.15}
    gates = {"minzoom": 4.2, "filter": ["any", ["==", ["get", "official"], 1], [">=", ["zoom"], 7.8]]}
    crossings = words("crossing", "crossings", name, 12, **around) | gates
    crossings["paint"] = {**crossings["paint"], "text-color": p.ink}
    ticks = words("tick", "ticks", name, 11, **{"text-anchor": "right", "text-offset": [-0.2, 0]})
    ticks |= {"minzoom": 4.5, "filter": ["==", ["geometry-type"], "Point"]}
    ticks["paint"] = {**ticks["paint"], "text-color": p.accent}
    caps = {} if arabic else {"text-transform": "uppercase", "text-letter-spacing": 0.14}
    towns = {"minzoom": 5.4, "filter": ["==", kind, "town"]}
    governorates = {
        "minzoom": 4.5,
        "filter": ["all", ["==", kind, "governorate"], SHAPES, ["any", HOME, [">=", ["zoom"], 6.8]]],
    }
    countries = {"filter": ["==", kind, "country"]}
    return [
        # MapLibre gives room to the last layer's words first: crossings before towns, towns before areas.
        words("country", "labels", name, ["interpolate", ["linear"], ["zoom"], 3, 10, 6, 13], **caps)
        | countries,
        words("governorate", "labels", name, 11, **above) | governorates,
        words("town", "labels", name, 11, **around) | towns,
        ticks,
        crossings,
    ]


@lru_cache(maxsize=1)
def _ticks() -> dict[str, Any]:
    """A short line across the border every 100 km and at both ends, each with a point for its label."""
    measured = border.geodesic_line()
    features = []
    for km in [*range(0, int(measured.length_km), TICK_EVERY_KM), measured.length_km]:
        low, high = measured.point_at(max(0.0, km - 3)), measured.point_at(min(measured.length_km, km + 3))
        ends = [_aside(measured.point_at(km), low, high, side) for side in (-_TICK_KM, _TICK_KM)]
        text = f"{round(km)}"
        features += [
            # Not without properties: plotly drops empty objects, takes the style for a new one and has the
            # whole map read and cut into tiles again.
            _feature("LineString", ends, {"km": round(km)}),
            _feature("Point", ends[0], {"name_en": f"{text} km ", "name_ar": f"{text} كم"}),
        ]
    return {"type": "FeatureCollection", "features": features}


def _aside(
    at: tuple[float, float], low: tuple[float, float], high: tuple[float, float], km: float
) -> tuple[float, float]:
    """The point `km` to the left (negative: right) of `at`, across the direction from `low` to `high`."""
    azimuth, _, _ = WGS84.inv(*low, *high)
    lon, lat, _ = WGS84.fwd(*at, azimuth - 90, km * 1000)
    return round(lon, 4), round(lat, 4)


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }
