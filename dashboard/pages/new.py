"""What is new since a day, and the public list of corrections: `/new?since=2026-11-01`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import dash
from dash import dcc, html

from dashboard.asked import language
from dashboard.citation import base_url
from dashboard.cite.asked import Asked, asked
from dashboard.cite.compare import KINDS
from dashboard.cite.list import by_release
from dashboard.cite.recent import Recent, recent
from dashboard.cite.words import iso_day
from dashboard.components.failure import failing_softly
from dashboard.components.still import Still
from dashboard.i18n import day, t
from dashboard.labels import country
from dashboard.watcher import current

CORRECTIONS = tuple(kind for kind in KINDS if kind != "added")


@failing_softly
def layout(**query: str) -> Any:
    """The page for a query string: `since`, `country` or `scope`, `read=all`."""
    snapshot, lang = current(), language()
    wanted = asked(query, datetime.now(UTC).date())
    found = recent(snapshot, wanted.since, lang, countries=wanted.countries, machine=wanted.machine)
    fixes = recent(snapshot, date.min, lang, countries=wanted.countries, kinds=CORRECTIONS)
    return html.Div(
        [
            html.H1(t("new.title", lang=lang)),
            html.P(t("new.lead", lang=lang, day=day(wanted.since, lang)), className="new__lead"),
            _refused(wanted, lang),
            _form(wanted, lang),
            _ways(wanted, lang),
            html.Section(
                Still([_counts(found, lang), *_list(found, lang)]),
                className="new__list",
                **{"aria-label": t("new.title", lang=lang)},
            ),
            html.Section(
                [
                    html.H2(t("new.corrections", lang=lang), id="corrections"),
                    html.P(t("new.corrections_lead", lang=lang)),
                    Still(_fixed(fixes, lang)),
                    html.P(t("new.report", lang=lang), className="source-line"),
                ],
                **{"aria-labelledby": "corrections"},
            ),
        ],
        className="page new",
    )


def _refused(wanted: Asked, lang: str) -> Any:
    if not wanted.refused:
        return None
    return html.P(t("new.refused", lang=lang, text=wanted.refused), className="notice", role="status")


def _form(wanted: Asked, lang: str) -> Any:
    """A plain form: the address is the state, without a callback. assets/cite.js shows the day chosen."""
    kept = [("country", ",".join(wanted.countries)), ("read", "all" if wanted.machine else "")]
    kept.append(("lang", lang if lang != "en" else ""))
    return html.Form(
        [
            html.Label(
                [
                    t("new.since", lang=lang),
                    " ",
                    dcc.Input(
                        type="text", name="since", id="new-since", value=wanted.since.isoformat(),
                        placeholder="2026-11-01", className="new__since",
                    ),
                ]
            ),
            *(dcc.Input(type="hidden", name=name, value=value) for name, value in kept if value),
            html.Button(t("new.show", lang=lang), className="button", type="submit"),
        ],
        action="/new",
        method="get",
        className="new__form",
    )  # fmt: skip


def _ways(wanted: Asked, lang: str) -> Any:
    """The list as a link, by mail, as a feed, as a file; machine-read events in or out."""
    address = f"{base_url()}/new?{wanted.query(lang)}"
    subject = t("new.mail_subject", lang=lang, day=day(wanted.since, lang))
    mail = f"mailto:?subject={quote(subject, safe='')}&body={quote(address, safe='')}"
    feed = wanted.query(lang, dated=False)
    other = Asked(wanted.since, wanted.countries, not wanted.machine)
    said = "machine_in" if wanted.machine else "machine"
    switch = "machine_hide" if wanted.machine else "machine_show"
    only = ", ".join(country(code, lang) for code in wanted.countries)
    return html.Div(
        [
            html.Ul(
                [
                    html.Li(html.A(t("new.link", lang=lang), href=f"/new?{wanted.query(lang)}")),
                    html.Li(html.A(t("new.mail", lang=lang), href=mail)),
                    html.Li(
                        html.A(t("new.feed_link", lang=lang), href="/new.xml" + (f"?{feed}" if feed else ""))
                    ),
                    html.Li(html.A(t("new.csv", lang=lang), href="/export/changes.csv")),
                ],
                className="new__ways",
            ),
            html.P(
                [
                    f"{t('new.countries', lang=lang, countries=only)} " if only else "",
                    t(f"new.{said}", lang=lang),
                    " ",
                    html.A(t(f"new.{switch}", lang=lang), href=f"/new?{other.query(lang)}"),
                ],
                className="muted",
            ),
        ]
    )


def _counts(found: Recent, lang: str) -> Any:
    if not found.total:
        return None
    parts = [t(f"changed.count.{kind}", lang=lang, n=n) for kind, n in found.counts.items()]
    return html.P(html.B(t("changed.comma", lang=lang).join(parts)), className="new__counts")


def _list(found: Recent, lang: str) -> list[Any]:
    snapshot = current()
    parts = by_release(found.lines, lang)
    if more := found.total - len(found.lines):
        parts.append(html.P(t("changed.more", lang=lang, n=more)))
    if found.first:
        text = t("new.first", lang=lang, release=found.first.release, n=found.first.events)
        parts.append(html.P(f"{text} ({iso_day(found.first.on, lang)})"))
    if not parts:
        created = str(snapshot.package.get("created", ""))[:10]
        last = t("new.nothing_release", lang=lang, release=snapshot.label, day=iso_day(created, lang))
        parts = [html.P(f"{t('new.nothing', lang=lang)} {last if created else ''}", className="empty")]
    return parts


def _fixed(fixes: Recent, lang: str) -> list[Any]:
    if not fixes.lines:
        return [html.P(t("new.corrections_none", lang=lang))]
    parts = by_release(fixes.lines, lang)
    if more := fixes.total - len(fixes.lines):
        parts.append(html.P(t("changed.more", lang=lang, n=more)))
    return parts


dash.register_page(__name__, path="/new", name="new", order=11, in_nav=False, layout=layout)
