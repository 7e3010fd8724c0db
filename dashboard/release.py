"""The published release as the dashboard sees it: read once, checked, never half-written.

`data_dir/current.json` names the release (label and SHA-256 of its `datapackage.json`); the pipeline changes
it by one rename, after the release folder is complete. Everything is read through the data package, so the
dashboard needs no definition of its own for column types, labels or code lists.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

_DATES = {"date", "datetime"}
_NUMBERS = {"integer", "number", "year"}
# Used only where a data package carries no schema.
_UNDESCRIBED_NUMBERS = frozenset({
    "year", "month", "latitude", "longitude", "place_uncertainty_km", "border_km", "border_km_low",
    "border_km_high", "border_distance_km", "border_distance_low_km", "border_distance_high_km",
    "tablets_low", "tablets_best", "tablets_high", "kg_low", "kg_best", "kg_high", "conversion_g",
    "arrests", "killed", "n_incidents", "n_reports", "n_outlets", "n_origins", "low", "best", "high",
    "value_usd_reported",
})  # fmt: skip
_UNDESCRIBED_DATES = frozenset({"date_start", "date_end", "date_not_before", "date_not_after"})
_YES_NO = frozenset({"counted", "is_bundle", "figures_differ", "is_official", "agrees_with_best"})


Mask = npt.NDArray[np.bool_]


def machine_read(frame: pd.DataFrame) -> Mask:
    """Which rows of a table of a release were read by a machine; none in a release that does not tell."""
    if "review_status" not in frame:
        return np.zeros(len(frame), dtype=bool)
    return np.asarray(frame["review_status"] == "machine", dtype=bool)


class ReleaseError(Exception):
    """No usable release; the message says what is wrong and what to do."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One release, held in memory and never changed: safe to share between requests.

    Texts are `str` with "" for unknown; numbers are floats with NaN for unknown; dates are `datetime64`;
    yes/no columns are `bool`. Rows keep the order of the files.
    """

    label: str
    sha256: str
    data_complete_to: date
    directory: Path
    package: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)  # see `per_release`

    @property
    def name(self) -> str:
        """Label and checksum: what a page sends to be answered from this release."""
        return f"{self.label}@{self.sha256}"

    def table(self, name: str) -> pd.DataFrame:
        """A table of the release by its resource name; empty where the release has none."""
        return self.tables.get(name, pd.DataFrame())

    @property
    def seizures(self) -> pd.DataFrame:
        """One row per seizure, counted or not."""
        return self.tables["seizures"]

    @property
    def reports(self) -> pd.DataFrame:
        return self.table("reports")

    @property
    def aggregates(self) -> pd.DataFrame:
        return self.table("aggregates")

    @property
    def claims(self) -> pd.DataFrame:
        return self.table("claims")

    @property
    def changes(self) -> pd.DataFrame:
        return self.table("changes")

    @cached_property
    def machine_read(self) -> Mask:
        """Which rows of `seizures` a machine read from documents and no person has reviewed."""
        return machine_read(self.seizures)

    def coded(self, column: str) -> tuple[npt.NDArray[np.intp], tuple[str, ...]]:
        """A text column of `seizures` as numbers: for each row the place of its value among the values."""
        found = self.memo.get(("coded", column))
        if found is None:
            codes, values = pd.factorize(self.seizures[column], use_na_sentinel=False)
            found = self.memo.setdefault(("coded", column), (codes, tuple(str(v) for v in values)))
        codes, texts = found
        return codes, texts

    def among(self, column: str, wanted: Iterable[str]) -> Mask:
        """Which seizures have one of these values in a text column: quick for columns of few values."""
        codes, values = self.coded(column)
        chosen = set(wanted)
        return np.array([value in chosen for value in values], dtype=bool)[codes]

    @cached_property
    def areas(self) -> Mapping[str, Mapping[str, Any]]:
        """Event id -> GeoJSON geometry of events known to a district or a stretch of the border."""
        path = self.path("areas.geojson")
        if not path.is_file():
            return {}
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        once: dict[str, Any] = {}  # events of one district share one shape
        return {
            str(feature["properties"]["event_id"]): once.setdefault(
                json.dumps(feature["geometry"]), feature["geometry"]
            )
            for feature in features
        }

    @cached_property
    def fields(self) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        """(table, column) -> its Frictionless field descriptor."""
        return {
            (str(resource["name"]), str(column["name"])): column
            for resource in self.package.get("resources", [])
            for column in resource.get("schema", {}).get("fields", [])
        }

    def codes(self, column: str, table: str = "seizures") -> tuple[str, ...]:
        """Allowed values of a coded column, in order; the values present where none are listed."""
        allowed = self.fields.get((table, column), {}).get("constraints", {}).get("enum")
        if allowed:
            return tuple(str(value) for value in allowed if value != "")
        frame = self.table(table)
        if column not in frame:
            return ()
        return tuple(sorted(value for value in frame[column].astype(str).unique() if value))

    def label_of(self, column: str, value: str, lang: str = "en", table: str = "seizures") -> str:
        """The reader's word for a code, from the data package; else the code itself, spelled out."""
        descriptor = self.fields.get((table, column), {})
        for key in ("categories", "captagon:codes"):
            for entry in descriptor.get(key) or []:
                if isinstance(entry, Mapping) and str(entry.get("value", "")) == value:
                    found = entry.get(f"label_{lang}") or entry.get(lang) or entry.get("label")
                    if found:
                        return str(found)
        labels = (descriptor.get("captagon:labels") or {}).get(lang) or {}
        return str(labels.get(value) or value.replace("_", " "))

    def path(self, name: str) -> Path:
        """A file of the release folder, such as `governorates.geojson`."""
        return self.directory / name


