"""The map that plays: an event has a step only where its whole date fits one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.figures.map_marks import diameter
from dashboard.figures.play import play_figure, steps
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.release import load
from dashboard.selection import apply
from tests.dashboard.conftest import COMPLETE_TO, MakeSnapshot

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.mark.parametrize(
    ("row", "month", "quarter"),
    [
        ({"date_start": "2025-01-15"}, "Jan 2025", "Q1 2025"),
        (
            {"date_start": "2025-03-01", "date_end": "2025-03-31", "date_precision": "month"},
            "Mar 2025",
            "Q1 2025",
        ),
        ({"date_start": "2025-02-27", "date_end": "2025-03-02", "date_precision": "week"}, None, "Q1 2025"),
        ({"date_start": "2025-01-01", "date_end": "2025-12-31", "date_precision": "year"}, None, None),
        ({"date_start": None, "date_precision": "none"}, None, None),
        ({"date_start": "2024-11-30"}, None, None),
    ],
)
def test_which_step_an_event_has(
    make_snapshot: MakeSnapshot, row: dict[str, Any], month: str | None, quarter: str | None
) -> None:
    snapshot = make_snapshot(row)
    for grain, told in (("month", month), ("quarter", quarter)):
        found = steps(snapshot.seizures, Look(), grain=grain, start=date(2025, 1, 1), end=COMPLETE_TO)
        at = found.at.get("CAP-000001")
        assert (None if at is None else found.names[at]) == told
        assert len(found.at) + found.undated + found.coarser == found.total == 1


def test_what_is_said_of_each_step(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        {"date_start": "2025-11-02"}, {"date_start": "2025-11-03"}, {"date_start": "2026-01-03"}
    )
    found = steps(
        snapshot.seizures,
        Look(),
        grain="month",
        start=date(2025, 11, 1),
        end=COMPLETE_TO,
        beside={"CAP-000003"},
    )
    assert found.own == (
        "Nov 2025: 2 events",
        "Dec 2025: no report collected",
        "Jan 2026: 1 event, 1 of them known to country only and not on the map",
        "Feb 2026: no report collected",
        "Mar 2026: no report collected",
    )
    assert found.until[1] == "Up to Dec 2025: 2 events"
    assert found.until[-1].startswith("Up to Mar 2026: 3 events, 1 of them")


def test_each_mark_names_its_own_event() -> None:
    snapshot = load(DATA)
    events = apply(Filters(scope="all"), snapshot).drawn
    view = play_figure(
        events,
        Look(),
        grain="month",
        start=date(2024, 12, 8),
        end=snapshot.data_complete_to,
        areas=snapshot.areas,
    )
    traces = {trace["uid"]: trace for trace in view.figure.to_plotly_json()["data"]}
    circles = traces["circles"]
    assert all("|" not in one for one in circles["customdata"]), "two seizures on one spot are two marks"
    assert len(circles["customdata"]) == len(circles["lon"]) == len(circles["marker"]["size"])
    words = traces["words"]
    counts = [int("".join(filter(str.isdigit, text))) for text in words["text"]]
    assert counts == [len(ids.split("|")) for ids in words["customdata"]]
    shown = {
        one for trace in traces.values() for ids in trace.get("customdata", ()) for one in ids.split("|")
    }
    beside = {one for entry in view.beside for one in entry.event_ids}
    assert shown | beside == set(events["event_id"])
    assert not shown & beside


def test_large_circles_among_many_let_those_under_them_be_seen() -> None:
    snapshot = load(DATA)
    events = apply(Filters(scope="all", since="all"), snapshot).drawn
    view = play_figure(
        events, Look(), grain="month", start=None, end=snapshot.data_complete_to, areas=snapshot.areas
    )
    (marker,) = (trace["marker"] for trace in view.drawing["data"] if trace["uid"] == "circles")
    strengths = [
        strength
        for size, strength in zip(marker["size"], marker["opacity"], strict=True)
        if size > diameter(3_000_000)
    ]
    assert len(strengths) > 10
    assert max(strengths) <= 0.5
    assert "cluster" not in {entry["mark"] for entry in view.drawing["layout"]["meta"]["key"]}
