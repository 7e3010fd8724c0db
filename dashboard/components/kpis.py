"""The strip of key figures: events, median size, tablets, evidence, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dash import html

from dashboard.collection.marks import across, marks
from dashboard.components.rich import rich
from dashboard.components.sentence import totals_allowed
from dashboard.filters import UNSTATED, Filters
from dashboard.i18n import DEFAULT, clauses, day, listed, t, tablets, tablets_between
from dashboard.labels import labeller
from dashboard.release import Snapshot
from dashboard.selection import Selection
from dashboard.stats import Figures, figures, figures_of

_EVIDENCE = ("official_text", "several_origins", "one_origin", "recalled_only", "weak")


@dataclass(frozen=True)
class Before:
    """The figures of the period before, and the section of words for them: `marks` where that period was
    collected differently, else `kpi`."""

    figures: Figures | None
    words: str


def strip(selection: Selection, snapshot: Snapshot, lang: str = DEFAULT) -> list[Any]:
    """The five cells, in the binding order (analyst requirements 1.8 and 4).

    Figures that count what a machine read and nobody has reviewed stand with those of the curated alone.
    """
    now = figures_of(selection, "events")
    curated = figures(selection.curated) if selection.unreviewed_events else None
    before = None if selection.comparison_span is None else figures_of(selection, "comparison")
    broken = bool(across(marks(snapshot), selection.span, selection.comparison_span))
    said = Before(before, "marks" if broken else "kpi")
    return [
        _events(selection, now, said, curated, lang),
        _median(now, said, curated, lang),
        _tablets(selection, now, said, curated, lang),
        _outlets(now, snapshot, lang),
        left_out(selection, snapshot, lang, _remarks(now, lang) if _has_total(selection, now) else ""),
    ]


def _cell(label: str, value: Any, *lines: Any, name: str = "") -> Any:
    return html.Div(
        [
            html.Div(label, className="kpi__label"),
            html.Div(value, className="kpi__value"),
            *(html.Div(line, className="kpi__line") for line in lines if line),
        ],
        className=f"kpi {name}".strip(),
    )


def _events(selection: Selection, now: Figures, said: Before, curated: Figures | None, lang: str) -> Any:
    lines: list[Any] = _alone(f"{curated.events:,}" if curated else "", lang)
    before = said.figures
    if before is not None:
        earlier = before.events or t("kpi.no_report", lang=lang)
        lines.append(html.Span(t(f"{said.words}.before", lang=lang, value=earlier), className="muted"))
    if n := selection.count("unstated_kind"):
        text = t("kpi.unstated", lang=lang, n=n)
        lines.append([html.I(className="hatch"), text])
    value = (
        f"{now.events:,}" if now.events else html.Span(t("kpi.no_report", lang=lang), className="kpi__none")
    )
    return _cell(t("kpi.events", lang=lang), value, *lines, name="kpi--events")


def _median(now: Figures, said: Before, curated: Figures | None, lang: str) -> Any:
    value = _figure(now.median, lang)
    lines: list[Any] = _alone(_figure(curated.median, lang) if curated else "", lang)
    before = said.figures
    if before is not None and before.median is not None:
        text = t(f"{said.words}.before", lang=lang, value=tablets(before.median, lang))
        lines.append(html.Span(text, className="muted"))
    if now.events:
        lines.append(t("kpi.of_stated", lang=lang, n=now.with_quantity, total=now.events))
    return _cell(t("kpi.median", lang=lang), value, *lines, name="kpi--median")


def _tablets(selection: Selection, now: Figures, said: Before, curated: Figures | None, lang: str) -> Any:
    label = t("kpi.tablets", lang=lang)
    if not totals_allowed(selection.filters, selection.span):
        return _cell(
            label, html.Span(t("kpi.no_total", lang=lang), className="kpi__none"), name="kpi--tablets"
        )
    if now.best is None or now.low is None or now.high is None or now.without_largest is None:
        return _cell(
            label, html.Span(t("kpi.no_quantity", lang=lang), className="kpi__none"), name="kpi--tablets"
        )
    low, high, best = (tablets(value, lang) for value in (now.low, now.high, now.best))
    value = _range(now, lang)
    lines: list[Any] = [
        rich(t("kpi.best", lang=lang, value=best)) if low != high else "",
        rich(t("kpi.without_largest", lang=lang, value=tablets(now.without_largest, lang))),
    ]
    lines[:] = [*_alone(_range(curated, lang) if curated else "", lang), [*(_join(lines, lang))]]
    before = said.figures
    if before is not None and before.best is not None and before.without_largest is not None:
        text = t(
            f"{said.words}.before_two",
            lang=lang,
            value=tablets(before.best, lang),
            rest=tablets(before.without_largest, lang),
        )
        lines.append(html.Span(text, className="muted"))
    if remarks := _remarks(now, lang):
        lines.append(html.Span(remarks, className="muted only-wide"))
    return _cell(label, value, *lines, name="kpi--tablets")


def _alone(figure: str, lang: str) -> list[Any]:
    """The figure without what nobody has reviewed, where the one above it counts that too."""
    return [rich(t("read.curated_alone", lang=lang, value=figure))] if figure else []


def _figure(value: float | None, lang: str) -> str:
    return t("kpi.none", lang=lang) if value is None else tablets(value, lang)


def _range(found: Figures, lang: str) -> str:
    """Tablets low to high, one figure where both are the same."""
    low, high = _figure(found.low, lang), _figure(found.high, lang)
    if low == high:
        return _figure(found.best, lang)
    return tablets_between(found.low or 0, found.high or 0, lang)


def _has_total(selection: Selection, now: Figures) -> bool:
    return now.best is not None and totals_allowed(selection.filters, selection.span)


def _remarks(now: Figures, lang: str) -> str:
    """What a reader of the total must know: open figures, possible repeats, undated seizures."""
    remarks = []
    if now.open_ended:
        remarks.append(t("kpi.open_ended", lang=lang, n=now.open_ended))
    if now.doubtful:
        remarks.append(
            t("kpi.doubtful", lang=lang, n=now.doubtful, tablets=tablets(now.doubtful_tablets, lang))
        )
    if now.undated:
        remarks.append(t("kpi.undated", lang=lang, n=now.undated, tablets=tablets(now.undated_tablets, lang)))
    return clauses(remarks, lang)


def _join(lines: list[Any], lang: str) -> list[Any]:
    joined: list[Any] = []
    for line in lines:
        if line:
            joined += [t("list.comma", lang=lang), *line] if joined else [*line]
    return joined


def _outlets(now: Figures, snapshot: Snapshot, lang: str) -> Any:
    label = labeller(snapshot, lang)
    known = [(name, int(now.evidence.get(name, 0))) for name in _EVIDENCE]
    parts = [f"{label('evidence', name)} {n}" for name, n in known if n]
    bar = html.Div(
        [html.I(className=f"e{rank}", style={"flexGrow": n}) for rank, (_, n) in enumerate(known) if n],
        className="mix",
        **{"aria-hidden": "true"},
    )
    if not now.events:
        return _cell(t("kpi.outlets", lang=lang), t("kpi.none", lang=lang), name="kpi--outlets")
    one = t("kpi.one_outlet", lang=lang, n=now.one_outlet)
    if now.figures_differ:
        one = clauses([one, t("kpi.differ", lang=lang, n=now.figures_differ)], lang)
    return _cell(
        t("kpi.outlets", lang=lang),
        rich(t("kpi.outlets_value", lang=lang, n=now.several_outlets, total=now.events)),
        one,
        html.Div([bar, html.Span(" · ".join(parts), className="muted")]),
        name="kpi--outlets",
    )


def left_out(selection: Selection, snapshot: Snapshot, lang: str = DEFAULT, remarks: str = "") -> Any:
    """What these filters leave out of the figures, each with its list.

    `remarks` on the total of tablets stand here on phones, where its own cell is narrow.
    """
    items: list[Any] = []
    filters = selection.filters
    if (n := selection.count("machine_read")) and not filters.with_machine_read():
        items.append(_link(t("read.out", lang=lang, n=n), replace(filters, read="all").to_query()))
    if n := selection.count("unstated_kind"):
        beside = Filters(**{**vars(filters), "drug": UNSTATED, "ignored": ()})
        items.append(_link(t("out.unstated", lang=lang, n=n), beside.to_query(), hatched=True))
    if n := selection.count("undated"):
        mass = float(selection.lean("undated", ("tablets_best",))["tablets_best"].sum())
        key = "out.undated_tablets" if mass and totals_allowed(filters, selection.span) else "out.undated"
        items.append(_link(t(key, lang=lang, n=n, tablets=tablets(mass, lang)), _listed(filters, "undated")))
    if n := selection.count("later"):
        until = day(snapshot.data_complete_to, lang)
        text = t("later.out", lang=lang, n=n, day=until)
        items.append(_link(text, _listed(replace(filters, read="all"), "later"), hatched=True))
    if n := selection.count("undecided"):
        reasons = listed((t(f"why.{name}", lang=lang) for name in selection.undecided_by), lang)
        items.append(_link(t("out.undecided", lang=lang, n=n, why=reasons), _listed(filters, "undecided")))
    return html.Div(
        [
            html.Div(t("out.title", lang=lang), className="kpi__label"),
            html.Ul([html.Li(item) for item in items])
            if items
            else html.Div(t("out.nothing", lang=lang), className="kpi__line muted"),
            html.Div(t("out.of_tablets", lang=lang, remarks=remarks), className="kpi__line muted only-narrow")
            if remarks
            else None,
        ],
        className="kpi kpi--out",
    )


def _listed(filters: Filters, name: str) -> str:
    return "&".join(part for part in (filters.to_query(), f"list={name}") if part)


def _link(text: str, query: str, *, hatched: bool = False) -> Any:
    return html.A([html.I(className="hatch") if hatched else "", text], href=f"/records?{query}")
