"""Which pages carry one text: a dispatch that outlets pass on, cut, or set a line of their own above.

A text is known by a MinHash signature over its runs of four words (library datasketch; the usual measure for
near-duplicates of web pages). Texts that share 40 % of these runs are one text: on the labelled
articles, reports of different newsrooms share at most 12 %
(`tests/etl/test_syndication.py`).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

import numpy as np

from geo.fold import fold

K = TypeVar("K", bound=Hashable)

RUN = 4
"""Words in a run: three are met by chance in formulas of ministries, five miss light edits."""
SHARED = 0.4
"""Share of runs (Jaccard) from which two texts are one: a dispatch cut by half still is."""
FEWEST_WORDS = 30
"""Shorter texts, a headline and a sentence, are alike by chance."""
_PERMUTATIONS = 128  # standard error of the estimated share: 0.04 at one half
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The signature of a text, 512 bytes; empty for texts too short to be told apart."""
    words = [fold(word) for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return b""
    sketch = _sketch()
    runs = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    sketch.update_batch([run.encode("utf-8", "surrogatepass") for run in runs])
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def one_text(signed: bytes, other: bytes) -> bool:
    """Whether two signatures are of one text; never of texts too short to be told apart."""
    return bool(signed and other) and float(_sketch(signed).jaccard(_sketch(other))) >= SHARED


def first_copies(signatures: Iterable[tuple[K, bytes]]) -> dict[K, K]:
    """Map each key to the first key, in the order given, whose text it shares: itself where it is the first.

    A copy of a copy goes to the same first one.
    """
    index = _library().MinHashLSH(threshold=SHARED, num_perm=_PERMUTATIONS)
    order: dict[K, int] = {}
    sketches: dict[K, Any] = {}
    first: dict[K, K] = {}
    for key, signed in signatures:
        order[key] = len(order)
        first[key] = key
        if not signed:
            continue
        sketch = _sketch(signed)
        alike = [other for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= SHARED]
        if alike:
            first[key] = first[min(alike, key=order.__getitem__)]
        index.insert(key, sketch)
        sketches[key] = sketch
    return first


def _sketch(signed: bytes = b"") -> Any:
    """A sketch of nothing, or the one behind a signature; all share the permutations of one seed."""
    values = np.frombuffer(signed, "<u4") if signed else None
    return _library().MinHash(
        _PERMUTATIONS, hashvalues=values, permutations=_blank().permutations, scheme=_blank().scheme
    )


@cache
def _blank() -> Any:
    return _library().MinHash(_PERMUTATIONS, seed=1, scheme="affine32")


@cache
def _library() -> ModuleType:
    """Load datasketch, which brings half of scipy, only where there are texts to compare."""
    return import_module("datasketch")
