"""The arithmetic of a seizure in words, with the ranges it is held against and their sources."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.event.arithmetic import MASS, Check, Figures, Slip, checks
from dashboard.event.plausible import Range, price, tablet_mass
from dashboard.event.versions import Version, number, plain
from dashboard.i18n import DEFAULT, listed, t
from dashboard.release import Snapshot

SPELLED_OUT = frozenset({"mass_check", "digit_slip", "value_check"})
"""Flags that this part of the page tells with their numbers."""


def arithmetic(event: pd.Series, told: tuple[Version, ...], snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """Each sum as a line: what it comes to, whether that is plausible, which slip would explain it."""
    found = checks(figures(told, snapshot), tablet_mass(), price(str(event["country"])))
    if not found:
        return None
    items = [
        html.Li(
            [
                html.Span(
                    t(f"lineage.fits.{'yes' if one.fits else 'no'}", lang=lang),
                    className=f"sum__mark sum__mark--{'fits' if one.fits else 'not'}",
                ),
                html.P(formula(one, lang), className="event__sum"),
                html.P(" ".join(part for part in (_verdict(one, lang), _slip(one.slip, lang)) if part)),
            ],
            className="sum",
        )
        for one in found
    ]
    ranges = {one.kind: one.allowed for one in found}
    return html.Section(
        [
            html.H2(t("lineage.sums", lang=lang), id="sums"),
            html.Ul(items, className="sums"),
            *(_source(kind, allowed, lang) for kind, allowed in ranges.items()),
        ],
        **{"aria-labelledby": "sums"},
    )


def figures(told: tuple[Version, ...], snapshot: Snapshot) -> tuple[Figures, ...]:
    """What each page states itself; values come from the claims."""
    dollars = _dollars(snapshot, {version.report_id for version in told})
    return tuple(
        Figures(version.outlet, version.tablets, version.kg, dollars.get(version.report_id))
        for version in told
    )


def _dollars(snapshot: Snapshot, reports: set[str]) -> dict[str, float]:
    claims = snapshot.claims
    if not {"report_id", "field", "value", "unit"} <= set(claims.columns):
        return {}
    own = claims[(claims["field"] == "value") & (claims["unit"] == "USD") & claims["report_id"].isin(reports)]
    found = zip(own["report_id"], pd.to_numeric(own["value"], errors="coerce"), strict=True)
    return {str(report): value for report, cell in found if (value := number(cell)) is not None}


def formula(one: Check, lang: str = DEFAULT) -> str:
    """`964media: 2,015 kg ÷ 1,350,000 tablets = 1.49 g a tablet.`"""
    return t(
        f"lineage.sum.{one.kind}",
        lang=lang,
        outlets=listed(one.outlets, lang),
        amount=plain(one.amount),
        tablets=plain(one.tablets),
        result=f"{one.result:.2f}",
    )


def _verdict(one: Check, lang: str) -> str:
    how = "inside" if one.fits else "above" if one.result > one.allowed.high else "below"
    low, high = (
        f"{bound:.2f}" if one.kind == MASS else f"{bound:g}" for bound in (one.allowed.low, one.allowed.high)
    )
    where = t(f"lineage.price.{one.allowed.place}", lang=lang) if one.allowed.place else ""
    return t(f"lineage.{one.kind}.{how}", lang=lang, low=low, high=high, where=where)


def _slip(slip: Slip | None, lang: str) -> str:
    if slip is None:
        return ""
    values = {
        "figure": _in_unit(slip.figure, slip.unit, lang),
        "instead": _in_unit(slip.instead, slip.unit, lang),
        "result": t(f"lineage.each.{'dollars' if slip.unit == 'dollars' else 'grams'}", lang=lang,
                    figure=f"{slip.result:.2f}"),
    }  # fmt: skip
    if slip.also:
        return t("lineage.slip.also", lang=lang, outlets=listed(slip.also, lang), **values)
    key = "tenth" if slip.instead < slip.figure else "tenfold"
    return t(f"lineage.slip.{key}", lang=lang, **values)


def _in_unit(value: float, unit: str, lang: str) -> str:
    return t(f"lineage.unit.{unit}", lang=lang, figure=plain(value))


def _source(kind: str, allowed: Range, lang: str) -> Any:
    key = "mass_source" if kind == MASS else "price_source"
    source = t(f"lineage.source.{allowed.place or MASS}", lang=lang)
    return html.P(
        [
            t(f"lineage.{key}", lang=lang, year=str(allowed.year)),
            " ",
            html.A(source, href=allowed.url, rel="noopener noreferrer", target="_blank"),
        ],
        className="source-line",
    )
