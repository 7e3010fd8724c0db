"""The files of words: every language has the same keys, the same gaps to fill, all plural forms."""

from __future__ import annotations

import csv
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel import Locale

import dashboard
from dashboard.content import markdown
from dashboard.i18n import languages, words

FOLDER = Path(dashboard.__file__).parent / "i18n"
GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.csv"
OTHERS = tuple(lang for lang in languages() if lang != "en")
FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})

FORBIDDEN = {
    "إعادة الضبط": "ضبط is a seizure here: مسح التصفية, الإعدادات",
    "أكّدت": "an outlet reports, it confirms nothing: أوردته",
    "أكدت": "an outlet reports, it confirms nothing: أوردته",
}
# Names, formats and codes that Arabic texts write in Latin letters.
LATIN = re.compile(
    r"""
    https?:[^\s]* | (?:https?|mailto): | /[a-z]+
    | CAP-\d+ | CAPTAGON_REPORT_TO | [A-Za-z_-]+\.(?:csv|json|md|txt|geojson|xlsx)
    | (?:release|read|all|for|lang)=\w* | review_status\ =\ machine
    | CC\ BY\ 4\.0 | Apache-2\.0 | ORCID | DOI | UNODC
    | \.(?:pdf|html|csv|xlsx) | Chromium | \bp\ = | \b[nk]\b
    | CSV | XLSX | XLS | GeoJSON | GeoPackage | Parquet | Excel | PNG | SVG | PDF | HTML | JSON | RSS | Atom
    | README | Enter | Ctrl | OpenStreetMap | Natural\ Earth | ISO\ 3166(?:-2)?
    """,
    re.VERBOSE,
)


def _files(lang: str) -> dict[str, Path]:
    """The files of a language by their common name: the main one is ""."""
    return {"": FOLDER / f"{lang}.toml"} | {path.name: path for path in (FOLDER / lang).glob("*.toml")}


def _flat(node: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    for key, value in node.items():
        if isinstance(value, str):
            yield prefix + key, {"": value}
        elif isinstance(value, dict) and {"one", "other"} <= value.keys() <= FORMS:
            yield prefix + key, value
        elif isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")


def _texts(path: Path) -> dict[str, dict[str, str]]:
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def _gaps(forms: Mapping[str, str]) -> set[str]:
    return {name for text in forms.values() for _, name, _, _ in string.Formatter().parse(text) if name}


PAIRS = [
    pytest.param(lang, name, id=f"{lang}-{name or 'main'}")
    for lang in OTHERS
    for name in sorted(_files("en").keys() | _files(lang).keys())
]


SHARED = [
    pair for pair in PAIRS if pair.values[1] in _files("en") and pair.values[1] in _files(str(pair.values[0]))
]


@pytest.mark.parametrize(("lang", "name"), PAIRS)
def test_both_languages_have_each_file_and_each_key(lang: str, name: str) -> None:
    english, other = _files("en").get(name), _files(lang).get(name)
    assert english and english.is_file(), f"en/{name} is missing"
    assert other and other.is_file(), f"{lang}/{name} is missing"
    assert _texts(english).keys() == _texts(other).keys()


@pytest.mark.parametrize(("lang", "name"), SHARED)
def test_both_languages_fill_in_the_same(lang: str, name: str) -> None:
    english, other = _texts(_files("en")[name]), _texts(_files(lang)[name])
    assert {key: _gaps(english[key]) for key in other} == {key: _gaps(forms) for key, forms in other.items()}


@pytest.mark.parametrize("lang", languages())
def test_plural_texts_have_every_form_of_their_language(lang: str) -> None:
    needed = {*Locale.parse(lang).plural_form.tags, "other"}
    plural = {key: set(text) for key, text in words(lang).items() if not isinstance(text, str)}
    assert plural
    assert {key: forms for key, forms in plural.items() if forms != needed} == {}


@pytest.mark.parametrize(("lang", "name"), SHARED)
def test_what_has_plural_forms_in_english_has_them_in_every_language(lang: str, name: str) -> None:
    english, other = _texts(_files("en")[name]), _texts(_files(lang)[name])
    assert [key for key, forms in english.items() if len(forms) > 1 and len(other[key]) == 1] == []


def _arabic() -> Iterator[tuple[str, str]]:
    for name, path in _files("ar").items():
        for key, forms in _texts(path).items():
            for text in forms.values():
                yield f"{name}: {key}", text


@pytest.mark.parametrize("term", FORBIDDEN)
def test_no_arabic_text_uses_a_misleading_term(term: str) -> None:
    texts = [*_arabic(), ("method", markdown("method", "ar"))]
    bare = re.compile("[\u064b-\u0652]")  # vowel marks: أكّدت and أكدت are one word
    plain = bare.sub("", term)
    assert [key for key, text in texts if plain in bare.sub("", text)] == [], FORBIDDEN[term]


def test_no_arabic_text_calls_a_check_note_a_flag() -> None:
    flag = re.compile(r"(?<!\w)(?:ال|و|ب|ل)?علم(?!\w)")
    assert [key for key, text in _arabic() if flag.search(re.sub("[\u064b-\u0652]", "", text))] == []


def test_arabic_texts_are_arabic() -> None:
    """Latin letters are left only in names, formats and codes; gaps to fill and tags do not count."""
    left = {
        key: rest
        for key, text in _arabic()
        if re.search("[A-Za-z]", rest := LATIN.sub("", re.sub(r"\{[^}]*\}|<[^>]*>|&\w+;", "", text)))
    }
    assert left == {}


def test_arabic_writes_its_own_commas_and_question_marks() -> None:
    latin = re.compile(r"[\u0600-\u06ff][,;?]")
    assert [key for key, text in _arabic() if latin.search(text)] == []


def test_arabic_texts_are_written_with_the_digits_that_the_switch_changes() -> None:
    assert [key for key, text in _arabic() if re.search("[\u0660-\u0669\u06f0-\u06f9]", text)] == []


def test_the_glossary_is_whole_and_its_terms_are_used() -> None:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"english", "arabic", "key", "note"} == set(rows[0])
    assert len({row["english"] for row in rows}) == len(rows)
    own = words("ar")
    bare = re.compile("[\u064b-\u0652]")
    missing = []
    for row in rows:
        assert row["arabic"], row
        for key in filter(None, row["key"].split()):
            found = own[key]
            text = found if isinstance(found, str) else " ".join(found.values())
            if bare.sub("", row["arabic"]) not in bare.sub("", text):
                missing.append((key, row["arabic"]))
    assert missing == []
