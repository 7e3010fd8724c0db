"""Documents beside the ledger: what they add, what becomes of each, and that curated rows don't change."""

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from frictionless import Package

from etl.explain import explain
from etl.extract.records import LoadAmount
from etl.machine import FATES, Reader
from etl.pipeline import Built, Inputs, build
from etl.publish import Request, Store, publish_content
from tests.etl.sample_documents import (
    ALONE,
    IRRELEVANT,
    JOINS,
    RECALLS,
    SAMPLES,
    TOTAL,
    Sample,
    reader,
    write,
)

DATA = Path(__file__).parents[2] / "data"
ARTICLES = Path(__file__).parents[1] / "gold/articles"
Rows = list[dict[str, str]]
Write = Callable[..., Path]

AL_QAIM = {
    "report_id": "R1",
    "event_date": "2023-03-11",
    "quantity": "3000000",
    "place": "Al-Qaim",
    "admin1": "Anbar",
    "quantity_as_written": "3 million pills",
    "concealment": "crates of apples",
    "transport": "truck",
}
JIDDAH = {"report_id": "R2", "country": "SA", "event_date": "2024-03-09", "quantity": "777123"}
JORDAN_2019 = {
    "report_id": "R3",
    "event_type": "aggregate",
    "country": "JO",
    "event_date": "",
    "quantity": "1230000",
    "period_start": "2019-01-01",
    "period_end": "2019-06-30",
    "scope": "captagon seized by Jordan's customs in the first half of 2019",
}


def same_but_for_machine_reports(before: Rows, after: Rows) -> bool:
    """Whether the curated rows are the same cell by cell, apart from the count of machine-read reports."""

    def bare(rows: Rows) -> Rows:
        return [
            {name: text for name, text in row.items() if name != "n_machine_reports"}
            for row in rows
            if row.get("review_status", "curated") == "curated"
            and not row.get("report_id", "").startswith("DOC-")
        ]

    return bare(before) == bare(after)


class Desk:
    """A small ledger with an inbox, published again and again into one folder."""

    def __init__(self, home: Path, write_ledger: Write) -> None:
        self.home, self.store, self.write_ledger = home, Store(home / "out"), write_ledger
        self.documents(*SAMPLES)
        self.decide()
        (home / "coverage.toml").write_text("data_complete_to = 2026-03-01\n")
        write_ledger(home / "reported", AL_QAIM, JIDDAH, JORDAN_2019)

    def documents(self, *samples: Sample) -> None:
        self.samples = samples

    def decide(self, *links: tuple[str, str, str]) -> None:
        folder = self.home / "decisions"
        folder.mkdir(exist_ok=True)
        lines = [f"{a},{b},{verdict},editor,2026-02-20,checked" for a, b, verdict in links]
        head = "report_id_a,report_id_b,verdict,by,on,why"
        (folder / "links.csv").write_text("\n".join([head, *lines]) + "\n")

    def build(self, inbox: Path | None = None, read: Reader | None = None) -> Built:
        home = self.home
        if inbox is None:
            inbox = home / "inbox"
            for old in inbox.glob("*"):
                old.unlink()
            if self.samples:
                write(inbox, *self.samples)
        inputs = Inputs(home / "reported", home / "decisions", home / "coverage.toml", inbox=inbox)
        return build(inputs, reader=read or reader(*SAMPLES))

    def publish(self, store: Store | None = None, **more: Path) -> Built:
        built = self.build(**more)
        publish_content(store or self.store, built.content, Request(), Store(self.home / "none"))
        return built

    def rows(self, table: str, store: Store | None = None) -> Rows:
        folder = (store or self.store).folder
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def event(self, event_id: str) -> dict[str, str]:
        (row,) = [row for row in self.rows("seizures") if row["event_id"] == event_id]
        return row

    def id_of(self, sample: Sample) -> str:
        """The event of a sample's report, "" for none."""
        url = sample.article["url"]
        return next(row["event_id"] for row in self.rows("reports") if row["url"] == url)


@pytest.fixture
def desk(tmp_path: Path, write_ledger: Write) -> Desk:
    return Desk(tmp_path, write_ledger)


def test_each_document_finds_its_place_and_all_are_accounted_for(desk: Desk) -> None:
    built = desk.publish()
    assert built.documents == dict.fromkeys(FATES, 0) | {
        "event": 2, "total": 1, "background": 1, "not_relevant": 1,
    }  # fmt: skip
    by_url = {row["url"]: row for row in desk.rows("reports")}
    joined, alone = by_url[JOINS.article["url"]], by_url[ALONE.article["url"]]
    total, recalled = by_url[TOTAL.article["url"]], by_url[RECALLS.article["url"]]
    assert joined["event_id"] == next(r for r in desk.rows("reports") if r["report_id"] == "R1")["event_id"]
    assert (joined["link_to"], joined["review_status"]) == ("R1", "machine")
    assert alone["event_id"] == "CAP-900001"
    assert (total["row_kind"], total["aggregate_id"], total["event_id"]) == ("aggregate", "AGG-R3", "")
    assert (recalled["row_kind"], recalled["event_id"], recalled["role"]) == ("seizure", "", "background")
    assert Package(str(desk.store.folder / "datapackage.json")).validate().valid


