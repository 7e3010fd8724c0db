"""Machine-read reports against final events: they join one, or each other, and never change what is there."""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl.ledger import read_ledger
from etl.link import attach, link
from etl.locate import locate
from etl.normalise import normalise
from etl.records import Cluster, Judgement, Reading, Report, RowRef
from tests.etl.conftest import make_report

ROOT = Path(__file__).parents[3]
SHA = "0" * 64


def machine(report: Report, document: str = "") -> Report:
    """The report as if a machine had read it in a document."""
    reading = Reading(document or f"DOC-{report.report_id}", SHA)
    claim = replace(report.claim, report_id=f"{reading.document_id}-1", reading=reading)
    if document:
        claim = replace(claim, report_id=f"{document}-{report.report_id}")
    return replace(report, placed=replace(report.placed, claim=claim))


def told(report_id: str, day: str, tablets: float, **more: object) -> Report:
    return make_report(
        report_id,
        when=day,
        tablets=tablets,
        concealment="inside pomegranates in a refrigerated truck",
        published=date.fromisoformat(day),
        **more,
    )


APRIL, MAY = told("R1", "2024-04-01", 415_700), told("R2", "2024-05-20", 1_200_000)
TWO = link([APRIL, MAY]).clusters


def judged(a: str, b: str, verdict: str) -> Judgement:
    first, second = sorted((a, b))
    return Judgement(first, second, verdict, "editor", "2024-06-01", "checked", RowRef("links.csv", 2))


def elsewhere(report: Report) -> Report:
    """The same report on a page that the ledger doesn't hold."""
    claim = replace(report.claim, url=f"https://elsewhere.example/{report.report_id}")
    return replace(report, placed=replace(report.placed, claim=claim))


def homes(found: object) -> dict[str, str]:
    return {one.report.report_id: key for key, joined in found.joined.items() for one in joined}  # type: ignore[attr-defined]


def test_a_report_joins_the_event_that_it_tells_of_and_says_why() -> None:
    found = attach([machine(told("X", "2024-04-01", 415_700))], [APRIL, MAY], TWO)
    assert homes(found) == {"DOC-X-1": "R1"}
    (joined,) = found.joined["R1"]
    assert joined.link.to_report_id == "R1"
    assert joined.link.reasons
    assert found.linking.clusters == ()


def test_what_joins_nothing_is_grouped_among_its_own_kind() -> None:
    new = [machine(told(i, "2023-01-09", 77_300)) for i in ("X", "Y")]
    found = attach([*new, machine(told("Z", "2021-11-30", 9_999))], [APRIL, MAY], TWO)
    assert found.joined == {}
    assert [c.report_ids for c in found.linking.clusters] == [("DOC-X-1", "DOC-Y-1"), ("DOC-Z-1",)]


def test_a_report_between_two_events_never_makes_them_one() -> None:
    near = told("R2", "2024-04-02", 415_000)
    apart = (
        Cluster(("R1",), (), (("R1", "r1"),)),
        Cluster(("R2",), (), (("R2", "r2"),)),
    )
    between = [machine(told("X", "2024-04-01", 415_700)), machine(told("Y", "2024-04-02", 415_000))]
    found = attach(between, [APRIL, near], apart)
    assert homes(found) == {"DOC-X-1": "R1", "DOC-Y-1": "R2"}


def test_two_seizures_of_one_document_stay_two_and_a_page_of_the_ledger_may_be_read_again() -> None:
    again = replace(APRIL.claim, url=APRIL.claim.url)
    same_page = machine(replace(APRIL, placed=replace(APRIL.placed, claim=again)), "DOC-1")
    other = machine(told("R9", "2024-04-01", 415_700), "DOC-1")
    found = attach([same_page, other], [APRIL, MAY], TWO)
    assert len(found.joined.get("R1", ())) == 1
    assert len(found.linking.clusters) == 1


def test_what_is_read_on_a_page_of_the_ledger_joins_more_readily() -> None:
    """Undated, one round figure, one country: too little elsewhere, enough on the page itself."""
    row = make_report("R5", when="", tablets=3_000_000, country="KW")
    read = replace(make_report("X", when="", tablets=3_000_000, country="KW"))
    there = replace(read, placed=replace(read.placed, claim=replace(read.claim, url=f"{row.claim.url}#x")))
    assert homes(attach([machine(read)], [row], link([row]).clusters)) == {}
    found = attach([machine(there)], [row], link([row]).clusters)
    assert homes(found) == {"DOC-X-1": "R5"}
    assert "the page of a report" in found.joined["R5"][0].link.reasons[-1]


