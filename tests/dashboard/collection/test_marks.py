"""Where the collection changed: on every series, and in every comparison across it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.collection.marks import Mark, across, marks, told, warning
from dashboard.components import charts, kpis, sentence
from dashboard.components.still import Still
from dashboard.filters import Filters, Span
from dashboard.listing import listed
from dashboard.release import Snapshot
from dashboard.selection import apply

MakeSnapshot = Callable[..., Snapshot]
CHANGES = [
    {"day": "2026-01-12", "source": "a", "change": "added"},
    {"day": "2026-01-12", "source": "b", "change": "added"},
    {"day": "2026-02-12", "source": "c", "change": "added"},
    {"day": "2026-02-12", "source": "d", "change": "added"},
    {"day": "2026-02-12", "source": "a", "change": "removed"},
    {"day": "2026-02-20", "source": "b", "change": "changed"},
]
TWO = (Mark(date(2026, 1, 12), live=True), Mark(date(2026, 2, 12), added=2, removed=1))
MACHINE = {"review_status": "machine", "counted": False, "not_counted_reason": "machine_read"}
TIMES = ("events", "tablets", "border")
AL_QAIM = {
    "place_precision": "exact", "border_side": "IQ", "border_km": 364.6, "border_km_low": 361.1,
    "border_km_high": 368.1, "border_distance_low_km": 0, "border_distance_high_km": 4.2, "tablets": 5000,
}  # fmt: skip


def words(parts: Any) -> str:
    return json.dumps(Still(parts).to_plotly_json()["props"]["content"], ensure_ascii=False)


def test_the_first_day_is_the_start_and_each_later_day_is_one_mark(make_snapshot: MakeSnapshot) -> None:
    found = marks(make_snapshot({}, source_changes=CHANGES))
    assert found == (*TWO, Mark(date(2026, 2, 20), changed=1))
    assert [one.what() for one in found] == [
        "live collection starts",
        "list of sources changed: 2 added, 1 removed",
        "list of sources changed: 1 altered",
    ]


@pytest.mark.parametrize(
    ("tables", "days"),
    [
        ({}, []),
        ({"source_changes": []}, []),
        ({"source_changes": [{"day": "", "source": "a", "change": "added"}]}, []),
        ({"source_changes": [{"source": "a"}]}, []),
        ({"source_changes": [{"day": "2026-01-12"}]}, [date(2026, 1, 12)]),
        ({"coverage": [{"day": "2026-01-10", "source": "a"}], "source_changes": CHANGES[:2]},
         [date(2026, 1, 10), date(2026, 1, 12)]),
        ({"source_changes": [CHANGES[0], CHANGES[2] | {"change": "<script>"}]}, [date(2026, 1, 12)]),
    ],
)  # fmt: skip
def test_tables_that_are_missing_or_odd(
    make_snapshot: MakeSnapshot, tables: dict[str, Any], days: list[date]
) -> None:
    assert [one.day for one in marks(make_snapshot({}, **tables))] == days


@pytest.mark.parametrize(
    ("span", "other", "crossed"),
    [
        (Span(date(2025, 6, 1), date(2026, 3, 6)), Span(date(2024, 6, 1), date(2025, 5, 31)), 2),
        (Span(date(2026, 2, 1), date(2026, 3, 6)), Span(date(2026, 1, 13), date(2026, 1, 31)), 1),
        (Span(date(2026, 2, 13), date(2026, 3, 6)), Span(date(2026, 2, 12), date(2026, 2, 12)), 0),
        (Span(date(2025, 6, 1), date(2025, 12, 31)), Span(date(2024, 6, 1), date(2025, 5, 31)), 0),
        (Span(date(2026, 2, 1), date(2026, 2, 11)), Span(date(2025, 2, 1), date(2025, 2, 11)), 1),
        (Span(None, date(2026, 3, 6)), Span(date(2026, 2, 28), date(2026, 3, 6)), 2),
        (Span(date(2025, 6, 1), date(2026, 3, 6)), None, 0),
    ],
)
def test_which_comparisons_cross_a_mark(span: Span, other: Span | None, crossed: int) -> None:
    assert len(across(TWO, span, other)) == crossed


def test_many_changes_are_told_shortly() -> None:
    many = tuple(Mark(date(2026, month, 1), added=1) for month in range(1, 9))
    assert told(many).count("list of sources changed") == 3
    assert told(many).endswith("and 5 more changes of the sources")
    assert warning(()) == ""


@pytest.mark.parametrize(("tables", "warned"), [({"source_changes": CHANGES}, True), ({}, False)])
def test_a_comparison_across_a_mark_says_so(
    make_snapshot: MakeSnapshot, tables: dict[str, Any], warned: bool
) -> None:
    days = [f"2025-{month:02d}-02" for month in range(1, 12)] + [f"2024-{n:02d}-05" for n in range(1, 12)]
    snapshot = make_snapshot(*({"date_start": day, "tablets": 1000} for day in days), **tables)
    selection = apply(Filters(), snapshot)
    assert (
        "Meanwhile the collection changed (12 Jan 2026," in sentence.lead(selection, snapshot).text
    ) is warned
    strip = words(kpis.strip(selection, snapshot))
    assert (strip.count("collected differently") == 3) is warned
    assert ("collected differently" in strip) is warned
    for name in ("how", "site"):
        notes = " ".join(charts.chart(name, Filters(), snapshot, "light").notes)
        assert ("collected differently" in notes) is warned


def test_no_comparison_no_warning(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot({"date_start": "2025-06-01"}, source_changes=CHANGES)
    alone = apply(Filters.from_query("vs=none"), snapshot)
    assert "Meanwhile" not in sentence.lead(alone, snapshot).text


@pytest.mark.parametrize("name", TIMES)
def test_every_series_is_marked_and_says_so(make_snapshot: MakeSnapshot, name: str) -> None:
    snapshot = make_snapshot(AL_QAIM, source_changes=CHANGES)
    view = charts.chart(name, Filters(), snapshot, "light")
    layout = view.figure.layout
    signs = [note for note in layout.annotations if note.text == "◆"]
    axes = {"x", "x2"} if name == "border" else {"x"}
    assert {note.xref for note in signs} == axes
    hover = " ".join(note.hovertext for note in signs)
    assert "12 Jan 2026</b><br>live collection starts" in hover
    assert "2 added, 1 removed" in hover
    lines = [shape for shape in layout.shapes if shape.line.dash == "7px,3px"]
    assert len(lines) == 3 * len(axes)
    [key] = [note for note in view.notes if note.startswith("◆")]
    assert "live collection starts" in key
    assert "not like for like" in key
    assert "The way of collecting changes 3 times in this time (12 Jan 2026, live" in view.summary


@pytest.mark.parametrize("name", TIMES)
def test_nothing_is_marked_outside_the_axis_or_in_an_old_release(
    make_snapshot: MakeSnapshot, name: str
) -> None:
    after = [{"day": "2026-11-22", "source": "a", "change": "added"}]
    for tables in ({}, {"source_changes": after}):
        view = charts.chart(name, Filters(), make_snapshot(AL_QAIM, **tables), "light")
        assert not [note for note in view.figure.layout.annotations if note.text == "◆"]
        assert "collecting" not in view.summary


def late(*days: str, **more: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Seizures that a machine read, and their reports."""
    rows = [MACHINE | {"date_start": day} | more for day in days]
    reports = [
        {"event_id": f"CAP-{n:06d}", "date_start": day, "published": day, "review_status": "machine"}
        for n, day in enumerate(days, start=2)
    ]
    return rows, reports


