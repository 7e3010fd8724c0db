"""The border page and its table on a small release with known rows, in both languages."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.border import cards, panel
from dashboard.border.answer import answer
from dashboard.border.pair import pair
from dashboard.border.table import COLUMNS, to_csv
from dashboard.filters import Filters
from dashboard.release import Snapshot, load
from tests.dashboard.small_release import write

EXPORT = "/export/border-sectors.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("border"))


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    return load(folder)


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(folder).server.test_client()


def rows(text: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["sector"], row["period"]): row for row in csv.DictReader(io.StringIO(text))}


def test_the_download_is_the_table_of_the_page(client: FlaskClient) -> None:
    response = client.get(f"{EXPORT}?from=2023-01-01&vs=2022-01-01..2022-12-31")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/csv")
    found = rows(response.text)
    assert tuple(next(csv.reader(io.StringIO(response.text)))) == COLUMNS
    euphrates = found["anbar_euphrates", "now"]
    assert (euphrates["events"], euphrates["tablets_best"], euphrates["tablets_high"]) == (
        "1",
        "3000000",
        "3500000",
    )
    assert euphrates["event_ids"] == euphrates["largest_event_id"] == "CAP-000005"
    assert found["anbar_euphrates", "before"]["events"] == "0"
    assert found["anbar_euphrates", "before"]["tablets_best"] == "", "no report is no zero"
    assert found["total", "now"]["unstated_kind_events"] == "1"
    assert found["total", "now"]["events"] == "1"


def test_periods_are_of_equal_length_around_the_change_of_government(snapshot: Snapshot) -> None:
    found = pair(Filters(), snapshot)
    assert found.before is not None
    assert found.now.span.start is not None
    assert found.now.span.start.isoformat() == "2024-12-08"
    assert found.now.span.days == found.before.span.days


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?border_km=50", 200),
        ("?for=excel", 200),
        ("?contry=IQ", 400),
        ("?release=2001.01.1", 404),
    ],
)
def test_addresses_of_the_table(query: str, status: int, client: FlaskClient) -> None:
    response = client.get(EXPORT + query)
    assert response.status_code == status
    assert response.data.startswith(b"\xef\xbb\xbf") == (query == "?for=excel")
    if status == 200:
        again = client.get(EXPORT + query, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


def test_no_cell_of_text_is_a_formula(snapshot: Snapshot) -> None:
    for cells in csv.reader(
        io.StringIO(to_csv(pair(Filters(since="all", vs="none"), snapshot), snapshot).decode())
    ):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_answer_says_where_how_and_that_it_is_too_few(lang: str, snapshot: Snapshot) -> None:
    said = answer(pair(Filters(), snapshot, lang), snapshot, lang)
    whole = " ".join(
        [said.count, *(f"{word} {text}" for word, text in said.terms), *said.facts, said.caution]
    )
    few = {"en": "too few to compare", "ar": "أقل من أن يُقارن"}[lang]
    assert few in whole
    assert {"en": "of unstated kind only", "ar": "لم يُذكر نوعها"}[lang] in whole
    assert len(said.terms) == 2
    assert "{" not in whole


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "; no report collected there in the 15 months before."),
        ("from=2023-01-01&vs=2022-01-01..2022-12-31", "; no report collected there in 2022."),
        ("vs=2023-01-01..2023-12-31", "; 1 in 2023."),
        ("from=2023-01-01&to=2023-12-31&vs=2024-12-08..2026-01-01", "; 1 of unstated kind only from 8 Dec"),
    ],
)
def test_where_no_report_was_collected_stands_no_zero(query: str, said: str, snapshot: Snapshot) -> None:
    found = answer(pair(Filters.from_query(query), snapshot), snapshot)
    assert said in found.count
    told = " ".join((found.count, *(text for _, text in found.terms), *found.facts))
    assert not re.search(r"(?<![\d,.])0(?![\d,.])", told), told


def test_a_sector_with_pills_of_unstated_kind_alone_has_no_number_of_others(snapshot: Snapshot) -> None:
    assert answer(pair(Filters(), snapshot), snapshot).terms == (
        ("Where", "Anbar: desert: 1 of unstated kind only"),
        ("How", "not stated: 1 of unstated kind only"),
    )


def test_undecided_events_are_counted_and_listed(snapshot: Snapshot) -> None:
    filters = Filters(since="all", border_km=10, drug=("any",))
    found = pair(filters, snapshot)
    undecided = set(found.selection.undecided["event_id"])
    assert "CAP-000004" in undecided, "a strip 20 km deep may lie within 10 km or not"
    text = str(panel.undecided(found, snapshot))
    assert all(event_id in text for event_id in undecided)
    assert "list=undecided" in text
    assert any(str(len(undecided)) in sentence for sentence in answer(found, snapshot).left_out)
    wide = pair(Filters(since="all", border_km=25, drug=("any",)), snapshot)
    assert "CAP-000004" in set(wide.now.events["event_id"])


def test_chosen_events_of_the_earlier_period_stay_on_the_page(snapshot: Snapshot) -> None:
    """The chart draws both periods, so a mark of either may be chosen."""
    found = pair(Filters.from_query("from=2024-12-08&vs=2023-01-01..2023-12-31&ids=5&drug=any"), snapshot)
    assert list(found.drawn["event_id"]) == ["CAP-000005"]


def test_controls_offer_each_distance_and_relation_and_name_the_chosen(snapshot: Snapshot) -> None:
    for query, chosen in (("", 2), ("border_km=25", 2), ("border_km=33&relation=near", 2)):
        links = [
            part for row in panel.controls(Filters.from_query(query), snapshot) for part in row.children[1:]
        ]
        current = [link for link in links if "aria-current" in link.to_plotly_json()["props"]]
        assert len(current) == chosen
    text = str(panel.controls(Filters(), snapshot))
    for part in ("border_km=10", "border_km=100", "relation=crosses_stated", "relation=unknown"):
        assert part in text


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", cards.NAMES)
def test_every_figure_is_valid_and_has_words_and_a_table(
    name: str, theme: str, lang: str, snapshot: Snapshot
) -> None:
    for query in ("", "from=all", "scope=jo", "drug=any&vs=none"):
        view = cards.chart(name, Filters.from_query(query), snapshot, theme, lang=lang)
        assert view.figure.layout.height > 100
        assert view.summary
        assert view.table is not None


def test_a_figure_of_another_page_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(KeyError):
        cards.chart("trend", Filters(), snapshot, "light")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_page_is_built(lang: str, client: FlaskClient) -> None:
    answer_ = client.get(f"/border?lang={lang}")
    assert answer_.status_code == 200
    assert f'lang="{lang}"' in answer_.text
