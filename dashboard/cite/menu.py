"""The link menu of the filter bar: this view in the newest release, or pinned to the release in hand."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.components.still import Still
from dashboard.i18n import DEFAULT, t
from dashboard.release import Snapshot


def link_menu(snapshot: Snapshot, lang: str = DEFAULT, *, up: bool = False) -> Any:
    """Two buttons with what each link does; assets/cite.js copies them.

    `up`: the menu opens upwards, from the bar at the foot of a phone.
    """
    menu = html.Details(
        [
            html.Summary(t("link.menu", lang=lang), className="button button--plain"),
            html.Div(
                [
                    html.Button(
                        t("link.view", lang=lang),
                        className="menu__choice js-share",
                        type="button",
                        **{"data-copied": t("link.copied", lang=lang)},
                    ),
                    html.P(t("link.view_hint", lang=lang)),
                    pin_button(snapshot, lang),
                    html.P(t("link.pin_hint", lang=lang)),
                    html.P(dcc.Link(t("link.new", lang=lang), href="/new"), className="menu__last"),
                ],
                className="menu__panel",
            ),
        ],
        className="menu menu--up" if up else "menu",
    )
    return Still(menu)


def pin_button(snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """Copies the address of the moment, pinned to this release."""
    return html.Button(
        t("link.pin", lang=lang, release=snapshot.label),
        className="menu__choice js-pin",
        type="button",
        **{
            "data-release": snapshot.label,
            "data-copied": t("link.copied_pinned", lang=lang),
        },
    )
