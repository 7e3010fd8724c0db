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
