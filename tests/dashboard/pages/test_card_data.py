"""The data behind every card that has a menu, in both languages; a country that nobody has heard of."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from dashboard.border import cards
from dashboard.components import charts
from dashboard.components.card_menu import card_menu
from dashboard.countries.views import OFFERED
from dashboard.sites.view import MAP

ARABIC = re.compile("[\u0600-\u06ff]")
LATER = {"mix_concealment", "country_concealment_group"}
"""Of a column that the small release lacks, as early releases do."""
NAMES = sorted({"map", MAP, *charts.NAMES, *cards.NAMES, *OFFERED})


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_the_table_under_a_chart_is_a_file(client: FlaskClient, name: str, lang: str) -> None:
    answer = client.get(f"/export/chart/{name}.csv?from=all&scope=all&layer=all&lang={lang}")
    if name in LATER:
        assert answer.status_code == 404
        return
    assert answer.status_code == 200, answer.text
    head, _, rows = answer.text.partition("\r\n")
    assert bool(ARABIC.search(head)) == (lang == "ar" and bool(head))
    assert rows or not head


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
