"""Which sentences and figures tell of one seizure: the grouping at the heart of the extractor.

Sentences are read in order. A figure that repeats one already told belongs to that seizure; one of another
drug
or measure belongs to the seizure being told; another figure of the same drug, another place or a word such as
"separately" begins the next. A figure that is the sum of others is their total, not a seizure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from etl.extract import clauses
from etl.extract import status as st
from etl.extract.drugs import VAGUE, agree
from etl.extract.loads import Figure, figure, may_hold, same_figure, sum_of
from etl.extract.page import Annotated, Page, S
from etl.extract.sections import CAPTION, STORY, SUMMARY, TITLE
from etl.vocabulary import load
from geo.gazetteer import by_id

_LEAD = 5
"""News stands in a page's first sentences; a feature comes to its examples later."""
_BESIDE = 12
"""Characters between "enough for" and its figure."""
_MONTH = timedelta(days=31)
"""Attempts told apart in a statement lie within a month."""
_ROUNDING = 0.02
"""A rounded total may fall this much short of its parts."""
_FEWEST = 2
""""One tablet" is a way of speaking."""
_HEADING = 8
"""A line of no more words than this and without a full stop is a heading."""
_NEAR = 3
"""A seizure is told in neighbouring sentences: figures further apart don't complete each other."""


@dataclass(eq=False)
class Draft:
    """One seizure (or total) in the making. `parts` are indices into Page.parts, in the order of the page."""

    status: str
    figures: list[Figure] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    is_sum: bool = False  # the sum of seizures told apart on the same page
    parent: Draft | None = None  # the sum that this one is part of
    shared: dict[int, tuple[Sequence[clauses.Span], int]] = field(default_factory=dict)
    """Sentences that tell of other drafts too: where the figures of each stand, which of them are its own."""

    def add(self, index: int) -> None:
        if index not in self.parts:
            self.parts.append(index)
            self.parts.sort()

    def own(self, index: int, mentions: Sequence[S]) -> Sequence[S]:
        """Return those of a sentence's mentions that belong to this draft."""
        return clauses.own(mentions, *self.shared[index]) if index in self.shared else mentions


def group(page: Page, statuses: Sequence[str], setting: st.Frame) -> list[Draft]:
    """Return the drafts of a page in the order in which it tells them."""
    drafts: list[Draft] = []
    scenes = _scenes(page, statuses)
    for index, part in enumerate(page.parts):
        if part.kind == STORY and statuses[index] != st.GENERAL:
            for figures in _sets(page, index):
                _place(page, drafts, statuses[index], figures, scenes)
    for draft in drafts[:]:
        drafts += _split(draft)
    drafts = _without_first_parts(page, drafts)
    _add_repeats(page, drafts)
    if not setting.mood and not any(d.status == st.CURRENT or _opens(page, d) for d in drafts):
        drafts += _without_figures(page, statuses)
    if not setting.mood:
        drafts += _silent(page, statuses, drafts, roundup=setting.roundup)
    _attach(page, statuses, drafts, scenes)
    _demote(page, drafts, setting)
    _find_sums(page, drafts)
    _share_sentences(page, drafts)
    return sorted(drafts, key=lambda d: (d.parts[0], d.figures[0].index if d.figures else -1))


def _scenes(page: Page, statuses: Sequence[str]) -> list[frozenset[str]]:
    """Where each sentence is set: its own places, else those of the sentence before it on the line."""
    found: list[frozenset[str]] = []
    for index, part in enumerate(page.parts):
        own = frozenset(_spots(part)) if part.kind == STORY else frozenset()
        goes_on = index > 0 and page.parts[index - 1].sentence.line == part.sentence.line
        if not own and goes_on and statuses[index] == statuses[index - 1]:
            own = found[-1]
        found.append(own)
    return found


def _sets(page: Page, index: int) -> list[list[Figure]]:
    """The figures of one sentence, a set for each seizure that it tells of."""
    sets: list[list[Figure]] = []
    last_end = 0
    for figure_ in _figures(page, index):
        quantity = page.quantities[figure_.index]
        part = page.parts[index]
        conflict = bool(sets) and any(_conflict(figure_, other) for other in sets[-1])
        if not sets or (conflict and _next_begins(part, last_end, quantity.start)):
            sets.append([])
        sets[-1].append(figure_)
        last_end = quantity.end
    return sets


