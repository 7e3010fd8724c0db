"""The linker must not see row order, file names, report_ids, notes, quality, nor dates that notes gave."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from etl.link import link
from etl.link.profile import profile
from etl.records import Linking, Report, RowRef
from etl.weburl import page_name

from .conftest import Made, groups


def disguised(report: Report, number: int) -> Report:
    """The same report under another id, in another file and line, without notes, of another quality."""
    claim = replace(
        report.claim,
        report_id=f"Z{number * 7919 % 1_000_003:07d}",
        ref=RowRef(f"file{number % 5}.csv", number),
        notes="",
        quality="weak" if report.claim.quality == "good" else "good",
    )
    return replace(report, placed=replace(report.placed, claim=claim))


@pytest.mark.parametrize("number", [0, 1])
def test_shuffled_renumbered_and_blanked_reports_make_the_same_events(
    ledgers: list[list[Report]], linkings: list[Linking], number: int
) -> None:
    reports = ledgers[number]
    original = {}
    changed = []
    for n, report in enumerate(reports):
        changed.append(disguised(report, n))
        original[changed[-1].report_id] = report.report_id
    random.Random(number).shuffle(changed)
    found = {frozenset(original[r] for r in group) for group in groups(link(changed))}
    assert found == groups(linkings[number])


def test_two_runs_give_the_very_same_answer(ledgers: list[list[Report]], linkings: list[Linking]) -> None:
    assert link(list(reversed(ledgers[0]))) == linkings[0]


def test_bounds_read_from_notes_are_not_evidence(made: Made) -> None:
    (report,) = made({"event_date": "", "date_basis": ""})
    when = replace(report.claim.when, not_after=None, not_before=None)
    for basis, seen in (("notes", False), ("url_path", True)):
        bounded = replace(when, not_after=date(2024, 6, 1), bound_basis=basis)
        claim = replace(report.claim, when=bounded)
        found = profile(replace(report, placed=replace(report.placed, claim=claim)))
        assert (found.latest is not None) is seen


def test_aggregates_and_destructions_are_passed_over(made: Made) -> None:
    total, burnt, seizure = made(
        {"event_type": "aggregate", "quantity": "1000000"},
        {"event_type": "destruction", "quantity": "1000000"},
        {"quantity": "1000000"},
    )
    assert groups(link([total, burnt, seizure])) == {frozenset([seizure.report_id])}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://example.org/a#top", True),
        ("https://example.org/a?id=1", "https://example.org/a?id=2", False),
        ("https://example.org/a", "https://example.org/b", False),
    ],
)
def test_what_counts_as_one_page(one: str, other: str, same: bool) -> None:
    assert (page_name(one) == page_name(other)) is same
