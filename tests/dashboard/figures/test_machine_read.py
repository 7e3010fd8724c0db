"""What a machine read is told from the rest by form and words, never by colour alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.figures.border import border_figure
from dashboard.figures.largest import largest
from dashboard.figures.map import map_figure
from dashboard.figures.official import official_totals
from dashboard.figures.trend_events import events_figure
from dashboard.figures.trends import series
from dashboard.figures.view import Look
from tests.dashboard.figures.conftest import AL_QAIM, MakeEvents
from tests.dashboard.figures.test_map import GOVERNORATE, trace

TO = date(2026, 3, 6)

MACHINE = {"review_status": "machine"}


def test_a_target_on_the_map_with_its_word_and_key(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(AL_QAIM | MACHINE | {"tablets": 1e6}), look)
    target = trace(view.figure, "machine-read")
    assert len(target.lon) == 3, "a circle, a ring of paper, a dot"
    assert list(target.marker.color)[1] == look.palette.paper
    assert sorted(target.marker.size, reverse=True) == list(target.marker.size)
    assert not trace(view.figure, "circles").lon
    assert list(trace(view.figure, "words").text) == ["machine-read"]
    assert "machine" in {entry["mark"] for entry in view.drawing["layout"]["meta"]["key"]}
    assert all("machine-read, unreviewed" in text for text in target.hovertext)
    assert view.table["Drawn as"].tolist() == ["exact place; machine-read, unreviewed"]


def test_nothing_of_it_on_a_map_without_any(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(AL_QAIM | {"tablets": 1e6}), look)
    assert not trace(view.figure, "machine-read").lon
    assert "machine" not in str(view.drawing["layout"]["meta"]["key"])


def test_without_a_quantity_the_target_is_empty(make_events: MakeEvents, look: Look) -> None:
    target = trace(map_figure(make_events(AL_QAIM | MACHINE), look).figure, "machine-read")
    assert list(target.marker.color)[-1] == look.palette.paper
    assert len(target.lon) == 2


def test_areas_say_how_many_of_their_count_it_is(make_events: MakeEvents, look: Look) -> None:
    events = make_events(GOVERNORATE, GOVERNORATE, GOVERNORATE | MACHINE)
    assert list(trace(map_figure(events, look).figure, "words").text) == ["▨ 3, 1 machine-read"]


def test_a_gathered_count_never_holds_both(make_events: MakeEvents, look: Look) -> None:
    view = map_figure(make_events(*[AL_QAIM] * 130, *[AL_QAIM | MACHINE] * 2), look)
    assert trace(view.figure, "circles").cluster.enabled
    assert not trace(view.figure, "machine-read").cluster.enabled
    assert len(trace(view.figure, "circles").lon) == 130


def test_a_target_along_the_border(make_events: MakeEvents, look: Look) -> None:
    with_machine = border_figure(make_events(AL_QAIM | MACHINE, AL_QAIM), look, start=None, end=TO)
    without = border_figure(make_events(AL_QAIM, AL_QAIM), look, start=None, end=TO)
    assert len(with_machine.figure.data) == len(without.figure.data) + 1
    assert any("read by machine" in note for note in with_machine.notes)
    assert not any("machine" in note for note in without.notes)


@pytest.mark.parametrize("machine", [True, False])
def test_dotted_on_top_of_the_bars(make_events: MakeEvents, look: Look, machine: bool) -> None:
    rows: list[dict[str, Any]] = [{}, MACHINE if machine else {}]
    view = events_figure(
        series(make_events(*rows), make_events(), grain="month", start=None, complete_to=TO), look
    )
    dotted = [bar for bar in view.figure.data if bar.type == "bar" and bar.marker.pattern.shape == "."]
    assert [list(bar.y) for bar in dotted] == ([[1]] if machine else [])
    assert any("read by machine" in note for note in view.notes) is machine
    assert view.drawn == 2


def test_the_list_of_the_largest_says_so(make_events: MakeEvents, look: Look) -> None:
    found = largest(make_events({"tablets": 5} | MACHINE, {"tablets": 3}), look)
    assert [line.machine_read for line in found.lines] == [True, False]
    assert "machine-read" in found.table.iloc[0]["Notes"]


def test_a_total_that_a_machine_read_is_marked(look: Look) -> None:
    blank = "issuer issuer_country scope_as_reported said_on superseded_by period_start source_urls qualifier"
    row = dict.fromkeys(blank.split(), "") | {
        "aggregate_id": "A", "kind": "period_total", "country": "JO", "scope_kind": "", "drug": "captagon",
        "period_end": "2025", "unit": "tablets",
    }  # fmt: skip
    frame = pd.DataFrame([row | {"low": 9.0, "best": 9.0, "high": 9.0, "review_status": "machine"}])
    assert official_totals(frame, look).lines[0].machine_read
    assert not official_totals(frame.drop(columns="review_status"), look).lines[0].machine_read
