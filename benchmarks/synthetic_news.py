"""Made-up news in English and Arabic: seizures and other things, told by outlets that copy each other.

Three stories in four tell of a seizure; of these a part is passed on word for word by another outlet, and a
part told again in other words. Around the telling sentences stand sentences of the project's unrelated
articles, with figures of their own, so that no two stories are alike but the copies. Stories have 1 to 4 kB,
as those of agencies do, and lie in `YEARS` whatever their number. The same seed gives the same stories.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from unicodedata import normalize

from benchmarks.synthetic_ledger import OUTLETS
from geo.names import governorate
from geo.places import Place, places

FIRST_DAY, YEARS = datetime(2020, 1, 1, tzinfo=UTC), 6
COUNTRIES = ("IQ", "SY", "SA", "JO", "LB", "AE", "KW")
WEIGHTS = (30, 25, 15, 12, 10, 4, 4)
SEIZURES, COPIES, RETOLD = 0.7, 0.2, 0.15
"""Shares: of seizures among first stories; of those that are copied, or told again, by another outlet."""
_WORDS = Path(__file__).with_name("data")
_DIGITS = re.compile(r"\d+")
_NATIONS = {
    "IQ": ("Iraqi", "العراقية"), "SY": ("Syrian", "السورية"), "SA": ("Saudi", "السعودية"),
    "JO": ("Jordanian", "الأردنية"), "LB": ("Lebanese", "اللبنانية"), "AE": ("Emirati", "الإماراتية"),
    "KW": ("Kuwaiti", "الكويتية"),
}  # fmt: skip
_BODIES = (
    ("police", "الشرطة"), ("customs", "الجمارك"), ("border guards", "قوات حرس الحدود"),
    ("security forces", "القوات الأمنية"),
)  # fmt: skip
_HIDDEN = (
    ("crates of apples", "صناديق التفاح"), ("spare tyres", "إطارات احتياطية"),
    ("bags of flour", "أكياس الطحين"),
    ("a hidden fuel tank", "خزان وقود مخفي"), ("sacks of onions", "أكياس البصل"),
)  # fmt: skip
_MOVED = (("truck", "شاحنة"), ("bus", "حافلة"), ("refrigerated truck", "شاحنة مبردة"), ("car", "سيارة"))
_DAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_TELLINGS = {
    "en": (
        (
            "{nation} {body} seize {tablets} Captagon pills in {town}",
            "{nation} {body} said on {day} that they had seized {tablets} Captagon pills in {town}, {area}.",
            "The pills were found in a {moved}, hidden in {hidden}. {arrests} suspects were arrested.",
        ),
        (
            "Haul of Captagon in {area}",
            "A {moved} carrying {tablets} Captagon tablets was stopped near {town} on {day}, {nation} {body} "
            "announced.",
            "Officers arrested {arrests} people after finding the tablets inside {hidden}.",
        ),
    ),
    "ar": (
        (
            "ضبط {tablets} حبة كبتاغون في {town}",
            "أعلنت {body} {nation}، يوم {day}، ضبط {tablets} حبة كبتاغون في {town} بمحافظة {area}.",
            "وأضافت أن الحبوب كانت مخبأة في {hidden} داخل {moved}، وأنه تم القبض على {arrests} متهمين.",
        ),
        (
            "إحباط تهريب كبتاغون في {area}",
            "أحبطت {body} {nation} يوم {day} محاولة تهريب {tablets} حبة من الكبتاغون قرب {town}.",
            "وعثر على الحبوب داخل {hidden} في {moved}، وأوقف {arrests} أشخاص، بحسب البيان.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One page of an outlet; `text` holds its paragraphs."""

    url: str
    publisher: str
    lang: str
    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Seizure:
    """What happened, for all who tell of it."""

    place: Place
    day: datetime
    tablets: int
    arrests: int
    body: tuple[str, str]
    hidden: tuple[str, str]
    moved: tuple[str, str]


def stories(count: int, seed: int = 1) -> Iterator[Story]:
    """So many stories; copies and retellings follow their first story."""
    pick = random.Random(seed)
    made = 0
    for group in _groups(pick):
        for story in group[: count - made]:
            yield replace(story, url=f"{story.url}/{made}.html")
            made += 1
        if made == count:
            return


