"""Countries by years: what stands in a cell, and that silence is never zero."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.countries.country import of, page
from dashboard.countries.heat_view import chosen
from dashboard.countries.page import table
from dashboard.countries.routes import COLUMNS, to_csv
from dashboard.countries.totals import totals_by_year
from dashboard.countries.year_rows import record, year_table
from dashboard.countries.years import Cell, by_year, everywhere
from dashboard.figures import heat, when
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.reconcile.ours import compared
from dashboard.release import Snapshot, load
from dashboard.selection import apply
from tests.dashboard.conftest import MakeSnapshot

DATA = Path(__file__).resolve().parents[3] / "data"
TOTAL: dict[str, Any] = {
    "aggregate_id": "A1", "kind": "period_total", "issuer": "UNODC", "country": "IQ",
    "scope_kind": "national", "drug": "captagon", "period_start": "2025-01-01", "period_end": "2025-12-31",
    "best": 10e6, "unit": "tablets", "qualifier": "exact", "superseded_by": "", "drug_scope": "captagon",
    "source_urls": "https://example.org/t", "review_status": "reviewed",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    return load(DATA)


def read(part: Any) -> str:
    """The words of a part of the page, each part of them after a blank."""
    if isinstance(part, str):
        return f" {part.strip()}" if part.strip() else ""
    if isinstance(part, list | tuple):
        return "".join(read(one) for one in part)
    if part is None:
        return ""
    props = (part if isinstance(part, dict) else part.to_plotly_json())["props"]
    return read(props.get("children", props.get("content"))).replace("\N{NO-BREAK SPACE}", " ")


def test_a_cell_counts_what_lies_in_its_year(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        {"date_start": "2025-02-01", "tablets": 12_000_000},
        {"date_start": "2025-03-01", "tablets": 1_000_000, "possible_duplicate_of": "CAP-000009"},
        {"date_start": "2025-04-01"},
        {"date_start": "2025-05-01", "drug": "pills_unspecified", "tablets": 500_000},
        {"date_start": "2024-12-30", "date_end": "2025-01-02", "date_precision": "week", "tablets": 7},
        {"date_start": None, "date_precision": "none", "tablets": 9},
        {"date_start": "2025-04-01", "country": "SY", "tablets": 5},
    )
    found = by_year(Filters(), snapshot)
    cell = found.cell("IQ", 2025)
    assert (cell.events, cell.with_quantity, cell.unstated) == (3, 2, 1)
    assert (cell.low, cell.best, cell.high) == (12_000_000, 13_000_000, 13_000_000)
    assert (cell.without_large, cell.without_repeats, cell.median) == (1_000_000, 12_000_000, 6_500_000)
    assert (cell.large, cell.repeats) == (1, 1)
    assert found.cell("IQ", None).events == 2, "across a new year, or without a date: in no year"
    assert found.cell("IQ", 2024) == Cell("IQ", 2024), "nothing, which is not zero tablets"
    assert found.cell("SY", 2025).best == 5


@pytest.mark.parametrize(
    ("first", "last", "drawn_in"),
    [
        ("2025-03-01", "2025-03-31", {"year"}),
        ("2025-01-01", "2025-12-31", {"year"}),
        ("2024-12-21", "2025-01-31", set()),
        ("2025-04-01", None, set()),
        (None, "2014-05-31", set()),
        (None, None, set()),
    ],
)
def test_the_bounds_of_an_undated_event_give_its_year_and_nothing_finer(
    make_snapshot: MakeSnapshot, first: str | None, last: str | None, drawn_in: set[str]
) -> None:
    row = {"date_start": None, "date_precision": "none", "date_not_before": first, "date_not_after": last}
    snapshot = make_snapshot(row)
    events = snapshot.seizures
    assert {grain for grain in when.GRAINS if when.periods(events, grain).notna().all()} == drawn_in
    assert when.undated(events).all() == (not drawn_in)
    assert by_year(Filters(), snapshot).cell("IQ", 2025 if drawn_in else None).events == 1


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({}, ()),
        ({"drug_scope": "pills"}, ("drug",)),
        ({"drug": "pills_unspecified"}, ()),
        ({"scope_kind": "agency"}, ("agency",)),
        ({"scope_kind": "territory"}, ("territory",)),
        ({"period_end": "2025-07-16"}, ()),
        ({"drug_scope": "pills", "scope_kind": "agency"}, ("drug", "agency")),
    ],
)
def test_a_total_is_comparable_as_on_the_page_of_official_totals(
    make_snapshot: MakeSnapshot, change: dict[str, Any], differs: tuple[str, ...]
) -> None:
    snapshot = make_snapshot(
        {"tablets_low": 2e6, "tablets": 4e6, "tablets_high": 5e6}, aggregates=[TOTAL | change]
    )
    cell = by_year(Filters(), snapshot).cell("IQ", 2025)
    assert cell.total is not None
    assert cell.total.differs == differs
    assert cell.share == (None if differs else (0.2, 0.5))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "bundle"},
        {"drug_scope": "all_drugs"},
        {"unit": "litres"},
        {"superseded_by": "A2"},
        {"period_start": "2023-01-01"},
        {"period_start": ""},
        {"country": ""},
    ],
)
def test_other_totals_stand_beside_no_year(make_snapshot: MakeSnapshot, change: dict[str, Any]) -> None:
    assert totals_by_year(make_snapshot({}, aggregates=[TOTAL | change])) == {}


@pytest.mark.parametrize(
    ("best", "qualifier", "said"),
    [
        (10e6, "exact", "traced 20–50 %"),
        (10e6, "over", "traced at most 20–50 %"),
        (1e6, "over", "above the stated minimum"),
        (1e6, "exact", "above the official total"),
    ],
)
def test_the_traced_share_in_neutral_words(
    make_snapshot: MakeSnapshot, best: float, qualifier: str, said: str
) -> None:
    total = TOTAL | {"best": best, "qualifier": qualifier}
    snapshot = make_snapshot({"tablets_low": 2e6, "tablets": 4e6, "tablets_high": 5e6}, aggregates=[total])
    assert heat.share_text(by_year(Filters(), snapshot).cell("IQ", 2025), Look()) == said


def test_the_verdict_on_each_total_is_that_of_the_page_of_official_totals(shipped: Snapshot) -> None:
    official = {one.total.aggregate_id: one for one in compared(shipped)}
    found = [one for row in totals_by_year(shipped).values() for one in row]
    assert found
    for one in found:
        there = official[one.total.aggregate_id]
        assert (one.held.label, one.differs) == (there.label, tuple(reason.of for reason in there.reasons))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "SY",
            "at least 25.2 M tablets Ministry of Interior; Jul 2025 to Dec 2025; above the stated minimum",
        ),
        ("JO", "about 40 M tablets Ministry of Interior; 1 Jan 2022 to 27 Aug 2022; traced in part, 32%"),
        ("KW", "4 M tablets General Administration of Customs; not comparable: drug"),
        ("IQ", "1,256 kg UNODC; differs"),
        ("IQ", "24 M tablets UNODC; traced in part, 70% (40%–71%)"),
        ("TR", "as given by Daily Sabah; not traced"),
    ],
)
def test_the_rows_of_years_tell_how_totals_are_held(shipped: Snapshot, code: str, told: str) -> None:
    filters = of(code, Filters())
    assert told in read(year_table(by_year(filters, shipped), code, filters, Look()))


def test_totals_beyond_the_third_are_counted_and_led_to(shipped: Snapshot) -> None:
    filters = of("SY", Filters())
    assert len(totals_by_year(shipped)["SY", 2025]) == 6
    rows = year_table(by_year(filters, shipped), "SY", filters, Look())
    assert "3 more" in read(rows)
    assert "/official?country=SY" in [link["href"] for link in parts("Link", rows)]


def test_what_an_outlet_gives_is_not_called_official(make_snapshot: MakeSnapshot) -> None:
    totals = [TOTAL | {"issuer": "Daily Sabah"}, TOTAL | {"aggregate_id": "A2", "unit": "kg"}]
    event = {"tablets": 1, "form": "tablets", "kg_low": 1, "kg_best": 1, "kg_high": 1}
    cell = by_year(Filters(), make_snapshot(event, aggregates=totals)).cell("IQ", 2025)
    assert [one.total.aggregate_id for one in cell.totals] == ["A2", "A1"], "weights stand beside a year too"
    assert (cell.total, cell.share) == (None, None), "the table of countries has official totals in tablets"


@pytest.mark.parametrize("measure", heat.MEASURES)
def test_silence_is_told_in_words_under_every_measure(shipped: Snapshot, measure: str) -> None:
    """Jordan 2025: no event by default, 7 pills of unstated kind around, and the army's own total beside."""
    cell = by_year(Filters(), shipped).cell("JO", 2025)
    shown = heat.shade(cell, measure, Look())
    assert (cell.events, shown.text, shown.level) == (0, "no report collected", 0)
    assert shown.small == "+6 kind n/s · official at least 14.1\N{NO-BREAK SPACE}M"


