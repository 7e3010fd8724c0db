"""The figures of the page of countries are valid, say what they count, and never draw silence as zero."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.components import charts
from dashboard.countries.bodies import authorities
from dashboard.countries.seized import authority_view
from dashboard.figures.multiples import MOST, multiples_figure
from dashboard.figures.multiples_mix import UNKNOWN, mix, mix_figure
from dashboard.figures.view import Look, View
from dashboard.filters import Filters
from dashboard.release import Snapshot, load
from dashboard.selection import Selection, apply
from tests.dashboard.conftest import COMPLETE_TO, MakeSnapshot

DATA = Path(__file__).resolve().parents[3] / "data"


def _multiples(selection: Selection, look: Look) -> View:
    span = selection.span
    return multiples_figure(
        selection.events, selection.unstated_kind, look, by="country", start=span.start, end=span.end
    )


def _sectors(selection: Selection, look: Look) -> View:
    span = selection.span
    return multiples_figure(
        selection.events, selection.unstated_kind, look, by="sector", start=span.start, end=span.end
    )


def _mix(column: str) -> Callable[[Selection, Look], View]:
    return lambda selection, look: mix_figure(
        selection.events, look, column=column, start=selection.span.start, end=selection.span.end
    )


def _authority(selection: Selection, look: Look) -> View:
    found = authorities(selection.events, selection.unstated_kind, selection.comparison)
    return authority_view(found, selection, look)


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    return load(DATA)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(
    "draw", [_multiples, _sectors, _mix("transport"), _mix("concealment_group"), _authority]
)
@pytest.mark.parametrize("query", ["", "scope=all&from=all", "q=nothinglikethis"])
def test_each_figure_is_valid_and_has_words(
    shipped: Snapshot, draw: Callable[[Selection, Look], View], query: str, lang: str
) -> None:
    selection = apply(Filters.from_query(query), shipped)
    view = draw(selection, charts.look(shipped, "dark", lang))
    assert view.figure.layout.height >= 100
    assert view.summary
    assert view.drawn <= view.total
    assert view.table.empty == (not view.drawn)


def test_panels_share_one_scale_and_show_no_bar_of_zero(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        *({"country": code} for code in ("IQ", "IQ", "IQ", "SY", "JO")),
        {"country": "SY", "date_start": None, "date_precision": "none"},
    )
    events = snapshot.seizures
    view = multiples_figure(
        events, events.iloc[:0], Look(), by="country", start=date(2025, 1, 1), end=COMPLETE_TO
    )
    layout = view.figure.layout
    assert {layout[axis].range for axis in ("yaxis", "yaxis2", "yaxis3")} == {layout.yaxis.range}
    assert all(n > 0 for trace in view.figure.data for n in trace.y)
    assert (view.drawn, view.total) == (5, 6)
    assert any("no report collected" in note for note in view.notes)
    assert view.table.iloc[0, 1:].tolist() == ["", "", ""], "a quarter without a report is blank, not 0"


def test_many_countries_are_not_all_panels(make_snapshot: MakeSnapshot) -> None:
    codes = ["AE", "BH", "DE", "EG", "FR", "GR", "IQ", "IT", "JO", "KW", "LB", "LY", "NL", "OM", "QA"]
    events = make_snapshot(*({"country": code} for code in codes)).seizures
    view = multiples_figure(events, events.iloc[:0], Look(), by="country", start=None, end=COMPLETE_TO)
    assert (view.drawn, view.total) == (MOST, len(codes))


def test_a_mix_counts_all_and_keeps_balloons_and_drones_apart(make_snapshot: MakeSnapshot) -> None:
    ways = [way for way in ("truck", "car", "bus", "boat", "parcel", "animal") for _ in range(3)]
    ways += ["balloon", "drone", "", "unknown"]
    events = make_snapshot(*({"transport": way} for way in ways)).seizures
    found = mix(events, "transport", None, COMPLETE_TO)
    assert {"balloon", "drone"} <= set(found.counts.columns)
    assert found.counts.columns[-1] == UNKNOWN
    assert (int(found.totals.sum()), int(found.known.sum())) == (len(ways), len(ways) - 2)
    shown = mix_figure(events, Look(), column="transport", start=None, end=COMPLETE_TO).figure
    heights = pd.Series([sum(trace.y) for trace in shown.data]).sum()
    assert heights == pytest.approx(100), "one bar of 100 %"
