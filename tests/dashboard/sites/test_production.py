"""Production sites: their status says what was found, and alleged ones are listed and not counted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.filters import Filters
from dashboard.selection import apply
from dashboard.sites.production import production, status
from tests.dashboard.conftest import MakeSnapshot

LAB = {"event_type": "factory", "site_type": "lab", "form": "tablets", "capacity_as_reported": ""}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "not_stated"),
        ({"tablets_best": 1000.0}, "working"),
        ({"tablets_best": float("nan")}, "not_stated"),
        ({"capacity_as_reported": "7,200 tablets per hour"}, "working"),
        ({"form": "raw_material", "tablets_best": 5.0}, "raw_material"),
        ({"drug": "precursor"}, "raw_material"),
        ({"form": "equipment"}, "equipment"),
        ({"site_type": "storage", "event_type": "raid"}, "store"),
        ({"not_counted_reason": "claim_of_site", "capacity_as_reported": "much"}, "alleged"),
    ],
)
def test_the_status_is_what_was_found(given: dict[str, Any], told: str) -> None:
    assert status(SimpleNamespace(**(LAB | given))) == told


def test_what_is_listed(make_snapshot: MakeSnapshot) -> None:
    store = {"event_type": "raid", "site_type": "storage", "form": "tablets", "capacity_as_reported": ""}
    alleged = {"counted": False, "not_counted_reason": "claim_of_site"}
    snapshot = make_snapshot(
        LAB | {"drug": "equipment"},
        LAB | alleged,
        LAB | {"date_start": None, "date_precision": "none"},
        LAB | {"date_start": "2023-01-01"},
        LAB | {"country": "LB"},
        store,
        LAB | alleged | {"country": "YE"},
        {"form": "tablets", "capacity_as_reported": ""},
    )
    found = production(Filters(), snapshot)
    assert list(found.dated["event_id"]) == ["CAP-000002", "CAP-000001"]
    assert list(found.dated["status"]) == ["alleged", "equipment"]
    assert list(found.undated["event_id"]) == ["CAP-000003"], "it may lie in the period: beside, not inside"
    assert list(found.stores["event_id"]) == ["CAP-000006"]
    assert found.elsewhere == 3
    counted = apply(Filters(drug=("any",)), snapshot).events["event_id"]
    assert "CAP-000002" not in set(counted), "an alleged site is in no count"
    everything = production(Filters(scope="all", since="all"), snapshot)
    assert (len(everything.labs), everything.elsewhere) == (6, 0)
    assert list(everything.undated["event_id"]) == ["CAP-000003"]
