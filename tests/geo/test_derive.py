"""Shipped geographic files: their checksums, their origins, and the steps that made them."""

import json
import tarfile
from pathlib import Path

import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, shape

from geo import border
from geo.derive import basemap, boundaries, gazetteer, sources, topojson

ROOT = Path(__file__).parents[2]
SOURCES = sources.read(ROOT / "geo" / "data" / "SOURCES.toml")
SQUARES = {  # two squares of side 10 that share the edge x = 10
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 10], [10, 0], [0, -10], [-10, 0]],
    ],
    "objects": {
        "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[0, 1]], [[-1, -3]]]}]},
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Left"}},
                {"type": "MultiPolygon", "arcs": [[[-1, -3]]], "properties": {"name": "Right"}},
            ]
        },
    },
}


@pytest.mark.parametrize("name", SOURCES["file"])
def test_shipped_files_have_their_checksum(name: str) -> None:
    entry = SOURCES["file"][name]
    assert sources.checksum(ROOT / entry["path"]) == entry["sha256"]


def test_every_data_file_and_origin_is_listed_both_ways() -> None:
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "geo" / "data").iterdir() if p.is_file()}
    listed = {e["path"] for e in SOURCES["file"].values()}
    assert shipped - listed == {"geo/data/SOURCES.toml"}
    used = {o for e in SOURCES["file"].values() for o in e["origins"]}
    assert used == set(SOURCES["origin"])


def test_points_from_wikipedia_are_marked() -> None:
    rows = (ROOT / "geo" / "data" / "gazetteer.csv").read_text(encoding="utf-8").splitlines()
    assert all("CC BY-SA 4.0" in row for row in rows if ",Wikipedia," in row)
    origins = {o["name"] for o in SOURCES["origin"].values()}
    assert {row.split(",")[-3] for row in rows[1:] if row.count('"') == 0} <= origins


def test_checksums_are_refreshed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    path = tmp_path / "SOURCES.toml"
    path.write_text('[file.a]\npath = "a.csv"\nsha256 = ""\norigins = []\n')
    sources.refresh(path, tmp_path)
    assert sources.read(path)["file"]["a"]["sha256"] == sources.checksum(tmp_path / "a.csv")


def test_topojson_shapes_share_their_border() -> None:
    arcs = topojson.arcs(SQUARES)
    left, right = (topojson.geometry(s, arcs) for s in SQUARES["objects"]["countries"]["geometries"])  # type: ignore[index]
    assert left.area == right.area == 100
    shared = topojson.borders(SQUARES["objects"]["countries"]["geometries"], arcs)  # type: ignore[index]
    assert shared.equals(LineString([(10, 0), (10, 10)]))
    with pytest.raises(ValueError, match="no polygon"):
        topojson.geometry({"type": "Point"}, arcs)


def test_the_map_layers_are_written(tmp_path: Path) -> None:
    member = tmp_path / "countries-50m.json"
    member.write_text(json.dumps(SQUARES))
    with tarfile.open(tmp_path / basemap.ATLAS, "w:gz") as package:
        package.add(member, "package/countries-50m.json")
    basemap.write(tmp_path, tmp_path / "out")
    land = json.loads((tmp_path / "out" / "land.geojson").read_text())
    assert shape(land["features"][0]["geometry"]).area == pytest.approx(200)
    ticks = json.loads((tmp_path / "out" / "iraq_syria_border.geojson").read_text())["features"]
    assert [f["properties"]["km"] for f in ticks if f["properties"]["layer"] == "tick"] == [
        0,
        100,
        200,
        300,
        400,
        500,
        599,
    ]
    gates = json.loads((tmp_path / "out" / "crossings.geojson").read_text())["features"]
    assert len(gates) == len(border.CROSSINGS)


def test_shipped_layers_fit_the_page() -> None:
    folder = ROOT / "dashboard" / "assets" / "geo"
    assert (folder / "land.geojson").stat().st_size < 600_000
    for name in ("land", "borders", "governorates"):
        features = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        assert all(shape(f["geometry"]).is_valid for f in features), name


