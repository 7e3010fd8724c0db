"""The ledger stage: every row is a claim or an issue, whatever the files hold and however they lie."""

import csv
import hashlib
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.dates import newest_believable, read_period, url_period
from etl.ledger import newest_day, quarantined_rows, read_ledger
from etl.records import Claim, Correction, Judgement, Ledger, RowRef
from etl.rows import is_web_address, known_columns
from etl.vocabulary import load
from etl.vocabulary.drugs import unused_drugs
from etl.vocabulary.units import unused_units

SHIPPED = Path(__file__).parents[2] / "data" / "reported"
ETL = Path(__file__).parents[2] / "etl"
COLUMNS = known_columns()
GOOD = {
    "report_id": "R1",
    "url": "https://example.org/news/1",
    "publisher": "Example",
    "lang": "en",
    "role": "primary",
    "event_type": "raid",
    "event_date": "2024-05-06",
    "date_basis": "stated",
    "country": "IQ",
    "drug": "captagon",
    "quantity": "1350000",
    "qualifier": "about",
    "unit": "tablets",
    "weight_kg": "215",
    "quality": "good",
}
Row = Mapping[str, str]


def write(
    folder: Path, rows: Sequence[Row], name: str = "rows.csv", columns: Sequence[str] = COLUMNS
) -> Path:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode("utf-8"))
    return path


def codes(ledger: Ledger) -> list[str]:
    return sorted(found.code for found in ledger.issues)


def adds_up(ledger: Ledger) -> bool:
    return ledger.rows_read == len(ledger.claims) + len(quarantined_rows(ledger.issues))


def without_places(claims: Sequence[Claim]) -> list[Claim]:
    return [replace(claim, ref=RowRef("", 0)) for claim in claims]


# -- the shipped ledger

ORIGINALS = {
    "elsewhere.csv": (205, "35bfe41892108afe0f9729c9ffa024f3574740cc8a5d10fd9d18372376955ced"),
    "gulf.csv": (142, "f562763e4c8786d4b8a1680d956cc05ece14365280d80f835df60fd8241ec234"),
    "iraq.csv": (322, "ec9d52f22db43badf3941a3525755f982be281ec40f3d584a42bf2600a535cb3"),
    "jordan.csv": (150, "a47441afa3a789bfa3036d5760dd3d1b4a16d6f9a6cf6dadda1d873d2859929f"),
    "lebanon.csv": (151, "b58869c82e9e38616fc661a6ecc976d1215d63209e5866b71c3891b273ed8ac3"),
    "saudi_arabia.csv": (274, "09a6fc5fa3056be38b243d975cd02d7823dcb06b1870f6eea997806b46a4501d"),
    "syria.csv": (304, "ac96d24227a660befe08146cf2d2b45ec33a1cf54cbed68403bded7ac4505fa8"),
    "turkey.csv": (67, "31121517f4548ff3c580b88f3041deb9034a1a3e05228593f921a1f25234f84d"),
}


@pytest.mark.parametrize("name", ORIGINALS)
def test_collected_cells_are_as_they_were_collected(name: str) -> None:
    """The collected rows, without the three columns that bound dates, have the bytes they came with.

    New rows may follow at the end of a file; a slip in an old one is mended in `data/decisions`.
    """
    count, checksum = ORIGINALS[name]
    added = 3
    rows = list(csv.reader(io.StringIO((SHIPPED / name).read_bytes().decode(), newline="")))
    assert tuple(rows[0][-added:]) == tuple(load("columns")["optional"])
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(row[:-added] for row in rows[: count + 1])
    assert hashlib.sha256(text.getvalue().encode()).hexdigest() == checksum


def test_every_shipped_row_is_a_claim() -> None:
    ledger = read_ledger(SHIPPED)
    assert ledger.issues == ()
    assert ledger.rows_read == len(ledger.claims) >= sum(count for count, _ in ORIGINALS.values())
    assert [c.report_id for c in ledger.claims] == sorted(c.report_id for c in ledger.claims)
    newest = newest_day(ledger.claims)
    assert newest and newest >= date(2026, 3, 6)


