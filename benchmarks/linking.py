"""How well the reports of one seizure are found: ours, a naive key and Splink, on one gold, in three states.

python -m benchmarks.linking            the table of docs/linking.md (Splink where it is installed)
python -m benchmarks.linking --fit      fit the points again and write etl/link/weights.toml
python -m benchmarks.linking --sweep    scores of the development half over thresholds
python -m benchmarks.linking --errors   wrong merges and splits: development half, and all above a million
python -m benchmarks.linking --pin      raise the floors of tests/gold/linking_floors.toml, never lower them
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.linking_fit import fit, is_development  # noqa: E402
from etl.ledger import read_ledger  # noqa: E402
from etl.link import link  # noqa: E402
from etl.link.profile import Profile, in_canonical_order, profile  # noqa: E402
from etl.link.weights import Weights, shipped_weights  # noqa: E402
from etl.locate import locate  # noqa: E402
from etl.normalise import normalise  # noqa: E402
from etl.records import Report  # noqa: E402

HAS_SPLINK = find_spec("splink") is not None
if HAS_SPLINK:  # the extra `bench`
    import pandas as pd
    import splink.comparison_level_library as level
    import splink.comparison_library as compare_by
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

LEDGER = ROOT / "data" / "reported"
GOLD = ROOT / "tests" / "gold" / "links.csv"
FLOORS = ROOT / "tests" / "gold" / "linking_floors.toml"
WEIGHTS = ROOT / "etl" / "link" / "weights.toml"
SCENARIOS = ("full", "no_carried_dates", "no_carried_dates_no_curated_place")
LARGE_TABLETS = 1_000_000
SLACK = 0.01
"""A floor is pinned this much below the measurement: a place resolved better may move a few pairs."""

Partition = list[frozenset[str]]


def gold_links() -> dict[str, str]:
    """report_id -> event_key, the ground truth."""
    with GOLD.open(encoding="utf-8", newline="") as lines:
        return {row["report_id"]: row["event_key"] for row in csv.DictReader(lines)}


def seizure_reports(scenario: int) -> list[Report]:
    """The ledger's seizure reports through the real stages, columns blanked as scenario 0, 1 or 2 says."""
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(LEDGER.glob("*.csv")):
            _blanked(source, Path(folder) / source.name, scenario)
        claims = read_ledger(Path(folder)).claims
    placed, _ = locate([c for c in claims if c.is_seizure])
    reports, _ = normalise(placed)
    return list(reports)


def profiles(scenario: int) -> list[Profile]:
    """The profiles of those reports, in canonical order."""
    return in_canonical_order(profile(r) for r in seizure_reports(scenario))


def _blanked(source: Path, target: Path, scenario: int) -> None:
    with source.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = reader.fieldnames or []
        rows = list(reader)
    for row in rows:
        if scenario >= 1 and row["date_basis"] == "other_report":
            row["event_date"] = ""
        if scenario >= 2:
            row["place"] = row["admin1"] = ""
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)


