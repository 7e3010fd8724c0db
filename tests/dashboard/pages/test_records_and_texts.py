"""The table of records, the method page and the dictionary, built on the small release."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.content import markdown
from dashboard.event.flags import notes
from dashboard.event.versions import versions
from dashboard.filters import Filters
from dashboard.records.cards import MOST, cards
from dashboard.records.grid import CHOICES, SHOWN, columns
from dashboard.records.rows import rows
from dashboard.release import Snapshot
from dashboard.selection import apply
from tests.dashboard.pages.test_event import event, links_of, text_of


def plain(component: Any) -> Any:
    return json.loads(json.dumps(component, default=lambda x: x.to_plotly_json()))


def build(client: FlaskClient, page: str, **query: str) -> Any:
    """The layout of a page as the running app builds it."""
    with client.application.test_request_context("/"):
        return sys.modules[f"dashboard.pages.{page}"].layout(**query)


def test_rows_are_newest_first_with_words_and_numbers(snapshot: Snapshot) -> None:
    found = rows(apply(Filters(), snapshot).drawn, snapshot)
    assert [row["event_id"] for row in found] == ["CAP-000002", "CAP-000001", "CAP-000004"]
    first, second, third = found
    assert (first["when"], first["country"], first["amount"]) == ("1 Aug 2025", "Syria", "32,000–64,000")
    assert first["marks"] == ["figures differ"]
    assert second["marks"] == ["may be counted twice"]
    assert second["amount"].replace("\N{NO-BREAK SPACE}", " ") == "> 1.35 M"
    assert [row["unstated"] for row in found] == [False, False, True]
    assert third["kg_best"] is None, "unknown is not 0"


def test_undated_rows_come_last(snapshot: Snapshot) -> None:
    everything = rows(snapshot.seizures, snapshot)
    assert everything[-1]["when"] == "undated"
    assert everything[-1]["date_start"] is None


def test_columns_follow_the_address() -> None:
    usual = columns(SHOWN, "")
    assert [c["colId"] for c in usual if not c["hide"]] == list(SHOWN)
    assert [c["colId"] for c in usual] == list(CHOICES)
    sorted_by = {c["colId"]: c.get("sort") for c in columns(("kg_best",), "-kg_best")}
    assert sorted_by["kg_best"] == "desc"
    assert set(sorted_by.values()) == {None, "desc"}


def test_cards_link_and_say_how_many_more(snapshot: Snapshot) -> None:
    row = rows(snapshot.seizures, snapshot)[0]
    drawn = cards([row] * (MOST + 3), "scope=sy")
    assert len(drawn) == MOST + 1
    assert "3 more" in text_of(drawn[-1])
    assert links_of(drawn[0])[0]["href"] == f"/event/{row['event_id']}?scope=sy"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "Beside them stands 1 seizure of pills"),
        ({"list": "undated", "drug": "any"}, "No page gives these seizures a day"),
        ({"scope": "jo"}, "empty"),
        ({"contry": "IQ"}, "contry=IQ"),
        ({"columns": "nonsense", "sort": "nonsense", "list": "nonsense"}, "Records"),
    ],
)
def test_records_page(client: FlaskClient, query: dict[str, str], expected: str) -> None:
    page = build(client, "records", **query)
    assert expected in text_of(page) or expected in json.dumps(plain(page))


def test_records_answer_to_a_change(client: FlaskClient) -> None:
    with client.application.test_request_context("/"):
        data, hidden, *_ = sys.modules["dashboard.pages.records"].update("scope=iq", "shown")
        assert [row["event_id"] for row in data] == ["CAP-000004"]
        assert hidden is False
        data, hidden, *_ = sys.modules["dashboard.pages.records"].update("scope=jo", "shown")
        assert (data, hidden) == ([], True)


def test_method_page_has_every_section_and_no_html(client: FlaskClient) -> None:
    text = markdown("method")
    about = sys.modules["dashboard.pages.about"]
    titles = [title for _, title, _ in about.sections(text)]
    page = build(client, "about")
    words = text_of(page)
    assert len(titles) > 8
    assert all(title in words for title in titles)
    assert "<" not in text.replace("<=", ""), "Markdown only"
    for needed in (
        "0.167 g",
        "0.155 to 0.210",
        "599.3 km",
        "methamphetamine",
        "Lines and names imply no position",
    ):
        assert needed in text
    anchors = {link["href"] for link in links_of(page) if str(link.get("href", "")).startswith("#")}
    assert anchors >= {"#cite", "#errors", "#licence"}


def test_dictionary_lists_every_column(client: FlaskClient, snapshot: Snapshot) -> None:
    words = text_of(build(client, "dictionary"))
    for resource in snapshot.package["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["name"] in words
    assert "About event_id" in words


@pytest.mark.parametrize(
    ("path", "expected"),
    [("CAP-000001", "1,350,000"), ("CAP-000007", "You followed CAP-000007"), ("CAP-000009", "withdrawn")],
)
def test_event_layout(client: FlaskClient, path: str, expected: str) -> None:
    assert expected in text_of(build(client, "event", event_id=path, scope="sy"))


def test_event_titles(client: FlaskClient) -> None:
    with client.application.test_request_context("/"):
        title = sys.modules["dashboard.pages.event"].page_title
        assert title("CAP-000005") == "CAP-000005: 3,000,000 Captagon tablets, Al-Qaim border crossing"
        assert title("CAP-999999") == "No such seizure"


def test_flags_show_their_sums(snapshot: Snapshot) -> None:
    row = event(snapshot, 1).copy()
    row["flags"] = "figures_differ|converted_from_weight|something_new"
    row["kg_best"], row["conversion_g"], row["tablets_best"] = 1.67, 0.167, 10000.0
    found = {note.code: note for note in notes(row, versions(snapshot.reports), snapshot)}
    assert found["figures_differ"].sums == ("2,015 kg against 215 kg: 9.4 times as much.",)
    assert found["converted_from_weight"].sums == ("1.67 kg ÷ 0.167 g a tablet = 10,000 tablets.",)
    assert found["something_new"].title == "Something new"
    assert found["mass_check"].text.endswith("(Asharq Al-Awsat)")
