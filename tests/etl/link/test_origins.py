"""How many independent voices an event has."""

from __future__ import annotations

import pytest

from etl.link.origins import origin_groups
from etl.link.profile import profile
from etl.records import Linking, OutletRef, Report

from .conftest import Made

COPY = {
    "quantity_as_written": "more than three million tablets of Captagon",
    "place_as_written": "the Al-Qaim border crossing",
}


def origins(reports: list[Report], outlets: list[OutletRef]) -> list[str]:
    pairs = [(profile(report), outlet) for report, outlet in zip(reports, outlets, strict=True)]
    found = origin_groups(pairs)
    return [found[report.report_id] for report in reports]


def outlet(name: str, wire: str = "", kind: str = "outlet") -> OutletRef:
    return OutletRef(name, name, kind, "", wire)


@pytest.mark.parametrize(
    ("outlets", "expected"),
    [
        ([outlet("a"), outlet("b"), outlet("c")], ["a", "b", "c"]),
        ([outlet("a"), outlet("a"), outlet("c")], ["a", "a", "c"]),
        ([outlet("a", "wire"), outlet("b", "wire"), outlet("c")], ["wire", "wire", "c"]),
        ([outlet("wire", kind="agency"), outlet("b", "wire"), outlet("c")], ["wire", "wire", "c"]),
        ([outlet("a", "official"), outlet("official", kind="official"), outlet("a")], ["official"] * 3),
    ],
)
def test_copies_of_one_wire_or_outlet_are_one_origin(
    made: Made, outlets: list[OutletRef], expected: list[str]
) -> None:
    assert origins(made({}, {}, {}), outlets) == expected


def test_the_same_long_wording_is_one_origin_and_a_short_one_is_not(made: Made) -> None:
    a, b = outlet("a"), outlet("b")
    assert origins(made(COPY, COPY), [a, b]) == ["a", "a"]
    assert origins(made(COPY, COPY | {"lang": "ar"}), [a, b]) == ["a", "b"]
    assert origins(made(COPY, COPY | {"place_as_written": "a crossing on the border"}), [a, b]) == ["a", "b"]
    short = {"quantity_as_written": "three million pills", "place_as_written": "at Al-Qaim"}
    assert origins(made(short, short), [a, b]) == ["a", "b"]


def test_a_short_wording_counts_with_the_same_hiding_place(made: Made) -> None:
    said = {
        "quantity_as_written": "98,000 tablets",
        "place_as_written": "border strip",
        "concealment": "balloon, 98 bags",
    }
    other = said | {"concealment": "two balloons"}
    assert origins(made(said, said, other), [outlet("a"), outlet("b"), outlet("c")]) == ["a", "a", "c"]


def test_origins_never_outnumber_outlets_in_the_ledger(
    ledgers: list[list[Report]], linkings: list[Linking]
) -> None:
    outlet_of = {r.report_id: r.outlet.outlet_id for r in ledgers[0]}
    fewer = 0
    for cluster in linkings[0].clusters:
        voices = dict(cluster.origin_groups)
        outlets = {outlet_of[r] for r in cluster.report_ids}
        assert len(set(voices.values())) <= len(outlets)
        fewer += len(set(voices.values())) < len(outlets)
    assert fewer > 20
