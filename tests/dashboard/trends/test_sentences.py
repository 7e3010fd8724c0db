"""Made series must get the right sentence, in both languages."""

# Sentences are compared as they are read: long lines are meant.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.filters import MAX_IDS, Filters
from dashboard.i18n import words
from dashboard.release import Snapshot
from dashboard.selection import apply
from dashboard.trends.periods import compared
from dashboard.trends.sentence import Said, said
from dashboard.trends.verdict import verdict
from tests.dashboard.trends.cases import EARLIER, LATER, QUERY, collected, spread

MakeSnapshot = Callable[..., Snapshot]
GIANT = 12_000_000.0
LIVE = (date(2024, 1, 1), date(2026, 3, 6))
SILENT = (date(2025, 3, 1), date(2025, 6, 15))
JOINED = [
    {"day": day, "source": source, "change": "added"}
    for day, source in (("2024-01-01", "a"), ("2025-01-15", "b"))
]


def no_size(n: int, period: tuple[date, date]) -> list[dict[str, Any]]:
    return spread(n, period, [None] * n)


def disputed(low: float, best: float, high: float | None) -> list[dict[str, Any]]:
    """One seizure of the later period that may be a repeat and for which outlets give other figures."""
    figures = {"tablets_low": low, "tablets_best": best, "tablets_high": high}
    return spread(1, LATER, possible_duplicate_of="CAP-000001", figures_differ=True, **figures)


