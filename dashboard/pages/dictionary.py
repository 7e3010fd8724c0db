"""Every column of every published table, from the release's own data package: `/dictionary`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash
from dash import html

from dashboard.asked import language
from dashboard.components.failure import failing_softly
from dashboard.i18n import has, t
from dashboard.release import Snapshot
from dashboard.watcher import current

DESCRIPTION = {"ar": "captagon:description_ar"}
"""Where a data package describes a table in another language than English."""
COLUMNS = ("name", "type", "unit", "meaning", "values")


@failing_softly
def layout(**_query: str) -> Any:
    """One table of columns for each published table that has a schema."""
    snapshot, lang = current(), language()
    tables = [
        resource
        for resource in snapshot.package.get("resources", [])
        if resource.get("schema", {}).get("fields") and str(resource.get("path", "")).endswith(".csv")
    ]
    contents = [html.Li(html.A(f"{table['name']}.csv", href=f"#{table['name']}")) for table in tables]
    return html.Div(
        [
            html.Nav(
                html.Ul(contents),
                className="prose__contents",
                **{"aria-label": t("about.contents", lang=lang)},
            ),
            html.Article(
                [
                    html.H1(t("dictionary.title", lang=lang)),
                    html.P(t("dictionary.lead", lang=lang, release=snapshot.label), className="prose__lead"),
                    *(_table(table, snapshot, lang) for table in tables),
                ],
                className="prose__body prose__body--wide",
            ),
        ],
        className="page prose",
    )


def _table(resource: Mapping[str, Any], snapshot: Snapshot, lang: str) -> Any:
    name = str(resource["name"])
    rows = [_row(name, field, snapshot, lang) for field in resource["schema"]["fields"]]
    described = str(resource.get(DESCRIPTION.get(lang, "description"), "")) or (
        t(f"export.table.{name}", lang=lang) if has(f"export.table.{name}", lang) else ""
    )
    links = [
        html.A(suffix.upper(), href=f"/export/{name}.{suffix}?all=1") for suffix in ("csv", "xlsx", "parquet")
    ]
    heads = [html.Th(t(f"dictionary.{column}", lang=lang), scope="col") for column in COLUMNS]
    return html.Section(
        [
            html.H2(f"{name}.csv", id=name),
            html.P(
                [described, *(part for link in links for part in (" · ", link))],
                className="dictionary__about",
            ),
            html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="dictionary"),
        ]
    )


def _row(table: str, field: Mapping[str, Any], snapshot: Snapshot, lang: str) -> Any:
    name = str(field["name"])
    limits = field.get("constraints", {})
    allowed = [str(code) for code in limits.get("enum", []) if str(code)]
    values: list[Any] = [
        html.Li([html.Code(code), *_meaning(snapshot.label_of(name, code, lang, table), code)])
        for code in allowed
    ]
    kind = str(field.get("type", "string"))
    unit = str(field.get("unit") or field.get("captagon:unit") or "")
    cells = {
        "type": t(f"dictionary.kind.{kind}", lang=lang) if has(f"dictionary.kind.{kind}", lang) else kind,
        "unit": t(f"dictionary.unit.{unit}", lang=lang) if has(f"dictionary.unit.{unit}", lang) else unit,
        "meaning": _described(field, lang),
        "values": html.Ul(values) if values else _limits(limits, lang),
    }
    return html.Tr(
        [
            html.Th(html.Code(name), scope="row", id=f"{table}-{name}"),
            *(
                html.Td(cell, **{"data-label": t(f"dictionary.{column}", lang=lang)})
                for column, cell in cells.items()
            ),
        ]
    )


def _described(field: Mapping[str, Any], lang: str) -> list[Any]:
    """The description with `code` set as code."""
    text = str(field.get(f"captagon:description_{lang}") or field.get("description", ""))
    return [html.Code(part) if i % 2 else part for i, part in enumerate(text.split("`"))]


def _meaning(label: str, code: str) -> list[Any]:
    return [f" {label}"] if label and label != code else []


def _limits(limits: Mapping[str, Any], lang: str) -> str:
    low, high = limits.get("minimum"), limits.get("maximum")
    if low is not None and high is not None:
        return t("dictionary.between", lang=lang, low=str(low), high=str(high))
    return f"≥ {low}" if low is not None else f"≤ {high}" if high is not None else ""


dash.register_page(__name__, path="/dictionary", name="dictionary", order=9, in_nav=True, layout=layout)
