"""The data behind figures that the published release has no case of; what a period's sums leave out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.border.density import density
from dashboard.border.pair import Pair, Period
from dashboard.figures import map_many
from dashboard.figures.border_density import density_figure
from dashboard.figures.collected import Collected
from dashboard.figures.map import map_figure
from dashboard.figures.trend_events import events_figure
from dashboard.figures.trend_tablets import tablets_figure
from dashboard.figures.trends import Series, series
from dashboard.figures.view import Look
from dashboard.filters import Span
from tests.dashboard.figures.conftest import AL_QAIM, STRIP, MakeEvents

PILLS = {"drug": "pills_unspecified"}
END = date(2025, 6, 15)


def placed(make_events: MakeEvents, *rows: dict[str, Any], **more: Any) -> Series:
    return series(
        make_events(*rows),
        make_events(PILLS),
        grain="month",
        start=date(2025, 5, 10),
        complete_to=END,
        **more,
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"tablets": 10}], {"tablets_low": 10, "tablets_best": 10, "tablets_high": 10}),
        ([{"tablets": 10}], {"events_with_quantity": 1, "tablets_without_largest": None, "open_above": 0}),
        ([{"tablets": 10}, {"tablets": 4}], {"tablets_best": 14, "tablets_without_largest": 4}),
        ([{"tablets": 10}, {}], {"events_with_quantity": 1, "tablets_best": 10}),
        ([{"tablets": 10, "tablets_high": None}], {"tablets_high": 10, "open_above": 1}),
        (
            [{"tablets": 9, "possible_duplicate_of": "CAP-000009"}],
            {"tablets_low": None, "tablets_best": 9, "possible_repeats": 1},
        ),
        (
            [{"tablets": 9, "possible_duplicate_of": "CAP-000009"}, {"tablets": 1}],
            {"tablets_low": 1, "tablets_best": 10, "possible_repeats": 1},
        ),
        ([{"tablets": 0}], {"tablets_low": 0, "tablets_best": 0}),
    ],
)
def test_the_sums_of_a_month(
    rows: list[dict[str, Any]], told: dict[str, float | None], make_events: MakeEvents, look: Look
) -> None:
    found = placed(make_events, *rows, {"date_start": "2025-05-20", "tablets": 5})
    data = tablets_figure(found, look, scale="linear").data
    june = data[(data["period_start"] == "2025-06-01") & (data["series"] == "captagon")].iloc[0]
    assert {name: None if pd.isna(june[name]) else june[name] for name in told} == told


def test_a_bar_tells_its_days_and_whether_all_are_in(make_events: MakeEvents, look: Look) -> None:
    found = Collected((), (date(2025, 6, 20), date(2025, 7, 3)))
    rows = [{}, {"country": "SY", "review_status": "machine"}, {"country": "SY"}]
    data = events_figure(placed(make_events, *rows, found=found), look).data
    assert data[["period_start", "period_end", "complete"]].drop_duplicates().astype(
        str
    ).to_numpy().tolist() == [
        ["2025-05-01", "2025-05-31", "0"],
        ["2025-06-01", "2025-06-30", "0"],
        ["2025-07-01", "2025-07-31", "0"],
    ]
    june = data[data["period_start"] == "2025-06-01"].set_index(["series", "country"])
    assert june.loc[("captagon", "SY"), ["events", "events_machine_read"]].to_list() == [2, 1]
    assert june.loc[("captagon", "IQ"), ["events", "events_machine_read"]].to_list() == [1, 0]
    assert data[data["period_start"] == "2025-05-01"]["events"].isna().all(), "no report is not zero"
    assert data[data["series"] == "awaiting_review"]["reports_awaiting_review"].to_list() == [1]


def test_a_map_by_cells_counts_what_it_draws(make_events: MakeEvents, look: Look) -> None:
    one = map_many.MOST // 4 + 1
    governorate = {"place_precision": "governorate", "admin1_code": "IQ-AN"}
    kinds = (AL_QAIM | {"tablets": 7}, AL_QAIM | PILLS, governorate, {"place_precision": "country"})
    view = map_figure(make_events(*(row for row in kinds for _ in range(one))), look)
    found = view.data.set_index(["drawn_as", "series"])
    assert view.data["events"].sum() == 4 * one
    assert found.loc[("cell", "captagon"), ["country", "events", "tablets_best"]].to_list() == [
        "IQ",
        one,
        7 * one,
    ]
    assert pd.isna(found.loc[("cell", "unstated"), "tablets_best"])
    assert view.data.set_index("drawn_as").loc["governorate", "admin1_code"] == "IQ-AN"


@pytest.mark.parametrize(
    ("until", "basis"), [(date(2025, 12, 31), "count"), (date(2026, 12, 31), "count_per_year")]
)
def test_densities_add_up_to_their_events(
    until: date, basis: str, make_events: MakeEvents, look: Look
) -> None:
    now = Period(
        "now",
        Span(date(2025, 1, 1), until),
        make_events(*[STRIP | {"tablets": 3_000}] * 12),
        make_events(STRIP | PILLS),
    )
    before = Period(
        "before", Span(date(2024, 1, 1), date(2024, 12, 31)), make_events(*[AL_QAIM] * 10), make_events()
    )
    pair = Pair(None, now, before)  # type: ignore[arg-type]
    data = density_figure(pair, density(pair), look).data
    sums = data.groupby(["part", "period", "series"])["events"].sum().round(3).to_dict()
    assert sums == {
        ("sector", "before", "captagon"): 10,
        ("sector", "now", "captagon"): 12,
        ("bin", "before", "captagon"): 10,
        ("bin", "now", "captagon"): 12,
        ("bin", "now", "unstated"): 1,
    }
    assert set(data["change_basis"]) == {basis}
    bins = data[(data["part"] == "bin") & (data["series"] == "captagon")]
    assert bins["tablets_best"].sum() == pytest.approx(36_000, abs=len(bins))
    assert not (bins["tablets_best"] == 0).any(), "no source says zero"
    assert bins["change_events"].notna().eq(bins["period"] == "now").all()
    assert data["border_km_low"].lt(data["border_km_high"]).all()


def test_too_few_to_compare_gives_the_events(make_events: MakeEvents, look: Look) -> None:
    span = Span(date(2025, 1, 1), date(2025, 12, 31))
    pair = Pair(None, Period("now", span, make_events(STRIP), make_events(STRIP | PILLS)), None)  # type: ignore[arg-type]
    data = density_figure(pair, None, look).data
    assert data[["series", "border_km_low", "border_km_high", "period"]].to_numpy().tolist() == [
        ["captagon", 276.0, 599.3, "now"],
        ["unstated", 276.0, 599.3, "now"],
    ]
