"""Time charts: nothing at a made-up day, no false zero, the axis ends with the data."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import when
from dashboard.figures.policy import policy_dates
from dashboard.figures.trend_events import events_figure
from dashboard.figures.trend_tablets import tablets_figure
from dashboard.figures.trends import Series, series
from dashboard.figures.view import Look
from tests.dashboard.figures.conftest import MakeEvents

END = date(2026, 3, 6)


def placed(make_events: MakeEvents, *rows: dict[str, Any], grain: str = "month", **more: Any) -> Series:
    main = [row for row in rows if row.get("drug") != "pills_unspecified"]
    beside = [row for row in rows if row.get("drug") == "pills_unspecified"]
    return series(make_events(*main), make_events(*beside), grain=grain, complete_to=END, **more)


@pytest.mark.parametrize(
    ("start", "end", "drawn_in"),
    [
        ("2025-06-01", "2025-06-01", {"month", "quarter", "year"}),
        ("2025-06-01", "2025-06-30", {"month", "quarter", "year"}),
        ("2025-01-01", "2025-12-31", {"year"}),
        ("2025-04-28", "2025-05-04", {"quarter", "year"}),
        ("2024-12-29", "2025-01-04", set()),
        (None, None, set()),
    ],
)
def test_an_event_is_drawn_only_where_its_whole_span_fits(
    start: str | None, end: str | None, drawn_in: set[str], make_events: MakeEvents
) -> None:
    row = {"date_start": start, "date_end": end}
    found = {g for g in when.GRAINS if placed(make_events, row, grain=g, start=date(2024, 1, 1)).drawn}
    assert found == drawn_in


@settings(deadline=None)  # pandas is slow to start, and no test here is about speed
@given(
    st.lists(st.dates(date(2020, 1, 1), END) | st.none(), max_size=12), st.sampled_from(sorted(when.GRAINS))
)
def test_drawn_undated_and_coarser_add_up(days: list[date | None], grain: str) -> None:
    frame = pd.DataFrame(
        {
            "event_id": [f"CAP-{n:06d}" for n in range(len(days))],
            "date_start": pd.to_datetime(pd.Series(days, dtype=object)),
            "date_end": pd.to_datetime(pd.Series(days, dtype=object)),
        }
    ).assign(
        date_not_before=pd.NaT,
        date_not_after=pd.NaT,
        date_precision="day",
        country="IQ",
        admin1="",
        place="",
        possible_duplicate_of="",
        review_status="curated",
        transport="",
    )
    frame = frame.assign(tablets_low=1.0, tablets_best=1.0, tablets_high=1.0)
    found = series(frame, frame.iloc[:0], grain=grain, start=None, complete_to=END)
    assert found.drawn + found.undated + found.coarser == found.total == len(days)


@pytest.mark.parametrize(
    ("grain", "first", "incomplete_from"),
    [
        ("month", "2026-03-01", "2026-03-07"),
        ("quarter", "2026-01-01", "2026-03-07"),
        ("year", "2026-01-01", "2026-03-07"),
    ],
)
def test_the_axis_ends_with_the_period_of_the_last_complete_day(
    grain: str, first: str, incomplete_from: str
) -> None:
    calendar = when.Calendar(grain, date(2024, 12, 8), END)
    assert calendar.starts[-1] == pd.Timestamp(first)
    assert calendar.incomplete_from == pd.Timestamp(incomplete_from)
    assert calendar.begins_late == pd.Timestamp("2024-12-08")


def test_a_complete_period_is_not_hatched() -> None:
    calendar = when.Calendar("month", date(2025, 1, 1), date(2025, 12, 31))
    assert calendar.incomplete_from is None
    assert calendar.begins_late is None


def test_periods_without_a_report_are_no_zero(make_events: MakeEvents, look: Look) -> None:
    found = placed(
        make_events, {"date_start": "2025-01-05"}, {"date_start": "2025-03-05"}, start=date(2025, 1, 1)
    )
    view = events_figure(found, look)
    bars = [trace for trace in view.figure.data if trace.type == "bar"]
    assert all(value != 0 for trace in bars for value in trace.y)
    assert list(view.table["IQ"])[:3] == ["1", "no report collected", "1"]


def test_pills_of_unstated_kind_stand_beside_and_never_inside(make_events: MakeEvents, look: Look) -> None:
    rows = ({"tablets": 5e6}, {"drug": "pills_unspecified", "tablets": 1e6})
    found = placed(make_events, *rows, start=date(2025, 6, 1))
    view = events_figure(found, look)
    assert (len(found.main), len(found.beside)) == (1, 1)
    assert view.summary.endswith("Beside them 1 of pills of unstated kind.")
    tablets = tablets_figure(found, look).table
    assert [text.split()[0] for text in tablets["Best"]] == ["5", "1"]
    assert list(tablets["Series"]) == ["Captagon and amphetamine tablets", "Pills, kind not stated"]


def test_the_note_says_what_is_not_drawn(make_events: MakeEvents, look: Look) -> None:
    rows = ({}, {"date_start": None}, {"date_start": "2025-01-01", "date_end": "2025-12-31"})
    notes = events_figure(placed(make_events, *rows, start=date(2025, 1, 1), undated_events=4), look).notes
    assert notes[0] == (
        "Shows 1 of 3 reported seizures; 5 undated not drawn; 1 known less precisely than the month not drawn"
    )
    assert any("incomplete" in note for note in notes)


def test_tablets_with_and_without_the_largest(make_events: MakeEvents, look: Look) -> None:
    rows = (
        {"tablets": 100e6, "tablets_low": 50e6, "place": "Latakia port"},
        {"tablets": 4e6},
        {"tablets": 2e6, "possible_duplicate_of": "CAP-000002"},
        {},
    )
    view = tablets_figure(placed(make_events, *rows, start=date(2025, 6, 1)), look)
    [row] = view.table.to_dict("records")
    assert [str(row[key]).split()[0] for key in ("Low", "Best", "High", "Without the largest")] == [
        "54",
        "106",
        "106",
        "6",
    ]
    assert "Latakia port" in view.summary
    assert any("1 states no quantity" in note for note in view.notes)
    assert (view.drawn, view.total) == (3, 4)


@pytest.mark.parametrize("scale", ["log", "linear"])
@pytest.mark.parametrize("by_country", [False, True])
@pytest.mark.parametrize("grain", sorted(when.GRAINS))
def test_every_kind_of_tablets_chart_is_drawn(
    scale: str, by_country: bool, grain: str, make_events: MakeEvents, look: Look
) -> None:
    rows = [
        {"country": code, "tablets": 10.0 ** (n + 3)} for n, code in enumerate(("IQ", "SY", "JO", "SA", "LB"))
    ]
    found = placed(make_events, *rows, grain=grain, start=None)
    view = tablets_figure(found, look, scale=scale, by_country=by_country)
    assert view.drawn == 5
    assert len(view.table) == (4 if by_country else 1)


def test_small_countries_are_drawn_together(make_events: MakeEvents) -> None:
    rows = [{"country": code} for code in ("IQ", "IQ", "SY", "JO", "SA", "LB")]
    assert placed(make_events, *rows, start=None).countries == ("IQ", "JO", "LB", "other")


def test_charts_without_a_dated_event_say_so(make_events: MakeEvents, look: Look) -> None:
    found = placed(make_events, {"date_start": None, "tablets": 5}, start=None)
    for view in (events_figure(found, look), tablets_figure(found, look)):
        assert "No reported seizure" in view.summary
        assert not view.figure.data


def test_only_pills_of_unstated_kind(make_events: MakeEvents, look: Look) -> None:
    found = placed(make_events, {"drug": "pills_unspecified", "tablets": 5000}, start=None)
    assert "Only pills of unstated kind" in tablets_figure(found, look).summary


@pytest.mark.parametrize(
    ("precision", "text"), [("day", "8 Dec 2024"), ("month", "Dec 2024"), ("year", "2024"), ("none", "")]
)
def test_dates_are_written_as_precisely_as_they_are_known(
    precision: str, text: str, make_events: MakeEvents
) -> None:
    [row] = make_events({"date_start": "2024-12-08", "date_precision": precision}).itertuples()
    assert when.text(row) == text


def test_policy_dates_are_sourced_sorted_and_in_both_languages() -> None:
    for lang in ("en", "ar"):
        found = policy_dates(lang)
        assert len(found) >= 5
        assert [entry.day for entry in found] == sorted(entry.day for entry in found)
        assert all(
            entry.source_url.startswith("https://") and entry.source and entry.label for entry in found
        )
    assert policy_dates("en") != policy_dates("ar")


def test_policy_dates_are_numbered_explained_and_claim_no_cause(make_events: MakeEvents, look: Look) -> None:
    rows = ({"date_start": "2023-03-20"}, {"date_start": "2025-01-20"})
    view = events_figure(placed(make_events, *rows, grain="year", start=None), look)
    [note] = [note for note in view.notes if note.startswith("1:")]
    assert "8 Dec 2024, Change of government in Syria (" in note
    assert "shows no cause" in note
    numbers = [a.text for a in view.figure.layout.annotations if a.text[0].isdigit()]
    assert ",".join(numbers) == "1,2,3,4"


def test_the_strip_has_a_mark_for_each_country_and_period(make_events: MakeEvents, look: Look) -> None:
    """Squares where there are reports and pale dashes elsewhere, each told as such, as in the table."""
    days = {"IQ": ["2025-01-05", "2025-03-05", "2025-03-06"], "SY": ["2025-02-05"]}
    rows = [
        {"country": country, "date_start": day, "date_end": day}
        for country, found in days.items()
        for day in found
    ]
    view = events_figure(placed(make_events, *rows, start=date(2025, 1, 1)), look)
    (strip,) = [trace for trace in view.figure.data if trace.yaxis == "y2"]
    names = view.figure.layout.yaxis2.ticktext
    marker = zip(strip.marker.symbol, strip.marker.color, strip.marker.line.color, strict=True)
    told = {
        (names[row], str(x)[:7]): (symbol, ink == outline != look.palette.rule_strong, text.split(": ")[1])
        for row, x, (symbol, ink, outline), text in zip(
            strip.y, strip.x, marker, strip.hovertext, strict=True
        )
    }
    assert all(text.startswith(names[row]) for row, text in zip(strip.y, strip.hovertext, strict=True))
    assert len(told) == 2 * len(view.table)
    assert {key: mark for key, mark in told.items() if mark[0] == "square"} == {
        ("IQ", "2025-01"): ("square", True, "1 reported seizure"),
        ("IQ", "2025-03"): ("square", True, "2 reported seizures"),
        ("SY", "2025-02"): ("square", True, "1 reported seizure"),
    }
    assert {mark for mark in told.values() if mark[0] != "square"} == {
        ("line-ew", False, "no report collected")
    }
    assert strip.marker.opacity == 1


@pytest.mark.parametrize("columns", [["date_start", "date_end"], ["date_start", "date_end", *when._BOUNDS]])
def test_periods_that_come_along_are_those_of_each_row(columns: list[str]) -> None:
    days = ["2025-01-05", "2025-01-31", "2025-12-31", None]
    rows = [[*pair, "2025-02-01", "2025-11-30"] for pair in product(days, days)]
    frame = pd.DataFrame(rows, columns=["date_start", "date_end", *when._BOUNDS]).apply(pd.to_datetime)[
        columns
    ]
    along = when.with_periods(frame)
    for grain in when.GRAINS:
        assert when.periods(along, grain).equals(when.periods(frame, grain).rename(when.PERIODS[grain]))
    assert (when.undated(along) == when.undated(frame)).all()
