"""Visible words by key; plural forms by CLDR.

A language is `i18n/<lang>.toml` and the files of `i18n/<lang>/` beside it (export.toml, figures.toml ...);
keys are unique over all of them.

A text with `{n}` may be a table of plural forms (`one`, `other`; in Arabic also `zero`, `two`, `few`,
`many`); the form follows the number given as `n`. A missing key shows as the key itself.

In a language that is read from the right, whatever is filled into a text and has letters of the other
direction (an outlet's name, an id, a file name) is set apart by Unicode's isolates, so that it can't disturb
the order of what stands around it. Addresses are left bare: a copied one must hold nothing that nobody sees.

Numbers are written with the digits 0-9 in every language; assets/digits.js shows the Arabic ones to those who
chose them.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

log = logging.getLogger(__name__)

DEFAULT = "en"
_PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
_RIGHT_TO_LEFT = frozenset({"ar"})
# Months are named as in Iraq (كانون الأول); `..._elsewhere` gives the names of the Gulf and Egypt (ديسمبر).
_LOCALES = {"ar": "ar_IQ"}
_ELSEWHERE = {"ar": "ar_EG"}
_ISOLATE, _END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"https?://\S+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_HYPHENED = re.compile(r"\d-\d")
_LEFT_TO_RIGHT = re.compile("[A-Za-z\u00aa-\u02b8\u0370-\u058f\u0900-\u1fff]")


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that have a file, the default first."""
    found = {
        entry.name.removesuffix(".toml") for entry in _folder().iterdir() if entry.name.endswith(".toml")
    }
    return (DEFAULT, *sorted(found - {DEFAULT}))


def _folder() -> Traversable:
    return resources.files("dashboard").joinpath("i18n")


@lru_cache(maxsize=8)
def words(lang: str) -> Mapping[str, str | Mapping[str, str]]:
    """Flat `section.key` -> text or plural forms. Raises ValueError where two files define one key."""
    parts = [_folder().joinpath(f"{lang}.toml")]
    if (more := _folder().joinpath(lang)).is_dir():
        parts += sorted(
            (entry for entry in more.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
        )
    flat: dict[str, str | Mapping[str, str]] = {}
    for entry in parts:
        part: dict[str, str | Mapping[str, str]] = {}
        _flatten("", tomllib.loads(entry.read_text(encoding="utf-8")), part)
        if twice := flat.keys() & part.keys():
            raise ValueError(f"{entry.name} defines {min(twice)} a second time")
        flat |= part
    return flat


def _flatten(prefix: str, node: Mapping[str, Any], into: dict[str, str | Mapping[str, str]]) -> None:
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, str):
            into[name] = value
        elif {"one", "other"} <= value.keys() <= _PLURAL_FORMS:
            into[name] = {str(form): str(text) for form, text in value.items()}
        else:
            _flatten(f"{name}.", value, into)


def t(key: str, *, lang: str = DEFAULT, **params: object) -> str:
    """The text of `key` in `lang` with `params` filled in; English where the language lacks it."""
    text = words(lang).get(key) if lang in languages() else None
    if text is None:
        text = words(DEFAULT).get(key)
    if text is None:
        log.warning("no text for %s", key)
        return key
    if not isinstance(text, str):
        text = text.get(_form(lang, _count(params.get("n"))), text["other"])
    if not params:
        return text
    shown = {name: _show(value) for name, value in params.items()}
    if lang in _RIGHT_TO_LEFT:
        shown = {name: isolated(value) for name, value in shown.items()}
    return text.format_map(shown)


@lru_cache(maxsize=8192)
def _form(lang: str, n: float) -> str:
    return str(Locale.parse(lang).plural_form(n))


def under(prefix: str, lang: str = DEFAULT) -> dict[str, str]:
    """The plain texts of the keys that begin with `prefix`, by the rest of the key: words for a component."""
    found = words(lang if lang in languages() else DEFAULT)
    return {
        key.removeprefix(prefix): text
        for key, text in found.items()
        if key.startswith(prefix) and isinstance(text, str)
    }


def has(key: str, lang: str = DEFAULT) -> bool:
    """Whether `key` has a text in `lang` or in English."""
    return key in words(lang if lang in languages() else DEFAULT) or key in words(DEFAULT)


def _count(value: object) -> int | float:
    """What the plural form follows: 3 million is `few` in Arabic, 3.5 million is not."""
    if not isinstance(value, int | float):
        return 0
    return int(value) if value == int(value) else value


