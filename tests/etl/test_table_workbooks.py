"""Workbooks made to hurt: each ends as rows or as one sentence, in bounded time and memory."""

from __future__ import annotations

import io
import json
import random
import struct
import subprocess
import sys
import zipfile
from datetime import date
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.bounded import xlsx
from etl.tables import TableRows, read_table
from tests.etl.test_tables import HEADER, MAPPING, ROW, SOURCE, adds_up
from tests.etl.workbooks import SHEET, archive, inline, saved, workbook

TOP = inline(HEADER)
LINE = inline(ROW)
GOOD = SHEET.format(before="", rows=TOP + LINE)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
    + GOOD.replace("Iraq", "&i;")
)


def read(data: bytes) -> TableRows:
    table = read_table(data, MAPPING, "interior", source=SOURCE)
    assert adds_up(table)
    return table


def refused(data: bytes) -> str:
    table = read(data)
    assert (table.rows, table.rows_read, len(table.issues)) == ((), 0, 1)
    return f"{table.issues[0].code}: {table.issues[0].message}"


def rezipped(data: bytes, **changes: int) -> bytes:
    """The archive with fields of its sheet's directory entry changed: what it says of itself is a lie."""
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    places = {"flags": (8, "<H"), "method": (10, "<H"), "size": (24, "<I")}
    raw = bytearray(data)
    for name, value in changes.items():
        offset, form = places[name]
        struct.pack_into(form, raw, at + offset, value)
    return bytes(raw)


def encrypted_old() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/"), text)
    return data.getvalue()


def many_parts() -> bytes:
    return archive(GOOD, {f"xl/media/{n}.png": b"" for n in range(1200)})


def test_a_hand_written_workbook_is_read() -> None:
    assert len(read(archive(GOOD)).rows) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            encrypted_old(),
            "table_kind_unknown: The bytes are no CSV or XLSX table but an old workbook (.xls)",
        ),
        (zipped(**{"xl__workbook.bin": ""}), "(.xlsb)"),
        (zipped(**{"content.xml": "", "mimetype": ""}), "(.ods)"),
        (zipped(a=""), "a ZIP archive"),
        (b"%PDF-1.7 " + bytes(99), "but PDF"),
        (b"<html><body><table><tr><td>Date", "a web page"),
        (b"", "the file is empty"),
        (archive(GOOD)[:-40], "table_unreadable"),
        (archive(GOOD.replace("</row>", "", 1)), "table_unreadable"),
        (archive(GOOD.replace("<row>", '<row><c t="s"><v>9</v></c>')), "table_unreadable"),
        (archive(BOMB), "declares XML entities"),
        (archive(BOMB.encode("utf-16")), "not encoded in UTF-8"),
        (archive(f'<?xml version="1.0" encoding="cp037"?>{GOOD}'), "not encoded in UTF-8"),
        (archive('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">' + GOOD), "declares XML entities"),
        (many_parts(), "parts, or one twice"),
        (rezipped(archive(GOOD), flags=1), "encrypted"),
        (rezipped(archive(GOOD), method=12), "unusual way"),
        (rezipped(archive(GOOD), size=4_000_000_000), "table_too_large"),
        (rezipped(archive(GOOD), size=200), "table_unreadable"),
    ],
    ids=count(),  # the bytes hold the time of day
)
def test_what_is_no_honest_workbook_is_refused_in_words(data: bytes, said: str) -> None:
    assert said in refused(data)


