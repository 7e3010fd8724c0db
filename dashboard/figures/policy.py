"""Dates a reader may want beside a series: few, sourced, neutrally worded. A date line shows no cause."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

import pandas as pd

from dashboard import i18n
from dashboard.figures.template import SMALL, Sketch
from dashboard.figures.view import Look


@dataclass(frozen=True)
class PolicyDate:
    """One line of `dashboard/data/policy_dates.csv`."""

    day: date
    label: str
    source: str
    source_url: str


@lru_cache(maxsize=4)
def policy_dates(lang: str = i18n.DEFAULT) -> tuple[PolicyDate, ...]:
    """All dates, oldest first; labels in `lang`, in English where the file lacks it."""
    text = resources.files("dashboard").joinpath("data", "policy_dates.csv").read_text(encoding="utf-8")
    return tuple(
        sorted(
            (
                PolicyDate(
                    date.fromisoformat(row["date"]),
                    row.get(f"label_{lang}") or row["label_en"],
                    row["source"],
                    row["source_url"],
                )
                for row in csv.DictReader(text.splitlines())
            ),
            key=lambda entry: entry.day,
        )
    )


def mark(
    figure: Sketch, start: pd.Timestamp, end: pd.Timestamp, look: Look, axes: Iterable[str] = ("x",)
) -> tuple[str, ...]:
    """Draw the dates between `start` and `end` as numbered hairlines on each of the time axes; return their
    key (one note, or none)."""
    inside = [entry for entry in policy_dates(look.lang) if start <= pd.Timestamp(entry.day) < end]
    for axis in axes:
        for entry in inside:
            figure.add_shape(
                type="line", x0=entry.day, x1=entry.day, xref=axis, y0=0, y1=1, yref="paper", layer="below",
                line={"width": 1, "color": look.palette.rule_strong, "dash": "2px,2px"},
            )  # fmt: skip
        for day, numbers in _gathered(inside, (end - start) / 20):
            figure.add_annotation(
                x=day,
                y=1,
                xref=axis,
                yref="paper",
                yanchor="bottom",
                text=",".join(map(str, numbers)),
                font={"size": SMALL - 1, "color": look.palette.muted},
                hovertext=look.t("list_join").join(inside[number - 1].label for number in numbers),
            )
    if not inside:
        return ()
    keys = [
        look.t(
            "policy",
            number=number,
            day=i18n.day(entry.day, look.lang),
            label=entry.label,
            source=entry.source,
        )
        for number, entry in enumerate(inside, 1)
    ]
    return (look.t("sentence_join").join([*keys, look.t("policy_no_cause")]),)


def _gathered(dates: list[PolicyDate], gap: pd.Timedelta) -> list[tuple[pd.Timestamp, list[int]]]:
    """Numbers that would overlap share one place: the first of their dates."""
    found: list[tuple[pd.Timestamp, list[int]]] = []
    for number, entry in enumerate(dates, 1):
        day = pd.Timestamp(entry.day)
        if found and day - found[-1][0] < gap:
            found[-1][1].append(number)
        else:
            found.append((day, [number]))
    return found
