"""What a machine read: off by default, marked and counted apart when on, its words safe and in place."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from dash import Dash, html
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard.app import create_app
from dashboard.components import filterbar
from dashboard.event import machine, view
from dashboard.event.machine import in_words, parts, readings, rule_in_words
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.release import Snapshot, load
from tests.dashboard.pages.test_event import links_of, text_of
from tests.dashboard.small_release import HOSTILE, write

TODAY = date(2026, 11, 21)
CURATED, UNREVIEWED = "CAP-000001", "CAP-900001"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("machine"), machine=True)


@pytest.fixture(scope="module")
def read(folder: Path) -> Snapshot:
    return load(folder)


@pytest.fixture(scope="module")
def app(folder: Path) -> Dash:
    return create_app(folder)


@pytest.fixture(scope="module")
def reader(app: Dash) -> FlaskClient:
    return app.server.test_client()


@pytest.fixture
def overview(app: Dash) -> Iterator[ModuleType]:
    with app.server.test_request_context("/"):
        yield sys.modules["dashboard.pages.overview"]


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode())))


def marks_of(component: Any) -> list[str]:
    """The highlighted words of a page."""
    return [str(part.children) for part in component._traverse() if isinstance(part, html.Mark)]


def test_key_figures_stand_with_those_of_the_curated_alone(overview: ModuleType) -> None:
    lead, kpis, _, _ = overview.update_words("")
    assert "curated alone" not in text_of(kpis)
    assert "1  read by machine, unreviewed".replace("  ", " ") in text_of(kpis)
    assert "machine" not in text_of(lead)
    lead, kpis, _, _ = overview.update_words("read=all")
    assert "1 of them was read by a machine" in text_of(lead)
    told = text_of(kpis)
    assert "curated alone:  2" in told
    assert "curated alone:  691,000" in told


def test_each_chart_says_what_it_counts(overview: ModuleType) -> None:
    def subs(query: str) -> list[str]:
        first = [overview.update_border(query, "light")[0], overview.update_map(query, "light", False)[0]]
        figures = [*first, *overview.update_charts(query, "light")]
        assert len(figures) == 6
        return [figure["layout"]["meta"]["card"]["sub"] for figure in figures]

    assert all(sub.endswith("· curated") for sub in subs(""))
    assert all(sub.endswith("curated and machine-read (1 unreviewed)") for sub in subs("read=all"))


def test_the_list_of_the_largest_marks_it(overview: ModuleType) -> None:
    assert "machine-read" in text_of(overview.update_border("read=all", "light")[1])
    assert "machine-read" not in text_of(overview.update_border("", "light")[1])


def test_the_switch_says_how_many_and_cannot_be_used_without_any(
    overview: ModuleType, snapshot: Snapshot, read: Snapshot
) -> None:
    for filters, value in ((Filters(), []), (Filters(read="all"), ["all"])):
        group = _switch(filterbar.build(filters, read))
        assert group.value == value
        assert group.children.label == "Also show 1 seizure read by machine, unreviewed"
        assert not group.children.disabled
    assert _switch(filterbar.build(Filters(), snapshot)).children.disabled
    assert "holds no machine-read seizure" in text_of(filterbar.build(Filters(), snapshot))
    assert filterbar.update("read=all&scope=iq")[4].startswith("Also show 0 seizures")


def _switch(bar: Any) -> Any:
    found = [p for p in bar._traverse() if getattr(p, "id", None) == {"type": "filter", "key": "read"}]
    assert len(found) == 1
    return found[0]


def test_the_table_of_records_has_a_badge_and_columns(app: Dash) -> None:
    with app.server.test_request_context("/records"):
        page = sys.modules["dashboard.pages.records"].layout(read="all")
    grid = next(part for part in page._traverse() if getattr(part, "id", None) == "records-grid")
    badges = {row["event_id"]: row["machine"] for row in grid.rowData}
    assert badges[UNREVIEWED] == "machine-read"
    assert badges[CURATED] == ""
    assert {"review_status", "n_machine_reports"} <= {column["colId"] for column in grid.columnDefs}
    assert "1 of them was read by a machine" in text_of(page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", False), ("?read=all", True), ("?read=curated", False), ("?all=1", True)],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "geojson", "parquet"])
def test_downloads_hold_it_only_when_asked(
    reader: FlaskClient, query: str, expected: bool, suffix: str
) -> None:
    answer = reader.get(f"/export/seizures.{suffix}{query}")
    n, total = answer.headers["X-Captagon-Rows"].split(" of ")
    if suffix == "csv":
        found = {row["event_id"]: row["review_status"] for row in rows(answer.data)}
        assert (found.get(UNREVIEWED) == "machine") is expected
    if suffix == "geojson":
        found = {f["properties"]["event_id"] for f in json.loads(answer.data)["features"]}
        assert (UNREVIEWED in found) is expected
    assert int(n) == {"": 3, "?read=all": 4, "?read=curated": 3, "?all=1": int(total)}[query]


def test_reports_of_a_curated_seizure_leave_out_what_a_machine_read(reader: FlaskClient) -> None:
    plain, whole = (rows(reader.get(f"/export/reports.csv?ids=1{q}").data) for q in ("", "&read=all"))
    assert [row["report_id"] for row in plain] == ["R1", "R2", "R3"]
    assert len(whole) == 4
    told = rows(reader.get("/export/evidence.csv?ids=1&read=all").data)
    assert {row["rule"] for row in told} == {"phrase", "place:قادم من"}


def test_readme_and_citation_say_which(reader: FlaskClient) -> None:
    plain, whole = (reader.get(f"/export/README.txt?{query}").text for query in ("", "read=all"))
    assert "nothing machine-read" in plain
    assert "reported seizures, curated, release" in plain
    assert "review_status = machine" in whole
    assert "curated and machine-read (unreviewed), release" in whole
    assert "curated" not in reader.get("/export/README.txt?all=1").text


def test_a_bad_value_is_refused_by_downloads(reader: FlaskClient) -> None:
    assert reader.get("/export/seizures.csv?read=machines").status_code == 400


def test_page_of_a_seizure_that_nobody_reviewed(read: Snapshot) -> None:
    page = view.page(UNREVIEWED, read, TODAY)
    told = text_of(page)
    for expected in (
        "Read by rules from one page, not yet reviewed by a person.",
        "70,000 tablets, captagon",
        "A number, a unit and a drug in one phrase.",
        "No words of the page",
        "No day is told: the day of publication.",
        "Publisher not stated",
        "the page cannot be looked up",
        "(machine-read, unreviewed)",
    ):
        assert expected in told, expected
    assert "What each outlet reported" not in told
    assert marks_of(page) == ["70,000 captagon pills"]
    assert HOSTILE.split("70,000")[0] in told
    assert any("read=all" in link["href"] and "evidence.csv" in link["href"] for link in links_of(page))


def test_page_of_a_curated_seizure_lists_it_as_evidence(read: Snapshot, snapshot: Snapshot) -> None:
    told, without = (text_of(view.page(CURATED, frame, TODAY)) for frame in (read, snapshot))
    assert "Reported by 3 outlets, 2 independent origins." in told
    assert "Besides, 1 report was read by machine" in told
    assert "they change no figure, place or date above" in told
    assert "its figure agrees with the one above" in told
    assert "the same day (+4.6)" in told
    assert "Read by rules from" not in told
    assert "machine" not in without
    assert told.startswith(without.split("Reported by 3 outlets")[0])


def test_right_to_left_words_keep_their_own_direction(read: Snapshot) -> None:
    page = view.page(CURATED, read, TODAY)
    quotes = [part for part in page._traverse() if isinstance(part, html.Q) and part.lang == "ar"]
    assert any(isinstance(part, html.Mark) for quote in quotes for part in quote.children)
    assert all(quote.dir == "auto" for quote in quotes)
    assert "\u2068قادم من\u2069" in rule_in_words("named_place", "place:قادم من")


def test_readings_in_the_order_of_what_matters(read: Snapshot) -> None:
    (one,) = readings(CURATED, read)
    assert [line.field for line in one.lines] == ["quantity", "named_place"]
    assert (one.language, one.published, one.agrees) == ("ar", "31 Jul 2025", True)
    assert readings("CAP-000002", read) == ()


@given(st.text(max_size=60), st.integers(-3, 70) | st.none(), st.integers(-3, 70) | st.none())
def test_a_quote_is_never_cut_or_lengthened(quote: str, start: int | None, end: int | None) -> None:
    found = parts(
        quote, float("nan") if start is None else float(start), float("nan") if end is None else end
    )
    assert "".join(found) == quote
    if start is not None and end is not None and 0 <= start < end <= len(quote):
        assert found[1] == quote[start:end]
    else:
        assert found[1] == ""


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("quantity", "captagon:300000:tablets", "300,000 tablets, Captagon"),
        ("quantity", "hashish:1.1-2:tonnes", "1.1–2 tonnes, hashish"),
        ("quantity", "not a figure", "not a figure"),
        ("date", "2025-09-09", "9 Sep 2025"),
        ("date", "2025-09", "2025-09"),
        ("date", "2025-09-09/2025-09-11", "9 Sep 2025 – 11 Sep 2025"),
        ("country", "SY", "Syria"),
        ("country", "XX", "XX"),
        ("admin1", "IQ-AN", "Anbar"),
        ("named_place", "Al-Qaim:origin", "Al-Qaim (came from)"),
        ("named_place", "Al-Qaim:unheard of", "Al-Qaim"),
        ("arrests", "3", "3"),
        ("value", "46930000-117300000", "46,930,000–117,300,000 US dollars"),
        ("agencies", "Jordanian Army", "Jordanian Army"),
    ],
)
def test_values_in_words(snapshot: Snapshot, field: str, value: str, expected: str) -> None:
    assert in_words(field, value, snapshot).casefold() == expected.casefold()


@pytest.mark.parametrize(
    ("field", "rule", "expected"),
    [
        ("date", "day:weekday", "A weekday, counted back from the day of publication."),
        ("quantity", "phrase", "A number, a unit and a drug in one phrase."),
        ("arrests", "people:people.arrested.more", "A number of people with a word for their arrest."),
        ("agencies", "body.known", "A body of the project's list."),
        ("transport", "transport.vehicle", "The vehicle that carried it."),
        ("date", "day:of a round-up", "The days that a round-up of news covers."),
        ("date", "day:never heard of", "Words for a day or a span (rule “\u2068never heard of\u2069”)."),
        ("stars", "seen", "Rule “\u2068seen\u2069”."),
    ],
)
def test_rules_in_words(field: str, rule: str, expected: str) -> None:
    assert rule_in_words(field, rule) == expected


@given(st.sampled_from([*machine.ORDER, "unknown"]), st.text(max_size=30))
def test_any_rule_has_words(field: str, rule: str) -> None:
    assert rule_in_words(field, rule) not in {"", rule}


def test_every_kind_of_rule_has_words_for_what_it_lacks() -> None:
    kinds = {
        key.split(".")[2] for key in words("en") if key.startswith("machine.rule.") and key.count(".") > 2
    }
    assert all(f"machine.rule.{kind}.other" in words("en") for kind in kinds)


def test_a_seizure_read_from_nowhere_is_still_no_error(read: Snapshot) -> None:
    event = read.seizures.iloc[-1]
    assert machine.unreviewed(event)
    assert not machine.unreviewed(pd.Series({"review_status": "curated"}))
