"""Which totals of one issuer stand side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.reconcile.issuers import issuer_of, side_by_side
from dashboard.reconcile.totals import Total
from tests.dashboard.reconcile.made import TOTAL


def made(name: str, start: str, end: str, best: float, **values: object) -> Total:
    span = {"start": date.fromisoformat(start), "end": date.fromisoformat(end)}
    amounts = {"low": best, "best": best, "high": best}
    return replace(TOTAL, aggregate_id=f"AGG-{name}", **(span | amounts | values))


ARMY = {"scope_kind": "agency", "agency": "jo_jaf", "country": "JO", "drug_scope": "pills"}
IRAQ = {"unit": "kg", "drug_scope": "all_drugs"}


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        pytest.param(
            [
                made("a", "2025-01-01", "2025-07-16", 14.1e6, high=None, qualifier="over", **ARMY),
                made("b", "2025-01-01", "2025-09-30", 11_656_497, **ARMY),
            ],
            [(("AGG-a", "AGG-b"), ("falls",))],
            id="a running total that falls",
        ),
        pytest.param(
            [
                made("a", "2022-09-01", "2025-09-30", 28_000, high=None, qualifier="over", **IRAQ),
                made("b", "2022-01-01", "2025-11-30", 14_000, high=14_020, qualifier="over", **IRAQ),
                made("c", "2023-01-01", "2025-10-31", 13_000, **IRAQ),
            ],
            [(("AGG-a", "AGG-c", "AGG-b"), ("apart", "falls"))],
            id="three totals for about three years",
        ),
        pytest.param(
            [
                made("a", "2022-01-01", "2022-08-31", 14e6),
                made("b", "2022-01-01", "2022-12-31", 18e6),
            ],
            [],
            id="a running total that rises",
        ),
        pytest.param(
            [
                made("a", "2025-01-01", "2025-07-16", 14.1e6, **ARMY),
                made("b", "2025-01-01", "2025-09-30", 11e6, **(ARMY | {"agency": "jo_psd"})),
            ],
            [],
            id="two bodies",
        ),
        pytest.param(
            [made("a", "2023-01-01", "2023-12-31", 9e6), made("b", "2023-01-01", "2023-12-31", 12e6)],
            [],
            id="one period, figures less than half apart",
        ),
        pytest.param(
            [made("a", "2021-01-01", "2021-12-31", 90e6), made("b", "2023-01-01", "2023-12-31", 12e6)],
            [],
            id="different years",
        ),
        pytest.param(
            [
                made(
                    "a",
                    "2023-01-01",
                    "2023-12-31",
                    9e6,
                    issuer="Department of Narcotics (Ministry of Interior)",
                ),
                made("b", "2023-01-01", "2023-12-31", 30e6),
            ],
            [(("AGG-a", "AGG-b"), ("apart",))],
            id="a ministry and its own department",
        ),
        pytest.param(
            [
                made("a", "2023-01-01", "2023-12-31", 9e6),
                made("b", "2023-01-01", "2023-12-31", 4e3, unit="kg"),
                made("c", "2023-01-01", "2023-12-31", 90e6, drug_scope="pills"),
            ],
            [],
            id="another unit or another drug is no disagreement",
        ),
    ],
)
def test_totals_that_do_not_go_together(
    totals: list[Total], expected: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    found = [
        (
            tuple(total.aggregate_id for total in group.totals),
            tuple(sorted(clash.how for clash in group.clashes)),
        )
        for group in side_by_side(totals)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ministry of Interior", "Ministry of Interior"),
        ("General Directorate for Narcotics (Ministry of Interior)", "Ministry of Interior"),
        ("", ""),
    ],
)
def test_a_department_speaks_for_its_ministry(name: str, expected: str) -> None:
    assert issuer_of(replace(TOTAL, issuer=name)) == expected
