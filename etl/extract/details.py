"""The fields of one draft: the day, the people, the bodies, the money and the means, each with its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from etl.extract import status as st
from etl.extract.draft import Draft
from etl.extract.drugs import TABLET_DRUGS, VAGUE
from etl.extract.loads import Figure, best_of, same_figure
from etl.extract.mentions import Body, Day, Means, People
from etl.extract.page import Annotated, Page, S
from etl.extract.records import Found, LoadAmount
from etl.extract.sections import STORY, TITLE
from etl.extract.text import Text
from etl.records import When

T = TypeVar("T")

_WORTH = 2
"""A value stands in the seizure's sentences or in the next two."""
_WEEK = timedelta(days=6)
_MARKS_BACK = 100
"""Cues before a day among which the nearest deed is looked for."""


def found(text: Text, value: T, start: int, end: int, rule: str) -> Found[T]:
    """Return a value with its words as offsets into the original."""
    first, last = text.span(start, end)
    return Found(value, first, last, rule)


def _once(mentions: Iterable[S], key: Callable[[S], str]) -> list[S]:
    """The first mention of each key, in the order in which they stand."""
    unique = {key(mention): mention for mention in reversed(list(mentions))}
    return sorted(unique.values(), key=lambda mention: mention.start)


# -- figures --------------------------------------------------------------------------------------------
def amounts(page: Page, draft: Draft) -> tuple[Found[LoadAmount], ...]:
    """Return the draft's figures, each once and as finely as the page gives it."""
    kept: list[Found[LoadAmount]] = []
    loads: dict[str, int] = {}
    for figures in _repeats(draft.figures):
        best = best_of(figures)
        quantity = page.quantities[best.index]
        if quantity.low is None or quantity.high is None:
            continue
        drug = _drug(page, draft, figures)
        load = loads.setdefault("tablets" if drug in TABLET_DRUGS else drug, len(loads))
        amount = LoadAmount(drug, quantity.low, quantity.high, quantity.unit, quantity.qualifier, load)
        kept.append(found(page.text, amount, quantity.start, quantity.end, quantity.rule or "quantity"))
    return tuple(kept)


def _repeats(figures: Sequence[Figure]) -> list[list[Figure]]:
    groups: list[list[Figure]] = []
    for new in figures:
        group = next((g for g in groups if any(same_figure(new, old) for old in g)), None)
        if group is None:
            groups.append([new])
        else:
            group.append(new)
    return groups


def _drug(page: Page, draft: Draft, figures: Sequence[Figure]) -> str:
    """The drug of a figure: named with it, else the only one its sentence, its seizure or the headline
    names."""
    named = [f.drug for f in figures if f.drug not in VAGUE and f.drug != "pills_unspecified"]
    if named:
        return "captagon" if "captagon" in named else named[0]
    tablets = figures[0].measure in {"tablets", "capsules"} or any(
        f.drug == "pills_unspecified" for f in figures
    )
    own = [d.value for i in draft.parts for d in page.parts[i].drugs]
    title = [d.value for p in page.titles for d in p.drugs]
    sums = [f.drug for f in draft.parent.figures] if draft.parent else []
    for names in (_named_beside(page, figures[0]), own, sums, title):
        fitting = [n for n in names if n not in VAGUE and (not tablets or n in TABLET_DRUGS)]
        if tablets and "captagon" in fitting:
            return "captagon"
        if tablets and "amphetamine" in fitting:
            return "amphetamine_tablets"
        if not tablets and len(set(fitting)) == 1:
            return fitting[0]
    if tablets:
        return "pills_unspecified"
    return next((f.drug for f in figures if f.drug), "unspecified")


def drug(page: Page, draft: Draft) -> Found[str] | None:
    """Return the drug of a draft without figures: the first that its sentences name, else the headline's."""
    named = [d for part in (*(page.parts[i] for i in draft.parts), *page.titles) for d in part.drugs]
    best = next((d for d in named if d.value not in VAGUE), named[0] if named else None)
    return found(page.text, best.value, best.start, best.end, "drug:named") if best else None


def _named_beside(page: Page, figure: Figure) -> list[str]:
    return [d.value for d in page.parts[figure.part].drugs]


