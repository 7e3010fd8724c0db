"""What is news on a page and what is recalled, summed up or merely told of the trade, in both languages.

Each sentence follows a plain lead of Tuesday, 10 June 2025 (`reading.NEWS`), which must stay an incident.
"""

from __future__ import annotations

import pytest

from tests.etl.extract.reading import NEWS, kind_of, kinds, read

BEFORE = [
    ("en", "The ministry had announced the seizure of 900,000 pills at the same crossing."),
    ("ar", "وكانت السلطات قد أعلنت ضبط 900 ألف حبة كبتاغون في المنفذ نفسه."),
    ("en", "Last month, police seized 900,000 Captagon pills in Baghdad."),
    ("ar", "وفي الشهر الماضي ضبطت الشرطة 900 ألف حبة كبتاغون في بغداد."),
    ("en", "In March, authorities seized 900,000 Captagon pills in Anbar."),
    ("ar", "وفي آذار الماضي ضبطت السلطات 900 ألف حبة كبتاغون في الأنبار."),
    ("en", "In an earlier operation, officers found 900,000 Captagon pills in a truck."),
    ("ar", "وفي عملية سابقة عثرت القوات على 900 ألف حبة كبتاغون في شاحنة."),
    ("en", "Two weeks ago, customs foiled an attempt to smuggle 900,000 Captagon tablets."),
    ("ar", "وقبل أسبوعين أحبطت الجمارك تهريب 900 ألف حبة كبتاغون."),
    ("en", "On 3 May 2025, customs seized 900,000 Captagon pills at Trebil."),
    ("ar", "وفي 3 أيار 2025 ضبطت الجمارك 900 ألف حبة كبتاغون في طريبيل."),
    ("en", "In 2023, customs seized 900,000 Captagon pills at Trebil."),
    ("ar", "وفي عام 2023 ضبطت الجمارك 900 ألف حبة كبتاغون في طريبيل."),
    ("en", "Previously, the guards had seized 900,000 Captagon pills there."),
    ("ar", "وسبق أن ضبطت الشرطة 900 ألف حبة كبتاغون في بغداد."),
    ("en", "The seizure comes weeks after 900,000 Captagon pills were found in Mosul."),
    ("ar", "ويأتي ذلك بعد أسابيع من ضبط 900 ألف حبة كبتاغون في الموصل."),
    ("en", "A similar attempt with 900,000 pills was foiled at Trebil."),
    ("ar", "يذكر أن القوات ضبطت 900 ألف حبة كبتاغون في المكان نفسه."),
    ("en", "Police in Jordan said last week that they had seized 900,000 Captagon pills."),
    ("ar", "وأعلنت الشرطة الأردنية الأسبوع الماضي ضبط 900 ألف حبة كبتاغون."),
]
TOTALS = [
    ("en", "Since the beginning of the year, 900,000 Captagon tablets have been seized."),
    ("ar", "ومنذ بداية العام ضبط 900 ألف حبة كبتاغون."),
    ("en", "So far this year, Iraq has seized 900,000 Captagon pills."),
    ("ar", "ومنذ مطلع العام الجاري ضبط العراق 900 ألف حبة كبتاغون."),
    ("en", "Over the past three years, the authorities have confiscated 900,000 Captagon pills."),
    ("ar", "وخلال السنوات الثلاث الماضية صادرت السلطات 900 ألف حبة كبتاغون."),
    ("en", "In the first ten months of 2024, officers seized 900,000 Captagon pills."),
    ("ar", "وفي الأشهر العشرة الأولى من عام 2024 ضبطت القوات 900 ألف حبة كبتاغون."),
    ("en", "From January to May 2025, a total of 900,000 Captagon pills were confiscated."),
    ("ar", "ومن كانون الثاني إلى أيار 2025 صودرت 900 ألف حبة كبتاغون."),
    ("en", "Iraq seized more than 900,000 Captagon pills in 2023."),
    ("ar", "وضبط العراق أكثر من 900 ألف حبة كبتاغون خلال عام 2023."),
]
NEWS_TOO = [
    ("en", "Separately, officers at Trebil seized 900,000 Captagon pills."),
    ("ar", "وفي قضية أخرى ضبطت الجمارك 900 ألف حبة كبتاغون في طريبيل."),
    ("en", "In another operation, police in Basra found 900,000 Captagon pills."),
    ("ar", "وفي عملية منفصلة عثرت الشرطة في البصرة على 900 ألف حبة كبتاغون."),
    ("en", "On Wednesday, police in Basra found 900,000 Captagon pills."),
    ("ar", "ويوم الأربعاء عثرت الشرطة في البصرة على 900 ألف حبة كبتاغون."),
    ("en", "The ministry said that police in Basra had seized 900,000 Captagon pills on Wednesday."),
    ("ar", "وقالت الوزارة إن الشرطة ضبطت في البصرة 900 ألف حبة كبتاغون يوم الأربعاء."),
]
NO_SEIZURES = [
    ("en", "A plant may press 900,000 pills a day; one pill sells for up to 25 dollars."),
    ("ar", "وينتج المعمل 900 ألف حبة يوميا، وتباع الحبة بسعر يصل إلى 25 دولارا."),
    ("en", "The trade was worth 900,000 dollars a week, analysts say."),
    ("ar", "وبلغت قيمة هذه التجارة 900 ألف دولار في الأسبوع بحسب محللين."),
    ("en", "The province has 900,000 inhabitants."),
    ("ar", "ويبلغ عدد سكان المحافظة 900 ألف نسمة."),
]


