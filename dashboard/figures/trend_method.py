"""How the drugs travelled, by quarter: the share of each means of transport, one row a country."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.figures import data, trends
from dashboard.figures.template import SMALL, Sketch, hatch, rgba
from dashboard.figures.trend_stacks import BESIDE, MAIN, key, stack
from dashboard.figures.trends import Series
from dashboard.figures.view import Look, View
from dashboard.stats import MIN_EVENTS

GROUPS = {
    "balloon": ("balloon",),
    "drone": ("drone",),
    "other_air": ("aircraft", "light_aircraft", "air_unspecified"),
    "land": ("truck", "car", "bus", "train", "motorcycle"),
    "foot": ("on_foot", "animal"),
    "sea": ("ship_container", "boat"),
    "parcel": ("parcel",),
    "building": ("building",),
}
"""Means of transport drawn together; balloons and drones apart (analyst requirements 2.3)."""
_GROUP = {code: name for name, codes in GROUPS.items() for code in codes}
_ROW = 150  # px
_GAP = 0.07  # of the height, between two countries
_PALE = 0.55


def groups(transport: pd.Series) -> pd.Series:
    """The group of each code; "" where the means is not known."""
    known = transport.where(~transport.isin(("", "unknown")), "")
    return known.map(lambda code: _GROUP.get(code, "land") if code else "")


def method_figure(found: Series, look: Look, *, countries: tuple[str, ...]) -> View:
    """Bars of 100 % a quarter for each country; `found` holds a `transport` column."""
    rows = {
        code: [_counts(frame[frame["country"] == code], found) for frame in (found.main, found.beside)]
        for code in countries
    }
    if not any(len(table) for tables in rows.values() for table in tables):
        return trends.nothing(look)
    figure = Sketch(look.palette, _ROW * len(countries) + 110)
    inks = _inks(look)
    words = {name: i18n.t(f"trends.method.{name}", lang=look.lang) for name in GROUPS}
    each = (1 - _GAP * (len(countries) - 1)) / len(countries)
    for row, (code, tables) in enumerate(rows.items()):
        top = 1 - row * (each + _GAP)
        axis = "" if row == 0 else str(row + 1)
        figure.update_layout(
            **{
                f"yaxis{axis}": {
                    "domain": [max(0.0, top - each), top],
                    "range": [0, 1.28],
                    "tickvals": [0, 0.5, 1],
                    "ticktext": ["0 ", "50 ", "100 % "],
                    "showgrid": True,
                    "gridcolor": look.palette.rule,
                    "zeroline": False,
                    "fixedrange": True,
                }
            }
        )
        figure.add_annotation(
            text=f"<b>{look.country(code)}</b>",
            x=0,
            xref="paper",
            xanchor="left",
            y=top,
            yref="paper",
            yanchor="top",
            font={"size": SMALL, "color": look.palette.ink},
            bgcolor=rgba(look.palette.paper, 0.8),
        )
        for table, at in zip(tables, (MAIN, BESIDE), strict=True):
            _row(figure, table, found, look, inks=inks, words=words, axis=axis, at=at)
    figure.update_layout(barmode="stack", margin={"l": 50, "r": 8, "t": 64, "b": 40})
    figure.update_layout(xaxis={"anchor": "free", "position": 0})
    present = {
        name
        for tables in rows.values()
        for table in tables
        for name in GROUPS
        if table.get(name, pd.Series(0)).sum()
    }
    key(figure, [(inks[name], words[name]) for name in GROUPS if name in present], look)
    notes = trends.time_axis(figure, found, look)
    beside = any(len(tables[1]) for tables in rows.values())
    return View(
        drawing=figure.drawing(),
        summary=found.spoken(_summary(rows, look), look),
        tabled=partial(_table, rows, words, found, look),
        drawn=found.drawn,
        total=found.total,
        notes=(
            i18n.t("trends.key.method_shows", lang=look.lang, drawn=found.drawn, total=found.total),
            i18n.t("trends.key.method", lang=look.lang),
            *((i18n.t("trends.key.method_unstated", lang=look.lang),) if beside else ()),
            *notes,
        ),
        recorded=partial(_record, rows, found, look),
    )


def _inks(look: Look) -> dict[str, str]:
    p = look.palette
    air = (p.countries["SY"], p.countries["JO"], p.rule_strong)
    ground = (p.countries["other"], p.alert)
    rest = (p.countries["IQ"], p.countries["LB"], p.countries["SA"])
    return dict(zip(GROUPS, (*air, *ground, *rest), strict=True))


def _counts(frame: pd.DataFrame, found: Series) -> pd.DataFrame:
    """Events by quarter with any (rows) and group (columns), with `known` and `all`."""
    table = frame.groupby(["period", groups(frame["transport"])]).size().unstack(fill_value=0)
    table = table.reindex(columns=["", *GROUPS], fill_value=0)
    table["all"] = table.sum(axis=1)
    table["known"] = table["all"] - table[""]
    return table.drop(columns="")


def _row(
    figure: Sketch,
    table: pd.DataFrame,
    found: Series,
    look: Look,
    *,
    inks: dict[str, str],
    words: dict[str, str],
    axis: str,
    at: tuple[float, float],
) -> None:
    """One country's bars, pale where few are known, with `known/all` over each."""
    known = table[table["known"] > 0]
    for few in (False, True):
        part = known[(known["known"] < MIN_EVENTS) == few]
        for name in GROUPS:
            marker: dict[str, Any] = {
                "color": rgba(inks[name], _PALE) if few else inks[name],
                "line": {"width": 0},
            }
            if at is BESIDE:
                marker = hatch(look.palette, inks[name])
            texts = [f"{words[name]}: {n} / {of}" for n, of in zip(part[name], part["known"], strict=True)]
            stack(
                figure,
                part[name] / part["known"],
                found.calendar,
                look,
                label=words[name],
                marker=marker,
                at=at,
                texts=texts,
                axis=axis,
            )
    # Over the bars of the events only: two labels to a quarter would collide.
    for start, row in table.iterrows() if at is MAIN else ():
        begin = pd.Timestamp(str(start))
        figure.add_annotation(
            x=begin + found.calendar.length(begin) * (at[0] + at[1]) / 2,
            y=1.02 if row["known"] else 0.02,
            yref=f"y{axis}",
            yanchor="bottom",
            text=f"{row['known']}/{row['all']}",
            font={"size": SMALL - 2, "color": look.palette.muted},
        )


