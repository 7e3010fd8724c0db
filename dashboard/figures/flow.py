"""Routes as a flow chart: origin, where seized, destination, with the number of events behind each band."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.figures.template import SMALL, Sketch, empty, halo, rgba
from dashboard.figures.view import Look, View
from dashboard.routes.ends import (
    IMPLIED,
    NOT_STATED,
    OTHER_WORDS,
    REGION,
    REST,
    SEVERAL,
    STATED,
    Band,
    Journey,
    bands,
    gathered,
    is_country,
)

_ROW, _LEAST = 34, 300  # px


def end_name(end: str, look: Look) -> str:
    """The reader's word for an end of a route."""
    if end.startswith(REGION):
        words = end.removeprefix(REGION)
        key = f"routes.region.{words.lower().replace(' ', '_')}"
        return i18n.t(key, lang=look.lang) if i18n.has(key, look.lang) else words
    if end in {NOT_STATED, SEVERAL, OTHER_WORDS, REST}:
        return i18n.t(f"routes.end.{end or 'not_stated'}", lang=look.lang)
    return look.country(end)


def flow_figure(found: tuple[Journey, ...], look: Look) -> View:
    """The flow chart of the ways that state an origin or a destination.

    Those that state neither are in the matrix and counted in the note: they would bury all others.
    """
    told = tuple(one for one in found if one.origin != NOT_STATED or one.destination != NOT_STATED)
    silent = len(found) - len(told)
    if not told:
        text = i18n.t("routes.none", lang=look.lang)
        return View(empty(look.palette, 120, text), text, pd.DataFrame, 0, len(found))
    shown = bands(gathered(told))
    nodes = _nodes(shown)
    columns = [sum(column == one for column, _ in nodes) for one in range(3)]
    sketch = Sketch(look.palette, max(_LEAST, _ROW * max(columns) + 40))
    sketch.add_trace(_sankey(shown, nodes, look))
    for x, key, anchor in ((0, "origin", "left"), (0.5, "seized", "center"), (1, "destination", "right")):
        sketch.add_annotation(
            text=f"<b>{i18n.t(f'routes.{key}', lang=look.lang)}</b>",
            x=x, y=1, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", yshift=8,
            font={"size": SMALL, "color": look.palette.muted},
        )  # fmt: skip
    sketch.update_layout(margin={"l": 4, "r": 4, "t": 34, "b": 10})
    notes = [
        i18n.t("routes.drawn", lang=look.lang, drawn=len(told), n=len(found)),
        i18n.t("routes.silent", lang=look.lang, n=silent),
        i18n.t("routes.regions", lang=look.lang),
    ]
    if any(one.implied for one in told):
        notes.append(i18n.t("routes.implied_note", lang=look.lang, n=sum(one.implied for one in told)))
    return View(
        drawing=sketch.drawing(),
        summary=_summary(shown, look),
        tabled=partial(_table, shown, look),
        drawn=len(told),
        total=len(found),
        notes=tuple(notes),
        recorded=partial(_record, shown, look),
    )


def _nodes(shown: tuple[Band, ...]) -> dict[tuple[int, str], int]:
    """(column, end) -> events through it."""
    return {
        (column, end): n
        for (column, end), n in sorted(
            _counted(shown).items(),
            key=lambda item: (item[0][0], item[0][1] == NOT_STATED, -item[1], item[0][1]),
        )
    }


def _counted(shown: tuple[Band, ...]) -> Counter[tuple[int, str]]:
    nodes: Counter[tuple[int, str]] = Counter()
    for band in shown:
        if band.leg == 0:
            nodes[0, band.start] += band.events
            nodes[1, band.end] += band.events
        else:
            nodes[2, band.end] += band.events
    return nodes


def _sankey(shown: tuple[Band, ...], nodes: dict[tuple[int, str], int], look: Look) -> dict[str, Any]:
    index = {key: i for i, key in enumerate(nodes)}
    names = [end_name(end, look) for _, end in nodes]
    return {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [f"{name} {n}" for name, n in zip(names, nodes.values(), strict=True)],
            "color": [_ink(end, look) for _, end in nodes],
            "pad": 14,
            "thickness": 12,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [index[band.leg, band.start] for band in shown],
            "target": [index[band.leg + 1, band.end] for band in shown],
            "value": [band.events for band in shown],
            "color": [_shade(band, look) for band in shown],
            "customdata": [_said(band, look) for band in shown],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"size": SMALL, "color": look.palette.ink, "shadow": halo(look.palette)},
    }


def _ink(end: str, look: Look) -> str:
    return look.palette.country(end) if is_country(end) else look.palette.unstated


def _shade(band: Band, look: Look) -> str:
    outer = band.start if band.leg == 0 else band.end
    ink = _ink(outer, look) if is_country(outer) else look.palette.unstated
    return rgba(ink, 0.14 if band.implied else 0.22 if not is_country(outer) else 0.42)


def _said(band: Band, look: Look) -> str:
    key = "routes.band_implied" if band.implied else "routes.band"
    return i18n.t(
        key, lang=look.lang, start=end_name(band.start, look), end=end_name(band.end, look), n=band.events
    )


def _summary(shown: tuple[Band, ...], look: Look) -> str:
    stated = [band for band in shown if NOT_STATED not in {band.start, band.end}][:3]
    return look.t("clause_join").join(_said(band, look) for band in stated)


def _record(shown: tuple[Band, ...], look: Look) -> pd.DataFrame:
    """One row a band. Ends are country codes, `region:` with the reports' words, or words for the others."""
    return pd.DataFrame(
        {
            "leg": ["to_seizure" if band.leg == 0 else "from_seizure" for band in shown],
            "from": [band.start or "not_stated" for band in shown],
            "from_label": [end_name(band.start, look) for band in shown],
            "to": [band.end or "not_stated" for band in shown],
            "to_label": [end_name(band.end, look) for band in shown],
            "route_basis": [IMPLIED if band.implied else STATED for band in shown],
            "events": [band.events for band in shown],
        }
    )


def _table(shown: tuple[Band, ...], look: Look) -> pd.DataFrame:
    legs = ("leg_in", "leg_out")
    basis = ("implied" if band.implied else "stated" for band in shown)
    return pd.DataFrame(
        {
            i18n.t("routes.leg", lang=look.lang): [
                i18n.t(f"routes.{legs[band.leg]}", lang=look.lang) for band in shown
            ],
            i18n.t("routes.from", lang=look.lang): [end_name(band.start, look) for band in shown],
            i18n.t("routes.to", lang=look.lang): [end_name(band.end, look) for band in shown],
            i18n.t("routes.basis", lang=look.lang): [
                i18n.t(f"routes.{one}", lang=look.lang) for one in basis
            ],
            look.t("column.events_counted"): [band.events for band in shown],
        }
    )
