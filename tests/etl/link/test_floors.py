"""The linker's promised scores on the ground truth. They are raised now and then, and never lowered."""

from __future__ import annotations

import re
import tomllib

import pytest

from benchmarks import linking
from benchmarks.linking_fit import is_development
from etl.records import Linking, Report

from .conftest import groups

FLOORS = tomllib.loads(linking.FLOORS.read_text(encoding="utf-8"))
PROMISED = {
    "full": {"precision": 0.97, "f1": 0.95},
    "no_carried_dates": {"precision": 0.95, "f1": 0.92},
    "no_carried_dates_no_curated_place": {"precision": 0.95, "f1": 0.92},
}


@pytest.mark.parametrize("number", range(len(linking.SCENARIOS)), ids=linking.SCENARIOS)
def test_scores_stay_above_their_floors(
    ledgers: list[list[Report]], linkings: list[Linking], number: int
) -> None:
    reports, partition = ledgers[number], list(groups(linkings[number]))
    assert linking.broken_floors(linking.SCENARIOS[number], reports, partition, linking.gold_links()) == []


def test_the_floors_are_at_least_what_was_promised() -> None:
    for scenario, least in PROMISED.items():
        assert all(FLOORS[scenario][name] >= floor for name, floor in least.items()), scenario
    assert FLOORS["most_large_merges"] <= 3
    assert FLOORS["largest_gap_between_halves"] <= 0.02


def test_large_seizures_are_seldom_merged_and_never_from_different_weeks(
    ledgers: list[list[Report]], linkings: list[Linking]
) -> None:
    merges = linking.large_merges(ledgers[0], list(groups(linkings[0])), linking.gold_links())
    assert len(merges) <= FLOORS["most_large_merges"], merges
    days = [int(found.group(1)) for merge in merges if (found := re.search(r"(\d+) days", merge))]
    assert all(gap <= FLOORS["largest_days_between_large_merges"] for gap in days), merges


def test_a_worse_linker_breaks_the_floors(ledgers: list[list[Report]]) -> None:
    partition = linking.naive(ledgers[0])
    assert linking.broken_floors("full", ledgers[0], partition, linking.gold_links())


def test_a_floor_is_raised_to_just_below_the_measurement_and_never_lowered() -> None:
    assert linking.pinned({"f1": 0.95}, {"f1": 0.981}) == {"f1": 0.971}
    assert linking.pinned({"f1": 0.98}, {"f1": 0.981}) == {"f1": 0.98}
    with pytest.raises(ValueError, match="never lowered"):
        linking.pinned({"f1": 0.95}, {"f1": 0.949})


def test_the_gold_covers_every_seizure_report_and_splits_by_event(ledgers: list[list[Report]]) -> None:
    gold = linking.gold_links()
    assert {r.report_id for r in ledgers[0]} <= set(gold)
    events = {gold[r.report_id] for r in ledgers[0]}
    share = sum(map(is_development, events)) / len(events)
    assert 0.4 < share < 0.6


def test_b_cubed_of_a_small_partition_by_hand() -> None:
    gold = {"a": "x", "b": "x", "c": "y", "d": "y"}
    partition = [frozenset("abc"), frozenset("d")]
    precision, recall, f1 = linking.b_cubed(partition, gold, gold)
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
