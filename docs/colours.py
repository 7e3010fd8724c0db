"""How far apart the country colours are, as readers with and without each kind of colour vision see them.

usage: python docs/colours.py

For each theme and kind of vision: the two colours that are nearest to each other, and their distance by
CIEDE2000. About 2 is the least that an eye tells apart side by side. Colour vision deficiencies are simulated
by the matrices of Machado, Oliveira and Fernandes (2009) at full severity, in linear RGB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.theme import DARK, LIGHT, Palette

Vector = NDArray[np.float64]
VISIONS: dict[str, Vector] = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to XYZ and the white of D65 (IEC 61966-2-1).
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(colour: str, vision: str = "full") -> Vector:
    """CIELAB (L 0..100, a, b) of `#rrggbb` as seen with a kind of vision of `VISIONS`."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    ratio = _XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1) / _WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: Vector, other: Vector) -> float:
    """CIEDE2000 of two colours in CIELAB (Sharma, Wu and Dalal 2005)."""
    mean = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    chroma = [np.hypot(each[1] * stretch, each[2]) for each in (one, other)]
    hue = [np.degrees(np.arctan2(each[2], each[1] * stretch)) % 360 for each in (one, other)]
    turn = hue[1] - hue[0]
    turn = 0.0 if chroma[0] * chroma[1] == 0 else turn - 360 * np.sign(turn) * (abs(turn) > 180)
    light, strong = (one[0] + other[0]) / 2, (chroma[0] + chroma[1]) / 2
    middle = hue[0] + turn / 2 if chroma[0] * chroma[1] else hue[0] + hue[1]
    cosines = [(-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63)]
    weight = 1 + sum(by * np.cos(np.radians(times * middle + shift)) for by, times, shift in cosines)
    step = [
        (other[0] - one[0]) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)),
        (chroma[1] - chroma[0]) / (1 + 0.045 * strong),
        2 * np.sqrt(chroma[0] * chroma[1]) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * strong * weight),
    ]
    bend = 60 * np.exp(-((((middle % 360) - 275) / 25) ** 2))
    twist = -np.sin(np.radians(bend)) * 2 * np.sqrt(strong**7 / (strong**7 + 25.0**7))
    return float(np.sqrt(sum(part**2 for part in step) + twist * step[1] * step[2]))


def nearest(theme: Palette, vision: str) -> tuple[str, str, float]:
    """The two countries whose colours are least apart, and how far."""
    pairs = combinations(theme.countries, 2)
    apart = {(a, b): _between(theme.countries[a], theme.countries[b], vision) for a, b in pairs}
    a, b = min(apart, key=lambda pair: apart[pair])
    return a, b, apart[a, b]


def between_iraq_and_syria(theme: Palette, vision: str) -> float:
    """The distance that matters most: the two sides of the border."""
    return _between(theme.countries["IQ"], theme.countries["SY"], vision)


def _between(one: str, other: str, vision: str) -> float:
    return distance(lab(one, vision), lab(other, vision))


def rows() -> Iterator[str]:
    """Rows of the table of docs/design.md."""
    for theme in (LIGHT, DARK):
        for vision in VISIONS:
            a, b, least = nearest(theme, vision)
            sides = between_iraq_and_syria(theme, vision)
            yield f"| {theme.name} | {vision} | {sides:.1f} | {least:.1f} ({a}, {b}) |"


if __name__ == "__main__":
    print("\n".join(rows()))
