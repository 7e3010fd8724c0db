"""What a tablet weighs, recomputed from the reports that give a count and a weight of one load.

Prints the figures behind `etl/vocabulary/conversions.toml` and fails when the constants are no longer the
ledger's own: the median of all pairs (best), the 5th and 95th percentile of the plausible ones (low, high).
"""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

from etl.ledger import read_ledger
from etl.normalise import normalise
from etl.records import Location, PlacedClaim, Report
from etl.vocabulary import load
from etl.vocabulary.units import tablet_mass

LEDGER = Path(__file__).parents[1] / "data" / "reported"
ROUNDING_G = 0.0005


def main() -> int:
    claims = read_ledger(LEDGER).claims
    reports, _ = normalise(PlacedClaim(claim, Location("none")) for claim in claims if claim.is_seizure)
    masses = ((r.mass_g, r) for r in reports if r.mass_g is not None)
    pairs = sorted(masses, key=lambda pair: pair[0])
    mass = tablet_mass()
    grams = [g for g, _ in pairs]
    plausible = [g for g in grams if mass.plausible_low <= g <= mass.plausible_high]
    twentieths = quantiles(plausible, n=20, method="inclusive")
    found = {"best": median(grams), "low": twentieths[0], "high": twentieths[-1]}
    print(f"{len(grams)} pairs, {len(plausible)} plausible ({mass.plausible_low}-{mass.plausible_high} g)")
    broken = False
    for name, value in found.items():
        constant = float(getattr(mass, name))
        parts = abs(value - constant) > ROUNDING_G
        broken |= parts
        print(f"{name:>5}: {value:.4f} g, in use {constant:.3f} g{'  <-- parted' if parts else ''}")
    for entry in load("conversions")["reference"].values():
        grams_a_tablet = entry["kg"] * 1000 / entry["tablets"]
        print(f"beside: {grams_a_tablet:.4f} g  {entry['source']}")
    for value, report in pairs:
        if not mass.plausible_low <= value <= mass.plausible_high:
            print(_outlier(value, report))
    return int(broken)


def _outlier(grams: float, report: Report) -> str:
    return f"outside: {grams:.3f} g  {report.report_id}  {report.claim.amount.as_written}"


if __name__ == "__main__":
    raise SystemExit(main())
