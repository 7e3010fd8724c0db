"""Downloads hold the release's own rows, safely, in the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.export.formats import to_csv, to_parquet, typed
from dashboard.export.source import GUARDED, Column, RawTable, guard, records
from dashboard.watcher import CONFIG_KEY
from tests.dashboard.small_release import LABEL

FORMATS = ("csv", "xlsx", "parquet", "geojson")


def ids(body: bytes) -> list[str]:
    return [row["event_id"] for row in csv.DictReader(io.StringIO(body.decode()))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["CAP-000001", "CAP-000002", "CAP-000004"]),
        ("?scope=iq", ["CAP-000004"]),
        ("?country=IQ&from=2023-01-01", ["CAP-000004", "CAP-000005"]),
        ("?min=1000000&from=all", ["CAP-000001", "CAP-000005"]),
        ("?list=undated&drug=any", ["CAP-000003"]),
        ("?ids=2", ["CAP-000002"]),
        ("?scope=jo", []),
        ("?all=1&scope=jo", ["CAP-000001", "CAP-000002", "CAP-000003", "CAP-000004", "CAP-000005"]),
    ],
)
def test_rows_follow_the_query_string(client: FlaskClient, query: str, expected: list[str]) -> None:
    assert ids(client.get(f"/export/seizures.csv{query}").data) == expected


def test_every_format_holds_the_same_rows(client: FlaskClient) -> None:
    answers = {suffix: client.get(f"/export/seizures.{suffix}").data for suffix in FORMATS}
    expected = ids(answers["csv"])
    sheet = openpyxl.load_workbook(io.BytesIO(answers["xlsx"]))["seizures"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == expected
    assert pd.read_parquet(io.BytesIO(answers["parquet"]))["event_id"].tolist() == expected
    features = json.loads(answers["geojson"])["features"]
    assert [feature["properties"]["event_id"] for feature in features] == expected


def test_everything_is_the_published_file_apart_from_the_guard(client: FlaskClient, data_dir: Path) -> None:
    published = (data_dir / "releases" / LABEL / "seizures.csv").read_bytes()
    exported = client.get("/export/seizures.csv?all=1").data
    assert exported == published.replace(b"=2+3", b"'=2+3")
    assert (
        client.get("/export/reports.csv?all=1").data
        == (data_dir / "releases" / LABEL / "reports.csv").read_bytes()
    )


def test_reports_and_totals(client: FlaskClient) -> None:
    assert ids(client.get("/export/reports.csv").data) == ["CAP-000001"] * 3
    assert ids(client.get("/export/reports.csv?scope=iq").data) == []
    assert b"UNODC" in client.get("/export/aggregates.csv?scope=jo").data, "totals are not cut by events"


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_bytes_twice_and_304(client: FlaskClient, suffix: str) -> None:
    first = client.get(f"/export/seizures.{suffix}")
    client.application.config[CONFIG_KEY].current().memo.clear()
    second = client.get(f"/export/seizures.{suffix}")
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["ETag"] != client.get(f"/export/seizures.{suffix}?scope=iq").headers["ETag"]
    again = client.get(f"/export/seizures.{suffix}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_gzip_and_its_etag(client: FlaskClient) -> None:
    asked = {"Accept-Encoding": "gzip"}
    answer = client.get("/export/reports.csv?all=1", headers=asked)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    again = client.get("/export/reports.csv?all=1", headers=asked | {"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("seizures.csv", f"captagon-seizures_{LABEL}_selection.csv"),
        ("seizures.xlsx?all=1", f"captagon-seizures_{LABEL}.xlsx"),
        ("reports.parquet", f"captagon-reports_{LABEL}_selection.parquet"),
        ("aggregates.csv", f"captagon-aggregates_{LABEL}.csv"),
    ],
)
def test_names(client: FlaskClient, path: str, name: str) -> None:
    assert client.get(f"/export/{path}").headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("seizures.csv?contry=IQ", 400, "contry=IQ"),
        ("seizures.csv?from=yesterday", 400, "from=yesterday"),
        ("nothing.csv", 404, "seizures"),
        ("seizures.pdf", 404, "parquet"),
        ("reports.geojson", 404, "reports.geojson"),
        ("README.txt?table=nothing", 404, "nothing"),
    ],
)
def test_refusals_say_why(client: FlaskClient, path: str, status: int, words: str) -> None:
    answer = client.get(f"/export/{path}")
    assert answer.status_code == status
    assert words in answer.text


def test_byte_order_mark_only_for_excel(client: FlaskClient) -> None:
    assert not client.get("/export/seizures.csv").data.startswith(b"\xef\xbb\xbf")
    assert client.get("/export/seizures.csv?for=excel").data.startswith(b"\xef\xbb\xbf")
    assert client.get("/export/seizures.xlsx?for=excel").data.startswith(b"PK")


def test_pandas_reads_the_csv(client: FlaskClient) -> None:
    frame = pd.read_csv(io.BytesIO(client.get("/export/seizures.csv").data))
    assert frame.loc[0, "tablets_best"] == 1350000
    assert frame.loc[1, "concealment"] == 'restaurant "equipment"\nin crates'
    assert frame.loc[1, "quantity_as_reported"] == "'=2+3"


def test_xlsx_has_readme_types_and_columns(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/export/seizures.xlsx?scope=sy").data))
    assert book.sheetnames == ["README", "seizures", "columns"]
    readme = "\n".join(
        str(cell) for row in book["README"].iter_rows(values_only=True) for cell in row if cell
    )
    for expected in (LABEL, "CC BY 4.0", "2 of the 5 rows", "enforcement and reporting", "countries: Syria"):
        assert expected in readme
    head, first, second = list(book["seizures"].iter_rows(values_only=True))
    row = dict(zip(head, first, strict=True))
    assert row["tablets_best"] == 1350000
    assert row["tablets_high"] is None, "unknown stays blank"
    assert f"{row['date_start']:%Y-%m-%d}" == "2025-07-30"
    assert dict(zip(head, second, strict=True))["quantity_as_reported"] == "'=2+3"
    assert "About event_id" in [cell.value for cell in book["columns"]["C"]]
    formulas = [
        cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"
    ]
    assert formulas == []


def test_geometry_only_where_a_point_is_honest(client: FlaskClient) -> None:
    features = json.loads(client.get("/export/seizures.geojson?from=all&drug=any").data)["features"]
    geometry = {feature["properties"]["event_id"]: feature["geometry"] for feature in features}
    assert geometry["CAP-000005"]["coordinates"] == [40.98, 34.407]
    assert geometry["CAP-000004"] is None
    frame = gpd.read_parquet(io.BytesIO(client.get("/export/seizures.parquet?from=all&drug=any").data))
    assert frame.set_index("event_id").geometry["CAP-000004"] is None
    assert frame.crs.to_epsg() == 4326


def test_readme_of_a_csv(client: FlaskClient) -> None:
    link = client.get("/export/seizures.csv?scope=sy").headers["Link"]
    address = link.split(">")[0].removeprefix("<")
    assert 'rel="license"' in link
    text = client.get(address).text
    for expected in ("2 of the 5 rows", "Cite as", LABEL, "countries: Syria", "2024-12-08"):
        assert expected in text
    assert "all 5 rows" in client.get("/export/README.txt?all=1").text


@pytest.mark.parametrize("first", GUARDED)
def test_guard(first: str) -> None:
    cell = f"{first}cmd|'/C calc'!A0"
    assert guard(cell) == f"'{cell}"
    assert guard(guard(cell)) == guard(cell)
    assert guard("al-Qaim = km 365") == "al-Qaim = km 365"


def test_numbers_are_not_guarded() -> None:
    table = RawTable("t", (Column("x", "number"),), "x\n", ("-3.5\n",), (("-3.5",),))
    assert to_csv(table) == b"x\n-3.5\n"
    assert typed(Column("x", "number"), "-3.5") == -3.5


def test_a_cell_that_breaks_its_type_is_kept_as_text() -> None:
    columns = (Column("n", "integer"), Column("d", "date"))
    table = RawTable(
        "t", columns, "n,d\n", ("1,2025-01-01\n", "about,2025\n"), (("1", "2025-01-01"), ("about", "2025"))
    )
    frame = pd.read_parquet(io.BytesIO(to_parquet(table)))
    assert frame["n"].tolist() == ["1", "about"]
    assert frame["d"].tolist() == ["2025-01-01", "2025"]


def test_records_keep_quoted_line_breaks() -> None:
    text = 'a,b\r\n1,"x\r\ny ""z"""\r\n2,w\r\n'
    assert list(records(text)) == ["a,b\r\n", '1,"x\r\ny ""z"""\r\n', "2,w\r\n"]
    assert "".join(records(text)) == text