def _figures(page: Page, index: int) -> list[Figure]:
    part = page.parts[index]
    found = []
    for position in part.quantities:
        quantity = page.quantities[position]
        if quantity.role == "load" and _is_drugs(page, index, position):
            made = figure(position, index, quantity, told=part.kind == STORY)
            if made and not (made.measure == "tablets" and made.high < _FEWEST):
                found.append(made)
    return found


def _is_drugs(page: Page, index: int, position: int) -> bool:
    """Whether a quantity may be of drugs.

    Tablets are, if they are called so; a bare number needs a drug, a deed or a hiding place beside it or a
    figure just before; a weight a drug in its sentence or just before; packages need it in their own words.
    Figures tied together are of one load.
    """
    part, quantity = page.parts[index], page.quantities[position]
    if any("capacity" in m.value and 0 <= quantity.start - m.end <= _BESIDE for m in part.marks):
        return False
    if _is_rate(page, position):
        return False
    measure = load("units").get(quantity.unit, {}).get("measure", "")
    if quantity.drug or quantity.tied_to is not None or position in page.counted_again:
        return True
    deed = bool({"seizure", "load"} & part.cues)
    before = [p for p in page.parts[max(0, index - _NEAR) : index] if p.kind in {STORY, TITLE}]
    if measure == "tablets":
        listed = any(p.quantities for p in before) and "not_drugs" not in part.cues
        return quantity.rule != "elliptic" or deed or bool(part.drugs) or bool(part.means) or listed
    more = "another" in part.cues and any(p.quantities for p in before)  # "a further 2,103 kilogrammes"
    return measure == "mass" and (bool(part.drugs) or more or (deed and any(p.drugs for p in before)))


def _is_rate(page: Page, position: int) -> bool:
    """Whether a figure is one half of "6,000 pills a kilogramme"."""
    pair = page.quantities[max(position - 1, 0) : position + 2]
    here = page.quantities[position]
    for one, other in pairwise(pair):
        if here in (one, other) and other.rule == "article" and other.start - one.end <= 1:
            return True
    return False


def _conflict(one: Figure, other: Figure) -> bool:
    """Two figures that can't both describe one load: same drug and measure, different numbers."""
    if one.measure != other.measure or same_figure(one, other):
        return False
    listed = (
        "unspecified" in {one.drug, other.drug}
        and one.drug != other.drug
        and "" not in {one.drug, other.drug}
    )
    return (
        agree(one.drug, other.drug) and not listed
    )  # "80 kg of khat, 2 kg of hashish": the ledger has no khat


def _next_begins(part: Annotated, start: int, end: int) -> bool:
    """Whether another seizure begins between two figures of a sentence: a place, or "in the second
    attempt"."""
    places = any(start <= p.start < end and p.role in {"at", "near", ""} for p in part.places)
    return places or any(start <= m.start < end and "another" in m.value for m in part.marks)


def _place(
    page: Page,
    drafts: list[Draft],
    status: str,
    figures: list[Figure],
    scenes: Sequence[frozenset[str]],
) -> None:
    index = figures[0].part
    told = [
        d
        for d in drafts
        if _told_before(d, figures) and not _elsewhere(scenes, d, index) and not _is_another(page, d, index)
    ]
    target = next((d for d in told if d.status == status), None)
    if target is None and status == st.TOTAL:
        target = next(iter(told), None)  # the lead gave the sum as if it were news
        if target:
            target.status = st.TOTAL
    alike = [d for d in drafts if d.status == status]
    if target is None and alike and _continues(page, alike[-1], index, figures, scenes):
        target = alike[-1]
    if target is None:
        target = Draft(status)
        drafts.append(target)
    target.figures += figures
    target.add(index)


def _is_another(page: Page, draft: Draft, index: int) -> bool:
    """Whether "in a separate operation" and a place of its own tell a seizure with the same figure apart."""
    here = _place_ids(page.parts[index])
    if "another" not in page.parts[index].cues or not here or index in draft.parts:
        return False
    return not here & set().union(*(_place_ids(page.parts[i]) for i in draft.parts))


