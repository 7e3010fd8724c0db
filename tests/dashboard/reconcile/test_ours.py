"""What stands for a total: listed events, added up; no total ever enters a sum of events."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import tally
from dashboard.filters import SCOPES, Filters
from dashboard.reconcile.links import of_year, records_href, total_href
from dashboard.reconcile.ours import compare, compared
from dashboard.reconcile.totals import Reason, Total, not_comparable, totals
from dashboard.release import Snapshot, load
from dashboard.selection import apply
from dashboard.stats import figures
from tests.dashboard.conftest import MakeSnapshot
from tests.dashboard.reconcile.made import TOTAL, with_totals, without_totals

DATA = Path(__file__).resolve().parents[3] / "data"
TO = date(2026, 3, 6)


@cache
def shipped() -> Snapshot:
    return load(DATA)


@cache
def shipped_rows() -> dict[str, dict[str, str]]:
    with (shipped().directory / "seizures.csv").open(encoding="utf-8", newline="") as file:
        return {row["event_id"]: row for row in csv.DictReader(file)}


def views() -> list[Filters]:
    scopes = [Filters(scope=scope, since=since) for scope in SCOPES for since in ("change", "all")]
    years = [
        Filters(scope="all", since="", date_from=date(y, 1, 1), date_to=date(y, 12, 31)) for y in (2022, 2023)
    ]
    return [*scopes, *years, Filters(scope="all", since="all", drug=("any",), read="all")]


@pytest.mark.parametrize("filters", views(), ids=lambda filters: filters.to_query() or "default")
def test_sums_of_events_are_the_same_with_and_without_totals(filters: Filters) -> None:
    with_them, bare = shipped(), without_totals(shipped())
    huge = with_totals(
        bare, {"best": 1e15, "low": 1e15, "high": 1e15, "country": "IQ"}, {"aggregate_id": "CAP-000001"}
    )
    found = [apply(filters, snapshot) for snapshot in (with_them, bare, huge)]
    assert len({tally.total(selection.events) for selection in found}) == 1
    assert len({tuple(selection.drawn["event_id"]) for selection in found}) == 1
    assert len({repr(figures(selection.events)) for selection in found}) == 1
    assert not set(found[0].drawn["event_id"]) & set(with_them.aggregates["aggregate_id"])


def _plain_sum(ids: tuple[str, ...], unit: str, end: str) -> float:
    """The sum over listed events, from the published cells, by nothing but the rule in words."""
    found = 0.0
    for event_id in ids:
        row = shipped_rows()[event_id]
        if unit == "kg" and row["form"] != "tablets":
            continue
        best = row[f"{unit}_best"]
        if not best:
            continue
        if end == "low" and row["possible_duplicate_of"]:
            continue
        found += float(row[f"{unit}_{end}"] or best)
    return found


def test_each_figure_of_ours_is_the_sum_over_the_listed_events() -> None:
    held = [one for one in compared(shipped()) if one.ours]
    assert len(held) >= 10
    for one in held:
        ours, total = one.ours, one.total
        assert ours is not None
        for end in ("low", "best", "high"):
            expected = _plain_sum(ours.ids, total.unit, end)
            assert getattr(ours.sum, end) == pytest.approx(expected), (total.aggregate_id, end)
        assert total.start
        assert total.end
        for event_id in ours.ids:
            row = shipped_rows()[event_id]
            assert row["country"] == total.country
            first = row["date_start"] or row["date_not_before"]  # undated, but bounded by its pages
            last = row["date_end"] or row["date_not_after"]
            assert total.start.isoformat() <= first <= last <= total.end.isoformat()
            assert row["counted"] == "1"
            assert row["drug"] in {"captagon", "amphetamine_tablets"}


def test_the_linked_records_are_the_events_that_were_added_up() -> None:
    for one in compared(shipped()):
        if one.ours is None:
            continue
        chosen = apply(Filters.from_query(urlsplit(records_href(one.total)).query), shipped())
        assert tuple(chosen.events["event_id"]) == one.ours.ids
        assert tuple(chosen.undated["event_id"]) == one.ours.could.get("undated", ())
        assert tuple(chosen.undecided["event_id"]) == one.ours.could.get("coarse", ())


def test_only_whole_countries_and_governorates_with_a_period_are_held_against_events() -> None:
    for one in compared(shipped()):
        total = one.total
        if one.ours is not None:
            assert (total.kind, total.drug_scope) == ("period_total", "captagon")
            assert total.scope_kind in {"national", "governorate"}
            assert total.start
            assert total.end
            assert total.end <= shipped().data_complete_to
        else:
            assert one.reasons


def test_the_uns_total_for_iraq_in_2023_has_its_answer() -> None:
    found = of_year(shipped(), "IQ", 2023)
    assert found is not None
    assert found.ours is not None
    assert (found.total.issuer, found.total.best) == ("UNODC", 24e6)
    assert found.label == "part"
    assert 0 < found.ours.sum.low <= found.ours.sum.best < 24e6
    assert total_href(found.total) == f"/official?scope=iq&from=all#{found.total.aggregate_id}"
    assert of_year(shipped(), "IQ", 1999) is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"scope_kind": "governorate", "admin1": ("IQ-AN",)}, []),
        ({"kind": "trafficked_estimate"}, [Reason("kind", "trafficked_estimate")]),
        ({"drug_scope": "pills"}, [Reason("drug", "pills")]),
        ({"drug_scope": "all_drugs", "unit": "kg"}, [Reason("drug", "all_drugs")]),
        ({"scope_kind": "agency", "agency": "jo_jaf"}, [Reason("agency", "one")]),
        ({"agency": "ae_customs"}, [Reason("agency", "one")]),
        ({"scope_kind": "regional", "country": ""}, [Reason("territory", "regional")]),
        ({"country": ""}, [Reason("territory", "unknown")]),
        ({"scope_kind": "governorate"}, [Reason("territory", "governorate_unknown")]),
        ({"start": None}, [Reason("period", "unknown")]),
        ({"end": date(2026, 12, 31)}, [Reason("period", "later")]),
        ({"start": date(1980, 1, 1)}, [Reason("period", "earlier")]),
        ({"best": None}, [Reason("unit", "none")]),
        ({"unit": ""}, [Reason("unit", "none")]),
        (
            {"drug_scope": "all_drugs", "scope_kind": "territory", "start": None},
            [Reason("drug", "all_drugs"), Reason("territory", "territory"), Reason("period", "unknown")],
        ),
    ],
)
def test_why_a_total_is_not_held_against_events(changed: dict[str, Any], expected: list[Reason]) -> None:
    assert list(not_comparable(replace(TOTAL, **changed), TO)) == expected


KG = {"kg_low": 10.0, "kg_best": 20.0, "kg_high": 30.0}


def test_coarse_undated_unstated_and_repeated_events_stand_beside_the_sum(
    make_snapshot: MakeSnapshot,
) -> None:
    snapshot = make_snapshot(
        {"date_start": "2023-05-01", "tablets": 1000},
        {"date_start": "2023-06-01", "tablets": 500, "possible_duplicate_of": "CAP-000001"},
        {"date_start": "2023-07-01"},
        {"date_start": "2022-12-15", "date_end": "2023-01-15", "date_precision": "month", "tablets": 70},
        {"date_start": "", "date_precision": "none", "tablets": 40},
        {"date_start": "2023-08-01", "drug": "pills_unspecified"},
        {
            "date_start": "2023-08-01",
            "tablets": 9999,
            "counted": False,
            "not_counted_reason": "claim_of_site",
        },
        {"date_start": "2023-08-01", "tablets": 8888, "country": "SY"},
        {"date_start": "2024-08-01", "tablets": 7777},
    )
    ours = compare(TOTAL, snapshot).ours
    assert ours is not None
    assert ours.ids == ("CAP-000001", "CAP-000002", "CAP-000003")
    assert ours.without_amount == ("CAP-000003",)
    assert ours.doubtful == ("CAP-000002",)
    assert (ours.sum.low, ours.sum.best, ours.sum.high) == (1000, 1500, 1500)
    assert ours.could == {
        "coarse": ("CAP-000004",),
        "undated": ("CAP-000005",),
        "unstated_kind": ("CAP-000006",),
    }
    assert (ours.could_high, ours.could_unknown) == (110, 1)


def test_weights_are_added_up_only_of_loads_that_are_tablets(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        {"date_start": "2023-05-01", "tablets": 100, "form": "tablets"} | KG,
        {"date_start": "2023-06-01", "form": "raw_material"} | KG,
    )
    ours = compare(replace(TOTAL, unit="kg", low=30.0, best=30.0, high=30.0), snapshot).ours
    assert ours is not None
    assert (ours.sum.low, ours.sum.best, ours.sum.high) == (10, 20, 30)
    assert ours.without_amount == ("CAP-000002",)


events = st.lists(
    st.fixed_dictionaries(
        {
            "date_start": st.dates(date(2022, 6, 1), date(2024, 6, 1)).map(date.isoformat),
            "country": st.sampled_from(["IQ", "SY"]),
            "drug": st.sampled_from(["captagon", "amphetamine_tablets", "pills_unspecified", "hashish"]),
            "counted": st.booleans(),
        },
        optional={"tablets": st.integers(1, 10**7)},
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events, st.integers(1, 10**12))
def test_whatever_the_events_a_total_adds_nothing(
    make_snapshot: MakeSnapshot, rows: list[dict[str, Any]], huge: int
) -> None:
    bare = make_snapshot(*rows)
    total = {"best": float(huge), "low": float(huge), "high": float(huge)}
    snapshot = with_totals(bare, total)
    everything = Filters(scope="all", since="all", drug=("any",))
    assert tally.total(apply(everything, snapshot).events) == tally.total(apply(everything, bare).events)
    (one,) = compared(snapshot)
    assert one.ours is not None
    expected = [
        row
        for row in rows
        if row["counted"]
        and row["country"] == "IQ"
        and row["date_start"][:4] == "2023"
        and row["drug"] in {"captagon", "amphetamine_tablets"}
    ]
    assert len(one.ours.ids) == len(expected)
    assert one.ours.sum.best == sum(row.get("tablets", 0) for row in expected)
    assert len(one.ours.without_amount) == sum("tablets" not in row for row in expected)


def test_an_older_release_with_years_for_days_can_be_read() -> None:
    row = {"period_start": "2023", "period_end": "2023-09", "said_on": "", "low": float("nan")}
    frame = pd.DataFrame([{"aggregate_id": "AGG-1", "kind": "period_total", "best": 5.0, **row}])
    snapshot = replace(shipped(), tables={**shipped().tables, "aggregates": frame}, memo={})
    (total,) = totals(snapshot)
    assert isinstance(total, Total)
    assert (total.start, total.end, total.said_on) == (date(2023, 1, 1), date(2023, 9, 30), None)
    assert (total.low, total.country, total.sources) == (None, "", ())
