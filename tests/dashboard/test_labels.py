"""Words for codes, in either language, and for codes that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components.rich import rich
from dashboard.labels import labeller


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


def test_only_emphasis_becomes_markup() -> None:
    parts = rich("<b>5</b> of <small>9</small> <script>x</script>")
    assert [getattr(part, "children", part) for part in parts] == ["5", " of ", "9", " <script>x</script>"]
