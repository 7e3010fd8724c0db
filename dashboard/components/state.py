"""What stands for the state of the filters: chips, notices, empty view, and the count on the buttons."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.filters import Filters
from dashboard.i18n import DEFAULT, listed, t
from dashboard.labels import labeller
from dashboard.release import Snapshot, machine_read
from dashboard.selection import Selection, relaxed
from dashboard.verdicts import CODED

_COLUMNS = {
    "country": "country",
    "admin1": "admin1_code",
    "drug": "drug",
    "precision": "place_precision",
} | CODED
_SHOWN_IN_BAR = {"scope", "since", "date_from", "date_to", "read"}


def chips(filters: Filters, snapshot: Snapshot, lang: str = DEFAULT) -> list[Any]:
    """One chip for each filter beyond those that the bar itself shows; a click takes it off."""
    return [
        html.A(
            [text, html.Span("×", className="chip__x", **{"aria-hidden": "true"})],
            href="?" + filters.without(name).to_query(),
            className="chip js-state",
            **{"aria-label": t("chip.remove", lang=lang, name=text)},
        )
        for name, text in narrowed(filters, snapshot, lang)
    ]


def narrowed(filters: Filters, snapshot: Snapshot, lang: str = DEFAULT) -> list[tuple[str, str]]:
    """Name and words of each filter beyond those that the bar itself shows."""
    names = [name for name in filters.active() if name not in _SHOWN_IN_BAR]
    return [(name, _describe(name, filters, snapshot, lang)) for name in names]


def active_count(filters: Filters) -> int:
    """Filters set beyond those that the bar itself shows."""
    return len([name for name in filters.active() if name not in _SHOWN_IN_BAR | {"q"}])


def _describe(name: str, filters: Filters, snapshot: Snapshot, lang: str) -> str:
    value = getattr(filters, name)
    if name == "ids":
        return t("chip.ids", lang=lang, n=len(value))
    if name in _COLUMNS:
        label = labeller(snapshot, lang)
        words = [
            t("filter.any_drug", lang=lang) if code == "any" else label(_COLUMNS[name], code)
            for code in value
        ]
        value = listed(words[:3], lang) + (f" +{len(words) - 3}" if len(words) > 3 else "")
    return t(f"chip.{name}", lang=lang, value=value)


def notices(filters: Filters, lang: str = DEFAULT) -> list[Any]:
    """What the address asked for and was not understood."""
    if not filters.ignored:
        return []
    parts = listed((f"{part.key}={part.value}" for part in filters.ignored), lang)
    return [html.Div(t("notice.ignored", lang=lang, parts=parts), className="notice", role="status")]


def outside(selection: Selection, lang: str = DEFAULT) -> Any:
    """'3 more match outside your filters: show', for a text search."""
    n = selection.outside_matches
    if not n:
        return None
    read = "all" if machine_read(selection.outside).any() else selection.filters.read
    everything = Filters(scope="all", since="all", drug=("any",), q=selection.filters.q, read=read)
    return html.P(
        [
            t("lead.outside", lang=lang, n=n) + ": ",
            html.A(t("lead.outside_show", lang=lang), href="?" + everything.to_query(), className="js-state"),
        ],
        className="lead__outside",
    )


def empty(selection: Selection, lang: str = DEFAULT) -> Any:
    """Says which filter to relax, with what that would bring back."""
    links = [
        html.Li(
            html.A(
                t("empty.relax", lang=lang, n=n, name=t(f"relax.{name}", lang=lang)),
                href="?" + relaxed(selection.filters, name).to_query(),
                className="js-state",
            )
        )
        for name, n in selection.relax.items()
    ]
    return html.Div(
        [
            html.H2(t("empty.title", lang=lang)),
            html.P(t("empty.hint" if links else "empty.nothing", lang=lang)),
            html.Ul(links) if links else html.A(t("filter.clear", lang=lang), href="?", className="js-state"),
            html.P(t("empty.not_zero", lang=lang), className="muted small"),
        ],
        className="empty",
    )


def show_label(selection: Selection, lang: str = DEFAULT) -> str:
    """The text of the drawer's button."""
    n = selection.count("events")
    return t("filter.show", lang=lang, n=n) if n else t("filter.show_none", lang=lang)
