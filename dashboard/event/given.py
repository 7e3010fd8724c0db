"""The figures that were given for a seizure, and by how many; which one was taken, what became of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard.event.versions import Version, number, plain
from dashboard.i18n import DEFAULT, listed, t

TAKEN, OTHER, ASIDE = STATES = ("taken", "other", "set_aside")
MOST_DOTS = 12


@dataclass(frozen=True, slots=True)
class Given:
    """One figure in `unit`, with the outlets that give it and their origins, numbered as in the table."""

    unit: str
    figure: str
    value: float
    outlets: tuple[str, ...]
    origins: tuple[int, ...]
    state: str
    qualified: int


def given(event: pd.Series, told: tuple[Version, ...], lang: str = DEFAULT) -> tuple[Given, ...]:
    """Every figure of tablets and every weight that a page states, the one taken first, then by origins.

    `qualified` counts the pages that say "more than" or "less than" it.
    """
    found: list[Given] = []
    for unit in ("tablets", "kg"):
        groups: dict[tuple[float, str], list[Version]] = {}
        for version in told:
            value = getattr(version, unit)
            if value:
                groups.setdefault((value, version.spans if unit == "tablets" else ""), []).append(version)
        rows = [
            Given(
                unit=unit,
                figure=t(f"event.unit.{unit}", lang=lang, figure=spans or plain(value)),
                value=value,
                outlets=tuple(dict.fromkeys(version.outlet for version in own)),
                origins=tuple(sorted({version.origin for version in own})),
                state=_state(unit, value, own, event),
                qualified=sum(version.qualifier in {"over", "under"} for version in own)
                if unit == "tablets"
                else 0,
            )
            for (value, spans), own in groups.items()
        ]
        found += sorted(rows, key=lambda row: (STATES.index(row.state), -len(row.origins), -row.value))
    return tuple(found)


def _state(unit: str, value: float, own: list[Version], event: pd.Series) -> str:
    if event.get(f"{unit}_basis") == "stated" and number(event.get(f"{unit}_best")) == value:
        return TAKEN
    if unit == "tablets":
        return ASIDE if all(version.agreement == "set_aside" for version in own) else OTHER
    return ASIDE if all(version.misfit for version in own) else OTHER


def table(found: tuple[Given, ...], lang: str = DEFAULT) -> Any:
    """The figures beside each other, a dot for each independent origin; nothing where one page gives one."""
    if len(found) < 2 and sum(len(row.outlets) for row in found) < 2:
        return None
    heads = [
        html.Th(t(f"lineage.column.{name}", lang=lang), scope="col") for name in ("figure", "by", "state")
    ]
    rows = [
        html.Tr(
            [
                html.Th([row.figure, _qualified(row, lang)], scope="row"),
                html.Td(
                    [
                        html.Span("●" * min(len(row.origins), MOST_DOTS), className="given__dots",
                                  **{"aria-hidden": "true"}),
                        _by(row, lang),
                        html.Span(listed(row.outlets, lang), className="versions__small"),
                    ]
                ),
                html.Td(t(f"lineage.state.{row.state}", lang=lang), className=f"given__{row.state}"),
            ]
        )
        for row in found
    ]  # fmt: skip
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="given")


def _qualified(row: Given, lang: str) -> Any:
    if not row.qualified:
        return None
    return html.Span(t("lineage.qualified", lang=lang, n=row.qualified), className="versions__small")


def _by(row: Given, lang: str) -> str:
    outlets = t("event.outlets", lang=lang, n=len(row.outlets))
    if len(row.outlets) == 1:
        return outlets
    return listed([outlets, t("event.origins", lang=lang, n=len(row.origins))], lang)


def why(found: tuple[Given, ...], lang: str = DEFAULT) -> str:
    """`5 of 6 origins that give a count give this one.`, where several figures were given."""
    counts = [row for row in found if row.unit == "tablets"] or list(found)
    taken = next((row for row in counts if row.state == TAKEN), None)
    if taken is None or len(counts) < 2:
        return ""
    origins = {origin for row in counts for origin in row.origins}
    return t("lineage.why", lang=lang, n=len(taken.origins), of=len(origins))