def test_bounds_never_exclude_the_day_that_the_same_page_gives() -> None:
    for claim in read_ledger(SHIPPED).claims:
        when = claim.when
        if when.precision == "day":
            assert (when.not_before, when.not_after) == (None, None)
        if when.not_before and when.not_after:
            assert when.not_before <= when.not_after
        if when.not_before or when.not_after:
            assert when.bound_basis


def test_vocabulary_entries_that_the_shipped_ledger_never_uses_are_known_ones() -> None:
    claims = read_ledger(SHIPPED).claims
    loads = [load for claim in claims for load in claim.other_loads]
    assert unused_drugs([c.drug for c in claims] + [one.drug for one in loads]) == []
    assert unused_units([c.amount.unit for c in claims] + [one.unit for one in loads]) == ["litres", "pieces"]


# -- rows

BAD_ROWS = {
    "missing_report_id": {"report_id": ""},
    "missing_url": {"url": ""},
    "bad_url": {"url": "ftp://example.org/1"},
    "bad_date": {"event_date": "2024-13-01"},
    "future_date": {"event_date": "2099-01-01"},
    "date_too_early": {"event_date": "1024-05-06"},
    "event_after_publication": {"published": "2024-05-01"},
    "period_reversed": {"event_type": "aggregate", "period_start": "2024-05", "period_end": "2024-03"},
    "bounds_reversed": {
        "event_date": "",
        "date_earliest": "2024",
        "date_latest": "2023",
        "date_bound_basis": "notes",
    },
    "bounds_contradict_date": {"date_earliest": "2025", "date_bound_basis": "notes"},
    "bad_number": {"weight_kg": "about 215 kg"},
    "not_whole": {"arrests": "2.5"},
    "negative_number": {"quantity": "-5"},
    "number_too_large": {"quantity": "9e12"},
    "range_reversed": {"qualifier": "range", "quantity_high": "1000000"},
    "high_without_low": {"quantity": "", "quantity_high": "5"},
    "missing_value": {"event_type": ""},
    "unknown_value": {"role": "secondary"},
    "unknown_drug": {"drug": "moon dust"},
    "unknown_unit": {"unit": "furlongs"},
    "unknown_country": {"country": "XX"},
    "unknown_transport": {"transport": "submarine"},
    "bad_other_drug": {"other_drugs": "hashish 50 slabs"},
    "control_character": {"place": "Al-\x00Qaim"},
    "cell_too_long": {"notes": "x" * 20_001},
}
WARNINGS = {
    "zero_quantity": {"quantity": "0"},
    "range_without_high": {"qualifier": "range"},
    "bound_without_basis": {"event_date": "", "date_earliest": "2024"},
}
OTHERWISE_TESTED = {
    "file_not_utf8", "file_unreadable", "file_without_columns", "file_duplicate_column", "missing_column",
    "unknown_column", "ragged_row", "duplicate_row", "duplicate_report_id",
    "unmatched_correction", "idle_correction",
}  # fmt: skip


def _codes_named_in(*files: Path) -> set[str]:
    sources = "".join(file.read_text(encoding="utf-8") for file in files)
    return {code for code in load("issue_codes") if f'"{code}"' in sources}


def test_every_issue_code_of_this_stage_has_a_case() -> None:
    stage = (ETL / name for name in ("ledger.py", "rows.py", "csvfile.py"))
    assert _codes_named_in(*stage) == {*BAD_ROWS, *WARNINGS} | OTHERWISE_TESTED


def test_no_issue_code_is_left_over() -> None:
    assert _codes_named_in(*ETL.rglob("*.py")) == set(load("issue_codes"))


@pytest.mark.parametrize("code", BAD_ROWS)
def test_a_bad_cell_refuses_its_row_and_no_other(code: str, tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {"report_id": "R0"}, GOOD | BAD_ROWS[code], GOOD | {"report_id": "R2"}])
    ledger = read_ledger(tmp_path)
    (found,) = ledger.issues
    assert (found.code, found.blocking, found.ref) == (code, True, RowRef("rows.csv", 3))
    assert found.message.endswith((".", "!")) and "{" not in found.message
    assert [c.report_id for c in ledger.claims] == ["R0", "R2"]
    assert adds_up(ledger)


