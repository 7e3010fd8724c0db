"""The check notes of a seizure in words, with the arithmetic behind them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.event.versions import Version, number, plain
from dashboard.figures.amounts import DIFFERS
from dashboard.i18n import DEFAULT, has, isolated, listed, t
from dashboard.release import Snapshot


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
    """Every flag of the event explained: what was found, in whose report, and the sums that show it."""
    outlets = {version.report_id: version.outlet for version in versions}
    details = _details(str(event["event_id"]), snapshot)
    codes = [code for code in str(event.get("flags", "")).split("|") if code]
    found = []
    for code in dict.fromkeys([*codes, *details]):
        detail, reports = details.get(code, ("", ()))
        named = listed(dict.fromkeys(outlets[report] for report in reports if report in outlets), lang)
        text = _sentence(detail) if lang == DEFAULT else _told(code, detail, snapshot, lang)
        if named and len(versions) > 1:
            text = f"{text} ({named})".strip()
        key = f"flag.{code}"
        title = t(key, lang=lang) if has(key) else _spelled(code)
        found.append(Note(code, title, text, _sums(code, event, versions, lang)))
    return tuple(found)


def _sums(code: str, event: pd.Series, versions: tuple[Version, ...], lang: str) -> tuple[str, ...]:
    match code:
        case "figures_differ":
            return _spreads(versions, lang)
        case "converted_from_weight" | "kind_unstated_converted":
            return _conversion(event, lang)
    return ()


def _spreads(versions: tuple[Version, ...], lang: str) -> tuple[str, ...]:
    """`2,015 kg against 215 kg: 9.4 times` for each unit in which the outlets lie far apart."""
    found = []
    for unit in ("tablets", "kg"):
        figures = [value for value in (getattr(version, unit) for version in versions) if value]
        if figures and max(figures) >= DIFFERS * min(figures):
            high, low = (t(f"event.unit.{unit}", lang=lang, figure=plain(f(figures))) for f in (max, min))
            times = f"{max(figures) / min(figures):.1f}"
            found.append(t("flag.sum.spread", lang=lang, high=high, low=low, times=times))
    return tuple(found)


def _conversion(event: pd.Series, lang: str) -> tuple[str, ...]:
    kg, grams, tablets = (number(event[name]) for name in ("kg_best", "conversion_g", "tablets_best"))
    if kg is None or grams is None or tablets is None:
        return ()
    figures = {"kg": plain(kg), "grams": f"{grams:g}", "tablets": plain(tablets)}
    return (t("flag.sum.converted", lang=lang, **figures),)


def _details(event_id: str, snapshot: Snapshot) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Flag -> what was found, and the ids of the reports concerned."""
    frame = snapshot.table("event_flags")
    if frame.empty:
        return {}
    own = frame.loc[frame["event_id"] == event_id]
    return {
        str(row.flag): (str(row.detail), tuple(part for part in str(row.report_ids).split("|") if part))
        for row in own.itertuples()
    }


def _told(code: str, detail: str, snapshot: Snapshot, lang: str) -> str:
    """What a flag means, in a language that the details are not written in, and what else a detail says."""
    meaning, usual = (snapshot.label_of("flag", code, one, "event_flags") for one in (lang, DEFAULT))
    if meaning and detail.strip().rstrip(".") == usual.strip().rstrip("."):
        return meaning
    return " ".join(part for part in (meaning, isolated(_sentence(detail))) if part)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _spelled(code: str) -> str:
    return code.replace("_", " ").capitalize()
