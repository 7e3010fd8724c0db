"""Two releases in a row: in the second, one event is corrected, one merged, one withdrawn, one added."""

# Rows read as rows: long lines are meant.
# ruff: noqa: E501

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.dashboard import small_release

FIRST, SECOND = small_release.LABEL, "2026.04.1"
FIRST_DAY, SECOND_DAY = "2026-03-10", "2026-04-02"
CORRECTED, MERGED, WITHDRAWN, ADDED = "CAP-000001", "CAP-000002", "CAP-000004", "CAP-000006"
HOSTILE = '<img src=x onerror=alert(1)> ]]> & "quoted"'
"""The place of the added event: a name that a page, a feed and a brief must show as text."""
LOG = ("release", "date", "event_id", "change", "columns", "other_event_ids")


def log(release: str, day: str, changes: Iterable[tuple[str, str, str, str]]) -> list[dict[str, str]]:
    """Rows of `changes.csv`: (event_id, change, columns, other_event_ids)."""
    return [dict(zip(LOG, (release, day, *one), strict=True)) for one in changes]


def write(root: Path) -> Path:
    """Both releases below `root`, the second in force; returns `root`."""
    small_release.write(root)
    first = log(FIRST, FIRST_DAY, [(row["event_id"], "ADD", "", "") for row in small_release.seizures()])
    rewrite(root, FIRST, FIRST_DAY, {"changes": first})
    seizures = {row["event_id"]: row for row in read(root, FIRST, "seizures")}
    added = seizures[CORRECTED] | {
        "event_id": ADDED, "tablets_low": "700", "tablets_best": "700", "tablets_high": "700", "place": HOSTILE,
        "date_start": "2025-10-01", "date_end": "2025-10-01", "month": "10", "kg_low": "", "kg_best": "", "kg_high": "",
        "possible_duplicate_of": "", "latitude": "33.6", "longitude": "36.4",
    }  # fmt: skip
    seizures[CORRECTED] |= {"tablets_best": "1300000", "tablets_low": "1250000", "last_changed": SECOND_DAY, "release": SECOND,
                            "possible_duplicate_of": ""}  # fmt: skip
    later = [row for event_id, row in seizures.items() if event_id not in {MERGED, WITHDRAWN}] + [added]
    ids = read(root, FIRST, "event_ids")
    ids += [
        {
            "event_id": MERGED,
            "report_id": "",
            "status": "merged_into",
            "merged_into": CORRECTED,
            "since": SECOND,
        },
        {"event_id": WITHDRAWN, "report_id": "", "status": "withdrawn", "merged_into": "", "since": SECOND},
    ]
    told = log(SECOND, SECOND_DAY, [
        (CORRECTED, "MOD", "tablets_low|tablets_best|possible_duplicate_of", ""),
        (MERGED, "MERGE", "", CORRECTED),
        (WITHDRAWN, "WITHDRAW", "", ""),
        (ADDED, "ADD", "", ""),
    ])  # fmt: skip
    publish(root, FIRST, SECOND, SECOND_DAY, {"seizures": later, "event_ids": ids, "changes": first + told})
    return root


def read(root: Path, label: str, table: str) -> list[dict[str, str]]:
    with (root / "releases" / label / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def publish(
    root: Path, before: str, label: str, day: str, tables: Mapping[str, list[dict[str, Any]]]
) -> None:
    """Copies the release `before` as `label` with these tables in place of its own, and makes it current."""
    shutil.copytree(root / "releases" / before, root / "releases" / label)
    rewrite(root, label, day, tables)


def rewrite(root: Path, label: str, day: str, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Puts other rows into tables of a release, sets its day and points to it."""
    folder = root / "releases" / label
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        columns = path.read_text(encoding="utf-8").splitlines()[0].split(",") if path.is_file() else list(LOG)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        if all(one["name"] != name for one in package["resources"]):
            fields = [{"name": one, "type": "date" if one == "date" else "string"} for one in columns]
            package["resources"].append({"name": name, "path": path.name, "schema": {"fields": fields}})
    for one in package["resources"]:
        if (folder / one["path"]).is_file():
            one["hash"] = f"sha256:{hashlib.sha256((folder / one['path']).read_bytes()).hexdigest()}"
    raw = json.dumps(package | {"version": label, "created": f"{day}T00:00:00Z"}).encode()
    (folder / "datapackage.json").write_bytes(raw)
    pointer = {"release": label, "sha256": hashlib.sha256(raw).hexdigest()}
    (root / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
