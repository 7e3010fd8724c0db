"""The reader's word for a code: countries and governorates from `geo`, code lists from the data package.

Codes whose words the data package does not carry have them in the language file, under `code.<column>`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from dashboard import i18n
from dashboard.release import Snapshot, per_release
from geo import names


@lru_cache(maxsize=4096)
def country(code: str, lang: str = i18n.DEFAULT) -> str:
    """The name of a country; the code where it is unknown."""
    try:
        found = names.country(code)
    except KeyError:
        return code
    return found.name_ar if lang == "ar" else found.name_en


@lru_cache(maxsize=4096)
def governorate(code: str, lang: str = i18n.DEFAULT) -> str:
    """The name of a governorate (ISO 3166-2); the code where it is unknown."""
    try:
        found = names.governorate(code)
    except KeyError:
        return code
    return found.name_ar if lang == "ar" else found.name_en


@lru_cache(maxsize=1024)
def issuer(name: str, home: str, lang: str = i18n.DEFAULT) -> str:
    """Who gives a total, with the country `home` (ISO code, "" for none) where the name does not say it.

    Totals come with the English name of a body; in another language the body of that name and country has
    its own. A name that the language has no word for stays as it is.
    """
    return of_country(body(name, home, lang), home, lang)


def of_country(name: str, home: str, lang: str = i18n.DEFAULT) -> str:
    """A name of a body in `lang`, with its country `home` (ISO code or "") where it does not say that."""
    country_name = country(home, lang) if home else ""
    if not country_name or _stem(country_name) in name:
        return name
    return i18n.t("figure.official.issuer", lang=lang, name=name, country=country_name)


def body(name: str, home: str, lang: str = i18n.DEFAULT) -> str:
    """The body of the country `home` by its English name, in `lang`; a name without another stays."""
    if lang == i18n.DEFAULT:
        return name
    if i18n.has(f"issuer.{name}", lang):
        return i18n.t(f"issuer.{name}", lang=lang)
    codes = _bodies().get(name, ())
    code = next((code for code in codes if code.startswith(f"{home.lower()}_")), "")
    return i18n.t(f"code.agency_codes.{code}", lang=lang) if code else name


@lru_cache(maxsize=1)
def _bodies() -> dict[str, list[str]]:
    """English names of bodies -> their codes: ministries of interior are many."""
    found: dict[str, list[str]] = {}
    for code, name in i18n.under("code.agency_codes.", lang=i18n.DEFAULT).items():
        found.setdefault(name, []).append(code)
    return found


def _stem(name: str) -> str:
    """What an adjective shares with its country in Arabic: سوري of سوريا; in English the whole name."""
    if not name.startswith("ال") and name.isascii():
        return name
    return name.split()[-1 if name.startswith("المملكة") else 0].removeprefix("ال").rstrip("اة")


@per_release(2)
def place_names(snapshot: Snapshot, lang: str) -> dict[str, str]:
    """The names in `lang` of the places of a release, by their English ones; "" where there is none."""
    column = f"place_{lang}"
    if column not in snapshot.seizures:
        return {}
    pairs = snapshot.seizures[["place", column]].drop_duplicates()
    return dict(pairs.itertuples(index=False, name=None))


def named(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Seizures whose `place` and `admin1` are the names in `lang`, where the gazetteer has them.

    For figures and lists that are drawn from other rows than those of a selection (`selection.spoken`).
    """
    own = {column: f"{column}_{lang}" for column in ("place", "admin1")}
    known = {column: name for column, name in own.items() if name in frame}
    return frame.assign(
        **{column: frame[name].where(frame[name] != "", frame[column]) for column, name in known.items()}
    )


def labeller(snapshot: Snapshot, lang: str = i18n.DEFAULT) -> Callable[[str, str], str]:
    """`label(column, code)` for the codes of a release."""

    def label(column: str, code: str) -> str:
        if not code:
            return i18n.t("code.not_stated", lang=lang)
        if column == "country" or column.endswith("_country"):
            return country(code, lang)
        if column == "admin1_code":
            return governorate(code, lang)
        key = f"code.{column}.{code}"
        if i18n.has(key, lang):
            return i18n.t(key, lang=lang)
        return snapshot.label_of(column, code, lang)

    return label