@pytest.mark.parametrize("code", WARNINGS)
def test_a_doubtful_cell_warns_and_keeps_its_row(code: str, tmp_path: Path) -> None:
    write(tmp_path, [GOOD | WARNINGS[code]])
    ledger = read_ledger(tmp_path)
    assert (codes(ledger), len(ledger.claims), adds_up(ledger)) == ([code], 1, True)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("event_date", "6 May 2024", "bad_date"),
        ("event_date", "2023-02-29", "bad_date"),
        ("event_date", "2024-00", "bad_date"),
        ("event_date", "2024-05-00", "bad_date"),
        ("event_date", "20240506", "bad_date"),
        ("published", "٢٠٢٤-٠٥-٠٦", "bad_date"),
        ("quantity", "nan", "bad_number"),
        ("quantity", "inf", "bad_number"),
        ("quantity", "1,350,000", "bad_number"),
        ("quantity", "1_000", "bad_number"),
        ("quantity", "٣", "bad_number"),
        ("quantity", "1e999", "number_too_large"),
        ("weight_kg", "-0.5", "negative_number"),
        ("killed", "-1", "negative_number"),
        ("value_usd", "1e13", "number_too_large"),
        ("joint_with", "SA|ZZ", "unknown_country"),
        ("country", "Iraq", "unknown_country"),
        ("url", "www.example.org/1", "bad_url"),
        ("url", "https://", "bad_url"),
        ("url", "https://exa mple.org/", "bad_url"),
        ("url", "http://[::1/", "bad_url"),
        ("url", "javascript:alert(1)", "bad_url"),
        ("other_drugs", "hashish:50:slabs|moon dust:1:kg", "bad_other_drug"),
        ("other_drugs", "hashish:many:slabs", "bad_number"),
        ("other_drugs", ":3:kg", "bad_other_drug"),
    ],
)
def test_faults_by_cell(column: str, value: str, code: str, tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {column: value}])
    ledger = read_ledger(tmp_path)
    (found,) = ledger.issues
    assert (found.code, found.column, found.report_id) == (code, column, "R1")
    assert not ledger.claims and adds_up(ledger)


def test_all_faults_of_a_row_are_named_and_the_row_counts_once(tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {"unit": "furlongs", "country": "XX", "quantity": "lots"}])
    ledger = read_ledger(tmp_path)
    assert codes(ledger) == ["bad_number", "unknown_country", "unknown_unit"]
    assert ledger.rows_read == len(quarantined_rows(ledger.issues)) == 1


def test_a_good_row_becomes_the_claim_it_says(tmp_path: Path) -> None:
    more = {
        "admin1": "Najaf|Anbar",
        "country": "iq",
        "other_drugs": "hashish:50:slabs|heroin::unknown",
        "joint_with": "SY|SA",
        "period_end": "2024-02",
        "transport": "Truck",
        "drug": "Captagon",
        "unit": "pills",
    }
    write(tmp_path, [GOOD | more])
    (claim,) = read_ledger(tmp_path).claims
    assert (claim.drug, claim.amount.unit, claim.amount.quantity, claim.weight_kg) == (
        "captagon",
        "tablets",
        1_350_000,
        215,
    )
    assert (claim.country, claim.admin1, claim.joint_with) == ("IQ", ("Najaf", "Anbar"), ("SY", "SA"))
    assert [(one.drug, one.quantity, one.unit) for one in claim.other_loads] == [
        ("hashish", 50, "slabs"),
        ("heroin", None, "unknown"),
    ]
    assert (claim.period_end, claim.transport) == (date(2024, 2, 29), "truck")
    assert (claim.when.start, claim.when.end, claim.when.precision) == (
        date(2024, 5, 6),
        date(2024, 5, 6),
        "day",
    )


def test_blanks_are_unknown_not_errors(tmp_path: Path) -> None:
    bare = {column: GOOD[column] for column in ("report_id", "url", "event_type")}
    write(tmp_path, [bare])
    ledger = read_ledger(tmp_path)
    (claim,) = ledger.claims
    assert ledger.issues == ()
    assert (claim.country, claim.drug, claim.role, claim.amount.unit) == (
        "",
        "unspecified",
        "primary",
        "unknown",
    )
    assert claim.when.precision == "none" and claim.arrests is None


