"""Broken, mixed and hostile texts made from the labelled articles: what a reader of pages must survive.

Seeded, so that a text that fails can be made again from its number.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache

from benchmarks.extraction_gold import ARTICLES
from etl.extract import Document

FILES = ("dev_en", "dev_ar", "own_en", "own_ar")
LONGEST = 1200
_ODD = (
    "\u202e\u202d\u2066\u2069\u200f\u200b\u200d\u00ad\ufeff\x00\x0b\x1b\u0640\u0651ﷺﻻ½²٣۴५𝟛①Ⅷ٬٫،؛؟«»„“'`´"
    "–—−…‰%$€£#@/\\|<>[]{}()*+=~^_😀ßİıǅﬁ"
)
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DAYS = (None, date(1990, 1, 1), date(2024, 2, 29), date(2025, 1, 1), date(2026, 3, 6), date(2099, 12, 31))
_PHRASES = (
    "two and a half million", "مليون ونصف المليون", "1.350.000", "1,2,3,4", "half a", "نصف",
    "over over about", "أكثر من نحو", "on Sunday", "يوم الأحد", "31 February 2025", "30 شباط 2025",
    "31/12", "12 Rajab 1446", "0", "-5", "1e9", "999999999999999999999", "between 5 and 3 million pills",
    "ما بين 5 و3 ملايين حبة", "in Anbar, Homs and Basra", "من سوريا إلى العراق إلى سوريا", "captagon",
    "كبتاغون", "pills", "حبة", "kg", "كغم", "$5 million", "seized", "ضبط", "Read also", "اقرأ أيضا",
    "since January", "منذ مطلع العام",
)  # fmt: skip
Mutation = Callable[[random.Random, str], str]


@cache
def paragraphs() -> tuple[str, ...]:
    """Titles and paragraphs of the labelled articles."""
    found: list[str] = []
    for name in FILES:
        for line in (ARTICLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            found += [article["title"], *filter(None, article["text"].split("\n"))]
    return tuple(found)


def _cut(rng: random.Random, text: str) -> str:
    a, b = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    return text[:a] + text[b:]


def _repeat(rng: random.Random, text: str) -> str:
    a = rng.randint(0, len(text))
    piece = text[a : a + rng.randint(1, 40)]
    return text[:a] + piece * rng.randint(2, 6) + text[a:]


def _insert(rng: random.Random, text: str) -> str:
    a = rng.randint(0, len(text))
    return text[:a] + "".join(rng.choices(_ODD, k=rng.randint(1, 4))) + text[a:]


def _phrase(rng: random.Random, text: str) -> str:
    a = rng.randint(0, len(text))
    return f"{text[:a]} {rng.choice(_PHRASES)} {text[a:]}"


def _shuffle(rng: random.Random, text: str) -> str:
    words = text.split(" ")
    rng.shuffle(words)
    return " ".join(words)


def _splice(rng: random.Random, text: str) -> str:
    other = rng.choice(paragraphs())
    return (
        text[: rng.randint(0, len(text))]
        + rng.choice(("\n", "\n\n", " ", ""))
        + other[rng.randint(0, len(other)) :]
    )


def _random(rng: random.Random, text: str) -> str:
    points = (
        rng.choice((rng.randint(0, 0x24F), rng.randint(0x600, 0x6FF), rng.randint(0, 0x10FFFF)))
        for _ in range(40)
    )
    return text + "".join(chr(p) for p in points if not 0xD800 <= p <= 0xDFFF)


MUTATIONS: tuple[Mutation, ...] = (
    _cut, _cut, _repeat, _insert, _insert, _phrase, _phrase, _shuffle, _splice, _splice, _random,
    lambda _, text: text.translate(_DIGITS), lambda _, text: text.upper(), lambda _, text: text[::-1],
    lambda _, text: unicodedata.normalize("NFD", text), lambda _, text: text.replace(" ", ""),
    lambda _, text: text.replace(" ", "\n"), lambda _, text: text.replace(".", ""),
)  # fmt: skip


def mutated(number: int) -> Document:
    """The text of a number: one to three paragraphs, changed up to five times."""
    rng = random.Random(number)
    text = "\n\n".join(rng.choices(paragraphs(), k=rng.randint(1, 3)))
    for _ in range(rng.randint(0, 5)):
        text = rng.choice(MUTATIONS)(rng, text)[:LONGEST]
    title, _, rest = text.partition("\n") if rng.random() < 0.5 else ("", "", text)
    return Document(str(number), rest or "x", title, rng.choice(("", "en", "ar")), rng.choice(_DAYS))
