"""The data behind every card that has a menu, in both languages; a country that nobody has heard of."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from math import isnan
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.border import cards
from dashboard.components import charts
from dashboard.components.card_menu import card_menu
from dashboard.countries.views import OFFERED
from dashboard.figures import when
from dashboard.filters import Filters
from dashboard.release import load
from dashboard.selection import apply
from dashboard.sites.view import MAP
from dashboard.tally import total

DATA = Path(__file__).resolve().parents[3] / "data"
ARABIC = re.compile("[\u0600-\u06ff]")
LATER = {"mix_concealment", "country_concealment_group"}
"""Of a column that the small release lacks, as early releases do."""
NAMES = sorted({"map", MAP, *charts.NAMES, *cards.NAMES, *OFFERED})
DAYS = {"date_start", "date_end", "period_start", "period_end"}
CODES = {
    "event_id", "series", "date_precision", "country", "admin1_code", "border_side", "border_sector",
    "place_precision", "drawn_as", "drug", "tablets_qualifier", "review_status", "period", "part",
    "change_basis", "site_group", "site_type", "transport", "concealment_group", "size_class", "code", "leg",
    "from", "to", "route_basis", "measure",
}  # fmt: skip
"""Columns of codes. All others are numbers, but for labels, which alone are in the reader's language."""
VIEWS = (
    "",
    "scope=iq&from=2024-01-01",
    "from=all&scope=all&layer=all&read=all",
    "scope=iq&from=2023-01-01&to=2023-12-31&vs=none",
)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_the_table_under_a_chart_is_a_file(client: FlaskClient, name: str, lang: str) -> None:
    answer = client.get(f"/export/chart/{name}.csv?from=all&scope=all&layer=all&lang={lang}")
    if name in LATER:
        assert answer.status_code == 404
        return
    assert answer.status_code == 200, answer.text
    head, _, rows = answer.text.partition("\r\n")
    assert not ARABIC.search(head)
    assert rows or not head


@pytest.fixture(scope="module")
def shipped() -> FlaskClient:
    """The dashboard on the published data."""
    return create_app(DATA).server.test_client()


def _rows(client: FlaskClient, name: str, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/export/chart/{name}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_it_holds_numbers_days_and_codes_whatever_the_language(
    shipped: FlaskClient, name: str, query: str
) -> None:
    english, arabic = (_rows(shipped, name, f"{query}&lang={lang}") for lang in ("en", "ar"))
    for rows in (english, arabic):
        for row in rows:
            for column, cell in row.items():
                if column in DAYS and cell:
                    date.fromisoformat(cell)
                elif column in CODES:
                    assert not ARABIC.search(cell) or cell.startswith("region:"), column
                elif column not in DAYS and not column.endswith("label"):
                    assert cell == "" or not isnan(float(cell)), column
                if column.startswith("tablets_") and column not in CODES:
                    assert cell == "" or cell.isdecimal(), (column, cell)
    plain = [
        [{k: v for k, v in row.items() if not k.endswith("label")} for row in rows]
        for rows in (english, arabic)
    ]
    assert plain[0] == plain[1]


@pytest.mark.parametrize("query", VIEWS)
def test_sums_are_those_of_the_selection(shipped: FlaskClient, query: str) -> None:
    selection = apply(Filters.from_query(query), load(DATA))

    def column(rows: list[dict[str, str]], name: str, series: str) -> float:
        return sum(float(row[name] or 0) for row in rows if row["series"] == series)

    on_map = _rows(shipped, "map", query)
    assert {row["event_id"] for row in on_map} == set(selection.drawn["event_id"])
    over_time = _rows(shipped, "tablets", query)
    grain = charts.grain(selection)
    for series, events in (
        ("captagon", selection.events),
        ("unstated", selection.unstated_kind),
    ):
        for end in ("low", "best", "high"):
            assert column(on_map, f"tablets_{end}", series) == events[f"tablets_{end}"].sum()
        placed = events[when.periods(events, grain).notna()]
        ends = [column(over_time, f"tablets_{end}", series) for end in ("low", "best", "high")]
        assert ends == list(total(placed))


@pytest.mark.parametrize(
    ("name", "event", "told"),
    [
        ("map", "CAP-000302", {"tablets_low": "50000000", "tablets_best": "100000000", "country": "SY"}),
        ("map", "CAP-000307", {"tablets_best": "1000", "tablets_high": "", "tablets_qualifier": "over"}),
        ("map", "CAP-000301", {"tablets_best": "", "latitude": "", "place_precision": "district"}),
        ("border", "CAP-000359", {"border_km": "", "border_km_low": "276", "border_km_high": "599.3"}),
    ],
)
def test_what_is_not_known_is_blank(
    shipped: FlaskClient, name: str, event: str, told: dict[str, str]
) -> None:
    row = next(row for row in _rows(shipped, name, "layer=all") if row["event_id"] == event)
    assert {column: row[column] for column in told} == told


def test_a_sum_of_possible_repeats_alone_has_no_low_end(shipped: FlaskClient) -> None:
    rows = _rows(shipped, "tablets", "")
    repeats = [row for row in rows if row["possible_repeats"] == row["events_with_quantity"] != ""]
    assert repeats
    assert {row["tablets_low"] for row in repeats} == {""}
    assert not any(cell == "0" for row in rows for column, cell in row.items() if "tablets" in column)


@pytest.mark.parametrize("name", NAMES)
def test_every_card_offers_it(client: FlaskClient, name: str) -> None:
    del client  # which registers the pages, and they what they offer
    assert f"/export/chart/{name}.csv" in str(card_menu(name).to_plotly_json())


def test_the_map_of_sites_gives_the_layer_that_is_shown(client: FlaskClient) -> None:
    rows = [
        client.get(f"/export/chart/{MAP}.csv?from=all&scope=all&layer={layer}").text.count("CAP-")
        for layer in ("sites", "all")
    ]
    assert rows[0] < rows[1]


def test_no_means_of_transport_known_is_no_failure(client: FlaskClient) -> None:
    for query in ("scope=jo", "scope=sy&q=nowhere", "scope=iq", "ids=2", "ids=3&drug=any&from=all"):
        assert client.get(f"/export/chart/trend_method.csv?{query}").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("/country/IQ", 200), ("/country/iq", 200), ("/country/XX", 404), ("/country/%3Cb%3E", 404)],
)
def test_a_country_without_reports_is_not_found(client: FlaskClient, path: str, status: int) -> None:
    for lang in ("", "?lang=ar"):
        assert client.get(path + lang).status_code == status


def test_refusals_are_in_the_language_of_the_page(client: FlaskClient) -> None:
    for path in ("seizures.csv", "chart/events.csv", "countries-by-year.csv", "reconciliation.csv"):
        answer = client.get(f"/export/{path}?contry=IQ&lang=ar")
        assert answer.status_code == 400, path
        assert ARABIC.search(answer.text)
