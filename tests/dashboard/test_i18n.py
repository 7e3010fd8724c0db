"""Words by key: plural forms, numbers, and every key that the code asks for."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import dashboard
from dashboard.i18n import day, direction, has, languages, month, t, tablets, words

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


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_the_plural_forms_it_needs(lang: str) -> None:
    for key, text in words(lang).items():
        assert isinstance(text, str) or "other" in text, key


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


def test_dates_and_directions() -> None:
    assert day(date(2024, 12, 8)) == "8 Dec 2024"
    assert month(date(2024, 12, 8)) == "Dec 2024"
    assert (direction("en"), direction("ar")) == ("ltr", "rtl")
