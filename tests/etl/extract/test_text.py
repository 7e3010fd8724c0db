"""Folding keeps the way back to the page's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.lexicon import Lexicon
from etl.extract.text import fold_phrase, fold_text

PAGES = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(list("حبّةً كبتاغون أإآٱىئؤةـ ٠١٢٣ \u200f\u200e\u200b\u00a0\t\nﷲ…’“–٫٬ßİé")),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Three  Million", "three million"),
        ("١٬٠٢١٬٨٥١ حبّة", "1٬021٬851 حبه"),
        ("كبتاغون", "كبتاغون"),
        ("الأنبار، العراق", "الانبار, العراق"),
        ("“Captagon” – Al‑Qa’im", '"captagon" - al-qa\'im'),
        ("2\u00a0kg\u200f", "2 kg"),
        ("Straße", "strasse"),
        ("هيأة المنافذ؟", "هياه المنافذ?"),
        ("حـبـوب", "حبوب"),
        ("line\r\nnext", "line\n\nnext"),
    ],
)
def test_folds(written, folded):
    assert fold_text(written).folded == folded


@given(PAGES)
def test_every_piece_leads_back_to_the_page(page):
    text = fold_text(page)
    assert text.span(0, len(text.folded)) <= (len(page), len(page))
    for start in range(len(text.folded)):
        first, last = text.span(start, start + 1)
        assert 0 <= first < last <= len(page)
        assert text.folded[start] in fold_text(page[first:last]).folded


@given(PAGES)
def test_folding_again_changes_nothing_but_spaces(page):
    folded = fold_text(page).folded
    assert fold_text(folded).folded == folded


@given(PAGES, st.integers(0, 200), st.integers(0, 200))
def test_quotes_are_pieces_of_the_page(page, one, other):
    text = fold_text(page)
    start, end = sorted((min(one, len(text.folded)), min(other, len(text.folded))))
    assert text.quote(start, end) in page


@pytest.mark.parametrize(
    ("phrases", "page", "met"),
    [
        (["كبتاغون"], "من الكبتاغون", ["كبتاغون"]),
        (["كبتاغون"], "والكبتاغون وبالكبتاغون للكبتاغون", ["كبتاغون"] * 3),
        (["الحشيش"], "وحشيش", ["حشيش"]),
        (["حبوب"], "محبوب", []),
        (["tyre*"], "two tyres and a retyred man", ["tyres"]),
        (["*جمارك"], "للجمارك", ["جمارك"]),
        (["al-qaim"], "at Al Qaim crossing", ["Al Qaim"]),
        (["border", "border guard"], "the border guard", ["border guard"]),
        (["guard", "border guard"], "border guards, border guard", ["border guard"]),
        ([], "anything", []),
    ],
)
def test_word_lists_meet_whole_words(phrases, page, met):
    text = fold_text(page)
    lexicon = Lexicon((phrase, phrase) for phrase in phrases)
    assert [text.quote(m.start, m.end) for m in lexicon.find(text)] == met


def test_phrases_fold_like_texts():
    assert fold_phrase("  Al-Qā’im ") == "al qa'im"
