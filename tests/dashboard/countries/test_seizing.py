"""Who seized, and with whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.countries.bodies import authorities, bodies, without_body
from dashboard.countries.cooperation import abroad, at_home, joint, summed
from dashboard.countries.joint_view import sentence
from dashboard.countries.years import everywhere
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.release import Snapshot, load
from dashboard.selection import apply
from tests.dashboard.conftest import MakeSnapshot

DATA = Path(__file__).resolve().parents[3] / "data"


def _agency(n: int, code: str, country: str = "IQ", role: str = "seizing", **more: Any) -> dict[str, Any]:
    row = {"event_id": f"CAP-{n:06d}", "agency_code": code, "agency": code, "country": country, "role": role}
    return row | {"authority": "iq_federal"} | more


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    return load(DATA)


def test_spellings_of_one_body_count_once_and_partners_did_not_seize(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        {"tablets": 10},
        {"tablets": 20},
        {},
        event_agencies=[
            _agency(1, "iq_moi"),
            _agency(1, "iq_moi", agency="other spelling"),
            _agency(2, "iq_moi"),
            _agency(2, "iq_nss"),
            _agency(2, "sa_gdnc", "SA", "partner"),
        ],
    )
    found = bodies(snapshot.seizures, snapshot, before=snapshot.seizures.iloc[:1])
    assert [(one.code, one.events, one.tablets, one.before) for one in found] == [
        ("iq_moi", 2, 30, 1),
        ("iq_nss", 1, 20, 0),
    ]
    assert without_body(snapshot.seizures, snapshot) == 1


def test_the_governments_of_syria_are_told_apart(make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot(
        {"country": "SY", "authority": "sy_transitional"},
        {"country": "SY", "authority": "sy_former_government", "date_start": "2024-01-01"},
        {"country": "JO", "authority": "other_state"},
        {"country": "SA", "authority": "other_state"},
        {"country": "SY", "authority": ""},
    )
    found = authorities(snapshot.seizures, snapshot.seizures.iloc[:0])
    assert [(one.code, one.country, one.events, one.before) for one in found] == [
        ("other_state", "JO", 1, None),
        ("other_state", "SA", 1, None),
        ("sy_former_government", "", 1, None),
        ("sy_transitional", "", 1, None),
        ("", "SY", 1, None),
    ]


@pytest.mark.parametrize(
    ("row", "agencies", "told"),
    [
        ({"partner_countries": "IQ"}, [], (("IQ",), "not_stated")),
        ({"partner_countries": "IQ", "partner_role": "tip"}, [], (("IQ",), "tip")),
        ({}, [_agency(1, "iq_moi", role="partner")], (("IQ",), "not_stated")),
        ({}, [_agency(1, "sy_moi", "SY", "partner")], None),
        ({}, [_agency(1, "iq_moi")], None),
        ({}, [_agency(1, "int_several_states", "", "partner")], ((), "not_stated")),
        ({"partner_role": "controlled_delivery"}, [], ((), "controlled_delivery")),
    ],
)
def test_what_is_a_joint_operation(
    make_snapshot: MakeSnapshot, row: dict[str, Any], agencies: list[dict[str, Any]], told: Any
) -> None:
    usual = {"country": "SY", "partner_countries": "", "partner_role": ""}
    snapshot = make_snapshot(usual | row, event_agencies=agencies or [_agency(9, "iq_moi")])
    found = joint(snapshot.seizures, snapshot)
    assert [(one.partners, one.role) for one in found] == ([told] if told else [])


def test_what_was_done_abroad_with_syria(shipped: Snapshot) -> None:
    """Eleven abroad, nine with a count, about 8.3 million: counted from the release, in no total of Iraq."""
    everything = apply(everywhere(Filters()), shipped).events
    found = joint(everything, shipped)
    away = abroad(found, "IQ")
    total = summed(away)
    assert (total.events, total.with_quantity, round(total.best / 1e6, 1)) == (11, 9, 8.3)
    assert {one.country for one in away} == {"SY", "LB", "KW"}
    assert not {one.event_id for one in away} & {one.event_id for one in at_home(found, "IQ")}
    said = sentence(away, Look(), "abroad", country="Iraq")
    assert said.startswith("11 seizures abroad with Iraq taking part. 9 state a quantity")


def test_a_body_can_be_filtered_by(shipped: Snapshot) -> None:
    wide = replace(everywhere(Filters()), agency=("iq_gdnpa",))
    found = apply(Filters.from_query(wide.to_query()), shipped)
    assert len(found.events)
    assert all("iq_gdnpa" in cell.split("|") for cell in found.events["agency_codes"])
    assert (found.undecided["agency_codes"] == "").all(), "where no body is named, the filter can't decide"
    named = bodies(found.events, shipped)
    assert named[0].code == "iq_gdnpa"