def bomb(part: str, size: int) -> bytes:
    """A part of zeros; 1 GB of them make 1 MB of archive."""
    data = io.BytesIO(archive(GOOD))
    with (
        zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open(part, "w", force_zip64=True) as stream,
    ):
        for _ in range(size // (1 << 20)):
            stream.write(bytes(1 << 20))
    return data.getvalue()


@pytest.mark.parametrize(
    ("part", "megabytes"),
    [("xl/worksheets/sheet2.xml", 1024), ("xl/theme/theme1.xml", 32), ("xl/media/a.png", 210)],
)
def test_a_zip_bomb_is_refused(part: str, megabytes: int) -> None:
    data = bomb(part, megabytes << 20)
    said = refused(data)
    assert "table_too_large" in said or "not encoded" in said


ROWS_OF_CELLS = {
    "a million rows": SHEET.format(before="", rows=TOP + "<row><c><v>1</v></c></row>" * 1_000_000),
    "millions of blank rows": SHEET.format(before="", rows=TOP + LINE + "<row/>" * 1_500_000),
    "a row far below": SHEET.format(before="", rows=TOP + '<row r="99999999999999"><c><v>1</v></c></row>'),
}


@pytest.mark.parametrize("name", ROWS_OF_CELLS)
def test_a_sheet_without_end_ends(name: str) -> None:
    assert refused(archive(ROWS_OF_CELLS[name])).startswith(("table_too_long", "table_too_slow"))


def test_a_text_that_stands_in_every_cell_is_not_multiplied() -> None:
    text = "x" * 30_000
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    )
    rows = TOP + ("<row>" + '<c t="s"><v>0</v></c>' * 250 + "</row>") * 4000
    data = archive(SHEET.format(before="", rows=rows), {"xl/sharedStrings.xml": strings.encode()})
    office = b"application/vnd.openxmlformats-officedocument"
    typed = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + office
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    types = parts["[Content_Types].xml"].replace(
        b"</Types>", typed + b'.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    assert "table_too_large" in refused(zipped_bytes({**parts, "[Content_Types].xml": types}))


def zipped_bytes(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return data.getvalue()


def test_a_lie_about_the_sheets_size_costs_nothing() -> None:
    before = '<dimension ref="A1:XFD1048576"/>'
    assert len(read(archive(SHEET.format(before=before, rows=TOP + LINE))).rows) == 1


def test_formulas_give_what_a_spreadsheet_last_computed_never_their_text() -> None:
    cached = "<c><f>HYPERLINK(&quot;http://x&quot;)</f><v>42</v></c>"
    bare = "<c><f>WEBSERVICE(&quot;http://127.0.0.1/&quot;)</f></c>"
    rows = [LINE.replace('<c t="inlineStr"><is><t>1,350,000</t></is></c>', cell) for cell in (cached, bare)]
    table = read(archive(SHEET.format(before="", rows=TOP + "".join(rows))))
    assert [row["quantity"] for _, row in table.rows] == ["42", ""]
    written = read(workbook({"a": [HEADER, (*ROW[:5], "=1+1")]}))
    assert [row["place"] for _, row in written.rows] == [""]


def test_links_to_other_files_and_macros_are_left_alone() -> None:
    parts = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(100),
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Target="file:///etc/passwd"/>'
        b"</Relationships>",
    }
    assert len(read(archive(GOOD, parts)).rows) == 1


def test_hidden_sheets_are_not_read_unless_named() -> None:
    book = Workbook()
    book.active.title = "hidden"
    book.active.sheet_state = "hidden"
    book.create_sheet("shown").append(HEADER)
    book.active.append(HEADER)
    table = read(saved(book))
    assert table.issues[0].ref is not None
    assert table.issues[0].ref.file == "interior shown"


def test_sheets_of_one_name_do_not_mix_their_rows() -> None:
    with zipfile.ZipFile(
        io.BytesIO(workbook({"a": [HEADER, ROW], "b": [HEADER, (*ROW[:5], "Basra")]}))
    ) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="b"', b'name="a"')
    table = read_table(zipped_bytes(parts), {**MAPPING, "sheet": "*"}, "interior", source=SOURCE)
    assert len({ref for ref, _ in table.rows}) == table.rows_read == 2


_ORIGINAL = workbook({"a": [HEADER, ROW, (2, date(2024, 5, 6), "SY", "captagon", 1.5, None)]})


@given(st.integers(0, 1 << 30), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_no_broken_byte_makes_the_reader_fail(seed: int, count: int) -> None:
    """Bytes are changed in the archive and, in turn, inside one of its parts."""
    chance = random.Random(seed)
    raw = bytearray(_ORIGINAL)
    with zipfile.ZipFile(io.BytesIO(_ORIGINAL)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    if seed % 2:
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        raw = bytearray(parts[name])
    for _ in range(count):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randrange(2)] = bytes([chance.randrange(32, 127)])
    data = zipped_bytes({**parts, name: bytes(raw)}) if seed % 2 else bytes(raw)
    found = xlsx.read(data, [])
    assert ("sheets" in found) != ("trouble" in found)
    json.dumps(found)


def test_memory_stays_bounded() -> None:
    """The process that reads tables grows little, whatever its child meets, and the child ends in time."""
    code = (
        "import resource, sys\n"
        "from datetime import date\n"
        "from etl.tables import TableSource, read_table\n"
        "from tests.etl.test_tables import MAPPING\n"
        "data = sys.stdin.buffer.read()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "table = read_table(data, MAPPING, 'x', source=TableSource('', '', '', date(2026, 1, 1)))\n"
        "assert [found.code for found in table.issues] == ['table_too_slow']\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    data = archive(SHEET.format(before="", rows=TOP + "<row>" + "<c/>" * 4_000_000 + "</row>"))
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    own, child = (int(line) / 1024 for line in done.stdout.split())
    assert own < 50
    assert child < 1024