def test_the_filters_on_where_and_when_do_not_cut_the_table(shipped: Snapshot) -> None:
    narrow = Filters(scope="jo", since="12m", ids=("CAP-000001",))
    assert by_year(narrow, shipped).cells == by_year(Filters(), shipped).cells
    large = by_year(Filters(min=100_000), shipped)
    assert 0 < large.events < by_year(Filters(), shipped).events


@pytest.mark.parametrize("drug", [(), ("any",), ("captagon",)])
@pytest.mark.parametrize("least", [None, 1000, 10**6])
def test_every_event_is_in_one_cell(shipped: Snapshot, drug: tuple[str, ...], least: int | None) -> None:
    snapshot = shipped
    filters = Filters(drug=drug, min=least)
    events = apply(everywhere(filters), snapshot).events
    found = by_year(filters, snapshot)
    assert found.events == int((events["country"] != "").sum())
    for cell in found.cells.values():
        assert (cell.low or 0) <= (cell.best or 0) <= (cell.high or 0)
        assert (cell.without_large or 0) <= (cell.best or 0)


def test_the_table_as_a_file(shipped: Snapshot) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(Filters(), shipped))))
    assert tuple(rows[0]) == COLUMNS
    silent = next(row for row in rows if (row["country"], row["year"]) == ("JO", "2025"))
    assert (silent["events"], silent["tablets_best"], silent["note"]) == ("", "", "no_report_collected")
    assert (silent["official_total"], silent["official_differs_by"]) == ("14100000", "drug|agency")
    year = next(row for row in rows if (row["country"], row["year"]) == ("IQ", "2023"))
    cell = by_year(Filters(), shipped).cell("IQ", 2023)
    assert (year["tablets_best"], year["official_issuer"]) == (f"{cell.best:.0f}", "UNODC")


