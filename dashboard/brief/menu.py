"""The brief button: this view as one file, in either language."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.brief.pdf import chromium
from dashboard.components.still import Still
from dashboard.i18n import DEFAULT, languages, t


def brief_menu(lang: str = DEFAULT, *, up: bool = False) -> Any:
    """HTML and, where this machine can print, PDF; assets/state.js puts the filters and the release in.

    `up`: the menu opens upwards, from the bar at the foot of a phone.
    """
    suffixes = ("html", "pdf") if chromium() else ("html",)
    rows: list[Any] = []
    # The reader's own language first.
    for other in sorted(languages(), key=lambda one: one != lang):
        rows.append(html.Dt(t("language.name", lang=other), lang=other))
        rows.append(html.Dd([_link(other, suffix, lang) for suffix in suffixes]))
    menu = html.Details(
        [
            html.Summary(t("brief.button", lang=lang), className="button button--plain"),
            html.Div([html.P(t("brief.hint", lang=lang)), html.Dl(rows)], className="menu__panel"),
        ],
        className="menu menu--up" if up else "menu",
    )
    return Still(menu)


def _link(other: str, suffix: str, lang: str) -> Any:
    path = "/brief.pdf" if suffix == "pdf" else "/brief"
    name = t("language.name", lang=other)
    return html.A(
        t(f"brief.{suffix}", lang=lang),
        href=f"{path}?lang={other}",
        target="_blank",
        rel="noopener",
        **{
            "data-export": path,
            "data-extra": f"lang={other}",
            "data-pinned": "",
            "aria-label": t("brief.link", lang=lang, language=name, format=t(f"brief.{suffix}", lang=lang)),
        },
    )
