"""Numbers in running text: tables of forms met on real pages, and properties over generated numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import numbers
from etl.extract.digits import LONGEST, Follower, value_of
from etl.extract.mentions import Number
from etl.extract.text import fold_text

MILLION = 1_000_000


def found(words: str) -> list[Number]:
    return numbers.find(fold_text(words))


def one(words: str) -> Number:
    (number,) = found(words)
    return number


ENGLISH = [
    ("1.35M pills", 1_350_000), ("1,350,000", 1_350_000), ("1.350.000 pills", 1_350_000),
    ("1 350 000", 1_350_000),
    ("350 000 pills", 350_000), ("1.35 mln pills", 1_350_000), ("4.6 mn", 4_600_000),
    ("5m amphetamine pills", 5 * MILLION),
    ("5 m pills", 5 * MILLION), ("64M", 64 * MILLION), ("20K", 20_000), ("$2B", 2e9),
    ("three million", 3 * MILLION),
    ("one million and 200 thousand", 1_200_000), ("2 million and 400 thousand", 2_400_000),
    ("34 million 270 thousand narcotic pills", 34_270_000), ("3 million, 200 thousand", 3_200_000),
    ("half a million", 500_000), ("a million and a half", 1_500_000), ("one and a half million", 1_500_000),
    ("Nine-and-a-half million", 9_500_000), ("two and a half tonnes", 2.5),
    ("a quarter of a million", 250_000),
    ("three quarters of a million", 750_000), ("2½ million", 2_500_000), ("½ tonne", 0.5), ("3/4 ton", 0.75),
    ("three point five million", 3_500_000), ("a dozen", 12), ("two dozen", 24), ("half a dozen", 6),
    ("Forty-eight", 48), ("one hundred and fifty thousand", 150_000), ("two hundred thirty-one", 231),
    ("thirty-four thousand five hundred", 34_500), ("fifteen hundred", 1500), ("12,34,567", 1_234_567),
    ("1,773kg", 1773), ("1.47kg", 1.47), ("229.5 kilograms", 229.5), ("8,129 kilograms", 8129),
    ("1.756 tonnes", 1.756),
    ("(5,200,000) pills", 5_200_000), ("[300]", 300), ("**4,700** pills", 4700), ('"6.5" million', 6_500_000),
    ("6447,000 pills", 6_447_000), ("1,350,000.5", 1_350_000.5), ("1.350.000,5", 1_350_000.5),
    ("1,491,859 million", 1_491_859),
    ("5 (five) kilograms", 5), ("two (2) kilograms", 2), ("34 lakh", 3_400_000),
    ("1,350 thousand", 1_350_000),
]  # fmt: skip

ARABIC = [
    ("٣ ملايين", 3 * MILLION), ("ثلاثة ملايين حبة", 3 * MILLION), ("ثلاث ملايين", 3 * MILLION),
    ("عشرة مليون", 10 * MILLION),
    ("مليون و350 ألف", 1_350_000), ("6 ملايين و500 ألف", 6_500_000), ("876 ألف و421 حبة", 876_421),
    ("4 ملايين و100 ألف و309", 4_100_309), ("١٤ مليون و ٦٠٠ الف", 14_600_000),
    ("86 مليونًا و20 ألف", 86_020_000),
    ("17 مليون و812 ألف و300 قرص", 17_812_300), ("نصف مليون", 500_000), ("مليون ونصف المليون", 1_500_000),
    ("مليون ونصف", 1_500_000), ("6 ملايين ونصف مليون", 6_500_000), ("ربع مليون", 250_000),
    ("ثلاثة أرباع المليون", 750_000),
    ("سبعة وعشرين ونصف كيلوغرام", 27.5), ("مليوني حبة", 2 * MILLION), ("مليونا حبة", 2 * MILLION),
    ("ألفي حبة", 2000),
    ("مليوناً و200 ألف", 1_200_000), ("مئتي ألف حبة", 200_000), ("مئة ألف حبة", 100_000), ("ألف حبة", 1000),
    ("خمسةً وثلاثينَ ألفَ حبّةٍ", 35_000), ("سبعمائة واثنان وثلاثون ألفاً وثلاثمائة وسبعون", 732_370),
    ("خمسة عشر مليون حبة", 15 * MILLION), ("تسعة آلاف وستمائة وتسعون", 9690), ("ثلاثمئة وتسعين ألف", 390_000),
    ("مئة وخمسين ألفا وثلاثة عشر", 150_013), ("ألف وخمسمئة", 1500), ("ألفان ومئتان", 2200),
    ("أحد عشر مليونا", 11 * MILLION),
    ("6.480.000 حبة", 6_480_000), ("210.825 حبة", 210_825), ("(404.979) قرص", 404_979),
    ("141٫831 حبة", 141_831),
    ("1٬021٬851", 1_021_851), ("1.033000 حبة", 1_033_000), ("6.447 مليون", 6_447_000),
    ("(5.3) ملايين", 5_300_000),
    ("1,15 مليون", 1_150_000), ("94,8 مليون", 94_800_000), ("١٫٥ مليون", 1_500_000), ("1.125 كغم", 1.125),
    ("4200000", 4_200_000), ("(١٠٣٣٠٠٠)", 1_033_000), ("/45,815/ حبة", 45_815), ("350الف", 350_000),
    ("(2,500,000) مليونين وخمسمائة ألف حبة", 2_500_000), ("(9,690) تسعة آلاف وستمائة وتسعون", 9690),
    ("(75) خمسة وسبعون", 75), ("(716) وستة عشر ألف حبة", 716), ("(565) ألف حبة", 565_000),
    ("(49) ألف", 49_000),
    ("(888000) ألف حبة", 888_000), ("(١٠٣٣٠٠٠) مليون وثلاثة وثلاثون ألف حبة", 1_033_000),
    ("بمليون و345 ألف", 1_345_000),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value"), ENGLISH + ARABIC)
def test_value(words: str, value: float) -> None:
    number = one(words)
    assert (number.low, number.high) == (value, value)


RANGES = [
    ("between 10 and 15 kilos", 10, 15), ("10-15 kg", 10, 15), ("10 – 15 kg", 10, 15),
    ("10 to 15 pills", 10, 15),
    ("from five to seven tons", 5, 7), ("3 to 4 million", 3 * MILLION, 4 * MILLION), ("$3.50 to $6", 3.5, 6),
    ("between $84 million and $144 million", 84 * MILLION, 144 * MILLION),
    ("between 10 and 12 million", 10 * MILLION, 12 * MILLION),
    ("between 10 tons and 15 tons", 10, 15), ("5 kg to 7 kg", 5, 7), ("US$200 to US$300", 200, 300),
    ("two or three kilos", 2, 3), ("من 10 إلى 15 كغم", 10, 15), ("بين 10 أطنان و15 طنا", 10, 15),
    ("بين مليون ومليونين", MILLION, 2 * MILLION), ("تراوحت بين 3 و5 ملايين", 3 * MILLION, 5 * MILLION),
    ("ما بين ثلاثة وأربعة ملايين", 3 * MILLION, 4 * MILLION), ("من ٥ حتى ٧ أطنان", 5, 7),
]  # fmt: skip


@pytest.mark.parametrize(("words", "low", "high"), RANGES)
def test_range(words: str, low: float, high: float) -> None:
    number = one(words)
    assert (number.low, number.high, number.qualifier) == (low, high, "range")


@pytest.mark.parametrize(
    "words",
    [
        "from 3,050 to 2,500",
        "20 kilograms to 30 men",
        "8 kilograms, or 50,000 pills",
        "3 men and 5 women",
        "من 20 و30",
    ],
)
def test_two_numbers_that_are_no_range(words: str) -> None:
    assert [n.qualifier for n in found(words)] == ["exact", "exact"]


QUALIFIERS = [
    ("about", ["about 5", "around 5", "some 5", "nearly 5", "almost 5", "close to 5", "roughly 5",
    "approximately 5",
               "an estimated 5", "just under 5", "~5", "5 or so", "5 approximately", "in the region of 5",
               "نحو 5", "بنحو 5", "قرابة 5", "حوالي 5", "حوالى (5)", "زهاء 5", "ما يقارب 5",
               "ما يقارب من 5", "ما يقرب من 5",
               "تقدر بنحو 5", "قُدّر وزنها بـ5", "يقدر بـ 5", "5 تقريباً", "ناهز 5", "لنحو 5"]),
    ("over", ["more than 5", "over 5", "at least 5", "upwards of 5", "in excess of 5", "no fewer than 5",
    "5 or more", "+5", "5+",
              "not less than 5", "exceeding 5", "well over 5", "a minimum of 5", "أكثر من 5", "اكثر من 5",
              "ما يزيد على 5",
              "ما يزيد عن 5", "يزيد عن 5", "تجاوزت 5", "تفوق 5", "يربو على 5", "لا يقل عن 5",
              "ما لا يقل عن 5", "وأكثر من 5",
              "بأكثر من 5", "5 على الأقل", "بما يفوق 5", "أزيد من 5"]),
    ("under", ["less than 5", "fewer than 5", "under 5", "up to 5", "at most 5", "no more than 5",
    "5 or less",
               "أقل من 5", "يقل عن 5", "لم تتجاوز 5", "لا يزيد على 5", "ما يصل إلى 5"]),
    ("exact", ["5", "exactly 5", "a total of 5", "بلغت 5", "بعدد 5", "حرس الحدود (5)"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "qualifier"), [(words, qualifier) for qualifier, group in QUALIFIERS for words in group]
)
def test_qualifier(words: str, qualifier: str) -> None:
    number = one(words)
    assert (number.low, number.qualifier) == (5, qualifier)


@pytest.mark.parametrize(
    "words", ["more than 1,000", "ما يزيد على ثلاثة ملايين", "قُدّر وزنها بـ700", "between 10 and 15"]
)
def test_outer_takes_in_the_words_of_precision(words: str) -> None:
    assert one(words).outer == 0


@pytest.mark.parametrize(
    "words",
    [
        "dozens",
        "tens of thousands",
        "hundreds",
        "several million",
        "a few",
        "عشرات الآلاف",
        "مئات الملايين",
        "ملايين",
        "بضعة",
    ],
)
def test_vague_numbers_have_no_value(words: str) -> None:
    number = one(words)
    assert (number.low, number.high) == (None, None)


@pytest.mark.parametrize(
    "words", ["1st", "72nd Brigade", "the 103rd", "Article 27", "No. 50", "لواء 45", "رقم (50)", "1) Anbar"]
)
def test_ordinals_and_names(words: str) -> None:
    assert one(words).ordinal


@pytest.mark.parametrize(
    "words",
    [
        "15%", "82 percent", "18 per cent", "بنسبة 15٪", "10 في المئة", "14:20", "12/05/2023", "2025-09-11",
        "5-12-2023",
        "00966114208417", "AK-47", "Suwayda24", "0-1", "صفر واحد", "1" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_what_is_no_number(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("3 million and two men", [3 * MILLION, 2]), ("مليون و5 كغم", [MILLION, 5]),
        ("مليون و350 ألف و3 ملايين", [1_350_000, 3 * MILLION]), ("20k, three million", [20_000, 3 * MILLION]),
        ("in 2024 100 pills", [2024, 100]), ("three, four", [3, 4]), ("200 ألف، خمسة", [200_000, 5]),
    ],
)  # fmt: skip
def test_neighbours_stay_apart(words: str, values: list[float]) -> None:
    assert [n.low for n in found(words)] == values


def test_numbers_of_a_rounded_headline_mean_thousands() -> None:
    assert one("أكثر من 3 ملايين و400 حبة").low == 3_400_000
    assert one("3 ملايين و400 حبة").low == 3_000_400


# --- writing numbers, to read them back ---

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen"]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ONES_AR = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة",
"أحد عشر", "اثنا عشر",
            "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر", "ثمانية عشر",
            "تسعة عشر"]  # fmt: skip
_TENS_AR = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
_HUNDREDS_AR = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def english_words(n: int) -> str:
    for scale, word in ((MILLION, "million"), (1000, "thousand")):
        if n >= scale:
            rest = n % scale
            return f"{english_words(n // scale)} {word}" + (f" {english_words(rest)}" if rest else "")
    if n >= 100:
        return f"{_ONES[n // 100]} hundred" + (f" and {english_words(n % 100)}" if n % 100 else "")
    if n >= 20:
        return _TENS[n // 10 - 2] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    return _ONES[n]


def arabic_words(n: int) -> str:
    parts = []
    millions, thousands, rest = n // MILLION, n // 1000 % 1000, n % 1000
    if millions:
        parts.append(_arabic_block(millions, "مليون", "مليونان", "ملايين"))
    if thousands:
        parts.append(_arabic_block(thousands, "ألف", "ألفان", "آلاف"))
    if rest:
        parts.append(_arabic_below_thousand(rest))
    return " و".join(parts)


def _arabic_block(n: int, single: str, dual: str, plural: str) -> str:
    if n <= 2:
        return single if n == 1 else dual
    return f"{_arabic_below_thousand(n)} {plural if n <= 10 else single}"


def _arabic_below_thousand(n: int) -> str:
    parts = [_HUNDREDS_AR[n // 100]] if n >= 100 else []
    rest = n % 100
    if 0 < rest < 20:
        parts.append(_ONES_AR[rest])
    elif rest:
        if rest % 10:
            parts.append(_ONES_AR[rest % 10])
        parts.append(_TENS_AR[rest // 10 - 2])
    return " و".join(parts)


def arabic_mixed(n: int) -> str:
    """Write digits with scale words: "4 ملايين و100 ألف و309"."""
    parts = []
    if n >= MILLION:
        millions = n // MILLION
        parts.append(f"{millions} {'ملايين' if 3 <= millions <= 10 else 'مليون'}")
    if n // 1000 % 1000:
        parts.append(f"{n // 1000 % 1000} ألف")
    if n % 1000:
        parts.append(str(n % 1000))
    return " و".join(parts)


INTEGERS = st.integers(1, 999_999_999)
ROUND = st.builds(lambda block, scale: block * scale, st.integers(1, 999), st.sampled_from([1000, MILLION]))


def grouped(n: int, mark: str) -> str:
    return f"{n:,}".replace(",", mark)


@given(INTEGERS)
def test_english_words_round_trip(n: int) -> None:
    assert one(english_words(n)).low == n


@given(st.integers(1, 999_999_999).filter(lambda n: n % MILLION == 0 or n % MILLION >= 100 or n < MILLION))
def test_arabic_words_round_trip(n: int) -> None:
    """After millions a remainder below a hundred is another number ("مليون وثلاثة أشخاص")."""
    assert one(arabic_words(n)).low == n


@given(st.integers(1, 999_999_999).filter(lambda n: n % MILLION == 0 or n % MILLION >= 100 or n < MILLION))
def test_arabic_digits_and_words_round_trip(n: int) -> None:
    assert one(arabic_mixed(n) + " حبة").low == n


@given(INTEGERS, st.sampled_from([",", "٬", "\u202f", "\u00a0"]))
def test_grouped_digits_round_trip(n: int, mark: str) -> None:
    assert one(grouped(n, mark) + " pills").low == n


@given(st.integers(1000, 999_999_999), st.sampled_from([" pills", " حبة", " قرص"]))
def test_dots_group_thousands_before_a_count(n: int, noun: str) -> None:
    assert one(grouped(n, ".") + noun).low == n


@given(
    st.integers(1, 9999),
    st.sampled_from([(" million", 1e6), (" مليون", 1e6), ("M", 1e6), (" ألف", 1e3), ("k", 1e3)]),
)
def test_decimals_before_a_scale_word(tenths: int, scale: tuple[str, float]) -> None:
    word, value = scale
    assert one(f"{tenths / 10}{word}").low == pytest.approx(tenths / 10 * value)


@given(ROUND, st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]))
def test_digits_of_any_script_are_equal(n: int, digits: str) -> None:
    written = f"{n:,}".translate(str.maketrans("0123456789", digits))
    assert one(written + " حبة").low == n


PIECES = st.sampled_from(
    [*"0123456789.,٫٬:/-+~()[]\"' \n", "and ", " و", "million ", "مليون ", "ألف", "نصف ", "half a ", "to ",
     "between ", "about ", "نحو ", "٣", "⁄", "½", "\u200f", "k", "st", "%", "ملايين ", "مليونا", "a ",
     "pills", "كغم"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_mentions_lie_in_order_inside_the_text(words: str) -> None:
    text = fold_text(words)
    reached = 0
    for number in numbers.find(text):
        assert reached <= number.start < number.end <= len(text.folded)
        assert number.outer <= number.start
        assert "\n" not in text.folded[number.outer : number.end]
        assert text.quote(number.start, number.end) in words
        assert (number.low is None) == (number.high is None)
        assert number.low is None or number.high is None or 0 <= number.low <= number.high
        reached = number.end


@given(st.text(alphabet="0123456789.,٫٬", min_size=1, max_size=30))
def test_any_numeral_is_a_number_or_none(numeral: str) -> None:
    if (
        numeral[0].isdigit()
        and numeral[-1].isdigit()
        and not any(a + b in numeral for a in ".,٫٬" for b in ".,٫٬")
    ):
        value = value_of(numeral, Follower())
        assert value is None or value >= 0


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "3 and ",
        "و3 ",
        "million and ",
        "مليون و",
        "((1) ",
        "1 234 ",
        "half a ",
        "about 5 ",
        "1-",
        "5 to ",
    ],
)
def test_long_runs_finish(unit: str) -> None:
    text = fold_text(unit * 20_000)
    assert all(n.end <= len(text.folded) for n in numbers.find(text))
