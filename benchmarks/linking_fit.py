"""How the points in `etl/link/weights.toml` were found: a logistic regression under common-sense constraints.

Learnt from pairs of reports that may be one seizure by their countries, both in the DEVELOPMENT half of the
events, in three states of the ledger (full; without dates carried over from other reports; without curated
places too), so that one set of points serves all three. Each level of `etl.link.compare` is a 0/1 feature.
Constraints: agreement never subtracts, disagreement never adds, and within a feature a closer level never
gets less than a looser one (CHAINS). An L2 penalty pulls towards what one would say without data (PRIOR).
Deterministic: no sampling, no random start.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import pairwise

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from etl.link.compare import compare
from etl.link.profile import Profile
from etl.link.weights import Evidence, phrases, shipped_weights

Points = dict[tuple[str, str], float]

L2 = 0.02
NEGATIVE_WEIGHT = 0.3
"""A pair of two seizures counts less than one of the same: there are forty times as many of them."""
SIZE_POWER = 0.7
"""A pair inside an event of n reports counts (n-1)^-0.7: else the few events with twenty reports decide."""
ORDER_PENALTY = 50.0
LOSS_SCALE = 1000.0

CHAINS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("amount", ("very_far", "far", "differs", "roughly", "near", "close", "rounded_1", "rounded_2")),
    ("amount", ("near", "over", "rounded_1")),
    ("amount", ("near", "rounded_far", "rounded_1")),
    ("amount", ("rounded_1", "same_1", "same_2", "same_3", "same_4")),
    ("amount", ("close", "same_1")),
    (
        "amount",
        tuple(
            f"weight_{x}"
            for x in ("very_far", "far", "differs", "roughly", "near", "close", "same_1", "same_2")
        ),
    ),
    ("amount", ("converts_not", "converts_roughly", "converts")),
    ("weight", ("very_far", "far", "differs", "roughly", "near", "close", "same_1", "same_2")),
    ("date", ("apart", "month", "week", "days", "next_day", "same_day")),
    ("date", ("apart", "other_month", "near_month", "same_month", "same_day")),
    ("date", ("apart", "other_year", "near_year", "same_year", "same_month")),
    (
        "date",
        tuple(f"published_{x}" for x in ("before", "long_after", "later", "soon", "at_once")),
    ),
    ("date", ("out_apart", "out_weeks", "out_together")),
    ("place", ("other_governorate", "same_governorate", "words_1", "words_2", "same_place", "same_site")),
    ("place", ("apart", "district", "near", "same_place")),
    ("words", ("none_shared", "shared_1", "shared_2", "shared_3")),
    ("arrests", ("other", "same_few", "same_several")),
    ("country", ("other", "shared", "one_silent", "both_silent", "same")),
    ("wording", ("alike", "same")),
    ("route", ("other", "same", "same_both")),
    ("drug", ("other", "vague")),
)
STEPS: dict[tuple[str, str], float] = {("amount", "same_3"): 0.8, ("amount", "same_4"): 0.5}
"""Least points above the level before it in its chain: each further digit makes a chance agreement rarer,
which the ledger is too small to show."""

PRIOR: dict[tuple[str, str], float] = {
    ("amount", "same_1"): 3.0, ("amount", "same_2"): 3.5, ("amount", "same_3"): 4.2,
    ("amount", "same_4"): 4.8, ("amount", "rounded_1"): 1.0, ("amount", "rounded_2"): 2.0,
    ("amount", "over"): 0.5, ("amount", "very_far"): -4.0, ("amount", "far"): -3.0,
    ("amount", "differs"): -2.0, ("amount", "roughly"): -1.0, ("amount", "precisely_other"): -3.0,
    ("amount", "weight_same_1"): 2.5,
    ("amount", "weight_same_2"): 4.0, ("amount", "weight_close"): 1.0, ("amount", "weight_very_far"): -4.0,
    ("amount", "weight_far"): -3.0, ("amount", "weight_differs"): -2.0, ("amount", "weight_roughly"): -1.0,
    ("amount", "converts"): 1.5, ("amount", "converts_not"): -2.0, ("weight", "same_2"): 2.0,
    ("weight", "same_1"): 1.0, ("weight", "very_far"): -1.0, ("weight", "far"): -1.0,
    ("date", "same_day"): 3.5, ("date", "next_day"): 2.5, ("date", "days"): 1.5, ("date", "week"): -1.0,
    ("date", "month"): -2.0, ("date", "apart"): -5.0, ("date", "same_month"): 2.0,
    ("date", "near_month"): 0.5, ("date", "other_month"): -2.0, ("date", "same_year"): 1.0,
    ("date", "near_year"): 0.0, ("date", "other_year"): -1.0, ("date", "published_before"): -4.0,
    ("date", "published_at_once"): 2.5, ("date", "published_soon"): 1.0, ("date", "published_later"): -0.5,
    ("date", "published_long_after"): -2.0, ("date", "out_together"): 2.0, ("date", "out_weeks"): 0.0,
    ("date", "out_apart"): -2.0, ("country", "same"): 2.5, ("country", "shared"): 1.0,
    ("country", "one_silent"): 1.0, ("country", "both_silent"): 1.0, ("country", "other"): -4.0,
    ("place", "same_site"): 2.0, ("place", "same_place"): 2.0, ("place", "near"): 1.0,
    ("place", "apart"): -2.0, ("place", "other_governorate"): -2.0, ("place", "words_2"): 1.5,
    ("place", "words_1"): 1.0, ("place", "same_governorate"): 0.5, ("words", "shared_1"): 1.5,
    ("words", "shared_2"): 2.5, ("words", "shared_3"): 3.0, ("words", "none_shared"): -1.5,
    ("loads", "same"): 2.5, ("loads", "other"): -0.5, ("value", "same"): 2.0,
    ("arrests", "same_several"): 2.0, ("arrests", "same_few"): 1.0, ("arrests", "other"): -1.0,
    ("drug", "other"): -2.0, ("drug", "vague"): -0.3, ("hedge", "one_vague"): -0.3,
    ("partners", "shared"): 2.0, ("wording", "same"): 0.8,
}  # fmt: skip
"""What one would say without data. The penalty pulls towards these, so that levels which the ledger shows
seldom (a month off, published before the event, a shared border) keep sensible points."""

AGREE = frozenset({
    "same", "same_1", "same_2", "same_3", "same_4", "rounded_1", "rounded_2", "rounded_far", "over", "close",
    "converts", "weight_same_1", "weight_same_2", "weight_close", "same_day", "next_day", "same_month",
    "same_year", "published_at_once", "out_together", "same_site", "same_place", "near", "words_1", "words_2",
    "same_governorate", "shared_1", "shared_2", "shared_3", "shared", "same_several", "same_few", "same_both",
    "alike", "both_silent",
})  # fmt: skip
DISAGREE = frozenset({
    "precisely_other",
    "other", "differs", "far", "very_far", "weight_differs", "weight_far", "weight_very_far",
    "converts_not", "apart", "month", "other_month", "other_year", "published_before",
    "published_long_after", "out_apart", "other_governorate", "none_shared", "one_vague", "vague",
    "roughly", "converts_roughly",
})  # fmt: skip


def is_development(event_key: str) -> bool:
    """Split of the events: the last bit of sha256(event_key); 0 = development half."""
    return hashlib.sha256(event_key.encode()).digest()[-1] % 2 == 0


def pairs_to_learn_from(profiles: Sequence[Profile], gold: Mapping[str, str]) -> list[tuple[int, int, bool]]:
    """All pairs of development reports that may be one seizure by country, and whether they are."""
    chosen = [i for i, p in enumerate(profiles) if is_development(gold[p.label])]
    found = []
    for position, i in enumerate(chosen):
        for j in chosen[position + 1 :]:
            a, b = profiles[i], profiles[j]
            if a.page != b.page and (a.countries & b.countries or not a.country or not b.country):
                found.append((i, j, gold[a.label] == gold[b.label]))
    return found


def fit(ledgers: Sequence[Sequence[Profile]], gold: Mapping[str, str]) -> tuple[float, Points]:
    """Return the start value and the points of every level that occurs."""
    evidence: list[Evidence] = []
    labels: list[float] = []
    importance: list[float] = []
    for profiles in ledgers:
        sizes = Counter(gold[p.label] for p in profiles)
        for i, j, same in pairs_to_learn_from(profiles, gold):
            evidence.append(compare(profiles[i], profiles[j]))
            labels.append(1.0 if same else -1.0)
            others = sizes[gold[profiles[i].label]] - 1
            importance.append(others**-SIZE_POWER if same else NEGATIVE_WEIGHT)
    levels = sorted({found for e in evidence for found in e})
    theta = _solve(evidence, np.array(labels), np.array(importance), {f: n for n, f in enumerate(levels)})
    points = {level: round(_prior(level), 2) for level in phrases()}
    points |= {level: round(float(theta[n]), 2) + 0.0 for n, level in enumerate(levels)}
    return round(float(theta[-1]), 2), points


def _solve(
    evidence: Sequence[Evidence],
    sign: np.ndarray,
    importance: np.ndarray,
    column: Mapping[tuple[str, str], int],
) -> np.ndarray:
    unique: dict[tuple[Evidence, float], float] = {}
    for e, s, w in zip(evidence, sign, importance, strict=True):
        unique[e, s] = unique.get((e, s), 0.0) + w
    rows = [n for n, (e, _) in enumerate(unique) for _ in e]
    columns = [column[found] for e, _ in unique for found in e]
    x = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(unique), len(column)))
    s = np.array([sign for _, sign in unique])
    w = np.array(list(unique.values()))
    w *= LOSS_SCALE / w.sum()
    levels = list(column)
    prior = np.array([_prior(level) for level in levels])
    looser, closer = (np.array(side) for side in zip(*_ordered(column), strict=True))

    step = np.array([STEPS.get(levels[n], 0.0) for n in closer])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        points, start = theta[:-1], theta[-1]
        margin = (x @ points + start) * s
        broken = np.maximum(0.0, points[looser] + step - points[closer])
        value = (w * np.logaddexp(0, -margin)).sum()
        value += L2 * ((points - prior) ** 2).sum() + ORDER_PENALTY * (broken**2).sum()
        slope = -w * s / (1 + np.exp(np.clip(margin, -60, 60)))
        gradient = x.T @ slope + 2 * L2 * (points - prior)
        np.add.at(gradient, looser, 2 * ORDER_PENALTY * broken)
        np.add.at(gradient, closer, -2 * ORDER_PENALTY * broken)
        return float(value), np.append(gradient, slope.sum())

    bounds = [_bounds(level) for _, level in column] + [(None, None)]
    result = minimize(
        loss, np.append(prior, -6.0), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}
    )
    return np.asarray(result.x)


def _prior(level: tuple[str, str]) -> float:
    """Carried dates start at two thirds of a row's own."""
    own = (level[0], level[1].removesuffix("_carried"))
    return PRIOR.get(own, 0.0) * (1.0 if own == level else 2 / 3)