def _told_before(draft: Draft, figures: Sequence[Figure]) -> bool:
    return any(same_figure(new, old) for new in figures for old in draft.figures)


def _continues(
    page: Page, draft: Draft, index: int, figures: Sequence[Figure], scenes: Sequence[frozenset[str]]
) -> bool:
    """Whether figures of another drug or measure go on telling of the draft's seizure."""
    if (
        index - draft.parts[-1] > _NEAR
        or "another" in page.parts[index].cues
        or _elsewhere(scenes, draft, index)
    ):
        return False
    if page.first_of_several <= index and index not in draft.parts:
        before = set().union(*(_place_ids(page.parts[f.part]) for f in draft.figures if f.told))
        if _place_ids(page.parts[index]) - before:
            return False
    rivals = [old for old in draft.figures if any(_conflict(new, old) for new in figures)]
    return all(old.drug in VAGUE and sum_of(old, figures) for old in rivals)


def _elsewhere(scenes: Sequence[frozenset[str]], draft: Draft, index: int) -> bool:
    """Whether the sentence is set in another governorate or place than the draft."""
    here = scenes[index]
    if not here or index in draft.parts:
        return False
    there = [scenes[p] for p in draft.parts if scenes[p]]
    return bool(there) and all(here.isdisjoint(scene) for scene in there)


def _spots(part: Annotated) -> set[str]:
    """The governorates (of places without one: the places) at which a sentence is set; countries don't
    count."""
    spots = set()
    for mention in part.places:
        if mention.role in {"at", "near"} and mention.place_ids:
            place = by_id(mention.place_ids[0])
            if place.precision != "country":
                spots.add(place.admin1_code or place.place_id)
    return spots


def _split(draft: Draft) -> list[Draft]:
    """Take the parts of a sum that stands with them in one sentence out into drafts of their own."""
    for total in draft.figures:
        rivals = [f for f in draft.figures if _conflict(total, f) and f.drug not in VAGUE]
        parts = sum_of(total, rivals)
        if parts and len({f.drug for f in parts} - VAGUE) <= 1:
            draft.figures = [f for f in draft.figures if f not in parts]
            return [Draft(draft.status, [f], [f.part]) for f in parts]
    return []


