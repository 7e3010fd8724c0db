"""What of a page is its story, and what belongs to captions, summaries and other stories."""

import pytest

from etl.extract.sections import CAPTION, STORY, SUMMARY, TITLE, sentences
from etl.extract.text import fold_text

STORY_EN = "BAGHDAD: Officers seized 1.5 million pills at Al-Qaim. The driver, Maj. Gen. Ali said, was held."
STORY_AR = "ضبطت المديرية ١٫٥ مليون حبة. وأوقف السائق"
LONG = " ".join(["Officers searched the lorry and told of what they had found in it."] * 8)


def parts(page, title=""):
    body = f"{title}\n\n{page}" if title else page
    text = fold_text(body)
    return [(s.kind, text.quote(s.start, s.end).strip()) for s in sentences(text, len(title))]


@pytest.mark.parametrize(
    ("page", "count"),
    [
        (STORY_EN, 2),
        (STORY_AR, 2),
        ("It weighed 1.35 tonnes. No. 5 was next.", 2),
        ("هل ضبطت؟ نعم", 2),
        ("One load; another followed.", 2),
        ("", 0),
        ("\n\n\n", 0),
    ],
)
def test_sentences(page, count):
    assert len(parts(page)) == count


def test_the_headline_is_its_own_part():
    assert [kind for kind, _ in parts(STORY_EN, "Pills seized")] == [TITLE, STORY, STORY]


@pytest.mark.parametrize(
    "tail",
    [
        "Read more: Army finds 5 million pills",
        "Check Also\n\nPolice seize 2 tonnes\n\nMore of it.",
        "Related News\n\nShafaq Live",
        "إقرأ أيضاً:\n\nضبط مليون حبة",
        "اقرأ أيضاً: الداخلية تضبط مليون حبة كبتاغون في درعا\n\nصباح اليوم",
        "كلمات دلالية: الجيش، كبتاغون",
        "HIGHLIGHTS: Over 65,000 pills elsewhere",
    ],
)
def test_other_stories_are_left_out(tail):
    assert parts(f"{LONG}\n\n{tail}") == parts(LONG)


def test_a_read_more_line_inside_the_story_does_not_end_it():
    page = f"First, the army spoke.\n\nRead more: Old news of 3 million pills\n\n{LONG}"
    told = " ".join(words for _, words in parts(page))
    assert "Old news" not in told
    assert told.endswith("found in it.")


def test_a_heading_above_the_story_does_not_end_it():
    page = f"Latest News\n\n- Tobacco found – Gold flies – Meat spoilt\n\n{LONG}"
    assert parts(page) == parts(LONG)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("PHOTO: Pills hidden in apples", CAPTION),
        ("[Photo: A drone and its bag, shot down on June 13]", CAPTION),
        ("صورة: حبوب كبتاغون في معبر القائم", CAPTION),
        ("1 / 2 Drugs taken from a drone", CAPTION),
        ("The army shows pills it says it found on the northern border (Reuters)", CAPTION),
        ("ملخص آلي: نحو مليون حبة في درعا", SUMMARY),
        ("Key points: three million pills", SUMMARY),
        ("وكالة الناس - بغداد (أ ف ب)", STORY),
        ("Photographs of the load were shown.", STORY),
    ],
)
def test_kinds_of_lines(line, kind):
    assert parts(f"{line}\n\n{LONG}")[0][0] == kind