def test_a_hostile_issuer_is_no_formula(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot({"tablets": 1}, aggregates=[TOTAL | {"issuer": "=1+1", "issuer_country": "IQ"}])
    assert "'=1+1" in to_csv(Filters(), snapshot)
    assert ",=1+1" not in to_csv(Filters(), snapshot)


def test_whether_a_year_is_a_record_with_and_without_repeats(shipped: Snapshot) -> None:
    said = record(by_year(of("IQ", Filters()), shipped), "IQ", Look())
    told = said.replace("\N{NO-BREAK SPACE}", " ")
    assert "2024: 7 seizures, 5.15–7.99 M tablets, 5.15–5.49 M without possible repeats." in told
    assert "2025: 12 seizures, 9.31–16.7 M tablets, 9.31–9.66 M without possible repeats." in told
    assert "too few to compare" in said
    assert record(by_year(Filters(), shipped), "XX", Look()).startswith("No seizure")


def parts(of_type: str, part: Any) -> Iterator[dict[str, Any]]:
    """The properties of the components of a type in a part of the page."""
    if isinstance(part, list | tuple):
        for one in part:
            yield from parts(of_type, one)
    elif part is not None and not isinstance(part, str):
        found = part if isinstance(part, dict) else part.to_plotly_json()
        if found["type"] == of_type:
            yield found["props"]
        yield from parts(of_type, found["props"].get("children", found["props"].get("content")))


def card_of(code: str, name: str, snapshot: Snapshot) -> Any:
    """What is in a card of the page of a country."""
    cards = parts("Section", page(code, Filters(), snapshot, "light", "en"))
    return next(card["children"] for card in cards if card.get("id") == f"{name}-card")


@pytest.mark.parametrize("query", ["", "drug=any", "min=100000", "read=all"])
def test_a_cell_counts_what_its_link_shows(shipped: Snapshot, query: str) -> None:
    filters = Filters.from_query(query)
    shown = table(filters, shipped, "light", heat.EVENTS, "en")
    links = [link for link in parts("A", shown) if link["href"].startswith("?")]
    assert len(links) > 60
    for link in links:
        goal = apply(Filters.from_query(link["href"][1:]), shipped)
        n, extra = (re.search(words, read(link["children"])) for words in (r"^ (\d+)\b", r"\+(\d+) kind"))
        told = [int(found[1]) if found else 0 for found in (n, extra)]
        assert told == [len(goal.events), len(goal.unstated_kind)], link["title"]


@pytest.mark.parametrize("code", ["IQ", "JO", "LB", "SA", "SY"])
def test_a_cell_without_a_year_leads_to_its_list(shipped: Snapshot, code: str) -> None:
    (cell,) = (
        cell
        for cell in parts("Link", table(Filters(), shipped, "light", heat.EVENTS, "en"))
        if cell["href"].startswith(f"/country/{code}?")
    )
    assert cell["href"].endswith("#country_undated-card")
    n = re.search(r"\d+", read(cell["children"]))
    assert n
    assert f" {n[0]} seizures of no single known year" in read(card_of(code, "country_undated", shipped))


def test_a_record_names_years_with_more_pills_of_unstated_kind(shipped: Snapshot) -> None:
    told = record(by_year(of("IQ", Filters()), shipped), "IQ", Look()).replace("\N{NO-BREAK SPACE}", " ")
    assert "2022, 18–18.2 M in 7 seizures. Not counted: 80 M pills of unstated kind in 2017. 2024:" in told
    assert "Not counted" not in record(by_year(of("SY", Filters()), shipped), "SY", Look())


def test_a_disputed_year_is_told_low_to_high(shipped: Snapshot) -> None:
    told = record(by_year(of("SY", Filters()), shipped), "SY", Look()).replace("\N{NO-BREAK SPACE}", " ")
    assert told.startswith("Most reported tablets of one year: 2025, 100–150 M in 27 seizures.")
    assert "2025: 27 seizures, 100–150 M tablets" in told


@pytest.mark.parametrize("code", ["IQ", "KW", "SA", "SY"])
def test_what_is_doubtful_is_marked_in_the_list_of_no_known_year(shipped: Snapshot, code: str) -> None:
    selection = apply(of(code, Filters()), shipped)
    main, beside = (
        frame[when.periods(frame, "year").isna()] for frame in (selection.events, selection.unstated_kind)
    )
    rows = pd.concat([main, beside])
    card = card_of(code, "country_undated", shipped)
    marks = Counter(mark["children"] for mark in parts("Span", card) if mark.get("className") == "differ")
    twice = [f"may be the same as {one}" for one in rows["possible_duplicate_of"] if one]
    assert marks == Counter(["figures differ"] * int(rows["figures_differ"].sum()) + twice)
    n = int((main["possible_duplicate_of"] != "").sum())
    assert (f"{n} of them may be counted twice." in read(card)) == bool(n)


def test_a_joint_operation_whose_figures_differ_is_marked(shipped: Snapshot) -> None:
    rows = parts("Tr", card_of("IQ", "country_joint", shipped))
    told = [read(row["children"]) for row in rows if "/event/CAP-000338" in str(row["children"])]
    assert told
    assert all("figures differ" in one for one in told)


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        (heat.EVENTS, " 2 +1 kind n/s"),
        (heat.TABLETS, " 11 M +1 kind n/s"),
        (heat.WITHOUT, " 1 M +1 kind n/s"),
        (heat.MEDIAN, " 5.5 M +1 kind n/s"),
        (heat.OFFICIAL, " 2 reported seizures +1 kind n/s"),
    ],
)
@pytest.mark.parametrize("days", [["2009-05-01", "2011-05-01"], [None, None]])
def test_years_that_stand_together_show_the_measure_too(
    make_snapshot: MakeSnapshot, measure: str, told: str, days: list[str | None]
) -> None:
    first, second = ({"date_start": day, "date_precision": "day" if day else "none"} for day in days)
    snapshot = make_snapshot(
        first | {"tablets": 10_000_000},
        second | {"tablets": 1_000_000},
        second | {"tablets": 7, "drug": "pills_unspecified"},
        {"date_start": "2009-01-01", "country": "SY"},
    )
    cells = parts("Td", table(Filters(), snapshot, "light", measure, "en"))
    sides = [read(cell["children"]) for cell in cells if cell["className"] == "heat__side"]
    assert told in sides


def test_a_cell_leads_to_its_country_and_year(shipped: Snapshot) -> None:
    goal = chosen(by_year(Filters(), shipped).cell("IQ", 2025), Filters(min=5, scope="jo"))
    read = Filters.from_query(goal.to_query())
    assert (read.countries(), read.min) == (("IQ",), 5)
    selection = apply(replace(read, min=None), shipped)
    assert len(selection.events) == by_year(Filters(), shipped).cell("IQ", 2025).events
