"""One format for every cell of every published table."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.publish.cells import cell, csv_bytes, plain, read_csv, texts
from etl.schema import SEIZURES, Field, Table

TABLE = Table(
    "t",
    "",
    "",
    (Field("name", "text", "", ""), Field("n", "integer", "", ""), Field("x", "number", "", "", decimals=2)),
    ("name",),
)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("integer", 3e6, "3000000"),
        ("integer", 177_000_000, "177000000"),
        ("integer", 0, "0"),
        ("number", 2.50, "2.5"),
        ("number", 1e-9, "0"),
        ("number", -0.0001, "0"),
        ("number", -3.75, "-3.75"),
        ("number", 20_000_000.0, "20000000"),
        ("date", date(2025, 7, 30), "2025-07-30"),
        ("yes_no", True, "1"),
        ("yes_no", False, "0"),
        ("list", ("a", "b|c"), "a|b/c"),
        ("list", (), ""),
        ("text", None, ""),
        ("text", "two\nlines\tand  blanks", "two lines and blanks"),
        ("text", "كبتاغون", "كبتاغون"),
    ],
)
def test_cells_are_written_alike_everywhere(kind: str, value: object, expected: str) -> None:
    assert cell(Field("c", kind, "", ""), value) == expected


@pytest.mark.parametrize("start", ["=1+1", "+964", "-3", "@name", "\t=1", "\r=1", "  =1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert cell(Field("c", "text", "", ""), start).startswith("'")
    assert cell(Field("c", "list", "", ""), (start, "b")).startswith("'")


def test_numbers_are_never_guarded() -> None:
    assert cell(SEIZURES.field("longitude"), -0.1276) == "-0.1276"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("integer", "3"), ("integer", True), ("date", "2024-01-01"), ("yes_no", 2), ("text", 3), ("list", "a")],
)
def test_a_value_of_the_wrong_type_is_an_error_of_ours(kind: str, value: object) -> None:
    with pytest.raises(TypeError, match="column c"):
        cell(Field("c", kind, "", ""), value)


def test_an_unknown_column_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError, match="colour"):
        texts(TABLE, [{"name": "a", "colour": "red"}])


@given(st.text())
def test_published_texts_stay_one_line_and_no_formula(text: str) -> None:
    written = plain(text)
    assert "\n" not in written and "\r" not in written and "\t" not in written
    assert not written.startswith(("=", "+", "-", "@"))
    assert plain(written) in {written, f"'{written}"}


@given(st.lists(st.fixed_dictionaries({"name": st.text(min_size=1), "n": st.integers(0, 10**9)}), max_size=5))
def test_what_is_written_can_be_read_back(rows: list[dict[str, object]]) -> None:
    back = read_csv(csv_bytes(TABLE, texts(TABLE, rows)))
    assert [row["n"] for row in back] == [str(row["n"]) for row in rows]
    assert [row["name"] for row in back] == [plain(str(row["name"])) for row in rows]


def test_a_csv_has_the_columns_in_order_no_mark_and_unix_line_ends() -> None:
    content = csv_bytes(TABLE, texts(TABLE, [{"n": 1, "name": "a"}]))
    assert content == b"name,n,x\na,1,\n"
