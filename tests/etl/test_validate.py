"""What can't be published is kept out with its reason, and everything adds up."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from etl.events import build_event
from etl.records import Choice, Event, Report, RowRef
from etl.validate import balance, problems, validate, without_remainders

ERBIL = {
    "precision": "town",
    "latitude": 36.19,
    "longitude": 44.01,
    "place": "Erbil",
    "admin1_codes": ("IQ-AR",),
}


@pytest.fixture
def event(report: Callable[..., Report], cluster: Callable[..., Any]) -> Event:
    one = report(tablets=1e6, **ERBIL)
    return build_event([one], cluster([one]))


def with_value(event: Event, **values: object) -> Event:
    return replace(event, values=event.values | {n: Choice(v, "test") for n, v in values.items()})


def test_a_plain_event_is_fine(event: Event) -> None:
    assert problems(event) == []
    assert validate([event]) == ((event,), ())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"drug": "sugar"}, "drug has the code 'sugar'"),
        ({"drug": None}, "drug is blank"),
        ({"country": "Iraq"}, "country is 'Iraq'"),
        ({"tablets_best": -5}, "below 0"),
        ({"month": 13}, "above 12"),
        ({"tablets_low": 2e6}, "tablets_low <= tablets_best"),
        ({"flags": ("undated", "purple")}, "'purple'"),
        ({"place_precision": "district"}, "coarser than a town"),
        ({"date_precision": "none"}, "undated"),
        ({"latitude": 15.0}, "outside IQ"),
    ],
)
def test_a_broken_event_is_kept_out_with_its_reports(event: Event, wrong: dict[str, Any], words: str) -> None:
    good, issues = validate([with_value(event, **wrong)])
    assert good == ()
    assert [i.report_id for i in issues] == ["R1"]
    assert words in issues[0].message
    assert issues[0].blocking
    assert issues[0].ref == RowRef("a.csv", 2)


def test_a_port_or_an_island_may_lie_outside_its_countrys_polygon(event: Event) -> None:
    assert validate([with_value(event, country="IQ", latitude=29.8, longitude=48.7)])[1] == ()
    assert validate([with_value(event, country="AE", latitude=25.88, longitude=55.03)])[1] == ()


A, B = RowRef("a.csv", 2), RowRef("a.csv", 3)


@pytest.mark.parametrize(
    ("read", "published", "kept_out", "words"),
    [
        (2, [A], [B], ""),
        (2, [A, A], [B, B], ""),
        (3, [A], [B], "3 rows were read, but 1 published and 1 quarantined"),
        (2, [A, B], [B], "a.csv line 3 is both"),
    ],
)
def test_rows_add_up(read: int, published: list[RowRef], kept_out: list[RowRef], words: str) -> None:
    assert words in balance(read, published, kept_out)
    assert bool(balance(read, published, kept_out)) == bool(words)


def test_a_rest_that_cannot_be_published_only_warns(event: Event) -> None:
    _, issues = validate([with_value(event, drug="sugar")])
    assert [i.blocking for i in without_remainders(issues)] == [False]
