"""What a brief says of a view: sentence, key figures, charts, map, events, caveats, citation."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from dashboard.brief.chart import Undrawn, chart_svg
from dashboard.brief.map import map_svg
from dashboard.brief.markup import emphasised, html_of
from dashboard.brief.rows import EventRow, event_rows
from dashboard.citation import cite_release, long_day
from dashboard.cite.pin import pinned_query
from dashboard.components import card, charts, kpis, reading, sentence, state
from dashboard.export.readme import describe
from dashboard.figures.view import View
from dashboard.filters import Filters
from dashboard.i18n import DEFAULT, clauses, day, listed, t
from dashboard.release import Snapshot
from dashboard.selection import Selection, apply
from dashboard.theme import LIGHT

log = logging.getLogger(__name__)

WIDE = 700
"""Px of a chart: what a page of A4 holds between its margins."""
CHARTS = ("events", "tablets", "border", "how", "site")
NOTED = frozenset({"events", "tablets", "how", "site"})  # their first note says what is drawn


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart or the map. `svg` is "" where it could not be drawn; its words stand in any case."""

    name: str
    title: str
    sub: str
    svg: Markup
    summary: str
    foot: tuple[str, ...]
    key: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A view, told, in the language of the brief. `Markup` is safe HTML, all else plain text."""

    lang: str
    title: str
    view: str
    narrowed: tuple[str, ...]
    data_to: str
    made: str
    lead: Markup
    caution: str
    figures: Markup
    pictures: tuple[Picture, ...]
    events: tuple[EventRow, ...]
    more_events: int
    caveats: tuple[str, ...]
    citation: str
    permalink: str
    filters: str
    release: str
    sha256: str
    base: str
    machine: str


def brief(filters: Filters, snapshot: Snapshot, *, today: date, base: str, lang: str = DEFAULT) -> Brief:
    """The brief of a state of the filters. `base` is the dashboard's address, `today` the day of access."""
    selection = apply(filters, snapshot)
    said = sentence.lead(selection, snapshot, lang)
    look = charts.look(snapshot, "light", lang)
    query = pinned_query(filters.to_query(), snapshot.label)
    drawn = len(selection.drawn)
    view = _view(selection, snapshot, lang)
    rows = event_rows(selection, snapshot, look)
    return Brief(
        lang=lang,
        title=t("site.title", lang=lang),
        view=view,
        narrowed=_narrowed(view, filters, snapshot, lang),
        data_to=t("lead.data_to", lang=lang, day=day(snapshot.data_complete_to, lang)),
        made=t("brief.made", lang=lang, day=long_day(today, lang)),
        lead=Markup(" ").join(emphasised(fact) for fact in said.facts),
        caution=said.caution,
        figures=html_of(kpis.strip(selection, snapshot, lang), base),
        pictures=(_map(filters, selection, snapshot, lang), *_charts(filters, selection, snapshot, lang))
        if drawn
        else (),
        events=rows,
        more_events=drawn - len(rows),
        caveats=_caveats(selection, snapshot, lang),
        citation=cite_release(snapshot, today, lang, query, base=base, read=filters.read),
        permalink=f"{base}/?{query}",
        filters=describe(filters, snapshot, lang),
        release=snapshot.label,
        sha256=snapshot.sha256,
        base=base,
        machine=reading.basis(selection, lang) if filters.with_machine_read() else "",
    )


def _view(selection: Selection, snapshot: Snapshot, lang: str) -> str:
    """Where, when, and by which filters."""
    place = sentence.where(selection.filters, lang)
    view = listed((f"{place[:1].upper()}{place[1:]}", sentence.when(selection.span, snapshot, lang)), lang)
    filters = sentence.narrowed_by(selection.filters, snapshot, lang)
    return t("lead.narrowed", lang=lang, view=view, filters=filters) if filters else view


def _narrowed(view: str, filters: Filters, snapshot: Snapshot, lang: str) -> tuple[str, ...]:
    """The filters, as the page's chips name them, that the title `view` does not hold in these words."""
    return tuple(text for _, text in state.narrowed(filters, snapshot, lang) if text not in view)


