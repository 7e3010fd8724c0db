"""The app as a server: health, headers, language of the document, pages that always say something."""

from __future__ import annotations

import json
import re
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.i18n import t
from tests.dashboard.asking import content
from tests.dashboard.small_release import LABEL, write


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(write(tmp_path_factory.mktemp("release"))).server.test_client()


def test_health_names_the_release(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.get_json()["release"] == LABEL


def test_without_a_release_health_and_page_say_what_to_do(tmp_path: Path) -> None:
    client = create_app(tmp_path).server.test_client()
    answer = client.get("/health")
    assert answer.status_code == 503
    assert "make build" in answer.get_json()["problem"]
    assert "make build" in client.get("/_dash-layout").get_data(as_text=True)
    assert "can't be shown" in page(client, "/")


def test_the_document_says_its_language_and_direction(client: FlaskClient) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/?lang=nonsense").get_data(as_text=True)


def test_nothing_may_be_loaded_from_elsewhere(client: FlaskClient) -> None:
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_only_the_switch_for_tiles_admits_their_host(client: FlaskClient) -> None:
    policy = client.get("/?basemap=online").headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://" in policy
    assert "script-src 'self' 'sha256-" in policy


def test_answers_are_compressed(client: FlaskClient) -> None:
    answer = client.get("/_dash-layout", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_second_app_in_one_process_has_the_same_pages(client: FlaskClient, tmp_path: Path) -> None:
    before = {page["path"] for page in dash.page_registry.values()}
    create_app(write(tmp_path / "again"))
    assert {page["path"] for page in dash.page_registry.values()} == before
    assert {"/", "/records", "/about"} <= before


def page(client: FlaskClient, path: str, search: str = "") -> str:
    """What the router answers for an address, as JSON text."""
    client.get("/")
    return json.dumps(content(client, path, search), ensure_ascii=False)


@pytest.mark.parametrize(
    "search",
    [
        "",
        "?scope=jo",
        "?q=%22%3E%3Cscript%3E",
        "?from=xx&min=-1",
        "?" + "a=1&" * 200,
        "?scope=all&from=all",
        "?ids=1,2",
    ],
)
def test_every_address_gives_the_overview(client: FlaskClient, search: str) -> None:
    told = page(client, "/", search)
    assert "reported seizure" in told
    assert "can't be shown" not in told


def test_what_is_not_understood_is_said(client: FlaskClient) -> None:
    assert "Not understood in the address" in page(client, "/", "?min=-4&colour=red")


def test_an_address_that_leads_nowhere_leads_back(client: FlaskClient) -> None:
    assert "There is no such page" in page(client, "/nowhere")


@pytest.mark.parametrize(
    ("path", "has_grid"), [("/", False), ("/records", True), ("/event/CAP-000001", False)]
)
def test_the_script_of_the_table_comes_with_the_table_only(
    client: FlaskClient, path: str, has_grid: bool
) -> None:
    page = client.get(path).text
    assert ("/dash_ag_grid/" in page) is has_grid
    assert "/dash_mantine_components/" in page
    assert "/dash_table/" not in page


@pytest.mark.parametrize("query", ["", "?lang=ar"])
def test_a_shared_link_says_what_the_page_is(client: FlaskClient, query: str) -> None:
    page = client.get(f"/trends{query}").text
    said = re.findall(r'<meta (?:name|property)="(?:og:|twitter:)?description" content="([^"]*)"', page)
    assert len(said) == 3
    assert set(said) == {t("site.description", lang="ar" if query else "en")}