# -- dates


def test_one_row_cannot_move_the_future(tmp_path: Path) -> None:
    future = {"event_date": "2099-01-01", "published": "2099-01-02"}
    far = [GOOD | future | {"report_id": f"F{i}"} for i in range(3)]
    write(tmp_path, [GOOD, *far])
    ledger = read_ledger(tmp_path)
    assert [c.report_id for c in ledger.claims] == ["R1"]
    assert {found.code for found in ledger.issues} == {"future_date"}


def test_a_release_day_decides_what_is_future(tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {"event_date": "2024-05-06"}, GOOD | {"report_id": "R2", "event_date": "2024"}])
    ledger = read_ledger(tmp_path, newest=date(2024, 4, 30))
    assert [c.report_id for c in ledger.claims] == ["R2"]  # a year in progress has begun
    assert codes(ledger) == ["future_date"]


def test_a_ledger_that_goes_on_is_followed_in_steps() -> None:
    reviewed: date = load("dates")["reviewed_on"]
    days = [date.fromordinal(reviewed.toordinal() + n) for n in (20, 45, 70, 400)]
    assert newest_believable([]) == reviewed
    assert newest_believable([date(2020, 1, 1)]) == reviewed
    assert newest_believable(days) == days[2]
    assert newest_believable(days[3:]) == reviewed


@pytest.mark.parametrize(
    ("url", "start", "end"),
    [
        ("https://a.org/2024/05/06/story", "2024-05-06", "2024-05-06"),
        ("https://a.org/2024/5/6/story", "2024-05-06", "2024-05-06"),
        ("https://a.org/en/2024/02/story-7", "2024-02-01", "2024-02-29"),
        ("https://a.org/world/2020/jul/14/story", "2020-07-14", "2020-07-14"),
        ("https://a.org/World/2020/Jul/story", "2020-07-01", "2020-07-31"),
        ("https://a.org/story-2024-05-06-more", "2024-05-06", "2024-05-06"),
        ("https://a.org/france/20170530-story", "2017-05-30", "2017-05-30"),
        ("https://a.org/2024/02/31/story", "2024-02-01", "2024-02-29"),
        ("https://a.org/drugs-during-2020-1.1249050", None, None),
        ("https://a.org/2024/story", None, None),
        ("https://a.org/story?date=2024/05/06", None, None),
        ("https://a.org/120240506", None, None),
        ("https://a.org/1915/05/06/old", None, None),
        ("http://[::1/2024/05/06", None, None),
    ],
)
def test_dates_in_addresses(url: str, start: str | None, end: str | None) -> None:
    found = url_period(url)
    assert (found and found.start.isoformat(), found and found.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("cells", "bounds"),
    [
        ({"url": "https://a.org/2024/05/x"}, ("2023-10-31", "2024-05-31", "url_path")),
        ({"url": "https://a.org/2024/05/x", "role": "background"}, (None, "2024-05-31", "url_path")),
        ({"url": "https://a.org/2024/05/x", "event_type": "aggregate"}, (None, "2024-05-31", "url_path")),
        ({"published": "2024-05-06"}, ("2023-11-05", "2024-05-06", "published")),
        ({"published": "2024-05"}, ("2023-10-31", "2024-05-31", "published")),
        (
            {"published": "2024-05-06", "url": "https://a.org/2020/05/x"},
            ("2023-11-05", "2024-05-06", "published"),
        ),
        ({"event_date": "2024", "published": "2024-05-06"}, (None, "2024-05-06", "published")),
        ({"event_date": "2024-03", "published": "2024-05-06"}, (None, None, "")),
        ({"event_date": "2024-03-09", "published": "2024-05-06"}, (None, None, "")),
        (
            {"date_earliest": "2024-02", "date_bound_basis": "notes", "published": "2024-05-06"},
            ("2024-02-01", "2024-05-06", "notes"),
        ),
        (
            {"date_latest": "2022", "date_bound_basis": "page", "published": "2024-05-06"},
            (None, "2022-12-31", "page"),
        ),
        ({"date_earliest": "2024", "date_bound_basis": "notes"}, ("2024-01-01", None, "notes")),
        ({}, (None, None, "")),
    ],
)
def test_bounds(cells: Row, bounds: tuple[str | None, str | None, str], tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {"event_date": "", "date_basis": ""} | cells])
    (claim,) = read_ledger(tmp_path).claims
    when = claim.when
    before, after = (day and day.isoformat() for day in (when.not_before, when.not_after))
    assert (before, after, when.bound_basis) == bounds


