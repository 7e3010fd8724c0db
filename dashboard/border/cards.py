"""Which figure draws which card of the border page, for one state of the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dashboard.border.density import density
from dashboard.border.pair import Pair, Period, pair
from dashboard.collection.marks import across, marks
from dashboard.components.charts import look
from dashboard.export.charts import Maker
from dashboard.figures.border import border_figure
from dashboard.figures.border_density import density_figure
from dashboard.figures.border_line import PAGE, PHONE, SIDES
from dashboard.figures.border_sites import sites_figure
from dashboard.figures.border_time import Caption
from dashboard.figures.collected import Collected
from dashboard.figures.map import MapView, map_figure
from dashboard.figures.view import Look, View
from dashboard.filters import Filters
from dashboard.i18n import DEFAULT, t
from dashboard.release import Snapshot, per_release

NAMES = ("strip", "strip-map", "strip-density", "strip-sites")
MAP_HEIGHT = 560
DENSITY_HEIGHT = 380


@per_release(256)
def chart(
    name: str,
    filters: Filters,
    snapshot: Snapshot,
    theme: str,
    *,
    narrow: bool = False,
    lang: str = DEFAULT,
) -> View:
    """The figure of a card; `narrow` is the layout of a phone. Raises KeyError for a card of no such name."""
    found = pair(filters, snapshot, lang)
    seen = look(snapshot, theme, lang)
    if name == "strip":
        return _strip(found, snapshot, seen, narrow=narrow)
    if name == "strip-map":
        return _map(found, snapshot, seen)
    if name == "strip-density":
        return _density(found, snapshot, seen)
    if name == "strip-sites":
        return _warned(sites_figure(found, seen), found, snapshot, seen)
    raise KeyError(name)


def data(name: str) -> Maker:
    """Who makes the data behind a card, for `dashboard.export.charts.offer`."""

    def make(filters: Filters, snapshot: Snapshot, lang: str, query: Mapping[str, str]) -> View:
        del query
        return chart(name, filters, snapshot, "light", lang=lang)

    return make


def _strip(found: Pair, snapshot: Snapshot, seen: Look, *, narrow: bool) -> View:
    """The straightened border with the events of both periods."""
    periods = found.periods
    starts = [period.span.start for period in periods]
    start = None if None in starts else min(one for one in starts if one is not None)
    end = max(period.span.end for period in periods)
    awaiting = found.selection.awaiting if end >= snapshot.data_complete_to else ()
    view = border_figure(
        found.drawn,
        seen,
        start=start,
        end=end,
        found=Collected(marks(snapshot), awaiting),
        form=PHONE if narrow else PAGE,
        periods=tuple(_caption(period, start or _first(found), seen) for period in periods),
    )
    return _warned(view, found, snapshot, seen)


def _first(found: Pair) -> date:
    dated = found.drawn["date_start"].dropna()
    return dated.min().date() if len(dated) else found.now.span.end


def _caption(period: Period, start: date, seen: Look) -> Caption:
    counts = tuple((side, _count(period, side, seen)) for side in SIDES)
    return Caption(period.span.start or start, period.span.end, seen.t(f"strip.of_{period.name}"), counts)


def _count(period: Period, side: str, seen: Look) -> str:
    """`3`, or `3 +6` with pills of unstated kind beside: what the side shows of the period."""
    events, unstated = (
        int(((frame["border_side"] == side) & frame["date_start"].notna()).sum())
        for frame in (period.at_line, period.unstated_at_line)
    )
    return seen.t("strip.count_beside" if unstated else "strip.count", n=events, unstated=unstated)


def _map(found: Pair, snapshot: Snapshot, seen: Look) -> MapView:
    """The same events on the ground, and with them those that are stated to have crossed it elsewhere."""
    return map_figure(found.shown, seen, scope="border", areas=snapshot.areas, height=MAP_HEIGHT)


def _density(found: Pair, snapshot: Snapshot, seen: Look) -> View:
    return _warned(density_figure(found, density(found), seen), found, snapshot, seen)


def _warned(view: View, found: Pair, snapshot: Snapshot, seen: Look) -> View:
    """With a word of warning where the periods were collected differently."""
    before = found.before.span if found.before is not None else None
    if not across(marks(snapshot), found.now.span, before):
        return view
    return replace(view, notes=(*view.notes, t("marks.key_before", lang=seen.lang)))
