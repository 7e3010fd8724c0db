"""Bars and lists: n known of n, doubt beside each number, official totals never added."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.components.lists import largest_table
from dashboard.figures import amounts, template
from dashboard.figures.agencies import Line, agencies_figure
from dashboard.figures.how_where import bars_figure
from dashboard.figures.largest import largest
from dashboard.figures.official import official_totals
from dashboard.figures.view import Look
from dashboard.filters import UNSTATED, Filters
from dashboard.labels import labeller
from dashboard.selection import spoken
from dashboard.tally import total
from dashboard.theme import DARK, LIGHT
from tests.dashboard.conftest import MakeSnapshot
from tests.dashboard.figures.conftest import MakeEvents


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({}, "no quantity stated"),
        ({"tablets": 245_000}, "245,000"),
        ({"tablets": 3e6, "tablets_high": None, "tablets_qualifier": "over"}, "> 3 M"),
        ({"tablets": 3e6, "tablets_qualifier": "under"}, "< 3 M"),
        ({"tablets": 2e6, "tablets_qualifier": "about"}, "about 2 M"),
        ({"tablets": 100e6, "tablets_low": 50e6}, "50–100 M"),
        ({"tablets": 1.2e6, "tablets_low": 700_000}, "700,000–1.2 M"),
        ({"tablets": 1.2e6, "tablets_low": 1.1e6}, "1.2 M"),
    ],
)
def test_amounts_say_how_sure_they_are(
    cells: dict[str, Any], text: str, make_events: MakeEvents, look: Look
) -> None:
    [row] = make_events(cells).itertuples()
    assert amounts.tablets(row, look).replace("\u00a0", " ") == text


def test_totals_leave_possible_repeats_out_of_low(make_events: MakeEvents) -> None:
    events = make_events({"tablets": 7e6}, {"tablets": 7e6, "possible_duplicate_of": "CAP-000001"}, {})
    assert total(events) == (7e6, 14e6, 14e6)
    assert total(events.iloc[:0]) == (0, 0, 0)


def test_bars_tell_the_known_from_the_unknown(make_events: MakeEvents, look: Look) -> None:
    events = make_events(*[{"transport": code} for code in ("balloon", "balloon", "truck", "", "unknown")])
    unstated = make_events({"transport": "balloon"})
    view = bars_figure(events, unstated, look, column="transport", before=make_events({"transport": "truck"}))
    assert view.notes[0] == "known for 3 of 5"
    assert view.table.to_numpy().tolist() == [
        ["balloon", 2, 1, 0],
        ["truck", 1, 0, 1],
        ["not known", 2, 0, 0],
    ]
    assert view.summary == "balloon 2, truck 1; known for 3 of 5."
    assert len(view.notes) == 3


@pytest.mark.parametrize(("lang", "side"), [("en", "left"), ("ar", "right")])
def test_lying_bars_grow_as_their_reader_reads(make_events: MakeEvents, lang: str, side: str) -> None:
    look = Look(lang=lang)
    events = make_events({"transport": "truck"}, {"transport": "truck"}, {"transport": "unknown"})
    drawings = [
        bars_figure(events, make_events(), look, column="transport").drawing,
        agencies_figure([Line("Army", 2), Line("unknown", 1, unknown=True)], look, total=3, known=2).drawing,
    ]
    for drawing in drawings:
        low, high = drawing["layout"]["xaxis"]["range"]
        assert (low == 0) == (side == "left")
        assert (high == 0) == (side == "right")
    assert drawings[0]["layout"]["yaxis"]["side"] == side
    assert {note["xanchor"] for note in drawings[1]["layout"]["annotations"]} == {side}


def test_many_categories_are_drawn_together(make_events: MakeEvents, look: Look) -> None:
    events = make_events(*[{"site_type": f"kind{n}"} for n in range(12)])
    view = bars_figure(events, make_events(), look, column="site_type")
    assert view.table["Reported seizures"].sum() == 12
    assert list(view.table["Category"])[-2:] == ["other", "not known"]


def test_bars_without_events(make_events: MakeEvents, look: Look) -> None:
    view = bars_figure(make_events(), make_events(), look, column="transport")
    assert not view.figure.data
    assert "No reported seizure" in view.summary


def test_largest_are_single_seizures_with_their_doubts(make_events: MakeEvents, look: Look) -> None:
    events = make_events(
        {
            "tablets": 100e6,
            "tablets_low": 50e6,
            "figures_differ": True,
            "place": "Latakia port",
            "n_origins": 5,
        },
        {"tablets": 44.7e6, "is_bundle": True},
        {"tablets": 7e6, "possible_duplicate_of": "CAP-000004", "admin1": "Baghdad"},
        {"tablets": 7e6, "drug": "pills_unspecified", "date_start": None},
        {},
    )
    found = largest(events, look)
    assert [line.event_id for line in found.lines] == ["CAP-000001", "CAP-000003", "CAP-000004"]
    assert found.lines[0].marks == ("figures differ",)
    assert found.lines[1].marks == ("may be the same as CAP-000004", "one origin only")
    assert [line.place for line in found.lines] == ["Latakia port", "Baghdad", "IQ"]
    assert found.lines[2].unstated_kind
    assert found.lines[2].marks == ("kind of pills not stated", "one origin only")
    assert "Of 1 of them the kind of the pills is not stated" in found.summary
    assert "not stated" not in largest(events, look, n=1).summary
    assert found.lines[2].date == "undated"
    assert found.total == 3
    assert len(largest(events, look, n=1).table) == 1


def _total(**cells: Any) -> dict[str, Any]:
    usual = {
        "aggregate_id": "AGG-1",
        "kind": "period_total",
        "issuer": "UNODC",
        "issuer_country": "",
        "scope_kind": "national",
        "scope_as_reported": "Iraq, 2023",
        "country": "IQ",
        "drug": "captagon",
        "period_start": pd.Timestamp("2023-01-01"),
        "period_end": pd.Timestamp("2023-12-31"),
        "low": 24e6,
        "best": 24e6,
        "high": 24e6,
        "unit": "tablets",
        "qualifier": "exact",
        "said_on": pd.Timestamp("2024-07-22"),
        "superseded_by": "",
        "source_urls": "https://example.org/a|not a link",
    }
    return usual | cells


def test_official_totals_of_a_scope_newest_first(look: Look) -> None:
    rows = [
        _total(),
        _total(
            aggregate_id="AGG-2",
            country="",
            scope_kind="regional",
            period_end="2025-12",
            qualifier="over",
            best=177e6,
        ),
        _total(aggregate_id="AGG-3", country="SA"),
        _total(aggregate_id="AGG-4", kind="bundle"),
        _total(aggregate_id="AGG-5", drug="hashish"),
        _total(aggregate_id="AGG-6", unit="kg", best=1.47, period_end="2022", qualifier="about"),
        _total(
            aggregate_id="AGG-7",
            period_start="",
            period_end="",
            low=5e6,
            best=6e6,
            high=9e6,
            said_on="",
            issuer="",
        ),
    ]
    found = official_totals(pd.DataFrame(rows), look, countries=("IQ", "SY"))
    assert [line.aggregate_id for line in found.lines] == ["AGG-2", "AGG-1", "AGG-6", "AGG-7"]
    texts = [line.amount.replace("\u00a0", " ") for line in found.lines]
    assert texts == ["at least 177 M", "24 M", "about 1.47 kg", "5–9 M"]
    assert found.lines[1].period == "1 Jan 2023 to 31 Dec 2023"
    assert found.lines[1].source_urls == ("https://example.org/a",)
    assert found.lines[3].period == "period not stated"
    assert found.total == 4
    since = official_totals(pd.DataFrame(rows), look, countries=("IQ",), start=date(2024, 12, 8), n=1)
    assert [line.aggregate_id for line in since.lines] == ["AGG-2"]


@pytest.mark.parametrize(
    ("issuer", "country", "shown"),
    [
        ("UNODC", "", "UNODC"),
        ("Ministry of Interior", "SY", "Ministry of Interior, Syria"),
        ("Authorities, body not stated (Lebanon)", "LB", "Authorities, body not stated (Lebanon)"),
        ("", "SY", "issuer not stated"),
        ("Havocscope", "", "as given by Havocscope"),
    ],
)
def test_an_issuer_is_named_with_its_country(issuer: str, country: str, shown: str, look: Look) -> None:
    rows = pd.DataFrame([_total(issuer=issuer, issuer_country=country)])
    assert official_totals(rows, look).lines[0].issuer == shown


def test_what_outlets_give_is_counted_apart(look: Look) -> None:
    outlet = _total(aggregate_id="AGG-2", issuer="Havocscope")
    both = official_totals(pd.DataFrame([_total(), outlet]), look)
    assert len(both.lines) == 2
    assert both.summary.startswith("1 official total covers")
    assert both.summary.endswith("1 total is known only as given by an outlet, which names no issuer.")
    assert official_totals(pd.DataFrame([outlet]), look).summary.startswith("No official total")


def test_no_official_total(look: Look) -> None:
    assert "No official total" in official_totals(pd.DataFrame(), look).summary
    assert not official_totals(pd.DataFrame([_total()]), look, countries=("SY",)).lines


def test_light_and_dark_have_a_template_each() -> None:
    light, dark = (template.template(palette)["layout"] for palette in (LIGHT, DARK))
    assert light["font"]["color"] == LIGHT.ink
    assert dark["font"]["color"] == DARK.ink
    assert light["paper_bgcolor"] == dark["paper_bgcolor"] == "rgba(0,0,0,0)"
    assert template.rgba("#0f5c6e", 0.5) == "rgba(15,92,110,0.5)"
    assert not template.blank(LIGHT, height=100)["data"]


@pytest.mark.parametrize(("place", "shown"), [("Mosul", "Mosul, Iraq"), ("Iraq", "Iraq"), ("", "Iraq")])
def test_a_place_that_is_its_country_is_named_once(
    place: str, shown: str, make_snapshot: MakeSnapshot
) -> None:
    snapshot = make_snapshot(
        {"tablets": 7e6, "place": place, "admin1": "", "country": "IQ", "drug": "pills_unspecified"}
    )
    look = Look(label=labeller(snapshot))
    events = Filters(scope="iq", since="all", drug=UNSTATED)
    page = json.dumps(
        largest_table(spoken(events, snapshot, "en"), look), default=lambda one: one.to_plotly_json()
    )
    assert f'"children": "{shown}"' in page
    assert "kind of pills not stated" in page
    assert "title" not in page, "nothing is told by hovering alone"