def beside_the_news(lang: str, sentence: str) -> str | None:
    """The kind that a sentence's 900,000 are read as; the lead must stay what it is."""
    found = read(f"{NEWS[lang]}\n\n{sentence}", lang=lang)
    assert kind_of(found, 250_000) == "incident"
    return kind_of(found, 900_000)


@pytest.mark.parametrize(("lang", "sentence"), BEFORE)
def test_what_came_before_the_news_is_background(lang: str, sentence: str) -> None:
    assert beside_the_news(lang, sentence) == "background"


@pytest.mark.parametrize(("lang", "sentence"), TOTALS)
def test_what_was_seized_in_a_period_is_a_total(lang: str, sentence: str) -> None:
    assert beside_the_news(lang, sentence) == "aggregate"


@pytest.mark.parametrize(("lang", "sentence"), NEWS_TOO)
def test_a_second_seizure_of_these_days_is_news(lang: str, sentence: str) -> None:
    assert beside_the_news(lang, sentence) == "incident"


@pytest.mark.parametrize(("lang", "sentence"), NO_SEIZURES)
def test_prices_capacities_and_people_are_no_seizures(lang: str, sentence: str) -> None:
    assert beside_the_news(lang, sentence) is None


@pytest.mark.parametrize(
    "text",
    [
        "The army said its forces had seized 900,000 Captagon pills near Rutba.",
        "قال الجيش إن قواته ضبطت 900 ألف حبة كبتاغون قرب الرطبة.",
        "Officials announced on Tuesday that they had foiled an attempt to smuggle 900,000 Captagon pills.",
        "أعلن مسؤولون يوم الثلاثاء أنهم أحبطوا محاولة لتهريب 900 ألف حبة كبتاغون.",
    ],
)
def test_reported_speech_moves_verbs_back_and_is_news(text: str) -> None:
    assert kinds(read(text)) == [("incident", [900_000])]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Two sentenced to death for Captagon",
            "A court in Baghdad sentenced two men to death over 2 million Captagon pills seized in Anbar.",
        ),
        (
            "الإعدام لتاجري كبتاغون",
            "قضت محكمة في بغداد بإعدام رجلين أدينا بتهريب مليوني حبة كبتاغون ضبطت في الأنبار.",
        ),
        (
            "",
            "A court in Anbar sentenced two men to 15 years in prison. They were caught on 3 May 2023 with 2 "
            "million Captagon pills.",
        ),
        (
            "",
            "حكمت محكمة بالسجن 15 عاما على رجلين. وكانا قد ضبطا في 3 أيار 2023 وبحوزتهما مليونا حبة كبتاغون.",
        ),
        (
            "Iraq destroys seven tonnes of drugs",
            "The health ministry on Tuesday burned seized drugs, among them 2 million Captagon pills.",
        ),
        (
            "العراق يتلف أطنانا من المخدرات",
            "أتلفت وزارة الصحة يوم الثلاثاء في بغداد مخدرات مضبوطة بينها مليونا حبة كبتاغون.",
        ),
        (
            "Why does nobody stop the pills?",
            "Opinion\n\nCustoms seized 2 million Captagon pills at Trebil and nobody asked why.",
        ),
        (
            "لماذا لا يوقف أحد هذه الحبوب؟",
            "رأي\n\nضبطت الجمارك مليوني حبة كبتاغون في طريبيل ولم يسأل أحد لماذا.",
        ),
    ],
)
def test_courts_kilns_and_opinions_tell_no_news(title: str, text: str) -> None:
    found = read(text, title=title)
    assert found.doc_class == "background_only"
    assert kind_of(found, 2_000_000) == "background"


@pytest.mark.parametrize(
    "text",
    [
        "The week in drug seizures\n\n1) In Basra, police seized 120,000 Captagon pills.\n"
        "2) In Mosul, 200,000 Captagon pills were found in a house.\n"
        "3) At Trebil, customs seized 310,000 Captagon pills.",
        "حصاد الأسبوع\n\n1) ضبطت شرطة البصرة 120 ألف حبة كبتاغون.\n"
        "2) وعثر في الموصل على 200 ألف حبة كبتاغون داخل منزل.\n"
        "3) وضبطت جمارك طريبيل 310 آلاف حبة كبتاغون.",
    ],
)
def test_a_round_up_is_as_many_incidents_as_lines(text: str) -> None:
    found = read(text)
    assert kinds(found) == [("incident", [120_000]), ("incident", [200_000]), ("incident", [310_000])]
    assert [claim.place and claim.place.value for claim in found.claims] == [
        "Basra",
        "Mosul",
        "Trebil border crossing",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Several operations were carried out across Iraq this week. On Sunday, police seized 120,000 "
        "Captagon pills in Basra. On Monday, 200,000 Captagon pills were found in Mosul.",
        "نفذت القوات هذا الأسبوع عمليات متفرقة. ويوم الأحد ضبطت الشرطة في البصرة 120 ألف حبة كبتاغون. "
        "ويوم الاثنين عثر في الموصل على 200 ألف حبة كبتاغون.",
    ],
)
def test_days_before_the_page_are_news_in_a_weeks_review(text: str) -> None:
    found = read(text)
    assert kinds(found) == [("incident", [120_000]), ("incident", [200_000])]
    days = [claim.when.value.start.day for claim in found.claims if claim.when and claim.when.value.start]
    assert days == [8, 9]
