"""How well the extractor reads the labelled articles, per set, language and field, and its pinned floors.

python -m benchmarks.extraction_gold          the tables, and which promises and floors are broken
python -m benchmarks.extraction_gold --pin    raise the floors of tests/gold/extraction_floors.toml

The scores are those of tests/gold/articles/score_extraction.py. The set `sealed` is measured like the others,
but no rule may be made from its articles.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from etl.extract import Document, claims
from etl.extract.answers import answer
from etl.extract.documents import read

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "tests/gold/articles"
FLOORS = ROOT / "tests/gold/extraction_floors.toml"
SETS = ("dev", "own", "sealed")
LANGUAGES = ("all", "en", "ar")
METRICS = (
    "precision", "recall", "f1", "clean_negatives", "amount_precision", "doc_class_accuracy",
    "all_key_fields", "contamination_per_100",
)  # fmt: skip
CEILINGS = ("contamination_per_100", "spurious.")
"""Beginnings of the names of figures that must stay low; all others must stay high."""
PROMISED: dict[str, dict[str, float]] = {
    "all": {
        "f1": 0.95, "precision": 0.96, "contamination_per_100": 1.0, "clean_negatives": 0.97,
        "amount_precision": 0.97, "doc_class_accuracy": 0.95, "all_key_fields": 0.82,
        "field.amounts": 0.97, "field.country": 0.98, "field.admin1": 0.93, "field.place": 0.90,
        "field.date": 0.95, "field.arrests": 0.93, "field.qualifier": 0.92, "field.transport": 0.85,
        "field.origin": 0.85, "field.destination": 0.85, "field.agencies": 0.85,
    },
    "en": {"f1": 0.92},
    "ar": {"f1": 0.92},
}  # fmt: skip
"""What the set `dev` must reach; besides, no field may be filled in more than this share of empty cells:"""
MOST_SPURIOUS = 0.10
Scores = dict[str, float]


def own_answer(document: Document) -> dict[str, Any]:
    """What this project's extractor answers for a document."""
    return answer(document, claims(document))


def articles(names: Iterable[str]) -> Iterator[Document]:
    """The documents of labelled files, in order."""
    for name in names:
        yield from (item for item in read(ARTICLES / name) if isinstance(item, Document))


def files(set_: str) -> list[str]:
    """Names of the files of a set, in order: of `own` the batches written one after the other."""
    batches = "*" if set_ == "own" else ""
    return [
        path.name for lang in LANGUAGES[1:] for path in sorted(ARTICLES.glob(f"{set_}{batches}_{lang}.jsonl"))
    ]


@cache
def measured(set_: str, read_one: Callable[[Document], dict[str, Any]] = own_answer) -> dict[str, Scores]:
    """Scores of an extractor on a set, per language and over both: metrics, `field.X`, `spurious.X`."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        gold.write_text(
            "".join((ARTICLES / name).read_text(encoding="utf-8") for name in files(set_)), encoding="utf-8"
        )
        lines = (json.dumps(read_one(document)) for document in articles(files(set_)))
        predicted.write_text("\n".join(lines), encoding="utf-8")
        return {language: _scored(gold, predicted, language) for language in LANGUAGES}


def _scored(gold: Path, predicted: Path, language: str) -> Scores:
    command = [sys.executable, str(ARTICLES / "score_extraction.py"), str(gold), str(predicted), "--json"]
    command += [] if language == "all" else ["--lang", language]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    scores: Scores = {name: found[name] for name in METRICS if found[name] is not None}
    pairs = round(found["recall"] * found["gold_incidents"])
    for name, field in found["fields"].items():
        scores[f"field.{name}"] = field["accuracy"]
        if empty := pairs - field["n"]:  # cells of matched incidents where the label has no value
            scores[f"spurious.{name}"] = round(field["spurious"] / empty, 4)
    return scores


def broken(scores: Scores, limits: Scores) -> list[str]:
    """The limits that scores do not hold, each as a sentence; a figure that is missing counts as broken."""
    found = []
    for name, limit in limits.items():
        low = name.startswith(CEILINGS)
        value = scores.get(name, float("inf") if low else float("-inf"))
        if value > limit if low else value < limit:
            found.append(f"{name} is {value:.4f}, {'above' if low else 'below'} {limit:.4f}")
    return found


def promises(language: str, scores: Scores) -> Scores:
    """The limits promised for the set `dev` in a language."""
    spurious = {name: MOST_SPURIOUS for name in scores if name.startswith("spurious.")}
    return PROMISED[language] | (spurious if language == "all" else {})


def pinned(old: Scores, new: Scores) -> Scores:
    """Floors raised to what is measured. ValueError where a measurement breaks one: mend the extractor."""
    if worse := broken(new, old):
        raise ValueError(f"{'; '.join(worse)}: floors are never lowered")
    return dict(new)


def floors() -> dict[str, dict[str, Scores]]:
    """The pinned floors (and ceilings): set -> language -> name -> value."""
    if not FLOORS.is_file():
        return {}
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def pin() -> None:
    """Raise the floors of every set and language to what is measured now."""
    old = floors()
    lines = [
        "# Least scores of the extractor on the labelled articles (tests/gold/articles), per set and",
        "# language; of contamination and `spurious.*` (share of empty cells filled in) the greatest.",
        "# Raised by `python -m benchmarks.extraction_gold --pin`, which refuses to lower any.",
    ]
    for set_ in SETS:
        for language, scores in measured(set_).items():
            raised = pinned(old.get(set_, {}).get(language, {}), scores)
            lines += ["", f"[{set_}.{language}]", *(f'"{name}" = {value}' for name, value in raised.items())]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Print a table a set; 1 when a promise or a floor is broken."""
    problems = []
    for set_ in SETS:
        scores = measured(set_)
        print(f"\n{set_:24}" + "".join(f"{language:>8}" for language in LANGUAGES))
        for name in scores["all"]:
            print(
                f"{name:24}" + "".join(f"{scores[lang].get(name, float('nan')):8.3f}" for lang in LANGUAGES)
            )
        for language in LANGUAGES:
            limits = floors().get(set_, {}).get(language, {})
            problems += [f"{set_}, {language}: {line} (floor)" for line in broken(scores[language], limits)]
            if set_ == "dev":
                lines = broken(scores[language], promises(language, scores[language]))
                problems += [f"{set_}, {language}: {line} (promised)" for line in lines]
    for line in problems:
        print(f"LIMIT BROKEN: {line}")
    return int(bool(problems))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pin", action="store_true")
    if parser.parse_args().pin:
        pin()
    sys.exit(main())
