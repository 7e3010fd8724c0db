"""Change one event, open an old link: the difference names it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cite import kept
from dashboard.cite.compare import Change, Logged, Value, compare, differences, follow
from dashboard.cite.since import changes, of_event, since
from dashboard.cite.words import column, figures_then_and_now, line, shown
from dashboard.filters import Filters
from dashboard.release import Snapshot, load_named
from tests.dashboard.cite.releases import ADDED, CORRECTED, FIRST, MERGED, SECOND, WITHDRAWN

WHOLE = Filters(since="all")


def test_each_kind_of_change_is_named(then: Snapshot, now: Snapshot) -> None:
    found = {one.event_id: one for one in changes(then, now)}
    assert {event_id: one.kind for event_id, one in found.items()} == {
        ADDED: "added",
        CORRECTED: "corrected",
        MERGED: "merged",
        WITHDRAWN: "withdrawn",
    }
    assert found[MERGED].into == (CORRECTED,)
    assert {one.column: (one.old, one.new) for one in found[CORRECTED].values} == {
        "tablets_low": ("1300000", "1250000"),
        "tablets_best": ("1350000", "1300000"),
        "possible_duplicate_of": (MERGED, ""),
    }
    assert {one.release for one in found.values()} == {SECOND}


def test_nothing_changed_between_a_release_and_itself(now: Snapshot) -> None:
    assert changes(now, now) == ()
    assert since(now, now, WHOLE).same


@pytest.mark.parametrize(
    ("query", "expected", "moved"),
    [
        ("", {ADDED, CORRECTED, MERGED, WITHDRAWN}, True),
        ("scope=iq", {WITHDRAWN}, False),  # of unstated kind: beside the headline, never in it
        ("scope=jo", set(), False),
        ("ids=2", {MERGED}, True),
        ("from=2025-09-01&to=2025-12-31", {ADDED}, True),
        ("min=1000000", {CORRECTED, MERGED}, True),
        ("min=1320000", {CORRECTED, MERGED}, True),  # the correction takes it out of the view
        ("from=2023-01-01&to=2023-12-31", set(), False),
    ],
)
def test_only_what_concerns_the_view_is_told(
    then: Snapshot, now: Snapshot, query: str, expected: set[str], *, moved: bool
) -> None:
    found = since(then, now, Filters.from_query(query))
    assert {one.event_id for one in found.changes} == expected
    assert found.moved is moved


def test_the_headline_then_and_now(then: Snapshot, now: Snapshot) -> None:
    found = since(then, now, Filters())
    told = {
        one.name: (_said(one.then), _said(one.now), one.moved)
        for one in figures_then_and_now(found.then, found.now)
    }
    assert told == {
        "Reported seizures": ("2", "2", False),
        "Tablets, low to high": ("32,000 – 1.41 M", "1.25 M – 1.3 M", True),
        "Median size, tablets": ("691,000", "650,000", True),
    }  # fmt: skip


def _said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_no_total_over_all_years_and_countries(then: Snapshot, now: Snapshot) -> None:
    found = since(then, now, Filters(scope="all", since="all"))
    assert (found.then.low, found.then.best, found.then.high) == (None, None, None)


def test_an_unchanged_event_that_the_period_reached_is_no_change(data: Path, tmp_path: Path) -> None:
    """The data's end moves, the row does not."""
    then, now = load_named(data, FIRST), load_named(data, FIRST)
    object.__setattr__(then, "data_complete_to", then.data_complete_to.replace(year=2025, month=6))
    found = since(then, now, Filters())
    assert found.changes == ()
    assert found.entered == (CORRECTED, MERGED)
    assert found.left == ()
    assert not found.same


def test_an_event_knows_its_own_changes(then: Snapshot, now: Snapshot) -> None:
    assert [one.event_id for one in of_event(then, now, CORRECTED)] == [CORRECTED, MERGED]
    assert of_event(then, now, "CAP-000005") == ()


@pytest.mark.parametrize(
    ("merged", "end"),
    [
        ({}, "A"),
        ({"A": "B"}, "B"),
        ({"A": "B", "B": "C"}, "C"),
        ({"A": "B", "B": "A"}, ""),
    ],
)
def test_chains_of_merges_are_followed(merged: dict[str, str], end: str) -> None:
    assert follow("A", merged) == end


def test_a_split_names_its_parts_and_a_new_column_changes_nothing() -> None:
    entry = Logged("2026.04.1", "2026-04-02", "A", "split", (), ("B",))
    found = compare(
        {"A": {"event_id": "A", "place": "x"}},
        {"A": {"event_id": "A", "place": "y", "newer": "1"}, "B": {"event_id": "B", "place": "x"}},
        merged={},
        log=[entry],
    )
    assert [(one.kind, one.event_id, one.into) for one in found] == [
        ("added", "B", ()),
        ("split", "A", ("B",)),
    ]
    assert found[1].values == (Value("place", "x", "y"),)


ROWS = st.dictionaries(
    st.sampled_from("ABCDEF"),
    st.fixed_dictionaries({"place": st.sampled_from("xyz"), "release": st.sampled_from("12")}),
)


@given(ROWS, ROWS)
def test_every_difference_is_told_once_and_nothing_else(
    then: Mapping[str, dict[str, str]], now: Mapping[str, dict[str, str]]
) -> None:
    found = compare(then, now, merged={})
    assert len({one.event_id for one in found}) == len(found)
    by_kind = {
        kind: {one.event_id for one in found if one.kind == kind}
        for kind in ("added", "withdrawn", "corrected")
    }
    assert by_kind["added"] == now.keys() - then.keys()
    assert by_kind["withdrawn"] == then.keys() - now.keys()
    assert by_kind["corrected"] == {
        one for one in then.keys() & now.keys() if then[one]["place"] != now[one]["place"]
    }


def test_bookkeeping_is_no_change() -> None:
    assert differences({"release": "1", "last_changed": "a"}, {"release": "2", "last_changed": "b"}) == ()


@pytest.mark.parametrize(
    ("name", "cell", "lang", "expected"),
    [
        ("tablets_best", "1350000", "en", "1,350,000"),
        ("tablets_best", "", "en", "not stated"),
        ("country", "IQ", "en", "Iraq"),
        ("country", "IQ", "ar", "العراق"),
        ("counted", "0", "en", "no"),
        ("place", "a" * 300, "en", "a" * 79 + "…"),
        ("border_km_low", "12.5", "en", "12.5"),
    ],
)
def test_cells_in_words(now: Snapshot, name: str, cell: str, lang: str, expected: str) -> None:
    assert shown(name, cell, now, lang) == expected


def test_a_column_without_a_word_keeps_its_published_name() -> None:
    assert (column("tablets_best"), column("tablets_rule")) == ("Tablets, best figure", "tablets_rule")


def test_a_line_of_a_gone_event_takes_its_words_from_the_older_release(then: Snapshot, now: Snapshot) -> None:
    change = Change("withdrawn", WITHDRAWN)
    told = line(change, kept.rows(FIRST, then), kept.rows(SECOND, now), now)
    assert "Western Anbar" in told.title
    assert not told.page


@pytest.mark.parametrize(
    ("label", "before"), [("2026.03.1", ""), ("2026.04.1", "2026.03.1"), ("2026.10.1", "2026.04.1")]
)
def test_releases_are_in_the_order_of_their_labels(now: Snapshot, label: str, before: str) -> None:
    assert kept.before(label, now) == before
    assert kept.label_key("2026.3.10") > kept.label_key("2026.3.9")