def _charts(filters: Filters, selection: Selection, snapshot: Snapshot, lang: str) -> list[Picture]:
    def one(name: str) -> Picture:
        view = charts.chart(name, filters, snapshot, "light", lang=lang)
        title = t(f"card.{name}", lang=lang)
        return _picture(
            name,
            view,
            selection,
            lambda: chart_svg(
                view.drawing, name=f"c-{name}", title=title, summary=view.summary, wide=WIDE, lang=lang
            ),
            lang,
        )

    return [one(name) for name in CHARTS]


def _map(filters: Filters, selection: Selection, snapshot: Snapshot, lang: str) -> Picture:
    view = charts.the_map(filters, snapshot, "light", lang=lang)
    found = _picture(
        "map",
        view,
        selection,
        lambda: map_svg(
            view.drawing,
            LIGHT,
            scope=filters.scope,
            title=t("card.map", lang=lang),
            summary=view.summary,
            wide=WIDE,
            lang=lang,
        ),
        lang,
    )
    beside = tuple(f"{one.name}: {one.n}" for one in view.beside)
    rest = (f"{t('card.country_only', lang=lang)}: {clauses(beside, lang)}.",) if beside else ()
    key = tuple(
        _swatch(entry) for entry in view.drawing["layout"]["meta"]["key"] if entry["mark"] != "cluster"
    )
    return Picture(found.name, found.title, found.sub, found.svg, found.summary, (*found.foot, *rest), key)


def _picture(name: str, view: View, selection: Selection, draw: Callable[[], str], lang: str) -> Picture:
    try:
        svg = Markup(draw())  # noqa: S704  made by dashboard.brief.svg, which escapes every text
    except Undrawn as error:
        log.warning("%s is left out of a brief: %s", name, error)
        svg = Markup("")
    words = {
        "grain": t(f"grain.{charts.grain(selection)}_word", lang=lang),
        "scale": t(f"scale.{selection.filters.scale}_word", lang=lang),
    }
    return Picture(
        name=name,
        title=t(f"card.{name}", lang=lang),
        sub=t(f"card.{name}_sub", lang=lang, **words),
        svg=svg,
        summary=view.summary,
        foot=tuple(card.foot(view, lang, says_drawn=name in NOTED)),
    )


def _swatch(entry: dict[str, str | float]) -> Markup:
    """An entry of the map's key: its mark as a class of the style sheet, its words."""
    mark, text = str(entry["mark"]), str(entry["text"])
    style = ""
    if "diameter" in entry:
        style = f"inline-size:{float(entry['diameter']):.0f}px;block-size:{float(entry['diameter']):.0f}px"
    elif "colour" in entry:
        style = f"background:{entry['colour']}"
    return Markup('<span class="swatch swatch--{}" style="{}"></span>{}').format(mark, style, text)


def _caveats(selection: Selection, snapshot: Snapshot, lang: str) -> tuple[str, ...]:
    """What must not be read into the figures; the counts that stand beside them."""
    found = [t("caveat", lang=lang), t("brief.caveat.flow", lang=lang), t("brief.caveat.coverage", lang=lang)]
    found.append(t("brief.caveat.bounds", lang=lang))
    found.append(t("brief.caveat.reported", lang=lang))
    if n := len(selection.undated):
        found.append(t("brief.caveat.undated", lang=lang, n=n))
    if n := len(selection.undecided):
        found.append(t("brief.caveat.undecided", lang=lang, n=n))
    if n := len(selection.unstated_kind):
        found.append(t("brief.caveat.unstated", lang=lang, n=n))
    if selection.unreviewed:
        found.append(t("brief.caveat.machine", lang=lang, n=selection.unreviewed))
    found.append(t("brief.caveat.places", lang=lang))
    found.append(t("brief.caveat.end", lang=lang, day=day(snapshot.data_complete_to, lang)))
    return tuple(found)
