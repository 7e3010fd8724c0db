"""TopoJSON to geometries: arcs are integer steps on a grid, shared by the shapes on both sides of them."""

from typing import Any

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Arc = list[tuple[float, float]]


def arcs(topology: dict[str, Any]) -> list[Arc]:
    """All arcs in degrees: cumulated steps, scaled and moved as the topology's `transform` says."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * kx + x0, y * ky + y0))
        found.append(arc)
    return found


def ring(indices: list[int], known: list[Arc]) -> Arc:
    """Join arcs end to end; a negative index is the arc of its complement, backwards."""
    points: Arc = []
    for i in indices:
        arc = known[i] if i >= 0 else known[~i][::-1]
        points += arc[1:] if points else arc
    return points


def geometry(shape: dict[str, Any], known: list[Arc]) -> BaseGeometry:
    """A Polygon or MultiPolygon of the topology. Raises ValueError for other types."""
    if shape["type"] == "Polygon":
        return _polygon(shape["arcs"], known)
    if shape["type"] == "MultiPolygon":
        return MultiPolygon([_polygon(p, known) for p in shape["arcs"]])
    raise ValueError(f"no polygon: {shape['type']}")


def _polygon(rings: list[list[int]], known: list[Arc]) -> Polygon:
    outer, *holes = (ring(r, known) for r in rings)
    return Polygon(outer, holes)


def borders(shapes: list[dict[str, Any]], known: list[Arc]) -> BaseGeometry:
    """The arcs that two of the shapes share: their common borders, without coasts."""
    users: dict[int, set[int]] = {}
    for number, shape in enumerate(shapes):
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for i in (i for polygon in polygons for r in polygon for i in r):
            users.setdefault(i if i >= 0 else ~i, set()).add(number)
    return MultiLineString([LineString(known[i]) for i, by in sorted(users.items()) if len(by) > 1])
