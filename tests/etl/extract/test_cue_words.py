"""The words about news (`story_cues.toml`) and the rules that use them know each other, both ways."""

from __future__ import annotations

import ast
from pathlib import Path

from benchmarks.extraction_words import Entry, entries, unmet
from etl.extract import cues
from etl.extract.text import fold_text
from etl.vocabulary import load

PACKAGE = Path(cues.__file__).parent


def strings_of_code() -> set[str]:
    """Every string that the extractor's modules use as a value (not in a docstring)."""
    found: set[str] = set()
    for module in PACKAGE.glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        }
    return found


def cues_asked_for() -> set[str]:
    """The groups that rules look for: `"x" in part.cues`, `{"x"} & part.cues`, `"x" in mark.value`."""
    found: set[str] = set()
    for name in ("status", "drafts", "claims", "details"):
        for node in ast.walk(ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
                holder, said = node.comparators[0], [node.left]
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
                holder, said = node.right, [node.left]
            else:
                continue
            if isinstance(holder, ast.Attribute) and holder.attr == "cues":
                constants = [n for one in said for n in ast.walk(one) if isinstance(n, ast.Constant)]
                found |= {n.value for n in constants if isinstance(n.value, str)}
    return found


def test_every_group_of_words_is_used_by_a_rule() -> None:
    assert set(load("story_cues")) - strings_of_code() == set()


def test_every_group_that_a_rule_asks_for_has_words() -> None:
    assert {"recalled", "seizure", "total"} <= cues_asked_for()
    assert cues_asked_for() - set(load("story_cues")) == set()


def test_every_cue_is_found_where_it_stands() -> None:
    for group, entry in load("story_cues").items():
        if group in cues.GRAMMAR:
            continue
        for phrase in entry["words"]:
            text = fold_text(f"x {phrase.strip('*')} x")
            assert any(group in mark.value for mark in cues.find(text)), (group, phrase)


def test_no_word_is_listed_twice_in_a_group() -> None:
    for group, entry in load("story_cues").items():
        words = [fold_text(phrase).folded for phrase in entry["words"]]
        assert sorted(words) == sorted(set(words)), group


def test_words_that_no_text_holds_are_reported() -> None:
    listed = [Entry("f", "g", phrase) for phrase in ("had announced", "المخبأة", "seiz*", "zzyzx", "bust")]
    texts = ["Police HAD announced it and seized them; a robust plan", "كانت مخبأة في شاحنة"]
    assert [entry.phrase for entry in unmet(listed, texts)] == ["zzyzx", "bust"]


def test_every_phrase_of_a_list_is_an_entry() -> None:
    counted = sum(len(entry["words"]) for entry in load("story_cues").values())
    assert len(list(entries("story_cues"))) == counted
