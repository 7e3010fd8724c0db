"""Method, caveats, how to cite and where to report an error: `/about`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import dash
from dash import dcc, html

from dashboard.asked import language
from dashboard.citation import cite_release, report_error
from dashboard.components.failure import failing_softly
from dashboard.content import markdown
from dashboard.i18n import t
from dashboard.watcher import current


@failing_softly
def layout(**_query: str) -> Any:
    """The method text with a table of contents; Markdown without HTML, so no text can bring a script."""
    snapshot, lang = current(), language()
    parts = sections(markdown("method", lang))
    contact = report_error("", snapshot, lang)
    end = [
        html.Section(
            [
                html.H2(t("about.cite", lang=lang), id="cite"),
                html.P(cite_release(snapshot, datetime.now(UTC).date(), lang)),
            ]
        ),
        html.Section(
            [
                html.H2(t("about.errors", lang=lang), id="errors"),
                html.P(t("about.errors_text", lang=lang)),
                html.P(html.A(t("about.errors_link", lang=lang), href=contact, rel="noopener"))
                if contact
                else html.P(t("about.errors_local", lang=lang)),
            ]
        ),
        html.Section(
            [
                html.H2(t("about.licence", lang=lang), id="licence"),
                html.P(t("about.licence_text", lang=lang)),
            ]
        ),
    ]
    toc = [(anchor, title) for anchor, title, _ in parts]
    toc += [(name, t(f"about.{name}", lang=lang)) for name in ("cite", "errors", "licence")]
    return html.Div(
        [
            html.Nav(
                html.Ul([html.Li(html.A(title, href=f"#{anchor}")) for anchor, title in toc]),
                className="prose__contents",
                **{"aria-label": t("about.contents", lang=lang)},
            ),
            html.Article(
                [
                    html.H1(t("about.title", lang=lang)),
                    html.P(t("caveat", lang=lang), className="prose__lead"),
                ]
                + [
                    html.Section([html.H2(title, id=anchor), dcc.Markdown(text, className="prose__text")])
                    for anchor, title, text in parts
                ]
                + end
                + [html.P(dcc.Link(t("about.to_dictionary", lang=lang), href="/dictionary"))],
                className="prose__body",
            ),
        ],
        className="page prose",
    )


def sections(text: str) -> list[tuple[str, str, str]]:
    """The `##` sections of a Markdown text as (anchor, title, body)."""
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        anchor = re.sub(r"[^\w]+", "-", title.strip().lower()).strip("-")
        found.append((anchor, title.strip(), body.strip()))
    return found


dash.register_page(__name__, path="/about", name="about", order=8, in_nav=True, layout=layout)
