"""Which figures count and weigh one and the same load."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.counted import Counted
from etl.extract.surroundings import GENERIC, Surroundings, words_between
from etl.vocabulary.units import tablet_mass

_REACH = 60  # characters between two figures of one load
_FARTHEST = 300
_GAP_WORDS = 6


def tie(around: Surroundings, loads: Sequence[Counted]) -> dict[int, int]:
    """Return index -> index of the earlier figure of the same load; fills in a drug that only one names."""
    ties: dict[int, int] = {}
    for i in range(1, len(loads)):
        before, one = loads[i - 1], loads[i]
        if before.role != "load" or one.role != "load" or before.low is None or one.low is None:
            continue
        if _is_total(around, one) and (i - 1 in ties or _several_masses(loads[max(0, i - 4) : i])):
            one.rule = "total"
            continue
        if i - 1 in ties and one.unit.measure == before.unit.measure:
            continue
        if not _same_kind_of_drug(before, one):
            continue
        if before.unit.measure == one.unit.measure:
            if not _restated(around, before, one):
                continue
        elif not _tied(around, before, one):
            continue
        ties[i] = ties.get(i - 1, i - 1)
        if one.drug in ("", *GENERIC) and before.drug:
            one.drug = before.drug
        elif before.drug in ("", *GENERIC) and one.drug:
            before.drug = one.drug
    return ties


def _several_masses(loads: Sequence[Counted]) -> bool:
    return sum(one.unit.measure == "mass" for one in loads) > 1


def _is_total(around: Surroundings, one: Counted) -> bool:
    return around.cue_before(one.start, "total", 30) is not None


def _same_kind_of_drug(before: Counted, one: Counted) -> bool:
    codes = {before.drug, one.drug} - {"", *GENERIC}
    return len(codes) < 2 or codes == {"captagon", "amphetamine_tablets"}


def _restated(around: Surroundings, before: Counted, one: Counted) -> bool:
    """Tell whether a weight is said again in another unit: "1,773kg (2 tonnes)"."""
    gap = around.folded[before.end : one.start]
    return before.unit != one.unit and one.unit.measure == "mass" and gap in (" (", "(", ", or ", " or ")


def _tied(around: Surroundings, before: Counted, one: Counted) -> bool:
    folded, start, end = around.folded, before.end, one.start
    if end < start or end - start > _FARTHEST:
        return False
    named = one.drug_at > one.number_end and one.drug not in GENERIC
    sentences = around.sentence(end) - around.sentence(before.start)
    cue = around.cue_before(end, "weighs", 40)
    cue = cue if cue and cue.start >= start - 1 else None
    if sentences == 0 and end - start <= _REACH:
        if not folded[start:end].strip(" ,;()\"'-"):
            return not named or (one.drug == before.drug and "(" in folded[start:end])
        if cue and len(words_between(folded, start, cue.start)) <= _GAP_WORDS:
            return True
        if not named and _plausible(before, one) and not _AND.search(folded, start, end):
            return True
    weighs = cue is not None and (
        "weigh" in folded[cue.start : cue.end] or "وزن" in folded[cue.start : cue.end]
    )
    if one.unit.measure != "mass" or named or cue is None:
        return False
    return (weighs and sentences <= 1) or (sentences <= 2 and _plausible(before, one))


_AND = re.compile(r" and | و(?!زن)")


def _plausible(before: Counted, one: Counted) -> bool:
    """Tell whether two figures can be the count and the weight of the same tablets."""
    count, mass = (before, one) if before.unit.measure == "tablets" else (one, before)
    if count.unit.measure != "tablets" or mass.unit.measure != "mass" or not count.low or not mass.low:
        return False
    grams = mass.low * mass.unit.kg * 1000 / count.low
    return tablet_mass().plausible_low <= grams <= tablet_mass().plausible_high
