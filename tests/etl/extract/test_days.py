"""Dates in running text: what a careful reader of the page would make of them, in both languages."""

from __future__ import annotations

import csv
import re
from calendar import month_abbr, month_name
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from etl.extract import day_words, days
from etl.extract.mentions import Day
from etl.extract.text import Text, fold_text
from etl.vocabulary import load

GOLD = Path(__file__).parents[2] / "gold"
WEDNESDAY = date(2024, 11, 20)
UNKNOWN = "?"


def _read(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str, str]]:
    """Return quote, days and rule of each mention; days as ISO, `a..b` for several, `?` where unknown."""
    folded = fold_text(text)
    return [
        (folded.quote(d.start, d.end), _shown(d.first, d.last), d.rule) for d in days.find(folded, published)
    ]


def _shown(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return UNKNOWN
    return str(first) if first == last else f"{first}..{last}"


def _only(text: str, published: date | None = WEDNESDAY) -> str:
    found = _read(text, published)
    assert len(found) == 1, found
    return found[0][1]


CALENDAR = """
    on March 5, 2024, police            2024-03-05
    on March 5,2024 police              2024-03-05
    on 5 March 2024 police              2024-03-05
    on the 5th of March police          2024-03-05
    on the third of March police        2024-03-03
    on Mar. 5, 2024, police             2024-03-05
    on 5 Mar 2024 police                2024-03-05
    on 17-Nov-2024 police               2024-11-17
    on 2024-03-05 police                2024-03-05
    on 05/03/2024 police                2024-03-05
    on 5.3.2024 police                  2024-03-05
    on 13/12/23 police                  2023-12-13
    on Tuesday (September 26) police    2024-09-26
    on Tuesday, September 26, police    2024-09-26
    yesterday, November 19, police      2024-11-19
    last Friday, November 15, police    2024-11-15
    on December 2 police                2023-12-02
    on November 21 police               2024-11-21
    on December 2, 2024, police         2024-12-02
    on 29 February police               2024-02-29
    in June of last year police         2023-06-01..2023-06-30
    on 5 March last year police         2023-03-05
    in May police                       2024-05-01..2024-05-31
    in May 20 people were held          2024-05-01..2024-05-31
    in March 2021 police                2021-03-01..2021-03-31
    last June police                    2024-06-01..2024-06-30
    last November police                2023-11-01..2023-11-30
    next June police                    2025-06-01..2025-06-30
    in early November police            2024-11-01..2024-11-30
    in mid-March 2023 police            2023-03-01..2023-03-31
    in 2022 police                      2022-01-01..2022-12-31
    by late 2023 police                 2023-01-01..2023-12-31
    في 5 آذار 2024 ضبطت                 2024-03-05
    في 5 مارس/آذار 2024 ضبطت            2024-03-05
    في 7 كانون الأول/ ديسمبر 2023 ضبطت  2023-12-07
    في ٣ تشرين الثاني/نوفمبر ٢٠٢٤ ضبطت  2024-11-03
    في ديسمبر (كانون الأول) 2023 ضبطت   2023-12-01..2023-12-31
    في الثاني من تشرين الثاني ضبطت      2024-11-02
    في الخامس والعشرين من أيار ضبطت     2024-05-25
    في 4/ أيلول/ 2023 ضبطت              2023-09-04
    في 14 جانفي 2021 ضبطت               2021-01-14
    في 2024/11/05 ضبطت                  2024-11-05
    بتاريخ 23-7-2024م ضبطت              2024-07-23
    يوم الأحد الثاني من حزيران ضبطت     2024-06-02
    الثلاثاء الموافق 5 مارس ضبطت        2024-03-05
    الخميس الفائت 14 تشرين الثاني ضبطت  2024-11-14
    أغسطس المنصرم 2019 م ضبطت           2019-08-01..2019-08-31
    في يناير 9, 2024 ضبطت               2024-01-09
    السبت 15/3 ضبطت                     2024-03-15
    في شهر فبراير الماضي ضبطت           2024-02-01..2024-02-29
    وفي آذار ضبطت                       2024-03-01..2024-03-31
    حزيران من العام الفائت شهد          2023-06-01..2023-06-30
    في الخامس من مارس الماضي ضبطت       2024-03-05
    في نيسان ضبطت                       2024-04-01..2024-04-30
    أوائل تشرين الأول ضبطت              2024-10-01..2024-10-31
    في عام 2023 ضبطت                    2023-01-01..2023-12-31
    عام ٢٠٢١ ضبطت                       2021-01-01..2021-12-31
"""

WEEKDAYS = """
    on Wednesday police                 2024-11-20
    on Sunday police                    2024-11-17
    early on Thursday police            2024-11-14
    last Wednesday police               2024-11-13
    last Tuesday police                 2024-11-19
    this Monday police                  2024-11-18
    next Sunday police                  2024-11-24
    on Tuesday of last week police      2024-11-12
    Sunday's operation                  2024-11-17
    on Monday 18th police               2024-11-18
    يوم الأربعاء ضبطت                   2024-11-20
    أعلنت الوزارة الأحد                 2024-11-17
    مساء الثلاثاء ضبطت                  2024-11-19
    فجر الخميس ضبطت                     2024-11-14
    الأربعاء الماضي ضبطت                2024-11-13
    السبت الفائت ضبطت                   2024-11-16
    اليوم الاثنين ضبطت                  2024-11-18
    بيان اليوم /الأحد/ وفيه             2024-11-17
    يوم أمس الثلاثاء ضبطت               2024-11-19
    الأحد المقبل تنظر المحكمة           2024-11-24
    والجمعة ضبطت                        2024-11-15
"""

RELATIVE = """
    police said today that              2024-11-20
    police said yesterday that          2024-11-19
    last night police                   2024-11-19
    the day before yesterday police     2024-11-18
    this week police                    2024-11-18..2024-11-24
    earlier this week police            2024-11-18..2024-11-24
    last week police                    2024-11-11..2024-11-17
    last month police                   2024-10-01..2024-10-31
    earlier this month police           2024-11-01..2024-11-30
    earlier in the month police         2024-11-01..2024-11-30
    last year police                    2023-01-01..2023-12-31
    in the middle of last year police   2023-01-01..2023-12-31
    this year police                    2024-01-01..2024-12-31
    three days ago police               2024-11-17
    three weeks ago police              2024-10-28..2024-11-03
    two months ago police               2024-09-01..2024-09-30
    a few days ago police               ?
    on the 8th of this month police     2024-11-08
    a day earlier police                2024-11-19
    two days before, police             2024-11-18
    two days before the raid            ?
    one day earlier the police          2024-11-19
    the day before his arrest           ?
    over the weekend police             2024-11-16..2024-11-17
    last summer police                  2024-06-01..2024-08-31
    in the spring of 2023 police        2023-03-01..2023-05-31
    صيف العام الماضي ضبطت               2023-06-01..2023-08-31
    الخريف الماضي ضبطت                  2023-09-01..2023-11-30
    قالت الوزارة اليوم إن               2024-11-20
    فجر اليوم ضبطت                      2024-11-20
    مساء أمس ضبطت                       2024-11-19
    أمس الأول ضبطت                      2024-11-18
    أول من أمس ضبطت                     2024-11-18
    الليلة الماضية ضبطت                 2024-11-19
    الأسبوع الماضي ضبطت                 2024-11-11..2024-11-17
    الشهر الماضي ضبطت                   2024-10-01..2024-10-31
    في وقت سابق من الشهر ضبطت           2024-11-01..2024-11-30
    منتصف العام الفائت ضبطت             2023-01-01..2023-12-31
    العام الحالي ضبطت                   2024-01-01..2024-12-31
    الثامن من الشهر الجاري ضبطت         2024-11-08
    8 من الشهر الماضي ضبطت              2024-10-08
    في 15 الجاري ضبطت                   2024-11-15
    قبل يومين ضبطت                      2024-11-18
    منذ يومين ضبطت                      2024-11-18
    قبل ثلاثة أسابيع ضبطت               2024-10-28..2024-11-03
    قبل نحو شهرين ضبطت                  2024-09-01..2024-09-30
    قبل أيام ضبطت                       ?
    نهاية الأسبوع الماضي ضبطت           2024-11-16..2024-11-17
"""


def _table(text: str) -> list[tuple[str, str]]:
    rows = (re.split(r"  +", line.strip()) for line in text.splitlines() if line.strip())
    return [(words, expected) for words, expected in rows]


@pytest.mark.parametrize(("text", "expected"), _table(CALENDAR + WEEKDAYS + RELATIVE))
def test_a_reader_knows_the_day(text: str, expected: str) -> None:
    assert _only(text) == expected


def test_tables_hold_both_languages_alike() -> None:
    for table in (CALENDAR, WEEKDAYS, RELATIVE):
        arabic = sum(any("ء" <= char <= "ي" for char in text) for text, _ in _table(table))
        assert arabic >= len(_table(table)) * 0.4


@pytest.mark.parametrize(
    "text",
    [
        "police may say so",
        "they march on",
        "the march of 5 men",
        "he sat on 5 pills",
        "the sun was up at 14:05",
        "0-1 pills",
        "2,400,000 pills and 2024 tablets",
        "ring 1910 or 00966114208417",
        "the second of the two men, aged 25",
        "Law No. 50 of 2017",
        "a ratio of 5/3",
        "version 1.2.3",
        "L'Orient Today reported it",
        "6th of October City",
        "in the 1990s",
        "5 million in 3 bags",
        "حبوب صفر 1",
        "صفر واحد",
        "أحد المتهمين",
        "سيارة نيسان بيضاء",
        "رجب وشعبان شقيقان",
        "رجب طيب أردوغان",
        "القانون رقم 50 لسنة 2017",
        "المادة 27 من قانون 2017",
        "نشرت المصري اليوم الخبر",
        "المستودع مستخدم حتى اليوم",
        "ألف حبة في اليوم",
        "الخلاف بين الاثنين",
        "مدينة العاشر من رمضان",
        "حي 14 تموز",
        "5 أبواب وباب",
        "يمارس التجارة",
        "الربع الخالي",
        "الرقم (1910)",
    ],
)
def test_never_a_date(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("On Tuesday he spoke. A day before, police had moved.", "2024-11-18"),
        ("On March 13 he spoke. One day earlier it was done.", "2024-03-12"),
        ("In April 2020 it was 44 million; a month later came Italy.", "2020-05-01..2020-05-31"),
        ("On Tuesday he spoke. The same day, police moved.", "2024-11-19"),
        ("In 2023 it rose against the year before.", "2022-01-01..2022-12-31"),
        ("On March 13 two fell. The next day another did.", "2024-03-14"),
        ("في 5 آذار ضبطت شحنة. وقبلها بيومين أخرى", "2024-03-03"),
        ("في 5 آذار ضبطت شحنة. وفي اليوم التالي أخرى", "2024-03-06"),
        ("في 5 آذار ضبطت شحنة. وقبله بشهر أخرى", "2024-02-01..2024-02-29"),
        ("في 5 آذار ضبطت شحنة. وفي اليوم نفسه أخرى", "2024-03-05"),
    ],
)
def test_words_that_count_from_the_date_before(text: str, last: str) -> None:
    assert _read(text)[-1][1] == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on December 4, 5 and 8, a force", ["2023-12-04", "2023-12-05", "2023-12-08"]),
        ("on March 5 and 6, 2023, they", ["2023-03-05", "2023-03-06"]),
        ("on 24 and 30 November 2023 they", ["2023-11-24", "2023-11-30"]),
        ("في 4 و5 آذار ضبطت", ["2024-03-04", "2024-03-05"]),
        ("on March 5, 20 people were held", ["2024-03-05"]),
        ("on March 5 and 20 pills", ["2024-03-05"]),
    ],
)
def test_days_that_share_a_month(text: str, expected: list[str]) -> None:
    assert [found[1] for found in _read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        *("on Sunday", "yesterday", "on March 5", "in June", "last month", "a day earlier", "since January"),
        *("يوم الأحد", "أمس", "5 آذار", "الشهر الماضي", "منذ بداية العام", "12 رمضان", "قبل يومين"),
    ],
)
def test_without_a_publication_date_nothing_is_guessed(text: str) -> None:
    assert _only(text, None) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Title\n\n2025-09-17T17:50:57+00:00\n\nBeirut", "timestamp"),
        ("Title\n\n14-07-2025 | 05:44\n\nBeirut", "timestamp"),
        ("Title\n\nPublished: Mon 6 Aug 2012, 10:13 AM\n\nDubai", "timestamp"),
        ("Title\n\nMay 23, 2025\n\nRIYADH", "timestamp"),
        (
            "Title\n\nERBIL, November 9 - Forty-nine people have been arrested on trafficking charges",
            "dateline",
        ),
        ("Title\n\nBAGHDAD, March 5 (Reuters) - The army said that it had found the pills there", "dateline"),
        ("Title\n\nOn March 5 police in Baghdad searched a house and found the pills in it", "calendar"),
        ("عنوان\n\nيناير 9, 2026 | قراءة 8 دقائق\n\nأحبطت", "timestamp"),
        ("عنوان\n\nالأخبار العالمية – 03/12/2023 14:55\n\nقال", "timestamp"),
        ("عنوان\n\nتاريخ النشر: 15th, October 2024 GMT\n\nذكرت", "timestamp"),
        (
            "عنوان\n\n(12 شباط 2026) أعلنت وزارة الداخلية العراقية ضبط كميات من المخدرات في الأنبار",
            "dateline",
        ),
        ("عنوان\n\nأعلنت وزارة الداخلية العراقية في 12 شباط 2026 ضبط كميات من المخدرات", "calendar"),
    ],
)
def test_dates_of_the_page_are_told_from_dates_of_events(text: str, rule: str) -> None:
    assert [found[2] for found in _read(text)] == [rule]


