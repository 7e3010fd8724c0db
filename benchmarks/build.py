"""The build's time and memory: the shipped ledger, and made-up ones of 1,000, 10,000 and 100,000 reports.

Each build runs in a process of its own, so that its peak memory is its own. Limits: the shipped ledger 15 s
and 600 MB; 100,000 reports 180 s; processor time and memory grow no faster than n log n from
10,000 to 100,000.
"""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic_ledger import write

ROOT = Path(__file__).resolve().parents[1]
SHIPPED_SECONDS, SHIPPED_MB = 15.0, 600.0
LARGE_SECONDS = 180.0
SIZES = (1_000, 10_000, 100_000)
SLACK = 1.15  # other programs on the machine
_RUN = """
import resource, sys
from click.testing import CliRunner
from etl.cli import cli
done = CliRunner().invoke(cli, ["build", *sys.argv[1:]])
if done.exit_code:
    sys.exit(done.output)
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
print(used.ru_utime + used.ru_stime, peak)
"""


@dataclass(frozen=True)
class Measured:
    """Wall time (interpreter start included) and processor time in seconds, peak memory in MB.

    The build runs on one core: on a machine that does nothing else both times are the same.
    """

    reports: int
    seconds: float
    cpu_seconds: float
    megabytes: float


def measure(reports: int, *arguments: str) -> Measured:
    """Run one build into an empty folder."""
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _RUN, "--out", out, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        cpu, peak = map(float, done.stdout.split()[-2:])
        return Measured(reports, time.perf_counter() - start, cpu, peak)


def growth_allowed(small: Measured, large: Measured) -> float:
    """How many times larger n log n is."""
    return (large.reports * math.log(large.reports)) / (small.reports * math.log(small.reports))


def _print(name: str, m: Measured) -> None:
    print(f"{name:12} {m.reports:8,} {m.seconds:8.1f} {m.cpu_seconds:8.1f} {m.megabytes:6.0f}", flush=True)


def main() -> int:
    """Print the table; 1 when a limit is broken."""
    lines = (ROOT / "data/reported").glob("*.csv")
    shipped = measure(sum(path.read_text(encoding="utf-8").count("\nR") for path in lines))
    broken = []
    if shipped.seconds > SHIPPED_SECONDS or shipped.megabytes > SHIPPED_MB:
        broken.append(f"the shipped ledger may take {SHIPPED_SECONDS:.0f} s and {SHIPPED_MB:.0f} MB")
    print(f"{'ledger':12} {'reports':>8} {'seconds':>8} {'cpu s':>8} {'MB':>6}")
    _print("shipped", shipped)
    made_up = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            ledger = write(Path(folder) / str(size), size)
            made_up.append(measure(size, "--reported", str(ledger)))
            _print("synthetic", made_up[-1])
    _, middle, large = made_up
    allowed = growth_allowed(middle, large) * SLACK
    if large.seconds > LARGE_SECONDS:
        broken.append(f"{large.reports:,} reports may take {LARGE_SECONDS:.0f} s")
    if large.cpu_seconds / middle.cpu_seconds > allowed:
        broken.append(
            f"time grew {large.cpu_seconds / middle.cpu_seconds:.1f} times, n log n allows {allowed:.1f}"
        )
    if large.megabytes / middle.megabytes > allowed:
        broken.append(
            f"memory grew {large.megabytes / middle.megabytes:.1f} times, n log n allows {allowed:.1f}"
        )
    for line in broken:
        print(f"LIMIT BROKEN: {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
