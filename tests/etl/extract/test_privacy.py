"""Published quotes: short, exact but for masked names of private persons, with the value's words marked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.nameless import nameless
from etl.extract.privacy import CUT, MASK, MAX_WORDS, mask, quote_of, with_names
from etl.extract.records import Document, Extraction, Found, PlaceRole, TextClaim

ENGLISH = [  # a sentence as it may be published: what stands in {} is masked
    # private persons
    "Police arrested {Nouh Zaiter} in the Bekaa with two million pills.",
    "A dealer called {Zaiter} was held near Baalbek.",
    "The suspect, {Karim Doueihi}, 34, was arrested in Beirut.",
    "The driver, {A.K.}, was arrested at the crossing.",
    "The suspects {H. M.} and {S. T.} were sent to court.",
    "The smuggler known as {Abu Hadid} fled into the desert.",
    'He is nicknamed "{The Engineer}" in the border villages.',
    "Hassan's cousin {Fadi Mansour} owned the warehouse.".replace("Hassan's", "The suspect's"),
    "The truck belonged to {Wissam Khoury}, a trader from Tripoli.",
    "{Mohammed Ali Hassan} was driving the truck when customs stopped it.",
    "Officers detained {Ahmad al-Halabi} and {Omar Kassem} in Rif Dimashq.",
    "The haul was hidden by {Salim Bou Antoun}, according to the army.",
    "A network led by {Marwan Shahin} sent pills to the Gulf.",
    "{Firas}, 27, carried the bags across the border.",
    "A man identified as {Yousef Darwish} was killed in the clash.",
    "The court in Amman sentenced {Tareq Obeidat} to 15 years.",
    "Two brothers, {Jamal} and {Nizar Dabbagh}, ran the workshop.",
    "The minister said the driver {Ali Hussein} had confessed.",
    "Neighbours said that {Qasim Abdulwahid} had lived there for years.",
    "The pills were hidden in {Samir's} workshop.",
    "Pills lay under {Fatima Noor's} seat and in {Zorbek’s} white truck.",
    # officials, leaders, bodies, places
    "Police searched Hezbollah's workshop, Jordan's truck parks and the driver's house.",
    "Interior Ministry spokesman Saad Maan said three million pills were seized.",
    "Brig. Gen. Khalid Al-Muhanna announced the seizure on Monday.",
    "Major General Miqdad Miri praised the Anti-Narcotics Directorate.",
    "Interior Minister Abdul Amir al-Shammari visited Al-Qaim.",
    "The head of the Border Ports Commission, Omar al-Waeli, spoke of 200,000 pills.",
    "Saad Maan, spokesman for the Interior Ministry, gave the figure.",
    "Bashar al-Assad fell in December 2024.",
    "Maher al-Assad commanded the Fourth Division.",
    "President Ahmed al-Sharaa promised to end the trade.",
    "King Abdullah II spoke in Amman.",
    "The General Directorate of Narcotics Control in Riyadh seized 4.7 million pills at King Abdulaziz Port.",
    "Customs at Abu Kamal and Deir ez-Zor found Captagon on Friday.",
    "The United Nations Office on Drugs and Crime counted 24 million pills.",
    "Shafaq News and the Syrian Observatory for Human Rights reported the seizure.",
    "The Emirati minister of interior, Sheikh Saif bin Zayed, thanked Dubai Police.",
    "Pills worth $5 million were found in Jebel Ali Port on 12 March 2024.",
    "U.S. forces in al-Tanf found 323,000 pills at 3 a.m. on Thursday.",
    "Iraqi Border Guards shot down a balloon near Rutba in Anbar province.",
    "Three Million Captagon Pills Found Among Apples At Border Crossing",
    "Judge Faiq Zaidan signed the order of the Supreme Judicial Council.",
]  # fmt: skip
ARABIC = [
    # أشخاص عاديون
    "أوقفت الشرطة المدعو {حسن دقو} في البقاع.",
    "ألقي القبض على المتهم ({ا.ع}) في بغداد.",
    "أوقفت مخابرات الجيش المواطنين ({ع.م}.) و({خ.د}.) في بعلبك.",
    "توقيف السوري «{ي. ه}» في عكار.",
    "ضبطت بحوزة السائق {محمد خليل درويش} مليون حبة كبتاغون.",
    "تاجر المخدرات الملقب بـ \"{أبو حديد}\" فرّ إلى البادية.",
    "المدعو {نوح زعيتر} مطلوب بعدة مذكرات.",
    "اعترف الموقوف {أحمد السالم} بتهريب الحبوب إلى السعودية.",
    "شاحنة يقودها {خالد الحلبي} قادمة من سوريا.",
    "قُتل المهرب {عبدالله الشمري} خلال الاشتباك.",
    "أوقفت الدورية {فادي منصور} في طرابلس.",
    "حكمت المحكمة على {يوسف إبراهيم حمدان} بالسجن 15 عاماً.",
    "الشبكة يديرها {مروان شاهين} من بيروت.",
    "وقال الوزير إن المتهم {علي حسين} اعترف بالجريمة.",
    "المدعوة {زينب قاسم} كانت في السيارة.".replace("المدعوة", "المدعو"),
    "شخص يدعى {غسان} كان ينتظر الشحنة.",
    "وأوقف شقيقه {رامي الخطيب} في حمص.",
    "المطلوب المكنى بـ«{أبو علي}» فرّ.",
    "القبض على المتهم {س.م.ح} في البصرة.",
    "ألقي القبض على {محمد الخطيب} وشقيقه {غدير} في عمان.",
    "ضبط المدعو {سامر} وابنه {زيدون} مع والده {جهاد} وابن عمه {شاهين}.",
    # مسؤولون ومؤسسات وأماكن
    "ضبطت الحبوب مع السائق وزوجته في عمان.",
    "تعاونت الأجهزة مع الدول الشقيقة والصديقة ومع دول شقيقة وصديقة.",
    "قال المتحدث باسم وزارة الداخلية العميد خالد المحنا إن ثلاثة ملايين حبة ضبطت.",
    "أعلن اللواء الركن مقداد ميري ضبط الشحنة.",
    "قال وزير الداخلية اللبناني بسام مولوي إن الباخرة أعيدت.",
    "زار وزير الداخلية عبد الأمير الشمري منفذ القائم.",
    "أكد رئيس هيئة المنافذ الحدودية عمر الوائلي ضبط 200 ألف حبة.",
    "سقط نظام بشار الأسد في كانون الأول 2024.",
    "كان ماهر الأسد يقود الفرقة الرابعة.",
    "تعهد الرئيس أحمد الشرع بإنهاء التجارة.",
    "ضبطت الجمارك في ميناء الملك عبدالعزيز بالدمام 4 ملايين حبة.",
    "أفادت (أ ف ب) بضبط مليون حبة في دير الزور.",
    "ضبطت المديرية العامة لمكافحة المخدرات في الرياض شحنة كبتاغون.",
    "حبوب مخدرة في محافظة صلاح الدين وفي الأنبار والمثنى.",
    "عثر على الحبوب على الحدود العراقية السورية قرب منفذ القائم.",
    "أعلنت هيئة المنافذ الحدودية ضبط 350 ألف حبة كبتاغون في معبر الوليد.",
    "قال المتحدث الرسمي باسم القيادة العميد ياسر الجباري إن العملية مستمرة.",
    "نقلت وكالة الأنباء السورية (سانا) عن مصدر في الداخلية.",
    "أوضح مدير مكافحة المخدرات العقيد حيدر القريشي أن الكمية كبيرة.",
    "سعيد بهذا الإنجاز، قال مصدر أمني كريم في البصرة.",
    "قال العقيد حسن الفرا، مدير الإدارة، إن الحبوب أتلفت.",
]  # fmt: skip


@pytest.mark.parametrize("sentence", ENGLISH + ARABIC)
def test_private_names_are_masked_and_no_others(sentence: str) -> None:
    assert mask(sentence.replace("{", "").replace("}", "")) == re.sub(r"\{[^}]*\}", MASK, sentence)


def test_the_table_holds_enough_of_each_language() -> None:
    for table in (ENGLISH, ARABIC):
        assert len(table) >= 35
        assert sum("{" in sentence for sentence in table) >= 15


def test_a_name_alone_is_the_person_named_in_full_elsewhere() -> None:
    text = "Police held {} in Zahle.\n{} confessed, said Col. Samir Eid. The haul, Eid added, was big."
    assert mask(text.format("Nouh Darwiche", "Darwiche")) == text.format(MASK, MASK)


def quoted(body: str, words: str, max_words: int = MAX_WORDS) -> tuple[str, str]:
    start = body.index(words)
    quote = quote_of(Document("d", body), Found(0, start, start + len(words), "r"), max_words)
    return quote.text, quote.text[quote.start : quote.end]


def test_a_short_sentence_is_quoted_whole_and_alone() -> None:
    body = "Title here\n\nFirst sentence. Customs found three million pills in Anbar. Last one."
    assert quoted(body, "three million pills") == (
        "Customs found three million pills in Anbar.", "three million pills",
    )  # fmt: skip


def test_a_long_sentence_is_cut_around_the_words() -> None:
    body = " ".join(f"w{n}" for n in range(100))
    assert quoted(body, "w50", 5) == (f"{CUT}w48 w49 w50 w51 w52{CUT}", "w50")
    assert quoted(body, "w0", 5) == (f"w0 w1 w2 w3 w4{CUT}", "w0")
    assert quoted(body, "w99", 5) == (f"{CUT}w95 w96 w97 w98 w99", "w99")


def test_words_longer_than_a_quote_are_quoted_from_their_beginning() -> None:
    body = " ".join(f"w{n}" for n in range(100))
    assert quoted(body, "w10 w11 w12 w13 w14", 3) == (f"{CUT}w10 w11 w12{CUT}", "w10 w11 w12")


def test_marks_follow_the_words_past_masked_names() -> None:
    body = "Police arrested Mohammed Ali Hassan and Omar Kassem with two million pills in Anbar."
    text, marked = quoted(body, "two million pills")
    assert text == "Police arrested [name] and [name] with two million pills in Anbar."
    assert marked == "two million pills"


def test_words_that_are_a_name_are_marked_as_the_mask() -> None:
    assert quoted("Police arrested Omar Kassem there.", "Omar Kassem")[1] == MASK
    assert quoted("Police arrested Omar Kassem there.", "arrested Omar")[1] == f"arrested {MASK}"


def test_a_quote_keeps_its_length_without_the_signs_that_turn_words_around() -> None:
    body = "Police found \u202e100\u202c pills \u2066here\u2069."
    assert quoted(body, "100") == ("Police found \ufffd100\ufffd pills \ufffdhere\ufffd.", "100")


def found_in(body: str, words: str, value: object) -> Found[Any]:
    start = body.index(words)
    return Found(value, start, start + len(words), "r")


def test_a_claim_has_things_without_their_owners_and_no_places_that_are_names() -> None:
    body = "Pills were under Fatima Noor's seat in Amman. Police arrested Samir Ramtha and Omar Kassem."
    claim = nameless(
        Document("d", body),
        TextClaim(
            "incident", 0, len(body),
            place=found_in(body, "Ramtha", "Ramtha"),
            places=tuple(found_in(body, name, PlaceRole("", name, "")) for name in ("Amman", "Ramtha")),
            agencies=(found_in(body, "Police", "Police"), found_in(body, "Omar Kassem", "Omar Kassem")),
            concealment=(found_in(body, "Noor's seat", "Noor's seat"),),
        ),
    )  # fmt: skip
    assert claim.place is None
    assert [place.value.name for place in claim.places] == ["Amman"]
    assert [agency.value for agency in claim.agencies] == ["Police"]
    assert [hidden.value for hidden in claim.concealment] == ["seat"]


def test_names_that_are_known_are_masked_and_not_looked_for_again() -> None:
    body = "Police arrested Omar Kassem there."
    arrested, document = found_in(body, "arrested", 1), Document("d", body)
    extraction = with_names(document, Extraction("incident", (TextClaim("incident", 0, len(body)),)))
    assert [body[start:end] for start, end in extraction.names or ()] == ["Omar Kassem"]
    known = replace(document, names=extraction.names)
    assert quote_of(known, arrested) == quote_of(document, arrested)
    assert MASK in quote_of(known, arrested).text
    assert "Omar" in quote_of(replace(document, names=()), arrested).text
    assert with_names(document, Extraction("not_relevant")).names is None


def test_a_value_of_the_whole_page_has_no_quote() -> None:
    assert quote_of(Document("d", "words"), Found(0, 2, 2, "published")).text == ""


def test_a_quote_of_no_words_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        quote_of(Document("d", "words"), Found(0, 0, 2, "r"), 0)


def test_a_quote_does_not_run_into_the_next_paragraph_nor_stop_at_an_abbreviation() -> None:
    body = "Brig. Gen. Khalid Al-Muhanna spoke of two tons.\nOther words"
    assert quoted(body, "two tons.\nOther")[0] == "Brig. Gen. Khalid Al-Muhanna spoke of two tons."


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_quote_is_short_and_marks_lie_inside(data: st.DataObject) -> None:
    pieces = st.sampled_from(
        [*(s.replace("{", "").replace("}", "") for s in ENGLISH + ARABIC), "\n", " ", "…", "a.b"]
    )
    body = data.draw(st.lists(pieces | st.text(max_size=20), min_size=1, max_size=6).map(" ".join))
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    limit = data.draw(st.integers(1, 30))
    quote = quote_of(Document("d", body), Found(0, start, end, "r"), limit)
    assert len(quote.text.split()) <= limit
    assert 0 <= quote.start <= quote.end <= len(quote.text)
