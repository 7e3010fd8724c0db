"""Remake the data files from their raw inputs: `python -m geo.derive RAW_DIR`."""

import shutil
import sys
from pathlib import Path

from geo.derive import basemap, boundaries, gazetteer, labels, sources


def main(raw: Path, data: Path, assets: Path) -> None:
    """Write the data files, and the map layers made from them; then their checksums. Raises
    FileNotFoundError where RAW_DIR lacks an input."""
    shutil.copyfile(raw / "iraq_syria_border.geojson", data / "iraq_syria_border.geojson")
    shapes = boundaries.governorates(raw)
    lands = boundaries.countries(raw)
    lines = boundaries.border_lines(lands, boundaries.iraq_syria(raw))
    boundaries.write_collection(
        data / "governorates.geojson",
        [boundaries.feature(s, code=code, country=code[:2]) for code, s in sorted(shapes.items())],
    )
    boundaries.write_collection(
        data / "countries.geojson",
        [boundaries.feature(boundaries.valid(s), code=code) for code, s in sorted(lands.items())],
    )
    boundaries.write_collection(
        data / "border_lines.geojson", [boundaries.feature(s, code=code) for code, s in sorted(lines.items())]
    )
    gazetteer.write(data / "gazetteer.csv", gazetteer.build(raw, lines, shapes))
    basemap.write(raw, assets)
    labels.write(data, assets)
    sources.refresh(data / "SOURCES.toml", data.parents[1])


if __name__ == "__main__":
    package = Path(__file__).parents[1]
    main(Path(sys.argv[1]), package / "data", package.parent / "dashboard" / "assets" / "geo")
