"""What a load physically was, whether a figure is an amount or a capacity, and what qualifies a number.

All answers come from the words of the page by the keyword lists of `forms.toml`; every lookup is total.
"""

import re
from functools import cache, lru_cache

from etl.vocabulary import Label, Table, fold, labels, load, mentioned

TABLETS = "tablets"
UNKNOWN = "unknown"
_CLAUSE = re.compile(r"[;؛،]|, |\.(?=\s)| and (?=[0-9])")


@cache
def form_labels() -> dict[str, Label]:
    """Return form code -> English and Arabic label."""
    return labels(_forms())


@lru_cache(maxsize=65536)
def load_form(
    drug: str, measure: str, *, counted: bool, as_written: str, hiding: str, others: tuple[str, ...]
) -> str:
    """Return the form of a load.

    `measure` is what its unit counts (tablets, mass, packages, unknown), `counted` whether a number is given,
    `as_written` the page's words for the quantity, `hiding` for the hiding place; `others` are the further
    drugs that the row lists with an amount of their own. The kind of drug decides where it is no pill; then
    words of crushing; then a number of tablets; then words of raw material or of several drugs at once.
    """
    by_drug = _form_of_drug().get(drug, UNKNOWN)
    words = fold(as_written)
    form = by_drug
    if by_drug in {"equipment", "raw_material"}:
        pass
    elif _says("crushed_or_powder", words) or mentioned(
        fold(hiding), _forms()["crushed_or_powder"]["in_hiding"]
    ):
        form = "crushed_or_powder"
    elif counted and measure == TABLETS:
        form = TABLETS
    elif by_drug == TABLETS:
        form = _form_of_pills(drug, measure, words, others)
    return form


def _form_of_pills(drug: str, measure: str, words: str, others: tuple[str, ...]) -> str:
    """Return the form of an uncounted load of a drug that comes as pills."""
    if _says("raw_material", words):
        return "raw_material"
    if _says("mixed_load", words) or (measure == "mass" and _names_others(drug, words, others)):
        return "mixed_load"
    return TABLETS if measure != UNKNOWN or _says(TABLETS, words) else UNKNOWN


def _forms() -> Table:
    table: Table = load("forms")["form"]
    return table


@cache
def _form_of_drug() -> dict[str, str]:
    return {drug: code for code, entry in _forms().items() for drug in entry["drugs"]}


def _says(form: str, folded: str) -> bool:
    return mentioned(folded, _forms()[form]["words"])


def _names_others(drug: str, words: str, others: tuple[str, ...]) -> bool:
    """Tell whether the words of a weight name another drug whose own amount isn't given."""
    names = load("forms")["other_drug_names"]
    return any(mentioned(words, names[other]) for other in names if other != drug and other not in others)


@lru_cache(maxsize=65536)
def capacity_clauses(as_written: str) -> tuple[str, ...]:
    """Return the clauses of a quantity's words that tell what could be made, not what was found."""
    words = load("forms")["capacity"]["words"]
    return tuple(c.strip() for c in _CLAUSE.split(as_written) if mentioned(fold(c), words))


@lru_cache(maxsize=65536)
def is_only_capacity(as_written: str) -> bool:
    """Tell whether every number that the words give is a capacity: then the row's figure is no amount."""
    told = capacity_clauses(as_written)
    rest = [c for c in _CLAUSE.split(as_written) if c.strip() not in told]
    return bool(told) and not any(_tells_number(clause) for clause in rest)


def _tells_number(clause: str) -> bool:
    folded = fold(clause)
    return any(c.isdigit() for c in folded) or mentioned(folded, load("forms")["capacity"]["numbers"])


@lru_cache(maxsize=65536)
def worded_qualifier(qualifier: str, as_written: str) -> str:
    """Return what "at most" in the ledger means by the page's words: `nearly` is about, `up to` is under."""
    if qualifier != "under":
        return qualifier
    words = load("forms")["qualifier_words"]
    folded = fold(as_written)
    return "about" if mentioned(folded, words["about"]) and not mentioned(folded, words["under"]) else "under"


@lru_cache(maxsize=65536)
def is_alleged(event_type: str, counted: bool, text: str) -> bool:
    """Tell whether a production site is only said to exist: no amount, and words that say so."""
    entry = load("forms")["alleged"]
    return event_type in entry["event_types"] and not counted and mentioned(fold(text), entry["words"])
