"""Visible words by key; plural forms by CLDR.

A language is `i18n/<lang>.toml` and the files of `i18n/<lang>/` beside it (export.toml, figures.toml ...);
keys are unique over all of them.

A text with `{n}` may be a table of plural forms (`one`, `other`; in Arabic also `zero`, `two`, `few`,
`many`); the form follows the number given as `n`. A missing key shows as the key itself.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

log = logging.getLogger(__name__)

DEFAULT = "en"
MILLION = "\N{NO-BREAK SPACE}M"
_PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
_RIGHT_TO_LEFT = frozenset({"ar"})


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
        elif "other" in value and value.keys() <= _PLURAL_FORMS:
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
        form = Locale.parse(lang).plural_form(_count(params.get("n")))
        text = text.get(form, text["other"])
    return text.format_map({name: _show(value) for name, value in params.items()}) if params else text


def has(key: str, lang: str = DEFAULT) -> bool:
    """Whether `key` has a text in `lang` or in English."""
    return key in words(lang if lang in languages() else DEFAULT) or key in words(DEFAULT)


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _show(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def direction(lang: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if lang in _RIGHT_TO_LEFT else "ltr"


def day(value: date, lang: str = DEFAULT) -> str:
    """A date as a reader writes it: 8 Dec 2024."""
    return str(format_date(value, "d MMM y", locale=lang))


def moment(value: datetime, lang: str = DEFAULT) -> str:
    """A time as a reader writes it, in UTC, whatever clock the server keeps: 21 Nov 2026, 03:15 UTC."""
    return f"{day(value, lang)}, {format_time(value, 'HH:mm', tzinfo=UTC, locale=lang)} UTC"


def month(value: date, lang: str = DEFAULT) -> str:
    """A month: Dec 2024."""
    return str(format_skeleton("yMMM", value, locale=lang))


def tablets(value: float, lang: str = DEFAULT) -> str:
    """A number of tablets, rounded for reading: 171 M, 1.35 M, 245,000, 700."""
    del lang  # Arabic writes the word for million in full; it comes with that language's file
    size = abs(value)
    if size >= 999_500:
        millions = value / 1e6
        digits = 0 if size >= 99.5e6 else 1 if size >= 9.95e6 else 2
        text = f"{millions:,.{digits}f}"
        return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{MILLION}"
    if size >= 10_000:
        return f"{round(value, -3):,.0f}"
    return f"{value:,.0f}"
