"""Words for codes, in either language, and for codes that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components.rich import rich
from dashboard.labels import issuer, labeller


@pytest.mark.parametrize(
    ("column", "code", "lang", "word"),
    [
        ("country", "IQ", "en", "Iraq"),
        ("country", "IQ", "ar", "العراق"),
        ("origin_country", "SY", "en", "Syria"),
        ("country", "XX", "en", "XX"),
        ("admin1_code", "IQ-AN", "en", "Anbar"),
        ("admin1_code", "IQ-AN", "ar", "الأنبار"),
        ("admin1_code", "IQ-ZZ", "en", "IQ-ZZ"),
        ("border_sector", "anbar_desert", "en", "Anbar: desert"),
        ("transport", "hot_air_ship", "en", "hot air ship"),
        ("transport", "", "en", "not stated"),
    ],
)
def test_words(make_snapshot: Any, column: str, code: str, lang: str, word: str) -> None:
    assert labeller(make_snapshot({}), lang)(column, code) == word


@pytest.mark.parametrize(
    ("name", "home", "lang", "shown"),
    [
        ("Ministry of Interior", "IQ", "en", "Ministry of Interior, Iraq"),
        ("Ministry of Interior", "IQ", "ar", "وزارة الداخلية العراقية"),
        ("Ministry of Interior", "SY", "ar", "وزارة الداخلية السورية"),
        ("Ministry of Interior", "SA", "ar", "وزارة الداخلية السعودية"),
        ("Public Security Directorate", "JO", "ar", "مديرية الأمن العام، الأردن"),
        ("UNODC", "", "ar", "مكتب الأمم المتحدة المعني بالمخدرات والجريمة (UNODC)"),
        ("Khaleej Times", "", "ar", "Khaleej Times"),
        ("Iraqi Police", "IQ", "en", "Iraqi Police"),
    ],
)
def test_who_gives_a_total(name: str, home: str, lang: str, shown: str) -> None:
    found = issuer(name, home, lang)
    assert found.translate({0x2068: None, 0x2069: None}) == shown


def test_only_emphasis_becomes_markup() -> None:
    parts = rich("<b>5</b> of <small>9</small> <script>x</script>")
    assert [getattr(part, "children", part) for part in parts] == ["5", " of ", "9", " <script>x</script>"]
