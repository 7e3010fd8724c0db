"""Lists of the overview: the largest single seizures, what is known to the country only, official totals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import dcc, html

from dashboard.components import reading
from dashboard.figures.largest import READ, Line, largest
from dashboard.figures.map import MapView
from dashboard.figures.official import Official, Total, official_totals
from dashboard.figures.view import Look
from dashboard.filters import MAX_IDS, Filters
from dashboard.i18n import DEFAULT, listed, t
from dashboard.labels import labeller
from dashboard.reconcile.links import total_href
from dashboard.reconcile.ours import Compared, compare
from dashboard.reconcile.totals import Total as Published
from dashboard.reconcile.totals import totals
from dashboard.reconcile.words import covers, label
from dashboard.release import Snapshot, machine_read, per_release
from dashboard.selection import Selection, spoken

MOST_SOURCES = 3


def largest_table(selection: Selection, seen: Look) -> Any:
    """The largest single seizures, each a link to its page; pills of unstated kind are marked."""
    found = largest(spoken(selection.filters, selection.snapshot, seen.lang).lean("drawn", READ), seen)
    if not found.lines:
        return html.P(found.summary, className="card__sub")
    head = [t(f"largest.{name}", lang=seen.lang) for name in ("date", "place", "tablets", "outlets")]
    return [
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(text, scope="col", className="num" if i == 2 else "")
                            for i, text in enumerate(head)
                        ]
                    )
                ),
                html.Tbody([_largest_row(line, seen) for line in found.lines]),
            ],
            className="table table--cards",
        ),
        html.P(found.summary, className="card__foot"),
    ]


def _largest_row(line: Line, seen: Look) -> Any:
    marks = [html.Span(mark, className="differ") for mark in line.marks]
    if line.machine_read:
        marks.insert(0, reading.mark(seen.lang))
    home = seen.country(line.country)
    where = home if line.place in {"", home} else listed([line.place, home], seen.lang)
    hatch = [html.I(className="hatch")] if line.unstated_kind else []
    return html.Tr(
        [
            html.Td(line.date, className="nowrap muted"),
            html.Td(
                [
                    *hatch,
                    dcc.Link(where, href=f"/event/{line.event_id}"),
                    *(part for m in marks for part in (" ", m)),
                ]
            ),
            html.Td(line.amount, className="num"),
            html.Td(_told_by(line, seen), className="muted"),
        ]
    )


def _told_by(line: Line, seen: Look) -> str:
    """By how many outlets and, where it says more, independent origins: never "confirmed" (1.11)."""
    outlets = t("largest.n_outlets", lang=seen.lang, n=line.n_outlets)
    if line.n_origins in {1, line.n_outlets}:
        return outlets
    return listed([outlets, t("largest.n_origins", lang=seen.lang, n=line.n_origins)], seen.lang)


def official_list(selection: Selection, snapshot: Snapshot, seen: Look) -> Any:
    """Published totals for the countries and the period shown, with their sources."""
    machine = selection.filters.with_machine_read()
    start = _first_end(totals(snapshot), selection.span.start)
    found = _official(snapshot, selection.filters.countries(), start, machine=machine, lang=seen.lang)
    own = {total.aggregate_id: total for total in totals(snapshot)}
    rows = [
        _official_row(line, compare(own[line.aggregate_id], snapshot, machine=machine), seen)
        for line in found.lines
    ]
    return [
        html.Ul(rows, className="official") if rows else "",
        html.P(found.summary, className="card__foot"),
    ]


def _first_end(published: Sequence[Published], start: date | None) -> date | None:
    """The earliest end of a period not before `start`: the same totals stand from there as from it."""
    ends = [total.end for total in published if start and total.end and total.end >= start]
    return min(ends, default=start)


@per_release(128)
def _official(
    snapshot: Snapshot, countries: tuple[str, ...], start: date | None, *, machine: bool, lang: str
) -> Official:
    """The totals of a list, kept: of all filters only these make a difference to them."""
    rows = snapshot.aggregates if machine else snapshot.aggregates[~machine_read(snapshot.aggregates)]
    return official_totals(
        rows, Look(lang=lang, label=labeller(snapshot, lang)), countries=countries, start=start
    )


def _official_row(line: Total, held: Compared, seen: Look) -> Any:
    """Amount, who said it, and of what: the scope in the curator's words (drug, territory, period).

    `held`: how much of it can be traced, which the link shows in full.
    """
    links: list[Any] = []
    for i, url in enumerate(line.source_urls[:MOST_SOURCES], start=1):
        text = t("official.source", lang=seen.lang, n=i) if i == 1 else str(i)
        links += [
            " " if i == 1 else t("list.comma", lang=seen.lang),
            html.A(text, href=url, rel="noopener noreferrer", target="_blank"),
        ]
    later = (
        [" · ", html.Span(t("official.superseded", lang=seen.lang), className="muted")]
        if line.superseded
        else []
    )
    if line.machine_read:
        later = [" ", reading.mark(seen.lang), *later]
    what = line.scope
    if seen.lang != DEFAULT or not what:  # the words of the scope are in English
        what = listed([covers(held.total, seen.lang), line.period], seen.lang)
    return html.Li(
        [
            html.Span(
                [
                    dcc.Link(line.amount, href=total_href(held.total)),
                    html.Span(label(held, seen.lang), className="official__traced"),
                ],
                className="official__amount",
            ),
            html.Span(
                [html.B(line.issuer), " · ", html.Bdi(what), *later, " · ", *links],
                className="official__what",
            ),
        ]
    )


def beside_map(view: MapView, filters: Filters, seen: Look) -> Any:
    """Events that no map can show: known to their country only. Each entry chooses its events."""
    if not view.beside:
        return None
    items = []
    for entry in view.beside:
        chosen = Filters(**{**vars(filters), "ids": entry.event_ids[:MAX_IDS], "ignored": ()})
        items.append(
            html.Li(
                html.A(
                    [entry.name, " ", html.B(f"{entry.n:,}")],
                    href="?" + chosen.to_query(),
                    className="js-state",
                )
            )
        )
    return [html.Span(t("card.country_only", lang=seen.lang), className="beside__title"), html.Ul(items)]