CASES = {
    "one giant seizure": (
        spread(12, EARLIER) + spread(13, LATER, [GIANT]), {}, ("", "flat", "rise_one"),
        "Most of this rise is one seizure of 12 M tablets; the number of seizures (12, then 13) shows no change beyond chance.",
        "معظم هذا الارتفاع ضبطية واحدة حجمها 12 مليون حبة؛ ولم يتغيّر عدد الضبطيات (12 ثم 13) بما يفوق الصدفة.",
    ),
    "three large seizures": (
        spread(12, EARLIER) + spread(14, LATER, [5e6, 4e6, 4e6]), {}, ("", "flat", "rise_three"),
        "Most of this rise is three seizures of 13 M tablets together; the number of seizures (12, then 14) shows no change beyond chance.",
        "معظم هذا الارتفاع ثلاث ضبطيات مجموعها 13 مليون حبة؛ ولم يتغيّر عدد الضبطيات (12 ثم 14) بما يفوق الصدفة.",
    ),
    "a giant on which outlets differ": (
        [*spread(12, EARLIER), *spread(12, LATER), *disputed(50e6, 100e6, 100e6)], {}, ("", "flat", "rise_one"),
        "Most of this rise is one seizure of 50–100 M tablets (figures differ); the number of seizures (12, then 13) shows no change beyond chance.",
        "معظم هذا الارتفاع ضبطية واحدة حجمها 50–100 مليون حبة (الأرقام متباينة)؛ ولم يتغيّر عدد الضبطيات (12 ثم 13) بما يفوق الصدفة.",
    ),
    "three large seizures of which one is in dispute": (
        [*spread(12, EARLIER), *spread(13, LATER, [4e6, 4e6]), *disputed(2e6, 5e6, None)], {}, ("", "flat", "rise_three"),
        "Most of this rise is three seizures of 10–13 M tablets (figures differ) together; the number of seizures (12, then 14) shows no change beyond chance.",
        "معظم هذا الارتفاع ثلاث ضبطيات مجموعها 10–13 مليون حبة (الأرقام متباينة)؛ ولم يتغيّر عدد الضبطيات (12 ثم 14) بما يفوق الصدفة.",
    ),
    "a giant of the earlier period": (
        spread(13, EARLIER, [GIANT]) + spread(12, LATER), {}, ("", "flat", "fall_one"),
        "Most of this fall is one seizure of 12 M tablets in the earlier period; the number of seizures (13, then 12) shows no change beyond chance.",
        "معظم هذا الانخفاض ضبطية واحدة حجمها 12 مليون حبة في المدة السابقة؛ ولم يتغيّر عدد الضبطيات (13 ثم 12) بما يفوق الصدفة.",
    ),
    "a real rise": (
        spread(12, EARLIER) + spread(48, LATER), {}, ("", "rise", "rise"),
        "More seizures were reported, and more tablets: the rise in tablets stays without the three largest seizures.",
        "زاد عدد الضبطيات المُعلنة وزادت الحبوب، ويبقى ارتفاع الحبوب باستثناء أكبر ثلاث ضبطيات.",
    ),
    "a real rise with a giant": (
        spread(12, EARLIER) + spread(48, LATER, [GIANT]), {}, ("", "rise", "rise_one"),
        "More seizures were reported. Most of the rise in tablets is one seizure of 12 M tablets.",
        "زاد عدد الضبطيات المُعلنة. ومعظم ارتفاع الحبوب ضبطية واحدة حجمها 12 مليون حبة.",
    ),
    "a real fall": (
        spread(48, EARLIER) + spread(12, LATER), {}, ("", "fall", "fall"),
        "Fewer seizures were reported, and fewer tablets: the fall in tablets stays without the three largest seizures.",
        "قلّ عدد الضبطيات المُعلنة وقلّت الحبوب، ويبقى انخفاض الحبوب باستثناء أكبر ثلاث ضبطيات.",
    ),
    "no change": (
        spread(20, EARLIER) + spread(20, LATER), {}, ("", "flat", "flat"),
        "No change beyond chance: neither the number of seizures nor their tablets.",
        "لا تغيّر يفوق الصدفة: لا في عدد الضبطيات ولا في حبوبها.",
    ),
    "more and smaller": (
        spread(12, EARLIER, [1e6] * 12) + spread(48, LATER, [2.5e5] * 48), {}, ("", "rise", "flat"),
        "More seizures were reported; their tablets together did not change by more than chance.",
        "زاد عدد الضبطيات المُعلنة، ولم يتغيّر مجموع حبوبها بما يفوق الصدفة.",
    ),
    "no quantities": (
        no_size(12, EARLIER) + no_size(48, LATER), {}, ("", "rise", "unknown"),
        "More seizures were reported; too few state a quantity to compare tablets.",
        "زاد عدد الضبطيات المُعلنة؛ وما يذكر الكمية منها أقل من أن تُقارن به الحبوب.",
    ),
    "too few": (
        spread(9, EARLIER) + spread(48, LATER), {}, ("too_few", "", ""),
        "Whether this is a trend cannot be told from these reports: fewer than ten reported seizures on a side.",
        "لا يمكن القول من هذه الأخبار إن كان هذا اتجاهاً: في إحدى المدتين أقل من عشر ضبطيات مُعلنة.",
    ),
    "a source outage": (
        spread(40, EARLIER) + spread(12, LATER), {"coverage": collected(*LIVE, silent=SILENT)}, ("outage", "", ""),
        "Whether this is a trend cannot be told from these reports: sources were silent for a large part of a period.",
        "لا يمكن القول من هذه الأخبار إن كان هذا اتجاهاً: انقطعت مصادر خلال جزء كبير من إحدى المدتين.",
    ),
    "collected without an outage": (
        spread(48, EARLIER) + spread(12, LATER), {"coverage": collected(*LIVE)}, ("", "fall", "fall"),
        "Fewer seizures were reported, and fewer tablets: the fall in tablets stays without the three largest seizures.",
        "قلّ عدد الضبطيات المُعلنة وقلّت الحبوب، ويبقى انخفاض الحبوب باستثناء أكبر ثلاث ضبطيات.",
    ),
    "a changed list of sources": (
        spread(12, EARLIER) + spread(48, LATER), {"source_changes": JOINED}, ("sources_changed", "", ""),
        "Whether this is a trend cannot be told from these reports: the way of collecting changed between the two periods or within them.",
        "لا يمكن القول من هذه الأخبار إن كان هذا اتجاهاً: تغيّرت طريقة الجمع بين المدتين أو خلالهما.",
    ),
}  # fmt: skip


def plain(text: str) -> str:
    """Without isolates and no-break spaces, which are tested elsewhere."""
    return text.translate({0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None, 0xA0: " "})


def told(snapshot: Snapshot, query: str = QUERY, lang: str = "en") -> Said:
    return said(compared(Filters.from_query(query), snapshot), snapshot, lang)


