"""Document in, claims out: `claims` runs the readers, groups what they found and fills each claim's
fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.extract import details, drugs, status, where, where_route
from etl.extract.draft import Draft
from etl.extract.drafts import group
from etl.extract.mentions import Body, PlaceName
from etl.extract.page import Page, annotate
from etl.extract.records import Document, Extraction, Found, PlaceRole, TextClaim
from etl.extract.sections import STORY, TITLE
from etl.extract.text import Text
from geo.gazetteer import by_id

_MENTIONS = 2
"""A drug named once in passing does not make a page about drugs."""
_BEFORE = 4
"""How far back a part of a sum looks for its place."""
_LEAD = 2
"""The first sentences of the news speak for all of it."""
_KINDS = {status.CURRENT: "incident", status.RECALLED: "background", status.TOTAL: "aggregate"}


def claims(document: Document) -> Extraction:
    """Read one page. Never raises for any text; linear in its length."""
    page = annotate(document)
    if page is None:
        return Extraction("not_relevant")
    setting = status.frame(page)
    standing = status.statuses(page, setting)
    drafts = group(page, standing, setting)
    wholes = {id(d.parent): where.decide(_named(page, d.parent)) for d in drafts if d.parent}
    story = [i for i, part in enumerate(page.parts) if part.kind == STORY and status.says_something(part)]
    news = [i for i in story if standing[i] == status.CURRENT]
    read = tuple(
        _claim(page, draft, setting, news, wholes, alone=len(drafts) == 1, first=draft is drafts[0])
        for draft in drafts
    )
    return Extraction(_doc_class(page, read), read, page.partly)


def _doc_class(page: Page, read: Sequence[TextClaim]) -> str:
    kinds = {claim.kind for claim in read}
    if "incident" in kinds:
        return "incident"
    if "aggregate" in kinds:
        return "aggregate_only"
    named = [(part.kind, d.value) for part in page.parts for d in part.drugs if d.value not in drugs.VAGUE]
    about = len(named) >= _MENTIONS or any(kind == TITLE or drug == "captagon" for kind, drug in named)
    if "background" in kinds:
        return "background_only" if about or not named else "not_relevant"
    return "background_only" if about else "not_relevant"


def _claim(
    page: Page,
    draft: Draft,
    setting: status.Frame,
    news: Sequence[int],
    wholes: Mapping[int, where.Where],
    *,
    alone: bool,
    first: bool,
) -> TextClaim:
    """Fill one claim. `wholes`: id of a sum's draft -> where its words set it."""
    text = page.text
    inherited = _inherited(draft, news[:_LEAD])
    bodies = details.bodies(page, draft, inherited, first=first)
    spot = _spot(page, draft, inherited, bodies, wholes.get(id(draft.parent)), alone=alone, first=first)
    event_type = details.means(page, draft, "event_type")
    opening, closing = page.parts[draft.parts[0]].sentence, page.parts[draft.parts[-1]].sentence
    start, end = text.span(opening.start, closing.end)
    return TextClaim(
        kind="aggregate" if draft.is_sum else _KINDS[draft.status],
        start=start,
        end=end,
        when=details.when(page, draft, setting, news),
        country=_found(text, spot.country, spot.country_from, "country"),
        admin1=_found(text, spot.admin1_code, spot.admin1_from, "governorate"),
        place=_found(text, spot.place_name, spot.chosen, "place"),
        place_id=spot.place_id,
        places=_places(page, draft, spot),
        amounts=details.amounts(page, draft),
        drug=None if draft.figures else details.drug(page, draft),
        value_usd=details.value_usd(page, draft, alone=alone),
        arrests=details.people(page, draft, "arrested", alone=alone),
        killed=details.people(page, draft, "killed", alone=alone),
        agencies=details.agencies(page, bodies),
        partners=details.partners(page, draft, news if alone else inherited, spot.country),
        concealment=details.means(page, draft, "concealment"),
        transport=details.transport(page, draft),
        event_type=event_type[0] if event_type else None,
        origin=_found(text, spot.origin, spot.origin_from, "origin"),
        destination=_found(text, spot.destination, spot.destination_from, "destination"),
    )


def _found(text: Text, value: str, mention: PlaceName | None, rule: str) -> Found[str] | None:
    if not value:
        return None
    if mention is None:
        return Found(value, 0, 0, f"{rule}:implied")
    return details.found(text, value, mention.start, mention.end, f"{rule}:{mention.role or 'named'}")


