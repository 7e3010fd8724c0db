"""Releases are read whole or not at all, and a new one is taken up without a restart."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.release import ReleaseError, load
from dashboard.watcher import Watcher

FIELDS = [
    {"name": "event_id", "type": "string"},
    {
        "name": "drug", "type": "string", "constraints": {"enum": ["hashish", "captagon"]},
        "captagon:labels": {"en": {"captagon": "Captagon"}, "ar": {"captagon": "الكبتاغون"}},
    },
    {"name": "date_end", "type": "date"},
    {"name": "tablets_best", "type": "integer"},
    {"name": "counted", "type": "boolean", "trueValues": ["1"]},
]  # fmt: skip
CSV = 'event_id,drug,date_end,tablets_best,counted\nCAP-000001,captagon,2025-06-01,5,1\n"CAP-\n2",NA,,,0\n'


def publish(root: Path, label: str = "2026.03.1", text: str = CSV, **package: Any) -> Path:
    folder = root / "releases" / label
    folder.mkdir(parents=True)
    (folder / "seizures.csv").write_bytes(text.encode())
    resource = {
        "name": "seizures", "path": "seizures.csv",
        "hash": f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        "schema": {"fields": FIELDS},
    }  # fmt: skip
    described = {"captagon:data_complete_to": "2026-03-06", "resources": [resource]} | package
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    point(root, label)
    return folder


def point(root: Path, label: str) -> None:
    digest = hashlib.sha256((root / "releases" / label / "datapackage.json").read_bytes()).hexdigest()
    (root / "current.json").write_text(json.dumps({"release": label, "sha256": digest}), encoding="utf-8")


def test_cells_have_the_types_of_the_data_package(tmp_path: Path) -> None:
    publish(tmp_path)
    snapshot = load(tmp_path)
    rows = snapshot.seizures
    assert (snapshot.label, snapshot.data_complete_to) == ("2026.03.1", date(2026, 3, 6))
    assert rows["event_id"].tolist() == ["CAP-000001", "CAP-\n2"]
    assert rows["drug"].tolist() == ["captagon", "NA"]
    assert rows["tablets_best"].iloc[0] == 5
    assert pd.isna(rows["tablets_best"].iloc[1])
    assert rows["date_end"].iloc[0] == pd.Timestamp("2025-06-01")
    assert rows["date_end"].isna().tolist() == [False, True]
    assert rows["counted"].tolist() == [True, False]
    assert snapshot.reports.empty
    assert snapshot.claims.empty
    assert snapshot.changes.empty
    assert snapshot.aggregates.empty
    assert snapshot.areas == {}


def test_codes_and_labels_come_from_the_data_package(tmp_path: Path) -> None:
    publish(tmp_path)
    snapshot = load(tmp_path)
    assert snapshot.codes("drug") == ("hashish", "captagon")
    assert snapshot.codes("event_id") == ("CAP-\n2", "CAP-000001")
    assert snapshot.codes("no_such_column") == ()
    assert snapshot.label_of("drug", "captagon", "ar") == "الكبتاغون"
    assert snapshot.label_of("drug", "pills_unspecified") == "pills unspecified"


def test_without_a_stated_day_the_newest_event_ends_the_data(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    del described["captagon:data_complete_to"]
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    point(tmp_path, "2026.03.1")
    assert load(tmp_path).data_complete_to == date(2025, 6, 1)


def test_areas_are_keyed_by_event(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    point_feature = {"type": "Point", "coordinates": [1, 2]}
    feature = {"type": "Feature", "properties": {"event_id": "CAP-000001"}, "geometry": point_feature}
    (folder / "areas.geojson").write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    assert load(tmp_path).areas == {"CAP-000001": point_feature}


def _no_pointer(root: Path) -> None:
    (root / "current.json").unlink()


def _garbled_pointer(root: Path) -> None:
    (root / "current.json").write_text('{"release": ', encoding="utf-8")


def _pointer_outside(root: Path) -> None:
    (root / "current.json").write_text('{"release": "../../etc", "sha256": "0"}', encoding="utf-8")


def _no_folder(root: Path) -> None:
    shutil.rmtree(root / "releases")


def _other_package(root: Path) -> None:
    (root / "releases/2026.03.1/datapackage.json").write_text("{}", encoding="utf-8")


def _changed_table(root: Path) -> None:
    (root / "releases/2026.03.1/seizures.csv").write_text("event_id\n", encoding="utf-8")


def _missing_table(root: Path) -> None:
    (root / "releases/2026.03.1/seizures.csv").unlink()


def _no_seizures(root: Path) -> None:
    (root / "releases/2026.03.1/datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    point(root, "2026.03.1")


def _no_date_at_all(root: Path) -> None:
    shutil.rmtree(root / "releases")
    text = "event_id,date_end\nCAP-000001,\n"
    publish(root, text=text, **{"captagon:data_complete_to": ""})


@pytest.mark.parametrize(
    "damage",
    [
        _no_pointer, _garbled_pointer, _pointer_outside, _no_folder, _other_package, _changed_table,
        _missing_table, _no_seizures, _no_date_at_all,
    ],
)  # fmt: skip
def test_a_damaged_release_is_refused_with_a_reason(tmp_path: Path, damage: Any) -> None:
    publish(tmp_path)
    damage(tmp_path)
    with pytest.raises(ReleaseError, match=r"\w+"):
        load(tmp_path)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_new_release_is_taken_up_within_a_second(tmp_path: Path) -> None:
    publish(tmp_path)
    clock = Clock()
    watcher = Watcher(tmp_path, clock)
    first = watcher.current()
    publish(tmp_path, "2026.04.1")
    assert watcher.current() is first
    clock.now = 1.0
    assert watcher.current().label == "2026.04.1"
    clock.now = 2.0
    assert watcher.current() is watcher.current()


def test_a_damaged_new_release_leaves_the_old_one_in_force(tmp_path: Path) -> None:
    publish(tmp_path)
    clock = Clock()
    watcher = Watcher(tmp_path, clock)
    first = watcher.current()
    folder = publish(tmp_path, "2026.04.1")
    (folder / "seizures.csv").write_text("event_id\n", encoding="utf-8")
    clock.now = 1.0
    assert watcher.current() is first
    assert "checksum" in watcher.problem
    (folder / "seizures.csv").write_bytes(CSV.encode())
    clock.now = 2.0
    assert watcher.current().label == "2026.04.1"
    assert watcher.problem == ""


def test_without_any_release_the_reason_is_raised(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="make build"):
        Watcher(tmp_path).current()
