"""The map that plays through time: every mark with the id of its event, every event with its step.

All marks are sent once; assets/play.js hides those of other steps. An event has a step only where its whole
date lies in one month or quarter; the others are counted beside, never put into a period of chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.figures import map_marks as marks
from dashboard.figures import map_place as places
from dashboard.figures import shapes
from dashboard.figures.map import MapView, map_figure
from dashboard.figures.map_place import EXACT, Placed
from dashboard.figures.view import Look
from dashboard.figures.when import Calendar, periods

MOST = 3000
"""Events that are sent one by one; more would not be a map but a cloud."""
_PER_EVENT = ("lon", "lat", "customdata", "hovertext")
_PER_MARK = ("size", "color", "opacity")
_LARGE = 14.0  # px; a circle that would hide others where there are many
_CORE, _THROUGH = 5.0, 0.42  # px, opacity: what is left of it then, a solid core in a pale circle


@dataclass(frozen=True)
class Steps:
    """The steps of the play: `at` gives the step of each event that has one.

    `names` are the periods, `own` what is said of each, `until` the same for all up to it.
    """

    names: tuple[str, ...]
    own: tuple[str, ...]
    until: tuple[str, ...]
    at: Mapping[str, int]
    undated: int
    coarser: int
    total: int


def steps(
    events: pd.DataFrame,
    look: Look,
    *,
    grain: str,
    start: date | None,
    end: date,
    beside: Collection[str] = (),
) -> Steps:
    """Months or quarters (`grain`) from the first dated event, or from `start`, to the end of the data.

    `beside` are the ids of events that no map can show: their number is said with each step.
    """
    when = periods(events, grain)
    known = when.dropna()
    begin = start or (known.min().date() if len(known) else end)
    calendar = Calendar(grain, min(begin, end), end)
    index = {one: i for i, one in enumerate(calendar.counted)}
    at = {
        str(event_id): index[one]
        for event_id, one in zip(events["event_id"], when, strict=True)
        if one in index
    }
    names = tuple(calendar.name(one, look.lang) for one in calendar.counted)
    counts = Counter(at.values())
    unseen = Counter(step for event_id, step in at.items() if event_id in beside)
    sums, sums_unseen = (list(accumulate(each[i] for i in range(len(names)))) for each in (counts, unseen))
    dateless = int(events["date_start"].isna().sum())
    return Steps(
        names=names,
        own=tuple(_said("own", name, counts[i], unseen[i], look) for i, name in enumerate(names)),
        until=tuple(_said("until", name, sums[i], sums_unseen[i], look) for i, name in enumerate(names)),
        at=at,
        undated=dateless,
        coarser=len(events) - dateless - len(at),
        total=len(events),
    )


def _said(key: str, period: str, n: int, unseen: int, look: Look) -> str:
    """`Mar 2025: 5 events, 2 of them known to country only`; no event is no report collected."""
    text = i18n.t(f"play.{key if n else 'none'}", lang=look.lang, period=period, n=n)
    return text + i18n.t("play.unseen", lang=look.lang, n=unseen) if unseen else text


def play_figure(
    events: pd.DataFrame,
    look: Look,
    *,
    grain: str,
    start: date | None,
    end: date,
    scope: str = "iq-sy",
    areas: Mapping[str, Mapping[str, Any]] | None = None,
) -> MapView:
    """The map of `events`; `layout.meta.play` has the steps and their words for assets/play.js."""
    view = map_figure(events, look, scope=scope, areas=areas or {})
    beside = frozenset(one for entry in view.beside for one in entry.event_ids)
    found = steps(events, look, grain=grain, start=start, end=end, beside=beside)
    few = len(events) <= MOST
    placed = places.place(events, areas or {})
    traces = _apart(view.drawing["data"], placed, look) if few else list(view.drawing["data"])
    meta = {
        **view.drawing["layout"].get("meta", {}),
        "play": {
            "names": found.names,
            "own": found.own,
            "until": found.until,
            "at": dict(found.at),
            "all": _all(found, look),
            "can": few and bool(found.at),
        },
    }
    if few and "key" in meta:  # every circle stands for itself
        meta["key"] = [entry for entry in meta["key"] if entry["mark"] != "cluster"]
    layout = {**view.drawing["layout"], "meta": meta}
    return replace(
        view, drawing={"data": traces, "layout": layout}, notes=(*_notes(found, look), *view.notes)
    )


def _all(found: Steps, look: Look) -> str:
    return i18n.t("play.said_all", lang=look.lang, n=found.total, placed=len(found.at))


def _notes(found: Steps, look: Look) -> tuple[str, ...]:
    beside = i18n.t(
        "play.beside",
        lang=look.lang,
        n=found.undated + found.coarser,
        undated=found.undated,
        coarser=found.coarser,
    )
    return (beside,) if found.undated + found.coarser else ()


def _apart(
    traces: Sequence[Mapping[str, Any]], placed: tuple[Placed, ...], look: Look
) -> list[dict[str, Any]]:
    """The map's traces with one mark an event, and with counts that say of which events they are."""
    found = []
    for trace in traces:
        match trace.get("uid"):
            case "circles":
                found.append(_circles(placed, look, machine=False))
            case "machine-read":
                found.append(_circles(placed, look, machine=True))
            case "words":
                found.append({**trace, **_words(placed)})
            case _:
                found.append(dict(trace))
    return found


