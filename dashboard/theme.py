"""Colours, type and spacing shared by the style sheet, the components and the figures.

`assets/00-tokens.css` holds the same values as custom properties; a test compares the two. Country colours
follow Okabe and Ito (2008), muted so that six of them can stand side by side, and keep 3:1 against paper;
docs/colours.py holds them against each other under each kind of colour vision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FONT = "Inter, 'Noto Sans Arabic', system-ui, sans-serif"
UNIT = 8  # px; every distance is a multiple of half of it


@dataclass(frozen=True)
class Palette:
    """One theme. All values are CSS hex colours."""

    name: str
    paper: str
    raised: str
    ink: str
    muted: str
    rule: str
    rule_strong: str
    accent: str
    accent_soft: str
    alert: str
    alert_soft: str
    land: str
    sea: str
    unstated: str
    countries: Mapping[str, str]

    def country(self, code: str) -> str:
        """The colour of a country; one neutral for all that have none of their own."""
        return self.countries.get(code, self.countries["other"])


LIGHT = Palette(
    name="light",
    paper="#fffdf9",
    raised="#f7f4ed",
    ink="#1c2026",
    muted="#5b6169",
    rule="#e4dfd5",
    rule_strong="#b9b2a4",
    accent="#0f5c6e",
    accent_soft="#e3eff1",
    alert="#8a5300",
    alert_soft="#fbeed6",
    land="#f1ede4",
    sea="#e6edf0",
    unstated="#8b919a",
    countries=MappingProxyType(
        {
            "IQ": "#0072b2",
            "SY": "#d55e00",
            "JO": "#009e73",
            "LB": "#cc79a7",
            "SA": "#5c4a00",
            "other": "#6b7280",
        }
    ),
)
DARK = Palette(
    name="dark",
    paper="#14171c",
    raised="#1c2027",
    ink="#ece8e0",
    muted="#a3a9b2",
    rule="#2d323a",
    rule_strong="#545b66",
    accent="#6cc3d5",
    accent_soft="#17333b",
    alert="#f0b95a",
    alert_soft="#3a2c12",
    land="#23272f",
    sea="#171c23",
    unstated="#9299a2",
    countries=MappingProxyType(
        {
            "IQ": "#4aa8e0",
            "SY": "#f0853a",
            "JO": "#3ddc97",
            "LB": "#f0b3d6",
            "SA": "#e8d95c",
            "other": "#687180",
        }
    ),
)


def palette(name: str) -> Palette:
    """`dark` or, for anything else, light."""
    return DARK if name == "dark" else LIGHT
