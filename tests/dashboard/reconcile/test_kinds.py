"""Who gives a total: a body of a state, the UN, or an outlet."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.reconcile.kinds import KINDS, kind_of, listed
from dashboard.reconcile.totals import totals
from dashboard.release import load

REPO = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("issuer", "home", "kind"),
    [
        ("Ministry of Interior", "IQ", "official"),
        ("European Union Drugs Agency (EMCDDA)", "", "official"),
        ("Several states", "", "official"),
        ("UNODC", "", "un"),
        ("Havocscope", "", "outlet"),
        ("AFP", "", "outlet"),
        ("New Lines Institute", "US", "institute"),
        ("", "", "outlet"),
    ],
)
def test_the_kind_of_an_issuer(issuer: str, home: str, kind: str) -> None:
    assert kind_of(issuer, home) == kind


def test_every_issuer_is_known_and_every_entry_is_used() -> None:
    shipped = load(REPO / "data")
    published = totals(shipped)
    reports = shipped.reports
    outlets = set(reports.loc[reports["outlet_kind"] != "official", "outlet"])
    unlisted = {(one.issuer, one.issuer_country) for one in published if one.issuer not in listed()}
    assert not [name for name, home in unlisted if (name in outlets) == bool(home)], "list them"
    assert not set(listed()) - {one.issuer for one in published}, "no total is of these"
    assert set(listed().values()) <= set(KINDS)
