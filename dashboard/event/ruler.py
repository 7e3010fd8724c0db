"""Where a seizure lies along the Iraq-Syria border: a ruler, north on top, Syria left, Iraq right."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.event.versions import number, plain
from dashboard.i18n import t
from geo import border

TICK_KM = 100
FAR_KM = 100.0  # farther away, the nearest point of the line says nothing of the seizure
LEAST_BAR = 1.2  # per cent of the ruler; a point must stay visible


def ruler(event: pd.Series, lang: str = "en") -> Any | None:
    """The ruler, None for a seizure far from the line or without a position along it."""
    away = number(event["border_distance_low_km"])
    if away is None or away > FAR_KM:
        return None
    low, high = number(event["border_km_low"]), number(event["border_km_high"])
    km = number(event["border_km"])
    if low is None or high is None:
        if km is None:
            return None
        low = high = km
    side = "sy" if event["border_side"] == "SY" else "iq"
    length = border.length_km()
    height = max(LEAST_BAR, 100 * (high - low) / length)
    top = min(max(0.0, 100 * (low + high) / 2 / length - height / 2), 100 - height)
    ticks = [
        html.Span(f"{at}", className="ruler__tick", style={"top": f"{100 * at / length:.2f}%"})
        for at in range(0, int(length) + 1, TICK_KM)
    ]
    names = [
        html.Span(
            crossing.name_ar if lang == "ar" else crossing.name,
            className="ruler__crossing",
            style={"top": f"{100 * crossing.km / length:.2f}%"},
        )
        for crossing in border.crossings()
        if crossing.official
    ]
    bar = html.Span(
        className=f"ruler__bar ruler__bar--{side}", style={"top": f"{top:.2f}%", "height": f"{height:.2f}%"}
    )
    drawing = html.Div(
        [html.Div(className="ruler__line"), *ticks, *names, bar], className="ruler__drawing", **HIDDEN
    )
    heads = html.Div(
        [
            html.Span(t("event.ruler.syria", lang=lang)),
            html.Span(t("event.ruler.km", lang=lang)),
            html.Span(t("event.ruler.iraq", lang=lang)),
        ],
        className="ruler__heads",
        **HIDDEN,
    )
    return html.Div(
        [html.P(sentence(event, lang), className="ruler__text"), heads, drawing], className="ruler"
    )


HIDDEN = {"aria-hidden": "true"}


def sentence(event: pd.Series, lang: str = "en") -> str:
    """The position and the distance in words, with their uncertainty."""
    parts = []
    distance, least, most = (number(event[f"border_distance{end}_km"]) for end in ("", "_low", "_high"))
    if least is not None and least <= FAR_KM:
        km, low, high = (number(event[f"border_km{end}"]) for end in ("", "_low", "_high"))
        if km is not None:
            parts.append(t("event.ruler.at", lang=lang, km=plain(round(km))))
        if low is not None and high is not None and high - low >= 1:
            ends = {"low": plain(round(low)), "high": plain(round(high))}
            parts.append(t("event.ruler.between", lang=lang, **ends))
    if least is not None and most is not None and round(most) > round(least):
        ends = {"low": plain(round(least)), "high": plain(round(most))}
        parts.append(t("event.ruler.away_range", lang=lang, **ends))
    elif distance is not None:
        parts.append(t("event.ruler.away", lang=lang, km=plain(round(distance))))
    return " ".join(parts)