def b_cubed(partition: Partition, gold: dict[str, str], chosen: Iterable[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the chosen reports.

    For each report: how much of its group belongs there, and how much of its event the group holds.
    """
    events: dict[str, set[str]] = defaultdict(set)
    for group in partition:
        for report in group:
            events[gold[report]].add(report)
    group_of = {report: group for group in partition for report in group}
    reports = list(chosen)
    shared = [(len(group_of[r] & events[gold[r]]), len(group_of[r]), len(events[gold[r]])) for r in reports]
    precision = sum(both / group for both, group, _ in shared) / len(reports)
    recall = sum(both / event for both, _, event in shared) / len(reports)
    return precision, recall, 2 * precision * recall / (precision + recall)


def ours(reports: Sequence[Report], weights: Weights | None = None) -> Partition:
    """The linker's partition."""
    return [frozenset(c.report_ids) for c in link(reports, weights=weights).clusters]


def naive(reports: Sequence[Report]) -> Partition:
    """Country, date and quantity as written, blanks included: what a spreadsheet's duplicate finder does."""
    groups: dict[object, set[str]] = defaultdict(set)
    for r in reports:
        c = r.claim
        groups[c.country, c.when.start, c.when.precision, c.amount.quantity, c.amount.unit].add(r.report_id)
    return [frozenset(group) for group in groups.values()]


def merges_of_different(partition: Partition, gold: dict[str, str]) -> list[tuple[frozenset[str], list[str]]]:
    """Groups that hold reports of several events, with the events' keys."""
    mixed = [(group, sorted({gold[r] for r in group})) for group in partition]
    return [(group, keys) for group, keys in mixed if len(keys) > 1]


def large_merges(reports: Sequence[Report], partition: Partition, gold: dict[str, str]) -> list[str]:
    """Wrong merges of two events of over a million tablets each, and the days between the events' own days.

    An event's size is the median of its reports', its own days the ones that its reports state themselves.
    """
    sizes: dict[str, list[float]] = defaultdict(list)
    days: dict[str, list[int]] = defaultdict(list)
    for r in reports:
        key, when = gold[r.report_id], r.claim.when
        if r.tablets.best:
            sizes[key].append(r.tablets.best)
        if when.start and when.precision == "day" and when.basis != "other_report":
            days[key].append(when.start.toordinal())
    found = []
    for _, keys in merges_of_different(partition, gold):
        large = [key for key in keys if sizes[key] and median(sizes[key]) > LARGE_TABLETS]
        for first, second in combinations(large, 2):
            apart = [abs(x - y) for x in days[first] for y in days[second]]
            found.append(f"{first} + {second}: {min(apart) if apart else 'unknown'} days apart")
    return found


def row(name: str, partition: Partition, gold: dict[str, str], seconds: float) -> str:
    """One line of the table: all, development half, other half."""
    cells = [
        " ".join(f"{x:.3f}" for x in b_cubed(partition, gold, chosen)) for chosen in halves(partition, gold)
    ]
    return f"| {name} | {' | '.join(cells)} | {seconds:.1f} |"


def halves(partition: Partition, gold: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """All reports, those of the development half of the events, those of the other half."""
    reports = sorted(r for group in partition for r in group)
    development = [r for r in reports if is_development(gold[r])]
    return reports, development, [r for r in reports if not is_development(gold[r])]


def broken_floors(
    scenario: str, reports: Sequence[Report], partition: Partition, gold: dict[str, str]
) -> list[str]:
    """Limits of tests/gold/linking_floors.toml that a partition breaks."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    everything, development, other = (b_cubed(partition, gold, chosen) for chosen in halves(partition, gold))
    found = []
    for name, measured in (("precision", everything[0]), ("f1", everything[2])):
        if measured < floors[scenario][name]:
            found.append(f"{scenario}: {name} {measured:.4f} is below {floors[scenario][name]}")
    if development[2] - other[2] > floors["largest_gap_between_halves"]:
        found.append(f"{scenario}: the other half's F1 {other[2]:.4f} is far below {development[2]:.4f}")
    if scenario == SCENARIOS[0]:
        merges = large_merges(reports, partition, gold)
        if len(merges) > floors["most_large_merges"]:
            found.append(f"{len(merges)} merges of large seizures: {'; '.join(merges)}")
    return found


def pinned(old: dict[str, float], measured: dict[str, float]) -> dict[str, float]:
    """New floors of one scenario; ValueError where a measurement is below its floor: mend the linker."""
    for name, floor in old.items():
        if measured[name] < floor:
            raise ValueError(
                f"{name} is {measured[name]:.4f}, below its floor {floor}: floors are never lowered"
            )
    return {name: max(floor, round(measured[name] - SLACK, 3)) for name, floor in old.items()}


def pin() -> None:
    """Raise the floors to what is measured now."""
    gold, text = gold_links(), FLOORS.read_text(encoding="utf-8")
    floors = tomllib.loads(text)
    preamble = text.split(f"[{SCENARIOS[0]}]")[0]
    lines = [preamble.rstrip()]
    for number, scenario in enumerate(SCENARIOS):
        partition = ours(seizure_reports(number))
        precision, _, f1 = b_cubed(partition, gold, halves(partition, gold)[0])
        raised = pinned(floors[scenario], {"precision": precision, "f1": f1})
        lines += ["", f"[{scenario}]", *(f"{name} = {floor}" for name, floor in raised.items())]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table() -> int:
    """Print P R F1 for each method and state of the ledger; return how many limits ours breaks."""
    methods: dict[str, Callable[[Sequence[Report]], Partition]] = {"ours": ours, "naive key": naive}
    if HAS_SPLINK:
        methods["splink, best threshold of the development half"] = splink_partition
    else:
        print("Splink is not installed (extra `bench`): left out")
    gold, broken = gold_links(), []
    for number, scenario in enumerate(SCENARIOS):
        reports = seizure_reports(number)
        print(f"\n{scenario.replace('_', ' ')} ({len(reports)} reports)\n")
        print("| method | all: P R F1 | development half | other half | seconds |\n|---|---|---|---|---|")
        for name, method in methods.items():
            begun = time.perf_counter()
            partition = method(reports)
            print(row(name, partition, gold, time.perf_counter() - begun), flush=True)
            if method is ours:
                broken += broken_floors(scenario, reports, partition, gold)
    print("\n".join(broken))
    return len(broken)


def splink_partition(reports: Sequence[Report]) -> Partition:
    """Splink on DuckDB with the same inputs, trained as its documentation says, clusters as it makes them.

    u from random pairs, m by expectation maximisation over two blockings, term frequencies for amounts and
    places, dates by distance in days, amounts by relative difference, places by kilometres. Its clusters are
    connected components; the threshold is the one with the best F1 on the development half, as for ours.
    """
    frame = pd.DataFrame([_splink_row(p) for p in in_canonical_order(profile(r) for r in reports)])
    amount = compare_by.CustomComparison(
        output_column_name="size",
        comparison_levels=[
            level.NullLevel("size"),
            level.ExactMatchLevel("size", term_frequency_adjustments=True),
            level.PercentageDifferenceLevel("size", 0.05),
            level.PercentageDifferenceLevel("size", 0.3),
            level.ElseLevel(),
        ],
    )
    day = compare_by.CustomComparison(
        output_column_name="day",
        comparison_levels=[
            level.NullLevel("day"),
            level.ExactMatchLevel("day"),
            level.AbsoluteDifferenceLevel("day", 3),
            level.AbsoluteDifferenceLevel("day", 31),
            level.AbsoluteDifferenceLevel("day", 366),
            level.ElseLevel(),
        ],
    )
    position = compare_by.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            level.NullLevel("place"),
            level.ExactMatchLevel("place", term_frequency_adjustments=True),
            level.DistanceInKMLevel("latitude", "longitude", 40),
            level.ElseLevel(),
        ],
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="report_id",
        comparisons=[
            amount,
            day,
            position,
            compare_by.ExactMatch("admin1"),
            compare_by.ExactMatch("transport"),
            compare_by.ExactMatch("arrests"),
            compare_by.ExactMatch("drug"),
            compare_by.ArrayIntersectAtSizes("hiding", [3, 1]),
            compare_by.ArrayIntersectAtSizes("agencies", [1]),
        ],
        blocking_rules_to_generate_predictions=[block_on("country")],
    )
    database = DuckDBAPI()
    linker = Linker(database.register(frame), settings, log_level=50)
    same_day_and_size = block_on("country", "day", "size")
    linker.training.estimate_probability_two_random_records_match([same_day_and_size], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("country", "size"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("country", "day"))
    scored = linker.inference.predict(threshold_match_weight=-10)
    gold, best = gold_links(), (0.0, [])
    for weight in range(-4, 26, 2):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            scored, threshold_match_weight=weight
        ).as_pandas_dataframe()
        partition = [frozenset(ids) for _, ids in clusters.groupby("cluster_id")["report_id"]]
        f1 = b_cubed(partition, gold, halves(partition, gold)[1])[2]
        best = max(best, (f1, partition), key=lambda found: found[0])
    return best[1]


def _splink_row(p: Profile) -> dict[str, object]:
    exact = p.precision == "day" and p.first is not None
    return {
        "report_id": p.label, "country": p.country or None, "size": p.size, "day": p.first if exact else None,
        "place": p.place_id or None, "latitude": p.latitude, "longitude": p.longitude,
        "admin1": "|".join(sorted(p.admin1)) or None, "transport": p.transport or None, "arrests": p.arrests,
        "drug": p.drug, "hiding": sorted(p.words) or None, "agencies": sorted(p.agencies) or None,
    }  # fmt: skip


def fit_and_write() -> None:
    """Fit the points on the development half and write them; threshold and shares stay."""
    ledgers = [profiles(n) for n in range(len(SCENARIOS))]
    start, points = fit(ledgers, gold_links())
    old = WEIGHTS.read_text(encoding="utf-8").split("[points.")[0].rstrip().splitlines()
    lines = [f"start = {start}" if line.startswith("start =") else line for line in old]
    for feature in dict.fromkeys(feature for feature, _ in points):
        lines += ["", f"[points.{feature}]"]
        lines += [f"{level} = {p}" for (f, level), p in points.items() if f == feature]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def sweep() -> None:
    """Scores of the development half over thresholds and shares of the best pair."""
    gold, shipped = gold_links(), shipped_weights()
    ledgers = [seizure_reports(n) for n in range(len(SCENARIOS))]
    for share in (0.3, 0.4, 0.5):
        for threshold in (-0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.5):
            weights = replace(shipped, threshold=threshold, best_share=share)
            cells = []
            for reports in ledgers:
                chosen = [r.report_id for r in reports if is_development(gold[r.report_id])]
                cells.append(" ".join(f"{x:.3f}" for x in b_cubed(ours(reports, weights), gold, chosen)))
            print(f"share {share} threshold {threshold:5.2f}: {' | '.join(cells)}", flush=True)


def errors() -> None:
    """Print wrong merges and splits of the full ledger."""
    gold = gold_links()
    reports = seizure_reports(0)
    partition = ours(reports)
    print("merges of large seizures:", *(large_merges(reports, partition, gold) or ["none"]), sep="\n  ")
    for _, keys in merges_of_different(partition, gold):
        if any(is_development(key) for key in keys):
            print("merged:", ", ".join(keys))
    parts: dict[str, list[int]] = defaultdict(list)
    for group in partition:
        for key in {gold[r] for r in group}:
            parts[key].append(sum(gold[r] == key for r in group))
    for key, sizes in sorted(parts.items()):
        if len(sizes) > 1 and is_development(key):
            print(f"split {sorted(sizes, reverse=True)}: {key}")


def main(arguments: Sequence[str] = ()) -> int:
    """Run what the arguments name, without any the table; return how many limits are broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    actions: dict[str, Callable[[], None]] = {
        "fit": fit_and_write,
        "sweep": sweep,
        "errors": errors,
        "pin": pin,
    }
    for name in actions:
        parser.add_argument(f"--{name}", action="store_true")
    chosen = parser.parse_args(list(arguments))
    for name, action in actions.items():
        if getattr(chosen, name):
            action()
            return 0
    return table()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
