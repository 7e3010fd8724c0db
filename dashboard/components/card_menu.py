"""The small menu of a card: its picture, its data. assets/pictures.js makes the pictures in the browser."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.still import Still
from dashboard.i18n import DEFAULT, t

WITHOUT_SVG = frozenset({"map", "strip-map", "sites-map"})
"""Drawn by the graphics card: an SVG of it would be a picture in a wrapper."""


def card_menu(name: str, lang: str = DEFAULT, asked: str = "") -> Any:
    """PNG, SVG and CSV of the card `name`, as far as it has them.

    `asked`: what the data follow beside the filters in the address, such as `country=IQ` on its page.
    """
    from dashboard.export.charts import offered  # noqa: PLC0415  pages that offer data use this menu

    formats = ("png",) if name in WITHOUT_SVG else ("png", "svg")
    items: list[Any] = [
        html.Button(
            t(f"picture.{kind}", lang=lang),
            type="button",
            className="js-picture",
            **{
                "data-format": kind,
                "data-card": name,
                "data-source": t("picture.source", lang=lang),
                "data-failed": t("picture.failed", lang=lang),
            },
        )
        for kind in formats
    ]
    if offered(name):
        path = f"/export/chart/{name}.csv"
        items.append(
            html.A(t("picture.csv", lang=lang), href=path, **{"data-export": path, "data-extra": asked})
        )
    label = t("picture.menu", lang=lang, card=t(f"card.{name}", lang=lang))
    menu = html.Details(
        [
            html.Summary(html.Span("⋯", **{"aria-hidden": "true"}), title=label, **{"aria-label": label}),
            html.Ul([html.Li(item) for item in items]),
        ],
        className="card-menu",
    )
    return Still(menu)