# -- the day --------------------------------------------------------------------------------------------
def when(page: Page, draft: Draft, setting: st.Frame, news: Sequence[int]) -> Found[When] | None:
    """Return the date of a draft: its own words', the news' day, the page's; None where nothing is known."""
    chosen = _own_day(page, draft, setting)
    if chosen is None and draft.parent:
        chosen = _own_day(page, draft.parent, setting)
    if chosen and chosen.first and chosen.last:
        return found(
            page.text,
            When(chosen.first, chosen.last, _precision(chosen), _basis(chosen)),
            chosen.start,
            chosen.end,
            f"day:{chosen.rule or chosen.basis}",
        )
    if draft.status != st.CURRENT:
        return None
    if setting.of_days and setting.anchor:
        span = When(setting.anchor - _WEEK, setting.anchor, "week", "published")
        return Found(span, 0, 0, "day:of a round-up")
    lead = setting.day or _first_day(page, news)
    if lead and lead.first and lead.last and _believable(page, lead):
        span = When(lead.first, lead.last, "day", _basis(lead))
        return found(page.text, span, lead.start, lead.end, "day:of the news")
    if page.published:
        return Found(When(page.published, page.published, "day", "published"), 0, 0, "day:published")
    return _only_month(page)


def _only_month(page: Page) -> Found[When] | None:
    """The one month that a page without any day names: "it took place in December 2014"; no total's."""
    told = [p for p in page.parts if p.kind == STORY and not p.quantities and not p.people]
    months = [d for p in told for d in p.days if d.precision == "month" and d.first and d.last]
    if len({(d.first, d.last) for d in months}) != 1:
        return None
    only = months[0]
    return found(
        page.text, When(only.first, only.last, "month", "stated"), only.start, only.end, "day:the only month"
    )


def _first_day(page: Page, news: Sequence[int]) -> Day | None:
    days = (d for i in news for d in st.point_days(page.parts[i].days))
    return next((d for d in days if d.precision == "day"), None)


def _own_day(page: Page, draft: Draft, setting: st.Frame) -> Day | None:
    """The day that the draft's sentences give: that of the figure's sentence, else the nearest before, else
    after.

    A day beside a deed wins over the day on which somebody spoke. In a round-up only the same line counts.
    """
    told = [f.part for f in draft.figures if f.told]
    main = min(told) if told else draft.parts[0]
    line = page.parts[main].sentence.line
    near = [i for i in reversed(draft.parts) if i < main] + [i for i in draft.parts if i > main]
    same_line = [i for i in near if page.parts[i].sentence.line == line]
    groups = ([main], same_line) if setting.of_days else ([main], same_line, near)
    said: list[Day] = []
    for group in groups:
        days = [(i, d) for i in group for d in _days(page, page.parts[i], draft)]
        deeds = [
            (i, d) for i, d in days if not _is_said(page.parts[i], d) and not (said and d.precision != "day")
        ]
        if deeds:
            first = deeds[0][0]
            return draft.own(first, [d for i, d in deeds if i == first])[0]
        said += [d for _, d in days]
        if said and group is not groups[0]:
            break
    return said[0] if said else None


def _days(page: Page, part: Annotated, draft: Draft) -> list[Day]:
    """The days of a sentence that may be the draft's, the likeliest first."""
    if part.kind == TITLE:
        return []
    if draft.status == st.TOTAL:
        known = [d for d in part.days if d.first and d.last]
        return sorted(known, key=lambda d: (d.kind != "period", d.precision == "day"))
    days = [d for d in st.point_days(part.days) if draft.status != st.CURRENT or draft.parent or _fine(d)]
    return [d for d in days if _believable(page, d)]


def _fine(day: Day) -> bool:
    return day.precision in {"day", "week"}


def _believable(page: Page, day: Day) -> bool:
    return page.published is None or day.first is None or day.first <= page.published + timedelta(days=1)


def _is_said(part: Annotated, day: Day) -> bool:
    """Whether the nearest deed before the day is speech: "said on Thursday that"."""
    ahead = bisect_left(part.marks, day.start, key=lambda mark: mark.start)
    for mark in reversed(part.marks[max(0, ahead - _MARKS_BACK) : ahead]):
        if mark.end <= day.start and {"speech", "seizure"} & set(mark.value):
            return "seizure" not in mark.value
    return False


def _precision(day: Day) -> str:
    return "period" if day.kind == "period" and day.precision not in {"month", "year"} else day.precision


def _basis(day: Day) -> str:
    return "weekday" if day.basis in {"weekday", "relative"} else "stated"


# -- people, money --------------------------------------------------------------------------------------
def people(page: Page, draft: Draft, kind: str, *, alone: bool) -> Found[int] | None:
    """Return the arrested (or killed) of a draft.

    A page of several seizures may sum up its arrests: there the lines of the figures come first, and a part
    of a sum has only those.
    """
    lines = {page.parts[f.part].sentence.line for f in draft.figures if f.told}
    near = [i for i in draft.parts if page.parts[i].sentence.line in lines]
    groups = [draft.parts] if alone or not near else [near] if draft.parent else [near, draft.parts]
    for parts in groups:
        told = [[p for p in page.parts[i].people if p.kind == kind and p.count] for i in parts]
        best = _counted(told)
        if best:
            count, words = best
            return found(page.text, count, words.start, words.end, f"people:{words.rule or kind}")
    return None