def _groups(pick: random.Random) -> Iterator[list[Story]]:
    while True:
        outlet, lang = pick.randrange(len(OUTLETS)), pick.choice(("en", "ar"))
        at = FIRST_DAY + timedelta(minutes=pick.randrange(YEARS * 365 * 24 * 60))
        if pick.random() > SEIZURES:
            yield [_story(pick, outlet, lang, at, [_headline(pick, lang)])]
            continue
        seizure = _seizure(pick, at)
        told = [_told(pick, outlet, lang, at, seizure)]
        if pick.random() < COPIES:
            told.append(_copy(pick, told[0]))
        if pick.random() < RETOLD:
            told.append(
                _told(pick, _other(pick, outlet), pick.choice(("en", "ar")), _later(pick, at), seizure)
            )
        yield told


def _seizure(pick: random.Random, at: datetime) -> _Seizure:
    return _Seizure(
        place=pick.choice(_towns()[pick.choices(COUNTRIES, WEIGHTS)[0]]),
        day=at - timedelta(days=pick.randrange(2)),
        tablets=round(10 ** pick.uniform(1.5, 4.9)) * 100,
        arrests=pick.randrange(3, 10),
        body=pick.choice(_BODIES),
        hidden=pick.choice(_HIDDEN),
        moved=pick.choice(_MOVED),
    )


@cache
def _towns() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {code: [] for code in COUNTRIES}
    for place in places().values():
        if place.kind == "town" and place.name_ar and place.admin1_code and place.country in found:
            found[place.country].append(place)
    return found


def _told(pick: random.Random, outlet: int, lang: str, at: datetime, seizure: _Seizure) -> Story:
    """The seizure in the words of one outlet."""
    at_index = ("en", "ar").index(lang)
    place, area = seizure.place, governorate(seizure.place.admin1_code)
    words = {
        "nation": _NATIONS[place.country][at_index],
        "body": seizure.body[at_index],
        "hidden": seizure.hidden[at_index],
        "moved": seizure.moved[at_index],
        "town": (_plain(place.name), place.name_ar)[at_index],
        "area": (area.name_en, area.name_ar)[at_index],
        "day": f"{seizure.day:%A}" if lang == "en" else _DAYS[seizure.day.weekday()],
        "tablets": f"{seizure.tablets:,}",
        "arrests": str(seizure.arrests),
    }
    return _story(pick, outlet, lang, at, [part.format(**words) for part in pick.choice(_TELLINGS[lang])])


def _plain(name: str) -> str:
    """A name as newspapers print it, without the marks of a transliteration."""
    return "".join(letter for letter in normalize("NFKD", name) if letter.isascii())


def _copy(pick: random.Random, story: Story) -> Story:
    """The story on another outlet's site, below a line of its own."""
    outlet = _other(pick, OUTLETS.index(story.publisher))
    line = {"en": "With material from agencies.", "ar": "نقلاً عن وكالات الأنباء."}[story.lang]
    at = _later(pick, story.at)
    return replace(
        story, url=_address(outlet, at), publisher=OUTLETS[outlet], at=at, text=f"{line}\n\n{story.text}"
    )


def _story(pick: random.Random, outlet: int, lang: str, at: datetime, told: Sequence[str]) -> Story:
    """Title and paragraphs, and sentences of other news up to the length of a story."""
    title, *parts = told
    length, wanted = sum(map(len, parts)), pick.randrange(700, 3200 if lang == "en" else 1900)
    while length < wanted:
        parts.append(_DIGITS.sub(lambda _: str(pick.randrange(2, 900)), pick.choice(_sentences(lang))))
        length += len(parts[-1])
    return Story(_address(outlet, at), OUTLETS[outlet], lang, at, title, "\n\n".join(parts))


def _address(outlet: int, at: datetime) -> str:
    return f"https://outlet-{outlet}.example/{at:%Y/%m/%d}"


def _other(pick: random.Random, outlet: int) -> int:
    return (outlet + pick.randrange(1, len(OUTLETS))) % len(OUTLETS)


def _later(pick: random.Random, at: datetime) -> datetime:
    return at + timedelta(minutes=pick.randrange(30, 1200))


def _headline(pick: random.Random, lang: str) -> str:
    return f"{pick.choice(_unrelated(lang))['title']} {pick.randrange(10**6)}"


@cache
def _unrelated(lang: str) -> list[dict[str, str]]:
    lines = (_WORDS / f"unrelated_{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def _sentences(lang: str) -> list[str]:
    texts = (part for story in _unrelated(lang) for part in story["text"].split("\n\n"))
    return [f"{sentence.strip(' .')}." for text in texts for sentence in re.split(r"(?<=[.؟?])\s", text)]
