"""Filters <-> query string: round trip, defaults, and what is not understood."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import (
    CAPTAGON,
    COMPARISONS,
    GRAINS,
    MAX_IDS,
    PERIODS,
    READ,
    SCALES,
    SCOPES,
    UNSTATED,
    Filters,
)

TO = date(2026, 3, 6)
codes = st.lists(st.from_regex(r"[a-z]{1,6}(_[a-z0-9]{1,4})?", fullmatch=True), max_size=3, unique=True).map(
    tuple
)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
numbers = st.none() | st.integers(0, 10**9)


@st.composite
def states(draw: st.DrawFn) -> Filters:
    values: dict[str, Any] = {
        name: draw(codes)
        for name in ["drug", "sector", "relation", "type", "site", "transport", "authority", "precision"]
    }
    since = draw(st.sampled_from([*PERIODS, ""]))
    if not since:
        values["date_from"] = draw(days)
    if draw(st.booleans()):
        values["date_to"] = draw(days)
    if values.get("date_from") and values.get("date_to") and values["date_from"] > values["date_to"]:
        values["date_from"], values["date_to"] = values["date_to"], values["date_from"]
    low, high = draw(numbers), draw(numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    if draw(st.booleans()):
        first = draw(days)
        values |= {"vs": "", "vs_from": first, "vs_to": first + timedelta(days=draw(st.integers(0, 30)))}
        if values["vs_to"].year > 2100:
            values["vs_to"] = first
    else:
        values["vs"] = draw(st.sampled_from(COMPARISONS))
    return Filters(
        scope=draw(st.sampled_from(tuple(SCOPES))),
        since=since,
        country=draw(st.lists(st.sampled_from(["IQ", "SY", "AE"]), unique=True).map(tuple)),
        admin1=draw(st.lists(st.sampled_from(["IQ-AN", "SY-DI", "LB-X1"]), unique=True).map(tuple)),
        min=low,
        max=high,
        border_km=draw(st.none() | st.integers(0, 2000)),
        origins=draw(st.none() | st.integers(1, 99)),
        q=draw(st.text(max_size=40).map(lambda text: " ".join(text.split()))),
        grain=draw(st.sampled_from(GRAINS)),
        scale=draw(st.sampled_from(SCALES)),
        cut=draw(st.none() | days),
        read=draw(st.sampled_from(READ)),
        ids=draw(
            st.lists(st.integers(1, 10**6).map("CAP-{:06d}".format), max_size=5, unique=True).map(tuple)
        ),
        **values,
    )


@given(states())
def test_a_state_reads_back_from_its_own_address(state: Filters) -> None:
    again = Filters.from_query(state.to_query())
    assert again == state
    assert not again.ignored
    assert again.to_query() == state.to_query()


@given(st.text(max_size=200))
def test_any_text_at_all_gives_a_state(query: str) -> None:
    state = Filters.from_query(query)
    assert Filters.from_query(state.to_query()) == state


def test_the_default_view_has_the_shortest_address() -> None:
    assert Filters().to_query() == ""
    assert Filters.from_query("?") == Filters()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("scope=iq", {"scope": "iq"}),
        ("country=IQ,LB", {"country": ("IQ", "LB")}),
        ("country=IQ&country=LB", {"country": ("IQ", "LB")}),
        (
            "from=2023-01-01&to=2023-12-31",
            {"since": "", "date_from": date(2023, 1, 1), "date_to": date(2023, 12, 31)},
        ),
        ("from=all", {"since": "all"}),
        ("cut=2024-12-08", {"cut": date(2024, 12, 8)}),
        ("read=all", {"read": "all"}),
        ("vs=2022-01-01..2022-12-31", {"vs": "", "vs_from": date(2022, 1, 1), "vs_to": date(2022, 12, 31)}),
        ("ids=203,CAP-000007", {"ids": ("CAP-000203", "CAP-000007")}),
        ("q=%D8%A7%D9%84%D9%82%D8%A7%D8%A6%D9%85+3", {"q": "القائم 3"}),
        ("min=500&max=100", {"min": 100, "max": 500}),
    ],
)
def test_addresses_people_write(query: str, expected: dict[str, Any]) -> None:
    state = Filters.from_query(query)
    assert {name: getattr(state, name) for name in expected} == expected


@pytest.mark.parametrize(
    "query",
    [
        "scope=mars", "from=2023-13-01", "from=yesterday", "to=all", "min=-4", "min=1e6", "min=٣",
        "border_km=9999",
        "origins=0", "country=Iraq", "admin1=Anbar", "type=DROP TABLE", "vs=2024-01-01..2023-01-01",
        "vs=2024-01-01",
        "grain=week", "cut=lately", "read=machine", "ids=abc", "nonsense=1",
        "ids=" + ",".join(str(n) for n in range(1, MAX_IDS + 2)),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_left_aside_and_said(query: str) -> None:
    state = Filters.from_query(query)
    assert state == Filters()
    assert [part.key for part in state.ignored] == [query.split("=", maxsplit=1)[0]]


def test_keys_of_other_parts_of_the_page_are_no_mistake() -> None:
    assert not Filters.from_query("lang=ar&theme=dark&basemap=online&for=excel").ignored


def test_too_many_fields_are_refused_without_an_error() -> None:
    assert Filters.from_query("&".join(f"a{n}=1" for n in range(300))).ignored


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("", date(2024, 12, 8), TO),
        ("from=12m", date(2025, 3, 7), TO),
        ("from=all", None, TO),
        ("from=2025-01-01&to=2030-01-01", date(2025, 1, 1), TO),
        ("from=2027-01-01", TO, TO),
    ],
)
def test_the_period_ends_with_the_data(query: str, start: date | None, end: date) -> None:
    span = Filters.from_query(query).span(TO)
    assert (span.start, span.end) == (start, end)


@given(states())
def test_the_comparison_is_as_long_and_lies_clear_of_the_period(state: Filters) -> None:
    span, other = state.span(TO), state.comparison(TO)
    if other is None or state.vs not in {"before", "year"} or span.start is None or span.start.year < 2000:
        return
    assert other.end < span.start
    assert other.days is not None
    assert span.days is not None
    assert abs(other.days - span.days) <= (0 if state.vs == "before" else 25)


def test_a_leap_day_has_a_day_a_year_earlier() -> None:
    span = Filters.from_query("from=2024-02-29&to=2024-02-29&vs=year").comparison(TO)
    assert span is not None
    assert span.start == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("drug", "drugs", "beside"),
    [
        ((), CAPTAGON, True),
        (("any",), (), False),
        (("captagon",), ("captagon",), False),
        ((*CAPTAGON, "hashish"), (*CAPTAGON, "hashish"), True),
        ((*CAPTAGON, UNSTATED[0]), (*CAPTAGON, UNSTATED[0]), False),
    ],
)
def test_pills_of_unstated_kind_stand_beside_captagon_only(
    drug: tuple[str, ...], drugs: tuple[str, ...], beside: bool
) -> None:
    state = Filters(drug=drug)
    assert state.drugs() == drugs
    assert state.shows_unstated() is beside


def test_active_names_only_what_differs_from_the_default_view() -> None:
    assert Filters(grain="year", scale="linear", cut=date(2025, 1, 1)).active() == ()
    assert Filters(scope="iq", min=5, q="x").active() == ("scope", "min", "q")
    assert Filters(scope="iq", min=5).without("min") == Filters(scope="iq")


@pytest.mark.parametrize(
    ("grain", "first", "expected"),
    [
        ("auto", date(2024, 12, 8), "month"),
        ("auto", date(2021, 1, 1), "quarter"),
        ("auto", date(2006, 1, 1), "year"),
        ("year", date(2026, 1, 1), "year"),
    ],
)
def test_the_step_of_the_time_axis_suits_its_length(grain: str, first: date, expected: str) -> None:
    assert Filters(grain=grain).grain_for(first, TO) == expected
