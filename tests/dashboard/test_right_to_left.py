"""Pages that turn with their language: style sheets without left and right, the calendar's names, titles."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date

import dashboard
from dashboard.figures.template import spoken
from dashboard.i18n import locale
from dashboard.records.grid import grid

ASSETS = Path(dashboard.__file__).parent / "assets"
SHEETS = sorted(ASSETS.glob("*.css"))
# Drawn as on the ground: west is left in every language. 70-rtl.css is what undoes the turning.
ON_THE_GROUND = re.compile(r"\.(?:ruler|inset|border-map|sector|flow|maplibre)[\w-]*")
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:left|right|(?:margin|padding|border)-(?:left|right)[\w-]*)\s*:|text-align:\s*(?:left|right)\b|float:"
)
UNEVEN = re.compile(r"(?<![\w-])(?:padding|margin):\s*([^;}!]+)")
VALUE = re.compile(r"calc\((?:[^()]|\([^()]*\))*\)|var\([^)]*\)|[^\s]+")


def _rules(sheet: Path) -> list[tuple[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [(found[1].strip(), found[2]) for found in re.finditer(r"([^{}]+)\{([^{}]*)\}", text)]


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "70-rtl.css"], ids=lambda s: s.name)
def test_style_sheets_say_start_and_end_instead_of_left_and_right(sheet: Path) -> None:
    fixed = []
    for selector, body in _rules(sheet):
        if ON_THE_GROUND.search(selector):
            continue
        if PHYSICAL.search(body):
            fixed.append(selector)
        spaces = [VALUE.findall(found[1].strip()) for found in UNEVEN.finditer(body)]
        fixed += [selector for values in spaces if len(values) == 4 and values[1] != values[3]]
    assert fixed == []


def _list(text: str, name: str) -> list[str]:
    found = re.search(rf"const {name} = (\[[^\]]*\])", text)
    assert found
    return list(json.loads(found[1]))


def test_the_calendar_names_months_and_days_as_everything_else_does() -> None:
    text = (ASSETS / "locale-ar.js").read_text(encoding="utf-8")
    months = [format_date(date(2024, month, 1), "LLLL", locale=locale("ar")) for month in range(1, 13)]
    days = [format_date(date(2024, 12, day), "EEEE", locale=locale("ar")) for day in range(1, 8)]
    assert _list(text, "months") == [month.replace("\N{NO-BREAK SPACE}", " ") for month in months]
    others = [format_date(date(2024, month, 1), "LLLL", locale="ar_EG") for month in range(1, 13)]
    assert _list(text, "elsewhere") == others
    assert _list(text, "weekdays") == days  # 1 December 2024 was a Sunday


def test_plotly_is_given_the_names_of_months_where_it_has_none() -> None:
    assert spoken("en") == {}
    known = spoken("ar")
    words = known["locales"][known["locale"]]
    assert words["format"]["shortMonths"][11] == "كانون الأول"
    assert words["format"]["days"][0] == "الأحد"
    assert words["dictionary"]["Pan"] == "تحريك"


def test_the_table_turns_and_speaks() -> None:
    options = {lang: grid([], ("when",), "", lang).dashGridOptions for lang in ("en", "ar")}
    assert (options["en"]["enableRtl"], options["ar"]["enableRtl"]) == (False, True)
    assert options["ar"]["localeText"]["contains"] == "يحتوي"
    assert options["ar"]["localeText"].keys() == options["en"]["localeText"].keys()
