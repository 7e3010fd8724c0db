"""The extractor's promised and pinned scores on the labelled articles: raised now and then, never lowered."""

from __future__ import annotations

import json

import pytest

from benchmarks import extraction_gold as gold


@pytest.mark.parametrize("set_", gold.SETS)
@pytest.mark.parametrize("language", gold.LANGUAGES)
def test_scores_stay_above_their_floors(set_: str, language: str) -> None:
    assert gold.broken(gold.measured(set_)[language], gold.floors()[set_][language]) == []


@pytest.mark.parametrize("language", gold.LANGUAGES)
def test_the_development_set_reaches_what_was_promised(language: str) -> None:
    scores = gold.measured("dev")[language]
    assert gold.broken(scores, gold.promises(language, scores)) == []


def test_a_worse_extractor_breaks_the_floors() -> None:
    def one_seizure_everywhere(document: gold.Document) -> dict[str, object]:
        amount = {
            "drug": "captagon",
            "low": 1_000_000,
            "high": 1_000_000,
            "unit": "tablets",
            "qualifier": "exact",
        }
        return {
            "id": document.id,
            "doc_class": "incident",
            "events": [{"kind": "incident", "country": "IQ", "amounts": [amount]}],
        }

    scores = gold.measured("dev", one_seizure_everywhere)["all"]
    lines = gold.broken(scores, gold.floors()["dev"]["all"])
    assert {"f1", "precision", "field.date"} <= {line.split()[0] for line in lines}


def test_a_floor_is_raised_to_the_measurement_and_never_lowered() -> None:
    assert gold.pinned({"f1": 0.95}, {"f1": 0.98}) == {"f1": 0.98}
    assert gold.pinned({"spurious.date": 0.05}, {"spurious.date": 0.02}) == {"spurious.date": 0.02}
    assert gold.pinned({}, {"f1": 0.5}) == {"f1": 0.5}
    with pytest.raises(ValueError, match="never lowered"):
        gold.pinned({"f1": 0.95}, {"f1": 0.949})
    with pytest.raises(ValueError, match="never lowered"):
        gold.pinned({"spurious.date": 0.05}, {"spurious.date": 0.06})
    with pytest.raises(ValueError, match="never lowered"):
        gold.pinned({"field.killed": 0.5}, {"f1": 1.0})


def test_every_article_is_read_and_ids_are_unique() -> None:
    for set_ in gold.SETS:
        names = gold.files(set_)
        labelled = [
            json.loads(line)["id"] for n in names for line in (gold.ARTICLES / n).read_text().splitlines()
        ]
        assert [document.id for document in gold.articles(names)] == labelled
        assert len(set(labelled)) == len(labelled)
