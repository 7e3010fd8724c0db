"""Reported seizures per period in five classes of tablets, stacked; no stated quantity hatched on top."""

from __future__ import annotations

from functools import partial
from math import inf

import numpy as np
import pandas as pd

from dashboard import i18n
from dashboard.figures import data, trends
from dashboard.figures.template import Sketch, hatch, rgba
from dashboard.figures.ticks import round_step
from dashboard.figures.trend_stacks import BESIDE, key, stack
from dashboard.figures.trends import Series
from dashboard.figures.view import Look, View

CLASSES = (("k10", 1e4), ("k100", 1e5), ("m1", 1e6), ("m10", 1e7), ("more", inf))
"""Name and upper end (not included) of each class, in tablets (analyst requirements 2.6)."""
NONE = "none"
_SHADES = (0.3, 0.46, 0.62, 0.8, 1.0)


def classes(tablets: pd.Series) -> pd.Series:
    """The class of each figure; `none` without one. A class holds its lower end and not its upper."""
    edges = [top for _, top in CLASSES[:-1]]
    names = np.array([*(name for name, _ in CLASSES), NONE])
    places = np.searchsorted(edges, tablets.to_numpy(dtype=float), side="right")
    return pd.Series(names[np.where(tablets.isna(), len(CLASSES), places)], index=tablets.index)


def sizes_figure(found: Series, look: Look) -> View:
    """Stacked bars; pills of unstated kind as a narrow hatched bar beside."""
    if not found.drawn:
        return trends.nothing(look)
    names = [*(name for name, _ in CLASSES), NONE]
    calendar = found.calendar
    counts = found.main.groupby(["period", classes(found.main["tablets_best"])]).size().unstack(fill_value=0)
    counts = counts.reindex(index=calendar.counted, columns=names, fill_value=0)
    beside = found.beside.groupby("period").size().reindex(calendar.counted, fill_value=0)
    figure = Sketch(look.palette, trends.HEIGHT + 40)
    inks = {name: rgba(look.palette.accent, shade) for (name, _), shade in zip(CLASSES, _SHADES, strict=True)}
    words = {name: i18n.t(f"trends.size.{name}", lang=look.lang) for name in names}
    for name in names:
        marker = (
            {"color": inks[name], "line": {"width": 0.5, "color": look.palette.accent}}
            if name in inks
            else hatch(look.palette, look.palette.accent)
        )
        stack(figure, counts[name], calendar, look, label=words[name], marker=marker)
    stack(
        figure, beside, calendar, look, label=look.t("trend.unstated"), marker=hatch(look.palette), at=BESIDE
    )
    top = max(1, int(counts.sum(axis=1).max()), int(beside.max()))
    figure.update_layout(
        barmode="stack", yaxis={"range": [0, top * 1.08], "dtick": round_step(top), "ticksuffix": " "},
        margin={"l": 34, "r": 8, "t": 64, "b": 40},
    )  # fmt: skip
    key(figure, [(inks[name], words[name]) for name, _ in CLASSES], look)
    notes = trends.time_axis(figure, found, look)
    sums = counts.sum()
    parts = [f"{words[name]} {int(sums[name])}" for name in names if sums[name]]
    return View(
        drawing=figure.drawing(),
        summary=found.spoken(
            i18n.t("trends.summary.sizes", lang=look.lang, parts=i18n.clauses(parts, look.lang)), look
        ),
        tabled=partial(_table, counts, beside, words, found, look),
        drawn=found.drawn,
        total=found.total,
        notes=(trends.left_out(found, look), i18n.t("trends.key.sizes", lang=look.lang), *notes),
        recorded=partial(_record, counts, beside, words, found),
    )


def _record(counts: pd.DataFrame, beside: pd.Series, words: dict[str, str], found: Series) -> pd.DataFrame:
    """One row a period and class, `tablets_from` to less than `tablets_below`; blank: no report."""
    seen = counts.sum(axis=1) > 0
    lows = (0.0, *(top for _, top in CLASSES))
    ends = {name: (low, None if top == inf else top) for (name, top), low in zip(CLASSES, lows, strict=False)}
    parts: list[data.Part] = []
    for name in counts:
        low, below = ends.get(str(name), (None, None))
        codes = {"series": data.SEIZURES, "size_class": name, "label": words[str(name)]}
        codes |= {"tablets_from": low, "tablets_below": below}
        parts.append((codes, pd.DataFrame({"events": counts[name].where(seen)})))
    parts.append(({"series": data.BESIDE}, pd.DataFrame({"events": data.reported(beside)})))
    return data.by_period(found.calendar, parts)


def _table(
    counts: pd.DataFrame, beside: pd.Series, words: dict[str, str], found: Series, look: Look
) -> pd.DataFrame:
    table = pd.DataFrame(
        {look.t("column.period"): [found.calendar.name(at, look.lang) for at in counts.index]}
    )
    for name in counts.columns:
        table[words[name]] = counts[name].to_numpy()
    table[look.t("trend.unstated")] = beside.to_numpy()
    return table
