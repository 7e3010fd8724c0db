"""The generated sentence: facts only, and no comparison below ten events a side."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components.sentence import lead, totals_allowed
from dashboard.filters import Filters
from dashboard.selection import apply

AFTER, BEFORE = "2025-06-01", "2024-06-01"


def say(make_snapshot: Any, query: str, *rows: dict[str, Any]) -> str:
    snapshot = make_snapshot(*rows)
    return lead(apply(Filters.from_query(query), snapshot), snapshot).text.replace("\N{NO-BREAK SPACE}", " ")


def many(n: int, **row: Any) -> list[dict[str, Any]]:
    return [dict(row) for _ in range(n)]


def test_both_periods_with_and_without_their_largest(make_snapshot: Any) -> None:
    rows = [
        *many(10, date_start=AFTER, tablets=1_000_000),
        {"date_start": AFTER, "tablets": 90_000_000},
        *many(12, date_start=BEFORE, tablets=1_000_000),
    ]
    said = say(make_snapshot, "", *rows)
    assert said.startswith(
        "11 reported seizures in Iraq and Syria since 8 Dec 2024, 12 in the 15 months before."
    )
    assert "100 M tablets against 12 M (10 M against 11 M without each period’s largest)" in said
    assert said.endswith("don’t read this as flow.")


@pytest.mark.parametrize(("after", "before"), [(9, 30), (30, 9), (3, 0)])
def test_below_ten_events_a_side_nothing_is_compared(make_snapshot: Any, after: int, before: int) -> None:
    rows = [*many(after, date_start=AFTER, tablets=100), *many(before, date_start=BEFORE, tablets=500_000)]
    said = say(make_snapshot, "", *rows)
    assert "cannot be told from these reports" in said
    assert "against" not in said
    assert "went from" not in said


def test_the_country_that_changed_most_is_named(make_snapshot: Any) -> None:
    rows = [
        *many(10, date_start=AFTER, tablets=100_000, transport="balloon"),
        *many(10, date_start=BEFORE, tablets=600_000, transport="truck"),
        *many(10, date_start=AFTER, tablets=100_000, country="SY"),
        *many(10, date_start=BEFORE, tablets=110_000, country="SY"),
    ]
    said = say(make_snapshot, "", *rows)
    assert "In Iraq the median seizure went from 600,000 to 100,000 tablets" in said
    assert "tablets and 10 of 10 came by balloon, 0 of 10 before." in said
    assert "In Syria" not in said


def test_a_method_counts_pills_of_unstated_kind_and_needs_ten_known_a_side(make_snapshot: Any) -> None:
    rows = [
        *many(5, date_start=AFTER, transport="balloon"),
        *many(5, date_start=AFTER, transport="balloon", drug="pills_unspecified"),
        *many(5, date_start=AFTER),
        *many(10, date_start=BEFORE, transport="truck"),
    ]
    assert "In Iraq 10 of 10 came by balloon, 0 of 10 before." in say(make_snapshot, "", *rows)
    assert "balloon" not in say(make_snapshot, "", *rows[1:])


def test_no_report_is_never_a_zero(make_snapshot: Any) -> None:
    rows = [{"country": "JO", "drug": "pills_unspecified"}, *many(12, country="JO", date_start=BEFORE)]
    said = say(make_snapshot, "scope=jo", *rows)
    assert said.startswith(
        "No report of a seizure that fits these filters was collected in Jordan since 8 Dec 2024; 12 in"
    )
    assert "1 of pills of unstated kind stands beside." in said
    assert "0 reported" not in said


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("scope=all&from=all", False),
        ("scope=all&from=2010-01-01", False),
        ("scope=all", True),
        ("scope=iq&from=all", True),
        ("scope=all&from=all&country=SA", True),
        ("scope=all&from=all&ids=1", True),
    ],
)
def test_no_total_over_all_countries_and_years(make_snapshot: Any, query: str, allowed: bool) -> None:
    snapshot = make_snapshot({"tablets": 5_000_000})
    selection = apply(Filters.from_query(query), snapshot)
    assert totals_allowed(selection.filters, selection.span) is allowed
    said = lead(selection, snapshot).text
    assert ("not added up" in said) is not allowed


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "from=2025-01-01&to=2025-12-31",
            "1 reported seizure in Iraq and Syria in 2025; no such report collected in the 12 months before",
        ),
        (
            "from=2025-05-30&to=2025-06-03",
            "from 30 May 2025 to 3 Jun 2025; no such report collected in the 5 days before",
        ),
        ("vs=year", "no such report collected in the same days 2 years earlier"),
        ("vs=2024-01-01..2024-12-31", "no such report collected in 2024:"),
        ("vs=2024-01-01..2024-03-31", "no such report collected from 1 Jan 2024 to 31 Mar 2024"),
        ("vs=none", "since 8 Dec 2024. 7 tablets, all of it in one seizure"),
        ("country=IQ,SY", "in Iraq and Syria since"),
        ("country=IQ", "in Iraq since"),
        ("country=IQ,LB", "in Iraq + Lebanon since"),
        ("country=IQ,LB,TR", "in 3 countries since"),
        ("from=all", "in all years"),
        ("from=all&to=2025-12-31", "until 31 Dec 2025"),
    ],
)
def test_periods_and_places_in_words(make_snapshot: Any, query: str, words: str) -> None:
    assert words in say(make_snapshot, query, {"date_start": AFTER, "tablets": 7})


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("admin1=IQ-AN", "1 reported seizure in Anbar, Iraq since 8 Dec 2024;"),
        ("scope=iq&admin1=IQ-AN,IQ-NI", "in Anbar + Nineveh, Iraq since"),
        ("admin1=IQ-AN,SY-DY", "in Anbar + Deir ez-Zor, Iraq + Syria since"),
        ("admin1=IQ-AN,IQ-NI,IQ-BG,IQ-BA", "in 4 governorates, Iraq since"),
        (
            "transport=balloon",
            "in Iraq and Syria since 8 Dec 2024 that fits the filters (Transport: balloon);",
        ),
        ("scope=iq&q=Anbar", "in Iraq since 8 Dec 2024 that fits the filters (search “Anbar”)"),
        ("min=5&max=9&drug=any", "(Drug: every drug; at least 5 tablets; at most 9 tablets)"),
        (
            "min=5&max=9&drug=any&transport=balloon&q=Anbar",
            "(Drug: every drug; at least 5 tablets; at most 9 tablets; and 2 more filters)",
        ),
        (
            "scope=iq&transport=truck",
            "that fits these filters was collected in Iraq since 8 Dec 2024 (Transport: truck).",
        ),
        ("read=all&scope=iq&country=IQ", "in Iraq since 8 Dec 2024;"),
    ],
)
def test_what_narrows_the_view_is_named(make_snapshot: Any, query: str, words: str) -> None:
    row = {"date_start": AFTER, "tablets": 7, "transport": "balloon", "place": "Anbar"}
    row |= {"admin1": "Anbar", "admin1_code": "IQ-AN"}
    assert words in say(make_snapshot, query, row)


def test_two_seizures_take_the_dual_in_arabic(make_snapshot: Any) -> None:
    snapshot = make_snapshot(*many(2, date_start=AFTER, tablets=7))
    said = lead(apply(Filters.from_query("scope=iq&min=5"), snapshot), snapshot, "ar").text
    assert "ضبطيتان مُعلنتان في العراق منذ 8 كانون الأول 2024 تطابقان التصفية (5 حبة على الأقل)" in said


def test_a_search_emphasises_nothing(make_snapshot: Any) -> None:
    snapshot = make_snapshot({"date_start": AFTER})
    said = lead(apply(Filters.from_query("q=%3Cb%3Eiraq"), snapshot), snapshot)
    assert all(fact.count("<b>") == fact.count("</b>") for fact in said.facts)


def test_without_any_stated_quantity(make_snapshot: Any) -> None:
    assert "None of them states a quantity of tablets." in say(make_snapshot, "", {})