# -- files


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_marks_line_endings_and_blank_lines_do_not_matter(mark: bytes, ending: bytes, tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD | {"place_as_written": "قرب القائم"}])
    lines = path.read_bytes().replace(b"\r\n", b"\n").split(b"\n")
    path.write_bytes(mark + ending.join([lines[0], b"", b",,,", lines[1], b""]))
    ledger = read_ledger(tmp_path)
    assert (ledger.issues, len(ledger.claims)) == ((), 1)
    assert ledger.claims[0].ref.line == 4


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("نص".encode("utf-16"), "file_not_utf8"),
        (b"report_id\n\xff\xfe", "file_not_utf8"),
        (b"", "file_without_columns"),
        (b"\n\n", "file_without_columns"),
        (b"report_id,event_key\nR1,E1\n", "file_without_columns"),
        ((",".join(COLUMNS) + ",url\n").encode(), "file_duplicate_column"),
    ],
)
def test_a_file_that_is_no_ledger_is_one_issue(content: bytes, code: str, tmp_path: Path) -> None:
    write(tmp_path, [GOOD])
    (tmp_path / "other.csv").write_bytes(content)
    ledger = read_ledger(tmp_path)
    assert [(found.code, found.ref) for found in ledger.issues] == [(code, RowRef("other.csv", 1))]
    assert len(ledger.claims) == ledger.rows_read == 1


def test_a_folder_called_csv_is_reported_not_read(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").mkdir()
    assert codes(read_ledger(tmp_path)) == ["file_unreadable"]


def test_files_below_the_folder_are_read_and_others_are_not(tmp_path: Path) -> None:
    write(tmp_path, [GOOD], "deep/er/rows.CSV")
    (tmp_path / "notes.txt").write_text("no table")
    (claim,) = read_ledger(tmp_path).claims
    assert claim.ref.file == "deep/er/rows.CSV"


def test_columns_may_stand_in_any_order_and_be_missing_or_too_many(tmp_path: Path) -> None:
    columns = [c for c in reversed(COLUMNS) if c not in {"notes", "date_latest"}] + ["colour"]
    write(tmp_path, [GOOD | {"colour": "blue"}], columns=columns)
    ledger = read_ledger(tmp_path)
    assert codes(ledger) == ["missing_column", "unknown_column"]
    assert not any(found.blocking for found in ledger.issues)
    assert len(ledger.claims) == 1


@pytest.mark.parametrize("cells", [1, 5, len(COLUMNS) + 1])
def test_a_ragged_row_is_refused(cells: int, tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD])
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(",".join(["x"] * cells) + "\n")
    ledger = read_ledger(tmp_path)
    assert codes(ledger) == ["ragged_row"] and len(ledger.claims) == 1 and adds_up(ledger)


def test_an_unclosed_quotation_mark_costs_its_rows_not_the_run(tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD])
    rest = ",".join(["x"] * len(COLUMNS)) + "\n"
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write('R9,"https://example.org' + rest * 4000)
    ledger = read_ledger(tmp_path)
    assert len(ledger.claims) == 1 and ledger.rows_read == 2 and adds_up(ledger)


# -- rows against each other


def test_a_copied_row_is_kept_once(tmp_path: Path) -> None:
    write(tmp_path, [GOOD, GOOD], "a.csv")
    write(tmp_path, [GOOD], "b.csv")
    ledger = read_ledger(tmp_path)
    assert codes(ledger) == ["duplicate_row", "duplicate_row"] and adds_up(ledger)
    assert [c.ref for c in ledger.claims] == [RowRef("a.csv", 2)]


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_of_rows_that_share_an_id_the_fuller_stays(names: tuple[str, str], tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {"place": "Al-Qaim"}], names[0])
    write(tmp_path, [GOOD | {"quantity": "7"}], names[1])
    ledger = read_ledger(tmp_path)
    assert codes(ledger) == ["duplicate_report_id"] and adds_up(ledger)
    assert ledger.claims[0].place == "Al-Qaim"


