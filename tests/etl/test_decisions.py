"""Decisions of people: signed lines become judgements and corrections, the others issues."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.decisions import CORRECTION_COLUMNS, LINK_COLUMNS, VERDICTS, read_decisions
from etl.ledger import read_ledger

DATA = Path(__file__).parents[2] / "data"
SIGNED = ("curator", "2026-01-02", "the pages quote one statement")


def write(folder: Path, name: str, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *lines])


def links(folder: Path, *lines: Sequence[str]) -> None:
    write(folder, "links.csv", LINK_COLUMNS, lines)


def corrections(folder: Path, *lines: Sequence[str]) -> None:
    write(folder, "corrections.csv", CORRECTION_COLUMNS, lines)


def test_the_shipped_decisions_are_in_order_and_match_the_ledger() -> None:
    decisions = read_decisions(DATA / "decisions")
    assert decisions.issues == ()
    assert len(decisions.judgements) >= 4  # the doubtful pairs that the method page names
    assert {j.verdict for j in decisions.judgements} == {"possibly_same"}, "gold must not leak into the build"
    ledger = read_ledger(
        DATA / "reported", judgements=decisions.judgements, corrections=decisions.corrections
    )
    assert ledger.issues == ()


def test_a_folder_without_files_holds_no_decisions(tmp_path: Path) -> None:
    decisions = read_decisions(tmp_path)
    assert (decisions.judgements, decisions.corrections, decisions.issues) == ((), (), ())


def test_a_pair_has_no_order_of_its_own(tmp_path: Path) -> None:
    links(tmp_path, ["R2", "R1", "Same", *SIGNED])
    (judgement,) = read_decisions(tmp_path).judgements
    assert (judgement.report_id_a, judgement.report_id_b, judgement.verdict) == ("R1", "R2", "same")
    assert (judgement.by, judgement.on, judgement.why) == SIGNED
    assert (judgement.ref.file, judgement.ref.line) == ("links.csv", 2)


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (["R1", "R2", "maybe", *SIGNED], "bad_verdict", "verdict"),
        (["R1", "R1", "same", *SIGNED], "decision_on_itself", "report_id_b"),
        (["", "R1", "same", *SIGNED], "missing_report_id", "report_id_a"),
        (["R1", "R2", "same", "", *SIGNED[1:]], "unsigned_decision", "by"),
        (["R1", "R2", "same", "curator", "January", "why"], "unsigned_decision", "on"),
        (["R1", "R2", "same", "curator", "2026-01", "why"], "unsigned_decision", "on"),
        (["R1", "R2", "same", *SIGNED[:2], ""], "unsigned_decision", "why"),
        (["R1", "R2", "same"], "ragged_row", ""),
    ],
)
def test_judgements_that_cannot_be_used_are_issues(
    line: list[str], code: str, column: str, tmp_path: Path
) -> None:
    links(tmp_path, line, ["R1", "R3", "different", *SIGNED])
    decisions = read_decisions(tmp_path)
    assert [(found.code, found.column, found.blocking) for found in decisions.issues] == [
        (code, column, True)
    ]
    assert [j.report_id_b for j in decisions.judgements] == ["R3"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["", "country", "IQ", *SIGNED], "missing_report_id"),
        (["R1", "colour", "blue", *SIGNED], "unknown_correction_column"),
        (["R1", "report_id", "R2", *SIGNED], "unknown_correction_column"),
        (["R1", "country", "IQ", "", "", ""], "unsigned_decision"),
    ],
)
def test_corrections_that_cannot_be_used_are_issues(line: list[str], code: str, tmp_path: Path) -> None:
    corrections(tmp_path, line)
    decisions = read_decisions(tmp_path)
    assert [found.code for found in decisions.issues] == [code] and decisions.corrections == ()


def test_a_correction_may_empty_a_cell(tmp_path: Path) -> None:
    corrections(tmp_path, ["R1", "weight_kg", "", *SIGNED])
    (fix,) = read_decisions(tmp_path).corrections
    assert (fix.report_id, fix.column, fix.value) == ("R1", "weight_kg", "")


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("same", "2026-01-02"), ("different", "2026-01-01"), "same"),
        (("same", "2026-01-01"), ("different", "2026-01-02"), "different"),
        (("same", "2026-01-02"), ("different", "2026-01-02"), "different"),
        (("same", "2026-01-02"), ("possibly_same", "2026-01-02"), "possibly_same"),
    ],
)
def test_of_two_opinions_the_later_then_the_more_cautious_counts(
    first: tuple[str, str], second: tuple[str, str], kept: str, tmp_path: Path
) -> None:
    for opinions in ((first, second), (second, first)):
        links(tmp_path, *(["R1", "R2", verdict, "curator", on, "why"] for verdict, on in opinions))
        decisions = read_decisions(tmp_path)
        assert [j.verdict for j in decisions.judgements] == [kept]
        assert [found.code for found in decisions.issues] == ["contradictory_decisions"]


def test_saying_it_twice_is_only_a_warning(tmp_path: Path) -> None:
    links(tmp_path, ["R1", "R2", "same", *SIGNED], ["R2", "R1", "same", *SIGNED])
    corrections(tmp_path, ["R1", "country", "IQ", *SIGNED], ["R1", "country", "IQ", *SIGNED])
    decisions = read_decisions(tmp_path)
    assert [(found.code, found.blocking) for found in decisions.issues] == [
        ("duplicate_decision", False),
        ("duplicate_decision", False),
    ]
    assert len(decisions.judgements) == len(decisions.corrections) == 1


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"report_id_a,report_id_b\nR1,R2\n"])
def test_a_file_that_holds_no_decisions_is_one_issue(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_bytes(content)
    decisions = read_decisions(tmp_path)
    assert len(decisions.issues) == 1 and decisions.issues[0].blocking and decisions.judgements == ()


cell = st.sampled_from(["R1", "R2", "", "same", "different", "2026-01-02", "x"]) | st.text(max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["R1", "R2"]), st.just("R3"), st.sampled_from(VERDICTS), cell, cell, cell),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_lines_changes_no_decision(
    lines: list[tuple[str, ...]], shuffler: random.Random
) -> None:
    shuffled = lines[:]
    shuffler.shuffle(shuffled)
    found = []
    for order in (lines, shuffled):
        with TemporaryDirectory() as folder:
            links(Path(folder), *order)
            decisions = read_decisions(Path(folder))
        found.append(
            [(j.report_id_a, j.report_id_b, j.verdict, j.by, j.on, j.why) for j in decisions.judgements]
        )
    assert found[0] == found[1]
