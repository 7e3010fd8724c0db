"""The shipped ledger: the build is a function of its inputs, and nothing of them vanishes."""

import csv
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.pipeline import Built, Inputs, build
from etl.publish import Request, Store, problems, publish_content

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
INPUTS = Inputs(DATA / "reported", DATA / "decisions", DATA / "coverage.toml")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def built() -> Built:
    return build(INPUTS)


@pytest.fixture(scope="module")
def store(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shipped ledger, published into a folder of its own without any earlier release."""
    folder = tmp_path_factory.mktemp("shipped")
    store = Store(folder / "out")
    publish_content(store, built.content, Request(), Store(folder / "none"))
    return store


def rows(store: Store, table: str) -> Rows:
    with (store.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ledger_rows(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file)):
                if number:
                    yield path.name, row


def test_every_row_of_the_ledger_is_published_or_quarantined(built: Built, store: Store) -> None:
    read = sum(1 for _ in ledger_rows(DATA / "reported"))
    published = {(r["ledger_file"], r["ledger_line"]) for r in rows(store, "reports")}
    kept_out = {(r["file"], r["line"]) for r in rows(store, "quarantine")}
    assert built.rows_read == read
    assert len(published) + len(kept_out - published) == read
    assert not published & kept_out


def test_reports_of_seizures_belong_to_one_event_and_others_to_a_total_or_none(store: Store) -> None:
    events = {r["event_id"] for r in rows(store, "seizures")}
    totals = {r["aggregate_id"] for r in rows(store, "aggregates")}
    for report in rows(store, "reports"):
        if report["row_kind"] == "seizure":
            assert report["event_id"] in events
        elif report["row_kind"] == "aggregate":
            assert report["aggregate_id"] in totals
        else:
            assert (report["row_kind"], report["event_id"]) == ("destruction", "")
    assert Counter(r["event_id"] for r in rows(store, "reports") if r["event_id"]) == {
        r["event_id"]: int(r["n_reports"]) for r in rows(store, "seizures")
    }


def test_totals_enter_no_event_but_for_what_a_bundle_leaves_over(store: Store) -> None:
    rests = {r["remainder_event"] for r in rows(store, "aggregates")} - {""}
    of_totals = {r["event_id"] for r in rows(store, "reports") if r["row_kind"] == "aggregate"} - {""}
    assert of_totals == rests
    bundles = {r["event_id"] for r in rows(store, "seizures") if r["is_bundle"] == "1"}
    assert rests <= bundles


def test_figures_are_ordered_and_differ_where_they_say_so(store: Store) -> None:
    for row in rows(store, "seizures"):
        low, best, high = (float(row[f"tablets_{x}"] or "nan") for x in ("low", "best", "high"))
        assert not low > best, row["event_id"]
        assert not high < best, row["event_id"]
        if row["tablets_basis"] == "stated" and high >= 1.5 * low:
            assert row["figures_differ"] == "1", row["event_id"]


AGAIN = """
import sys
from pathlib import Path
from etl.pipeline import Inputs, build
from etl.publish import Request, Store, problems, publish_content
data, out = map(Path, sys.argv[1:])
inputs = Inputs(data / "reported", data / "decisions", data / "coverage.toml")
publish_content(Store(out), build(inputs).content, Request(), Store(out / "none"))
"""


def test_building_again_gives_the_same_bytes(store: Store) -> None:
    """In another process, with another hash seed: no set or dictionary order reaches a file."""
    other = Store(store.folder.parent / "other")
    done = subprocess.run(
        [sys.executable, "-c", AGAIN, str(DATA), str(other.folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    current = store.current()
    assert current is not None
    assert other.current() == current
    assert other.read(current.release) == store.read(current.release)


def test_shuffled_rows_and_files_change_no_event(store: Store, tmp_path: Path) -> None:
    header = (DATA / "reported/iraq.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    shuffled = [row for _, row in ledger_rows(DATA / "reported")]
    random.Random(7).shuffle(shuffled)
    for number, part in enumerate((shuffled[:500], shuffled[500:])):
        with (tmp_path / f"part{number}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *part])
    inputs = Inputs(tmp_path, INPUTS.decisions, INPUTS.coverage)
    other = Store(tmp_path / "out")
    publish_content(other, build(inputs).content, Request(), Store(tmp_path / "none"))
    for table in ("seizures", "aggregates", "event_drugs", "event_agencies", "event_flags", "event_ids"):
        assert rows(other, table) == rows(store, table), table


@pytest.mark.skipif(not (DATA / "current.json").exists(), reason="no release is shipped yet")
def test_the_shipped_release_is_what_the_build_makes(built: Built, tmp_path: Path) -> None:
    """`make build` on a fresh clone finds nothing new and leaves no change behind."""
    current = Store(DATA).current()
    assert current is not None
    shutil.copytree(DATA / "releases" / current.release, tmp_path / "releases" / current.release)
    shutil.copy(DATA / "current.json", tmp_path)
    outcome = publish_content(Store(tmp_path), built.content, Request(), Store(DATA))
    assert not outcome.is_new, "the ledger or the code changed: run `make build` and commit data/"
    assert problems(Store(DATA)) == []