@pytest.mark.parametrize("read", ["", "read=all"])
def test_months_after_the_data_are_hatched_and_in_no_figure(make_snapshot: MakeSnapshot, read: str) -> None:
    rows, reports = late("2026-03-20", "2026-05-04", "2026-05-09", **{"tablets": 9e6})
    snapshot = make_snapshot(AL_QAIM, *rows, reports=reports)
    filters = Filters.from_query(read)
    selection = apply(filters, snapshot)
    assert [len(selection.events), len(selection.later)] == [1, 3]
    assert len(listed(selection, "later")) == 3
    assert "1 reported seizure" in sentence.lead(selection, snapshot).text
    assert "3 after 6 Mar 2026, incomplete" in words(kpis.strip(selection, snapshot))
    for name in TIMES:
        view = charts.chart(name, filters, snapshot, "light")
        drawn = view.figure
        hatching = [trace for trace in drawn.data if trace.type == "bar" and trace.yaxis == "y9"]
        assert hatching
        assert (
            "Hatched after 6 Mar 2026: incomplete, 3 reports awaiting review; "
            "in no figure, comparison or sentence"
        ) in view.notes
        label = " ".join(note.text.replace("<br>", " ") for note in drawn.layout.annotations)
        assert "incomplete, 3 reports awaiting review" in label
        assert "3 reports await review" in view.summary
        assert (view.drawn, view.total) == (1, 1)
    events = charts.chart("events", filters, snapshot, "light")
    hovers = [trace.hovertemplate for trace in events.figure.data if trace.yaxis == "y9"]
    assert [text for text in hovers if "May 2026" in text] == [
        "<b>May 2026</b><br>incomplete, 2 reports awaiting review<extra></extra>"
    ]
    last = events.table.iloc[-1]
    assert list(last) == ["May 2026", *["incomplete, 2 reports awaiting review"] * 2]
    assert "to Mar 2026" in events.summary