def _counted(told: Sequence[Sequence[People]]) -> tuple[int, People] | None:
    """Groups of one sentence are added; of sentences, which repeat each other, the largest counts; "two more"
    come on top.

    Who is named again ("the suspects were referred") counts only where nobody else is told of.
    """
    sums: list[tuple[int, People]] = []
    more = 0
    for sentence in told:
        firm = [p for p in sentence if not p.rule.endswith((".again", ".more"))]
        added = sum(p.count or 0 for p in sentence if p.rule.endswith(".more"))
        if firm:
            sums.append((sum(p.count or 0 for p in firm) + added, firm[0]))
        else:
            more += added
    if sums:
        count, words = max(sums, key=lambda one: one[0])
        return count + more, words
    rest = [p for sentence in told for p in sentence]
    return (max(p.count or 0 for p in rest), rest[0]) if rest else None


def value_usd(page: Page, draft: Draft, *, alone: bool) -> Found[tuple[float, float]] | None:
    """Return the dollars (low, high) that the load is said to be worth.

    In the draft's sentences, or, where the page has one seizure (`alone`), in those just behind them, which
    tell of markets and are no part of it.
    """
    reach = range(draft.parts[0], draft.parts[-1] + 1 + _WORTH) if alone else draft.parts
    for index in reach:
        for money in page.parts[index].money if index < len(page.parts) else ():
            if money.role == "value":
                return found(
                    page.text, (money.low, money.high), money.start, money.end, f"money:{money.rule}"
                )
    return None


# -- bodies, means --------------------------------------------------------------------------------------
def bodies(page: Page, draft: Draft, lead: Sequence[int], *, first: bool) -> list[Body]:
    """Return the bodies that seized or took part, each once, in order.

    A part of a sum has those of the sum beside its own; the page's first seizure those of the lead if it
    names none. A further seizure has its own only: the lead's body may have had no part in it.
    """
    own = _bodies(page, draft.parts, {"seizing", "partner", "recipient"})
    if draft.parent:
        told = [i for i in draft.parent.parts if page.parts[i].kind == STORY]
        own = _bodies(page, told, {"seizing"}) + [b for b in own if b.role == "seizing"] or own
    elif not own and first:
        own = _bodies(page, lead, {"seizing", "partner", "recipient"})
    return _once(own, lambda b: b.name)


def _bodies(page: Page, parts: Iterable[int], roles: set[str]) -> list[Body]:
    return [b for i in parts for b in page.parts[i].bodies if b.role in roles]


def agencies(page: Page, named: Sequence[Body]) -> tuple[Found[str], ...]:
    """Return the bodies' canonical names with the words that name them."""
    return tuple(found(page.text, b.name, b.start, b.end, f"body:{b.rule or b.role}") for b in named)


def partners(page: Page, draft: Draft, lead: Sequence[int], country: str) -> tuple[Found[str], ...]:
    """Return the countries that helped, the country of the seizure left out."""
    helped = [p for i in (*draft.parts, *lead) for p in page.parts[i].partners if p.country != country]
    return tuple(
        found(page.text, p.country, p.start, p.end, f"partner:{p.rule}")
        for p in _once(helped, lambda p: p.country)
    )


def means(page: Page, draft: Draft, kind: str) -> tuple[Found[str], ...]:
    """Return the hiding places, vehicles or event types that the draft's sentences name."""
    return tuple(
        found(page.text, w.value, w.start, w.end, f"{kind}:{w.rule}")
        for w in _once(_ways(page, draft, kind), lambda w: w.value)
    )


def _ways(page: Page, draft: Draft, kind: str) -> list[Means]:
    named = (w for i in draft.parts for w in draft.own(i, page.parts[i].means))
    return [w for w in named if w.kind == kind]


_TRANSPORT_RANK = ("transport.vehicle", "transport.generic", "transport.building", "transport.seaport")


def transport(page: Page, draft: Draft) -> Found[str] | None:
    """Return how the load travelled: a named vehicle before a general word, before the building it lay in."""
    ways = _ways(page, draft, "transport")
    if not ways:
        return None
    ranks = {rule: rank for rank, rule in enumerate(_TRANSPORT_RANK)}
    best = min(ways, key=lambda w: (ranks.get(w.rule, len(ranks)), w.start))
    return found(page.text, best.value, best.start, best.end, best.rule or "transport")
