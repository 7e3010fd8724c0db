"""The data behind a chart as a file: what its view holds, safe for spreadsheets."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.brief.content import CHARTS
from dashboard.components import charts
from dashboard.components.card_menu import card_menu
from dashboard.export.charts import offer, offered, to_csv
from dashboard.figures.view import View
from dashboard.filters import Filters
from dashboard.release import Snapshot
from tests.dashboard.cite.releases import FIRST, SECOND

CARDS = ("map", *CHARTS)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", CARDS)
def test_it_is_exactly_the_data_of_the_view(client: FlaskClient, now: Snapshot, name: str, lang: str) -> None:
    answer = client.get(f"/export/chart/{name}.csv?scope=sy&lang={lang}")
    assert answer.status_code == 200
    filters = Filters(scope="sy")
    view = (
        charts.the_map(filters, now, "light", lang=lang)
        if name == "map"
        else charts.chart(name, filters, now, "light", lang=lang)
    )
    found = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))
    assert found[0] == list(view.data.columns)
    assert len(found) == len(view.data) + 1
    for told, row in zip(found[1:], view.data.itertuples(index=False), strict=True):
        for cell, value in zip(told, row, strict=True):
            if pd.isna(value):
                assert cell == ""
            elif isinstance(value, float | int):
                assert float(cell) == value
            else:
                assert cell.removeprefix("'") == str(value).removesuffix(" 00:00:00")
    assert SECOND in answer.headers["Content-Disposition"]
    assert "scope-sy" in answer.headers["Content-Disposition"]


def test_it_comes_from_the_release_of_its_page(client: FlaskClient) -> None:
    new, old = (client.get(f"/export/chart/map.csv?{query}").data for query in ("", f"release={FIRST}"))
    assert b"CAP-000006" in new
    assert b"CAP-000006" not in old
    assert client.get("/export/chart/map.csv?for=excel").data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/export/chart/nothing.csv", 404, "nothing"),
        ("/export/chart/events.csv?contry=IQ", 400, "contry=IQ"),
        ("/export/chart/events.csv?release=2020.01.1", 404, "2020.01.1"),
    ],
)
def test_what_is_not_there_is_refused(client: FlaskClient, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)


def test_cells_are_guarded_and_blank_is_unknown() -> None:
    frame = pd.DataFrame(
        {"=SUM(A1)": ["=2+3", "@x", "-1", 'say "hi"', "two\nlines"], "n": [1, 2.0, 2.5, float("nan"), None]}
    )
    rows = list(csv.reader(io.StringIO(to_csv(frame))))
    assert rows[0] == ["'=SUM(A1)", "n"]
    assert [row[0] for row in rows[1:]] == ["'=2+3", "'@x", "'-1", 'say "hi"', "two\nlines"]
    assert [row[1] for row in rows[1:]] == ["1", "2", "2.5", "", ""]


def test_days_are_written_as_days() -> None:
    frame = pd.DataFrame({"day": [pd.Timestamp("2024-12-08"), pd.NaT]})
    assert to_csv(frame).split("\r\n") == ["day", "2024-12-08", '""', ""]


def test_without_data_of_its_own_a_view_gives_its_table() -> None:
    view = View({"data": [], "layout": {}}, "", lambda: pd.DataFrame({"a": [1]}), 1, 1)
    assert to_csv(view.data) == "a\r\n1\r\n"


def test_a_page_offers_the_data_of_its_own_charts(client: FlaskClient) -> None:
    assert offered("of_a_test") is None
    seen: list[str] = []

    def make(filters: Filters, snapshot: Snapshot, lang: str, query: object) -> View:
        seen.append(f"{filters.scope} {snapshot.label} {lang} {query}")
        return View({"data": [], "layout": {}}, "", lambda: pd.DataFrame({"a": [1]}), 1, 1)

    offer("of_a_test", make)
    answer = client.get("/export/chart/of_a_test.csv?scope=jo&lang=ar")
    assert answer.data == b"a\r\n1\r\n"
    assert seen == [f"jo {SECOND} ar {{'scope': 'jo', 'lang': 'ar'}}"]


@pytest.mark.parametrize(
    ("name", "formats"), [("map", ["png"]), ("events", ["png", "svg"]), ("border", ["png", "svg"])]
)
def test_the_menu_of_a_card(name: str, formats: list[str]) -> None:
    _, items = card_menu(name).to_plotly_json()["props"]["content"]["props"]["children"]
    parts = [item["props"]["children"]["props"] for item in items["props"]["children"]]
    assert [part.get("data-format") for part in parts[:-1]] == formats
    assert parts[-1]["data-export"] == f"/export/chart/{name}.csv"
