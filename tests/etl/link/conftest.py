"""Reports made from ledger cells by the real stages, and the shipped ledger in its three states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from benchmarks.linking import SCENARIOS, seizure_reports
from etl.link import link
from etl.locate import locate
from etl.normalise import normalise
from etl.records import Judgement, Linking, Report, RowRef
from etl.rows import read_row

Made = Callable[..., list[Report]]

BLANK_ROW = {
    "publisher": "Shafaq News",
    "lang": "en",
    "role": "primary",
    "event_type": "interdiction",
    "event_date": "2024-05-10",
    "date_basis": "stated",
    "country": "IQ",
    "drug": "captagon",
    "qualifier": "exact",
    "unit": "tablets",
    "quality": "good",
}


@pytest.fixture(scope="session")
def made() -> Made:
    """Make reports from cells: each dict overrides a plain Iraqi row; URL and id count up."""
    numbers: Iterator[int] = iter(range(1_000_000))

    def make(*rows: dict[str, str]) -> list[Report]:
        claims = []
        for cells in rows:
            number = next(numbers)
            given = {"report_id": f"T{number:06d}", "url": f"https://example.org/{number}"}
            claim, issues = read_row(BLANK_ROW | given | cells, RowRef("made.csv", number + 2))
            assert claim is not None, issues
            claims.append(claim)
        placed, _ = locate(claims)
        reports, _ = normalise(placed)
        return list(reports)

    return make


@pytest.fixture(scope="session")
def ledgers() -> list[list[Report]]:
    """The shipped ledger's seizure reports: full, without carried dates, also without curated places."""
    return [seizure_reports(number) for number in range(len(SCENARIOS))]


@pytest.fixture(scope="session")
def linkings(ledgers: list[list[Report]]) -> list[Linking]:
    """The linker's answers to those three states."""
    return [link(reports) for reports in ledgers]


def groups(linking: Linking) -> set[frozenset[str]]:
    return {frozenset(cluster.report_ids) for cluster in linking.clusters}


def together(reports: Sequence[Report], judgements: Sequence[Judgement] = ()) -> list[set[int]]:
    """Groups as positions in `reports`, in order of the first."""
    position = {r.report_id: n for n, r in enumerate(reports)}
    found = [{position[r] for r in group} for group in groups(link(reports, judgements))]
    return sorted(found, key=min)


def judged(a: Report, b: Report, verdict: str, on: str = "2026-01-01") -> Judgement:
    return Judgement(
        a.report_id, b.report_id, verdict, "a curator", on, "read both pages", RowRef("links.csv", 2)
    )