def test_a_numeric_date_is_turned_only_where_day_first_would_lie_ahead() -> None:
    assert _only("stamped 03/12/2023 there", date(2023, 3, 12)) == "2023-03-12"
    assert _only("stamped 03/12/2023 there", date(2023, 12, 12)) == "2023-12-03"
    assert _only("stamped 2023-12-03 there", date(2023, 3, 12)) == "2023-12-03"


def _gold(name: str) -> list[dict[str, str]]:
    with (GOLD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _gold("date_ranges") + _gold("hijri_dates"), ids=lambda row: row["text"])
def test_gold(row: dict[str, str]) -> None:
    """Each row marks the words of its one date with brackets."""
    before, words, after = re.split(r"[\[\]]", row["text"])
    text = fold_text(before + words + after)
    published = date.fromisoformat(row["published"]) if row["published"] else None
    (found,) = days.find(text, published)
    assert text.quote(found.start, found.end) == words.rstrip("ـ")
    assert (str(found.first or ""), str(found.last or "")) == (row["first"], row["last"])
    assert found.precision == row["precision"]


def test_gold_holds_forty_cases_of_each_language() -> None:
    for name in ("date_ranges", "hijri_dates"):
        langs = [row["lang"] for row in _gold(name)]
        assert min(langs.count("en"), langs.count("ar")) >= 40


