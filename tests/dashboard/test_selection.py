"""What the filters leave, what they can't decide, and what they hide from a search."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import i18n
from dashboard.filters import Filters
from dashboard.selection import Selection, apply, relaxed


def select(make_snapshot: Any, query: str, *rows: dict[str, Any], **tables: Any) -> Selection:
    return apply(Filters.from_query(query), make_snapshot(*rows, **tables))


def ids(frame: Any) -> list[int]:
    return [int(event_id[4:]) for event_id in frame["event_id"]]


YEAR_2024 = {"date_start": "2024-01-01", "date_end": "2024-12-31", "date_precision": "year"}
DECEMBER = {"date_start": "2024-12-01", "date_end": "2024-12-31", "date_precision": "month"}
UNDATED: dict[str, Any] = {"date_start": None, "date_precision": "none"}


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"date_start": "2024-12-08"}, "events"),
        ({"date_start": "2026-03-06"}, "events"),
        ({"date_start": "2024-12-07"}, "comparison"),
        ({"date_start": "2026-03-07"}, "nowhere"),
        (DECEMBER, "undecided"),
        (YEAR_2024, "undecided"),
        ({"date_start": "2025-01-01", "date_end": "2025-12-31", "date_precision": "year"}, "events"),
        # reported before the data ends, hence before its last day
        ({"date_start": "2026-01-01", "date_end": "2026-12-31", "date_precision": "year"}, "events"),
        (UNDATED, "undated"),
        (UNDATED | {"date_not_before": "2025-01-01"}, "undated"),
        (UNDATED | {"date_not_before": "2025-01-01", "date_not_after": "2025-12-31"}, "events"),
        (UNDATED | {"date_not_after": "2024-12-07"}, "nowhere"),
        (UNDATED | {"date_not_before": "2026-04-01"}, "nowhere"),
    ],
)
def test_dates_against_the_default_period(make_snapshot: Any, row: dict[str, Any], where: str) -> None:
    found = select(make_snapshot, "", row)
    assert found.comparison is not None
    places = {
        "events": found.events, "undated": found.undated, "undecided": found.undecided,
        "comparison": found.comparison,
    }  # fmt: skip
    assert [name for name, frame in places.items() if len(frame)] == ([where] if where != "nowhere" else [])


def test_all_years_count_the_undated_too(make_snapshot: Any) -> None:
    found = select(make_snapshot, "from=all", UNDATED, {"date_start": "2010-01-01"})
    assert ids(found.events) == [1, 2]
    assert found.comparison is None


def test_what_is_not_counted_is_nowhere(make_snapshot: Any) -> None:
    found = select(make_snapshot, "q=iraq&from=all&scope=all&drug=any", {"counted": False})
    assert found.events.empty
    assert found.undecided.empty


def test_pills_of_unstated_kind_stand_beside_and_never_inside(make_snapshot: Any) -> None:
    rows = [
        {"drug": name}
        for name in ("captagon", "amphetamine_tablets", "pills_unspecified", "unspecified", "hashish")
    ]
    found = select(make_snapshot, "", *rows)
    assert ids(found.events) == [1, 2]
    assert ids(found.unstated_kind) == [3, 4]
    assert ids(found.drawn) == [1, 2, 3, 4]
    assert ids(select(make_snapshot, "drug=any", *rows).events) == [1, 2, 3, 4, 5]
    assert select(make_snapshot, "drug=hashish", *rows).unstated_kind.empty


def test_countries_and_governorates(make_snapshot: Any) -> None:
    rows = [
        {"admin1_code": "IQ-AN"},
        {"admin1_code": "IQ-AN|IQ-NI"},
        {"admin1_code": ""},
        {"country": "SY", "admin1_code": "SY-DI"},
        {"country": "JO"},
        {"country": ""},
    ]
    found = select(make_snapshot, "admin1=IQ-AN", *rows)
    assert ids(found.events) == [1]
    assert ids(found.undecided) == [2, 3, 6]
    assert found.undecided_by == {"scope": 3}
    assert ids(select(make_snapshot, "scope=all&country=JO", *rows).events) == [5]
    assert ids(select(make_snapshot, "", *rows).events) == [1, 2, 3, 4]
    assert len(select(make_snapshot, "scope=all", *rows).events) == 6


def test_distance_counts_what_it_cannot_decide(make_snapshot: Any) -> None:
    rows = [
        {"border_distance_low_km": 0, "border_distance_high_km": 20},
        {"border_distance_low_km": 30, "border_distance_high_km": 80},
        {"border_distance_low_km": 51, "border_distance_high_km": 80},
        {"country": "IQ"},
        {"country": "JO"},
    ]
    found = select(make_snapshot, "border_km=50&scope=all", *rows)
    assert ids(found.events) == [1]
    assert ids(found.undecided) == [2, 4]
    assert found.undecided_by == {"border_km": 2}


def test_quantity_leaves_what_nobody_counted_undecided(make_snapshot: Any) -> None:
    rows = [{"tablets": 100}, {"tablets": 1_000_000}, {}]
    found = select(make_snapshot, "min=1000&max=2000000", *rows)
    assert ids(found.events) == [2]
    assert ids(found.undecided) == [3]


@pytest.mark.parametrize(
    ("key", "column", "value"),
    [
        ("sector", "border_sector", "nineveh"),
        ("relation", "border_relation", "crosses_stated"),
        ("type", "event_type", "raid"),
        ("site", "site_type", "crossing"),
        ("transport", "transport", "balloon"),
        ("authority", "authority", "iq_federal"),
        ("agency", "agency_codes", "iq_federal_police"),
    ],
)
def test_coded_filters_keep_the_unknown_apart(make_snapshot: Any, key: str, column: str, value: str) -> None:
    found = select(
        make_snapshot, f"{key}={value}", {column: value}, {column: "something_else"}, {column: "unknown"}
    )
    assert ids(found.events) == [1]
    assert ids(found.undecided) == [3]
    assert found.undecided_by == {key: 1}
    assert all(i18n.has(f"why.{key}", lang) for lang in ("en", "ar"))


def test_origins_precision_and_chosen_events(make_snapshot: Any) -> None:
    rows = [{"n_origins": 1, "place_precision": "exact"}, {"n_origins": 3, "place_precision": "town"}]
    assert ids(select(make_snapshot, "origins=2", *rows).events) == [2]
    assert ids(select(make_snapshot, "precision=exact", *rows).events) == [1]
    chosen = select(make_snapshot, "ids=2", *rows)
    assert ids(chosen.events) == [2]
    assert chosen.comparison is None


def test_a_search_counts_what_the_other_filters_hide(make_snapshot: Any) -> None:
    rows = [
        {"concealment": "apple crates"},
        {"concealment": "apple crates", "country": "JO"},
        {"concealment": "apples", "date_start": "2015-01-01"},
        {"concealment": "apples", "drug": "hashish"},
        {"concealment": "apples", "drug": "pills_unspecified"},
        {"concealment": "pears"},
    ]
    found = select(make_snapshot, "q=apple", *rows)
    assert ids(found.events) == [1]
    assert ids(found.unstated_kind) == [5]
    assert ids(found.outside) == [2, 3, 4]
    assert found.outside_matches == 3
    assert select(make_snapshot, "", *rows).outside_matches == 0


def test_an_empty_view_names_the_filter_to_relax(make_snapshot: Any) -> None:
    found = select(
        make_snapshot,
        "scope=jo&type=raid",
        {"event_type": "raid"},
        {"country": "JO", "event_type": "factory"},
    )
    assert found.events.empty
    assert found.relax == {"scope": 1, "type": 1}
    for name in found.relax:
        assert len(select(make_snapshot, relaxed(found.filters, name).to_query(), {"event_type": "raid"}, {
            "country": "JO", "event_type": "factory"}).events) == 1  # fmt: skip


def test_one_state_is_computed_once(make_snapshot: Any) -> None:
    snapshot = make_snapshot({})
    assert apply(Filters.from_query("scope=iq"), snapshot) is apply(Filters(scope="iq"), snapshot)


MACHINE = {"review_status": "machine", "counted": False, "not_counted_reason": "machine_read"}


def test_what_a_machine_read_is_counted_only_when_asked_for(make_snapshot: Any) -> None:
    rows = [{}, MACHINE, MACHINE | {"country": "JO"}, MACHINE | {"drug": "pills_unspecified"}]
    curated, both = (select(make_snapshot, query, *rows) for query in ("", "read=all"))
    assert (ids(curated.events), ids(curated.unstated_kind), curated.unreviewed) == ([1], [], 0)
    assert (ids(both.events), ids(both.unstated_kind), both.unreviewed) == ([1, 2], [4], 2)
    assert ids(curated.machine_read) == ids(both.machine_read) == [2, 4]
    assert ids(both.curated) == ids(curated.curated) == [1]
    assert curated.undecided.empty


def test_a_site_that_is_only_alleged_is_not_counted_whoever_read_it(make_snapshot: Any) -> None:
    alleged = MACHINE | {"not_counted_reason": "claim_of_site"}
    found = select(
        make_snapshot, "read=all", alleged, {"counted": False, "not_counted_reason": "claim_of_site"}
    )
    assert found.events.empty
    assert found.machine_read.empty


def test_the_other_period_is_read_like_the_first(make_snapshot: Any) -> None:
    rows = [MACHINE | {"date_start": "2024-12-01"}]
    for query, expected in (("", []), ("read=all", [1])):
        comparison = select(make_snapshot, query, *rows).comparison
        assert comparison is not None
        assert ids(comparison) == expected


def test_a_search_and_an_empty_view_offer_what_a_machine_read(make_snapshot: Any) -> None:
    found = select(
        make_snapshot, "q=apple", MACHINE | {"concealment": "apple crates"}, {"concealment": "pears"}
    )
    assert found.events.empty
    assert ids(found.outside) == [1]
    assert found.relax == {"q": 1, "read": 1}
    assert relaxed(found.filters, "read").to_query() == "q=apple&read=all"


def test_a_release_that_tells_nothing_of_machines_holds_none(make_snapshot: Any) -> None:
    snapshot = make_snapshot({})
    del snapshot.tables["seizures"]["review_status"]
    assert not snapshot.machine_read.any()
    assert ids(apply(Filters(read="all"), snapshot).events) == [1]
