"""Tables of others become rows of the ledger: by a mapping, whatever is around them, and none vanishes."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.ledger import quarantined_rows, read_ledger
from etl.publish.cells import plain
from etl.records import Correction, RowRef
from etl.tables import TableRows, TableSource, read_table
from tests.etl.workbooks import workbook

SOURCE = TableSource("https://interior.example/seizures.xlsx", "Interior", "ar", date(2026, 3, 1))
HEADER = ("No.", "Date", "Country", "Drug", "Quantity", "Place")
ROW = ("1", "2024-05-06", "Iraq", "Captagon tablets", "1,350,000", "Al-Qaim")
COLUMNS: Mapping[str, object] = {
    "event_type": {"value": "interdiction"},
    "event_date": {"column": ["Date", "تاريخ الضبط"], "dates": ["%d/%m/%Y"]},
    "country": "Country",
    "drug": {"column": "Drug", "codes": {"Captagon tablets": "captagon"}},
    "unit": {"column": "Drug", "codes": {"Captagon tablets": "tablets", "Hashish": "kg"}},
    "quantity": ["Quantity", "الكمية"],
    "place": {"column": "Place", "optional": True},
}
MAPPING = {"columns": COLUMNS}


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def read(data: bytes, mapping: Mapping[str, object] = MAPPING) -> TableRows:
    table = read_table(data, mapping, "interior", source=SOURCE)
    assert adds_up(table)
    return table


def adds_up(table: TableRows) -> bool:
    return table.rows_read == len(table.rows) + len(quarantined_rows(table.issues))


def cells(table: TableRows) -> list[dict[str, str]]:
    return [row for _, row in table.rows]


def codes(table: TableRows) -> list[str]:
    return sorted(found.code for found in table.issues)


def with_column(target: str, entry: object, **others: object) -> dict[str, object]:
    return {"columns": {**COLUMNS, target: entry}, **others}


def one_cell(target: str, settings_: Mapping[str, object], cell: object) -> str:
    """What one cell becomes: a text in a CSV, a number, a day or nothing in a workbook."""
    mapping = {"columns": {**COLUMNS, target: {"column": "X", **settings_}}}
    rows = [(*HEADER, "X"), (*ROW, cell)]
    (row,) = cells(read(as_csv(rows) if isinstance(cell, str) else workbook({"a": rows}), mapping))
    return row[target]


# -- what a row becomes


@pytest.mark.parametrize(
    "data", [as_csv([HEADER, ROW]), workbook({"Sheet1": [HEADER, ROW]})], ids=["csv", "xlsx"]
)
def test_a_row_is_one_of_the_ledger(data: bytes, tmp_path: Path) -> None:
    table = read(data)
    assert codes(table) == []
    (claim,) = read_ledger(tmp_path, tables=[table]).claims
    assert (claim.url, claim.publisher, claim.lang) == (SOURCE.url, "Interior", "ar")
    assert (claim.event_type, claim.role, claim.country, claim.place) == (
        "interdiction", "background", "IQ", "Al-Qaim",
    )  # fmt: skip
    assert (claim.when.start, claim.when.precision, claim.when.basis) == (date(2024, 5, 6), "day", "stated")
    assert (claim.drug, claim.amount.quantity, claim.amount.unit) == ("captagon", 1_350_000, "tablets")
    assert (claim.amount.as_written, claim.place_as_written) == ("1,350,000", "Al-Qaim")
    assert claim.ref.line == 2
    assert claim.ref.file in {"interior", "interior Sheet1"}
    assert claim.report_id.startswith("interior-")


@pytest.mark.parametrize(
    ("formats", "cell", "expected"),
    [
        (["%d/%m/%Y"], "6/5/2024", "2024-05-06"),
        (["%m/%d/%Y", "%d/%m/%Y"], "26/5/2024", "2024-05-26"),
        (["%d/%m/%Y"], "٦/٥/٢٠٢٤", "2024-05-06"),
        (["%d/%m/%Y"], "\u200f06/05/2024\u200e", "2024-05-06"),
        (["%d-%b-%y"], "06-May-24", "2024-05-06"),
        (["%d %B %Y"], "٦ كانون الثاني ٢٠٢٤", "2024-01-06"),
        (["%d %B %Y"], "6 شباط/فبراير 2024", "2024-02-06"),
        (["%d of %B, %Y"], "6 of December, 2023", "2023-12-06"),
        (["%B %Y"], "Sept 2023", "2023-09"),
        (["%m/%Y"], "9/2023", "2023-09"),
        (["%Y"], 2023, "2023"),
        (["%Y"], "2023", "2023"),
        ([], "2023-09", "2023-09"),
        (["%Y"], "2023-09-01", "2023-09-01"),
        (["%d/%m/%Y"], datetime.fromisoformat("2024-05-06T14:30"), "2024-05-06"),
        (["%d/%m/%Y"], date(2024, 5, 6), "2024-05-06"),
        (["excel"], 45418, "2024-05-06"),
        (["excel"], "45418.5", "2024-05-06"),
        (["%d/%m/%Y"], "31/2/2024", "31/2/2024"),
        (["%d/%m/%Y"], "in May", "in May"),
        (["%d %B %Y"], "6 " + "May " * 30 + "2024", ("6 " + "May " * 30 + "2024")),
    ],
)
def test_dates(formats: list[str], cell: object, expected: str) -> None:
    assert one_cell("event_date", {"dates": formats}, cell) == expected


@pytest.mark.parametrize(
    ("how", "cell", "expected"),
    [
        ({}, "1,234.5", "1234.5"),
        ({}, "1234567", "1234567"),
        ({}, "1 234 567", "1234567"),
        ({}, "1\u202f234\u00a0567", "1234567"),
        ({}, "١٬٢٣٤٫٥", "1234.5"),
        ({}, "1'234", "1234"),
        ({}, "12,34", "12,34"),  # no number as the mapping writes them: left for the ledger to refuse
        ({}, "about 500", "about 500"),
        ({}, "1,234.5.6", "1,234.5.6"),
        ({"decimal": ","}, "1.234,5", "1234.5"),
        ({"decimal": ","}, "1.234", "1234"),
        ({"decimal": ","}, 1.234, "1.234"),
        ({"decimal": ","}, "1234,50", "1234.50"),
        ({}, 1350000, "1350000"),
        ({}, 1350000.0, "1350000"),
        ({}, 0.00001, "0.00001"),
        ({}, 1.5e20, "150000000000000000000"),
        ({"times": 1000}, "1.35", "1350"),
        ({"times": 0.001}, 250, "0.25"),
        ({}, "-5", "-5"),
        ({}, "n/a", ""),
        ({}, "–", ""),
        ({"default": "7"}, "..", "7"),
    ],
)
def test_numbers(how: Mapping[str, object], cell: object, expected: str) -> None:
    assert one_cell("weight_kg", how, cell) == expected


@pytest.mark.parametrize(
    ("target", "how", "cell", "expected"),
    [
        ("country", {}, "sy", "SY"),
        ("country", {}, "Saudi Arabia", "SA"),
        ("country", {}, "المملكة العربية السعودية", "SA"),
        ("country", {}, "Atlantis", "Atlantis"),
        ("country", {"codes": {"Syrian Arab Republic": "SY"}}, "SYRIAN Arab Republic ", "SY"),
        ("drug", {"codes": {"حبوب كبتاغون": "captagon"}}, "حُبوب كبتاغون", "captagon"),
        ("drug", {"codes": {"1": "captagon"}}, 1, "captagon"),
        ("unit", {}, "kilograms", "kilograms"),
        ("notes", {}, "two\nlines \t and  more", "two lines and more"),
        ("notes", {}, True, "TRUE"),
        ("notes", {"default": "none"}, None, "none"),
    ],
)
def test_texts_and_codes(target: str, how: Mapping[str, object], cell: object, expected: str) -> None:
    assert one_cell(target, how, cell) == expected


def test_what_fits_no_format_is_refused_by_the_ledger_and_told_once_a_column(tmp_path: Path) -> None:
    rows = [HEADER, ROW, *((*ROW[:1], f"{day} Smarch", *ROW[2:]) for day in range(1, 4))]
    table = read(as_csv(rows))
    (remark,) = table.issues
    assert (remark.code, remark.column, remark.blocking) == ("table_cells_unread", "event_date", False)
    assert "3 cell(s)" in remark.message
    assert "'1 Smarch' in line 3" in remark.message
    ledger = read_ledger(tmp_path, tables=[table])
    assert (len(ledger.claims), len(quarantined_rows(ledger.issues)), ledger.rows_read) == (1, 3, 4)


# -- the header


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([("Ministry of Interior",), (), ("as of", "1 May"), HEADER, ROW], 5),
        ([("NO.", " date ", "COUNTRY", "Drug:", "quantity", "place"), ROW], 2),
        ([("No.", "تاريخ الضبط", "Country", "Drug", "الكميّة", "Place"), ROW], 2),
        ([(None, "Case", None, "Load", None, "Where"), HEADER, ROW], 3),
    ],
)
def test_a_header_is_found_by_its_names(rows: list[Sequence[str]], line: int) -> None:
    table = read(workbook({"a": rows}))
    assert codes(table) == []
    assert [ref for ref, _ in table.rows] == [RowRef("interior a", line)]


def test_a_header_of_two_lines_with_merged_cells() -> None:
    rows = [
        ("Date", "Country", "Drug", "Seized", None, "Destroyed", None),
        (None, None, None, "Tablets", "Weight (kg)", "Tablets", "Weight (kg)"),
        ("2024-05-06", "Iraq", "captagon", 500, 80, 400, 70),
    ]
    mapping = {"columns": {**COLUMNS, "unit": {"value": "tablets"}, "quantity": "Seized tablets",
                           "weight_kg": "Seized weight kg"}}  # fmt: skip
    (row,) = cells(read(workbook({"a": rows}), mapping))
    assert (row["quantity"], row["weight_kg"], row["event_date"]) == ("500", "80", "2024-05-06")
    twice = {"columns": {**COLUMNS, "quantity": "Tablets"}}
    assert codes(read(workbook({"a": rows}), twice)) == ["table_column_twice"]


def test_moved_and_added_columns_change_nothing() -> None:
    before = cells(read(as_csv([HEADER, ROW])))
    order = [5, 3, 4, 0, 2, 1]
    moved = [[*(row[at] for at in order), extra] for row, extra in ((HEADER, "Remarks"), (ROW, "new"))]
    assert cells(read(as_csv(moved))) == before


def test_missing_columns_are_one_issue_that_names_what_was_expected_and_found() -> None:
    table = read(as_csv([("Date", "State", "Substance", "Quantity"), ("2024", "Iraq", "captagon", "1")]))
    (found,) = table.issues
    assert (found.code, table.rows_read) == ("table_columns_missing", 0)
    assert all(word in found.message for word in ("country", "drug", "line 1", "Substance", "State"))
    assert codes(read(as_csv([HEADER[:-1], ROW[:-1]]))) == []  # an optional column may be missing


def test_a_header_named_by_its_line_is_not_looked_for_elsewhere() -> None:
    rows = [HEADER, ROW, HEADER, (*ROW[:5], "Basra")]
    (row,) = cells(read(as_csv(rows), {**MAPPING, "header_row": 3}))
    assert row["place"] == "Basra"
    assert codes(read(as_csv(rows), {**MAPPING, "header_row": 2})) == []
    assert codes(read(as_csv(rows), {**MAPPING, "header_row": 2, "header_rows": 1})) == [
        "table_columns_missing"
    ]


def test_a_table_without_rows_is_told() -> None:
    assert codes(read(as_csv([HEADER]))) == ["table_without_rows"]


# -- which rows count


def test_rows_that_the_mapping_leaves_out_are_counted() -> None:
    rows = [HEADER, ROW, (*ROW[:3], "Heroin", *ROW[4:]), ("", "", "", "", "", "Source: ministry"), ("x",) * 6]
    skip = [{"column": "Country", "blank": True}, {"column": "No.", "is": ["X"]}]
    keep = {"column": "Drug", "contains": ["captagon", "كبتاغون"]}
    table = read(as_csv(rows), {**MAPPING, "skip_rows_where": skip, "keep_rows_where": keep})
    assert (len(table.rows), table.rows_read, table.skipped) == (1, 1, 3)
    (found,) = table.issues
    assert found.message.startswith("3 of 4 rows were left out")


@pytest.mark.parametrize("words", ["Total", "TOTAL 2024:", "المجموع", "الإجمالي العام", "Grand Total"])
def test_a_row_of_totals_counts_nothing_twice(words: str) -> None:
    table = read(as_csv([HEADER, ROW, ("", words, "", "", "1,350,000", "")]))
    assert (len(table.rows), codes(table)) == (1, ["table_total_row"])


def test_a_row_with_neither_day_nor_amount_is_no_report() -> None:
    table = read(as_csv([HEADER, ("Baghdad Governorate", *[""] * 5), ROW, ("1", "", "Iraq", "", "n/a", "")]))
    assert (len(table.rows), codes(table)) == (1, ["table_row_empty"] * 2)


def test_cells_merged_downwards_are_filled() -> None:
    rows = [HEADER, ROW, ("2", None, "Syria", *ROW[3:]), ("3", "2024-06-01", None, *ROW[3:])]
    plain_ = {**MAPPING, "columns": {**COLUMNS, "country": {"column": "Country", "fill_down": True}}}
    assert [row["country"] for row in cells(read(workbook({"a": rows}), plain_))] == ["IQ", "SY", "SY"]


@pytest.mark.parametrize(
    ("wanted", "countries"),
    [
        (None, ["IQ"]),
        (2, ["SY"]),
        ("second", ["SY"]),
        (["Second", "First"], ["SY", "IQ"]),
        ("*", ["IQ", "SY"]),
    ],
)
def test_sheets(wanted: object, countries: list[str]) -> None:
    second = [HEADER, (*ROW[:2], "Syria", *ROW[3:])]
    data = workbook({"First": [HEADER, ROW], "Second": second})
    mapping = MAPPING if wanted is None else {**MAPPING, "sheet": wanted}
    table = read(data, mapping)
    assert [row["country"] for row in cells(table)] == countries
    assert len({ref for ref, _ in table.rows}) == len(countries)
    (found,) = read(data, {**MAPPING, "sheet": "Third"}).issues
    assert found.code == "table_without_sheet"
    assert "First, Second" in found.message


# -- ids


def test_ids_stay_when_rows_move_and_differ_where_rows_do() -> None:
    rows = [(str(n), f"2024-05-{n:02}", "Iraq", "hashish", str(n), "") for n in range(1, 29)]
    before = {row["event_date"]: row["report_id"] for row in cells(read(as_csv([HEADER, *rows])))}
    assert len(set(before.values())) == len(rows)
    mixed = random.Random(3).sample(rows, len(rows))
    renumbered = [(str(at), *row[1:]) for at, row in enumerate([ROW, *mixed])]
    after = {row["event_date"]: row["report_id"] for row in cells(read(as_csv([HEADER, *renumbered], ";")))}
    assert {day: after[day] for day in before} == before
    # a cell of a column that is not read says nothing of the row; one that is makes another row
    assert read(as_csv([HEADER, ("9", *ROW[1:])])).rows[0][1] == read(as_csv([HEADER, ROW])).rows[0][1]


def test_ids_by_the_columns_that_name_a_row() -> None:
    mapping = {**MAPPING, "identity": ["No."]}
    ids = [
        cells(read(as_csv([HEADER, row]), mapping))[0]["report_id"] for row in (ROW, (*ROW[:4], "9", "Basra"))
    ]
    assert ids[0] == ids[1]
    assert cells(read(as_csv([HEADER, ("2", *ROW[1:])]), mapping))[0]["report_id"] != ids[0]


def test_equal_rows_are_one_report(tmp_path: Path) -> None:
    ledger = read_ledger(tmp_path, tables=[read(as_csv([HEADER, ROW, ROW]))])
    assert (len(ledger.claims), [found.code for found in ledger.issues]) == (1, ["duplicate_row"])
    assert ledger.rows_read == 2


# -- beside the ledger's own files


def ledger_file(folder: Path, event_date: str) -> None:
    (folder / "a.csv").write_text(
        "report_id,url,event_type,event_date,country,drug,quantity,unit\n"
        f"R1,https://example.org/1,raid,{event_date},IQ,captagon,5,tablets\n",
        encoding="utf-8",
    )


def test_rows_of_files_and_tables_add_up(tmp_path: Path) -> None:
    ledger_file(tmp_path, "2024-01-01")
    bad = [("1", "no day", *ROW[2:]), ("Total", *[""] * 5), ("short",)]
    table = read(as_csv([HEADER, ROW, *bad]))
    ledger = read_ledger(tmp_path, tables=[table, TableRows()])
    assert ledger.rows_read == 5
    assert len(ledger.claims) == 2
    refused = quarantined_rows(ledger.issues)
    assert refused == {RowRef("interior", 3), RowRef("interior", 4), RowRef("interior", 5)}
    assert all(found.message for found in ledger.issues)


def test_no_row_is_of_a_later_day_than_its_table_nor_vouches_for_others(tmp_path: Path) -> None:
    ledger_file(tmp_path, "2027-12-01")
    days = [f"2026-{month:02}-15" for month in range(1, 13)] + [
        f"2027-{month:02}-01" for month in range(1, 13)
    ]
    table = read(as_csv([HEADER, *((str(at), day, *ROW[2:]) for at, day in enumerate(days))]))
    ledger = read_ledger(tmp_path, tables=[table])
    assert max(claim.when.start for claim in ledger.claims if claim.when.start) == date(2026, 2, 15)
    assert [found.code for found in ledger.issues if found.blocking] == ["future_date"] * 23
    earlier = read_ledger(tmp_path, tables=[table], newest=date(2026, 1, 31))
    assert len(earlier.claims) == 1


def test_a_correction_mends_a_cell_of_a_table(tmp_path: Path) -> None:
    table = read(as_csv([HEADER, ("1", "6 Smarch 2024", *ROW[2:])]))
    report_id = cells(table)[0]["report_id"]
    fix = Correction(
        report_id, "event_date", "2024-03-06", "a", "2026-01-01", "slip", RowRef("corrections.csv", 2)
    )
    ledger = read_ledger(tmp_path, tables=[table], corrections=[fix])
    assert [claim.when.start for claim in ledger.claims] == [date(2024, 3, 6)]


@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)"])
def test_texts_that_spreadsheets_would_run_stay_texts(start: str, tmp_path: Path) -> None:
    table = read(as_csv([HEADER, (*ROW[:5], start)]))
    (claim,) = read_ledger(tmp_path, tables=[table]).claims
    assert claim.place == start
    assert plain(claim.place).startswith("'")


# -- the mapping


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ({}, "[columns]"),
        ({"columns": []}, "[columns]"),
        ({"columns": {"country": "Country"}}, "event_type and drug"),
        ({"columns": {"event_type": {"value": "raid"}, "drug": {"value": "mixed"}}}, "names no column of"),
        (with_column("colour", "Colour"), "colour"),
        (with_column("report_id", "No."), "report_id"),
        (with_column("place", 5), "columns.place"),
        (with_column("place", []), "columns.place"),
        (with_column("place", {"column": "!"}), "columns.place"),
        (with_column("place", {}), "column or value"),
        (with_column("place", {"column": "a", "value": "b"}), "column or value"),
        (with_column("place", {"column": "a", "colour": "b"}), "colour"),
        (with_column("place", {"value": "a", "optional": True}), "optional"),
        (with_column("place", {"column": "a", "optional": "yes"}), "true or false"),
        (with_column("place", {"column": "a", "codes": ["b"]}), "codes"),
        (with_column("quantity", {"column": "a", "times": -1}), "times"),
        (with_column("quantity", {"column": "a", "decimal": ";"}), "decimal"),
        (with_column("event_date", {"column": "a", "dates": ["%d/%m"]}), "%d/%m"),
        (with_column("event_date", {"column": "a", "dates": ["%Y %Q"]}), "%Q"),
        (with_column("event_date", {"column": "a", "dates": ["%Y-%Y"]}), "%Y-%Y"),
        (with_column("event_date", {"column": "a", "dates": ["%Y-%"]}), "%Y-%"),
        ({**MAPPING, "dates": 5}, "dates"),
        ({**MAPPING, "sheets": "a"}, "sheets"),
        ({**MAPPING, "header_row": -1}, "header_row"),
        ({**MAPPING, "header_row": True}, "header_row"),
        ({**MAPPING, "delimiter": ", "}, "delimiter"),
        ({**MAPPING, "identity": "No."}, "identity"),
        ({**MAPPING, "skip_rows_where": "Total"}, "skip_rows_where"),
        ({**MAPPING, "skip_rows_where": [{"is": "Total"}]}, "skip_rows_where"),
        ({**MAPPING, "keep_rows_where": [{"column": "a"}]}, "is, contains, blank"),
        ({**MAPPING, "keep_rows_where": [{"column": "a", "contains": "-"}]}, "contains"),
    ],
)  # fmt: skip
def test_a_slip_in_the_mapping_is_one_sentence(mapping: Mapping[str, object], named: str) -> None:
    table = read(as_csv([HEADER, ROW]), mapping)
    assert codes(table) == ["table_mapping_wrong"]
    assert named in table.issues[0].message
    assert (table.rows, table.rows_read) == ((), 0)


# -- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_csv_of_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    header = ("No.", "تاريخ الضبط", "Country", "Drug", "الكمية", "Place")
    rows = [(str(n), "06/05/2024", "العراق", "حبوب الكبتاغون المخدرة", "1,350", "القائم") for n in range(30)]
    table = read(as_csv([("وزارة الداخلية",), header, *rows], delimiter, encoding))
    assert {(row["country"], row["place"], row["quantity"]) for row in cells(table)} == {
        ("IQ", "القائم", "1350")
    }
    named = read(as_csv([header, *rows], delimiter, encoding), {**MAPPING, "delimiter": delimiter})
    assert len(named.rows) == 30


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        ("1,2024-05-06,Iraq,hashish,5", ["ragged_row"]),
        ("1,2024-05-06,Iraq,hashish,5,a,b", ["ragged_row"]),
        ("1,2024-05-06,Iraq,hashish,5," + "a" * 99 + "\x00b", []),
        ('1,2024-05-06,Iraq,hashish,5,"two\nlines"', []),
        ("\n\n,,,,,\n1,2024-05-06,Iraq,hashish,5,a", []),
        ('1,2024-05-06,Iraq,hashish,5,"never closed', []),
        ('1,2024-05-06,Iraq,hashish,5,"' + "never closed " * 20_000, ["table_unreadable"]),
    ],
)
def test_broken_csv(lines: str, refused: list[str]) -> None:
    table = read(f"{','.join(HEADER)}\n{lines}\n".encode())
    assert codes(table) == refused
    assert len(table.rows) == (0 if refused else 1)


def test_a_table_that_is_too_long_is_refused_as_a_whole() -> None:
    line = ",".join(["1", "2024-05-06", "Iraq", "hashish", "5", "a"]) + "\n"
    table = read((",".join(HEADER) + "\n" + line * 200_000).encode())
    assert (codes(table), table.rows) == (["table_too_long"], ())
    assert codes(read(b"a" * 20_000_001)) == ["table_too_large"]


# -- whatever comes


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_it_fail(data: bytes) -> None:
    read(data if not data.startswith(b"PK") else b"x" + data)


_ODD = st.sampled_from([
    "", "-", "Total", "Iraq", "captagon", "2024-05-06", "31/12/2024", "1,000", "1.5", "=1+1", "\x00", "\r",
    "\n", '"', "٣", "\u202e", "9" * 50, "1e400", "nan", "-0", "٣٫", "%", "\ufeff", "0/0/0", "١/١/٢٠٢٤",
])  # fmt: skip
_CELL = st.one_of(_ODD, st.text(max_size=8))


@given(st.lists(st.lists(_CELL, max_size=8), max_size=20), st.booleans())
@settings(max_examples=150, deadline=None)
def test_rows_out_and_refused_and_skipped_are_the_rows_in(body: list[list[str]], skip: bool) -> None:
    mapping = {**MAPPING, "skip_rows_where": {"column": "Place", "contains": "a"}} if skip else MAPPING
    data = as_csv([HEADER, *body])
    parsed = csv.reader(
        io.StringIO(data.decode("utf-8", "surrogatepass").replace("\x00", "\ufffd"), newline="")
    )
    rows_in = sum(any(cell.split() for cell in row) for row in parsed) - 1
    table = read(data, mapping)
    if not {"table_unreadable", "table_columns_missing", "table_kind_unknown"} & set(codes(table)):
        assert table.rows_read + table.skipped == rows_in
        assert len({ref for ref, _ in table.rows}) == len(table.rows)


_JUNK = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.floats(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)  # fmt: skip


@given(
    st.sampled_from(["columns", "dates", "sheet", "identity", "skip_rows_where", "blanks", "header_row"]),
    _JUNK,
)
@settings(max_examples=150, deadline=None)
def test_no_mapping_makes_it_fail(key: str, value: object) -> None:
    read(as_csv([HEADER, ROW]), {**MAPPING, key: value})
    read(as_csv([HEADER, ROW]), with_column("event_date", {"column": "Date", key: value}))
