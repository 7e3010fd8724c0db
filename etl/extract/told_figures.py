"""Which quantities of a page are figures of drugs, and which figures can't both describe one load."""

from __future__ import annotations

from itertools import pairwise

from etl.extract.draft import NEAR, Draft
from etl.extract.drugs import agree
from etl.extract.loads import Figure, figure, same_figure
from etl.extract.page import Page
from etl.extract.sections import STORY, TITLE
from etl.vocabulary import load

_BESIDE = 12
"""Characters between "enough for" and its figure."""
_FEWEST = 2
""""One tablet" is a way of speaking."""


def figures_of(page: Page, index: int) -> list[Figure]:
    """The figures of a sentence that may be of loads, in the order in which they stand."""
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
    before = [p for p in page.parts[max(0, index - NEAR) : index] if p.kind in {STORY, TITLE}]
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


def conflicting(one: Figure, other: Figure) -> bool:
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


def counterpart(draft: Draft, total: Figure) -> Figure | None:
    """The draft's first figure that counts or weighs what a total does; None where it has none."""
    return next((f for f in draft.figures if f.measure == total.measure and agree(f.drug, total.drug)), None)
