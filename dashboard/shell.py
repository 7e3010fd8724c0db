"""The frame of every page: header, navigation, theme, footer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html

from dashboard import release, status, watcher
from dashboard.asked import language
from dashboard.components import charts, filterbar
from dashboard.i18n import DEFAULT, day, direction, languages, moment, t
from dashboard.plain import plain

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


def layout() -> Any:
    """Built for each load, so that the footer names the release in force."""
    lang, theme = language(), charts.theme_of_request()
    return dmc.DirectionProvider(_frame(lang, theme), direction=direction(lang))


def _frame(lang: str, theme: str) -> Any:
    return dmc.MantineProvider(
        id="provider",
        forceColorScheme=theme,
        theme={"fontFamily": "inherit", "headings": {"fontFamily": "inherit"}, "primaryColor": "teal"},
        children=dmc.DatesProvider(_parts(lang, theme), settings=WEEK.get(lang, {"locale": lang})),
    )


WEEK: Mapping[str, Any] = MappingProxyType(
    {"ar": {"locale": "ar", "firstDayOfWeek": 6, "weekendDays": [5, 6]}}  # Saturday; Friday and Saturday
)
"""Languages whose calendar differs from Mantine's own; the names are in assets/locale-<lang>.js."""


def _parts(lang: str, theme: str) -> list[Any]:
    return [
        html.A(t("nav.skip", lang=lang), href="#main", className="skip-link"),
        dcc.Store(id="theme", data=theme),
        html.Header(_header(lang), className="site-header"),
        html.Div(
            id="news",
            className="news",
            role="status",
            **{"data-text": t("news.text", lang=lang), "data-reload": t("news.reload", lang=lang)},
        ),
        html.Aside(id="pinned", className="pinned", **{"aria-label": t("pin.label", lang=lang)}),
        *stale_banner(status.current(), datetime.now(UTC), lang),
        html.Main(dash.page_container, id="main", className="site-main", tabIndex="-1"),
        html.Footer(_footer(lang), className="site-footer"),
    ]


def stale_banner(told: status.Status, now: datetime, lang: str = DEFAULT) -> list[Any]:
    """Says on every page that the collection is behind; nothing where it is not, or where none ever ran."""
    if not told.stale(now):
        return []
    last = told.refresh.last_ok
    text = t("stale.text", lang=lang, when=moment(last, lang)) if last else t("stale.never", lang=lang)
    more = dcc.Link(t("stale.more", lang=lang), href="/status")
    return [html.Div(html.P([text, " ", more]), className="stale", role="status")]


def _header(lang: str) -> list[Any]:
    links = [
        dcc.Link(
            t(f"nav.{page['name']}", lang=lang),
            href=page["path"],
            id={"type": "carry", "path": page["path"]},
            className="site-nav__link",
        )
        for page in dash.page_registry.values()
        if page.get("in_nav", False)
    ]
    return [
        html.Div(
            [
                dcc.Link(
                    [t("site.name", lang=lang), html.Span(": " + t("site.kicker", lang=lang))],
                    href="/",
                    className="site-name",
                ),
                html.Nav(links, className="site-nav", **{"aria-label": t("nav.label", lang=lang)}),
                _digits(lang),
                _other_language(lang),
                html.Button(
                    html.Span(className="theme-glyph", **{"aria-hidden": "true"}),
                    id="theme-switch",
                    className="icon-button",
                    title=t("theme.switch", lang=lang),
                    **{"aria-label": t("theme.switch", lang=lang)},
                ),
            ],
            className="site-header__inner",
        )
    ]


def _other_language(lang: str) -> Any:
    """A link to the same view in the other language; assets/sticky.js gives it the address of the moment."""
    other = next(name for name in languages() if name != lang)
    return html.A(
        t("language.name", lang=other),
        href="/" if other == DEFAULT else f"/?lang={other}",
        lang=other,
        hrefLang=other,
        className="site-language js-language",
        **{"data-lang": other, "data-default": DEFAULT, "aria-label": t("language.switch", lang=other)},
    )


def _digits(lang: str) -> Any:
    """The switch between 0-9 and the Arabic digits, in Arabic alone; assets/digits.js does the work."""
    if lang != "ar":
        return None
    samples = [
        html.Span(
            sample, className=f"digits digits--{name}", title=t("digits.switch", lang=lang, sample=sample)
        )
        for name, sample in DIGITS.items()
    ]
    return html.Button(samples, id="digits-switch", className="icon-button", **{"data-digits": "keep"})


DIGITS: Mapping[str, str] = MappingProxyType({"arab": "٠١٢", "latn": "012"})
"""What the switch shows of each kind of digits: those that a click would bring."""


def _footer(lang: str) -> list[Any]:
    try:
        snapshot = watcher.current()
        facts = t("footer.release", lang=lang, label=snapshot.label, day=day(snapshot.data_complete_to, lang))
    except release.ReleaseError as error:
        facts = t("error.no_release", lang=lang, problem=plain(str(error)))
    return [
        html.P(t("caveat", lang=lang), className="site-footer__caveat"),
        html.P(
            [
                html.Span(facts),
                " · ",
                html.A(t("footer.licence", lang=lang), href=LICENCE_URL, rel="license noopener"),
                " · ",
                dcc.Link(t("footer.about", lang=lang), href="/about"),
                " · ",
                dcc.Link(t("footer.status", lang=lang), href="/status"),
                " · ",
                dcc.Link(t("nav.new", lang=lang), href="/new"),
            ]
        ),
    ]


def register() -> None:
    """Client-side callbacks of the frame and of the filters."""
    filterbar.register()
    clientside_callback(
        ClientsideFunction("theme", "toggle"),
        Output("theme", "data"),
        Output("provider", "forceColorScheme"),
        Input("theme-switch", "n_clicks"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("state", "current"),
        Output("main", "title"),
        Input("_pages_location", "pathname"),
    )
