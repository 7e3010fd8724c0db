"""The check notes of a seizure in words, with the arithmetic behind them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.event.versions import Version, plain
from dashboard.i18n import t, words
from dashboard.release import Snapshot

PLAUSIBLE_G = (0.09, 0.30)
"""Believable grams a tablet (method page); outside them a figure is flagged, never changed."""


@dataclass(frozen=True)
class Note:
    """One flag: its code, a title, what was found, and the sums that show it (may be empty)."""

    code: str
    title: str
    text: str
    sums: tuple[str, ...] = ()


def notes(
    event: pd.Series, versions: tuple[Version, ...], snapshot: Snapshot, lang: str = "en"
) -> tuple[Note, ...]:
    """Every flag of the event explained, those that the page can check itself with their arithmetic."""
    codes = [code for code in str(event.get("flags", "")).split("|") if code]
    details = _details(str(event["event_id"]), snapshot)
    found = []
    for code in dict.fromkeys([*codes, *details]):
        key = f"flag.{code}"
        title = t(f"{key}.title", lang=lang) if f"{key}.title" in words("en") else _spelled(code)
        meaning = t(f"{key}.text", lang=lang) if f"{key}.text" in words("en") else ""
        sums = mass_sums(versions, lang) if "mass" in code else ()
        found_out = "" if sums else _sentence(details.get(code, ""))
        text = " ".join(part for part in (found_out, meaning) if part)
        found.append(Note(code, title, text, sums))
    return tuple(found)


def mass_sums(versions: tuple[Version, ...], lang: str = "en") -> tuple[str, ...]:
    """`2,015 kg / 1,350,000 tablets = 1.49 g a tablet` for every report whose own pair is not believable."""
    low, high = PLAUSIBLE_G
    lines = dict[str, None]()
    for version in versions:
        if not version.tablets or not version.kg:
            continue
        grams = version.kg * 1000 / version.tablets
        if low <= grams <= high:
            continue
        lines[
            t(
                "flag.mass_sum",
                lang=lang,
                outlet=version.outlet,
                kg=plain(version.kg),
                tablets=plain(version.tablets),
                grams=f"{grams:.2f}",
                low=f"{low:.2f}",
                high=f"{high:.2f}",
            )
        ] = None
    return tuple(lines)


def _details(event_id: str, snapshot: Snapshot) -> dict[str, str]:
    frame = snapshot.table("event_flags")
    if frame.empty:
        return {}
    own = frame.loc[frame["event_id"] == event_id]
    return dict(zip(own["flag"].astype(str), own["detail"].astype(str), strict=True))


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _spelled(code: str) -> str:
    return code.replace("_", " ").capitalize()