_P = ParamSpec("_P")
_T = TypeVar("_T")


def per_release(most: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """`lru_cache(maxsize=most)` for a function with a `Snapshot` among its arguments.

    What it keeps is kept in the snapshot and goes with it: a server that runs for months frees the releases
    that nobody reads any more.
    """

    def keeping(function: Callable[_P, _T]) -> Callable[_P, _T]:
        @wraps(function)
        def kept(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            snapshot = next(x for x in (*args, *kwargs.values()) if isinstance(x, Snapshot))
            cache = snapshot.memo.get(function) or snapshot.memo.setdefault(
                function, lru_cache(maxsize=most)(function)
            )
            found: _T = cache(*args, **kwargs)
            return found

        return kept

    return keeping


@per_release(64)
def present(snapshot: Snapshot, column: str) -> frozenset[str]:
    """The values that occur in a text column of `seizures`, each of those that a cell joins by `|`."""
    _, cells = snapshot.coded(column)
    return frozenset(value for cell in cells for value in cell.split("|") if value)


def load(data_dir: Path | str) -> Snapshot:
    """The current release below `data_dir`. Raises `ReleaseError` when there is none or it is damaged."""
    root = Path(data_dir)
    return load_named(root, *_pointer(root))


def load_named(root: Path, label: str, digest: str = "") -> Snapshot:
    """A release by its label; with `digest`, only if that is the SHA-256 of its data package.

    Raises `ReleaseError` for a label that is no plain name, a missing or a damaged release.
    """
    if not _LABEL.fullmatch(label):
        raise ReleaseError(f"{label[:80]!r} is no name of a release.")
    directory = root / "releases" / label
    descriptor = directory / "datapackage.json"
    try:
        raw = descriptor.read_bytes()
        package: dict[str, Any] = json.loads(raw)
    except (OSError, ValueError) as error:
        raise ReleaseError(
            f"{descriptor} cannot be read ({error}). Run `make build` to publish a release."
        ) from error
    found = hashlib.sha256(raw).hexdigest()
    if digest and found != digest:
        raise ReleaseError(
            f"{descriptor} is not the file that current.json names. Run `etl check`, then `make build`."
        )
    tables = {
        str(resource["name"]): _read_table(directory, resource)
        for resource in package.get("resources", [])
        if str(resource.get("path", "")).endswith(".csv")
    }
    if "seizures" not in tables:
        raise ReleaseError(f"release {label} has no table of seizures. Run `make build` to publish it again.")
    return Snapshot(label, found, _complete_to(package, tables["seizures"]), directory, package, tables)


_LABEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,63}")


def _pointer(root: Path) -> tuple[str, str]:
    path = root / "current.json"
    try:
        pointer = json.loads(path.read_text(encoding="utf-8"))
        label, digest = str(pointer["release"]), str(pointer["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"no published release in {root} ({error}). Run `make build`, or give a folder with --data."
        ) from error
    if not _LABEL.fullmatch(label) or not digest:
        raise ReleaseError(f"{path} names an impossible release {label[:80]!r}.")
    return label, digest


def _read_table(directory: Path, resource: Mapping[str, Any]) -> pd.DataFrame:
    path = directory / str(resource["path"])
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReleaseError(
            f"{path} of the release is missing. Run `make build` to publish it again."
        ) from error
    expected = str(resource.get("hash", "")).removeprefix("sha256:")
    if expected and hashlib.sha256(raw).hexdigest() != expected:
        raise ReleaseError(
            f"{path} differs from its checksum in the data package. Run `make build` to repair it."
        )
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    header = rows[0] if rows else []
    # Plain Python strings: rows are read one by one for marks and tables, where Arrow strings are slow.
    frame = pd.DataFrame(rows[1:], columns=pd.Index(header, dtype=object), dtype=object)
    types = {
        str(f["name"]): str(f.get("type", "string")) for f in resource.get("schema", {}).get("fields", [])
    }
    for column in header:
        frame[column] = _typed(frame[column], column, types.get(column, ""))
    return frame.copy()  # one block a type: selections of rows copy four arrays instead of ninety


def _typed(values: pd.Series, column: str, kind: str) -> pd.Series:
    """Text cells as the type the data package gives them."""
    if column in _YES_NO or kind == "boolean":
        return values.isin(["1", "true"])
    if kind in _DATES or (not kind and column in _UNDESCRIBED_DATES):
        return pd.to_datetime(values.where(values != ""), format="%Y-%m-%d", errors="coerce")
    if kind in _NUMBERS or (not kind and column in _UNDESCRIBED_NUMBERS):
        return pd.to_numeric(values.where(values != ""), errors="coerce").astype("float64")
    return values


def _complete_to(package: Mapping[str, Any], seizures: pd.DataFrame) -> date:
    """The day to which the data is complete: every time axis and every default period ends there."""
    for key in ("captagon:data_complete_to", "data_complete_to"):
        if package.get(key):
            return date.fromisoformat(str(package[key]))
    newest = seizures["date_end"].max()
    if pd.isna(newest):
        raise ReleaseError("the release neither says to which day it is complete nor has a dated seizure.")
    return date(newest.year, newest.month, newest.day)