def test_a_faulty_row_does_not_take_the_id_from_a_good_one(tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {"country": "XX", "place": "Al-Qaim", "notes": "fuller"}, GOOD])
    ledger = read_ledger(tmp_path)
    assert codes(ledger) == ["unknown_country"] and len(ledger.claims) == 1 and adds_up(ledger)


# -- decisions


def correction(report_id: str, column: str, value: str) -> Correction:
    return Correction(
        report_id, column, value, "tester", "2026-01-01", "because", RowRef("corrections.csv", 2)
    )


def test_corrections_win_over_rows_and_rescue_them(tmp_path: Path) -> None:
    write(tmp_path, [GOOD | {"country": "XX"}, GOOD | {"report_id": "R2"}])
    fixes = [correction("R1", "country", "SY"), correction("R2", "quantity", "70000")]
    ledger = read_ledger(tmp_path, corrections=fixes)
    assert ledger.issues == ()
    assert [(c.country, c.amount.quantity) for c in ledger.claims] == [("SY", 1_350_000), ("IQ", 70_000)]


def test_corrections_that_change_nothing_are_reported_and_judgements_passed_on(tmp_path: Path) -> None:
    write(tmp_path, [GOOD])
    judgement = Judgement("R1", "R9", "same", "tester", "2026-01-01", "because", RowRef("links.csv", 2))
    fixes = [correction("R8", "country", "SY"), correction("R1", "country", "IQ")]
    ledger = read_ledger(tmp_path, judgements=[judgement], corrections=fixes)
    assert codes(ledger) == ["idle_correction", "unmatched_correction"]
    assert len(ledger.claims) == 1 and ledger.judgements == (judgement,)


# -- properties

texts = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "2024-05-06",
        "2024-13",
        "-1",
        "1e400",
        "NaN",
        "IQ|SY",
        "a:b:c",
        '"',
        "\x00",
        "٣",
        "http://[",
        "kg",
        "  ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS), texts, max_size=6))
def test_any_text_in_any_cell_gives_a_claim_or_an_issue(cells: Row) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), [GOOD | {"report_id": "R0"}, GOOD | cells])
        ledger = read_ledger(Path(folder))
    assert adds_up(ledger)
    assert "R0" in {c.report_id for c in ledger.claims}


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_an_answer(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), [GOOD])
        (Path(folder) / "a.csv").write_bytes(content)
        with (Path(folder) / "rows.csv").open("ab") as file:
            file.write(content)
        ledger = read_ledger(Path(folder))
    assert adds_up(ledger)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "report_id": st.sampled_from(["R1", "R2", "R3", "R4", ""]),
                "quantity": st.sampled_from(["1", "2", "x"]),
                "country": st.sampled_from(["IQ", "SY", "XX", ""]),
                "event_date": st.sampled_from(["2024-05-06", "2024", "", "2099-01-01"]),
            }
        ),
        max_size=9,
    ),
    st.randoms(use_true_random=False),
)
def test_neither_file_names_nor_row_order_matter(rows: list[dict[str, str]], shuffler: random.Random) -> None:
    shuffled = rows[:]
    shuffler.shuffle(shuffled)
    cut = shuffler.randint(0, len(rows))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        write(Path(one), [GOOD | row for row in rows])
        write(Path(other), [GOOD | row for row in shuffled[:cut]], "z.csv")
        write(Path(other), [GOOD | row for row in shuffled[cut:]], "sub/a.csv")
        first, second = read_ledger(Path(one)), read_ledger(Path(other))
    assert without_places(first.claims) == without_places(second.claims)
    assert codes(first) == codes(second)
    assert adds_up(first) and adds_up(second)


@given(st.text(max_size=12))
def test_dates_are_read_or_refused(text: str) -> None:
    found = read_period(text)
    assert found is None or (found.start <= found.end and found.start.isoformat().startswith(text))


@given(st.text(max_size=60))
def test_addresses_are_judged_without_raising(text: str) -> None:
    assert is_web_address(text) in {True, False}
    url_period("https://example.org/" + text)
