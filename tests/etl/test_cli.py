"""The command line: exit codes, what it prints, what it leaves alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.cli import cli
from etl.publish import Refused, Store
from etl.publish.dictionary import render

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, write_ledger: Callable[..., Path]) -> Run:
    """`run("build", ...)` on a small ledger, with every folder below tmp_path."""
    write_ledger(
        tmp_path / "reported",
        {"place": "Al-Qaim", "weight_kg": "17"},
        {"report_id": "R2", "publisher": "Rudaw"},
    )
    (tmp_path / "decisions").mkdir()
    (tmp_path / "coverage.toml").write_text("data_complete_to = 2024-12-31\n")

    def call(command: str, *more: str) -> Result:
        folders = ["--out", str(tmp_path / "out")]
        if command in {"build", "check"}:
            folders += ["--reported", str(tmp_path / "reported"), "--decisions", str(tmp_path / "decisions")]
            folders += ["--coverage", str(tmp_path / "coverage.toml"), "--inbox", str(tmp_path / "inbox")]
        return CliRunner().invoke(cli, [command, *folders, *more])

    return call


def test_build_publishes_then_finds_nothing_new(run: Run, tmp_path: Path) -> None:
    first = run("build")
    assert first.exit_code == 0, first.output
    assert "published release" in first.output
    second = run("build")
    assert second.exit_code == 0
    assert "nothing new" in second.output
    status = json.loads((tmp_path / "out/status.json").read_text())
    assert status["data_complete_to"] == "2024-12-31"
    assert (status["rows_read"], status["events"], status["published"]) == (2, 1, False)


def test_build_says_which_copies_it_repaired(run: Run, tmp_path: Path) -> None:
    run("build")
    (tmp_path / "out/reports.csv").unlink()
    assert "repaired copies: reports.csv" in run("build").output


def test_documents_of_the_inbox_are_read_counted_and_shown(run: Run, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "new.txt").write_text(
        "url: https://news.example/1\npublished: 2024-04-16\n\nPills near Rutba\n\n"
        "Iraqi police said on Monday that they had seized 415,700 Captagon pills near Rutba in Anbar "
        "province and arrested two people.\n"
    )
    (inbox / "broken.json").write_text("{")
    built = run("build")
    assert "of a seizure: 1, kept out: 1" in " ".join(built.output.split())
    status = json.loads((tmp_path / "out/status.json").read_text())
    assert (status["events"], status["documents"]["machine_events"]) == (1, 1)
    assert (status["documents"]["found"], status["documents"]["quarantined"]) == (2, 1)
    assert "415,700 Captagon pills" in run("explain", "CAP-900001").output
    checked = run("check")
    assert checked.exit_code == 0, "a page that can't be read is no fault of the data"
    assert "1 x document_json_broken" in checked.output


def test_a_refusal_names_its_reason_and_leaves_the_old_release(run: Run, tmp_path: Path) -> None:
    run("build")
    before = (tmp_path / "out/current.json").read_bytes()
    (tmp_path / "reported/a.csv").write_text("colour\nred\n")
    refused = run("build")
    assert refused.exit_code == 1
    assert "refused: no row of" in refused.output
    assert (tmp_path / "out/current.json").read_bytes() == before


def test_a_folder_that_cannot_be_written_to_is_a_refusal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.locks").write_text("in the way")
    refused = run("build")
    assert refused.exit_code == 1
    assert "cannot be written" in refused.output


@pytest.mark.parametrize(
    "arguments", [["--release", "soon"], ["--reported", "/no/such/folder"], ["--colour", "red"]]
)
def test_wrong_usage_ends_with_2(run: Run, arguments: list[str]) -> None:
    assert run("build", *arguments).exit_code == 2


def test_check_is_quiet_when_all_is_well_and_publishes_nothing(run: Run, tmp_path: Path) -> None:
    run("build")
    files = sorted(p.name for p in (tmp_path / "out").rglob("*"))
    found = run("check")
    assert found.exit_code == 0, found.output
    assert "all is well" in found.output
    assert sorted(p.name for p in (tmp_path / "out").rglob("*")) == files


def test_check_tells_of_differing_copies_and_quarantined_rows(
    run: Run, tmp_path: Path, write_ledger: Callable[..., Path]
) -> None:
    run("build")
    (tmp_path / "out/seizures.csv").write_text("edited")
    write_ledger(tmp_path / "reported", {"report_id": "R9", "drug": "sugar"}, file="b.csv")
    found = run("check")
    assert found.exit_code == 1
    assert "seizures.csv differs from release" in found.output
    assert "b.csv line 2: 'sugar' is not a drug" in found.output


def test_check_without_a_release_says_so(run: Run) -> None:
    found = run("check")
    assert found.exit_code == 1
    assert "holds no release" in found.output


def only_event(folder: Path) -> str:
    return (folder / "out/seizures.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]


def test_explain_prints_the_chain(run: Run, tmp_path: Path) -> None:
    run("build")
    found = run("explain", only_event(tmp_path).lower())
    assert found.exit_code == 0, found.output
    for words in (
        "R1",
        "R2",
        "https://example.org/R1",
        "a.csv line 2",
        "100000 tablets",
        "0.17 g a tablet",
        "joined to",
    ):
        assert words in found.output, words


@pytest.mark.parametrize(
    ("event", "words"), [("CAP-999999", "does not exist"), ("nonsense", "does not exist")]
)
def test_explain_refuses_what_is_not_there(run: Run, event: str, words: str) -> None:
    run("build")
    found = run("explain", event)
    assert found.exit_code == 1
    assert words in found.output


def test_explain_follows_a_redirect_and_names_a_withdrawal(
    run: Run, tmp_path: Path, write_ledger: Callable[..., Path]
) -> None:
    other = {"report_id": "R5", "country": "SA", "quantity": "777123"}
    third = {"report_id": "R6", "country": "JO", "quantity": "54321"}
    write_ledger(tmp_path / "reported", other, third, file="b.csv")
    run("build")
    (tmp_path / "decisions/links.csv").write_text(
        "report_id_a,report_id_b,verdict,by,on,why\nR5,R6,same,editor,2024-06-01,one load\n"
    )
    run("build")
    reports = (tmp_path / "out/event_ids.csv").read_text().splitlines()
    merged = next(line.split(",")[0] for line in reports if "merged_into" in line and line.startswith("CAP"))
    assert f"{merged} was merged into" in run("explain", merged).output
    (tmp_path / "reported/b.csv").unlink()
    run("build")
    gone = next(
        line.split(",")[0]
        for line in (tmp_path / "out/event_ids.csv").read_text().splitlines()
        if "withdrawn" in line
    )
    assert "was withdrawn" in run("explain", gone).output


def test_explain_needs_a_release(run: Run) -> None:
    assert "holds no release" in run("explain", "CAP-000001").output


def test_dictionary_writes_the_document(tmp_path: Path) -> None:
    target = tmp_path / "dictionary.md"
    assert CliRunner().invoke(cli, ["dictionary", "--to", str(target)]).exit_code == 0
    assert target.read_text(encoding="utf-8") == render()


def test_explaining_without_a_store_is_a_refusal(tmp_path: Path) -> None:
    from etl.explain import explain

    with pytest.raises(Refused, match="no release"):
        explain(Store(tmp_path), "CAP-000001")
