"""Every wording of the shipped ledger is known; what a vocabulary lists without need is counted."""

import csv
from functools import cache
from pathlib import Path

from etl.vocabulary import agencies, groups, outlets, routes, scopes, split_list
from etl.vocabulary.scopes import ScopeContext

LEDGER = Path(__file__).parents[3] / "data" / "reported"


@cache
def rows() -> tuple[dict[str, str], ...]:
    found: list[dict[str, str]] = []
    for path in sorted(LEDGER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    assert found
    return tuple(found)


def test_every_publisher_is_known() -> None:
    assert outlets.unknown_publishers((row["publisher"], row["url"]) for row in rows()) == []


def test_publisher_spellings_fold() -> None:
    matches = {row["publisher"]: outlets.lookup_outlet(row["publisher"], row["url"]) for row in rows()}
    folded = {match.outlet_id for match in matches.values()}
    assert len(folded) < 0.85 * len(matches)


def test_every_body_is_known() -> None:
    cells = [(row[column], row["country"]) for row in rows() for column in ("agencies", "partners")]
    assert agencies.unknown_agencies(cells) == []


def test_every_route_is_mapped() -> None:
    assert routes.unmapped(row[column] for row in rows() for column in ("origin", "destination")) == []


def test_every_hiding_place_has_a_group() -> None:
    assert groups.unmatched_concealments(row["concealment"] for row in rows()) == []


def test_every_transport_is_coded() -> None:
    assert {row["transport"] for row in rows() if row["transport"]} <= set(groups.transport_codes())
    assert {row["event_type"] for row in rows()} <= set(groups.all_labels()["event_type"])


def _context(row: dict[str, str]) -> ScopeContext:
    return ScopeContext(
        country=row["country"],
        admin1=tuple(split_list(row["admin1"])),
        place=row["place"],
        drug=row["drug"],
        agencies=row["agencies"],
        publisher=row["publisher"],
        has_quantity=bool(row["quantity"]),
        has_period=bool(row["period_start"] or row["period_end"]),
    )


def test_every_scope_is_known() -> None:
    totals = [row for row in rows() if row["event_type"] == "aggregate"]
    assert scopes.unknown_scopes((row["scope"], _context(row)) for row in totals) == []
    kinds = {scopes.parse_scope(row["scope"], _context(row)).kind for row in totals}
    assert kinds == set(scopes.all_labels()["kind"])


def test_bundles_are_about_a_third_of_the_wordings() -> None:
    """Analysts counted 48 joint announcements among 152 totals: the rules lose and invent few."""
    texts = {row["scope"]: _context(row) for row in rows() if row["event_type"] == "aggregate"}
    bundles = [text for text, context in texts.items() if scopes.parse_scope(text, context).kind == "bundle"]
    assert 40 <= len(bundles) <= 50


def test_few_entries_lie_idle() -> None:
    """Lists may hold more than today's ledger names, for reports to come, but no dead weight."""
    pages = [(row["publisher"], row["url"]) for row in rows()]
    cells = [(row[column], row["country"]) for row in rows() for column in ("agencies", "partners")]
    assert len(outlets.unused_entries(pages)) < 0.2 * len(outlets.entries())
    assert len(agencies.unused_entries(cells)) <= 0.1 * len(agencies.body_labels())
    assert scopes.unused_entries(row["scope"] for row in rows()) == []
