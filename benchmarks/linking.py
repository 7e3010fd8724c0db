"""How well the reports of one seizure are found: ours beside a naive key and Splink, on one gold and three states of the ledger.

    python -m benchmarks.linking            the table of docs/linking.md (Splink where it is installed)
    python -m benchmarks.linking --fit      fit the points again and write etl/link/weights.toml
    python -m benchmarks.linking --sweep    dev-half scores over thresholds
    python -m benchmarks.linking --errors   what is merged and split wrongly (development half), merges over 1 M in both
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.linking_fit import fit, is_development  # noqa: E402
from etl.ledger import read_ledger  # noqa: E402
from etl.link import link  # noqa: E402
from etl.link.profile import in_canonical_order, profile  # noqa: E402
from etl.link.weights import Weights, shipped_weights  # noqa: E402
from etl.locate import locate  # noqa: E402
from etl.normalise import normalise  # noqa: E402
from etl.records import Report  # noqa: E402

LEDGER = ROOT / "data" / "reported"
GOLD = ROOT / "tests" / "gold" / "links.csv"
WEIGHTS = ROOT / "etl" / "link" / "weights.toml"
SCENARIOS = ("full", "no carried dates", "no carried dates, no curated place")

Partition = list[frozenset[str]]


def gold_links() -> dict[str, str]:
    """report_id -> event_key, the ground truth."""
    with GOLD.open(encoding="utf-8", newline="") as lines:
        return {row["report_id"]: row["event_key"] for row in csv.DictReader(lines)}


def seizure_reports(scenario: int) -> list[Report]:
    """The ledger's seizure reports through the real stages, with columns blanked as the scenario says (0, 1, 2)."""
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(LEDGER.glob("*.csv")):
            _blanked(source, Path(folder) / source.name, scenario)
        claims = read_ledger(Path(folder)).claims
    placed, _ = locate([c for c in claims if c.is_seizure])
    reports, _ = normalise(placed)
    return list(reports)


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
    """Precision, recall, F1: for each chosen report, how much of its group is right and how much of its event is there."""
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
    """Country, date and quantity as written: what a spreadsheet's duplicate finder would do."""
    groups: dict[object, set[str]] = defaultdict(set)
    for r in reports:
        c = r.claim
        key = (c.country, c.when.start, c.when.precision, c.amount.quantity, c.amount.unit)
        known = c.when.start is not None and c.amount.quantity is not None
        groups[key if known else r.report_id].add(r.report_id)
    return [frozenset(group) for group in groups.values()]


def merges_of_different(partition: Partition, gold: dict[str, str]) -> list[tuple[frozenset[str], list[str]]]:
    """Groups that hold reports of several events, with the events' keys."""
    mixed = [(group, sorted({gold[r] for r in group})) for group in partition]
    return [(group, keys) for group, keys in mixed if len(keys) > 1]


def row(name: str, partition: Partition, gold: dict[str, str], seconds: float) -> str:
    """One line of the table: all, development half, other half."""
    reports = sorted(r for group in partition for r in group)
    development = [r for r in reports if is_development(gold[r])]
    other = [r for r in reports if not is_development(gold[r])]
    cells = []
    for chosen in (reports, development, other):
        cells.append(" ".join(f"{x:.3f}" for x in b_cubed(partition, gold, chosen)))
    return f"| {name} | {' | '.join(cells)} | {seconds:.1f} |"


def table(methods: dict[str, Callable[[Sequence[Report]], Partition]]) -> None:
    """Print P R F1 for each method and scenario."""
    gold = gold_links()
    for number, scenario in enumerate(SCENARIOS):
        reports = seizure_reports(number)
        print(f"\n{scenario} ({len(reports)} reports)\n")
        print("| method | all: P R F1 | development half | other half | seconds |\n|---|---|---|---|---|")
        for name, method in methods.items():
            begun = time.perf_counter()
            partition = method(reports)
            print(row(name, partition, gold, time.perf_counter() - begun), flush=True)


def fit_and_write() -> None:
    """Fit the points on the development half and write them; threshold and shares stay."""
    ledgers = [in_canonical_order(profile(r) for r in seizure_reports(n)) for n in range(len(SCENARIOS))]
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
    reports = {r.report_id: r for r in seizure_reports(0)}
    partition = ours(list(reports.values()))
    for group, keys in merges_of_different(partition, gold):
        size = max((reports[r].tablets.best or 0 for r in group), default=0)
        if size > 1_000_000 or any(is_development(key) for key in keys):
            print(f"merged ({size:,.0f} tablets): {', '.join(keys)}")
    parts: dict[str, list[int]] = defaultdict(list)
    for group in partition:
        for key in {gold[r] for r in group}:
            parts[key].append(sum(gold[r] == key for r in group))
    for key, sizes in sorted(parts.items()):
        if len(sizes) > 1 and is_development(key):
            print(f"split {sorted(sizes, reverse=True)}: {key}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("fit", "sweep", "errors"):
        parser.add_argument(f"--{flag}", action="store_true")
    chosen = parser.parse_args()
    if chosen.fit:
        fit_and_write()
    elif chosen.sweep:
        sweep()
    elif chosen.errors:
        errors()
    else:
        methods: dict[str, Callable[[Sequence[Report]], Partition]] = {"ours": ours, "naive key": naive}
        try:
            from benchmarks.linking_splink import splink_partition
        except ImportError:
            print("Splink is not installed (extra `bench`): left out")
        else:
            methods["splink"] = splink_partition
        table(methods)


if __name__ == "__main__":
    main()