def test_a_word_of_a_curator_wins() -> None:
    alike, unlike = machine(told("X", "2024-04-01", 415_700)), machine(told("Y", "2019-01-01", 5_000))
    found = attach(
        [alike, unlike],
        [APRIL, MAY],
        TWO,
        [judged("DOC-X-1", "R1", "different"), judged("DOC-Y-1", "R2", "same")],
    )
    assert homes(found) == {"DOC-Y-1": "R2"}
    assert "judged same" in found.joined["R2"][0].link.reasons[0]
    assert found.linking.issues == ()


def test_a_word_that_would_make_two_curated_events_one_is_overruled_and_said() -> None:
    words = [judged("DOC-X-1", "R1", "same"), judged("DOC-X-1", "R2", "same")]
    found = attach([machine(told("X", "2024-04-01", 415_700))], [APRIL, MAY], TWO, words)
    assert len(homes(found)) == 1
    assert [one.code for one in found.linking.issues] == ["judgement_overruled"]


def test_a_word_on_a_document_that_is_not_there_is_said() -> None:
    found = attach([], [APRIL, MAY], TWO, [judged("DOC-gone-1", "R1", "same")])
    assert [one.code for one in found.linking.issues] == ["judgement_without_seizure"]


def test_a_report_of_a_known_voice_keeps_the_name_that_the_voice_has() -> None:
    same_outlet = replace(told("X", "2024-04-01", 415_700), outlet=APRIL.outlet)
    found = attach([machine(same_outlet), machine(told("Y", "2024-04-01", 415_700))], [APRIL, MAY], TWO)
    origins = {one.report.report_id: one.origin_group for one in found.joined["R1"]}
    assert origins == {"DOC-X-1": APRIL.outlet.outlet_id, "DOC-Y-1": "y"}


def test_events_that_may_be_one_are_named_only_where_one_is_machine_read() -> None:
    later = machine(told("X", "2024-04-20", 415_700))
    words = [judged("DOC-X-1", "R1", "possibly_same")]
    found = attach([later], [APRIL, MAY], TWO, words)
    assert [pair[:2] for pair in found.linking.possibly_same] == [("DOC-X-1", "R1")]


@pytest.fixture(scope="module")
def seizures() -> list[Report]:
    """The seizure reports of the shipped ledger."""
    placed, _ = locate(read_ledger(ROOT / "data/reported").claims)
    return [report for report in normalise(placed)[0] if report.claim.is_seizure]


def event_of(clusters: Sequence[Cluster], gold: dict[str, str]) -> dict[str, str]:
    """Key of a cluster -> the seizure that most of its reports tell of."""
    return {c.report_ids[0]: Counter(gold[i] for i in c.report_ids).most_common(1)[0][0] for c in clusters}


def test_rows_held_out_of_the_ledger_find_their_events(seizures: list[Report]) -> None:
    """One report of each seizure is taken out and comes back as if a machine had read it on another page."""
    with (ROOT / "tests/gold/links.csv").open(encoding="utf-8", newline="") as file:
        gold = {row["report_id"]: row["event_key"] for row in csv.DictReader(file)}
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in seizures:
        groups[gold[report.report_id]].append(report)
    draw = random.Random(5)
    out = [draw.choice(sorted(groups[key], key=lambda r: r.report_id)) for key in sorted(groups)]
    held = {report.report_id for report in out}
    rest = [report for report in seizures if report.report_id not in held]
    clusters = link(rest).clusters
    true = event_of(clusters, gold)
    joined = {
        i.removeprefix("DOC-").removesuffix("-1"): true[k]
        for i, k in homes(attach([machine(elsewhere(r)) for r in out], rest, clusters)).items()
    }
    known = [report for report in out if len(groups[gold[report.report_id]]) > 1]
    right = sum(joined.get(report.report_id) == gold[report.report_id] for report in known)
    wrong = sum(event != gold[report_id] for report_id, event in joined.items())
    assert right / len(known) >= 0.93
    assert wrong / len(joined) <= 0.03