def test_a_machine_read_event_is_marked_and_never_counted(desk: Desk) -> None:
    desk.publish()
    event = desk.event("CAP-900001")
    assert (event["review_status"], event["counted"], event["not_counted_reason"]) == (
        "machine", "0", "machine_read",
    )  # fmt: skip
    assert (event["tablets_best"], event["n_reports"], event["n_machine_reports"]) == ("415700", "1", "1")
    assert sum(int(row["counted"]) for row in desk.rows("seizures")) == 2


def test_evidence_shows_the_words_and_where_they_stand(desk: Desk) -> None:
    desk.publish()
    shown = {}
    for row in desk.rows("evidence"):
        if row["event_id"] == "CAP-900001":
            words = row["quote"][int(row["highlight_start"]) : int(row["highlight_end"])]
            shown[row["field"]] = (row["value"], words, row["rule"])
    assert shown["quantity"] == ("captagon:415700:tablets", "415,700 حبة كبتاغون", "sample_amounts")
    assert shown["place"][1] == "الرطبة"
    claims = {row["claim_id"]: row for row in desk.rows("claims") if row["event_id"] == "CAP-900001"}
    assert all(row["review_status"] == "machine" for row in claims.values())
    quantity = next(row for row in claims.values() if row["field"] == "quantity")
    assert "415,700" in quantity["quote"]


def test_curated_rows_are_the_same_with_and_without_documents(desk: Desk) -> None:
    with_them, without = desk.store, Store(desk.home / "without")
    desk.publish()
    desk.publish(without, inbox=desk.home / "no such folder")
    for table in ("seizures", "reports", "claims", "aggregates", "event_ids", "changes", "quarantine"):
        assert same_but_for_machine_reports(
            desk.rows(table, without),
            [row for row in desk.rows(table, with_them) if row.get("event_id", "") < "CAP-9"],
        ), table
    assert [row["n_machine_reports"] for row in desk.rows("seizures", without)] == ["0", "0"]
    assert sorted(row["n_machine_reports"] for row in desk.rows("seizures")) == ["0", "1", "1"]


def test_ids_of_later_curated_events_do_not_depend_on_documents_either(desk: Desk) -> None:
    desk.publish()
    new = {"report_id": "R8", "country": "KW", "event_date": "2025-01-09", "quantity": "31000"}
    desk.write_ledger(desk.home / "reported", AL_QAIM, JIDDAH, JORDAN_2019, new)
    desk.publish()
    ids = {row["report_id"]: row["event_id"] for row in desk.rows("reports")}
    assert ids["R8"] == "CAP-000003"
    assert desk.id_of(ALONE) == "CAP-900001"


def test_joining_is_no_change_of_a_curated_event(desk: Desk) -> None:
    desk.documents()
    desk.publish()
    before = desk.rows("seizures")
    desk.documents(JOINS)
    desk.publish()
    assert [row["last_changed"] for row in desk.rows("seizures")] == [row["last_changed"] for row in before]
    assert {row["change"] for row in desk.rows("changes")} == {"ADD"}
    assert len(desk.rows("changes")) == 2


def test_a_machine_read_event_leaves_with_its_document_and_comes_back_under_its_id(desk: Desk) -> None:
    desk.publish()
    desk.documents(JOINS)
    desk.publish()
    gone = [row for row in desk.rows("event_ids") if row["event_id"] == "CAP-900001"]
    assert [row["status"] for row in gone] == ["withdrawn"]
    desk.documents(ALONE)
    desk.publish()
    assert desk.id_of(ALONE) == "CAP-900001"


def test_when_a_curator_takes_up_a_machine_read_event_its_id_leads_to_the_curated_one(desk: Desk) -> None:
    desk.publish()
    row = {
        "report_id": "R9", "event_date": "2026-02-16", "quantity": "415700", "place": "Rutba",
        "admin1": "Anbar", "concealment": "water tank", "url": ALONE.article["url"], "lang": "ar",
    }  # fmt: skip
    desk.write_ledger(desk.home / "reported", AL_QAIM, JIDDAH, JORDAN_2019, row)
    desk.publish()
    ids = {row["report_id"]: row["event_id"] for row in desk.rows("reports")}
    assert ids["R9"] == "CAP-000003"
    assert desk.event("CAP-000003")["n_machine_reports"] == "1"
    redirect = next(row for row in desk.rows("event_ids") if row["event_id"] == "CAP-900001")
    assert (redirect["status"], redirect["merged_into"]) == ("merged_into", "CAP-000003")
    last = [row for row in desk.rows("changes") if row["event_id"] == "CAP-900001"][-1]
    assert (last["change"], last["other_event_ids"]) == ("MERGE", "CAP-000003")