@pytest.mark.parametrize("name", CASES)
def test_made_series_get_the_right_sentence(name: str, make_snapshot: MakeSnapshot) -> None:
    rows, tables, cell, english, arabic = CASES[name]
    snapshot = make_snapshot(*rows, **tables)
    found = compared(Filters.from_query(QUERY), snapshot)
    assert verdict(found, snapshot).cell == cell
    assert plain(told(snapshot).headline) == english
    assert plain(told(snapshot, lang="ar").headline) == arabic


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_withheld_is_compared(name: str, lang: str, make_snapshot: MakeSnapshot) -> None:
    rows, tables, (withheld, _, _), *_ = CASES[name]
    ratio = {"en": "times as many", "ar": "ضعف"}[lang]
    assert (ratio in told(make_snapshot(*rows, **tables), lang=lang).text) is not bool(withheld)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_cell_of_the_table_has_its_sentence(lang: str) -> None:
    ways = {"rise", "rise_one", "rise_three", "flat", "fall", "fall_one", "fall_three", "unknown", "withheld"}
    found = {key for key in words(lang) if key.startswith("trends.cell.")}
    assert found == {f"trends.cell.{way}.{tablets}" for way in ("rise", "flat", "fall") for tablets in ways}
    assert len({words(lang)[key] for key in found}) == len(found)


@pytest.mark.parametrize(
    ("undated", "says"),
    [
        (0, "No undated seizure could lie in either period."),
        (1, "1 undated seizure (50,000 tablets) could lie in either period: not enough to change"),
        (60, "60 undated seizures (3 M tablets) could lie in either period: enough to change"),
    ],
)
def test_undated_seizures_that_could_change_the_sentence(
    undated: int, says: str, make_snapshot: MakeSnapshot
) -> None:
    loose = [{"date_start": None, "date_precision": "none", "tablets": 50_000}] * undated
    text = plain(told(make_snapshot(*spread(12, EARLIER), *spread(48, LATER), *loose)).text)
    assert says in text


@pytest.mark.parametrize(
    ("unknown", "undated", "english", "arabic"),
    [
        (1, 0, "1 seizure is undecided (transport unknown) and in neither figure.",
         "ضبطية واحدة غير محسومة (وسيلة النقل غير معلومة)، وليست في أي من الرقمين."),
        (15, 1, "1 undated seizure (50,000 tablets) could lie in either period. 15 seizures are undecided (transport unknown) and in neither figure.",
         "ضبطية واحدة غير مؤرَّخة (50 ألف حبة) قد تقع في إحدى المدتين. 15 ضبطية غير محسومة (وسيلة النقل غير معلومة)، وليست في أي من الرقمين."),
        (2, 60, "60 undated seizures (3 M tablets) could lie in either period: enough to change what is said of the number. 2 seizures are undecided (transport unknown) and in neither figure.",
         "ضبطيتان غير محسومتين (وسيلة النقل غير معلومة)، وليستا في أي من الرقمين."),
    ],
)  # fmt: skip
def test_what_a_filter_cannot_decide_is_counted_and_listed(
    unknown: int, undated: int, english: str, arabic: str, make_snapshot: MakeSnapshot
) -> None:
    fits = {"transport": "balloon"}
    rows = spread(12, EARLIER, **fits) + spread(48, LATER, **fits) + spread(unknown, LATER)
    rows += [{"date_start": None, "date_precision": "none", "tablets": 50_000} | fits] * undated
    snapshot = make_snapshot(*rows)
    query = QUERY + "&transport=balloon"
    assert english in plain(told(snapshot, query).text)
    assert arabic in plain(told(snapshot, query, "ar").text)
    assert "not enough" not in told(snapshot, query).text
    assert "No undated seizure" not in told(snapshot, query).text
    [href] = [doubt.href for doubt in told(snapshot, query).doubts if doubt.href]
    asked = Filters.from_query(href.removeprefix("/records?"))
    assert href.endswith("&list=undecided")
    assert len(apply(asked, snapshot).undecided) == unknown


def test_more_undecided_than_an_address_names_are_listed_with_the_whole_view(
    make_snapshot: MakeSnapshot,
) -> None:
    fits = {"transport": "balloon"}
    rows = spread(12, EARLIER, **fits) + spread(12, LATER, **fits) + spread(MAX_IDS + 1, LATER)
    [href] = [
        doubt.href for doubt in told(make_snapshot(*rows), QUERY + "&transport=balloon").doubts if doubt.href
    ]
    assert href == "/records?scope=iq&from=2024-07-01&to=2025-07-03&vs=none&transport=balloon&list=undecided"


