"""The key of the map: only what this map shows, sizes in the circles' own scale. map.js draws it."""

from __future__ import annotations

import pandas as pd

from dashboard import i18n
from dashboard.figures import map_marks as marks
from dashboard.figures.view import Look

_SIZES = (100_000, 1_000_000, 10_000_000)
Entry = dict[str, str | float]


def map_key(placed: pd.DataFrame, look: Look) -> list[Entry]:
    """Entries of `mark` (a form, ring, cluster, size or country), `text`, and its `colour` or `diameter` in px."""
    dots = placed[placed["form"].isin(marks.DOTS)]
    forms = set(placed["form"])
    entries: list[Entry] = [
        {"mark": form, "text": look.t(f"map.key_{form}")}
        for form in (marks.EXACT, marks.TOWN, marks.DISTRICT, marks.STRIP, marks.GOVERNORATE)
        if form in forms
    ]
    if dots["tablets_best"].isna().any():
        entries.append({"mark": "ring", "text": look.t("map.key_ring")})
    if len(dots) > marks.CLUSTER_ABOVE:
        entries.append({"mark": "cluster", "text": look.t("map.key_cluster")})
    if len(dots):
        entries += [
            {"mark": "size", "text": i18n.tablets(size, look.lang), "diameter": marks.diameter(size)}
            for size in _SIZES
        ]
    return entries + _colours(placed, look)


def _colours(placed: pd.DataFrame, look: Look) -> list[Entry]:
    """One entry a colour: countries with a colour of their own, the others together, pills of unstated kind."""
    seen: dict[str, str] = {}
    coloured = placed[~placed["form"].isin([marks.GOVERNORATE, marks.BESIDE])]
    for key in sorted(set(coloured["colour_key"]), key=lambda code: (code == "unstated", code)):
        own = key in look.palette.countries or key == "unstated"
        name = look.t("map.key_unstated") if key == "unstated" else look.country(key)
        seen.setdefault(marks.colour(key, look), name if own else look.t("other_countries"))
    return [{"mark": "country", "text": name, "colour": colour} for colour, name in seen.items()]