def _spot(
    page: Page,
    draft: Draft,
    inherited: Sequence[int],
    bodies: Sequence[Body],
    whole: where.Where | None,
    *,
    alone: bool,
    first: bool,
) -> where.Where:
    """Where the seizure lay; a part of a sum travelled as the sum did (`whole`), a page's only seizure as its
    headline says.
    """
    spot = where.decide(
        _named(page, draft),
        context=_surroundings(page, draft, inherited, first=first),
        agency_countries=[b.country for b in bodies if b.country and b.role == "seizing"],
        focus=[page.quantities[f.index].start for f in draft.figures if f.told],
    )
    if whole and not spot.origin:
        spot = replace(spot, origin=whole.origin, origin_from=whole.origin_from)
    if whole and not spot.destination:
        spot = replace(spot, destination=whole.destination, destination_from=whole.destination_from)
    if alone and not spot.origin and not spot.destination:
        way = where_route.route([m for part in page.titles for m in part.places], spot.country, None)
        spot = replace(
            spot,
            origin=way.origin,
            origin_from=way.origin_from,
            destination=way.destination,
            destination_from=way.destination_from,
        )
    return spot


def _named(page: Page, draft: Draft) -> list[PlaceName]:
    return [m for i in draft.parts for m in draft.own(i, page.parts[i].places)]


def _surroundings(page: Page, draft: Draft, inherited: Sequence[int], *, first: bool) -> list[PlaceName]:
    """The places around a draft, which fill what its own sentences leave open.

    A part of a sum lies where the sentence before it is set; a further seizure of the page where its own
    words say, and otherwise only in the country of the news, unless it points back ("at the same crossing").
    """
    if draft.parent:
        if any(_is_fine(m) for m in _named(page, draft)):
            return []
        before = range(max(0, draft.parts[0] - _BEFORE), draft.parts[0])
        near = [m for i in reversed(before) for m in page.parts[i].places if _is_fine(m)]
        return near[:1] or [m for i in inherited for m in page.parts[i].places]
    named = [m for i in inherited for m in page.parts[i].places]
    cues = set().union(*(page.parts[i].cues for i in draft.parts))
    return (
        named
        if "no_place" not in cues and (first or "same_place" in cues)
        else [m for m in named if not _is_fine(m) and not _is_area(m)]
    )


def _is_fine(mention: PlaceName) -> bool:
    return _precision(mention) not in {"", "country", "governorate"}


def _is_area(mention: PlaceName) -> bool:
    return _precision(mention) == "governorate"


def _precision(mention: PlaceName) -> str:
    place = mention.likeliest
    return place.precision if place else ""


_ROLES = {
    "at": "seized_at", "near": "seized_at", "origin": "origin", "destination": "destination", "via": "via",
    "agency": "agency_seat",
}  # fmt: skip


def _places(page: Page, draft: Draft, spot: where.Where) -> tuple[Found[PlaceRole], ...]:
    """Every place that the passage names, with the part it plays.

    Of several bearers ("the Syrian border", "the kingdom") the one in a country that the seizure has to do
    with; of borders no other.
    """
    lands = [land for land in (spot.country, spot.destination, spot.origin) if land]
    named = []
    for index in draft.parts:
        for mention in draft.own(index, page.parts[index].places):
            known = [by_id(place_id) for place_id in mention.place_ids]
            meant = [p for p in known if p.country in lands or not set(lands).isdisjoint(p.line.split("-"))]
            if mention.role == "border" and len(known) > 1:
                known = [p for p in meant if spot.country and spot.country in p.line.split("-")]
            elif meant:
                known = meant
            if known:
                role = PlaceRole(known[0].place_id, known[0].name, _ROLES.get(mention.role, "other"))
                rule = f"place:{mention.rule or mention.role}"
                named.append(details.found(page.text, role, mention.start, mention.end, rule))
    return tuple(named)


def _inherited(draft: Draft, lead: Sequence[int]) -> list[int]:
    """The sentences whose place, day and bodies hold for a draft that names none itself."""
    if draft.status != status.CURRENT:
        return []
    own = draft.parent.parts if draft.parent else []
    return [i for i in dict.fromkeys([*own, *lead]) if i not in draft.parts]
