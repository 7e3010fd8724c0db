"""Where one seizure lay, by the places that its passage names: country, governorate, place, and its route.

The words decide, not the map. The country is the one with most said for it (`where_country`); the place the
finest one that something is said to have been found at, of its bearers the one in that country and in a
governorate named beside it (`where_site`); the route is read by `where_route`. Each answer keeps the mention
that gave it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract import where_named, where_site
from etl.extract.mentions import PlaceName
from etl.extract.where_country import country_of
from etl.extract.where_route import route
from geo import names

_MOST = 200  # mentions that are looked at: a passage with more of them tells of no one place


@dataclass(frozen=True, slots=True)
class Where:
    """Place of one seizure. Codes are ISO 3166 (alpha-2; 3166-2 for the governorate), "" where unknown.

    `place_name` is the gazetteer's English name, or the page's words for a place that it lacks (`place_id`
    ""); several places of a list are one name without an id. `chosen`, `country_from` and the like are the
    mentions that gave each part, None where it follows from elsewhere (a body's country, the publisher, a
    rule). `reason` says how the place was decided.
    """

    place_id: str = ""
    place_name: str = ""
    country: str = ""
    admin1_code: str = ""
    admin1_name: str = ""
    chosen: PlaceName | None = None
    country_from: PlaceName | None = None
    admin1_from: PlaceName | None = None
    origin: str = ""
    origin_from: PlaceName | None = None
    destination: str = ""
    destination_from: PlaceName | None = None
    reason: str = ""


def decide(
    mentions: Sequence[PlaceName],
    *,
    context: Sequence[PlaceName] = (),
    publisher_country: str = "",
    agency_countries: Sequence[str] = (),
    focus: Sequence[int] = (),
) -> Where:
    """Decide where the seizure lay that a passage tells of.

    `mentions` are those of the passage, in order; `context` those around it that may speak of it too (title,
    dateline, lead), nearest first: they help with the country, and give a place only where the passage names
    neither place nor governorate. `agency_countries` are those of the bodies that seized. `focus`: where the
    passage's amounts begin; the place of finding named nearest to one counts more.
    """
    mentions, context = mentions[:_MOST], context[:_MOST]
    passage, outside = where_named.read(mentions, focus), where_named.read(context)
    country, country_from = country_of(passage, outside, publisher_country, agency_countries)
    around = passage
    found = where_site.sites(passage, country)
    if all(s.score <= where_site.BORDER for s in found) and not where_site.governorates(passage, country):
        beyond = [n for n in outside if n.role in ("at", "near", "via", "", "border")]
        found = where_site.sites(beyond, country) or found
        around = outside
    answer = where_site.best(found) if found else where_site.city_governorate(passage, country)
    place = answer.place
    admin1, admin1_from = where_site.governorate(around, answer, country)
    if not admin1 and place is None and around is outside:
        admin1, admin1_from = where_site.governorate(passage, where_site.Answer(), country)
    way = route(mentions, country, place)
    return Where(
        place_id=place.place_id if place and answer.name == place.name else "",
        place_name=answer.name,
        country=country,
        admin1_code=admin1,
        admin1_name=names.governorate(admin1).name_en if admin1 else "",
        chosen=answer.mention,
        country_from=country_from,
        admin1_from=admin1_from,
        origin=way.origin,
        origin_from=way.origin_from,
        destination=way.destination,
        destination_from=way.destination_from,
        reason=f"{answer.mention.role or 'named'}: {answer.mention.rule}" if answer.mention else "",
    )
