"""The page of official totals, put together from its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from dash import dcc, html

from dashboard.components import reading
from dashboard.filters import Filters
from dashboard.i18n import DEFAULT, day, listed, t
from dashboard.labels import country
from dashboard.reconcile import words
from dashboard.reconcile.bar import bar
from dashboard.reconcile.bundles import Bundle
from dashboard.reconcile.choice import Choice, Held, choose
from dashboard.reconcile.issuers import Beside, issuer_of
from dashboard.reconcile.links import PATH, records_href
from dashboard.reconcile.ours import Compared
from dashboard.reconcile.totals import Total
from dashboard.release import Snapshot

MOST_SOURCES = 4


def body(filters: Filters, snapshot: Snapshot, lang: str = DEFAULT) -> list[Any]:
    """Everything below the title for one state of the filters."""
    choice = choose(filters, snapshot)
    machine = filters.with_machine_read()
    official, outlets = choice.official, choice.outlets
    if not official.all and not outlets.all:
        return [html.P(t("totals.none", lang=lang), className="empty"), *_elsewhere(choice, lang)]
    return [
        html.P(_counts(official, outlets, lang), className="totals__counts"),
        html.P(t("totals.others_ignored", lang=lang), className="totals__note") if choice.ignored else None,
        _compared(official, lang, machine=machine),
        _beside(choice.beside, lang) if choice.beside else None,
        _not_comparable(official.rest, lang, machine=machine) if official.rest else None,
        _section("bundles", [_bundles(official.bundles, lang)], lang) if official.bundles else None,
        _by_outlets(outlets, lang, machine=machine) if outlets.all else None,
        *_elsewhere(choice, lang),
        html.P(_basis(filters, snapshot, lang), className="source-line"),
    ]


def _counts(official: Held, outlets: Held, lang: str) -> str:
    """How many official totals there are and what they are held against; those of outlets come after."""
    counts = t(
        "totals.counts",
        lang=lang,
        all=official.all,
        compared=len(official.inside) + len(official.outside),
        bundles=len(official.bundles),
        rest=len(official.rest),
    )
    return f"{counts} {t('totals.by_outlets_n', lang=lang, n=outlets.all)}" if outlets.all else counts


def _basis(filters: Filters, snapshot: Snapshot, lang: str) -> list[Any]:
    query = filters.to_query()
    address = f"/export/reconciliation.csv{'?' + query if query else ''}"
    return [
        t("totals.data_to", lang=lang, day=day(snapshot.data_complete_to, lang)),
        " ",
        html.A(t("totals.csv", lang=lang), href=address, className="totals__csv"),
        " · ",
        html.A(
            t("totals.xlsx_hint", lang=lang), href=f"{address}{'&' if query else '?'}for=excel",
        ),
    ]  # fmt: skip


def _section(name: str, parts: Sequence[Any], lang: str) -> Any:
    heading = f"totals-{name.replace('_', '-')}"
    return html.Section(
        [
            html.H2(t(f"totals.{name}", lang=lang), id=heading),
            html.P(t(f"totals.{name}_sub", lang=lang), className="totals__sub"),
            *parts,
        ],
        className="totals__section",
        **{"aria-labelledby": heading},
    )


def _compared(official: Held, lang: str, *, machine: bool) -> Any:
    parts: list[Any] = []
    if not official.inside:
        parts = [
            _heading("in_period", lang),
            html.P(t("totals.none_in_period", lang=lang), className="muted"),
        ]
    return _section("compared", [*parts, *_by_period(official, lang, machine=machine)], lang)


def _by_outlets(outlets: Held, lang: str, *, machine: bool) -> Any:
    """All that outlets give, in a section of their own: no official body is named as the issuer."""
    parts = _by_period(outlets, lang, machine=machine)
    if outlets.rest:
        parts += [_heading("not_comparable", lang), *_folds(outlets.rest, lang, machine=machine)]
    if outlets.bundles:
        parts += [_heading("bundles", lang), _bundles(outlets.bundles, lang)]
    return _section("by_outlets", parts, lang)


def _heading(name: str, lang: str) -> Any:
    return html.H3(t(f"totals.{name}", lang=lang), className="totals__when")


def _by_period(held: Held, lang: str, *, machine: bool) -> list[Any]:
    parts: list[Any] = []
    for name, found in (("in_period", held.inside), ("out_of_period", held.outside)):
        if found:
            parts += [_heading(name, lang), *_by_country(found, lang, machine=machine)]
    return parts


def _by_country(found: Sequence[Compared], lang: str, *, machine: bool) -> list[Any]:
    parts: list[Any] = []
    for code, own in groupby(found, key=lambda one: one.total.country):
        rows = [_row(one, lang, machine=machine) for one in own]
        parts.append(
            html.Div(
                [
                    html.H4(country(code, lang), className="totals__country"),
                    html.Ul(rows, className="totals"),
                ],
                className="totals__group",
            )
        )
    return parts


def _row(one: Compared, lang: str, *, machine: bool) -> Any:
    total = one.total
    return html.Li(
        [
            html.Div(
                [
                    html.P([words.period(total, lang), _own_link(total, lang)], className="total__when"),
                    html.P(words.stated_amount(total, lang), className="total__amount"),
                    html.P(
                        [
                            html.B(html.Bdi(words.issuer(total, lang))),
                            " · ",
                            *_scope(total, lang),
                        ],
                        className="total__who",
                    ),
                    html.P(_told(total, lang), className="total__told"),
                ]
            ),
            html.Div(
                [
                    chip(one.label, lang),
                    reading.mark(lang) if total.machine else None,
                    bar(one, lang),
                    html.P(words.answer(one, lang), className="total__answer"),
                    html.P(" ".join(words.details(one, lang)), className="total__details"),
                    html.P(_ways(one, lang, machine=machine), className="total__ways"),
                ]
            ),
        ],
        id=total.aggregate_id,
        className=f"total total--{one.label}",
    )


def chip(label: str, lang: str = DEFAULT) -> Any:
    """The label of a total."""
    return html.Span(t(f"totals.label.{label}", lang=lang), className=f"verdict verdict--{label}")


def _own_link(total: Total, lang: str) -> Any:
    return html.A(
        "#",
        href=f"#{total.aggregate_id}",
        className="total__link",
        title=t("totals.link", lang=lang),
        **{"aria-label": t("totals.link", lang=lang)},
    )


def _told(total: Total, lang: str) -> list[Any]:
    said = (
        [t("totals.said_on", lang=lang, day=words.day(total.said_on, lang)), " · "] if total.said_on else []
    )
    return [*said, *sources(total, lang)]


def sources(total: Total, lang: str = DEFAULT) -> list[Any]:
    """Links to the pages that carry a total."""
    if not total.sources:
        return [t("totals.no_sources", lang=lang)]
    links: list[Any] = []
    for i, url in enumerate(total.sources[:MOST_SOURCES], start=1):
        text = t("official.source", lang=lang, n=i) if i == 1 else str(i)
        links += [
            t("list.comma", lang=lang) if i > 1 else "",
            html.A(text, href=url, rel="noopener noreferrer", target="_blank"),
        ]
    return links


def _ways(one: Compared, lang: str, *, machine: bool) -> list[Any]:
    """The rows behind a total: its events, and those that could belong, each by its list."""
    ours = one.ours
    if ours is None:
        return []
    links = [
        dcc.Link(
            t("totals.records", lang=lang, n=len(ours.ids)), href=records_href(one.total, machine=machine)
        )
    ]
    for reason, listing, key in (
        ("coarse", "undecided", "could_link"),
        ("undated", "undated", "undated_link"),
    ):
        if found := ours.could.get(reason):
            href = records_href(one.total, listing=listing, machine=machine)
            links.append(dcc.Link(t(f"totals.{key}", lang=lang, n=len(found)), href=href))
    return [part for i, link in enumerate(links) for part in ((" · ", link) if i else (link,))]


def _scope(total: Total, lang: str) -> list[Any]:
    """What the total counts, in the words of its source; in another language first by its codes."""
    said = html.Bdi(total.scope, dir="auto", lang=DEFAULT)
    if lang == DEFAULT:
        return [said]
    return [html.Span(words.covers(total, lang)), " ", html.Small(said, className="muted")]


def _beside(found: Sequence[Beside], lang: str) -> Any:
    groups = [
        html.Div(
            [
                html.H3(html.Bdi(words.issuer(_body(group), lang)), className="beside__issuer"),
                html.Ol([_side(total, lang) for total in group.totals], className="side-by-side"),
                html.P(words.beside_said(group, lang)),
            ],
            className="totals__beside",
        )
        for group in found
    ]
    return _section("besides", groups, lang)


def _body(group: Beside) -> Total:
    """The total that names the body itself, where departments of it are among the issuers."""
    first = group.totals[0]
    return replace(first, issuer=issuer_of(first))


def _side(total: Total, lang: str) -> Any:
    return html.Li(
        [
            html.Span(words.period(total, lang), className="total__when"),
            html.B(words.stated_amount(total, lang)),
            *_scope(total, lang),
            html.Span(html.Bdi(words.issuer(total, lang)), className="muted")
            if issuer_of(total) != total.issuer
            else None,
            html.Span(_told(total, lang), className="total__told"),
        ]
    )


def _not_comparable(found: Sequence[Compared], lang: str, *, machine: bool) -> Any:
    return _section("not_comparable", _folds(found, lang, machine=machine), lang)


def _folds(found: Sequence[Compared], lang: str, *, machine: bool) -> list[Any]:
    """One list a country, folded: there are many of these, and a reader looks for those of one country."""
    groups = [(code, list(own)) for code, own in groupby(found, key=lambda one: one.total.country)]
    groups.sort(key=lambda group: (not group[0], -len(group[1])))
    return [_fold(code, own, lang, machine=machine) for code, own in groups]


def _fold(code: str, found: Sequence[Compared], lang: str, *, machine: bool) -> Any:
    """The totals of a country that are not comparable; assets/official.js opens it for the link to one."""
    heads = ("covers", "period", "amount", "reason", "events", "sources")
    name = country(code, lang) if code else t("totals.where_unknown", lang=lang)
    differ = Counter(of for one in found for of in dict.fromkeys(reason.of for reason in one.reasons))
    reasons = [f"{t(f'totals.of.{of}', lang=lang)} {n}" for of, n in differ.most_common()]
    return html.Details(
        [
            html.Summary(
                [
                    html.B(name, className="totals__fold-name"),
                    html.Span(t("totals.fold", lang=lang, n=len(found)), className="totals__fold-n"),
                    html.Span(
                        t("totals.fold_reasons", lang=lang, reasons=listed(reasons, lang)), className="muted"
                    ),
                ]
            ),
            _table(heads, [_rest_row(one, lang, machine=machine) for one in found], lang, even=True),
        ],
        className="totals__fold",
    )


def _rest_row(one: Compared, lang: str, *, machine: bool) -> Any:
    total = one.total
    return html.Tr(
        [
            html.Td(
                [
                    html.B(html.Bdi(words.issuer(total, lang))),
                    _own_link(total, lang),
                    html.Br(),
                    *_scope(total, lang),
                    reading.mark(lang) if total.machine else None,
                ],
                **_named("covers", lang),
            ),
            html.Td(words.period(total, lang), **_named("period", lang)),
            html.Td(words.stated_amount(total, lang), **_named("amount", lang)),
            html.Td(
                html.Ul([html.Li(words.reason(reason, lang)) for reason in one.reasons]),
                **_named("reason", lang),
            ),
            html.Td(_there(one, lang, machine=machine), **_named("events", lang)),
            html.Td(html.Div(sources(total, lang)), **_named("sources", lang)),
        ],
        id=total.aggregate_id,
    )


def _there(one: Compared, lang: str, *, machine: bool) -> Any:
    """The seizures of the same country and period, as far as the total states them."""
    total = one.total
    if not total.country and (total.start is None or total.end is None):
        return "–"
    return dcc.Link(t("totals.see", lang=lang), href=records_href(total, machine=machine))


def _bundles(found: Sequence[Bundle], lang: str) -> Any:
    heads = ("announcement", "said_on", "amount", "parts", "outcome", "sources")
    rows = [
        html.Tr(
            [
                html.Td(
                    [
                        html.B(html.Bdi(words.issuer(one.total, lang))),
                        html.Br(),
                        *_scope(one.total, lang),
                    ],
                    **_named("announcement", lang),
                ),
                html.Td(
                    words.day(one.total.said_on, lang) or words.period(one.total, lang),
                    **_named("said_on", lang),
                ),
                html.Td(words.stated_amount(one.total, lang), **_named("amount", lang)),
                html.Td(html.Div(_parts(one, lang)), **_named("parts", lang)),
                html.Td(
                    [
                        html.Span(
                            t(f"totals.outcome.{one.label}", lang=lang),
                            className=f"verdict verdict--{one.label}",
                        ),
                        html.Span(words.bundle_said(one, lang), className="totals__said"),
                    ],
                    **_named("outcome", lang),
                ),
                html.Td(html.Div(sources(one.total, lang)), **_named("sources", lang)),
            ],
            id=one.total.aggregate_id,
        )
        for one in found
    ]
    return _table(heads, rows, lang)


def _parts(one: Bundle, lang: str) -> list[Any]:
    """Links to the events of an announcement; what it does not break out comes last."""
    ids = [*one.parts, *([one.rest] if one.rest else [])]
    links: list[Any] = []
    for i, event_id in enumerate(ids):
        link = dcc.Link(event_id, href=f"/event/{event_id}", className="nowrap")
        links += [t("list.comma", lang=lang) if i else "", link]
    if one.rest and one.parts:
        links.append(f" {t('totals.the_rest', lang=lang)}")
    return links


def _named(name: str, lang: str) -> dict[str, str]:
    """On a phone each cell stands under the name of its column."""
    return {"data-label": t(f"totals.column.{name}", lang=lang)}


def _table(heads: Sequence[str], rows: Sequence[Any], lang: str, *, even: bool = False) -> Any:
    """`even`: with columns of set widths, for tables under each other."""
    head = html.Tr([html.Th(t(f"totals.column.{name}", lang=lang), scope="col") for name in heads])
    look = "table totals__table" + (" totals__table--even" if even else "")
    return html.Table([html.Thead(head), html.Tbody(list(rows))], className=look)


def _elsewhere(choice: Choice, lang: str) -> list[Any]:
    if not choice.elsewhere:
        return []
    everything = Filters(scope="all", since="all").to_query()
    return [
        html.P(
            [
                t("totals.elsewhere", lang=lang, n=choice.elsewhere),
                " ",
                html.A(t("totals.show_all", lang=lang), href=f"{PATH}?{everything}", className="js-state"),
            ],
            className="totals__note",
        )
    ]