@pytest.mark.parametrize(
    ("doubtful", "says"),
    [
        (1, "1 of these seizures may be counted twice; without it the sentence is the same."),
        (20, "without them the sentence reads: “No change beyond chance"),
    ],
)
def test_possible_repeats_are_left_out_once(doubtful: int, says: str, make_snapshot: MakeSnapshot) -> None:
    rows = spread(20, LATER) + spread(
        doubtful, LATER, [150_000.0] * doubtful, possible_duplicate_of="CAP-000001"
    )
    before = spread(20 if doubtful > 1 else 60, EARLIER)
    text = plain(told(make_snapshot(*before, *rows)).text)
    assert says in text
    assert "without doubtful repeats" in text


@pytest.mark.parametrize(
    ("ends", "english", "arabic"),
    [
        ({}, "", ""),
        ({"tablets_low": 60_000.0}, "Low to high: 720,000–1.2 M, then 720,000–1.2 M.",
         "من الأدنى إلى الأعلى: 720 ألف–1.2 مليون، ثم 720 ألف–1.2 مليون."),
        ({"tablets_high": 200_000.0}, "Low to high: 1.2–2.4 M, then 1.2–2.4 M.",
         "من الأدنى إلى الأعلى: 1.2–2.4 مليون، ثم 1.2–2.4 مليون."),
    ],
)  # fmt: skip
def test_sums_have_low_to_high_where_these_differ(
    ends: dict[str, float], english: str, arabic: str, make_snapshot: MakeSnapshot
) -> None:
    even = [100_000.0] * 12
    snapshot = make_snapshot(*spread(12, EARLIER, even, **ends), *spread(12, LATER, even, **ends))
    for lang, said_of_both, head in (("en", english, "Low to high"), ("ar", arabic, "من الأدنى إلى الأعلى")):
        text = plain(told(snapshot, lang=lang).text)
        assert said_of_both in text
        assert (head in text) is bool(ends)


def test_a_rise_with_more_outlets_says_so(make_snapshot: MakeSnapshot) -> None:
    rows = spread(12, EARLIER) + spread(48, LATER)
    reports = [
        {"event_id": f"CAP-{n:06d}", "outlet_id": f"outlet {n}" if n > 12 else "the one", "language": "ar"}
        for n in range(1, len(rows) + 1)
    ]
    text = told(make_snapshot(*rows, reports=reports)).text
    assert "More outlets reported too (1, then 48): part of the rise may be more coverage." in text


def test_nothing_collected_is_not_zero(make_snapshot: MakeSnapshot) -> None:
    text = told(make_snapshot(*spread(12, EARLIER))).text
    assert "to no report collected (1 Jan 2025" in text.replace("<b>", "").replace("</b>", "")


@pytest.mark.parametrize(
    ("before", "now", "english", "arabic"),
    [
        (0, 6, "no report collected, then 6 reported seizures.", "لم يُجمع أي خبر، ثم 6 ضبطيات مُعلنة."),
        (1, 2, "1 reported seizure, then 2 reported seizures.", "ضبطية مُعلنة واحدة، ثم ضبطيتان مُعلنتان."),
    ],
)
def test_pills_of_unstated_kind_are_counted_in_the_same_words(
    before: int, now: int, english: str, arabic: str, make_snapshot: MakeSnapshot
) -> None:
    beside = [
        row for n, period in ((before, EARLIER), (now, LATER)) if n
        for row in spread(n, period, drug="pills_unspecified")
    ]  # fmt: skip
    snapshot = make_snapshot(*spread(12, EARLIER), *spread(12, LATER), *beside)
    assert f"Beside them, pills of unstated kind: {english}" in plain(told(snapshot).text)
    assert f"وإلى جانبها حبوب مخدرة لم يُذكر نوعها: {arabic}" in plain(told(snapshot, lang="ar").text)


def test_without_a_second_period_nothing_is_said_to_have_changed(make_snapshot: MakeSnapshot) -> None:
    found = told(make_snapshot(*spread(30, LATER)), "scope=iq&from=all")
    assert found.headline.startswith("There is no second period")
    assert found.facts == ()


def test_no_sum_over_all_countries_and_years(make_snapshot: MakeSnapshot) -> None:
    rows = spread(30, (date(2016, 1, 1), date(2020, 12, 31))) + spread(
        60, (date(2021, 1, 1), date(2025, 12, 31))
    )
    found = told(make_snapshot(*rows), "scope=all&from=2021-01-01&to=2025-12-31")
    assert "Tablets are not added up" in found.text
    assert "Tablets: from" not in found.text
    assert found.headline == "More seizures were reported."
