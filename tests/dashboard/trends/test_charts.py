"""The charts of the page of trends: what they draw, leave out and say; every state in both languages."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.components import charts as overview
from dashboard.figures.trend_method import groups
from dashboard.figures.trend_sizes import classes
from dashboard.figures.view import Look, View
from dashboard.filters import Filters
from dashboard.release import Snapshot, load
from dashboard.selection import apply
from dashboard.trends import charts
from dashboard.trends.periods import compared
from dashboard.trends.sentence import said
from tests.dashboard.trends.cases import EARLIER, LATER, QUERY, collected, spread

MakeSnapshot = Callable[..., Snapshot]
DATA = Path(__file__).resolve().parents[3] / "data"
QUERIES = (
    "", "scope=jo", "scope=gulf&from=2021-04-25", "scope=all&from=all", "cut=2025-06-14&scale=linear&grain=month",
    "scope=iq&from=2025-01-01&to=2025-12-31&vs=year", "scope=iq&q=no-such-word", "read=all&scope=all",
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    return load(DATA)


def draw(name: str, snapshot: Snapshot, query: str = QUERY, lang: str = "en") -> View:
    return charts.chart(name, Filters.from_query(query), snapshot, Look(lang=lang, label=snapshot.label_of))


def plain(text: str) -> str:
    return text.translate({0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None, 0xA0: " "})


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", charts.CHARTS)
def test_every_chart_of_every_state_is_one_that_plotly_knows(
    name: str, query: str, shipped: Snapshot
) -> None:
    for lang in ("en", "ar"):
        view = draw(name, shipped, query, lang)
        assert view.figure is not None
        assert view.summary
        assert view.drawn <= view.total
        assert len(view.table) or view.drawn == 0 or not view.drawing["data"]


def test_without_the_largest_and_the_three_largest(make_snapshot: MakeSnapshot) -> None:
    rows = spread(12, EARLIER) + spread(12, LATER, [12e6, 3e6, 2e6])
    view = draw("trend_tablets", make_snapshot(*rows))
    sums = {
        name: pd.to_numeric(view.table[name]).sum()
        for name in ("Best", "without the largest", "without the three largest")
    }
    whole = sum(row["tablets"] for row in rows)
    assert list(sums.values()) == [whole, whole - 12e6, whole - 17e6]
    assert f"hold {100 * 17e6 / whole:.0f} % of its tablets" in plain(" ".join(view.notes))
    texts = {plain(note.text) for note in view.figure.layout.annotations}
    assert {"IQ 12 M", "without the largest", "without the three largest"} <= texts


def test_low_leaves_possible_repeats_out_and_the_chart_says_so(make_snapshot: MakeSnapshot) -> None:
    rows = [
        {"date_start": "2025-02-01", "tablets": 7e6},
        {"date_start": "2025-02-03", "tablets": 7e6, "possible_duplicate_of": "CAP-000001"},
    ]
    view = draw("trend_tablets", make_snapshot(*rows))
    assert list(view.table["Low"]) == ["7000000"]
    assert list(view.table["Best"]) == ["14000000"]
    assert any("may be counted twice" in note for note in view.notes)


def test_a_period_without_a_report_is_a_gap_and_no_zero(make_snapshot: MakeSnapshot) -> None:
    rows = [{"date_start": f"2025-{month:02d}-05", "tablets": 1e5} for month in (1, 2, 5)]
    view = draw("trend_tablets", make_snapshot(*rows), QUERY + "&grain=month")
    values = [value for trace in view.drawing["data"] for value in trace["y"] if value is not None]
    assert min(values) > 0
    line = next(trace for trace in view.drawing["data"] if trace["mode"] == "lines+markers")
    assert line["connectgaps"] is False
    assert None in line["y"]


@pytest.mark.parametrize("scale", ["log", "linear"])
@pytest.mark.parametrize("name", ["trend_tablets", "tablets"])
def test_a_stated_zero_is_no_failure(make_snapshot: MakeSnapshot, name: str, scale: str) -> None:
    snapshot = make_snapshot({"tablets": 0}, {"tablets": 0, "date_start": "2025-08-01"})
    query = f"from=all&scale={scale}"
    view = (
        overview.chart(name, Filters.from_query(query), snapshot, "light")
        if name == "tablets"
        else draw(name, snapshot, query)
    )
    assert view.drawn == 2


def test_year_only_events_are_in_no_monthly_chart(make_snapshot: MakeSnapshot) -> None:
    year = {"date_start": "2025-01-01", "date_end": "2025-12-31", "date_precision": "year", "tablets": 9e6}
    snapshot = make_snapshot(*spread(12, LATER), year)
    query = "scope=iq&from=2025-01-01&to=2025-12-31&vs=none&grain=month"
    for name in ("trend_events", "trend_tablets", "trend_sizes", "trend_median"):
        view = draw(name, snapshot, query)
        assert (view.drawn, view.total) == (12, 13)
        assert "Shows 12 of 13 reported seizures" in view.notes[0]


def test_the_rolling_median_ignores_a_giant(make_snapshot: MakeSnapshot) -> None:
    sizes = [1e5] * 15
    sizes[7] = 1e8
    view = draw("trend_median", make_snapshot(*spread(15, LATER, sizes)))
    rolling = view.table["Rolling median"]
    assert list(rolling[:9]) == [""] * 9
    assert set(rolling[9:]) == {"100000"}


@pytest.mark.parametrize(
    ("tablets", "name"),
    [
        (9_999, "k10"),
        (10_000, "k100"),
        (99_999, "k100"),
        (100_000, "m1"),
        (1e6, "m10"),
        (9_999_999, "m10"),
        (1e7, "more"),
        (np.nan, "none"),
        (1, "k10"),
    ],
)
def test_classes_of_size(tablets: float, name: str) -> None:
    assert list(classes(pd.Series([tablets]))) == [name]


def test_seizures_by_size_add_up(make_snapshot: MakeSnapshot) -> None:
    rows = spread(10, LATER, [5e3, 5e4, 5e5, 5e6, 5e7, None])
    beside = spread(2, LATER, [1e5, 1e5], drug="pills_unspecified")
    table = draw("trend_sizes", make_snapshot(*rows, *beside)).table.drop(columns="Period")
    assert table.sum().to_list() == [1, 1, 5, 1, 1, 1, 2]


def test_balloons_and_drones_stand_apart(make_snapshot: MakeSnapshot) -> None:
    assert list(groups(pd.Series(["balloon", "drone", "aircraft", "truck", "", "unknown"]))) == [
        "balloon", "drone", "other_air", "land", "", "",
    ]  # fmt: skip
    rows = [
        {"date_start": "2025-02-01", "transport": "balloon"}, {"date_start": "2025-02-02", "transport": "truck"},
        {"date_start": "2025-02-03"}, {"date_start": "2025-02-04", "transport": "drone", "country": "JO"},
        {"date_start": "2025-02-05", "transport": "balloon", "drug": "pills_unspecified"},
    ]  # fmt: skip
    view = draw("trend_method", make_snapshot(*rows))
    lines = view.table.to_dict("records")
    assert [(line["Country"], line["Series"][:5], line["Reported seizures"], line["Transport known"]) for line in lines] == [
        ("IQ", "Capta", 3, 2), ("IQ", "Pills", 1, 1), ("JO", "Capta", 1, 1),
    ]  # fmt: skip
    assert [line["balloon"] for line in lines] == [1, 1, 0]
    assert "2/3" in {note.text for note in view.figure.layout.annotations}


def test_outages_are_marked_on_every_time_chart(make_snapshot: MakeSnapshot) -> None:
    rows = collected(date(2024, 1, 1), date(2026, 3, 6), (date(2025, 3, 1), date(2025, 4, 30)))
    snapshot = make_snapshot(*spread(12, EARLIER), *spread(12, LATER), coverage=rows)
    for name in ("trend_events", "trend_tablets", "trend_median", "trend_sizes"):
        view = draw(name, snapshot)
        assert any("gave nothing (a, 1 Mar 2025 to 30 Apr 2025)" in note for note in view.notes)
        bars = [shape for shape in view.figure.layout.shapes if shape.line.width == 5]
        assert [(str(bar.x0)[:10], str(bar.x1)[:10]) for bar in bars] == [("2025-03-01", "2025-05-01")]


def test_coverage_counts_outlets_and_languages(make_snapshot: MakeSnapshot) -> None:
    rows = [{"date_start": "2025-02-01"}, {"date_start": "2025-05-01"}]
    reports = [
        {"event_id": "CAP-000001", "outlet_id": outlet, "language": language}
        for outlet, language in (("x", "ar"), ("y", "ar"), ("x", "en"))
    ]
    view = draw("trend_coverage", make_snapshot(*rows, reports=reports), QUERY + "&grain=quarter")
    [line] = [row for row in view.table.to_dict("records") if row["Period"] == "Q1 2025"]
    assert (line["Outlets"], line["Languages"], line["Reports"]) == ("2", "2", "3")
    assert "not that more was seized" in view.notes[1]
    assert "no report collected" in set(view.table["Outlets"])


@pytest.mark.parametrize(
    ("rows", "withheld"),
    [(spread(12, EARLIER) + spread(30, LATER), False), (spread(5, EARLIER) + spread(30, LATER), True)],
)
def test_intervals_stand_only_where_ten_events_are(
    rows: list[dict[str, Any]], withheld: bool, make_snapshot: MakeSnapshot
) -> None:
    view = draw("trend_compare", make_snapshot(*rows))
    table = view.table.set_index("Measure")
    later = table.columns[1]
    cells = table[table.index.str.contains("95.%.interval")][later].to_list()
    assert len(cells) == (2 if withheld else 4)
    assert all((cell == "withheld") is withheld for cell in cells)
    notes = " ".join(view.notes)
    assert ("chance only, says nothing about coverage" in notes) is not withheld
    assert ("Intervals are withheld: fewer than ten" in notes) is withheld


def test_the_share_of_an_official_total_stands_on_the_chart(shipped: Snapshot) -> None:
    view = draw("trend_tablets", shipped, "scope=iq&from=2023-01-01&to=2023-12-31")
    notes = plain(" ".join(view.notes))
    assert "UNODC, 2023: 24 M tablets in all" in notes
    assert any("of official total" in str(note.text) for note in view.figure.layout.annotations)


@pytest.mark.parametrize("compare", ["vs=year", ""])
def test_is_2025_a_record_for_iraq(compare: str, shipped: Snapshot) -> None:
    """Binding question 1: 7.9 to 16.6 M, or 5.4 to 9.6 M without doubtful repeats."""
    filters = Filters.from_query(f"scope=iq&from=2025-01-01&to=2025-12-31&{compare}")
    text = plain(said(compared(filters, shipped), shipped).text)
    assert "from 7.9 M to 16.6 M, or from 5.4 M to 9.63 M without doubtful repeats" in text
    assert "cannot be told from these reports" in text
    arabic = plain(said(compared(filters, shipped), shipped, "ar").text)
    assert "من 7.9 ملايين إلى 16.6 مليون" in arabic or "من 7.9 مليون إلى 16.6 مليون" in arabic


@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_a_year_holds_undated_seizures_whose_bounds_lie_in_it(shipped: Snapshot, grain: str) -> None:
    """Iraq 2023: 13.8 M tablets with a date, and 3 M seized "in March 2023", which is a bound and no date."""
    filters = Filters.from_query(f"scope=iq&from=2023-01-01&to=2023-12-31&vs=none&grain={grain}")
    with_quantity = int(apply(filters, shipped).drawn["tablets_best"].notna().sum())
    view = overview.chart("tablets", filters, shipped, "light")
    assert (view.drawn == with_quantity) == (grain == "year")
    assert ("16.8" in str(view.table.to_numpy())) == (grain == "year")