ARABIC_MONTHS = [
    *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
]
LEVANT_MONTHS = [
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
]
FORMS: list[Callable[[date], str]] = [
    lambda d: f"{month_name[d.month]} {d.day}, {d.year}",
    lambda d: f"{d.day} {month_name[d.month]} {d.year}",
    lambda d: f"the {d.day}{_suffix(d.day)} of {month_name[d.month]}, {d.year}",
    lambda d: f"{month_abbr[d.month]}{'' if d.month == 5 else '.'} {d.day}, {d.year}",
    lambda d: d.isoformat(),
    lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day} {ARABIC_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {LEVANT_MONTHS[d.month - 1]} {d.year}م",
    lambda d: f"{d.day} {LEVANT_MONTHS[d.month - 1]}/ {ARABIC_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {ARABIC_MONTHS[d.month - 1]} ({LEVANT_MONTHS[d.month - 1]}) {d.year}",
    lambda d: f"{ARABIC_MONTHS[d.month - 1]} {d.day}، {d.year}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
]
DIGITS = [str.maketrans("0123456789", digits) for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")]
HIJRI_MONTHS = [
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
]


def _suffix(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.sampled_from(FORMS), st.sampled_from(DIGITS))
def test_what_is_written_is_read(day: date, form: Callable[[date], str], digits: dict[int, int]) -> None:
    written = form(day).translate(digits)
    assert _only(f"police said on {written} that", date(2031, 1, 1)) == day.isoformat()


@given(st.integers(1400, 1460), st.integers(1, 12), st.integers(1, 29), st.sampled_from(DIGITS))
def test_hijri_dates_are_read(year: int, month: int, day: int, digits: dict[int, int]) -> None:
    expected = date(*Hijri(year, month, day).to_gregorian().datetuple())
    for written in (f"{day} {HIJRI_MONTHS[month - 1]} {year}هـ", f"{day}/{month}/{year}هـ"):
        assert _only(f"أعلنت في {written.translate(digits)} أن", None) == expected.isoformat()


@given(st.integers(0, 6), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_weekday_is_the_latest_one(weekday: int, published: date) -> None:
    name = (date(2024, 1, 1) + timedelta(days=weekday)).strftime("%A")
    said = date.fromisoformat(_only(f"on {name} police", published))
    last = date.fromisoformat(_only(f"last {name} police", published))
    assert said.weekday() == last.weekday() == weekday
    assert timedelta(0) <= published - said < timedelta(days=7)
    assert timedelta(0) < published - last <= timedelta(days=7)


WORDS = sorted(
    {phrase for section in load("calendar_words").values() for words in section.values() for phrase in words}
)
SNIPPETS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ["5", "31", "2024", "1447", "12/3/2024", "14:05", "\n", ",", "-", "(", ")", "/", "5th", "\u200f"]
    ),
    st.text(max_size=3),
)