def test_borders_are_cut_from_shared_edges() -> None:
    lands = {
        "AA": Polygon([(0, 0), (1, 0), (1, 1), (0, 1)]),
        "BB": Polygon([(1, 0), (2, 0), (2, 1), (1, 1)]),
        "CC": Point(9, 9).buffer(1),
    }
    found = boundaries.border_lines(lands, LineString([(0, 0), (1, 1)]))
    assert list(found) == ["AA-BB"]
    assert list(found["AA-BB"].coords) == [(1, 1), (1, 0)]  # from the north


def test_portions_of_a_border_go_to_the_nearest_governorate() -> None:
    line = LineString([(0, 0), (1, 0)])
    found = boundaries.portions(line, {"XX-A": shapely.box(0, 0, 0.5, 1), "XX-B": shapely.box(0.5, 0, 1, 1)})
    assert found["XX-A"][1] == pytest.approx(55.7, abs=1)
    assert found["XX-B"] == (pytest.approx(found["XX-A"][1]), pytest.approx(111.3, abs=0.1))
    assert boundaries.portions(line, {}) == {}


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        (["Al-Qaim", "منفذ القائم", "القائم"], "القائم"),
        (["معبر القائم"], "معبر القائم"),
        (["Qaim", "گمرک مهران"], ""),
    ],
)
def test_the_arabic_name_is_the_bare_one(aliases: list[str], expected: str) -> None:
    assert gazetteer.arabic_name(aliases) == expected


RAW_COLUMNS = (
    "name,country,admin1,kind,latitude,longitude,uncertainty_km,paired_with,alternate_names,source_url"
)
RAW_PLACES = f"""{RAW_COLUMNS},source_note
Testville,IQ,Anbar,town,33.0,43.0,5,,تست|near Testville|Testwil,geonames:1,read
Gate A,IQ,Anbar,crossing,34.40,40.98,2,Gate B,,derived:iraq_syria_border.geojson,derived
Gate B,SY,,crossing,34.41,40.97,2,Gate A,,https://en.wikipedia.org/wiki/X,read
"""
RAW_GEONAMES = """geonameid,name,country,admin1_code,admin1_name,latitude,longitude,population,alternate_names
7,Testwil,IQ,01,Anbar,33.01,43.01,9000,tstwyl|Тест|تست
8,Farville,IQ,01,Anbar,30.0,43.0,100,FAR
9,Smallton,IT,01,Lazio,42.0,12.0,6000,
"""


def test_the_lists_become_one_gazetteer(tmp_path: Path) -> None:
    (tmp_path / "gazetteer_extra.csv").write_text(RAW_PLACES, encoding="utf-8")
    (tmp_path / "gazetteer_geonames.csv").write_text(RAW_GEONAMES, encoding="utf-8")
    line = border.line()
    lines = dict.fromkeys(["IQ-SY", "JO-SY", "JO-SA", "LB-SY"], line)
    rows = {r["place_id"]: r for r in gazetteer.build(tmp_path, lines, {})}
    merged = rows["iq:testville"]
    assert merged["population"] == 9000
    assert merged["aliases"] == "تست|Testwil"
    assert "gn:7" not in rows
    assert rows["gn:8"]["aliases"] == ""
    assert "gn:9" not in rows
    assert (rows["iq:gate-a"]["paired_with"], rows["sy:gate-b"]["paired_with"]) == ("sy:gate-b", "iq:gate-a")
    assert (rows["sy:gate-b"]["source"], rows["sy:gate-b"]["licence"]) == ("Wikipedia", "CC BY-SA 4.0")
    assert rows["strip:SY:IQ-SY"]["km_high"] == "599.3"
    gazetteer.write(tmp_path / "out.csv", list(rows.values()))
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("place_id,name,name_ar")