def _summary(rows: dict[str, list[pd.DataFrame]], look: Look) -> str:
    parts = [
        i18n.t(
            "trends.summary.method_part",
            lang=look.lang,
            country=look.country(code),
            known=int(tables[0]["known"].sum()),
            total=int(tables[0]["all"].sum()),
        )
        for code, tables in rows.items()
    ]
    return i18n.t("trends.summary.method", lang=look.lang, parts=i18n.clauses(parts, look.lang))


def _record(rows: dict[str, list[pd.DataFrame]], found: Series, look: Look) -> pd.DataFrame:
    """One row a bar, with the events of each group of means of transport in a column of its own."""
    return data.by_period(
        found.calendar,
        [
            (
                {"country": code, "label": look.country(code), "series": series},
                table[["all", "known", *GROUPS]].rename(columns={"all": "events", "known": "events_known"}),
            )
            for code, tables in rows.items()
            for table, series in zip(tables, (data.SEIZURES, data.BESIDE), strict=True)
        ],
    )


def _table(
    rows: dict[str, list[pd.DataFrame]], words: dict[str, str], found: Series, look: Look
) -> pd.DataFrame:
    """One row for each country, quarter and series."""
    lines = []
    for code, tables in rows.items():
        for table, series in zip(tables, ("captagon", "unstated"), strict=True):
            for start, row in table.iterrows():
                lines.append(
                    {
                        look.t("column.country"): look.country(code),
                        look.t("column.period"): found.calendar.name(pd.Timestamp(str(start)), look.lang),
                        look.t("column.series"): look.t(f"trend.{series}"),
                        look.t("column.events_counted"): int(row["all"]),
                        i18n.t("trends.column.known", lang=look.lang): int(row["known"]),
                        **{words[name]: int(row[name]) for name in GROUPS},
                    }
                )
    return pd.DataFrame(lines)
