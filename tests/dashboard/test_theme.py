"""The colours in the style sheet are the colours of the figures, and all can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.theme import DARK, LIGHT, Palette, palette

TOKENS = (Path(dashboard.__file__).parent / "assets" / "00-tokens.css").read_text(encoding="utf-8")


def _block(selector: str) -> dict[str, str]:
    body = re.search(re.escape(selector) + r"\s*\{(.*?)\}", TOKENS, re.S)
    assert body
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", body[1]))


@pytest.mark.parametrize(("theme", "selector"), [(LIGHT, ":root"), (DARK, ':root[data-theme="dark"]')])
def test_style_sheet_and_figures_agree(theme: Palette, selector: str) -> None:
    expected = {
        name.replace("_", "-"): getattr(theme, name)
        for name in [
            "paper",
            "raised",
            "ink",
            "muted",
            "rule",
            "rule_strong",
            "accent",
            "accent_soft",
            "alert",
            "alert_soft",
            "land",
            "sea",
            "unstated",
        ]
    } | {code.lower(): colour for code, colour in theme.countries.items()}
    assert _block(selector) == expected


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_words_have_a_contrast_of_four_and_a_half(theme: Palette) -> None:
    for ink in (theme.ink, theme.muted, theme.accent, theme.alert):
        for ground in (theme.paper, theme.raised):
            assert _contrast(ink, ground) >= 4.5, (theme.name, ink, ground)
    assert _contrast(theme.alert, theme.alert_soft) >= 4.5


def test_a_country_without_a_colour_is_neutral() -> None:
    assert LIGHT.country("XX") == LIGHT.countries["other"]
    assert palette("dark") is DARK
    assert palette("anything") is LIGHT
