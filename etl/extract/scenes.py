"""Where the sentences of a page are set: their governorates, places and countries."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.draft import Draft
from etl.extract.page import Annotated, Page
from etl.extract.sections import STORY


def scenes_of(page: Page, statuses: Sequence[str]) -> list[frozenset[str]]:
    """Where each sentence is set: its own places, else those of the sentence before it on the line."""
    found: list[frozenset[str]] = []
    for index, part in enumerate(page.parts):
        own = frozenset(spots_of(part)) if part.kind == STORY else frozenset()
        goes_on = index > 0 and page.parts[index - 1].sentence.line == part.sentence.line
        if not own and goes_on and statuses[index] == statuses[index - 1]:
            own = found[-1]
        found.append(own)
    return found


def set_elsewhere(scenes: Sequence[frozenset[str]], draft: Draft, index: int) -> bool:
    """Whether the sentence is set in another governorate or place than the draft."""
    here = scenes[index]
    if not here or index in draft.parts:
        return False
    there = [scenes[p] for p in draft.parts if scenes[p]]
    return bool(there) and all(here.isdisjoint(scene) for scene in there)


def spots_of(part: Annotated) -> set[str]:
    """The governorates (of places without one: the places) at which a sentence is set; countries don't
    count."""
    spots = set()
    for mention in part.places:
        place = mention.likeliest
        if place and mention.role in {"at", "near"} and place.precision != "country":
            spots.add(place.admin1_code or place.place_id)
    return spots


def countries_of(part: Annotated) -> set[str]:
    """The countries whose bodies seize in a sentence."""
    return {body.country for body in part.bodies if body.country and body.role == "seizing"}


def places_of(part: Annotated) -> set[str]:
    """The places finer than a governorate at which a sentence is set, by their ids."""
    named = (p.likeliest for p in part.places if p.role in {"at", "near"})
    return {place.place_id for place in named if place and place.precision not in {"country", "governorate"}}


def lands_of(part: Annotated) -> set[str]:
    """The countries in which a sentence is set, or whose bodies act in it."""
    named = (p.likeliest for p in part.places if p.role in {"at", "near", "agency", ""})
    return {place.country for place in named if place} | countries_of(part)