def _without_first_parts(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give a part that a later "all in all" includes to that total: "the first was stopped with 200,000"."""
    kept: list[Draft] = []
    for draft, following in zip(drafts, [*drafts[1:], None], strict=False):
        if following is not None and _includes(page, following, draft):
            following.parts = sorted({*following.parts, *draft.parts})
        else:
            kept.append(draft)
    return kept


def _includes(page: Page, later: Draft, draft: Draft) -> bool:
    if len(draft.figures) != 1 or draft.status != later.status or later.parts[0] - draft.parts[-1] > _NEAR:
        return False
    part, cues = draft.figures[0], page.parts[later.parts[0]].cues
    if "part" not in page.parts[part.part].cues or "in_all" not in cues:
        return False
    whole = _alike(later, part)
    return whole is not None and whole.middle > part.middle


def _find_sums(page: Page, drafts: list[Draft]) -> None:
    """Mark drafts whose figure is the sum of others' and drop a weight that is the sum of its own loads."""
    for draft in drafts:
        for total in draft.figures[:]:
            own = [f for f in draft.figures if f.drug not in VAGUE and not same_figure(f, total)]
            known = {f.index for f in own}
            own += [f for f in draft.figures if f.drug not in VAGUE | {total.drug} and f.index not in known]
            if len({f.drug for f in sum_of(total, own)}) > 1:
                draft.figures = [f for f in draft.figures if f in own or not same_figure(f, total)]
    for draft in sorted(drafts, key=lambda d: -max((f.middle for f in d.figures), default=0.0)):
        if draft.parent:
            continue
        others = [d for d in drafts if d is not draft and d.figures]
        near = [d for d in others if d.status == draft.status or _may_open(draft, d)]
        for total in draft.figures:
            members = _exact_parts(page, draft, total, others) or _told_apart(
                page, total, _smaller(total, near)
            )
            if not members and not _over_regions(page, draft, total):
                continue
            draft.is_sum = True
            for other in others:
                if any(f in members for f in other.figures):
                    other.parent = draft
                    if draft.status == st.CURRENT or (draft.status == st.TOTAL and _of_attempts(page, draft)):
                        other.status = st.CURRENT  # a sum of some weeks: its parts are the news


def _may_open(total: Draft, part: Draft) -> bool:
    """Whether a total of a period may be of seizures that the page tells as its news."""
    return total.status == st.TOTAL and part.status == st.CURRENT


def _smaller(total: Figure, drafts: Sequence[Draft]) -> list[Figure]:
    return [f for d in drafts if (f := _alike(d, total)) and f.middle < total.middle]


def _exact_parts(page: Page, draft: Draft, total: Figure, others: Sequence[Draft]) -> tuple[Figure, ...]:
    """Figures that add up to a total; older ones only where the total is said to be of several seizures."""
    near = [d for d in others if d.status == draft.status or _may_open(draft, d)]
    found = sum_of(total, _smaller(total, near))
    several = any("several" in page.parts[i].cues for i in draft.parts)
    if found or draft.status != st.CURRENT or total.qualifier != "exact" or not several:
        return found
    return sum_of(total, _smaller(total, [d for d in others if d.status != st.TOTAL]))


def _of_attempts(page: Page, draft: Draft) -> bool:
    """Whether a total is of a few attempts or cases told apart, not of a year's work."""
    told = [page.parts[i] for i in draft.parts]
    days = [d for part in told for d in part.days if d.kind == "period" and d.first and d.last]
    short = all(d.first and d.last and d.last - d.first <= _MONTH for d in days)
    return short and any("several" in part.cues for part in told)


def _share_sentences(page: Page, drafts: Sequence[Draft]) -> None:
    """Tell each of several drafts of one sentence which figures in it are its own."""
    found: dict[int, list[tuple[clauses.Span, Draft]]] = {}
    for draft in drafts:
        for index in draft.parts:
            here = [page.quantities[f.index] for f in draft.figures if f.part == index]
            if here:
                span = min(q.start for q in here), max(q.end for q in here)
                found.setdefault(index, []).append((span, draft))
    for index, sharing in found.items():
        if len(sharing) > 1:
            sharing.sort(key=lambda item: item[0])
            spans = [span for span, _ in sharing]
            for which, (_, draft) in enumerate(sharing):
                draft.shared[index] = (spans, which)


def _told_apart(page: Page, total: Figure, alike: Sequence[Figure]) -> list[Figure]:
    """The parts that follow a figure "in five cases", or that are told as "the largest", "a third case"."""
    later = [f for f in alike if f.part > total.part]
    if "part" in page.parts[total.part].cues or not later:
        return []
    if "several" in page.parts[total.part].cues:
        few = sum(f.middle for f in later) <= total.middle * (1 + _ROUNDING)
        return later if few or may_hold(total, later) else []
    counted = any({"part", "another"} & page.parts[f.part].cues for f in later)
    return later if counted and may_hold(total, later) else []


def _over_regions(page: Page, draft: Draft, total: Figure) -> bool:
    """Whether a figure is given for several attempts in several governorates at once."""
    told = [page.parts[i] for i in draft.parts if i <= total.part]
    return any("several" in part.cues and len(_spots(part)) > 1 for part in told)


def _alike(draft: Draft, total: Figure) -> Figure | None:
    return next((f for f in draft.figures if f.measure == total.measure and agree(f.drug, total.drug)), None)


def _add_repeats(page: Page, drafts: Sequence[Draft]) -> None:
    """Let headline, captions and summaries confirm what the story tells; they tell of nothing by
    themselves."""
    for index, part in enumerate(page.parts):
        if part.kind not in {TITLE, CAPTION, SUMMARY}:
            continue
        for new in _figures(page, index):
            for draft in drafts:
                if draft.status != st.RECALLED and any(same_figure(new, old) for old in draft.figures):
                    draft.figures.append(new)
                    if part.kind == TITLE:
                        draft.add(index)
                    break


def _without_figures(page: Page, statuses: Sequence[str]) -> list[Draft]:
    """The news of a page that gives no figure: its first sentence of a deed, a drug and a body, day or
    place."""
    titles = page.titles
    named = any(p.drugs for p in titles)
    done = any("seizure" in p.cues and p.drugs for p in titles)
    story = [i for i, p in enumerate(page.parts) if p.kind == STORY]
    lead = [i for i in story if st.says_something(page.parts[i])][:_LEAD]
    fought = any(m.kind == "killed" for p in (*titles, *(page.parts[i] for i in lead)) for m in p.people)
    for index in sorted({*story[: _NEAR + 1], *lead}):
        part = page.parts[index]
        deed = "seizure" in part.cues or (part.bodies and any(w.kind == "event_type" for w in part.means))
        told = (deed and (part.drugs or named)) or (done and part.drugs)
        if index not in story[: _NEAR + 1]:
            told = "quantities" in part.cues and part.drugs and deed
        told = told or (fought and part.drugs and (deed or "quantities" in part.cues))  # left by the shot
        known = [page.parts[i] for i in story if i <= index]
        if statuses[index] == st.CURRENT and told and any(p.bodies or p.days or p.places for p in known):
            title = [f for i, p in enumerate(page.parts) if p.kind == TITLE for f in _figures(page, i)]
            return [Draft(st.CURRENT, title, [index])]
    return []


def _silent(page: Page, statuses: Sequence[str], drafts: Sequence[Draft], *, roundup: bool) -> list[Draft]:
    """Further seizures without a figure: another country's, or another place's in a round-up.

    Only sentences with a deed and a drug, which no figure has claimed; the first draft is the page's news.
    """
    current = [d for d in drafts if d.status == st.CURRENT]
    if not current:
        return []
    taken = {index for d in drafts for index in d.parts}
    told = [page.parts[i] for d in current for i in d.parts]
    countries = set().union(*map(_countries, told)) or set().union(*map(_lands, told))
    places = set().union(*(_place_ids(page.parts[i]) for d in current for i in d.parts))
    found: list[Draft] = []
    for index, part in enumerate(page.parts):
        if (
            index in taken
            or part.kind != STORY
            or statuses[index] != st.CURRENT
            or index < current[0].parts[0]
        ):
            continue
        if "seizure" not in part.cues or not part.drugs or part.quantities:
            continue
        here, lands = _place_ids(part), _countries(part)
        if (roundup and here and not here & places) or (lands and countries and not lands & countries):
            found.append(Draft(st.CURRENT, [], [index]))
            places |= here
            countries |= lands
    return found


def _countries(part: Annotated) -> set[str]:
    """The countries whose bodies seize in a sentence."""
    return {body.country for body in part.bodies if body.country and body.role == "seizing"}


def _place_ids(part: Annotated) -> set[str]:
    named = (p for p in part.places if p.role in {"at", "near"} and p.place_ids)
    return {
        p.place_ids[0] for p in named if by_id(p.place_ids[0]).precision not in {"country", "governorate"}
    }


def _demote(page: Page, drafts: Sequence[Draft], setting: st.Frame) -> None:
    """Call recalled what no word calls so: seizures that a page without one in its lead comes to, and another
    country's without a day of its own, in a page that is no round-up.
    """
    current = [d for d in drafts if d.status == st.CURRENT]
    if not current:
        return
    told = [i for i, part in enumerate(page.parts) if part.kind == STORY and st.says_something(part)]
    main = current[0]
    deed = any(_acts(part) for part in page.titles) or _told_of(page, told[:_LEAD])
    anchors = {f.part for f in main.figures} or set(main.parts)
    early = any(page.parts[i].drugs for i in told[:_NEAR]) or any(part.drugs for part in page.titles)
    in_lead = early and bool(anchors & {*told[:_LEAD], *(i for i in anchors if page.parts[i].kind == TITLE)})
    home = set().union(*(_lands(page.parts[i]) for i in main.parts))
    for draft in current:
        parts = [page.parts[i] for i in draft.parts]
        if not deed and not _told_of(page, draft.parts):
            draft.status = st.RECALLED
            continue
        if any(st.is_fresh(part, setting) for part in parts):
            continue
        if (
            draft is not main
            and not setting.of_days
            and any(_dated_coarsely(page.parts[f.part]) for f in draft.figures)
        ):
            draft.status = st.RECALLED  # "in mid-June", on a page whose news has a day
            continue
        abroad = (
            set().union(*(_lands(page.parts[f.part]) for f in draft.figures)) if draft is not main else set()
        )
        elsewhere = bool(abroad and home) and not abroad & home
        another = any("another" in page.parts[f.part].cues for f in draft.figures)
        if not in_lead or (elsewhere and not setting.roundup and not another):
            draft.status = st.RECALLED


def _dated_coarsely(part: Annotated) -> bool:
    return any(d.precision in {"month", "year"} for d in st.point_days(part.days))


def _told_of(page: Page, parts: Sequence[int]) -> bool:
    return any(_acts(page.parts[i]) for i in parts)


def _acts(part: Annotated) -> bool:
    """Whether a sentence has a deed or somebody who may do it."""
    return bool({"seizure", "tried"} & part.cues) or any(body.role == "seizing" for body in part.bodies)


def _lands(part: Annotated) -> set[str]:
    """The countries in which a sentence is set, or whose bodies act in it."""
    named = (p for p in part.places if p.place_ids and p.role in {"at", "near", "agency", ""})
    return {by_id(p.place_ids[0]).country for p in named} | _countries(part)


def _opens(page: Page, draft: Draft) -> bool:
    """Whether a total is what the page opens with: then it is the news, and no seizure is missing."""
    story = [i for i, p in enumerate(page.parts) if p.kind == STORY and (p.quantities or p.cues)]
    return draft.status == st.TOTAL and bool(set(draft.parts) & set(story[:_NEAR]))


def _attach(
    page: Page, statuses: Sequence[str], drafts: Sequence[Draft], scenes: Sequence[frozenset[str]]
) -> None:
    """Give every other sentence of the story to the draft that it goes on telling of."""
    taken = {index for d in drafts for index in d.parts}
    beginnings = {d: min(_told(d, page)) for d in drafts}
    left_off = False  # behind background, or under the heading of another story
    for index, part in enumerate(page.parts):
        if part.kind != STORY:
            continue
        if index in taken:
            left_off = left_off and statuses[index] != st.CURRENT
            continue
        if statuses[index] != st.CURRENT:
            left_off = True
        alike = [d for d in drafts if d.status == statuses[index] and not _elsewhere(scenes, d, index)]
        before = [d for d in alike if beginnings[d] < index]
        behind = [d for d in alike if beginnings[d] > index]
        line = part.sentence.line
        if "another" in part.cues and part.days and behind and beginnings[behind[0]] - index < _NEAR:
            behind[0].add(index)
        elif _is_heading(part) and before:
            own = _under(page, index, drafts)
            left_off = own is None
            if own in alike:
                own.add(index)
        elif before and page.parts[max(before[-1].parts)].sentence.line == line:
            before[-1].add(index)
        elif behind and page.parts[beginnings[behind[0]]].sentence.line == line:
            behind[0].add(index)
        elif statuses[index] == st.CURRENT and alike and (not left_off or _goes_on(part)):
            (before[-1] if before else behind[0]).add(index)


def _under(page: Page, heading: int, drafts: Sequence[Draft]) -> Draft | None:
    """The draft told first under a heading, before the next one."""
    for index in range(heading + 1, len(page.parts)):
        found = next((d for d in drafts if index in d.parts), None)
        if found is not None:
            return found
        if _is_heading(page.parts[index]):
            return None
    return None


def _is_heading(part: Annotated) -> bool:
    """A short line without a full stop, between paragraphs."""
    words = part.words.split()
    return 1 < len(words) <= _HEADING and part.words.rstrip()[-1:] not in {".", "!", "?", ":", ";", '"'}


def _goes_on(part: Annotated) -> bool:
    """Whether a sentence behind the background still tells of the news: arrests, or a fresh day."""
    return bool(part.people) or bool(part.means and part.bodies)


def _told(draft: Draft, page: Page) -> list[int]:
    return [p for p in draft.parts if page.parts[p].kind == STORY] or draft.parts