def test_a_word_of_a_curator_parts_and_joins_machine_read_reports(desk: Desk) -> None:
    desk.publish()
    joined = next(r["report_id"] for r in desk.rows("reports") if r["url"] == JOINS.article["url"])
    desk.decide((joined, "R1", "different"))
    desk.publish()
    assert desk.id_of(JOINS).startswith("CAP-9")
    desk.decide((joined, "R2", "same"))
    desk.publish()
    (home,) = [row["event_id"] for row in desk.rows("reports") if row["report_id"] == "R2"]
    assert desk.id_of(JOINS) == home


def test_the_order_and_the_names_of_files_change_no_byte(desk: Desk) -> None:
    desk.publish()
    current = desk.store.current()
    assert current is not None
    other = desk.home / "other"
    for number, sample in enumerate(reversed(SAMPLES)):
        write(other, sample, file=f"{number}.jsonl")
    again = Store(desk.home / "again")
    desk.publish(again, inbox=other)
    assert again.read(current.release) == desk.store.read(current.release)


def test_what_cannot_be_used_is_in_the_quarantine_and_no_document_is_lost(desk: Desk) -> None:
    inbox = write(desk.home / "odd", *SAMPLES)
    write(inbox, JOINS, file="copy.jsonl")
    (inbox / "broken.json").write_text("{")
    late = Sample(IRRELEVANT.article | {"published": "2099-01-01", "title": "Tomorrow"}, "incident")
    nowhere = Sample(
        {"id": "nowhere", "text": "They found 1,112 captagon pills.", "published": "2022-08-08"},
        "incident",
        ({"amounts": [(LoadAmount("captagon", 1112, 1112, "tablets", "exact"), "1,112 captagon pills")]},),
    )
    write(inbox, late, nowhere, file="late.jsonl")
    built = desk.build(inbox, reader(*SAMPLES, late, nowhere))
    assert built.documents == {
        "event": 2, "total": 1, "background": 1, "not_relevant": 1, "quarantined": 3, "repeated": 1,
    }  # fmt: skip
    assert sorted(issue.code for issue in built.content.quarantine) == [
        "document_json_broken", "future_date", "reading_without_country",
    ]  # fmt: skip
    assert "document_repeated" in {issue.code for issue in built.content.warnings}


def test_the_shipped_ledger_is_the_same_beside_articles_read_by_the_extractor(tmp_path: Path) -> None:
    """Cell by cell, in every table: ids, values, flags, totals, links."""
    inputs = Inputs(DATA / "reported", DATA / "decisions", DATA / "coverage.toml")
    plain, full = Store(tmp_path / "plain"), Store(tmp_path / "full")
    publish_content(plain, build(inputs).content, Request(), Store(DATA))
    inbox = write(tmp_path / "inbox", *SAMPLES)
    for name in ("own_en.jsonl", "own_ar.jsonl"):
        shutil.copy(ARTICLES / name, inbox)
    built = build(replace(inputs, inbox=inbox))
    publish_content(full, built.content, Request(), Store(DATA))
    assert sum(built.documents.values()) == 53
    assert built.documents["event"] > 25
    assert sum(event.is_machine_read for event in built.content.events) >= 1
    assert sum(bool(event.joined) for event in built.content.events) > 5
    for table in json.loads((plain.folder / "datapackage.json").read_text())["resources"]:
        if table.get("type") == "table":
            before, after = (_rows(store.folder / table["path"]) for store in (plain, full))
            after = [row for row in after if row.get("event_id", "") < "CAP-9"]
            assert same_but_for_machine_reports(before, after), table["name"]
    assert Package(str(full.folder / "datapackage.json")).validate().valid
    for row in _rows(full.folder / "evidence.csv"):
        assert len(row["quote"].split()) <= 25
        if row["quote"]:
            words = row["quote"][int(row["highlight_start"]) : int(row["highlight_end"])]
            assert words.strip() == words != "", row


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_explain_shows_the_words_that_a_machine_read(desk: Desk) -> None:
    desk.publish()
    lines = "\n".join(explain(desk.store, "CAP-900001"))
    assert "read by a machine, not reviewed" in lines
    assert ">>415,700 حبة كبتاغون<<" in lines
    assert "machine_read" in lines
