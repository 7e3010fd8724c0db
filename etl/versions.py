"""Which version of a page counts: the newest that still tells the page's story.

A page that is fetched again may have become a notice of maintenance, a wall of consent, an emptied frame or
the outlet's front page. That takes away nothing of what it told before. A correction is followed, whatever it
changes, as long as it is one of the same story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.records import Claim
from etl.syndication import one_text


@dataclass(frozen=True, slots=True)
class Wording:
    """A version of a page: its title, the signature of its words (`etl.syndication`), and what it tells by
    itself: seizures and totals."""

    title: str
    signature: bytes
    claims: tuple[Claim, ...]


def in_force(versions: Sequence[Wording]) -> int:
    """The place of the version that counts among those of a page, which are given oldest first.

    Each takes the place of the one in force before it unless that would lose a story: where it tells nothing
    while that one does, or where it tells another story.
    """
    standing = 0
    for place, version in enumerate(versions):
        before = versions[standing]
        if not before.claims or (version.claims and _same_story(version, before)):
            standing = place
    return standing


def _same_story(one: Wording, other: Wording) -> bool:
    """Whether two versions share their title, much of their words, or a seizure's amount or place."""
    if one.title and one.title.split() == other.title.split():
        return True
    return one_text(one.signature, other.signature) or any(
        _same_seizure(a, b) for a in one.claims for b in other.claims
    )


def _same_seizure(one: Claim, other: Claim) -> bool:
    if one.country != other.country:
        return False
    same_place = one.place != "" and one.place == other.place
    amount, others = one.amount, other.amount
    return same_place or (
        amount.quantity is not None and (amount.quantity, amount.unit) == (others.quantity, others.unit)
    )