@given(st.lists(SNIPPETS, max_size=30), st.none() | st.dates())
def test_any_text_is_read_without_error(snippets: list[str], published: date | None) -> None:
    text = fold_text(" ".join(snippets))
    found = days.find(text, published)
    _check_spans(text, found)


def _check_spans(text: Text, found: list[Day]) -> None:
    reached = 0
    for day in found:
        assert reached <= day.start < day.end <= len(text.folded)
        assert "\n" not in text.folded[day.start : day.end]
        assert (day.first is None) == (day.last is None)
        if day.first and day.last:
            assert day.first <= day.last
        reached = day.end


@given(
    st.lists(
        st.sampled_from(sorted(set("".join(day_words.SECTIONS.values())) | set("dYhnIJ,-/( x"))), max_size=9
    )
)
def test_rules_begin_with_the_letters_they_declare(letters: list[str]) -> None:
    for rule in days._rules():
        match = re.match(rule.pattern, "".join(letters))
        assert match is None or not match[0] or match[0][0] in rule.starts


@pytest.mark.parametrize(
    "unit", ["1", "1,", "12/", "and ", "since ", "March/", "من ", "و", "the first ", "5 and "]
)
def test_hostile_repetition_ends(unit: str) -> None:
    assert isinstance(days.find(fold_text(unit * 20_000), WEDNESDAY), list)