def _show(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def listed(parts: Iterable[str], lang: str = DEFAULT) -> str:
    """`a, b, c` with the comma of the language; words of the other script set apart."""
    return _joined("list.comma", parts, lang)


def clauses(parts: Iterable[str], lang: str = DEFAULT) -> str:
    """`a; b; c` with the semicolon of the language."""
    return _joined("list.semicolon", parts, lang)


def _joined(key: str, parts: Iterable[str], lang: str) -> str:
    """Parts that are all of the other script make a list of that script, and are set apart as one."""
    found = list(parts)
    if lang not in _RIGHT_TO_LEFT:
        return t(key, lang=lang).join(found)
    if len(found) > 1 and all(map(_LEFT_TO_RIGHT.search, found)) and not any(map(_ARABIC.search, found)):
        return isolated(t(key, lang=DEFAULT).join(found))
    return t(key, lang=lang).join(map(isolated, found))


def isolated(text: str) -> str:
    """`text` in Unicode isolates where it has letters written from the left that no isolate holds yet.

    So has a date such as 2024-12-08, whose parts change places behind an Arabic letter.

    For words of the other script inside a text that is read from the right. An address stays as it is, and so
    does what has several lines: each line is laid out alone.
    """
    bare = _TAG.sub("", _ISOLATED.sub("", text))
    foreign = _LEFT_TO_RIGHT.search(bare) or _HYPHENED.search(bare)
    if "<br>" in text or not foreign or _ADDRESS.fullmatch(text):
        return text
    return f"{_ISOLATE}{text}{_END_ISOLATE}"


def direction(lang: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if lang in _RIGHT_TO_LEFT else "ltr"


def locale(lang: str = DEFAULT) -> str:
    """The locale whose names of months a language uses."""
    return _LOCALES.get(lang, lang)


@lru_cache(maxsize=4096)
def day(value: date, lang: str = DEFAULT) -> str:
    """A date as a reader writes it: 8 Dec 2024, 8 كانون الأول 2024."""
    return str(format_date(value, "d MMM y", locale=locale(lang)))


def moment(value: datetime, lang: str = DEFAULT) -> str:
    """A time as a reader writes it, in UTC, whatever clock the server keeps: 21 Nov 2026, 03:15 UTC."""
    clock = format_time(value, "HH:mm", tzinfo=UTC, locale=locale(lang))
    return t("time.moment", lang=lang, day=day(value, lang), clock=str(clock))


@lru_cache(maxsize=4096)
def month(value: date, lang: str = DEFAULT) -> str:
    """A month: Dec 2024."""
    return str(format_skeleton("yMMM", value, locale=locale(lang)))


@lru_cache(maxsize=4096)
def month_name(value: date, lang: str = DEFAULT) -> str:
    """A month without its year: Dec."""
    return str(format_date(value, "LLL", locale=locale(lang)))


@lru_cache(maxsize=4096)
def day_elsewhere(value: date, lang: str = DEFAULT) -> str:
    """A date with the other names of months that a language knows (8 ديسمبر 2024), for tooltips; else ""."""
    return str(format_date(value, "d MMMM y", locale=_ELSEWHERE[lang])) if lang in _ELSEWHERE else ""


@lru_cache(maxsize=4096)
def month_elsewhere(value: date, lang: str = DEFAULT) -> str:
    """A month by its other name (ديسمبر), for tooltips; "" where a language has one name only."""
    return str(format_date(value, "LLLL", locale=_ELSEWHERE[lang])) if lang in _ELSEWHERE else ""


def tablets(value: float, lang: str = DEFAULT) -> str:
    """A number of tablets, rounded for reading: 171 M, 1.35 M, 245,000, 700; 1.35 مليون, 245 ألف."""
    scale, number = _rounded(value)
    return t(f"number.{scale}", lang=lang, n=number, amount=_amount(number)) if scale else f"{number:,.0f}"


def tablets_between(low: float, high: float, lang: str = DEFAULT) -> str:
    """Two numbers of tablets as `tablets` has them, a word for their scale once: 50–100 M."""
    first, last = tablets(low, lang), tablets(high, lang)
    if first == last:
        return first
    scale, number = _rounded(low)
    if scale == _rounded(high)[0] and " " in last.replace("\N{NO-BREAK SPACE}", " "):
        first = _amount(number)
    return f"{first}–{last}"


def _rounded(value: float) -> tuple[str, float]:
    """The scale whose word a number is read with ("" for none), and the number in that scale."""
    size = abs(value)
    if size >= 999_500:
        return "million", round(value / 1e6, 0 if size >= 99.5e6 else 1 if size >= 9.95e6 else 2)
    return ("thousand", round(value / 1e3)) if size >= 10_000 else ("", value)


def _amount(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
