"""Words by key: plural forms, numbers, and every key that the code asks for."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import dashboard
from dashboard.i18n import (
    clauses,
    day,
    day_elsewhere,
    direction,
    has,
    isolated,
    listed,
    moment,
    month,
    month_elsewhere,
    t,
    tablets,
    tablets_between,
)

SOURCES = sorted(Path(dashboard.__file__).parent.rglob("*.py"))


def test_plural_forms_follow_the_number() -> None:
    assert t("filter.show", n=1) == "Show 1 event"
    assert t("filter.show", n=1_234) == "Show 1,234 events"


def test_an_unknown_key_is_visible_and_an_unknown_language_falls_back() -> None:
    assert t("no.such.key") == "no.such.key"
    assert t("site.name", lang="xx") == t("site.name")
    assert has("site.name")
    assert not has("site.nothing")


def test_every_key_written_in_the_code_has_a_text() -> None:
    asked = {
        (path.name, node.args[0].value)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "t"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert asked
    assert not sorted((file, key) for file, key in asked if not has(str(key)))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (171_400_000, "171 M"), (31_187_897, "31.2 M"), (1_350_000, "1.35 M"), (999_600, "1 M"), (999_400,
        "999,000"),
        (245_120, "245,000"), (9_999, "9,999"), (700, "700"), (0, "0"), (10_000_000, "10 M"),
    ],
)  # fmt: skip
def test_tablets_are_rounded_for_reading(number: float, text: str) -> None:
    assert tablets(number).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (171_400_000, "171 مليون"),
        (1_350_000, "1.35 مليون"), (7_000_000, "7 ملايين"), (10_000_000, "10 ملايين"),
        (7_500_000, "7.5 مليون"), (245_120, "245 ألف"), (10_000, "10 آلاف"), (700, "700"),
    ],
)  # fmt: skip
def test_arabic_writes_large_numbers_in_words(number: float, text: str) -> None:
    assert tablets(number, "ar").replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("low", "high", "lang", "text"),
    [
        (50e6, 100e6, "en", "50–100 M"), (500e3, 2e6, "en", "500,000–2 M"), (2e6, 2e6, "en", "2 M"),
        (245e3, 320e3, "en", "245,000–320,000"),
        (7e6, 12e6, "ar", "7–12 مليون"), (245e3, 320e3, "ar", "245–320 ألف"),
    ],
)  # fmt: skip
def test_a_range_names_its_scale_once(low: float, high: float, lang: str, text: str) -> None:
    assert tablets_between(low, high, lang).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "أوردته جهة إعلامية واحدة"), (2, "أوردته جهتان إعلاميتان"), (3, "أوردته 3 جهات إعلامية"),
        (10, "أوردته 10 جهات إعلامية"), (11, "أوردته 11 جهة إعلامية"), (99, "أوردته 99 جهة إعلامية"),
        (100, "أوردته 100 جهة إعلامية"), (103, "أوردته 103 جهات إعلامية"),
    ],
)  # fmt: skip
def test_arabic_has_six_plural_forms(n: int, text: str) -> None:
    assert t("figure.outlets", lang="ar", n=n) == text


def test_arabic_names_months_as_in_iraq_and_knows_their_other_names() -> None:
    december = date(2024, 12, 8)
    assert day(december, "ar") == "8 كانون الأول 2024"
    assert month(december, "ar") == "كانون الأول 2024"
    assert (day_elsewhere(december, "ar"), month_elsewhere(december, "ar")) == ("8 ديسمبر 2024", "ديسمبر")
    assert (day_elsewhere(december, "en"), month_elsewhere(december, "en")) == ("", "")
    now = datetime(2024, 12, 8, 3, 15, tzinfo=UTC)
    assert moment(now, "ar") == "8 كانون الأول 2024، 03:15 بالتوقيت العالمي"


FSI, PDI = "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("الأنبار", "الأنبار"), ("1,350,000", "1,350,000"), ("", ""),
        ("Shafaq News", f"{FSI}Shafaq News{PDI}"), ("CAP-000308", f"{FSI}CAP-000308{PDI}"),
        ("قناة Al-Hadath", f"{FSI}قناة Al-Hadath{PDI}"),
        (f"نقلاً عن {FSI}AFP{PDI}", f"نقلاً عن {FSI}AFP{PDI}"),
        ("2024-12-08", f"{FSI}2024-12-08{PDI}"), ("50–100 مليون", "50–100 مليون"),
        ("<b>171 مليون</b>", "<b>171 مليون</b>"), ("<b>AFP</b>", f"{FSI}<b>AFP</b>{PDI}"),
        ("https://example.org/event/CAP-000308", "https://example.org/event/CAP-000308"),
        ("AFP<br>Reuters", "AFP<br>Reuters"),
    ],
)  # fmt: skip
def test_words_of_the_other_script_are_set_apart(text: str, shown: str) -> None:
    assert isolated(text) == shown


def test_what_is_filled_in_is_set_apart_in_arabic_alone() -> None:
    assert t("event.wire", lang="ar", wire="AFP") == f"نقلاً عن {FSI}AFP{PDI}"
    assert t("event.wire", lang="en", wire="AFP") == "credits AFP"
    assert t("event.wire", lang="ar", wire="واع") == "نقلاً عن واع"


def test_lists_have_the_marks_of_their_language() -> None:
    assert listed(["Anbar", "Iraq"], "en") == "Anbar, Iraq"
    assert listed(["الأنبار", "AFP"], "ar") == f"الأنبار، {FSI}AFP{PDI}"
    assert listed(["Dawn", "AFP"], "ar") == f"{FSI}Dawn, AFP{PDI}"
    assert (clauses(["a", "b"], "en"), clauses(["ب", "ت"], "ar")) == ("a; b", "ب؛ ت")


def test_dates_and_directions() -> None:
    assert day(date(2024, 12, 8)) == "8 Dec 2024"
    assert month(date(2024, 12, 8)) == "Dec 2024"
    assert (direction("en"), direction("ar")) == ("ltr", "rtl")