def test_a_late_axis_draws_no_missing_reports(make_snapshot: MakeSnapshot) -> None:
    rows, reports = late("2026-05-04")
    snapshot = make_snapshot({}, *rows, reports=reports)
    drawn = charts.chart("events", Filters(), snapshot, "light").figure
    after = [x for trace in drawn.data if trace.yaxis == "y2" for x in trace.x if str(x) > "2026-04"]
    assert after == []


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("", 1),
        ("scope=jo", 0),
        ("to=2026-03-06", 1),
        ("to=2026-01-31", 0),
        ("drug=hashish", 0),
        ("from=2023-01-01", 1),
    ],
)
def test_only_reports_that_fit_the_filters_await(make_snapshot: MakeSnapshot, query: str, n: int) -> None:
    rows, reports = late("2026-05-04")
    snapshot = make_snapshot({}, *rows, reports=reports)
    assert len(apply(Filters.from_query(query), snapshot).awaiting) == n


def test_an_undated_report_awaits_from_its_publication(make_snapshot: MakeSnapshot) -> None:
    reports = [
        {"event_id": "CAP-000002", "date_start": "", "published": "2026-04-02", "review_status": "machine"},
        {"event_id": "CAP-000001", "date_start": "", "published": "2026-04-02", "review_status": "machine"},
        {"event_id": "CAP-000001", "date_start": "2026-04-05", "published": "", "review_status": "reviewed"},
    ]
    snapshot = make_snapshot({}, MACHINE | {"date_start": "", "date_precision": "none"}, reports=reports)
    assert apply(Filters(), snapshot).awaiting == (date(2026, 4, 2),), (
        "told of a dated event: not of this time"
    )


def test_one_misread_date_does_not_flatten_the_charts(make_snapshot: MakeSnapshot) -> None:
    rows, reports = late("2199-01-01")
    snapshot = make_snapshot({}, *rows, reports=reports)
    view = charts.chart("events", Filters.from_query("grain=month"), snapshot, "light")
    assert len(view.table) < 45
    assert "1 report awaiting review" in view.table.iloc[-1, 1]
