"""More events at the line than marks can show: shades that add up to the events."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.figures import border_many
from dashboard.figures.border import border_figure
from dashboard.figures.view import Look
from tests.dashboard.figures.conftest import AL_QAIM, STRIP, MakeEvents

SPAN = {"start": date(2023, 1, 1), "end": date(2025, 12, 31)}


def many(kind: dict[str, Any], count: int = border_many.MOST) -> list[dict[str, Any]]:
    days = pd.date_range("2023-01-01", "2025-12-31", periods=count)
    return [
        kind | {"event_id": f"CAP-{n:06d}", "date_start": f"{day:%Y-%m-%d}", "border_relation": "near"}
        for n, day in enumerate(days)
    ]


@pytest.mark.parametrize("kind", [AL_QAIM, STRIP], ids=["place", "stretch"])
@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_every_event_adds_one_over_the_stretch_it_may_lie_on(
    make_events: MakeEvents, kind: dict[str, Any], grain: str
) -> None:
    found = border_many.grid(make_events(*many(kind, 50)), grain)
    assert found.events.sum() == pytest.approx(50)
    lit = np.flatnonzero(found.events.sum(axis=1))
    assert found.edges[lit[0]] <= kind["border_km_low"] < found.edges[lit[0] + 1]
    assert found.edges[lit[-1]] < kind["border_km_high"] <= found.edges[lit[-1] + 1] + 0.5


def test_what_is_dated_coarser_than_a_period_is_counted_not_drawn(make_events: MakeEvents) -> None:
    year = AL_QAIM | {"date_start": "2024-01-01", "date_end": "2024-12-31", "date_precision": "year"}
    rows = make_events(*many(AL_QAIM, 10), year)
    assert border_many.grid(rows, "month").coarser == 1
    assert border_many.grid(rows, "year").coarser == 0


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_chart_shades_where_marks_would_hide_each_other(make_events: MakeEvents, lang: str) -> None:
    look = Look(lang=lang)
    few = border_figure(make_events(*many(AL_QAIM)), look, **SPAN)
    more = border_figure(make_events(*many(AL_QAIM, border_many.MOST + 1)), look, **SPAN)
    assert "heatmap" not in {trace.type for trace in few.figure.data}
    shaded = [trace for trace in more.figure.data if trace.type == "heatmap"]
    assert len(shaded) == 1
    drawn = np.array([[cell or 0.0 for cell in row] for row in shaded[0].z])
    assert drawn.sum() == pytest.approx(border_many.MOST + 1, rel=0.01)
    assert (few.drawn, more.drawn) == (border_many.MOST, border_many.MOST + 1)
    assert len(more.table) == border_many.MOST + 1
