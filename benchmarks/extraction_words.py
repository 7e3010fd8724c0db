"""Which words of the extractor's lists no labelled article and no cell of the ledger holds.

python -m benchmarks.extraction_words            counts per list
python -m benchmarks.extraction_words --list     and the words

Such a word may be a slip of spelling, may never be written, or may only be missing from these texts: a
curator decides. Articles of the set `sealed` are left out, since rules may not be made from them.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.extraction_gold import ARTICLES, ROOT, articles
from etl.extract.lexicon import Lexicon, without_article
from etl.extract.text import fold_text
from etl.vocabulary import load

LISTS = (
    "bodies_text", "calendar_words", "drugs", "means_text", "number_words", "page_furniture", "partner_words",
    "people_words", "place_words", "quantity_words", "story_cues", "units",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A phrase of a list; `group` is its path in the file ("caption.starts")."""

    file: str
    group: str
    phrase: str


def entries(name: str, table: Mapping[str, Any] | None = None, path: str = "") -> Iterator[Entry]:
    """Every phrase of a vocabulary: the strings of its lists, however deep."""
    for key, value in (load(name) if table is None else table).items():
        here = f"{path}.{key}".strip(".")
        if isinstance(value, Mapping):
            yield from entries(name, value, here)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, str):
                    yield Entry(name, here, item)
                elif isinstance(item, Mapping):
                    yield from entries(name, item, here)


def unmet(words: Iterable[Entry], texts: Iterable[str]) -> list[Entry]:
    """The entries that stand in none of the texts, in their order."""
    listed = list(words)
    lexicon = Lexicon((e.phrase, without_article(e.phrase)) for e in listed)
    met: set[str] = set()
    for text in texts:
        met.update(match.value for match in lexicon.find_all(fold_text(text)))
    return [e for e in listed if without_article(e.phrase) not in met]


def texts() -> Iterator[str]:
    """The words of the labelled articles and of the ledger's cells."""
    names = sorted(p.name for p in ARTICLES.glob("*.jsonl") if not p.name.startswith("sealed"))
    yield from (document.body for document in articles(names))
    for path in sorted((ROOT / "data/reported").glob("*.csv")):
        yield from _cells(path)


def _cells(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield "\n".join(str(cell) for cell in row.values() if cell)


def main(*, listed: bool) -> None:
    """Print how many entries of each list are met nowhere, and which."""
    everything = [entry for name in LISTS for entry in entries(name)]
    missing = unmet(everything, texts())
    groups = dict.fromkeys((e.file, e.group) for e in everything)
    for file, group in groups:
        count = sum((e.file, e.group) == (file, group) for e in everything)
        absent = [e.phrase for e in missing if (e.file, e.group) == (file, group)]
        if absent:
            print(f"{file}.toml  {group:40} {len(absent):4} of {count:4}")
            if listed:
                print("    " + " | ".join(absent))
    print(f"{len(missing)} of {len(everything)} entries are in no labelled article and no cell of the ledger")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", dest="listed")
    main(listed=parser.parse_args().listed)
