"""A made-up release of any size: the shipped one's seizures drawn again, moved in time, place and size.

Every made seizure keeps the codes, words and precision of the one it was drawn from, so that maps, charts and
filters meet the mixture they meet in earnest: exact places, towns, stretches of the line, governorates,
undated ones, pills of unstated kind. Days spread over twenty years; exact places move within some kilometres;
quantities within a factor of about two. Its reports come with it, two at most; of claims, only those of its
quantity and its place. The same seed gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

LABEL = "2026.1.1"
FIRST_DAY, DAYS = np.datetime64("2006-01-01"), 7300
REPORTS_AN_EVENT, CLAIMS_AN_EVENT = 2, 2
_AMOUNTS = ("tablets_low", "tablets_best", "tablets_high", "kg_low", "kg_best", "kg_high")
_DATES = ("date_start", "date_end", "date_not_before", "date_not_after")
_CLAIMED = ("tablets", "quantity", "place")


def write(data: Path, events: int, out: Path, seed: int = 1) -> Path:
    """A folder of releases with one release of `events` seizures, made from the current one below `data`."""
    shipped = data / "releases" / json.loads((data / "current.json").read_text(encoding="utf-8"))["release"]
    folder = out / "releases" / LABEL
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    seizures = _read(shipped / "seizures.csv")
    picks = rng.integers(len(seizures), size=events)
    ids = np.array([f"CAP-{number:06d}" for number in range(1, events + 1)], dtype=object)
    made = {"seizures.csv": _seizures(seizures, picks, ids, rng)}
    for name, most in (("reports.csv", REPORTS_AN_EVENT), ("claims.csv", CLAIMS_AN_EVENT)):
        made[name] = _told(_read(shipped / name), seizures["event_id"], picks, ids, most)
    made["areas.geojson"] = _areas(shipped / "areas.geojson", seizures["event_id"], picks, ids)
    package = json.loads((shipped / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        path = str(resource["path"])
        found = made.get(path)
        raw = (shipped / path).read_bytes() if found is None else _bytes(found)
        (folder / path).write_bytes(raw)
        resource |= {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
    (folder / "areas.geojson").write_bytes(_bytes(made["areas.geojson"]))
    package |= {"version": LABEL, "captagon:release": LABEL}
    described = json.dumps(package, ensure_ascii=False, indent=1).encode()
    (folder / "datapackage.json").write_bytes(described)
    pointer = {"release": LABEL, "sha256": hashlib.sha256(described).hexdigest()}
    (out / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    return out


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _bytes(found: Any) -> bytes:
    if isinstance(found, pd.DataFrame):
        text: str = found.to_csv(index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
        return text.encode()
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _seizures(
    shipped: pd.DataFrame, picks: np.ndarray, ids: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    made = shipped.iloc[picks].reset_index(drop=True)
    made["event_id"] = ids
    made["possible_duplicate_of"] = np.where(
        made["possible_duplicate_of"] == "", "", ids[rng.integers(len(ids), size=len(ids))]
    )
    _move_in_time(made, rng)
    _move_in_place(made, rng)
    factor = np.exp(rng.normal(0.0, 0.7, size=len(made)))
    for column in _AMOUNTS:
        known = made[column] != ""
        digits = 0 if column.startswith("tablets") else 2
        values = np.round(made.loc[known, column].astype(float) * factor[known], digits)
        made.loc[known, column] = [f"{value:.{digits}f}" for value in values]
    return made.sort_values(["date_start", "event_id"], kind="stable").reset_index(drop=True)


def _move_in_time(made: pd.DataFrame, rng: np.random.Generator) -> None:
    """A day anywhere in the twenty years; a date of a month or a year moves by whole ones."""
    days = FIRST_DAY + rng.integers(DAYS, size=len(made)).astype("timedelta64[D]")
    spans = {"month": "M", "year": "Y"}
    for precision in sorted(set(made["date_precision"]) - {"none"}):
        rows = (made["date_precision"] == precision).to_numpy()
        unit = spans.get(precision, "D")
        first = days[rows].astype(f"datetime64[{unit}]")
        last = (first + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
        first = first.astype("datetime64[D]")
        made.loc[rows, "date_start"] = first.astype(str)
        made.loc[rows, "date_end"] = last.astype(str)
        made.loc[rows, "year"] = first.astype("datetime64[Y]").astype(str)
        if precision != "year":
            made.loc[rows, "month"] = [str(int(day[5:7])) for day in first.astype(str)]


def _move_in_place(made: pd.DataFrame, rng: np.random.Generator) -> None:
    """Exact places and towns move by up to some 10 km, so that no two need to share a spot."""
    rows = (made["place_precision"].isin(["exact", "town"]) & (made["latitude"] != "")).to_numpy()
    for column in ("latitude", "longitude"):
        moved = made.loc[rows, column].astype(float) + rng.normal(0.0, 0.05, size=int(rows.sum()))
        made.loc[rows, column] = [f"{value:.4f}" for value in moved]


def _told(
    rows: pd.DataFrame, shipped_ids: pd.Series, picks: np.ndarray, ids: np.ndarray, most: int
) -> pd.DataFrame:
    """Rows that belong to events, for the made events; ids of the rows themselves stay unique."""
    if "field" in rows:
        rows = rows[rows["field"].isin(_CLAIMED)]
    by_event = {name: group.index[:most] for name, group in rows.groupby("event_id")}
    chosen, owner = [], []
    for position, name in enumerate(shipped_ids.iloc[picks]):
        for row in by_event.get(name, ()):
            chosen.append(row)
            owner.append(ids[position])
    made = rows.loc[chosen].reset_index(drop=True)
    made["event_id"] = owner
    key = str(made.columns[0])
    made[key] = [f"{value}-{number}" for number, value in enumerate(made[key])]
    return made


def _areas(path: Path, shipped_ids: pd.Series, picks: np.ndarray, ids: np.ndarray) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    own = {feature["properties"]["event_id"]: feature for feature in collection["features"]}
    features = [
        {**own[name], "properties": {**own[name]["properties"], "event_id": made}}
        for name, made in zip(shipped_ids.iloc[picks], ids, strict=True)
        if name in own
    ]
    return {**collection, "features": features}