def _circles(placed: tuple[Placed, ...], look: Look, *, machine: bool) -> dict[str, Any]:
    whole = marks.circles((), look, machine_read=machine)
    many = marks.crowded(placed, machine_read=machine)
    parts = [
        _pale(event, marks.circles((event,), look, machine_read=machine), many=many)
        for event in placed
        if event.spot and event.machine_read == machine
    ]
    whole = {**whole, **{name: [x for part in parts for x in part[name]] for name in _PER_EVENT}}
    if parts:
        marker = {name: [x for part in parts for x in part["marker"][name]] for name in _PER_MARK}
        whole["marker"] = {**whole["marker"], **marker}
    return whole


def _pale(event: Placed, mark: dict[str, Any], *, many: bool) -> dict[str, Any]:
    """A large solid circle among many, so that those under it are seen: pale, with a core at its exact place.

    Where circles crowd other maps gather them; here each is kept, since a step hides it or not.
    """
    size = marks.diameter(event.row.tablets_best) if event.row.tablets_best > 0 else 0
    if not many or event.machine_read or event.form != EXACT or size < _LARGE:
        return mark
    ink = mark["marker"]["color"][-1]
    marker = {**mark["marker"], "size": [size, _CORE], "color": [ink, ink], "opacity": [_THROUGH, 1.0]}
    return {**mark, "marker": marker}


def _words(placed: tuple[Placed, ...]) -> dict[str, Any]:
    """How many events stand on an area, a stretch or a spot: play.js writes the count of the step."""
    known = places.governorate_points()
    found: list[tuple[float, float, str, Sequence[Placed]]] = [
        (*known[code], "▨ ", group) for code, group in places.by_governorate(placed).items()
    ]
    for group in places.grouped(placed, "shape").values():
        if group[0].form in {places.DISTRICT, places.STRIP} and group[0].geometry:
            sign = "▬ " if group[0].form == places.STRIP else "▨ "
            found.append((*shapes.middle(group[0].geometry), sign, group))
    spots = places.grouped(placed, "spot").values()
    found += [
        (group[0].row.longitude, group[0].row.latitude, "×", group) for group in spots if len(group) > 1
    ]
    return {
        "lon": [lon for lon, *_ in found],
        "lat": [lat for _, lat, *_ in found],
        "text": [f"{sign}{len(group)}" for *_, sign, group in found],
        "customdata": ["|".join(event.row.event_id for event in group) for *_, group in found],
    }
