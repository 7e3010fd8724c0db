"""The key of the map: only what this map shows, sizes in the circles' own scale. map.js draws it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import i18n
from dashboard.figures import map_marks as marks
from dashboard.figures import map_place as places
from dashboard.figures.view import Look

_SIZES = (100_000, 1_000_000, 10_000_000)
Entry = dict[str, str | float]


def map_key(placed: tuple[places.Placed, ...], look: Look) -> list[Entry]:
    """Entries of `mark` (a form, ring, cluster, size or country), `text`, and its `colour` or
    `diameter` in px."""
    dots = [event for event in placed if event.spot]
    forms = {event.form for event in placed}
    entries: list[Entry] = [
        {"mark": form, "text": look.t(f"map.key_{form}")} for form in places.FORMS if form in forms
    ]
    if any(event.machine_read for event in dots):
        entries.append({"mark": "machine", "text": look.t("map.key_machine")})
    if any(not event.row.tablets_best > 0 for event in dots):
        entries.append({"mark": "ring", "text": look.t("map.key_ring")})
    if marks.crowded(placed) or marks.crowded(placed, machine_read=True):
        entries.append({"mark": "cluster", "text": look.t("map.key_cluster")})
    if dots:
        entries += [
            {"mark": "size", "text": i18n.tablets(size, look.lang), "diameter": marks.diameter(size)}
            for size in _SIZES
        ]
    bare = {places.GOVERNORATE, places.BESIDE}
    return entries + colours({event.colour_key for event in placed if event.form not in bare}, look)


def colours(keys: Iterable[str], look: Look) -> list[Entry]:
    """One entry a colour: countries with a colour of their own, the others together, pills of
    unstated kind."""
    seen: dict[str, str] = {}
    for key in sorted(keys, key=lambda code: (code == places.UNSTATED_KIND, code)):
        name = look.t("map.key_unstated") if key == places.UNSTATED_KIND else look.country(key)
        own = key in look.palette.countries or key == places.UNSTATED_KIND
        seen.setdefault(marks.colour(key, look), name if own else look.t("other_countries"))
    return [{"mark": "country", "text": name, "colour": colour} for colour, name in seen.items()]