def _bounds(level: str) -> tuple[float | None, float | None]:
    plain = level.removesuffix("_carried")
    return (0.0 if plain in AGREE else None, 0.0 if plain in DISAGREE else None)


def _ordered(column: Mapping[tuple[str, str], int]) -> list[tuple[int, int]]:
    """Index pairs (looser level, closer level) of the levels that occur; carried levels keep the order."""
    found = []
    for feature, chain in CHAINS:
        for suffix in ("", "_carried") if feature == "date" else ("",):
            levels = [(feature, level + suffix) for level in chain]
            found += list(pairwise(column[level] for level in levels if level in column))
    return found


def main() -> int:
    """Say which shipped points a new fit would move by more than a quarter; they may stay, so no limit."""
    linking = import_module("benchmarks.linking")  # which imports this module
    ledgers = [linking.profiles(n) for n in range(len(linking.SCENARIOS))]
    start, points = fit(ledgers, linking.gold_links())
    shipped = shipped_weights()
    moved = {level: p for level, p in points.items() if abs(p - shipped.points.get(level, 0.0)) > 0.25}
    print(f"start {shipped.start} shipped, {start} fitted; {len(moved)} of {len(points)} points would move")
    for (feature, level), p in moved.items():
        print(f"  {feature}.{level}: {shipped.points.get((feature, level), 0.0):+.2f} -> {p:+.2f}")
    return 0
