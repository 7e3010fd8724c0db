"""Origin and destination: nothing is dropped, nothing is spread, the not stated is always there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.flow import flow_figure
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.release import load
from dashboard.routes.ends import (
    MOST,
    NOT_STATED,
    OTHER_WORDS,
    REST,
    SEVERAL,
    Journey,
    bands,
    gathered,
    journeys,
    matrix,
)
from dashboard.selection import apply

DATA = Path(__file__).resolve().parents[3] / "data"
ENDS = st.sampled_from(["SY", "IQ", "SA", "JO", "LB", "TR", "AE", "KW", "EG", "LY", "", SEVERAL, OTHER_WORDS])


def _frame(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    names = [
        "origin_country",
        "origin_as_reported",
        "destination_country",
        "destination_as_reported",
        "route_basis",
    ]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(event_id=[f"CAP-{i:06d}" for i in range(len(rows))], country="IQ")


@pytest.mark.parametrize(
    ("codes", "words", "end"),
    [
        ("SY", "Homs", "SY"),
        ("", "", NOT_STATED),
        ("GR|SA", "GR|SA", SEVERAL),
        ("", "tourist regions", OTHER_WORDS),
    ],
)
def test_what_an_end_is(codes: str, words: str, end: str) -> None:
    assert journeys(_frame((codes, words, "", "", "")))[0].origin == end


def test_a_region_named_often_keeps_its_name_and_is_spread_over_no_country() -> None:
    found = matrix(journeys(_frame(*[("SY", "SY", "", "Gulf states|abroad", "stated")] * 5)))
    assert found.destinations == ("region:Gulf states", NOT_STATED)
    assert found.cells["SY", "region:Gulf states"].events == 5


def test_stated_and_implied_stay_apart() -> None:
    found = journeys(_frame(("SY", "SY", "IQ", "IQ", "stated"), ("SY", "SY", "IQ", "IQ", "implied")))
    count = matrix(found).cells["SY", "IQ"]
    assert (count.stated, count.implied, count.events) == (1, 1, 2)
    assert {(band.leg, band.implied, band.events) for band in bands(found)} == {
        (0, False, 1), (0, True, 1), (1, False, 1), (1, True, 1),
    }  # fmt: skip


@given(st.lists(st.tuples(ENDS, ENDS, ENDS, st.booleans()), max_size=60))
def test_every_event_is_in_one_cell_and_two_bands(ways: list[tuple[str, str, str, bool]]) -> None:
    found = tuple(Journey(f"CAP-{i:06d}", *way) for i, way in enumerate(ways))
    for some in (found, gathered(found)):
        table = matrix(some)
        assert sum(count.events for count in table.cells.values()) == table.total == len(ways)
        assert sum(map(table.row_total, table.origins)) == len(ways)
        assert sum(map(table.column_total, table.destinations)) == len(ways)
        assert NOT_STATED == table.origins[-1] == table.destinations[-1]
        for leg in (0, 1):
            assert sum(band.events for band in bands(some) if band.leg == leg) == len(ways)
    few = gathered(found)
    assert sum(one.origin == NOT_STATED for one in few) == sum(one.origin == NOT_STATED for one in found)
    assert len({one.origin for one in few} - {NOT_STATED, REST, SEVERAL, OTHER_WORDS}) <= MOST


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_flow_chart_has_a_number_behind_each_band(lang: str) -> None:
    snapshot = load(DATA)
    events = apply(Filters(scope="all", since="all"), snapshot).events
    ways = journeys(events)
    view = flow_figure(ways, Look(lang=lang))
    link = view.figure.data[0].link
    assert len(link.value) == len(link.customdata) == len(link.source)
    assert all(str(n) in said or n <= 2 for n, said in zip(link.value, link.customdata, strict=True))
    told = [one for one in ways if one.origin or one.destination]
    assert (view.drawn, view.total) == (len(told), len(events))
    assert len(view.table) == len(link.value)


def test_without_any_end_there_are_words_and_no_chart() -> None:
    view = flow_figure((Journey("CAP-000001", "", "IQ", "", False),), Look())
    assert (view.drawn, view.total) == (0, 1)
    assert not view.drawing["data"]
