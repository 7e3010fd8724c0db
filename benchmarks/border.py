"""Positions along the border: 1,000,000 points on one core, against `geopandas.sjoin_nearest`.

python -m benchmarks.border [--points N]

`sjoin_nearest` is the common way to ask for the nearest line and how far it is. It works on a plane (here a
projection of the region) and gives neither the km along the line nor bounds for an uncertain place: the ratio
compares the one thing that both do.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import geopandas as gpd  # noqa: E402
import numpy as np  # noqa: E402
from shapely.geometry import LineString  # noqa: E402

from geo import border  # noqa: E402
from geo.polyline import WGS84  # noqa: E402

LIMIT_SECONDS = 10.0
LIMIT_RELATIVE, LIMIT_KM = 1e-3, 0.01
_BOX = (36.0, 48.0, 30.0, 40.0)  # lon from, to, lat from, to: Iraq, Syria and what lies around
_FLAT = "+proj=aeqd +lat_0=35.2 +lon_0=40.9 +datum=WGS84 +units=m"


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """Result and processor seconds (all threads of the process), as on one core."""
    start = time.process_time()
    return work(), time.process_time() - start


def nearest_by_geopandas(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Distance in km by `sjoin_nearest` to the line's segments."""
    vertices = border.geodesic_line().vertices
    pieces = [LineString(pair) for pair in pairwise(vertices)]
    line = gpd.GeoDataFrame(geometry=pieces, crs="EPSG:4326").to_crs(_FLAT)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326").to_crs(_FLAT)
    joined = points.sjoin_nearest(line, distance_col="metres")
    return np.asarray(joined[~joined.index.duplicated()]["metres"]) / 1000


def by_brute_force(lon: np.ndarray, lat: np.ndarray, step_km: float = 0.05) -> np.ndarray:
    """Distance in km to the nearest of points every 50 m of the line, by geodesics: never too short."""
    line = border.geodesic_line()
    x, y = line.points_at(np.append(np.arange(0, line.length_km, step_km), line.length_km))
    return np.array(
        [
            WGS84.inv(np.full_like(x, a), np.full_like(y, b), x, y)[2].min() / 1000
            for a, b in zip(lon, lat, strict=True)
        ]
    )


def main(points: int = 1_000_000) -> int:
    """Print the table; 1 where a limit is broken."""
    random = np.random.default_rng(20261121)
    lon, lat = random.uniform(*_BOX[:2], points), random.uniform(*_BOX[2:], points)
    rows: list[tuple[str, float]] = []
    for name, radius in (("positions, exact places", 0.0), ("positions, discs of 5 km", 5.0)):
        _, seconds = timed(partial(border.positions, lon, lat, radius))
        rows.append((name, seconds))
    flat, theirs = timed(lambda: nearest_by_geopandas(lon, lat))
    rows.append(("geopandas.sjoin_nearest", theirs))
    print(f"{points:,} points, processor seconds on one core (limit {LIMIT_SECONDS:g})\n")
    print(f"{'':28}{'seconds':>9}{'against sjoin_nearest':>24}")
    for name, seconds in rows:
        print(f"{name:28}{seconds:9.2f}{theirs / seconds:23.1f}x")
    few = slice(0, 300)
    ours = border.positions(lon[few], lat[few]).distance_km
    truth = by_brute_force(lon[few], lat[few])
    error = np.abs(ours - truth)
    print(
        f"\nworst error of 300 points against geodesic brute force (50 m steps): {error.max() * 1000:.1f} m"
    )
    theirs_off = np.abs(np.asarray(flat)[few] - truth).max() * 1000
    print(f"worst error of sjoin_nearest on the same points: {theirs_off:.0f} m")
    slow = max(seconds for _, seconds in rows[:2]) > LIMIT_SECONDS * points / 1_000_000
    wrong = bool(np.any(error > np.maximum(LIMIT_RELATIVE * truth, LIMIT_KM)))
    return int(slow or wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=int, default=1_000_000)
    sys.exit(main(parser.parse_args().points))
