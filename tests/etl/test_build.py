"""The whole build on small ledgers: what reaches the files, and how releases follow each other."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from etl.pipeline import Inputs, build, read_coverage
from etl.publish import Outcome, Refused, Request, Store, problems, publish_content
from etl.publish import labels as release_labels
from etl.publish.release import PARQUET, same_content
from etl.publish.shared import PREVIOUS

Write = Callable[..., Path]
Rows = list[dict[str, str]]


class Project:
    """A data folder of its own: ledger, decisions, coverage and releases."""

    def __init__(self, home: Path, write: Write) -> None:
        self.home, self._write = home, write
        self.store = Store(home / "out")
        self.decide()
        (home / "coverage.toml").write_text("data_complete_to = 2024-12-31\n")

    def ledger(self, *rows: dict[str, str], file: str = "a.csv") -> None:
        self._write(self.home / "reported", *rows, file=file)

    def decide(self, *links: tuple[str, str, str]) -> None:
        folder = self.home / "decisions"
        folder.mkdir(exist_ok=True)
        lines = ["report_id_a,report_id_b,verdict,by,on,why"]
        lines += [f"{a},{b},{verdict},editor,2024-06-01,checked" for a, b, verdict in links]
        (folder / "links.csv").write_text("\n".join(lines) + "\n")

    def publish(self, request: str = "", shipped: Store | None = None) -> Outcome:
        asked = release_labels.parse(request) if request else Request()
        inputs = Inputs(
            self.home / "reported", self.home / "decisions", self.home / "coverage.toml", asked.newest
        )
        return publish_content(self.store, build(inputs).content, asked, shipped or Store(self.home / "none"))

    def rows(self, table: str) -> Rows:
        with (self.store.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def bytes(self) -> dict[str, bytes]:
        current = self.store.current()
        assert current is not None
        return self.store.read(current.release)


@pytest.fixture
def project(tmp_path: Path, write_ledger: Write) -> Project:
    return Project(tmp_path, write_ledger)


FAR = {
    "report_id": "R2",
    "country": "SA",
    "event_date": "2024-03-09",
    "quantity": "777123",
    "publisher": "SPA",
}
COPY = {"report_id": "R3", "publisher": "Rudaw"}


def test_a_release_tells_reports_events_and_totals_and_validates(project: Project) -> None:
    project.ledger(
        {"place": "Al-Qaim", "admin1": "Anbar", "quantity_as_written": "=100,000 pills", "weight_kg": "17"},
        FAR,
        {
            "report_id": "R4",
            "event_type": "aggregate",
            "scope": "pills seized in Iraq in 2023",
            "period_end": "2023-12",
        },
        {"report_id": "R5", "event_type": "destruction"},
        {"report_id": "R6", "drug": "sugar"},
    )
    assert project.publish() == Outcome("2024.05.1", project.publish().on, is_new=True, added=2)
    assert [r["event_id"] for r in project.rows("seizures")] == ["CAP-000001", "CAP-000002"]
    kinds = {r["report_id"]: (r["row_kind"], bool(r["event_id"])) for r in project.rows("reports")}
    assert kinds == {
        "R1": ("seizure", True),
        "R2": ("seizure", True),
        "R4": ("aggregate", False),
        "R5": ("destruction", False),
    }
    assert [r["report_id"] for r in project.rows("quarantine")] == ["R6"]
    assert [r["aggregate_id"] for r in project.rows("aggregates")] == ["AGG-R4"]
    mine = next(r for r in project.rows("seizures") if r["country"] == "IQ")
    assert mine["quantity_as_reported"] == "'=100,000 pills", "the formula guard"
    assert (mine["tablets_best"], mine["kg_best"], mine["counted"]) == ("100000", "17", "1")
    assert mine["country_iso3"] == "IRQ"
    report = Package(str(project.store.folder / "datapackage.json")).validate()
    assert report.valid, [error.message for task in report.tasks for error in task.errors]


def test_maps_draw_no_dot_where_the_place_is_not_known_to_a_town(project: Project) -> None:
    project.ledger({"place": "Erbil", "admin1": "Erbil"}, FAR | {"admin1": "Riyadh"})
    project.publish()
    features = json.loads((project.store.folder / "seizures.geojson").read_text())["features"]
    drawn = {f["properties"]["country"]: f["geometry"] and f["geometry"]["type"] for f in features}
    assert drawn == {"IQ": "Point", "SA": None}
    governorates = json.loads((project.store.folder / "governorates.geojson").read_text())["features"]
    assert {"IQ-AN", "SY-DY"} <= {f["properties"]["admin1_code"] for f in governorates}


def test_unchanged_inputs_publish_nothing_new(project: Project) -> None:
    project.ledger({}, FAR)
    first = project.publish()
    before = project.bytes()
    again = project.publish()
    assert (again.is_new, again.label) == (False, first.label)
    assert project.bytes() == before
    assert project.store.labels() == [first.label]


@pytest.mark.parametrize(("table", "says_the_same"), [("coverage", True), ("warnings", False)])
def test_a_column_more_publishes_only_what_tells_of_seizures(
    project: Project, table: str, says_the_same: bool
) -> None:
    project.ledger({})
    project.publish()
    now = project.bytes()
    package = json.loads(now["datapackage.json"])
    (resource,) = (one for one in package["resources"] if one["name"] == table)
    del resource["schema"]["fields"][-1]
    before = now | {"datapackage.json": json.dumps(package).encode()}
    assert same_content(now, before) is says_the_same


def test_a_copy_edited_by_hand_is_repaired_by_the_next_run(project: Project) -> None:
    project.ledger({})
    project.publish()
    (project.store.folder / "seizures.csv").write_text("edited")
    again = project.publish()
    assert again.repaired == ("seizures.csv",)
    assert not again.is_new


def test_shuffled_rows_and_files_change_no_event(project: Project) -> None:
    rows = [{}, FAR, COPY, {"report_id": "R7", "country": "JO", "quantity": "5000"}]
    project.ledger(*rows)
    project.publish()
    before = project.rows("seizures")
    project.ledger(*rows[:1:-1])
    project.ledger(*rows[:2], file="z.csv")
    project.publish()
    ignored = {"release", "last_changed"}
    assert [{k: v for k, v in r.items() if k not in ignored} for r in project.rows("seizures")] == [
        {k: v for k, v in r.items() if k not in ignored} for r in before
    ]
    assert [r["last_changed"] for r in project.rows("seizures")] == [r["last_changed"] for r in before]


def test_a_correction_is_a_mod_of_its_event_only(project: Project) -> None:
    project.ledger({}, FAR)
    project.publish()
    project.ledger({"arrests": "3", "published": "2024-05-20"}, FAR)
    second = project.publish()
    assert second.label == "2024.05.2"
    news = [r for r in project.rows("changes") if r["release"] == second.label]
    assert [(r["change"], r["columns"].split("|")) for r in news] == [
        ("MOD", ["arrests", "first_reported", "arrests_low", "arrests_high"])
    ]
    changed = {r["country"]: r["last_changed"] for r in project.rows("seizures")}
    assert changed == {"IQ": "2024-05-20", "SA": "2024-05-01"}
    assert len(project.rows("changes")) == 3, "earlier changes stay on the list"


def test_merge_split_and_withdrawal_are_told_and_ids_redirect(project: Project) -> None:
    apart = COPY | {"quantity": "640000", "event_date": "2024-05-09"}
    project.ledger({}, apart, FAR)
    project.publish()
    ids = {r["report_id"]: r["event_id"] for r in project.rows("reports")}
    assert len(set(ids.values())) == 3

    project.decide(("R1", "R3", "same"))
    merged = project.publish()
    old, young = sorted((ids["R1"], ids["R3"]))
    news = {r["event_id"]: r for r in project.rows("changes") if r["release"] == merged.label}
    assert (news[young]["change"], news[young]["other_event_ids"]) == ("MERGE", old)
    redirect = next(r for r in project.rows("event_ids") if r["event_id"] == young)
    assert (redirect["status"], redirect["merged_into"]) == ("merged_into", old)

    project.decide(("R1", "R3", "different"))
    split = project.publish()
    changes = {r["change"] for r in project.rows("changes") if r["release"] == split.label}
    assert {"SPLIT", "ADD"} <= changes

    project.decide()
    project.ledger({}, apart)
    gone = project.publish()
    withdrawn = [
        r["event_id"]
        for r in project.rows("changes")
        if (r["release"], r["change"]) == (gone.label, "WITHDRAW")
    ]
    assert withdrawn == [ids["R2"]]


def test_of_two_events_that_may_be_one_the_weaker_names_the_stronger(project: Project) -> None:
    """R1 and R3 are one event of two origins; R9 may repeat it. Leaving R9 out still counts the seizure."""
    far = {"report_id": "R9", "url": "https://third.example/9", "publisher": "Third", "quantity": "640000"}
    project.ledger({}, COPY, COPY | far | {"event_date": "2024-05-09"})
    project.decide(("R1", "R9", "possibly_same"))
    project.publish()
    by_report = {r["report_id"]: r["event_id"] for r in project.rows("reports")}
    rows = {r["event_id"]: r for r in project.rows("seizures")}
    assert by_report["R1"] == by_report["R3"] != by_report["R9"]
    assert rows[by_report["R9"]]["possible_duplicate_of"] == by_report["R1"]
    assert rows[by_report["R1"]]["possible_duplicate_of"] == ""
    flagged = {r["event_id"] for r in project.rows("event_flags") if r["flag"] == "possible_duplicate"}
    assert flagged == set(rows)


def test_a_folder_without_a_release_starts_from_the_shipped_ids(
    project: Project, tmp_path: Path, write_ledger: Write
) -> None:
    project.ledger({}, FAR)
    project.publish()
    (tmp_path / "other").mkdir()
    other = Project(tmp_path / "other", write_ledger)
    other.ledger(FAR, {"report_id": "R9", "country": "LB", "quantity": "12345"})
    other.publish(shipped=project.store)
    shipped = {r["report_id"]: r["event_id"] for r in project.rows("reports")}
    mine = {r["report_id"]: r["event_id"] for r in other.rows("reports")}
    assert mine["R2"] == shipped["R2"]
    assert mine["R9"] == "CAP-000003"
    assert {r["change"] for r in other.rows("changes")} == {"ADD"}


def test_what_a_bundle_leaves_over_is_an_event_of_its_reports(project: Project) -> None:
    scope = "five attempts at Al-Haditha announced together"
    project.ledger({"event_type": "aggregate", "scope": scope, "country": "SA"})
    project.publish()
    event = project.rows("seizures")[0]
    assert (event["is_bundle"], event["n_incidents"], event["tablets_best"]) == ("1", "5", "100000")
    report = project.rows("reports")[0]
    assert (report["row_kind"], report["event_id"]) == ("aggregate", event["event_id"])
    assert project.rows("aggregates")[0]["remainder_event"] == event["event_id"]


def test_claims_say_what_was_chosen_and_what_was_carried_over(project: Project) -> None:
    words = {"concealment": "inside a shipment of apple crates"}
    project.ledger(words, COPY | words | {"date_basis": "other_report"}, file="a.csv")
    project.publish()
    claims = {r["claim_id"]: r for r in project.rows("claims")}
    assert claims["R3.date"]["basis"] == "carried_over"
    assert {claims["R1.concealment"]["basis"], claims["R3.concealment"]["basis"]} == {
        "in_page",
        "carried_over",
    }
    assert (claims["R1.quantity"]["agrees"], claims["R1.quantity"]["unit"]) == ("1", "tablets")
    chosen = [c for c in claims.values() if c["field"] == "quantity" and c["chosen"] == "1"]
    assert len(chosen) == 1


@pytest.mark.parametrize(
    ("asked", "label", "on"),
    [("2024.11.4", "2024.11.4", "2024-11-01"), ("2024-07-02", "2024.07.1", "2024-07-02")],
)
def test_a_release_can_be_given_its_label_or_its_day(
    project: Project, asked: str, label: str, on: str
) -> None:
    project.ledger({})
    outcome = project.publish(asked)
    assert (outcome.label, str(outcome.on)) == (label, on)


def test_a_label_must_come_after_the_current_one(project: Project) -> None:
    project.ledger({})
    project.publish("2024.11.4")
    project.ledger(FAR)
    with pytest.raises(Refused, match="would not come after"):
        project.publish("2024.11.3")
    assert project.publish().label == "2024.11.5"


@pytest.mark.parametrize("text", ["2024", "2024.13.1", "2024.5.1", "yesterday", "2024.05.0"])
def test_what_is_no_label_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither a label"):
        release_labels.parse(text)


def test_a_release_left_by_an_interrupted_run_is_taken_up(project: Project) -> None:
    project.ledger({})
    project.publish()
    first = project.store.pointer.read_bytes()
    project.ledger({}, FAR)
    second = project.publish()
    project.store.pointer.write_bytes(first)  # as if the run had stopped right before the switch
    again = project.publish()
    assert (again.label, again.is_new) == (second.label, True)
    assert project.store.labels() == ["2024.05.1", "2024.05.2"]


def test_a_damaged_release_is_refused_and_nothing_is_overwritten(project: Project) -> None:
    project.ledger({})
    label = project.publish().label
    (project.store.path(label) / "datapackage.json").write_text("{}")
    with pytest.raises(Refused, match="cannot be read"):
        project.publish()


@pytest.mark.parametrize("row", [{"drug": "sugar"}, {"url": ""}])
def test_a_ledger_without_a_readable_row_is_refused_with_the_reason(
    project: Project, row: dict[str, str]
) -> None:
    project.ledger(row)
    with pytest.raises(Refused, match="no row of"):
        project.publish()


@pytest.mark.parametrize("text", ["", "data_complete_to = 'soon'", "= not toml"])
def test_coverage_must_say_a_date(tmp_path: Path, text: str) -> None:
    path = tmp_path / "coverage.toml"
    path.write_text(text)
    with pytest.raises(Refused, match="data_complete_to"):
        read_coverage(path)


def test_the_parquet_file_holds_the_same_rows(project: Project) -> None:
    import geopandas

    project.ledger({"place": "Erbil", "admin1": "Erbil"}, FAR)
    project.publish()
    frame: Any = geopandas.read_parquet(project.store.folder / PARQUET)
    assert list(frame.event_id) == [r["event_id"] for r in project.rows("seizures")]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.isna().tolist() == [r["latitude"] == "" for r in project.rows("seizures")]


def test_a_release_names_the_one_before_it_and_the_same_inputs_publish_nothing_new(project: Project) -> None:
    project.ledger({})
    project.publish()
    first = project.store.current()
    assert first is not None
    assert PREVIOUS not in json.loads(project.bytes()["datapackage.json"])
    project.ledger({}, FAR)
    project.publish()
    told = json.loads(project.bytes()["datapackage.json"])[PREVIOUS]
    assert told == {"release": first.release, "sha256": first.sha256}
    before = project.bytes()
    assert not project.publish().is_new
    assert project.bytes() == before
    assert problems(project.store) == []
