"""What a comparison rests on: its two periods, outages of sources, outlets, official totals."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.filters import Filters, Span
from dashboard.release import Snapshot
from dashboard.trends import coverage, official, outages
from dashboard.trends.periods import compared
from tests.dashboard.trends.cases import collected, spread

MakeSnapshot = Callable[..., Snapshot]
YEARS = (date(2023, 1, 1), date(2026, 3, 6))
CUT = date(2024, 12, 8)


@pytest.mark.parametrize(
    ("query", "earlier", "later", "shortened"),
    [
        ("scope=iq", ("2023-09-11", "2024-12-07"), ("2024-12-08", "2026-03-06"), False),
        ("scope=iq&cut=2025-06-14", ("2024-09-21", "2025-06-13"), ("2025-06-14", "2026-03-06"), False),
        ("scope=iq&from=all&cut=2024-12-08", ("2023-09-11", "2024-12-07"), ("2024-12-08", "2026-03-06"), False),
        ("scope=iq&from=all&cut=2023-03-28", ("2023-01-05", "2023-03-27"), ("2023-03-28", "2023-06-17"), True),
        ("scope=iq&from=2023-01-01&to=2023-12-31&cut=2024-12-08", ("2023-09-11", "2024-12-07"),
         ("2024-12-08", "2026-03-06"), False),
        ("scope=iq&from=2025-01-01&to=2025-12-31&vs=year", ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), False),
        ("scope=iq&from=2023-01-01&to=2023-12-31&vs=2025-01-01..2025-12-31", ("2023-01-01", "2023-12-31"),
         ("2025-01-01", "2025-12-31"), False),
    ],
)  # fmt: skip
def test_the_two_periods(
    query: str, earlier: tuple[str, str], later: tuple[str, str], shortened: bool, make_snapshot: MakeSnapshot
) -> None:
    found = compared(Filters.from_query(query), make_snapshot(*spread(120, YEARS)))
    assert found.spans == tuple(Span(*map(date.fromisoformat, pair)) for pair in (earlier, later))
    assert found.shortened is shortened
    if "cut" in query:
        assert found.spans is not None
        assert found.spans[0].days == found.spans[1].days
        assert found.spans[0].end + timedelta(days=1) == found.spans[1].start
    assert len(found.shown.events) >= len(found.now.events)


@pytest.mark.parametrize("query", ["scope=iq&from=all", "scope=iq&vs=none", "scope=iq&ids=1,2"])
def test_no_second_period(query: str, make_snapshot: MakeSnapshot) -> None:
    assert compared(Filters.from_query(query), make_snapshot(*spread(30, YEARS))).spans is None


@pytest.mark.parametrize("cut", ["2022-01-01", "2026-12-01"])
def test_a_day_without_data_on_both_sides_compares_the_filters_periods(
    cut: str, make_snapshot: MakeSnapshot
) -> None:
    snapshot = make_snapshot(*spread(120, YEARS))
    asked = Filters.from_query(f"scope=iq&cut={cut}")
    assert compared(asked, snapshot).spans == compared(asked.without("cut"), snapshot).spans


def test_what_may_lie_in_either_period_is_counted_once(make_snapshot: MakeSnapshot) -> None:
    rows = [
        {"date_start": None, "date_precision": "none"},
        {"date_start": "2024-01-01", "date_end": "2024-12-31", "date_precision": "year"},
        {"date_start": None, "date_precision": "none", "date_not_after": "2020-01-01"},
        {"date_start": "2025-06-01"},
    ]
    loose = compared(Filters(scope="iq"), make_snapshot(*rows)).loose
    assert sorted(loose["event_id"]) == ["CAP-000001", "CAP-000002"]


def test_what_another_filter_leaves_undecided_stands_by_itself(make_snapshot: MakeSnapshot) -> None:
    rows = [
        {"transport": "", "date_start": None, "date_precision": "none"},
        {
            "transport": "unknown",
            "date_start": "2024-01-01",
            "date_end": "2024-12-31",
            "date_precision": "year",
        },
        {"transport": "unknown", "date_start": "2024-06-01"},
        {"country": "", "transport": "balloon"},
        {"transport": "unknown", "date_start": "2020-06-01"},
        {"transport": "balloon", "date_start": None, "date_precision": "none"},
        {"transport": "balloon"},
        {"transport": "drone"},
    ]
    found = compared(Filters(scope="iq", transport=("balloon",)), make_snapshot(*rows))
    assert list(found.loose["event_id"]) == ["CAP-000006"]
    assert list(found.undecided["event_id"]) == [f"CAP-00000{n}" for n in range(1, 5)]
    assert set(found.undecided_by) == {"scope", "transport"}


FIRST, LAST = date(2025, 1, 1), date(2026, 3, 6)
WEEKLY = [
    {"source": "w", "day": (FIRST + timedelta(days=7 * i)).isoformat(), "listed": 1, "fetched": 1}
    for i in range(61)
]


def asked(answers: dict[date, str]) -> list[dict[str, Any]]:
    """A source that listed nothing new after the first day."""
    days = [FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1)]
    nothing = {"source": "a", "listed": 0, "fetched": 0, "failed": 0}
    rows = [nothing | {"day": day.isoformat(), "answered": answers.get(day, "yes")} for day in days]
    return [rows[0] | {"listed": 1, "fetched": 1}, *rows[1:]]


DOWN = {date(2025, 5, 1) + timedelta(days=i): "no" for i in range(9)}
MONTHLY = [row | ({"listed": 1} if row["day"].endswith("-01") else {}) for row in asked(DOWN)]


@pytest.mark.parametrize(
    ("rows", "more", "expected"),
    [
        (asked({}), {}, []),
        (asked(dict.fromkeys(DOWN, "partly")), {}, []),
        (asked(DOWN), {}, [("2025-05-01", "2025-05-09")]),
        (MONTHLY, {}, [("2025-05-02", "2025-05-09")]),
        ([row | {"answered": "yes"} for row in collected(FIRST, LAST, (date(2025, 5, 1), date(2025, 5, 7)))], {},
         [("2025-05-01", "2025-05-07")]),
        (collected(FIRST, date(2025, 4, 30)) + asked({})[120:], {}, [("2025-05-01", "2026-03-06")]),
        (collected(FIRST, LAST), {}, []),
        (collected(FIRST, LAST, (date(2025, 5, 1), date(2025, 5, 6))), {}, []),
        (collected(FIRST, LAST, (date(2025, 5, 1), date(2025, 5, 7))), {}, [("2025-05-01", "2025-05-07")]),
        (collected(FIRST, LAST, (date(2026, 2, 1), LAST)), {}, [("2026-02-01", "2026-03-06")]),
        (WEEKLY, {}, []),
        ([row for row in WEEKLY if not "2025-05-01" < row["day"] < "2025-08-01"], {}, [("2025-05-01", "2025-08-05")]),
        (collected(FIRST, date(2025, 6, 30)),
         {"source_changes": [{"day": "2025-06-30", "source": "a", "change": "removed"}]}, []),
        ([{"source": "a", "day": "2025-01-01", "listed": 0, "fetched": 0, "failed": 3}], {}, [("2025-01-01", "2026-03-06")]),
        ([], {}, []),
        ([{"day": "2025-01-01"}], {}, []),
    ],
)  # fmt: skip
def test_outages(
    rows: list[dict[str, Any]],
    more: dict[str, Any],
    expected: list[tuple[str, str]],
    make_snapshot: MakeSnapshot,
) -> None:
    found = outages.watch(make_snapshot({}, coverage=rows, **more))
    spans = [(one.start.isoformat(), one.end.isoformat()) for one in found.outages]
    assert spans == expected


def test_the_share_of_source_days_lost(make_snapshot: MakeSnapshot) -> None:
    silent = (date(2025, 6, 1), date(2025, 6, 30))
    rows = collected(FIRST, LAST, silent) + collected(FIRST, LAST, source="b")
    found = outages.watch(make_snapshot({}, coverage=rows))
    assert found.lost(Span(date(2025, 6, 1), date(2025, 6, 30))) == pytest.approx(0.5)
    assert found.lost(Span(date(2025, 6, 16), date(2025, 7, 15))) == pytest.approx(0.25)
    assert found.lost(Span(date(2024, 6, 1), date(2024, 6, 30))) == 0
    assert len(found.inside(date(2025, 6, 30), LAST)) == 1
    assert found.inside(date(2025, 7, 1), LAST) == ()


def test_outlets_and_languages_of_a_period(make_snapshot: MakeSnapshot) -> None:
    rows = [{"date_start": "2025-06-01"}, {"date_start": "2025-06-20", "drug": "hashish"},
            {"date_start": "2025-06-10", "country": "SY"}, {"date_start": "2024-06-01"}]  # fmt: skip
    reports = [
        {"event_id": "CAP-000001", "outlet_id": "x", "outlet": "X", "language": "ar"},
        {"event_id": "CAP-000001", "outlet_id": "", "outlet": "Y", "language": "en"},
        {"event_id": "CAP-000002", "outlet_id": "x", "outlet": "X", "language": "ar"},
        {"event_id": "CAP-000003", "outlet_id": "z", "outlet": "Z", "language": "fr"},
        {"event_id": "CAP-000004", "outlet_id": "q", "outlet": "Q", "language": "tr"},
        {"event_id": "CAP-000001", "outlet_id": "", "outlet": "", "language": "de"},
    ]
    found = coverage.reports(Filters(scope="iq"), make_snapshot(*rows, reports=reports))
    assert coverage.active(found, Span(date(2025, 6, 1), date(2025, 6, 30))) == (2, 2)
    assert coverage.active(found, Span(None, date(2026, 3, 6))) == (3, 3)


TOTAL = {
    "aggregate_id": "A", "kind": "period_total", "issuer": "UNODC", "country": "IQ", "scope_kind": "national",
    "drug_scope": "captagon", "unit": "tablets", "period_start": "2025-01-01", "period_end": "2025-12-31",
    "low": 4e6, "best": 4e6, "high": None, "qualifier": "over", "superseded_by": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "query", "best"),
    [
        ({}, "scope=iq", 1e6),
        ({"drug_scope": "pills"}, "scope=iq", None),
        ({}, "scope=iq-sy", None),
        ({}, "scope=iq&min=5", None),
        ({"scope_kind": "agency"}, "scope=iq", None),
        ({"unit": "kg"}, "scope=iq", None),
        ({"drug_scope": "all_drugs"}, "scope=iq", None),
        ({"period_end": "2025-10-31"}, "scope=iq", None),
        ({"period_start": "2026-01-01", "period_end": "2026-12-31"}, "scope=iq", None),
        ({"superseded_by": "B"}, "scope=iq", None),
        ({"kind": "bundle"}, "scope=iq", None),
    ],
)
def test_the_traced_share_of_an_official_total(
    change: dict[str, Any], query: str, best: float | None, make_snapshot: MakeSnapshot
) -> None:
    weighed = {"form": "tablets", "kg_low": 160, "kg_best": 170, "kg_high": 180}
    rows = [
        {"tablets": 1e6} | weighed,
        {"drug": "pills_unspecified", "tablets": 2e6} | weighed,
        {"date_start": "2024-06-01", "tablets": 9e6} | weighed,
    ]
    found = official.traced(Filters.from_query(query), make_snapshot(*rows, aggregates=[TOTAL | change]))
    assert [one.best for one in found] == ([] if best is None else [best])
    if found:
        assert found[0].share == pytest.approx(best / 4e6)
        assert found[0].at_least
