"""The clustering and the choice of candidates, apart from what is compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.linking import gold_links
from etl.link.candidates import NEIGHBOURS, candidate_pairs
from etl.link.cluster import REPRESENTATIVES, Grouping
from etl.link.profile import in_canonical_order, profile
from etl.link.timing import Told
from etl.records import Report


def scores(table: dict[tuple[int, int], float], otherwise: float = -5.0) -> Callable[[int, int], float]:
    return lambda i, j: table.get((min(i, j), max(i, j)), otherwise)


def grown(size: int, table: dict[tuple[int, int], float], **options: float) -> list[list[int]]:
    grouping = Grouping(scores(table), pages=[f"page {n}" for n in range(size)], **options)
    grouping.grow(sorted(table))
    return grouping.groups()


def test_a_chain_does_not_run_away() -> None:
    assert grown(3, {(0, 1): 5.0, (1, 2): 4.0, (0, 2): -6.0}) == [[0, 1], [2]]


def test_the_best_pair_has_a_say_beside_the_mean() -> None:
    table = {(0, 1): 6.0, (0, 2): 5.0, (1, 2): -5.5}
    assert grown(3, table, threshold=0.5) == [[0, 1], [2]]
    assert grown(3, table, threshold=0.5, best_share=0.4) == [[0, 1, 2]]


def test_pages_times_and_judgements_keep_groups_apart() -> None:
    table = {(0, 1): 9.0, (0, 2): 9.0, (1, 2): 9.0}
    for options in (
        {"pages": ["a", "b", "a"]},
        {"pages": ["a", "b", "c"], "apart": [(0, 2)]},
        {"pages": ["a", "b", "c"], "told": [Told(first=100, last=100), Told(), Told(first=120, last=120)]},
    ):
        grouping = Grouping(scores(table), **options)  # type: ignore[arg-type]
        grouping.grow(sorted(table))
        assert all(not {0, 2} <= set(group) for group in grouping.groups()), options


def test_joined_reports_stay_joined_and_count_as_one_group() -> None:
    grouping = Grouping(scores({(0, 1): -9.0, (1, 2): 3.0}), pages=["a", "b", "c"], apart=[(0, 2)])
    grouping.join(0, 1)
    assert grouping.forbidden(1, 2)
    grouping.grow([(1, 2)])
    assert grouping.groups() == [[0, 1], [2]]


def test_a_very_large_group_is_represented_by_some_of_its_reports() -> None:
    size = 2 * REPRESENTATIVES + 3
    asked = []

    def score(i: int, j: int) -> float:
        asked.append((i, j))
        return 2.0

    grouping = Grouping(score, pages=[str(n) for n in range(size)])
    grouping.grow([(n, n + 1) for n in range(size - 1)])
    assert grouping.groups() == [list(range(size))]
    assert len(asked) < size * REPRESENTATIVES * 3


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.floats(-9, 9), max_size=28))
def test_groups_partition_the_reports_and_each_fits_by_its_best_pair(
    table: dict[tuple[int, int], float],
) -> None:
    pairs = {(min(p), max(p)): s for p, s in table.items() if p[0] != p[1]}
    found = grown(8, pairs, threshold=0.0)
    assert sorted(i for group in found for i in group) == list(range(8))
    for group in found:
        for i in group:
            if len(group) > 1:
                assert max(scores(pairs)(i, j) for j in group if j != i) > 0


def test_candidates_hold_nearly_every_true_pair_of_the_ledger(ledgers: list[list[Report]]) -> None:
    gold = gold_links()
    profiles = in_canonical_order(map(profile, ledgers[0]))
    pairs = set(candidate_pairs(profiles))
    by_event: dict[str, list[int]] = {}
    for i, p in enumerate(profiles):
        by_event.setdefault(gold[p.label], []).append(i)
    true = {pair for members in by_event.values() for pair in combinations(members, 2)}
    assert len(true & pairs) / len(true) > 0.97
    assert len(pairs) < 40 * len(profiles)


@pytest.mark.parametrize("size", [200, 2000])
def test_undated_reports_without_amounts_do_not_meet_all_others(
    ledgers: list[list[Report]], size: int
) -> None:
    silent = next(
        r for r in ledgers[0] if r.claim.when.start is None and not r.tablets.known and not r.kg.known
    )
    bare = profile(silent)
    crowd = [replace(bare, label=str(n), page=str(n)) for n in range(size)]
    assert len(candidate_pairs(in_canonical_order(crowd))) <= 12 * NEIGHBOURS * size
