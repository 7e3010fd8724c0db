"""The extractor beside the generic route: quality, speed, memory, and hostile input.

Quality by tests/gold/articles/score_extraction.py on the labelled development set; what the peer is made of
stands in benchmarks/extraction_peer.py. Each speed is of one core, in a process of its own, in processor
seconds, start-up (imports, models, word lists, the first article of each language) apart. Limits: at least 20
times the peer's articles a second on labelled articles; 1 MB/s per language on nine unrelated articles to a
labelled one; memory flat over 100,000 articles (at most 5 % more in the second half); hostile texts of 1 MB
in 2 s, with at most 2.3 times the time for twice the length.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks.extraction_gold import ARTICLES, LANGUAGES, files, measured
from benchmarks.extraction_worker import BLOCKS

ROOT = Path(__file__).resolve().parents[1]
HAS_PEER = find_spec("spacy") is not None  # the extra `bench`
TIMES_FASTER = 20.0
LEAST_MB = 1.0
MOST_GROWTH_OF_MEMORY = 1.05
MANY = 100_000
HOSTILE = 1_000_000
HOSTILE_SECONDS, HOSTILE_GROWTH = 2.0, 2.3
PATIENCE = 60.0
MEASURABLE = 0.05
"""Seconds below which the growth of a time says nothing."""
SHOWN = (
    "precision", "recall", "f1", "all_key_fields", "doc_class_accuracy", "amount_precision",
    "contamination_per_100",
    "field.amounts", "field.date", "field.country", "field.place", "field.agencies", "field.arrests",
)  # fmt: skip
_ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def run(*arguments: str, patience: float | None = None) -> dict[str, float]:
    """One measurement in a process of its own. TimeoutExpired after `patience` seconds."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.extraction_worker", *arguments],
        cwd=ROOT,
        env=os.environ | _ONE_CORE,
        capture_output=True,
        text=True,
        check=True,
        timeout=patience,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def quality() -> None:
    """Both extractors' scores on the development set."""
    ours = measured("dev")
    theirs = ours
    if HAS_PEER:
        from benchmarks.extraction_peer import answer  # noqa: PLC0415 - the extra `bench` may be missing

        theirs = measured("dev", answer)
    print(
        f"{'labelled articles (dev)':26}"
        + "".join(f"{lang + ' ours':>9}{lang + ' peer':>9}" for lang in LANGUAGES)
    )
    for name in SHOWN:
        cells = []
        for lang in LANGUAGES:
            cells += [ours[lang].get(name), theirs[lang].get(name) if HAS_PEER else None]
        print(f"{name:26}" + "".join(f"{'-' if c is None else f'{c:.3f}':>9}" for c in cells))


def speeds() -> list[str]:
    """Speeds on labelled articles of both extractors, and ours on a refresh's stream."""
    broken = []
    print(f"\n{'one core':34}{'start s':>9}{'articles/s':>12}{'MB/s':>8}{'peak MB':>9}")
    labelled = [str(ARTICLES / name) for name in files("dev")]
    rates = {}
    for name in ("ours", "peer") if HAS_PEER else ("ours",):
        found = run("speed", name, *labelled)
        rates[name] = found["articles"]
        _row(f"labelled articles, {name}", found)
    if HAS_PEER:
        times = rates["ours"] / rates["peer"]
        print(f"ours reads {times:.1f} times as many labelled articles a second (limit {TIMES_FASTER:g})")
        if times < TIMES_FASTER:
            broken.append(f"only {times:.1f} times the peer's articles a second, limit {TIMES_FASTER:g}")
    for lang in LANGUAGES[1:]:
        found = run("stream", "ours", lang)
        _row(f"nine unrelated to one, {lang}", found)
        if found["mb"] < LEAST_MB:
            broken.append(f"{found['mb']:.2f} MB/s on the {lang} stream, limit {LEAST_MB:g}")
    return broken


def _row(name: str, found: dict[str, float]) -> None:
    print(
        f"{name:34}{found['start']:9.2f}{found['articles']:12.1f}{found['mb']:8.2f}{found['peak']:9.0f}",
        flush=True,
    )


def memory() -> list[str]:
    """Peak memory over many articles: flat once the caches of words, which are bounded, are full."""
    found = run("memory", "ours", str(MANY))
    print("\npeak memory after articles:", end="")
    for name, share in (("tenth", 10), ("half", 2), ("all", 1)):
        print(f"  {MANY // share:,}: {found[name]:.0f} MB", end="")
    print()
    growth = found["all"] / found["half"]
    return [f"memory grew {growth:.2f} times in the second half"] if growth > MOST_GROWTH_OF_MEMORY else []


def hostile() -> list[str]:
    """Times of hostile texts and how they grow."""
    broken = []
    print(f"\n{'hostile text':20}{'500 kB':>9}{'1 MB':>9}{'growth':>9}")
    for name in BLOCKS:
        half, full = (
            run("adversarial", "ours", name, str(size))["seconds"] for size in (HOSTILE // 2, HOSTILE)
        )
        growth = full / half
        print(f"{name:20}{half:9.2f}{full:9.2f}{growth:9.2f}", flush=True)
        if full > HOSTILE_SECONDS:
            broken.append(f"{name}: {full:.2f} s, limit {HOSTILE_SECONDS:g} s")
        if growth > HOSTILE_GROWTH and half > MEASURABLE:
            broken.append(
                f"{name}: {growth:.2f} times the time for twice the length, limit {HOSTILE_GROWTH:g}"
            )
    return broken


def _hostile_seconds(name: str, size: int) -> float:
    """Seconds of a hostile text, infinite where it takes many times the limit."""
    try:
        return run("adversarial", "ours", name, str(size), patience=PATIENCE)["seconds"]
    except subprocess.TimeoutExpired:
        return float("inf")


def main() -> int:
    """Print the tables; 1 when a limit is broken."""
    quality()
    broken = [*speeds(), *hostile(), *memory()]
    if not HAS_PEER:
        print("the peer's libraries are not installed (extra `bench`): compared with nothing")
    for line in broken:
        print(f"LIMIT BROKEN: {line}")
    return int(bool(broken))


if __name__ == "__main__":
    raise SystemExit(main())
