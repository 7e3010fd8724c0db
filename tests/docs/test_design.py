"""The palette as docs/design.md tells it: every distance stands, and no two countries look alike."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from dashboard.theme import DARK, LIGHT, Palette
from docs import colours

DOCS = Path(__file__).resolve().parents[2] / "docs"
LEAST = 10.0
"""CIEDE2000; five times what an eye tells apart side by side."""


# Sharma, Wu and Dalal (2005), table 1: pairs 1, 7, 25 (grey beside a hue), 34.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_of_the_published_pairs(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert colours.distance(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("vision", colours.VISIONS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_countries_are_told_apart(theme: Palette, vision: str) -> None:
    assert colours.nearest(theme, vision)[2] >= LEAST


@pytest.mark.parametrize("vision", colours.VISIONS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_greys_are_told_apart(theme: Palette, vision: str) -> None:
    greys = (colours.lab(grey, vision) for grey in (theme.countries["other"], theme.unstated))
    assert colours.distance(*greys) >= LEAST


def test_a_simulated_eye_sees_greys_as_greys() -> None:
    for vision in colours.VISIONS:
        assert np.abs(colours.lab("#808080", vision)[1:]).max() < 0.5, vision


def test_the_page_gives_these_distances() -> None:
    page = (DOCS / "design.md").read_text("utf-8")
    assert list(colours.rows()) == re.findall(r"^\| (?:light|dark) \|.*$", page, re.M)


def test_the_page_names_the_colours_of_the_theme() -> None:
    page = (DOCS / "design.md").read_text("utf-8")
    for theme in (LIGHT, DARK):
        for colour in (*theme.countries.values(), theme.accent, theme.alert, theme.ink, theme.muted):
            assert f"`{colour}`" in page, (theme.name, colour)


def test_pictures_are_those_that_some_page_shows() -> None:
    shown = {
        name
        for page in (*DOCS.glob("*.md"), DOCS.parent / "README.md")
        for name in re.findall(r"images/([\w.-]+\.png)", page.read_text("utf-8"))
    }
    assert {one.name for one in (DOCS / "images").glob("*.png")} == shown
