"""`captagon-etl extract`: formats, streams, exit codes, several processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from etl.cli import cli
from etl.extract import shown
from etl.extract.answers import answer, stated_dates
from etl.extract.documents import Piece
from etl.extract.explain import STYLES, explanation, marked
from etl.extract.records import Document, Extraction, Found, LoadAmount, PlaceRole, TextClaim
from etl.extract.streaming import BATCH, stream
from etl.records import When

ROOT = Path(__file__).resolve().parents[3]
BODY = "On Saturday هيئة المنافذ الحدودية found 1.5 million pills in crates of apples at Al-Qaim."
ENGLISH = {
    "id": "en", "title": "Pills in a truck", "published": "2025-11-15",
    "text": "Iraqi customs seized three million captagon pills in a truck at Al-Qaim on Friday.",
}  # fmt: skip
ARABIC = {
    "id": "ar", "title": "ضبط حبوب", "published": "2025-11-15",
    "text": "ضبطت هيئة المنافذ الحدودية العراقية 350 ألف حبة كبتاغون في منفذ القائم يوم الجمعة.",
}  # fmt: skip


def run(*arguments: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, ["extract", *map(str, arguments)], input=stdin)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(
        "".join(f"{json.dumps(a, ensure_ascii=False)}\n" for a in (ENGLISH, ARABIC)), encoding="utf-8"
    )
    return path


def found(words: str, value: object, rule: str = "rule") -> Found[object]:
    start = BODY.index(words) if words else 0
    return Found(value, start, start + len(words), rule)


def claim(**fields: object) -> TextClaim:
    return TextClaim("incident", 0, len(BODY), **fields)  # type: ignore[arg-type]


def extraction() -> Extraction:
    return Extraction("incident", (claim(
        when=found("On Saturday", When(date(2025, 11, 15), date(2025, 11, 15), "day", "weekday")),
        country=found("", "IQ"), admin1=found("Al-Qaim", "IQ-AN"), place=found("Al-Qaim", "Al-Qaim"),
        places=(found("Al-Qaim", PlaceRole("iq:al-qaim", "Al-Qaim", "seized_at")),),
        amounts=(found("1.5 million pills", LoadAmount("captagon", 1.5e6, 1.5e6, "tablets", "exact")),),
        agencies=(found("هيئة المنافذ الحدودية", "Border Ports Commission"),),
        concealment=(found("crates of apples", "apples"), found("crates", "crates")),
        transport=found("", "ship_container"), value_usd=found("", (1e6, 2e6)),
    ),))  # fmt: skip


DOCUMENT = Document("d", BODY, lang="en")


# -- the answer -----------------------------------------------------------------------------------------


def test_an_answer_gives_ledger_words_names_and_both_forms() -> None:
    (event,) = answer(DOCUMENT, extraction())["events"]
    assert event["amounts"] == [
        {"drug": "captagon", "low": 1500000, "high": 1500000, "unit": "tablets", "qualifier": "exact"}
    ]
    assert (event["date"], event["date_end"], event["country"]) == ("2025-11-15", None, "IQ")
    assert (event["admin1"], event["place"], event["place_as_written"]) == ("Anbar", "Al-Qaim", "Al-Qaim")
    assert event["transport"] == "ship/container"
    assert event["agencies"] == ["هيئة المنافذ الحدودية", "Border Ports Commission"]
    assert event["concealment"] == ["crates of apples", "apples", "crates"]
    assert event["value_usd"] == 1500000
    assert (event["arrests"], event["origin"], event["joint_with"]) == (None, None, [])


def test_an_answer_without_claims() -> None:
    assert answer(DOCUMENT, Extraction("not_relevant")) == {
        "id": "d",
        "doc_class": "not_relevant",
        "events": [],
    }


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2025-11-15", "2025-11-15", "day", ("2025-11-15", None)),
        ("2025-11-15", "2025-11-17", "day", ("2025-11-15", "2025-11-17")),
        ("2025-11-10", "2025-11-16", "week", ("2025-11", None)),
        ("2025-11-01", "2025-11-30", "month", ("2025-11", None)),
        ("2024-01-01", "2024-10-31", "month", ("2024-01", "2024-10")),
        ("2025-01-01", "2025-12-31", "year", ("2025", None)),
        ("2023-01-01", "2026-12-31", "year", ("2023", "2026")),
        ("2024-07-16", "2025-04-30", "period", ("2024-07-16", "2025-04-30")),
        ("2022-11-01", "2025-11-30", "period", ("2022-11", "2025-11")),
        ("2023-01-01", "2025-12-31", "period", ("2023", "2025")),
    ],
)
def test_dates_are_as_precise_as_the_page(
    start: str, end: str, precision: str, expected: tuple[str, str | None]
) -> None:
    when = When(date.fromisoformat(start), date.fromisoformat(end), precision)
    assert stated_dates(when) == expected


def test_a_governorate_comes_with_its_other_usual_spelling() -> None:
    for code, expected in (("SA-02", "Makkah (Mecca)"), ("IQ-AN", "Anbar"), ("XX-1", "XX-1")):
        (event,) = answer(DOCUMENT, Extraction("incident", (claim(admin1=found("", code)),)))["events"]
        assert event["admin1"] == expected


def test_no_date_is_no_date() -> None:
    assert stated_dates(When()) == (None, None)


# -- for people -----------------------------------------------------------------------------------------


def test_the_summary_gives_each_value_with_its_words_and_rule() -> None:
    text = shown.summary(DOCUMENT, extraction())
    assert '"1.5 million pills"' in text
    assert "[rule]" in text
    assert "1,500,000 tablets of captagon" in text
    assert "2025-11-15 (weekday)" in text
    assert "1,000,000 to 2,000,000 USD" in text
    assert "Al-Qaim (seized at)" in text


def test_every_field_that_is_shown_has_a_colour() -> None:
    assert set(STYLES) == set(shown.FIELDS)
    assert {value.field for value in shown.values(extraction().claims[0])} <= set(shown.FIELDS)


def test_the_marked_text_is_the_page_s_and_the_marks_are_the_spans() -> None:
    text = marked(DOCUMENT, extraction())
    assert text.plain == BODY
    marks = {BODY[s.start : s.end]: s.style for s in text.spans}
    assert marks["1.5 million pills"] == STYLES["amount"]
    assert marks["On Saturday"] == STYLES["date"]


def test_a_page_cannot_command_the_terminal() -> None:
    page = Document("a\x1b]0;x\x07", "\x1b[2J\rpills\x9b31m", title="\x1b[8m[bold]t[/bold]", url="\x1b[5mu")
    console = Console(record=True, width=100, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    console.print(explanation(page, Extraction("not_relevant")))
    console.file.close()
    for output in (console.export_text(), shown.summary(page, Extraction("not_relevant"))):
        assert not {"\x1b", "\x9b", "\x07"} & set(output)
    assert len(marked(page, Extraction("not_relevant")).plain) == len(page.body)


# -- the command ----------------------------------------------------------------------------------------


def test_jsonl_answers_in_order(articles: Path) -> None:
    done = run(articles, "--jsonl")
    assert done.exit_code == 0, done.output
    first, second = map(json.loads, done.stdout.splitlines())
    assert [first["id"], second["id"]] == ["en", "ar"]
    assert first["events"][0]["amounts"][0]["low"] == 3_000_000
    assert second["events"][0]["amounts"][0]["low"] == 350_000


def test_a_file_to_write_appears_complete(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(articles, "--jsonl", "-o", out).exit_code == 0
    assert out.read_text(encoding="utf-8") == run(articles, "--jsonl").stdout
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []


def test_a_pipe_is_article_lines(articles: Path) -> None:
    assert (
        run("-", "--jsonl", stdin=articles.read_text(encoding="utf-8")).stdout
        == run(articles, "--jsonl").stdout
    )


def test_the_summary_and_the_explanation_show_the_words(articles: Path) -> None:
    assert '"three million captagon pills' in run(articles).stdout
    explained = run(articles, "--explain")
    assert explained.exit_code == 0
    assert "three million captagon pills" in explained.stdout
    assert "amount" in explained.stdout


def test_what_is_refused_is_told_and_the_rest_is_read(articles: Path) -> None:
    with articles.open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    done = run(articles, "--jsonl")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert "articles.jsonl line 3" in done.stderr
    assert "[document_json_broken]" in done.stderr


def test_a_note_alone_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**ENGLISH, "published": "Friday"}))
    done = run(path, "--jsonl")
    assert (done.exit_code, done.stderr.startswith("note: ")) == (0, True)


def test_wrong_usage(articles: Path) -> None:
    assert run(articles, "--jsonl", "--explain").exit_code == 2
    assert run("/nowhere/at/all").exit_code == 2


def test_several_processes_give_the_same_lines(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    many = [{**(ENGLISH if n % 2 else ARABIC), "id": str(n)} for n in range(3 * BATCH)]
    path.write_text("".join(f"{json.dumps(a)}\n" for a in many) + "broken\n")
    command = [sys.executable, "-m", "etl", "extract", str(path), "--jsonl", "--workers"]
    one, two = (subprocess.run([*command, n], cwd=ROOT, capture_output=True, check=False) for n in "12")
    assert [json.loads(line)["id"] for line in one.stdout.splitlines()] == [str(n) for n in range(3 * BATCH)]
    assert (two.stdout, two.stderr, two.returncode) == (one.stdout, one.stderr, 1)


# -- streaming ------------------------------------------------------------------------------------------


def lines(count: int) -> Iterator[Piece]:
    return (Piece("x", "lines", 20, data=b'{"text": "pills"}', line=n) for n in range(1, count + 1))


def test_input_is_taken_as_output_is_asked_for() -> None:
    taken: list[int] = []

    def noted() -> Iterator[Piece]:
        for piece in lines(1000):
            taken.append(piece.line)
            yield piece

    results = stream(noted(), lambda document: document.id)
    assert next(results).results == ("x:1",)
    assert taken == [1]


def test_a_failure_on_one_page_is_told_and_stops_nothing() -> None:
    def work(document: Document) -> str:
        if document.id == "x:2":
            raise ValueError("odd page")
        return document.id

    first, second, third = stream(lines(3), work)
    assert (first.results, second.results, third.results) == (("x:1",), (), ("x:3",))
    (issue,) = second.issues
    assert (issue.code, issue.value, issue.blocking) == ("document_failed", "x:2", True)
    assert "odd page" in issue.message


def test_a_file_to_write_in_a_missing_folder_is_wrong_usage(articles: Path, tmp_path: Path) -> None:
    result = run(articles, "-o", tmp_path / "missing" / "x")
    assert result.exit_code == 2
    assert "its folder is missing" in result.output


def test_signs_that_turn_words_around_are_not_shown() -> None:
    assert shown.harmless("a\u202eb\u2069c") == "a\ufffdb\ufffdc"
